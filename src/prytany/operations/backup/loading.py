"""Filling freshly made tables with the rows of a backup."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from prytany.operations.backup.snapshot import quoted
from prytany.operations.backup.tables import Migration, Table
from prytany.operations.backup.values import KINDS, from_line


class Loader(Protocol):
    """A database whose tables stand as the backup says, empty."""

    def load(self, table: Table, chunk: bytes) -> None:
        """Add rows, given as whole lines."""
        ...

    def finish(self) -> None:
        """Check references and set counters; raises where the rows do not fit together."""
        ...


class SqliteLoader:
    """Loads with a connection of its own, without waiting for the disk after each step."""

    def __init__(self, path: Path) -> None:
        self.raw = sqlite3.connect(path, isolation_level=None)
        self.raw.execute("PRAGMA synchronous=OFF")
        self.raw.execute("BEGIN")

    def clear(self, tables: list[Table]) -> None:
        """Delete what migrations wrote."""
        for table in tables:
            self.raw.execute(f'DELETE FROM "{table.name}"')  # noqa: S608 - names of our own tables

    def load(self, table: Table, chunk: bytes) -> None:
        """See `Loader`."""
        readers = [KINDS[kind][1] for _, kind in table.columns]
        columns = quoted([name for name, _ in table.columns])
        marks = ", ".join("?" * len(readers))
        rows = (from_line(line, readers) for line in chunk.decode().split("\n") if line)
        self.raw.executemany(f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})', rows)  # noqa: S608

    def finish(self) -> None:
        """See `Loader`."""
        if broken := self.raw.execute("PRAGMA foreign_key_check").fetchone():
            raise ValueError(f"A row of {broken[0]} refers to a row of {broken[2]} that is not there.")
        self.raw.execute("COMMIT")
        self.raw.close()


class PostgresLoader:
    """Loads with COPY inside the transaction that also made the tables."""

    def __init__(self, cursor: Any) -> None:
        self.cursor = cursor

    def clear(self, tables: list[Table]) -> None:
        """Delete what migrations wrote."""
        self.cursor.execute(f"TRUNCATE {quoted([table.name for table in tables])}")
        self.cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # migrations leave some of them immediate

    def load(self, table: Table, chunk: bytes) -> None:
        """See `Loader`."""
        columns = quoted([name for name, _ in table.columns])
        statement = f'COPY "{table.name}" ({columns}) FROM STDIN'
        with connection.wrap_database_errors, self.cursor.copy(statement) as copy:
            copy.write(chunk)

    def finish(self) -> None:
        """See `Loader`. The checks that wait for the end of the transaction are made at once."""
        self.cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _migrate_to(migrations: list[Migration]) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(migrations)


def _set_counters(tables: list[Table]) -> None:
    """Let PostgreSQL go on numbering after the highest key of each table."""
    for table in tables:
        if (table.key, "int") not in table.columns:
            continue
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table.name}"', table.key])
            (sequence,) = cursor.fetchone()
            if sequence is None:
                continue
            highest = f'SELECT max("{table.key}") FROM "{table.name}"'  # noqa: S608
            cursor.execute(f"SELECT setval(%s, coalesce(({highest}), 1), ({highest}) IS NOT NULL)", [sequence])


def _bring_forward() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


@contextmanager
def replacing_sqlite(migrations: list[Migration], tables: list[Table]) -> Iterator[Loader]:
    """Fill a new database file beside the present one and put it in its place once all is well."""
    target = Path(settings.DATABASES["default"]["NAME"])
    fresh = target.with_name(f"{target.name}.restoring")
    _remove(fresh)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    original = connection.settings_dict["NAME"]
    connections.close_all()
    connection.settings_dict["NAME"] = str(fresh)
    try:
        _migrate_to(migrations)
        connections.close_all()
        loader = SqliteLoader(fresh)
        loader.clear(tables)
        yield loader
        loader.finish()
        _bring_forward()
        connections.close_all()
        _settle(fresh)
        _settle(target)
        os.replace(fresh, target)
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = original
        _remove(fresh)


def _settle(path: Path) -> None:
    """Bring everything into the one file, so that no write-ahead log of another file is taken for its own."""
    if not path.exists():
        return
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.execute("PRAGMA journal_mode=DELETE")
    raw.close()
    _remove(path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm"))


def _remove(*paths: Path) -> None:
    for path in paths:
        with contextlib.suppress(FileNotFoundError):
            path.unlink()


@contextmanager
def replacing_postgres(migrations: list[Migration], tables: list[Table]) -> Iterator[Loader]:
    """Drop, make and fill all tables in one transaction: others see the old database until the new one is whole."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'UTC'")
        _drop_everything(cursor)
        _migrate_to(migrations)
        loader = PostgresLoader(cursor)
        loader.clear(tables)
        yield loader
        loader.finish()
        _bring_forward()
        _set_counters(tables)


_TABLES = """
    SELECT quote_ident(relname) FROM pg_class o
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = o.oid AND d.deptype = 'e')
"""
_FUNCTIONS = """
    SELECT oid::regprocedure::text FROM pg_proc o
    WHERE pronamespace = current_schema()::regnamespace AND prokind = 'f'
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = o.oid AND d.deptype = 'e')
"""


def _drop_everything(cursor: Any) -> None:
    """Drop tables and functions of the schema, those of extensions apart."""
    cursor.execute(_TABLES)
    if tables := [name for (name,) in cursor.fetchall()]:
        cursor.execute(f"DROP TABLE {', '.join(tables)} CASCADE")
    cursor.execute(_FUNCTIONS)
    for (signature,) in cursor.fetchall():
        cursor.execute(f"DROP FUNCTION {signature} CASCADE")


def replacing(migrations: list[Migration], tables: list[Table]) -> Any:
    """Return the context in which the present database is replaced; an error inside leaves it as it was."""
    if connection.vendor == "sqlite":
        return replacing_sqlite(migrations, tables)
    return replacing_postgres(migrations, tables)

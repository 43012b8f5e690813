"""Reading all tables as they stand at one moment, while others go on working."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from django.conf import settings
from django.db import connection, transaction

from prytany.operations.backup.tables import Table
from prytany.operations.backup.values import KINDS, to_line

CHUNK_BYTES = 4 * 1024 * 1024
_ROWS = 5000


class Snapshot(Protocol):
    """The tables at one moment."""

    def rows(self, table: Table) -> Iterator[bytes]:
        """Yield the rows of `table` in the order of its key, as whole lines in pieces of any size."""
        ...

    def column(self, table: str, column: str) -> set[str]:
        """Return the values of one text column."""
        ...


def quoted(names: list[str]) -> str:
    """Return names as SQL."""
    return ", ".join(f'"{name}"' for name in names)


def _select(table: Table) -> str:
    columns = quoted([name for name, _ in table.columns])
    return f'SELECT {columns} FROM "{table.name}" ORDER BY "{table.key}"'  # noqa: S608 - names of our own tables


class SqliteSnapshot:
    """A read transaction of its own: in WAL mode it sees one moment and holds up nobody."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self.raw = raw

    def rows(self, table: Table) -> Iterator[bytes]:
        """See `Snapshot`."""
        writers = [KINDS[kind][0] for _, kind in table.columns]
        cursor = self.raw.execute(_select(table))
        while rows := cursor.fetchmany(_ROWS):
            yield "".join([to_line(row, writers) + "\n" for row in rows]).encode()

    def column(self, table: str, column: str) -> set[str]:
        """See `Snapshot`."""
        return {value for (value,) in self.raw.execute(f'SELECT "{column}" FROM "{table}"')}  # noqa: S608


class PostgresSnapshot:
    """COPY within one REPEATABLE READ transaction."""

    def __init__(self, cursor: Any) -> None:
        self.cursor = cursor

    def rows(self, table: Table) -> Iterator[bytes]:
        """See `Snapshot`."""
        with self.cursor.copy(f"COPY ({_select(table)}) TO STDOUT") as copy:
            for block in copy:
                yield bytes(block)

    def column(self, table: str, column: str) -> set[str]:
        """See `Snapshot`."""
        self.cursor.execute(f'SELECT "{column}" FROM "{table}"')  # noqa: S608
        return {value for (value,) in self.cursor.fetchall()}


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    """Open a view of the database at this moment."""
    if connection.vendor == "sqlite":
        path = settings.DATABASES["default"]["NAME"]
        raw = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None, timeout=20)
        try:
            raw.execute("BEGIN")
            raw.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the view begins with the first reading
            yield SqliteSnapshot(raw)
        finally:
            raw.close()
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL TIME ZONE 'UTC'; SET LOCAL DateStyle TO 'ISO, YMD'; SET LOCAL bytea_output TO 'hex'")
        yield PostgresSnapshot(cursor)


def in_chunks(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Join pieces into chunks of about CHUNK_BYTES, each of whole lines."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= CHUNK_BYTES and piece.endswith(b"\n"):
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)

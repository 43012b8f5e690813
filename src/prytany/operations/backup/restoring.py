"""Taking a backup in: proved first, then loaded beside what is there, then put in its place."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.apps import apps
from django.conf import settings
from django.core.management import CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from prytany.core import consistency
from prytany.files import blobs
from prytany.jobs import figures
from prytany.operations.backup import archive
from prytany.operations.backup.archive import Head, Manifest
from prytany.operations.backup.loading import Loader, replacing


@dataclass(frozen=True)
class Restored:
    """What was taken in, and which stored files the records miss."""

    head: Head
    manifest: Manifest


def holds_records() -> bool:
    """Whether the present database holds anything worth keeping: a row in a table of ours, the queue apart."""
    try:
        present = set(connection.introspection.table_names())
    except DatabaseError as error:
        raise CommandError(f"The database cannot be used: {error}") from None
    ours = [m for m in apps.get_models() if m.__module__.startswith("prytany.") and m._meta.app_label != "jobs"]
    with connection.cursor() as cursor:
        for model in ours:
            if model._meta.db_table in present:
                cursor.execute(f'SELECT 1 FROM "{model._meta.db_table}" LIMIT 1')  # noqa: S608 - our own table
                if cursor.fetchone():
                    return True
    return False


def refuse_newer(head: Head) -> None:
    """CommandError where the backup knows migrations that this program does not."""
    known = MigrationExecutor(connection).loader.disk_migrations
    if unknown := [f"{app}.{name}" for app, name in head.migrations if (app, name) not in known]:
        raise CommandError(
            f"This backup was made by version {head.version}, which is newer than this program (it knows {unknown[0]})."
        )


def refuse_while_running() -> None:
    """CommandError while a worker, also of another machine, is at work on the database."""
    try:
        alive = figures.workers()
    except DatabaseError:
        return  # no tables yet
    if alive:
        raise CommandError(f"A worker ({alive[0].name}) is at work on this database. Stop Prytany first.")


def restore_backup(path: Path, *, force: bool = False) -> Restored:
    """Replace database and files by those of the backup at `path`.

    The whole file is read and held against its manifest before anything is touched. An error leaves database and files
    as they were; stored files are added before the database is replaced, so at no moment does a record lack its file.
    BrokenBackup, or CommandError where it is refused.
    """
    head, manifest = archive.verify(path)
    refuse_newer(head)
    if not force and holds_records():
        raise CommandError("There are records here already. Use --force to replace all of them by those of the backup.")
    refuse_while_running()
    with archive.reading(path) as members:
        archive.read_head(members)
        with replacing(head.migrations, list(head.tables.values())) as loader:
            for name, content in members:
                _take_in(head, loader, name, content)
    consistency.rebuild_derived()
    return Restored(head, manifest)


def _take_in(head: Head, loader: Loader, name: str, content: IO[bytes]) -> None:
    folder, _, rest = name.partition("/")
    if folder == "tables":
        loader.load(head.tables[rest.partition("/")[0]], content.read())
    elif folder == "files":
        _put(blobs.path_of(rest), content, mode=0o400)
    elif folder == "heads":
        _put_if_absent(Path(settings.AUDIT_HEADS_FILE), content)
    elif folder == "keys":
        home = settings.VAR_DIR if rest == "secret-key" else Path(settings.KEYS_DIR)
        _put_if_absent(home / Path(rest).name, content)


def _put_if_absent(path: Path, content: IO[bytes]) -> None:
    """Keys and heads of this machine may be newer than the backup: they are never overwritten."""
    if not path.exists():
        _put(path, content, mode=0o600)


def _put(path: Path, content: IO[bytes], *, mode: int) -> None:
    """Write a file under its name when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f".{path.name}.restoring")
    with part.open("wb") as file:
        shutil.copyfileobj(content, file, 1024 * 1024)
        file.flush()
        os.fsync(file.fileno())
    part.chmod(mode)
    os.replace(part, path)

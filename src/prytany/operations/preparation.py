"""What has to be done before the parts of an installation start: tables, cache table, static files."""

import hashlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections
from django.db.migrations.executor import MigrationExecutor

Say = Callable[[str], object]
# Two servers that start at once on one PostgreSQL database prepare it one after the other.
_LOCK = 7_082_611


def prepare(say: Say) -> None:
    """Bring tables and static files up to date; say a line for what was done."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with _alone():
            bring_tables_up_to_date(say)
    except OperationalError as error:
        raise CommandError(f"The database cannot be used: {error}") from None
    collect_static(say)


@contextmanager
def _alone() -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield  # one `serve` per folder holds the lock of `serving.only_one`
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def unknown_migrations(executor: MigrationExecutor) -> list[str]:
    """Return applied migrations of ours that this program does not know: a newer version has used the database."""
    known = executor.loader.disk_migrations
    apps = executor.loader.migrated_apps
    return sorted(
        f"{app}.{name}" for app, name in executor.loader.applied_migrations if app in apps and (app, name) not in known
    )


def pending_migrations(executor: MigrationExecutor) -> list[tuple[str, str]]:
    """Return the migrations that are still to be applied."""
    targets = executor.loader.graph.leaf_nodes()
    return [(migration.app_label, migration.name) for migration, _ in executor.migration_plan(targets)]


def bring_tables_up_to_date(say: Say) -> None:
    """Apply pending migrations and make the cache table; CommandError if a newer version has used the database."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    if unknown := unknown_migrations(executor):
        raise CommandError(
            "This database was used by a newer version of Prytany "
            f"(it knows {unknown[0]}). Install that version, or restore a backup made by this one."
        )
    if pending := pending_migrations(executor):
        say(f"Bringing the database up to date ({len(pending)} steps) …")
        call_command("migrate", interactive=False, verbosity=0)
    cache = settings.CACHES["default"]
    if cache["BACKEND"].endswith("DatabaseCache") and cache["LOCATION"] not in connection.introspection.table_names():
        call_command("createcachetable", verbosity=0)


def _fingerprint() -> str:
    """Return a digest of names, sizes and times of all static files, and of the settings that shape the result."""
    digest = hashlib.sha256(f"{settings.STORAGES['staticfiles']}{sys.version_info[:2]}".encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static(say: Say) -> None:
    """Collect, name by hash and compress the static files, unless what is there was made from the same files."""
    if settings.WHITENOISE_USE_FINDERS:
        return
    root = Path(settings.STATIC_ROOT)
    mark = root / ".made-from"
    fingerprint = _fingerprint()
    if mark.exists() and mark.read_text() == fingerprint:
        return
    say("Collecting styles, scripts and fonts …")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(fingerprint)

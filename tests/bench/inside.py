"""The benchmark inside a process whose settings name the database to measure."""

import contextlib
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test.utils import override_settings

from tests.bench import seed
from tests.bench.measure import HEADING, Page, measure
from tests.bench.pages import PAGES

_MARK = "bench_seeded"


def run(*, scale: float, only: str, reseed: bool) -> int:
    """Seed where needed, measure every page, print the table."""
    _make_database(reseed=reseed)
    print(f"\n{_versions()}, scale {scale:g}", flush=True)
    if not _is_seeded():
        call_command("migrate", verbosity=0)
        call_command("createcachetable")
        seed.seed(scale, _say)
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {_MARK} (done integer)")
    with override_settings(ALLOWED_HOSTS=["*"], AXES_ENABLED=False):
        return _measure([page for page in PAGES if only in page.name])


def _say(line: str) -> None:
    print(line, flush=True)


def _measure(pages: list[Page]) -> int:
    _say(f"\nmilliseconds of CPU a request\n{HEADING}")
    results = []
    for page in pages:
        results.append(measure(page))
        _say(results[-1].line())
    return 1 if any(result.faults for result in results) else 0


def _is_seeded() -> bool:
    return _MARK in connection.introspection.table_names()


def _make_database(*, reseed: bool) -> None:
    """Make the database where it is missing or half-filled; drop it first where it is to be seeded again."""
    name = settings.DATABASES["default"]["NAME"]
    if connection.vendor == "sqlite":
        path = Path(name)
        if path.exists() and (reseed or not _is_seeded()):
            connections.close_all()
            for one in path.parent.glob(f"{path.name}*"):
                one.unlink()
        return
    import psycopg

    keys = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}
    known = {
        ours: settings.DATABASES["default"][key] for key, ours in keys.items() if settings.DATABASES["default"][key]
    }
    with contextlib.closing(psycopg.connect(dbname="postgres", autocommit=True, **known)) as server:
        there = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if there and (reseed or not _is_seeded()):
            connections.close_all()
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
            there = None
        if not there:
            server.execute(f'CREATE DATABASE "{name}"')


def _versions() -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            return f"SQLite {cursor.fetchone()[0]}, Django {django.__version__}"
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}, Django {django.__version__}"

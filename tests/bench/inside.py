"""The benchmark inside a process whose settings name the database to measure."""

import argparse
import contextlib
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test.utils import override_settings

from prytany.operations.preparation import collect_static
from tests.bench import intake, memory, seed, writes
from tests.bench.measure import HEADING, measure, yardstick
from tests.bench.pages import all_pages
from tests.bench.writes import Line

_MARK = "bench_seeded"


def run(arguments: argparse.Namespace) -> int:
    """Seed where needed, measure every page, then writing, memory and reading; print the tables."""
    scale, only = arguments.scale, arguments.only
    _make_database(reseed=arguments.reseed)
    _say(f"\n{_versions()}, scale {scale:g}; yardstick {yardstick():.1f} ms")
    if not _is_seeded():
        call_command("migrate", verbosity=0)
        call_command("createcachetable")
        seed.seed(scale, _say)
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {_MARK} (done integer)")
    collect_static(_say)
    with override_settings(ALLOWED_HOSTS=["*"], AXES_ENABLED=False, SECURE_SSL_REDIRECT=False), writes.taken_back():
        status = _pages(only, arguments.times, verbose=arguments.verbose)
        return status if arguments.pages else max(status, _others(only, scale))


def _say(line: str) -> None:
    print(line, flush=True)


def _pages(only: str, times: int, *, verbose: bool) -> int:
    chosen = [page for page in all_pages() if only in page.name]
    if not chosen:
        return 0
    _say(f"\nmilliseconds of CPU a request\n{HEADING}")
    results = []
    for page in chosen:
        results.append(measure(page, times=times))
        _say(results[-1].line())
        if results[-1].difference and verbose:
            _say(results[-1].difference)
    return int(any(result.is_void for result in results))


def _others(only: str, scale: float) -> int:
    """Measure writing, memory and reading; return 1 where something is missing from what was to be written."""
    faults: list[str] = []
    lines: list[Line] = []
    if only in "writes":
        lines += writes.creating()
        more, missing = writes.fan_out()
        lines, faults = lines + more, faults + missing
    if only in "memory" and connection.vendor == "sqlite":
        more, missing = memory.memory(20.0 if scale >= 1 else 3.0)
        lines, faults = lines + more, faults + missing
    if only in "reading" and connection.vendor == "sqlite":
        lines += intake.reading(1000 if scale >= 1 else 20)
    if lines:
        _say(f"\n{'other':<58}{'figure':>9}{'limit':>9}")
    for text in [line.text() for line in lines] + faults:
        _say(text)
    return int(bool(faults))


def _is_seeded() -> bool:
    return _MARK in connection.introspection.table_names()


def _make_database(*, reseed: bool) -> None:
    """Make the database where it is missing or half-filled; drop it first where it is to be seeded again.

    Databases of the same scale that an earlier seed or schema left behind go.
    """
    name = str(settings.DATABASES["default"]["NAME"])
    if connection.vendor == "sqlite":
        path = Path(name)
        if path.exists() and (reseed or not _is_seeded()):
            connections.close_all()
            for one in path.parent.glob(f"{path.name}*"):
                one.unlink()
        for other in path.parent.glob(f"{path.name.rpartition('_')[0]}_*"):
            if not other.name.startswith(path.name):
                other.unlink()
        return
    import psycopg

    keys = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}
    known = {
        ours: settings.DATABASES["default"][key] for key, ours in keys.items() if settings.DATABASES["default"][key]
    }
    with contextlib.closing(psycopg.connect(dbname="postgres", autocommit=True, **known)) as server:
        rows = server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{name.rpartition('_')[0]}_%"])
        there = [row[0] for row in rows]
        for one in there:
            if one != name or reseed or not _is_seeded():
                connections.close_all()
                server.execute(f'DROP DATABASE "{one}" WITH (FORCE)')
                there = [left for left in there if left != one]
        if name not in there:
            server.execute(f'CREATE DATABASE "{name}"')


def _versions() -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            return f"SQLite {cursor.fetchone()[0]}, Django {django.__version__}"
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}, Django {django.__version__}"

"""Whether the installation is alive and ready, for whoever watches it. Says which part fails, and nothing else.

Answered before host names, sessions and rights are looked at: a probe calls by address and has no account.
"""

import contextlib
import logging
import tempfile
import time
from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from prytany.jobs import figures
from prytany.operations.preparation import pending_migrations
from prytany.search.models import SearchEntry

GetResponse = Callable[[HttpRequest], HttpResponse]
# Probes of several watchers within a second get the same answer.
_KEEP_SECONDS = 1.0
_kept: tuple[float, dict[str, bool]] | None = None
_migrated = False

logger = logging.getLogger("prytany.health")


def database_answers() -> bool:
    """Whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def migrations_are_applied() -> bool:
    """Whether every migration is applied; once true it stays so for the life of the process."""
    global _migrated
    _migrated = _migrated or not pending_migrations(MigrationExecutor(connection))
    return _migrated


def worker_is_alive() -> bool:
    """Whether a worker has given a sign of life lately."""
    age = figures.worker_beat_age()
    return age is not None and age < figures.SILENCE


def disk_takes_files() -> bool:
    """Whether a file can be written where uploads are stored."""
    settings.FILES_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryFile(dir=settings.FILES_DIR) as file:
        file.write(b"\0" * 4096)
        file.flush()
    return True


def search_answers() -> bool:
    """Whether the search index can be read."""
    SearchEntry.objects.order_by("-id").values_list("id").first()
    return True


CHECKS: dict[str, Callable[[], bool]] = {
    "database": database_answers,
    "migrations": migrations_are_applied,
    "worker": worker_is_alive,
    "disk": disk_takes_files,
    "search": search_answers,
}


def state() -> dict[str, bool]:
    """Return the outcome of every check, at most a second old. A check that raises counts as failed."""
    global _kept
    if _kept is not None and time.monotonic() - _kept[0] < _KEEP_SECONDS:
        return _kept[1]
    found = {}
    for name, check in CHECKS.items():
        found[name] = False
        with contextlib.suppress(Exception):
            found[name] = check()
    if failing := sorted(name for name, good in found.items() if not good):
        logger.warning("not ready: %s", ", ".join(failing))
    _kept = (time.monotonic(), found)
    return found


class HealthMiddleware:
    """Answer `/health/live` (the process runs) and `/health/ready` (it can do its work: 200, else 503)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/health/live":
            return JsonResponse({"status": "alive"}, headers={"Cache-Control": "no-store"})
        if request.path == "/health/ready":
            return self._ready()
        return self.get_response(request)

    def _ready(self) -> HttpResponse:
        found = state()
        ready = all(found.values())
        body = {
            "status": "ready" if ready else "not ready",
            "checks": {name: "ok" if good else "failing" for name, good in found.items()},
        }
        return JsonResponse(body, status=200 if ready else 503, headers={"Cache-Control": "no-store"})

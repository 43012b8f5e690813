"""CPU and queries of one request, and of the hand-written SQL that brings the same rows."""

import statistics
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.db import connection, connections
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from prytany.core import remembered

QUERIES_ALLOWED = 12
LEAST_MS = 35.0
ADDED_MS = 20.0
TIMES_FLOOR = 3.0


def cpu_ms() -> float:
    """Return the CPU time spent so far by this thread and, on PostgreSQL, by the server process that serves it."""
    return time.thread_time() * 1000 + _server_ms()


_pids: dict[int, int] = {}


def _server_ms() -> float:
    if connection.vendor != "postgresql" or connection.connection is None:
        return 0.0
    key = id(connection.connection)
    if key not in _pids:
        _pids[key] = connection.connection.info.backend_pid
    path = Path(f"/proc/{_pids[key]}/schedstat")
    return int(path.read_text().split()[0]) / 1e6 if path.exists() else 0.0


@dataclass(frozen=True)
class Page:
    """One request to measure.

    `rows` takes from the response what a person sees of the data: keys and counts. `floor` brings the same with SQL
    written by hand, under the same visibility; the two have to be equal, or the comparison means nothing.
    """

    name: str
    account: str
    path: Callable[[], str]
    rows: Callable[[HttpResponse], Any]
    floor: Callable[[], Any]


@dataclass
class Result:
    """What was measured, in milliseconds of CPU."""

    name: str
    queries: int
    cold: float
    warm: float
    floor: float
    faults: list[str] = field(default_factory=list)

    @property
    def budget(self) -> float:
        """The larger of 35 ms and three times the floor plus 20 ms."""
        return max(LEAST_MS, TIMES_FLOOR * self.floor + ADDED_MS)

    @property
    def verdict(self) -> str:
        """Return "ok", or what is too much."""
        found = list(self.faults)
        if self.queries > QUERIES_ALLOWED:
            found.append(f"{self.queries} queries")
        found += [f"{which} too slow" for which in ("cold", "warm") if getattr(self, which) > self.budget]
        return ", ".join(found) or "ok"

    def line(self) -> str:
        """Return the line of the table."""
        ratio = self.warm / self.floor if self.floor else 0.0
        return (
            f"{self.name:<34}{self.queries:>8}{self.cold:>9.1f}{self.warm:>9.1f}{self.floor:>9.1f}"
            f"{self.budget:>9.1f}{ratio:>8.1f}   {self.verdict}"
        )


HEADING = f"{'page':<34}{'queries':>8}{'cold':>9}{'warm':>9}{'floor':>9}{'budget':>9}{'ratio':>8}   verdict"


def forget_everything() -> None:
    """Begin as a process does that has answered nothing yet, with a connection that has read nothing."""
    remembered.forget_all()
    cache.clear()
    connections.close_all()
    connection.ensure_connection()


@contextmanager
def signed_in(account: str):
    """Give a client signed in as `account`; the session is written before anything is measured."""
    from prytany.accounts.models import User

    client = Client()
    client.force_login(
        User.objects.get(username=account), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    yield client


def _once(work: Callable[[], Any]) -> tuple[float, Any]:
    connection.ensure_connection()
    before = cpu_ms()
    found = work()
    return cpu_ms() - before, found


def measure(page: Page, *, times: int = 15) -> Result:
    """Measure one page: the first request after everything was forgotten, then the median of `times`."""
    with signed_in(page.account) as client:
        path = page.path()
        client.get(path)  # code is loaded and templates are compiled: that is the process's start, not the request
        forget_everything()
        cold, response = _once(lambda: client.get(path))
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
            queries = len(captured)
        warm = statistics.median(_once(lambda: client.get(path))[0] for _ in range(times))
    floor = statistics.median(_once(page.floor)[0] for _ in range(times))
    result = Result(page.name, queries, cold, warm, floor)
    if response.status_code != 200:
        result.faults.append(f"status {response.status_code}")
    elif page.rows(response) != page.floor():
        result.faults.append("rows differ from the floor's")
    return result


def sql(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """Run SQL written by hand."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())

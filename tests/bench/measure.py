"""CPU and queries of one request, and of the hand-written SQL that brings the same rows."""

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.db import connection, connections
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment, teardown_test_environment
from django.utils import timezone

from prytany.core import remembered

QUERIES_ALLOWED = 12
LEAST_MS = 35.0
ADDED_MS = 20.0
TIMES_FLOOR = 3.0
SLOW_MS = 500.0  # from here on fewer repetitions tell enough


def cpu_ms() -> float:
    """Return the CPU time spent so far by this thread and, on PostgreSQL, by the server process that serves it."""
    return time.thread_time() * 1000 + _server_ms()


def _server_ms() -> float:
    if connection.vendor != "postgresql" or connection.connection is None:
        return 0.0
    path = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
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
    program: bool = False  # asks the REST API with a key instead of signing in


@dataclass
class Result:
    """What was measured, in milliseconds of CPU."""

    name: str
    queries: int
    first: float
    cold: float
    warm: float
    floor: float
    faults: list[str] = field(default_factory=list)
    difference: str = ""

    @property
    def is_void(self) -> bool:
        """Whether the comparison means nothing, or the page asks the database too often."""
        return bool(self.faults) or self.queries > QUERIES_ALLOWED

    @property
    def budget(self) -> float:
        """The larger of 35 ms and three times the floor plus 20 ms."""
        return max(LEAST_MS, TIMES_FLOOR * self.floor + ADDED_MS)

    @property
    def verdict(self) -> str:
        """Return "met", or what is too much."""
        found = list(self.faults)
        if self.queries > QUERIES_ALLOWED:
            found.append(f"{self.queries} queries")
        found += [f"{which} too slow" for which in ("cold", "warm") if getattr(self, which) > self.budget]
        return ", ".join(found) or "met"

    def line(self) -> str:
        """Return the line of the table."""
        ratio = self.warm / self.floor if self.floor else 0.0
        return (
            f"{self.name:<34}{self.queries:>8}{self.first:>9.1f}{self.cold:>9.1f}{self.warm:>9.1f}{self.floor:>9.1f}"
            f"{self.budget:>9.1f}{ratio:>8.1f}   {self.verdict}"
        )


HEADING = f"{'page':<34}{'queries':>8}{'first':>9}{'cold':>9}{'warm':>9}{'floor':>9}{'budget':>9}{'ratio':>8}   verdict"


def forget_everything(*, connection_too: bool) -> None:
    """Empty every cache of the process; with `connection_too` begin on a connection that has read nothing."""
    remembered.forget_all()
    cache.clear()
    if connection_too:
        connections.close_all()
        connection.ensure_connection()


def client_of(account: str, *, program: bool = False) -> Client:
    """Return a client signed in as `account`, or one with a key of this account; nothing of that is measured."""
    from prytany.accounts.models import User

    user = User.objects.get(username=account)
    if program:
        return Client(headers={"authorization": f"Bearer {key_of(user)}"})
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def key_of(user: Any) -> str:
    """Return a key for programs with every right of the account's appointment."""
    from prytany.accounts.models import ApiToken
    from prytany.accounts.services.api_tokens import PREFIX, digest_of
    from prytany.organisation.models import Appointment

    key = f"{PREFIX}bench-{secrets.token_urlsafe(16)}"
    appointment = Appointment.objects.select_related("post").get(person_id=user.person_id)
    rights = [permission.value for permission in appointment.post.role_class.permissions]
    ApiToken.objects.create(
        appointment=appointment,
        name="bench",
        digest=digest_of(key),
        permissions=rights,
        expires_on=timezone.localdate(),
    )
    return key


@contextmanager
def told_what_it_shows() -> Iterator[None]:
    """Let responses carry the context of their templates: for comparing, not for measuring."""
    setup_test_environment(debug=False)
    try:
        yield
    finally:
        teardown_test_environment()


def _once(work: Callable[[], Any]) -> tuple[float, Any]:
    connection.ensure_connection()
    before = cpu_ms()
    found = work()
    return cpu_ms() - before, found


def measure(page: Page, *, times: int = 11) -> Result:
    """Measure one page: the first request on a new connection, the first with empty caches, the least of `times`."""
    client = client_of(page.account, program=page.program)
    path = page.path()
    client.get(path)  # code is loaded and templates are compiled: that is the process's start, not the request
    first = _forgetful(lambda: client.get(path), connection_too=True)
    cold = _forgetful(lambda: client.get(path), connection_too=False)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
        queries = len(captured)
    warm = least(lambda: client.get(path), times)
    result = Result(page.name, queries, first, cold, warm, least(page.floor, times))
    with told_what_it_shows():
        response = client.get(path)
    if response.status_code != 200:
        result.faults.append(f"status {response.status_code}")
        return result
    shown, wanted = page.rows(response), page.floor()
    if shown != wanted:
        result.faults.append("rows differ from the floor's")
        result.difference = f"page:  {shown!r:.2000}\nfloor: {wanted!r:.2000}"
    return result


def _forgetful(work: Callable[[], Any], *, connection_too: bool) -> float:
    """Return the least cost of three requests, each after everything was forgotten."""
    costs: list[float] = []
    while not costs or (len(costs) < 3 and costs[0] < SLOW_MS):
        forget_everything(connection_too=connection_too)
        costs.append(_once(work)[0])
    return min(costs)


def least(work: Callable[[], Any], times: int) -> float:
    """Return the least cost, for what else runs on the machine can only add; twice is enough for what is slow."""
    first, _found = _once(work)
    return min([first] + [_once(work)[0] for _ in range(1 if first > SLOW_MS else times - 1)])


def yardstick() -> float:
    """Return the CPU that a fixed piece of Python costs now: shows by how much a busy machine inflates the figures."""

    def work() -> None:
        sum(number * number for number in range(300_000))

    return least(work, 9)


def sql(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """Run SQL written by hand."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)  # without parameters a % is a %
        return list(cursor.fetchall())

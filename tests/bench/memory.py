"""What the whole embedded set-up takes in memory while people use it: the sum of PSS of all its processes."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from tests.bench.measure import client_of
from tests.bench.pages import CHIEF
from tests.bench.writes import Line

MOST_MIB = 450.0
ADDRESSES = ("/tasks/?view=parts&chip=overdue", "/tasks/?view=all", "/search/?q=bao", "/documents/", "/desk/")


def _family(pid: int) -> list[int]:
    """Return the process and all below it."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
    found, waiting = [], [pid]
    while waiting:
        here = waiting.pop()
        found.append(here)
        waiting.extend(child for child, parent in parents.items() if parent == here)
    return found


def _share(pid: int) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _get(port: int, path: str, session: str) -> int:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"}
    )
    try:
        with urllib.request.urlopen(request, timeout=120) as response:
            response.read()
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


@contextlib.contextmanager
def _served() -> Iterator[tuple[subprocess.Popen, int]]:
    """Serve a copy of the seeded database: the worker's schedules write into it."""
    with tempfile.TemporaryDirectory(dir=Path(settings.VAR_DIR).parent) as folder:
        copy = Path(folder) / "copy.sqlite3"
        shutil.copy(settings.DATABASES["default"]["NAME"], copy)
        port = _free_port()
        environment = {**os.environ, "PRYTANY_DATABASE": f"sqlite:///{copy}", "PRYTANY_VAR": folder}
        command = [sys.executable, "-m", "prytany", "serve", "--port", str(port)]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            until = time.monotonic() + 120
            while _get(port, "/health/live", "") != 200 and time.monotonic() < until:
                time.sleep(0.5)
            yield process, port
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()


def memory(seconds: float = 20.0) -> tuple[list[Line], list[str]]:
    """Let four people walk through the pages; return the highest sum of PSS, and what did not answer."""
    session = client_of(CHIEF).cookies[settings.SESSION_COOKIE_NAME].value
    answers: list[int] = []
    highest = 0.0
    with _served() as (process, port):
        until = time.monotonic() + seconds

        def walk() -> None:
            while time.monotonic() < until:
                answers.extend(_get(port, address, session) for address in ADDRESSES)

        people = [threading.Thread(target=walk) for _ in range(4)]
        for person in people:
            person.start()
        while any(person.is_alive() for person in people):
            highest = max(highest, sum(_share(pid) for pid in _family(process.pid)))
            time.sleep(0.5)
    refused = [f"memory: {len(answers) - answers.count(200)} of {len(answers)} requests were not answered"]
    note = f"{len(answers)} requests"
    line = Line("all processes of the embedded set-up under load", highest, MOST_MIB, unit="MiB (PSS)", note=note)
    return [line], refused if not answers or answers.count(200) < len(answers) else []

"""`prytany serve` and `prytany demo`: prepare, then web server and worker under one parent."""

import fcntl
import http.client
import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError
from django.db import connections
from django.urls import get_resolver
from django.utils import translation

from prytany.jobs import schedules
from prytany.jobs.worker import RENEW, Worker
from prytany.operations.preparation import prepare
from prytany.operations.supervisor import Child, Supervisor, fork
from prytany.operations.web import APPLICATION, serve_web

Say = Callable[[str], object]
_ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - translated, not bound


@contextmanager
def only_one() -> Iterator[None]:
    """Hold the lock of this folder; CommandError if another server or a restore holds it."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    with Path(settings.VAR_DIR / "serve.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            other = file.read().strip()
            raise CommandError(
                f"Another Prytany (process {other}) runs on {settings.VAR_DIR}. Stop it first, or set PRYTANY_VAR to "
                "another folder."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def check_port(host: str, port: int) -> None:
    """CommandError if the port cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} on {host} cannot be used ({error.strerror}). Choose another: PORT=8001 make demo, or "
                "prytany serve --port 8001."
            ) from None


def load_program() -> None:
    """Load what children need before they are forked, so that they share it. Opens no database connection."""
    import_module(APPLICATION.partition(":")[0])
    get_resolver().url_patterns  # noqa: B018 - loads every view
    schedules.entries()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("")
    connections.close_all()


def in_child(work: Callable[[], str]) -> str:
    """Run `work` in a process of its own, so that its memory goes with it; return its text. SystemExit if it fails."""
    read, write = os.pipe()

    def run() -> int:
        os.close(read)
        try:
            text = work()
        except CommandError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        with os.fdopen(write, "w", encoding="utf-8") as pipe:
            pipe.write(text)
        return 0

    pid = fork(run)
    os.close(write)
    try:
        with os.fdopen(read, encoding="utf-8") as pipe:
            text = pipe.read()
        _, code = os.waitpid(pid, 0)
    except KeyboardInterrupt:
        os.kill(pid, 15)
        os.waitpid(pid, 0)
        raise SystemExit(130) from None
    if code:
        raise SystemExit(os.waitstatus_to_exitcode(code) if os.WIFEXITED(code) else 1)
    return text


def run_worker(parent: int) -> int:
    """Run the worker as a child of `parent`."""
    return Worker(parent=parent).run()


def is_ready(host: str, port: int) -> bool:
    """Ask the server itself."""
    connection = http.client.HTTPConnection(_ANYWHERE.get(host, host), port, timeout=5)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def serve(host: str, port: int, *, say: Say, load: Callable[[Say], str] | None = None) -> int:
    """Prepare, start, announce, and stay until told to stop; return the exit status.

    `load` fills an empty installation (the demo) and returns what to print below the address.
    """

    def get_ready() -> str:
        prepare(say)
        return load(say) if load else ""

    with only_one():
        check_port(host, port)
        below = in_child(get_ready)
        load_program()  # after the static files stand: the application looks at them when it is loaded
        parent = os.getpid()
        children = [
            Child("web", lambda: serve_web(host, port, workers=settings.WEB_WORKERS, threads=settings.WEB_THREADS)),
            Child("worker", lambda: run_worker(parent), renewal=RENEW),
        ]

        def announce() -> None:
            say(f"\nPrytany is ready at {settings.BASE_URL}  (Ctrl+C stops it)\n{below}")

        return Supervisor(children, is_ready=lambda: is_ready(host, port), announce=announce).run()

"""One parent for the processes of an installation: starts them, restarts what dies, stops all of them cleanly.

Children are forked from the parent after the whole program is loaded, so that they share its memory and a restart
takes milliseconds. Each child leads a process group of its own: Ctrl+C in a terminal reaches the parent alone, which
passes it on in order, and nothing that a child has started outlives it.
"""

import contextlib
import ctypes
import gc
import logging
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

# How long children may take to end after TERM. The worker lets the job in hand finish for a little less.
STOP_SECONDS = 25.0
READY_SECONDS = 60.0
# A child that lived so long starts again at once; one that keeps dying waits up to LONGEST_PAUSE.
STEADY_SECONDS = 60.0
LONGEST_PAUSE = 30.0
_PR_SET_PDEATHSIG = 1
_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

logger = logging.getLogger("prytany.serve")


@dataclass
class Child:
    """A part of the installation: `run` is called in the forked process and returns its exit status.

    `renewal` is the exit status with which the process asks for a fresh start.
    """

    name: str
    run: Callable[[], int]
    renewal: int | None = None
    pid: int = 0
    started: float = 0.0
    failures: int = 0
    again_at: float = 0.0
    ended: list[int] = field(default_factory=list)


def fork(run: Callable[[], int]) -> int:
    """Start `run` in a process of its own that dies with this one; return its number."""
    parent = os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    if pid := os.fork():
        return pid
    status = 1
    try:
        os.setsid()
        for number in (*_SIGNALS, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        _die_with(parent)
        status = run()
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except BaseException:
        logger.exception("a process ended with an error")
    finally:
        with contextlib.suppress(BaseException):
            sys.stdout.flush()
            sys.stderr.flush()
            logging.shutdown()
        os._exit(status)


def _die_with(parent: int) -> None:
    """Ask the kernel for TERM when the parent is gone (Linux; elsewhere the worker looks for itself)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)


class Supervisor:
    """Keeps `children` running until it is told to stop."""

    def __init__(
        self, children: Sequence[Child], *, is_ready: Callable[[], bool], announce: Callable[[], None]
    ) -> None:
        self.children = list(children)
        self.is_ready = is_ready
        self.announce = announce
        self.announced = False
        self.stopping = False
        self._wake, self._woken = os.pipe()

    def run(self) -> int:
        """Run until TERM, INT or HUP; return the exit status: 0, or 1 where the parts never became ready."""
        self._listen()
        gc.collect()
        gc.freeze()  # keeps the collector from writing to, and thereby copying, the pages shared with the children
        begun = time.monotonic()
        for child in self.children:
            self._start(child)
        status = 0
        while not self.stopping:
            self._pause(0.1 if not self.announced else 0.5)
            self._look_after_children()
            if not self.announced and not self._announce(begun):
                status = 1
                break
        self._stop_all()
        return status

    def _listen(self) -> None:
        os.set_blocking(self._woken, False)
        signal.set_wakeup_fd(self._woken, warn_on_full_buffer=False)
        for number in _SIGNALS:
            signal.signal(number, self._ask_to_stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # wakes the loop

    def _ask_to_stop(self, *_: object) -> None:
        if self.stopping:
            self._signal_all(signal.SIGKILL)  # asked twice: at once
        self.stopping = True

    def _pause(self, seconds: float) -> None:
        ready, _, _ = select.select([self._wake], [], [], seconds)
        if ready:
            os.read(self._wake, 512)

    def _announce(self, begun: float) -> bool:
        """Say that all is ready once it is; False when it has taken too long."""
        if self.is_ready():
            self.announced = True
            self.announce()
            return True
        if time.monotonic() - begun < READY_SECONDS:
            return True
        sys.stderr.write("The server did not become ready; the lines above say why.\n")
        return False

    def _start(self, child: Child) -> None:
        child.started = time.monotonic()
        child.pid = fork(child.run)

    def _look_after_children(self) -> None:
        for child in self.children:
            if child.pid:
                self._reap(child)
            elif not self.stopping and time.monotonic() >= child.again_at:
                self._start(child)

    def _reap(self, child: Child) -> None:
        """Notice the end of a child, end what it left behind, and plan its next start."""
        pid, code = os.waitpid(child.pid, os.WNOHANG)
        if not pid:
            return
        _kill_group(child.pid, signal.SIGKILL)
        lived = time.monotonic() - child.started
        status = os.waitstatus_to_exitcode(code)
        child.pid = 0
        child.ended.append(status)
        if status == child.renewal:
            child.again_at = 0.0
            return
        child.failures = 1 if lived > STEADY_SECONDS else child.failures + 1
        pause = min(2.0 ** (child.failures - 1) - 1, LONGEST_PAUSE)
        child.again_at = time.monotonic() + pause
        if not self.stopping:
            logger.error("%s ended with status %s; starts again in %d s", child.name, status, pause)

    def _stop_all(self) -> None:
        self.stopping = True
        self._signal_all(signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        while any(child.pid for child in self.children):
            self._look_after_children()
            if time.monotonic() > until:
                self._signal_all(signal.SIGKILL)
            self._pause(0.05)

    def _signal_all(self, number: int) -> None:
        for child in self.children:
            if child.pid:
                # TERM goes to the leader, which ends its own children in order; KILL to the whole group.
                _kill_group(child.pid, number) if number == signal.SIGKILL else _kill(child.pid, number)


def _kill(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _kill_group(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)

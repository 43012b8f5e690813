"""The worker process: takes jobs from the queues, keeps its leases alive, serves the schedules, and renews itself.

It works in lanes, one thread each. A lane takes from its queues in turn, so 3,000 mails do not hold up the reading of
one text, and a mail server that does not answer holds up mail only. Libraries that need much memory (typst, pdfium,
docx, numpy) are imported by jobs, therefore only here; what they leave behind goes when the process renews itself.
"""

import logging
import os
import signal
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import timedelta
from secrets import token_hex
from typing import NoReturn

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone, translation

from prytany.core import logs
from prytany.core.memory import resident_mib
from prytany.jobs import queue, schedules
from prytany.jobs.errors import GiveUp, TimeLimit
from prytany.jobs.models import WorkerBeat
from prytany.jobs.queue import Claim

LANES: tuple[tuple[str, ...], ...] = (("default", "index"), ("text",), ("mail",))
QUEUES = tuple(name for lane in LANES for name in lane)
BEAT_SECONDS = min(5.0, settings.WORKER_LEASE_SECONDS / 6)
POLL_SECONDS = 1.0
# How long a job in hand may still run after the worker was asked to stop; serve waits a little longer.
GRACE_SECONDS = 20.0
# Exit status that asks whoever started the worker to start it again at once (EX_TEMPFAIL of sysexits.h).
RENEW = 75

logger = logging.getLogger("prytany.jobs")


def run_claim(held: Claim) -> bool:
    """Run one job and record what became of it; True if it went well. Never raises for a failing job."""
    token = logs.request_id.set(held.row.pk.hex[:16])
    try:
        if held.job is None:
            raise GiveUp(f"{held.row.task_path} is no longer part of the program.")
        with translation.override(settings.LANGUAGE_CODE):
            arguments = held.row.args_kwargs
            held.job.call(*arguments["args"], **arguments["kwargs"])
    except KeyboardInterrupt:
        queue.release(held)
        raise
    except BaseException as error:  # whatever ends a job is recorded with it
        queue.fail(held, error)
        return False
    else:
        return queue.finish(held)
    finally:
        logs.request_id.reset(token)


def drain(queues: Sequence[str] = QUEUES, *, limit: int = 10_000, worker: str = "drain") -> int:
    """Run in this thread every job that is ready, and those they queue, up to `limit`; return how many ran."""
    done = 0
    turn = deque(queues)
    while done < limit and (name := queue.first_ready(turn)):
        if held := queue.claim(name, worker):
            run_claim(held)
            done += 1
        turn.rotate(-1)
    return done


class Lane:
    """A thread that takes from its queues in turn."""

    def __init__(self, worker: "Worker", queues: Sequence[str]) -> None:
        self.worker = worker
        self.turn = deque(queues)
        self.held: Claim | None = None
        self.until = 0.0
        self.thread = threading.Thread(target=self._work, name=f"lane {'+'.join(queues)}", daemon=True)

    def _work(self) -> None:
        while not self.worker.stopping.is_set():
            try:
                close_old_connections()
                busy = self._one()
            except Exception:
                logger.exception("the queue could not be served")
                busy = False
            if not busy:
                self.worker.stopping.wait(POLL_SECONDS)
        connections.close_all()

    def _one(self) -> bool:
        """Run the next job; False if no queue of this lane has one."""
        name = queue.first_ready(self.turn)
        held = queue.claim(name, self.worker.name) if name else None
        if name is None or held is None:
            return False
        self.turn.remove(name)
        self.turn.append(name)
        self.until = time.monotonic() + (held.job.timeout if held.job else POLL_SECONDS)
        self.held = held
        try:
            run_claim(held)
        finally:
            self.held = None
        self.worker.count()
        return True


class Worker:
    """One worker process. `run` returns the exit status: 0 when asked to stop, RENEW when it wants a fresh start.

    `parent` is the process that must stay alive for the worker to go on; `leave` ends the process where a thread hangs.
    """

    def __init__(
        self,
        queues: Sequence[str] = QUEUES,
        *,
        max_jobs: int | None = None,
        max_memory_mib: int | None = None,
        parent: int | None = None,
        leave: Callable[[int], NoReturn] = os._exit,
    ) -> None:
        self.name = f"{socket.gethostname()[:40]}:{os.getpid()}:{token_hex(3)}"
        self.max_jobs = max_jobs or settings.WORKER_MAX_JOBS
        self.max_memory_mib = max_memory_mib or settings.WORKER_MAX_MEMORY_MIB
        self.parent = parent
        self.leave = leave
        self.stopping = threading.Event()
        self.status = 0
        self.done = 0
        self._counting = threading.Lock()
        parts = [tuple(name for name in lane if name in queues) for lane in LANES]
        self.lanes = [Lane(self, lane) for lane in parts if lane]

    def stop(self, status: int = 0) -> None:
        """Ask all lanes to end after the job in hand."""
        self.status = status
        self.stopping.set()

    def count(self) -> None:
        """Count a job, and ask for a fresh start after many jobs or when memory has grown."""
        with self._counting:
            self.done += 1
        if self.done >= self.max_jobs or resident_mib() > self.max_memory_mib:
            self.stop(RENEW)

    def run(self) -> int:
        """Work until asked to stop."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        schedules.entries()
        started_at = timezone.now()
        queues = ",".join(name for lane in self.lanes for name in lane.turn)
        WorkerBeat.objects.create(name=self.name, queues=queues, started_at=started_at, beat_at=started_at)
        for lane in self.lanes:
            lane.thread.start()
        while not self.stopping.wait(self._tend()):
            pass
        self._finish_lanes()
        WorkerBeat.objects.filter(name=self.name).delete()
        connections.close_all()
        return self.status

    def _tend(self) -> float:
        """Renew leases, put lost jobs back, serve the schedules; return the seconds until the next round."""
        try:
            close_old_connections()
            self._beat()
            schedules.tick()
        except DatabaseError:
            logger.exception("the worker could not tend its queues")
        self._end_overdue()
        if self.parent is not None and os.getppid() != self.parent:
            self.stop()
        return BEAT_SECONDS

    def _beat(self) -> None:
        now = timezone.now()
        queue.renew(lane.held for lane in self.lanes if lane.held is not None)
        WorkerBeat.objects.filter(name=self.name).update(
            beat_at=now, jobs_done=self.done, memory_mib=int(resident_mib())
        )
        queue.reap()
        WorkerBeat.objects.filter(beat_at__lt=now - timedelta(days=1)).delete()

    def _end_overdue(self) -> None:
        """End the process if a job is past its time limit: a thread that hangs in a library cannot be stopped alone."""
        overdue = [lane for lane in self.lanes if lane.held is not None and time.monotonic() > lane.until]
        if not overdue:
            return
        for lane in self.lanes:
            if (held := lane.held) is None:
                continue
            if lane in overdue:
                queue.fail(held, TimeLimit("The job ran longer than its time limit."))
            else:
                queue.release(held)
        self._leave(RENEW)

    def _finish_lanes(self) -> None:
        until = time.monotonic() + GRACE_SECONDS
        for lane in self.lanes:
            lane.thread.join(max(0.0, until - time.monotonic()))
        unfinished = [lane.held for lane in self.lanes if lane.thread.is_alive() and lane.held is not None]
        for held in unfinished:
            queue.release(held)
        if unfinished:
            self._leave(self.status)

    def _leave(self, status: int) -> None:
        """Leave without waiting for threads; what they had not committed is rolled back."""
        WorkerBeat.objects.filter(name=self.name).delete()
        logging.shutdown()
        self.leave(status)

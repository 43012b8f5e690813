"""Declaring jobs: `@job(queue="text") def read_text(blob_id): …`, then `read_text.enqueue(blob_id)` in the transaction.

The queue is a table, so a job is queued if, and only if, the change that asks for it is committed. A job takes keys
(never personal data), and may run twice: after a crash, nobody can know how far it came.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import uniform
from typing import Any
from uuid import uuid4

from django_tasks.base import Task, task
from django_tasks.utils import normalize_json

LONGEST_DELAY = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Task):
    """A task with a number of attempts, a first delay between them in seconds, and a time limit in seconds."""

    attempts: int = 5
    backoff: float = 15.0
    timeout: float = 300.0

    def delay(self, attempt: int) -> timedelta:
        """Return the wait after failed `attempt` (from 1): doubled each time, up to an hour, a quarter more or less.

        The spread keeps jobs that failed together, because a mail server was down, from coming back together.
        """
        seconds = min(self.backoff * 2 ** (attempt - 1), LONGEST_DELAY)
        return timedelta(seconds=seconds * uniform(0.75, 1.25))  # noqa: S311 - no secret

    def enqueue_many(self, arguments: Iterable[Sequence[Any]]) -> int:
        """Queue one job per tuple of positional arguments with a few statements; return their number."""
        from django_tasks_db.models import DBTaskResult, get_date_max  # noqa: PLC0415 - jobs are declared before models

        rows: list[DBTaskResult] = [
            DBTaskResult(
                id=uuid4(),
                args_kwargs=normalize_json({"args": list(args), "kwargs": {}}),
                priority=self.priority,
                task_path=self.module_path,
                queue_name=self.queue_name,
                run_after=self.run_after or get_date_max(),
                backend_name=self.backend,
            )
            for args in arguments
        ]
        DBTaskResult.objects.bulk_create(rows, batch_size=1000)
        return len(rows)


def job(
    *, queue: str = "default", attempts: int = 5, backoff: float = 15.0, timeout: float = 300.0, priority: int = 0
) -> Callable[[Callable[..., Any]], Job]:
    """Make a module-level function a job of `queue` (`default`, `mail`, `text`, `index`).

    Queues do not wait for each other: see `jobs.worker.LANES`. `attempts` counts the first run. After `timeout`
    seconds the worker process is ended and the attempt counts as failed: no hostile file can hold the queue.
    """
    decorator: Callable[[Callable[..., Any]], Job] = task(  # type: ignore[assignment]
        queue_name=queue, attempts=attempts, backoff=backoff, timeout=timeout, priority=priority
    )
    return decorator

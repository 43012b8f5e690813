"""What stands in the queue: for the health page, the command line and the readiness check."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from prytany.jobs.models import Schedule, WorkerBeat
from prytany.jobs.worker import QUEUES

# A worker is taken for lost after this much silence.
SILENCE = datetime.timedelta(seconds=90)


@dataclass(frozen=True, slots=True)
class QueueFigures:
    """One queue: jobs ready, running, waiting for another attempt, dead; and since when the oldest ready one waits."""

    queue: str
    ready: int
    running: int
    waiting: int
    dead: int
    oldest_ready_at: datetime.datetime | None


def queue_figures() -> list[QueueFigures]:
    """Return the figures of every queue, in two queries."""
    now = timezone.now()
    due = Q(status=TaskResultStatus.READY) & (Q(run_after__lte=now) | Q(run_after__year=9999))
    rows = DBTaskResult.objects.order_by().values("queue_name").annotate(
        ready=Count("pk", filter=due),
        running=Count("pk", filter=Q(status=TaskResultStatus.RUNNING)),
        waiting=Count("pk", filter=Q(status=TaskResultStatus.READY) & ~due),
        dead=Count("pk", filter=Q(status=TaskResultStatus.FAILED)),
        oldest=Min("enqueued_at", filter=due),
    )  # fmt: skip
    found = {row["queue_name"]: row for row in rows}
    empty = {"ready": 0, "running": 0, "waiting": 0, "dead": 0, "oldest": None}
    result = []
    for name in QUEUES:
        row = found.get(name, empty)
        result.append(QueueFigures(name, row["ready"], row["running"], row["waiting"], row["dead"], row["oldest"]))
    return result


def dead_jobs(limit: int = 100) -> list[DBTaskResult]:
    """Return the jobs that used up their attempts, newest first."""
    return list(DBTaskResult.objects.failed().order_by("-finished_at")[:limit])


def worker_beat_age() -> datetime.timedelta | None:
    """Return how long ago any worker gave a sign of life; None if none ever did."""
    last = WorkerBeat.objects.aggregate(last=Max("beat_at"))["last"]
    return None if last is None else timezone.now() - last


def workers() -> list[WorkerBeat]:
    """Return the workers that are alive."""
    return list(WorkerBeat.objects.filter(beat_at__gt=timezone.now() - SILENCE).order_by("started_at"))


def schedule_rows() -> list[Schedule]:
    """Return every schedule with its last run."""
    return list(Schedule.objects.order_by("name"))

"""Taking jobs from the queue and giving them back, whatever happens to the worker in between."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from traceback import format_exception
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from prytany.jobs.errors import GiveUp, WorkerLost
from prytany.jobs.models import Lease
from prytany.jobs.tasks import Job

LEASE = timedelta(seconds=settings.WORKER_LEASE_SECONDS)

logger = logging.getLogger("prytany.jobs")


def declared_job(row: DBTaskResult) -> Job | None:
    """Return the job that `row` asks for; None if it is no longer part of the program."""
    try:
        return row.task
    except (ImportError, SuspiciousOperation):
        return None


@dataclass(frozen=True, slots=True)
class Claim:
    """A job in the hand of a worker."""

    row: DBTaskResult
    token: UUID

    @property
    def job(self) -> Job | None:
        """The declared job; None where an upgrade has removed it."""
        return declared_job(self.row)

    @property
    def attempt(self) -> int:
        """Which attempt this is, from 1."""
        return len(self.row.worker_ids)


def first_ready(queues: Iterable[str]) -> str | None:
    """Return the first of `queues` with a job to run, without locking anything; None if all are empty."""
    ready = DBTaskResult.objects.ready().order_by()
    return next((name for name in queues if ready.filter(queue_name=name).exists()), None)


@transaction.atomic
def claim(queue: str, worker: str) -> Claim | None:
    """Take the next job of `queue` for `worker`, with a lease; None if there is none that another has not locked."""
    row = DBTaskResult.objects.ready().filter(queue_name=queue).select_for_update(skip_locked=True).first()
    if row is None:
        return None
    row.claim(worker)
    token = uuid4()
    Lease.objects.update_or_create(
        job=row, defaults={"token": token, "worker": worker, "expires_at": timezone.now() + LEASE}
    )
    return Claim(row, token)


def renew(held: Iterable[Claim]) -> None:
    """Extend the leases of the jobs in hand."""
    tokens = [claim.token for claim in held]
    if tokens:
        Lease.objects.filter(token__in=tokens).update(expires_at=timezone.now() + LEASE)


def _let_go(held: Claim) -> bool:
    """Drop the lease; False if it has passed to another worker, which then decides what becomes of the job."""
    gone, _ = Lease.objects.filter(job_id=held.row.pk, token=held.token).delete()
    if not gone:
        logger.warning("job %s (%s) was finished after its lease had passed on", held.row.pk, held.row.task_path)
    return bool(gone)


@transaction.atomic
def finish(held: Claim) -> bool:
    """Mark the job done; False if the lease has passed to another worker."""
    if not _let_go(held):
        return False
    held.row.set_successful(None)
    return True


@transaction.atomic
def fail(held: Claim, error: BaseException) -> bool:
    """Queue the job again after its delay, or put it with the dead; False if the lease has passed on."""
    if not _let_go(held):
        return False
    _retry_or_bury(held.row, error)
    return True


@transaction.atomic
def release(held: Claim) -> bool:
    """Put an unfinished job back as if it had not been taken: the worker was asked to stop."""
    if not _let_go(held):
        return False
    held.row.status = TaskResultStatus.READY
    held.row.worker_ids = held.row.worker_ids[:-1]
    held.row.save(update_fields=["status", "worker_ids"])
    return True


def _retry_or_bury(row: DBTaskResult, error: BaseException) -> None:
    attempt, job = len(row.worker_ids), declared_job(row)
    if job is None or isinstance(error, GiveUp) or attempt >= job.attempts:
        row.set_failed(error)
        logger.error("job %s (%s) is dead after attempt %d: %s", row.pk, row.task_path, attempt, type(error).__name__)
        return
    # A lost worker is rarely the job's own fault: no delay then; the number of attempts still bounds it.
    delay = timedelta() if isinstance(error, WorkerLost) else job.delay(attempt)
    row.status = TaskResultStatus.READY
    row.run_after = timezone.now() + delay
    row.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
    row.traceback = "".join(format_exception(error))
    row.save(update_fields=["status", "run_after", "exception_class_path", "traceback"])
    logger.warning("job %s (%s) failed attempt %d: %s", row.pk, row.task_path, attempt, type(error).__name__)


def reap() -> int:
    """Put back the jobs whose worker has stopped answering (also those restored from a backup); return their number."""
    now = timezone.now()
    lost = Q(lease__expires_at__lt=now) | Q(lease=None)
    candidates = DBTaskResult.objects.filter(lost, status=TaskResultStatus.RUNNING).order_by()
    return sum(_reap_one(key) for key in list(candidates.values_list("pk", flat=True)[:500]))


@transaction.atomic
def _reap_one(key: UUID) -> bool:
    running = DBTaskResult.objects.filter(pk=key, status=TaskResultStatus.RUNNING)
    row = running.select_for_update(skip_locked=True).first()
    if row is None:
        return False
    lease = Lease.objects.filter(job_id=key).first()
    if lease is not None and lease.expires_at >= timezone.now():
        return False
    Lease.objects.filter(job_id=key).delete()
    _retry_or_bury(row, WorkerLost("The worker stopped answering."))
    return True


def revive(row: DBTaskResult) -> None:
    """Queue a dead job again with all its attempts, at once."""
    row.status = TaskResultStatus.READY
    row.worker_ids = []
    row.run_after = get_date_max()
    row.finished_at = None
    row.save(update_fields=["status", "worker_ids", "run_after", "finished_at"])


def prune(*, done_after: timedelta = timedelta(days=7), dead_after: timedelta = timedelta(days=90)) -> int:
    """Delete finished jobs after a week and dead ones after three months; return how many."""
    now = timezone.now()
    done = Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - done_after)
    dead = Q(status=TaskResultStatus.FAILED, finished_at__lt=now - dead_after)
    gone, _ = DBTaskResult.objects.filter(done | dead).delete()
    return gone

"""Who works on which job until when, which workers are alive, and when each schedule last came due."""

from django.db import models
from django_tasks_db.models import DBTaskResult


class Lease(models.Model):
    """A worker's hold on a running job. Renewed by its heartbeat; once expired, the job goes back to the queue.

    `token` tells one hold from the next, so that a worker that was frozen and comes back cannot finish a job that
    has passed to another.
    """

    job = models.OneToOneField(DBTaskResult, models.CASCADE, primary_key=True, related_name="lease")
    token = models.UUIDField()
    worker = models.CharField(max_length=80, db_index=True)
    expires_at = models.DateTimeField(db_index=True)


class WorkerBeat(models.Model):
    """A worker process and the last sign of life from it."""

    name = models.CharField(max_length=80, primary_key=True)
    queues = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField(db_index=True)
    jobs_done = models.PositiveIntegerField(default=0)
    memory_mib = models.PositiveIntegerField(default=0)


class Schedule(models.Model):
    """The last moment a schedule came due, so that each moment is served once, whatever the number of workers."""

    name = models.CharField(max_length=80, primary_key=True)
    last_slot = models.DateTimeField(null=True)
    last_run_at = models.DateTimeField(null=True)

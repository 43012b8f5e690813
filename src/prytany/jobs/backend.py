"""The queue in the database, with jobs that know how often and how long they may be tried."""

from django_tasks_db.backend import DatabaseBackend

from prytany.jobs.tasks import Job


class QueueBackend(DatabaseBackend):
    """`django-tasks-db` with our kind of task: it commits and rolls back with the change that asks for it."""

    task_class = Job

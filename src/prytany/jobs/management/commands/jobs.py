"""`prytany jobs`: what stands in the queue; dead jobs and how to run them again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django_tasks_db.models import DBTaskResult

from prytany.jobs import figures, queue


class Command(BaseCommand):
    help = "Show the queues, workers and dead jobs; `--retry ID` or `--retry all` queues dead jobs again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--retry", metavar="ID", help="a dead job's id, or `all`")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["retry"]:
            self._retry(options["retry"])
            return
        self.stdout.write(f"{'queue':<10}{'ready':>8}{'running':>9}{'waiting':>9}{'dead':>7}")
        for row in figures.queue_figures():
            self.stdout.write(f"{row.queue:<10}{row.ready:>8}{row.running:>9}{row.waiting:>9}{row.dead:>7}")
        for worker in figures.workers():
            self.stdout.write(
                f"worker {worker.name}: {worker.queues}; {worker.jobs_done} jobs, {worker.memory_mib} MiB, "
                f"last sign of life {worker.beat_at:%Y-%m-%d %H:%M:%S}"
            )
        for dead in figures.dead_jobs():
            self.stdout.write(f"dead {dead.pk} {dead.task_path} {dead.finished_at:%Y-%m-%d %H:%M} {_error(dead)}")

    def _retry(self, which: str) -> None:
        dead = DBTaskResult.objects.failed()
        try:
            rows = list(dead if which == "all" else dead.filter(pk=which))
        except ValueError:
            rows = []
        if not rows and which != "all":
            raise CommandError(f"There is no dead job {which}.")
        for row in rows:
            queue.revive(row)
        self.stdout.write(f"{len(rows)} jobs queued again.")


def _error(row: DBTaskResult) -> str:
    """The kind of error alone: messages may hold what people wrote."""
    return row.exception_class_path.rsplit(".", 1)[-1]

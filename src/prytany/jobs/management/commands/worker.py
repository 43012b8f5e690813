"""`prytany worker`: run background jobs."""

import os
import sys
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser

from prytany.jobs import schedules
from prytany.jobs.worker import QUEUES, RENEW, Worker, drain


class Command(BaseCommand):
    help = "Run background jobs. `prytany serve` starts a worker by itself; start more where one is not enough."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--queues", default=",".join(QUEUES), help="comma-separated; default: %(default)s")
        mode = parser.add_mutually_exclusive_group()
        mode.add_argument("--once", action="store_true", help="run one job, if there is one, and leave")
        mode.add_argument("--drain", action="store_true", help="serve the schedules, run all that is ready, and leave")

    def handle(self, *args: Any, **options: Any) -> None:
        queues = [name.strip() for name in options["queues"].split(",") if name.strip()]
        if unknown := sorted(set(queues) - set(QUEUES)):
            raise CommandError(f"There is no queue {', '.join(unknown)}. The queues are {', '.join(QUEUES)}.")
        if options["once"] or options["drain"]:
            if options["drain"]:
                schedules.entries()
                schedules.tick()
            done = drain(queues, limit=1 if options["once"] else 1_000_000)
            self.stdout.write(f"{done} jobs run.")
            return
        _leave(Worker(queues, leave=_leave).run())


def _leave(status: int) -> NoReturn:
    """End the process, or begin anew as the same process with fresh memory."""
    if status == RENEW:
        os.execv(sys.executable, [sys.executable, "-m", "prytany", *sys.argv[1:]])  # noqa: S606 - our own arguments
    sys.stdout.flush()
    os._exit(status)

"""`prytany demo`: `serve` with the made-up office of a province."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from prytany.operations.management.commands.serve import Command as Serve
from prytany.operations.serving import Say, serve


class Command(Serve):
    help = "Start the office of a made-up province: loads it on the first start, then the same as `serve`."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Call it as `prytany demo` or set PRYTANY_DEMO=1.")
        sys.exit(serve(options["host"], options["port"], say=self.say, load=load_demo))


def load_demo(say: Say) -> str:
    """Load the demo into an empty installation; return the table of its accounts."""
    from prytany.demo import loading

    if loading.is_empty():
        say("Loading the demo (a province with its communes, documents and tasks) …")
        loading.load(say)
    return loading.accounts_text()

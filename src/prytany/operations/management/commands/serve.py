"""`prytany serve`: the whole installation under one parent."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from prytany.operations.serving import serve


class Command(BaseCommand):
    help = "Bring the database up to date, then start the web server and the worker; Ctrl+C stops both."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(serve(options["host"], options["port"], say=self.say))

    def say(self, line: str) -> None:
        """Print a line at once, also into a pipe."""
        self.stdout.write(line)
        self.stdout.flush()

"""`prytany files sweep`, `prytany files reread`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from prytany.files.sweeping import sweep
from prytany.files.texts import reread


class Command(BaseCommand):
    """Stored files, from the command line."""

    help = "Remove what nobody refers to, or read the text of files again that an earlier version read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the acts."""
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("sweep", help="remove uploads never used and bytes without a file, after a day")
        acts.add_parser("reread", help="queue the reading of files whose text this version has not read")

    def handle(self, *_args: Any, act: str, **_options: Any) -> None:
        """Run one act."""
        if act == "reread":
            self.stdout.write(f"{reread()} files queued for reading.")
            return
        for what, count in sweep().items():
            self.stdout.write(f"{what}: {count}")

"""`prytany search rebuild`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from prytany.search.index import rebuild


class Command(BaseCommand):
    """The search index, from the command line."""

    help = "Write the search index anew from its entries: after an upgrade that folds words differently, or to mend it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the act."""
        acts = parser.add_subparsers(dest="act", required=True)
        anew = acts.add_parser("rebuild", help="write the index anew")
        anew.add_argument("--kind", default="", help="only entries of one kind, such as document or task")

    def handle(self, *_args: Any, act: str, kind: str = "", **_options: Any) -> None:
        """Run the act."""
        self.stdout.write(f"{rebuild(kind)} entries indexed.")

"""`prytany verify`: hold the records against each other and against the files on disk."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from prytany.core import consistency
from prytany.core.consistency import Check


class Command(BaseCommand):
    help = "Check that records agree with each other and with the files on disk; ends with status 1 on any fault."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("checks", nargs="*", metavar="CHECK", help="only these, as organisation.closure")
        parser.add_argument("--list", action="store_true", help="only name the checks")
        parser.add_argument("--repair", action="store_true", help="rebuild what is derived from other records")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            chosen = list(consistency.checks(options["checks"]))
        except KeyError as error:
            raise CommandError(f"There is no check {error.args[0]}; `prytany verify --list` names them.") from None
        if options["list"]:
            for check in chosen:
                self.stdout.write(f"{check.key:<32}{check.title}")
            return
        bad = [check.key for check in chosen if not self._passes(check, repair=options["repair"])]
        if bad:
            self.stdout.write(f"{len(bad)} of {len(chosen)} checks found faults.")
            sys.exit(1)
        self.stdout.write(f"All {len(chosen)} checks passed.")

    def _passes(self, check: Check, *, repair: bool) -> bool:
        faults = check.faults()
        if faults and repair and check.rebuild is not None:
            check.rebuild()
            self.stdout.write(f"rebuilt {check.key}")
            faults = check.faults()
        self.stdout.write(f"{'found' if faults else 'ok':<8}{check.key:<32}{check.title}")
        for fault in faults:
            self.stdout.write(f"        {fault}")
        return not faults

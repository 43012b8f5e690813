"""`prytany audit verify`, `prytany audit head`, `prytany audit seal`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from prytany.audit import heads, sealing, verifying


class Command(BaseCommand):
    """The log's seals, from the command line."""

    help = "Verify the log against its seals, show the newest head, or seal what waits."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the three acts."""
        acts = parser.add_subparsers(dest="act", required=True)
        verify = acts.add_parser("verify", help="find every altered, removed, inserted or reordered sealed entry")
        verify.add_argument("--head", type=Path, help="file with one or more exported heads, one a line")
        head = acts.add_parser("head", help="print the newest head, to be kept outside this machine")
        head.add_argument("--out", type=Path, help="write it to this file instead")
        acts.add_parser("seal", help="seal what waits, at once")

    def handle(self, *_args: Any, act: str, **options: Any) -> None:
        """Run one act; `verify` ends with an error when it finds a fault."""
        if act == "verify":
            self._verify(options["head"])
        elif act == "head":
            self._head(options["out"])
        else:
            self.stdout.write(f"{sealing.seal_events()} events sealed.")

    def _head(self, out: Path | None) -> None:
        head = heads.newest_head()
        if head is None:
            raise CommandError("Nothing is sealed yet.")
        if out is None:
            self.stdout.write(head.line())
        else:
            out.write_text(head.line() + "\n", encoding="utf-8")
            self.stdout.write(f"Head {head.sequence} over {head.total} events is in {out}.")

    def _verify(self, path: Path | None) -> None:
        try:
            wanted = heads.read_heads(path) if path else []
        except (OSError, heads.NotAHead) as error:
            raise CommandError(f"{path}: {error}") from None
        report = verifying.verify(wanted)
        for finding in report.findings:
            self.stdout.write(f"{finding.code}: {finding.text}")
        against = f"{report.heads} exported head(s)" if report.heads else "no exported head, signatures only"
        self.stdout.write(f"Checked {report.events} events in {report.seals} seals against {against}.")
        self.stdout.write(self._unsealed(report))
        if report.findings:
            raise CommandError(f"{len(report.findings)} fault(s) found.", returncode=1)
        self.stdout.write("No fault found.")

    def _unsealed(self, report: verifying.Report) -> str:
        if report.oldest_unsealed is None:
            return "No event waits for its seal."
        age = timezone.now() - report.oldest_unsealed
        minutes = int(age.total_seconds() // 60)
        return f"{report.unsealed} event(s) wait for their seal, the oldest for {minutes} minute(s)."

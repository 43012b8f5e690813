"""`prytany assets`: build fonts, icons, styles of Bootstrap and translations into `.build/static`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from prytany.core import assets


class Command(BaseCommand):
    """Build what the pages need and the repository does not hold; what is up to date is left alone."""

    help = "Build fonts, icons and translations into the build directory; skips what has not changed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add `--force`."""
        parser.add_argument("--force", action="store_true", help="build everything anew")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build and print one line for each file written."""
        target: Path = settings.BUILD_DIR / "static"
        for line in assets.build(target, settings.PACKAGE_DIR, force=options["force"]):
            self.stdout.write(line)

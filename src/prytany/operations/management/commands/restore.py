"""`prytany restore`: take a backup in, on either kind of database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from prytany.core import consistency
from prytany.operations.backup.archive import BrokenBackup
from prytany.operations.backup.log import tell_log
from prytany.operations.backup.restoring import restore_backup
from prytany.operations.serving import only_one


class Command(BaseCommand):
    help = "Replace database and files by those of a backup. Also from SQLite to PostgreSQL and back."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="replace the records that are there")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with only_one():
                restored = restore_backup(options["file"], force=options["force"])
        except FileNotFoundError:
            raise CommandError(f"There is no file {options['file']}.") from None
        except (BrokenBackup, DatabaseError, ValueError) as error:
            raise CommandError(f"Nothing was changed. {error}") from None
        manifest = restored.manifest
        tell_log("backup.restore", {"made_at": restored.head.made_at, "version": restored.head.version})
        self.stdout.write(
            f"Restored {len(manifest.tables)} tables with {manifest.rows} rows and {manifest.files} files "
            f"of {restored.head.made_at}."
        )
        for sha256 in manifest.missing:
            self.stderr.write(f"Warning: the stored file {sha256} was missing when the backup was made.")
        faults = [f"{check.key}: {fault}" for check in consistency.checks() for fault in check.faults(3)]
        for fault in faults:
            self.stderr.write(f"Warning: {fault}")

"""`prytany backup`: database and files in one file."""

import signal
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from prytany.operations.backup import archive, daily
from prytany.operations.backup.archive import BrokenBackup, Manifest
from prytany.operations.backup.log import tell_log
from prytany.operations.backup.making import make_backup
from prytany.operations.backup.trying import FailedTrial, try_backup

_ENDINGS = (".tar.gz", ".tgz")


class Command(BaseCommand):
    help = "Write database and stored files, as they stand at one moment, into one file; the server may run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("target", nargs="?", help="a .tar.gz file or a folder; default: a new file in var/backups")
        parser.add_argument("--keys", action="store_true", help="also the secret keys; keep such a file locked away")
        parser.add_argument("--test", action="store_true", help="restore TARGET into a throw-away database")
        parser.add_argument("--verify", action="store_true", help="only read TARGET and hold it against its manifest")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verify"] or options["test"]:
            self._prove(options["target"], by_trial=options["test"])
            return
        target = _target(options["target"])
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the unfinished file is removed
        try:
            manifest = make_backup(target, with_keys=options["keys"])
        except OSError as error:
            raise CommandError(f"The backup could not be written: {error}") from None
        tell_log("backup.make", {"file": target.name, "rows": manifest.rows, "files": manifest.files})
        self.stdout.write(f"{_summary(manifest)}\nWritten to {target} ({target.stat().st_size / 2**20:.1f} MiB).")
        for sha256 in manifest.missing:
            self.stderr.write(f"Warning: the stored file {sha256} is not on disk; its record is in the backup.")
        if not options["keys"]:
            self.stdout.write(f"Keys are not in it: keep {settings.VAR_DIR}/secret-key and {settings.KEYS_DIR} apart.")

    def _prove(self, target: str | None, *, by_trial: bool) -> None:
        if not target:
            raise CommandError("Name the file.")
        path = Path(target)
        try:
            head, manifest = archive.verify(path)
            said = try_backup(path) if by_trial else ""
        except (BrokenBackup, FailedTrial, FileNotFoundError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{_summary(manifest)}\nWhole and unaltered; made {head.made_at} by version {head.version}.")
        if by_trial:
            self.stdout.write(said)
            tell_log("backup.test", {"file": path.name, "made_at": head.made_at})


def _target(given: str | None) -> Path:
    target = Path(given) if given else daily.folder()
    if target.is_dir():
        target /= daily.new_name()
    if not target.name.endswith(_ENDINGS):
        raise CommandError("Give the file a name that ends with .tar.gz.")
    if target.exists():
        raise CommandError(f"{target} exists already.")
    if not target.parent.is_dir():
        raise CommandError(f"There is no folder {target.parent}.")
    return target.absolute()


def _summary(manifest: Manifest) -> str:
    return (
        f"Database: {len(manifest.tables)} tables, {manifest.rows} rows. "
        f"Files: {manifest.files} ({manifest.file_bytes / 2**20:.1f} MiB)."
    )

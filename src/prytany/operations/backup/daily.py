"""The backup that the worker makes every night, proved by reading it again; the oldest give way to it."""

import datetime
import logging
import shutil
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from prytany.jobs.errors import GiveUp
from prytany.jobs.tasks import job
from prytany.operations.backup.archive import verify
from prytany.operations.backup.log import tell_log
from prytany.operations.backup.making import make_backup

_NAME = "prytany-%Y%m%d-%H%M%S.tar.gz"
_PATTERN = "prytany-[0-9]*-[0-9]*.tar.gz"
_SPARE_BYTES = 2**30

logger = logging.getLogger("prytany.backup")


def folder() -> Path:
    """Return the folder of backups, made if need be, closed to others."""
    path: Path = settings.BACKUP_DIR
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def new_name(now: datetime.datetime | None = None) -> str:
    """Return the name of a backup made now."""
    return timezone.localtime(now).strftime(_NAME)


def existing() -> list[Path]:
    """Return the backups in the folder, oldest first."""
    return sorted(settings.BACKUP_DIR.glob(_PATTERN), key=lambda path: path.name)


def last_made_at() -> datetime.datetime | None:
    """Return when the newest backup in the folder was written."""
    made = existing()
    return datetime.datetime.fromtimestamp(made[-1].stat().st_mtime, datetime.UTC) if made else None


def _refuse_without_room() -> None:
    """GiveUp where the disk would fill: the office's work goes before its backup."""
    made = existing()
    needed = (made[-1].stat().st_size if made else 0) * 2 + _SPARE_BYTES
    if shutil.disk_usage(folder()).free < needed:
        raise GiveUp("There is not enough room on the disk for a backup.")


@job(attempts=3, backoff=600, timeout=4 * 3600)
def back_up() -> None:
    """Make a backup, read it again, and remove those beyond the number to keep."""
    _refuse_without_room()
    target = folder() / new_name()
    manifest = make_backup(target)
    verify(target)
    for old in existing()[: -settings.BACKUP_KEEP]:
        old.unlink()
    if manifest.missing:
        logger.error("%d stored files are not on disk", len(manifest.missing))
    tell_log("backup.make", {"file": target.name, "rows": manifest.rows, "files": manifest.files}, channel="job")

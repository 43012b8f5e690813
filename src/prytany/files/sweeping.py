"""Removing what nobody refers to: uploads never used, bytes without a file, leftovers of uploads that broke off.

Each row is locked before it is looked at, and `services.store` takes the same lock before it puts bytes in place, so
bytes that are being taken into use again are never removed.
"""

import datetime
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError
from django.utils import timezone

from prytany.files import blobs
from prytany.files.models import Blob, StoredFile

AFTER = datetime.timedelta(hours=24)
_HASH = re.compile(r"^[0-9a-f]{64}$")


def sweep() -> dict[str, int]:
    """Remove what has been without use for a day; return how many of each kind went. Safe to run at any time."""
    return {
        "uploads": _sweep_uploads(),
        "blobs": _sweep_blobs(),
        "adopted": _adopt_strays(),
        "leftovers": _sweep_waiting_room(),
    }


def _sweep_uploads() -> int:
    gone = 0
    waiting = StoredFile.objects.filter(holder_uid=None, created_at__lt=timezone.now() - AFTER)
    for pk in list(waiting.values_list("pk", flat=True)):
        with suppress(ProtectedError), transaction.atomic():
            row = StoredFile.objects.select_for_update().filter(pk=pk, holder_uid=None).first()
            if row is not None:
                row.delete()
                gone += 1
    return gone


def _sweep_blobs() -> int:
    gone = 0
    used = StoredFile.objects.filter(blob=OuterRef("pk"))
    unused = Blob.objects.filter(~Exists(used), created_at__lt=timezone.now() - AFTER)
    for pk in list(unused.values_list("pk", flat=True)):
        with transaction.atomic():
            blob = Blob.objects.select_for_update().filter(pk=pk).first()
            if blob is None or blob.files.exists():
                continue
            blob.delete()
            blobs.remove(blob.sha256)
            gone += 1
    return gone


def _strays() -> Iterator[Path]:
    limit = (timezone.now() - AFTER).timestamp()
    for path in blobs.folder().glob("??/??/*"):
        if _HASH.match(path.name) and path.stat().st_mtime < limit:
            yield path


def _adopt_strays() -> int:
    """Give a row to bytes whose transaction was rolled back after they were put in place; the next sweep takes both."""
    adopted = 0
    for path in _strays():
        if not Blob.objects.filter(sha256=path.name).exists():
            Blob.objects.get_or_create(sha256=path.name, defaults={"size": path.stat().st_size, "media_type": ""})
            adopted += 1
    return adopted


def _sweep_waiting_room() -> int:
    gone = 0
    limit = (timezone.now() - AFTER).timestamp()
    for path in blobs.waiting_room().iterdir():
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < limit:
                path.unlink()
                gone += 1
    return gone

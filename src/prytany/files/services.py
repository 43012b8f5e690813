"""Taking files in, giving them to records, taking them back. The only writers of the tables of this app."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from prytany.audit.recording import record
from prytany.core import levels
from prytany.core.errors import DomainError
from prytany.core.scope import Scope, authorise
from prytany.files import blobs, guards, images, policies
from prytany.files.extraction.reader import check_pdf
from prytany.files.kinds import IMAGES, Kind
from prytany.files.models import Blob, StoredFile
from prytany.files.names import clean_name
from prytany.files.refusals import FileRefused
from prytany.files.sniff import looks_locked_or_torn, sniff, true_name
from prytany.files.texts import request_text

WAITING_FILES = 200
WAITING_BYTES = 2 * 1024 * 1024 * 1024


def refuse_content(level: int) -> None:
    """Raise DomainError `secret_level` at a state-secret level, where nothing but the register line is kept.

    Source: design.md "Policy"; Law on the Protection of State Secrets, on hosts reachable from outside.
    """
    if levels.is_secret(level):
        raise DomainError(
            "secret_level",
            _("At this classification no file and no text may be stored here, only the line in the register."),
            {"level": _("Files and text are not stored at this classification.")},
        )


@contextmanager
def _received(uploaded: UploadedFile) -> Iterator[tuple[blobs.Arrival, Kind, str]]:
    """Check an upload and give its bytes, whole and flushed, with kind and name; FileRefused, and nothing is left."""
    name = clean_name(uploaded.name or "")
    if (uploaded.size or 0) > settings.UPLOAD_MAX_BYTES:
        raise FileRefused("too_large", name, limit=settings.UPLOAD_MAX_BYTES // (1024 * 1024))
    with blobs.arriving() as arrival:
        blobs.write(arrival, uploaded.chunks())
        with arrival.path.open("rb") as file:
            kind = sniff(file, name)
            if kind.code == "pdf" and looks_locked_or_torn(file):
                _pages, problem = check_pdf(arrival.path)
                if problem:
                    raise FileRefused(problem, name)
        guards.refuse_stamped(arrival.path, kind.reader, name)
        if kind.code in IMAGES:
            with blobs.arriving() as rewritten, arrival.path.open("rb") as file:
                images.rewrite(file, rewritten.path, kind.code, name)
                rewritten.path.replace(arrival.path)
        blobs.settle(arrival)
        yield arrival, kind, true_name(name, kind)


def store(
    scope: Scope,
    uploaded: UploadedFile,
    *,
    root_id: int | None = None,
    level: int = levels.OPEN,
    holder_kind: str = "",
    holder_uid: UUID | None = None,
    caption: str = "",
) -> StoredFile:
    """Check and keep one uploaded file; return its row.

    Without a holder the file waits for `attach`, seen by the person alone, and is swept after a day. FileRefused (a
    DomainError) where the file is not taken, DomainError `secret_level` at a state-secret level; nothing is kept then.
    Call it outside a transaction: large files are checked before the database is asked to wait.
    """
    refuse_content(level)
    root_id = root_id if root_id is not None else scope.root_id
    authorise(policies.can_upload, scope, root_id)
    _refuse_hoard(scope, uploaded.size or 0)
    with _received(uploaded) as (arrival, kind, name), transaction.atomic():
        file = StoredFile.objects.create(
            root_id=root_id,
            blob=_blob(arrival, kind),
            name=name,
            holder_kind=holder_kind,
            holder_uid=holder_uid,
            level=level,
            caption=caption,
            uploaded_by_id=scope.person_id,
        )
        record(scope, action="file.store", target=file, data={"kind": kind.code, "size": arrival.size})
        if holder_uid is not None:
            request_text(file)
    return file


def _blob(arrival: blobs.Arrival, kind: Kind) -> Blob:
    """Return the locked row for the bytes, which stand in place from here on: the sweeper takes the same lock."""
    values = {"size": arrival.size, "media_type": kind.media_type}
    blob, _created = Blob.objects.select_for_update().get_or_create(sha256=arrival.sha256, defaults=values)
    blobs.place(arrival)
    return blob


def _refuse_hoard(scope: Scope, size: int) -> None:
    waiting = StoredFile.objects.filter(holder_uid=None, uploaded_by_id=scope.person_id)
    total = waiting.aggregate(bytes=Sum("blob__size"))["bytes"] or 0
    if waiting.count() >= WAITING_FILES or total + size > WAITING_BYTES:
        raise DomainError(
            "too_many_waiting",
            _("Too many of your files wait to be used. Use or remove some of them, then upload more."),
        )


@transaction.atomic
def attach(
    scope: Scope, files: Iterable[StoredFile], *, holder_kind: str, holder_uid: UUID, level: int = levels.OPEN
) -> list[StoredFile]:
    """Give waiting files to a record whose service has checked the right; reading their text is queued.

    DomainError `file_taken` where a file is held already or was uploaded by somebody else, `secret_level` as `store`.
    """
    files = list(files)
    if not files:
        return []
    refuse_content(level)
    rows = StoredFile.objects.select_for_update().select_related("blob").in_bulk([file.pk for file in files])
    for file in files:
        row = rows.get(file.pk)
        if row is None or not policies.can_discard(scope, row):
            raise DomainError("file_taken", _("One of these files is no longer there. Choose it again."))
        row.holder_kind, row.holder_uid, row.level = holder_kind, holder_uid, level
        row.save(update_fields=["holder_kind", "holder_uid", "level"])
        request_text(row)
    return [rows[file.pk] for file in files]


@transaction.atomic
def move(scope: Scope, file: StoredFile, *, holder_kind: str, holder_uid: UUID, level: int = levels.OPEN) -> StoredFile:
    """Pass a file from one record to another; the services of both have checked the rights."""
    refuse_content(level)
    row = StoredFile.objects.select_for_update().select_related("blob").get(pk=file.pk)
    before = row.holder_kind
    row.holder_kind, row.holder_uid, row.level = holder_kind, holder_uid, level
    row.save(update_fields=["holder_kind", "holder_uid", "level"])
    record(scope, action="file.move", target=row, data={"from": before, "to": holder_kind})
    request_text(row)
    return row


@transaction.atomic
def discard(scope: Scope, file: StoredFile) -> None:
    """Remove a file that no record holds; PermissionDenied for somebody else's, or one that a record holds."""
    row = StoredFile.objects.select_for_update().get(pk=file.pk)
    authorise(policies.can_discard, scope, row)
    _delete(scope, row, "file.discard", {})


@transaction.atomic
def withdraw(scope: Scope, file: StoredFile) -> None:
    """Remove a file from the record that holds it, whose service has checked the right; its bytes go within a day."""
    row = StoredFile.objects.select_for_update().get(pk=file.pk)
    data = {"holder": row.holder_kind, "holder_uid": str(row.holder_uid)}
    _delete(scope, row, "file.withdraw", data)


def _delete(scope: Scope, row: StoredFile, action: str, data: dict[str, Any]) -> None:
    record(scope, action=action, target=row, data=data)
    row.delete()


def discard_all(scope: Scope, files: Sequence[StoredFile]) -> None:
    """Remove those of `files` that still wait: at a refusal that forbids to keep them even for a day."""
    for file in files:
        if file.holder_uid is None:
            discard(scope, file)


def note_reading(scope: Scope, file: StoredFile) -> None:
    """Write to the log that a file above `open` was opened."""
    if file.level > levels.OPEN:
        record(scope, action="file.read", target=file)

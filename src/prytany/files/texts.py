"""The text of stored files: asked for when a record takes a file, read by the worker, kept once per content."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from prytany.core import levels
from prytany.files import blobs, guards
from prytany.files.extraction.reader import VERSION, read_text
from prytany.files.models import Blob, StoredFile, TextVersion
from prytany.files.signals import text_read
from prytany.files.stamped import remove_stamped
from prytany.jobs.tasks import job

# What another attempt may mend; all else is a property of the file.
PASSING = frozenset({"missing"})


def request_text(file: StoredFile) -> None:
    """Queue the reading of `file`, where its kind has text; call inside the transaction that stores the file."""
    if file.kind.reader and not levels.is_secret(file.level):
        read_file.enqueue(file.pk)


def text_of(file: StoredFile) -> TextVersion | None:
    """Return the latest text of `file`; None where none was asked for."""
    return TextVersion.objects.filter(blob=file.blob_id, extractor=file.kind.reader).order_by("-pk").first()


def reread() -> int:
    """Queue the reading of held files that the present reader has not read; return how many. After an upgrade.

    Passages cited from an earlier text move along, see `documents.services.texts.reanchor`.
    """
    done = TextVersion.objects.filter(blob=OuterRef("blob"), version=VERSION).exclude(status=TextVersion.Status.WAITING)
    rows = StoredFile.objects.filter(~Exists(done), holder_uid__isnull=False, level__lt=levels.SECRET)
    return read_file.enqueue_many([(row.pk,) for row in rows.iterator() if row.kind.reader])


@job(queue="text", attempts=3, timeout=180)
def read_file(file_id: int) -> None:
    """Read the text of a stored file and tell the app above; a text read before is not read again."""
    file = StoredFile.objects.select_related("blob").filter(pk=file_id).first()
    if file is None or levels.is_secret(file.level) or not file.kind.reader:
        return
    text, _made = TextVersion.objects.get_or_create(blob=file.blob, extractor=file.kind.reader, version=VERSION)
    if text.status == TextVersion.Status.WAITING or text.problem in PASSING:
        stamp = _read(text, file.blob, file.kind.reader)
        if stamp is not None:
            remove_stamped(file.blob, *stamp)
            return
    with transaction.atomic():
        # Asked for again inside the transaction: the record may have let go of the file while it was read.
        held = StoredFile.objects.select_for_update().filter(pk=file_id).select_related("blob").first()
        if held is not None:
            text_read.send(StoredFile, file=held, text=text)


def _read(text: TextVersion, blob: Blob, reader: str) -> tuple[str, str] | None:
    """Read a text and keep it; one with the stamp of a state-secret level is not kept: return stamp and text."""
    path = blobs.path_of(blob.sha256)
    if not path.exists():
        text.status, text.problem = TextVersion.Status.FAILED, "missing"
        text.save(update_fields=["status", "problem", "made_at"])
        return None
    reading = read_text(path, reader)
    if stamp := guards.stamp_in(reading.text):
        return stamp, reading.text
    text.problem = reading.problem
    text.text = reading.text
    text.pages = len(reading.pages) if reader == "pdf" and reading.pages else None
    if text.text:
        text.status = TextVersion.Status.READ
    elif reading.problem in {"scan", "no_text"}:
        text.status = TextVersion.Status.EMPTY
    else:
        text.status = TextVersion.Status.FAILED
    text.save()
    return None

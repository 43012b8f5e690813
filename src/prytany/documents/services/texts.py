"""Texts of papers: pasted by a person, or read from a file by the worker. A new reading takes the place of the old."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from prytany.accounts.scopes import system_scope
from prytany.audit.recording import record
from prytany.core import levels
from prytany.core.errors import DomainError
from prytany.core.fields import strip_controls
from prytany.core.scope import Scope, authorise
from prytany.documents import anchors, policies
from prytany.documents.indexing import index_clauses, index_document
from prytany.documents.models import Clause, Document, DocumentText
from prytany.documents.reading import refuse_stamped
from prytany.documents.segments import split
from prytany.documents.services.clauses import make_clauses
from prytany.files.models import StoredFile, TextVersion
from prytany.files.services import refuse_content

LONGEST = 2_000_000
PASTED = "pasted"


@dataclass
class Moved:
    """What a new reading did to cited passages: at their place, moved, no longer found (they keep the old text)."""

    kept: list[Clause] = field(default_factory=list)
    moved: list[Clause] = field(default_factory=list)
    lost: list[Clause] = field(default_factory=list)

    def data(self) -> dict[str, Any]:
        """Return the figures for the log."""
        return {"kept": len(self.kept), "moved": len(self.moved), "lost": [str(clause.uid) for clause in self.lost]}


@transaction.atomic
def add_text(*, scope: Scope, document: Document, text: str, language: str = "", beside: bool = False) -> DocumentText:
    """Put a pasted text to a paper; it takes the place of one pasted before, whose cited passages move along.

    With `beside` it stands beside the texts there are: the paper in another language, or told once more. DomainError
    `secret_level` at a state-secret level, `secret_stamp`, `empty`, `too_long`.
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    authorise(policies.can_write_text, scope, document)
    refuse_content(document.level)
    refuse_stamped(text)
    text = strip_controls(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not text:
        raise DomainError("empty", _("Paste a text."), {"text": _("Paste a text.")})
    if len(text) > LONGEST:
        message = _("This text is longer than %(limit)s characters.") % {"limit": LONGEST}
        raise DomainError("too_long", message, {"text": message})
    language = language or document.language
    before = _same_pasted(document, text) if beside else _pasted_before(document, language)
    row, moved = _replace(document, text, language, PASTED, None, before)
    record(scope, action="document.add_text", target=document, data={"length": len(text), **moved.data()})
    return row


@transaction.atomic
def withdraw_text(*, scope: Scope, document: Document, text: DocumentText) -> None:
    """Take a text off a paper; DomainError `cited` while passages of it are cited."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    authorise(policies.can_correct, scope, document)
    text = DocumentText.objects.select_for_update().get(pk=text.pk, document=document)
    if text.clauses.exists():
        raise DomainError("cited", _("Passages of this text are cited by tasks, so it stays."))
    text.delete()
    record(scope, action="document.withdraw_text", target=document, data={})
    index_document(document)


@transaction.atomic
def take_reading(*, file: StoredFile, text: TextVersion) -> DocumentText | None:
    """Keep what the worker read in a file of a paper; the same text again changes nothing. None where there is none."""
    document = Document.objects.select_for_update().filter(uid=file.holder_uid).first()
    if document is None or levels.is_secret(document.level) or not text.text:
        return None
    extractor = f"{text.extractor} {text.version}"
    before = _current(document).filter(file=file).first()
    row, moved = _replace(document, text.text, document.language, extractor, file, before)
    if text.pages and not document.pages:
        document.pages = text.pages
        document.save(update_fields=["pages"])
    scope = system_scope(document.root_id)
    record(scope, action="document.read_text", target=document, data={"file": str(file.uid), **moved.data()})
    return row


@transaction.atomic
def let_go(*, file: StoredFile, stamp: str) -> None:
    """Take what was read in a file off its paper: the file bears the stamp of a state-secret level and is removed.

    A text of which passages are cited stays, and so does the file: people have to look at what was drawn from it.
    """
    document = Document.objects.select_for_update().filter(uid=file.holder_uid).first()
    if document is None:
        return
    DocumentText.objects.filter(document=document, file=file).delete()
    with translation.override(settings.LANGUAGE_CODE):  # the note is read by everybody in the office
        said = _("A file with the stamp “%(stamp)s” was removed; only the line in the register may be kept.")
        said %= {"stamp": stamp}
    document.note = f"{document.note}\n{said}".strip()
    document.save(update_fields=["note"])
    index_document(document)


def _current(document: Document) -> QuerySet[DocumentText]:
    return DocumentText.objects.select_for_update().filter(document=document, is_current=True)


def _pasted_before(document: Document, language: str) -> DocumentText | None:
    """The pasted text that another one takes the place of: in its language, else the only one there is."""
    rows = list(_current(document).filter(file=None).order_by("pk"))
    own = [row for row in rows if row.language == language]
    return own[0] if own else rows[0] if len(rows) == 1 else None


def _same_pasted(document: Document, text: str) -> DocumentText | None:
    rows = _current(document).filter(file=None, digest=anchors.digest(text))
    return next((row for row in rows if row.text == text), None)


def _replace(
    document: Document,
    text: str,
    language: str,
    extractor: str,
    file: StoredFile | None,
    before: DocumentText | None,
) -> tuple[DocumentText, Moved]:
    digest = anchors.digest(text)
    if before is not None and before.digest == digest and before.text == text:
        return before, Moved(kept=list(before.clauses.all()))
    row = DocumentText.objects.create(
        document=document,
        file=file,
        language=language,
        extractor=extractor,
        text=text,
        segments=[list(segment) for segment in split(text, language)],
        digest=digest,
    )
    moved = Moved()
    if before is not None:
        before.is_current = False
        before.save(update_fields=["is_current"])
        moved = reanchor(before, row)
    if document.is_directive:
        make_clauses(row)
    index_document(document)
    return row, moved


def reanchor(before: DocumentText, after: DocumentText) -> Moved:
    """Move the cited passages of one text to where the same words stand in another; call inside a transaction.

    A passage whose words are not there any more keeps its place in the old text, which stays for it.
    """
    moved = Moved()
    clauses = list(before.clauses.select_for_update().order_by("start"))
    places = anchors.Places(after.text)
    for clause in clauses:
        found = places.nearest(clause.text, before=len(before.text), start=clause.start)
        if found is None:
            moved.lost.append(clause)
            continue
        start, end = found
        at_place = (start, end) == (clause.start, clause.end)
        (moved.kept if at_place else moved.moved).append(clause)
        clause.start, clause.end, clause.text_version = start, end, after
        clause.position = anchors.position_of(after.segments, start)
    carried = moved.kept + moved.moved
    _write_positions(carried)
    index_clauses(carried, after.document)
    return moved


def _write_positions(clauses: list[Clause]) -> None:
    """Write in two steps: two passages with the same words may change places, and the pair is unique."""
    for clause in clauses:
        Clause.objects.filter(pk=clause.pk).update(position=2_000_000_000 - clause.pk % 1_000_000_000)
    taken: set[tuple[int, str, int]] = set()
    for clause in clauses:
        while (clause.document_id, clause.digest, clause.position) in taken:
            clause.position += 1
        taken.add((clause.document_id, clause.digest, clause.position))
        clause.save(update_fields=["start", "end", "text_version", "position"])

"""What pages show of papers: words for codes, files with the state of their text, sentences with their passages."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from prytany.audit.models import AuditEvent
from prytany.core import wording
from prytany.core.scope import Scope
from prytany.documents import kinds
from prytany.documents.citations import CitedBy, links_of
from prytany.documents.models import Clause, Document, DocumentRelation, DocumentText
from prytany.documents.titles import title_of
from prytany.files.extraction.problems import describe
from prytany.files.models import StoredFile, TextVersion
from prytany.organisation.models import Person
from prytany.search.snippets import Piece

SENTENCES_SHOWN = 120
HISTORY_SHOWN = 60


def dress(documents: Iterable[Document]) -> None:
    """Set on each paper `title`, `kind_name` and `marks` (pairs of style and word), as lists show them."""
    urgencies, levels, circulations = kinds.urgencies(), kinds.level_rules(), kinds.circulations()
    for document in documents:
        document.title = title_of(document)
        document.kind_name = kinds.kind_name(document.family, document.kind)
        marks = []
        if document.urgency:
            marks.append(
                ("stamp", urgencies[document.urgency].name if document.urgency in urgencies else document.urgency)
            )
        if document.level:
            marks.append(("level", levels[document.level].name if document.level in levels else str(document.level)))
        if document.circulation:
            known = document.circulation in circulations
            marks.append(("level", circulations[document.circulation].name if known else document.circulation))
        document.marks = marks


def issued_words(document: Document) -> str:
    """Return the date of a paper to its precision; "" where it is not known."""
    return wording.due(document.issued_on, document.issued_precision) if document.issued_on else ""


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file of a paper: what became of its text, in words; `waits` while it is being read."""

    file: StoredFile
    problem: Any = ""
    waits: bool = False


def shown_files(document: Document) -> list[ShownFile]:
    """Return the files of a paper with the state of their text, in one query."""
    texts = TextVersion.objects.filter(blob=OuterRef("blob")).order_by("-pk")
    rows = (
        StoredFile.objects.filter(holder_kind="document", holder_uid=document.uid)
        .select_related("blob")
        .annotate(text_status=Subquery(texts.values("status")[:1]), text_problem=Subquery(texts.values("problem")[:1]))
        .order_by("created_at", "pk")
    )
    return [
        ShownFile(
            row,
            describe(row.text_problem or ""),
            bool(row.kind.reader) and row.text_status in (None, TextVersion.Status.WAITING),
        )
        for row in rows
    ]


@dataclass(slots=True)
class Sentence:
    """A segment of a text as a page shows it, with links to what is drawn from it.

    `pieces` are its words, with the passage that the address asks for marked.
    """

    number: int
    kind: str
    start: int
    end: int
    pieces: list[Piece]
    links: list[CitedBy] = field(default_factory=list)
    asked: bool = False


@dataclass(slots=True)
class ShownText:
    """A text cut into sentences; `rest` counts those left out, `lost` are passages that only an older reading holds."""

    row: DocumentText
    sentences: list[Sentence]
    rest: int = 0
    lost: list[Clause] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Which text this is."""
        return self.row.file.name if self.row.file else _("Pasted text")


def shown_texts(scope: Scope, document: Document, *, whole: bool, passage: Clause | None = None) -> list[ShownText]:
    """Return the current texts of a paper, cut into sentences, with what upper apps draw from them: one query.

    Passages of older readings take another, where there are any. With `passage` that one is marked.
    """
    old = Clause.objects.filter(document=document, text_version__is_current=False)
    texts = DocumentText.objects.filter(document=document, is_current=True).annotate(has_lost=Exists(old))
    shown = [_shown(text, whole, passage) for text in texts.select_related("file").order_by("file", "pk")]
    if not shown:
        return []
    by_text = {text.row.pk: text for text in shown}
    for clause, link in links_of(scope, document):
        if text := by_text.get(clause.text_version_id):
            _add_link(text, clause, link)
    if shown[0].row.has_lost:
        by_file = {text.row.file_id: text for text in shown}
        for clause in old.select_related("text_version").order_by("position", "pk"):
            by_file.get(clause.text_version.file_id, shown[0]).lost.append(clause)
    return shown


def _add_link(text: ShownText, clause: Clause, link: CitedBy) -> None:
    for sentence in text.sentences:
        if sentence.start <= clause.start < sentence.end:
            sentence.links.append(link)
            return


def _shown(text: DocumentText, whole: bool, passage: Clause | None) -> ShownText:
    asked = passage if passage is not None and passage.text_version_id == text.pk else None
    whole = whole or (asked is not None and asked.position > SENTENCES_SHOWN)
    segments = text.segments if whole else text.segments[:SENTENCES_SHOWN]
    sentences = []
    for number, (start, end, kind) in enumerate(segments, start=1):
        inside = asked is not None and start <= asked.start < end
        pieces = _pieces(text.text, start, end, asked if inside else None)
        sentences.append(Sentence(number, kind, start, end, pieces, asked=inside))
    return ShownText(text, sentences, len(text.segments) - len(segments))


def _pieces(text: str, start: int, end: int, asked: Clause | None) -> list[Piece]:
    """Return the words of a sentence; the part of it that is the passage asked for is marked."""
    if asked is None:
        return [Piece(text[start:end])]
    last = min(asked.end, end)
    parts = (Piece(text[start : asked.start]), Piece(text[asked.start : last], True), Piece(text[last:end]))
    return [piece for piece in parts if piece.text]


def shown_relations(document: Document, visible: Any) -> list[tuple[Any, Document, str]]:
    """Return what a paper stands in relation to, both ways: word, other paper, and the kind where it can be removed.

    `visible` is a queryset of the papers in sight."""
    rows = DocumentRelation.objects.filter(
        Q(document=document, other__in=visible) | Q(other=document, document__in=visible)
    ).select_related("document", "other")
    found = []
    for row in rows:
        if row.document_id == document.pk:
            found.append((DocumentRelation.Kind(row.kind).label, row.other, row.kind))
        else:
            found.append((INVERSE[row.kind], row.document, ""))
    dress([other for _word, other, _kind in found])
    return found


INVERSE = {
    "implements": gettext_lazy("is implemented by"),
    "replies": gettext_lazy("is answered by"),
    "amends": gettext_lazy("is amended by"),
    "supersedes": gettext_lazy("is superseded by"),
    "corrects": gettext_lazy("is corrected by"),
    "attached": gettext_lazy("has attached"),
}

ACTIONS = {
    "document.register": pgettext_lazy("history", "Entered in a register"),
    "document.take_in": pgettext_lazy("history", "Taken in for reading"),
    "document.correct": pgettext_lazy("history", "Corrected"),
    "document.remove_content": pgettext_lazy("history", "Content removed"),
    "document.attach": pgettext_lazy("history", "File attached"),
    "document.withdraw_file": pgettext_lazy("history", "File withdrawn"),
    "document.add_text": pgettext_lazy("history", "Text added"),
    "document.withdraw_text": pgettext_lazy("history", "Text withdrawn"),
    "document.read_text": pgettext_lazy("history", "Text read from the file"),
    "document.relate": pgettext_lazy("history", "Relation added"),
    "document.unrelate": pgettext_lazy("history", "Relation removed"),
    "document.route": pgettext_lazy("history", "Routed"),
    "document.read": pgettext_lazy("history", "Opened"),
    "register.void": pgettext_lazy("history", "Register line made void"),
    "register.correct": pgettext_lazy("history", "Register line corrected"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a paper's history, as `core/_timeline.html` shows it."""

    at: datetime.datetime
    who: str
    what: Any
    note: str = ""
    text: str = ""
    said: bool = False
    files: tuple[Any, ...] = ()


def history_of(document: Document) -> list[Entry]:
    """Return what happened to a paper, the latest first: two queries. The caller has checked that it is visible."""
    events = AuditEvent.objects.filter(target_uid=document.uid, action__in=ACTIONS).order_by("-at", "-pk")
    rows = list(events[:HISTORY_SHOWN])
    names = dict(Person.objects.filter(uid__in={row.actor_uid for row in rows}).values_list("uid", "name"))
    return [Entry(row.at, names.get(row.actor_uid, ""), ACTIONS[row.action], _note(row)) for row in rows]


def _note(event: AuditEvent) -> str:
    if lost := event.data.get("lost"):
        return _("%(count)s cited passages are not in the newly read text; they keep the old one.") % {
            "count": wording.count(len(lost))
        }
    if event.action == "document.register":
        return _("number %(number)s") % {"number": event.data.get("number", "")}
    return ""

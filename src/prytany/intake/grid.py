"""What page 8 shows: the sentences of a part beside the rows of the sheet, and what stands between them."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from django.utils.translation import gettext as _

from prytany.core.dates import DueDate, as_typed
from prytany.core.scope import Scope
from prytany.documents.anchors import digest
from prytany.documents.models import Document, DocumentText
from prytany.intake.cells import names_in, number_of_units, said_of, worth_saying
from prytany.intake.models import Decision, TypedRow
from prytany.intake.offers import FACT
from prytany.intake.readings import Found, Part, Sentence
from prytany.intake.seconds import second_of, suggest_second
from prytany.intake.services.rows import OPEN, TASK
from prytany.intake.suggesting import COLUMNS, Suggestion, suggest
from prytany.organisation.matching import UnitMatcher
from prytany.organisation.names import UnitLabel, unit_labels
from prytany.work.clears import Missing, missing
from prytany.work.models import AssignmentSheet, Obligation, RoleInTask, Task


@dataclass
class Cell:
    """One cell: its text, a note (how a date is understood, how many units), what is wrong, what the text says."""

    name: str
    text: str = ""
    note: str = ""
    wrong: str = ""
    hint: str = ""
    likely: list[str] = field(default_factory=list)


@dataclass
class GridRow:
    """A row: a draft task, or a proposal nobody has decided (`task` None). `start` is None for a row typed by hand.

    `token` is the form token under which a row that is no task yet is saved: sent twice, it makes one task.
    """

    key: str
    cells: dict[str, Cell]
    task: Task | None = None
    start: int | None = None
    end: int | None = None
    number: int = 0
    token: str = field(default_factory=lambda: uuid4().hex)
    lacking: list[Missing] = field(default_factory=list)
    second: bool = False

    @property
    def is_proposed(self) -> bool:
        """Whether nobody has taken it yet."""
        return self.task is None and self.start is not None

    @property
    def columns(self) -> list[Cell]:
        """The cells in order."""
        return [self.cells[name] for name in COLUMNS]


@dataclass
class ShownSentence:
    """A sentence with its words cut where something was found (`mark`, `total`), and the rows drawn from it."""

    sentence: Sentence
    pieces: list[tuple[str, str]]
    rows: list[GridRow] = field(default_factory=list)
    token: str = field(default_factory=lambda: uuid4().hex)


@dataclass
class Drawn:
    """The tasks that were drawn from a paper: those of the sheet that is still filled, and all; the other sheets."""

    sheet: AssignmentSheet | None
    tasks: list[Task]
    all: list[Task]
    earlier: list[AssignmentSheet]


def drawn_from(scope: Scope, document: Document) -> Drawn:
    """Return what was drawn from a paper, in one query. A sheet without a task does not show."""
    tasks = list(
        Task.objects.visible_to(scope)
        .filter(source_document=document)
        .select_related("sheet", "source_clause", "typed_row")
        .order_by("position", "pk")
    )
    sheets = {task.sheet_id: task.sheet for task in tasks if task.sheet is not None}
    latest_first = [sheets[pk] for pk in sorted(sheets, reverse=True) if sheets[pk].document_id == document.pk]
    sheet = next((one for one in latest_first if one.state in OPEN), None)
    own = [task for task in tasks if sheet is not None and task.sheet_id == sheet.pk]
    return Drawn(sheet, own, tasks, [one for one in latest_first if one is not sheet])


def rows_of(scope: Scope, sheet: AssignmentSheet | None, tasks: list[Task]) -> list[GridRow]:
    """Return the draft tasks of a sheet as rows, in their order."""
    if sheet is None or not tasks:
        return []
    parts = list(Obligation.objects.filter(task__in=tasks).exclude(state="cancelled").order_by("pk"))
    for task in tasks:
        task.assigner_post_id = task.assigner_post_id or sheet.approver_post_id or scope.post_id
    lacking = missing(tasks, parts, on=scope.today)
    labels = unit_labels({part.owner_id for task in tasks if not _as_typed(task) for part in task_parts(task, parts)})
    rows = []
    for task in tasks:
        row = GridRow(str(task.uid), _cells_of(task, task_parts(task, parts), labels, scope.today), task)
        row.lacking = [item for item in lacking if item.task_id == task.pk]
        if task.source_clause is not None:
            row.start, row.end = task.source_clause.start, task.source_clause.end
        rows.append(row)
    return rows


def task_parts(task: Task, parts: Iterable[Obligation]) -> list[Obligation]:
    """Return the parts of one task."""
    return [part for part in parts if part.task_id == task.pk]


def _as_typed(task: Task) -> TypedRow | None:
    """What was typed into the row of a task, where nobody changed the task elsewhere since."""
    typed: TypedRow | None = getattr(task, "typed_row", None)
    return typed if typed is not None and typed.version == task.version else None


def _cells_of(
    task: Task, parts: list[Obligation], labels: Mapping[int, UnitLabel], today: datetime.date
) -> dict[str, Cell]:
    if typed := _as_typed(task):
        cells = {name: Cell(name, typed.cells.get(name, "")) for name in COLUMNS}
        for name, said in said_of(typed.wrong).items():
            cells[name].wrong = said
        number = sum(part.role == RoleInTask.COORDINATING for part in parts)
        if number > len(names_in(cells["coordinating"].text)):
            cells["coordinating"].note = number_of_units(number)
    else:

        def names(role: str) -> str:
            return "; ".join(str(labels[part.owner_id]) for part in parts if part.role == role)

        texts = {
            "content": task.content,
            "lead": names(RoleInTask.LEAD),
            "coordinating": names(RoleInTask.COORDINATING),
            "due": as_typed(DueDate(task.due_on, task.due_precision)) if task.due_on else "",  # type: ignore[arg-type]
            "product": task.product,
        }
        cells = {name: Cell(name, texts[name]) for name in COLUMNS}
    if task.due_on:
        cells["due"].note = worth_saying(DueDate(task.due_on, task.due_precision), today)  # type: ignore[arg-type]
    if task.is_standing:
        cells["due"].text = _("No deadline")
    if not cells["product"].text:
        cells["product"].text = task.product
    return cells


@dataclass(frozen=True)
class Decided:
    """What people decided about a paper: passages by the digest of their words, and facts by their names."""

    passages: frozenset[str]
    facts: frozenset[str]


def decided_about(document: Document) -> Decided:
    """Return all decisions about a paper, in one query."""
    rows = list(Decision.objects.filter(document=document).values_list("subject", "digest"))
    passages = frozenset(passage for subject, passage in rows if subject == TASK)
    return Decided(passages, frozenset(subject.removeprefix(FACT) for subject, _d in rows if subject.startswith(FACT)))


def proposals_of(
    document: Document, text: DocumentText, part: Part, drawn: Drawn, decided: Decided, matcher: UnitMatcher
) -> list[GridRow]:
    """Return what the reader proposes in this part and nobody has decided: neither taken, skipped, nor written."""
    clauses = [task.source_clause for task in drawn.all if task.source_clause and task.state != "cancelled"]
    places = [(clause.start, clause.end) for clause in clauses if clause.text_version_id == text.pk]
    left = [
        found
        for found in part.found
        if not _written(found, places) and digest(text.text[found.start : found.end]) not in decided.passages
    ]
    suggestions = suggest(
        [found.proposal for found in left],
        matcher=matcher,
        day=part.day or document.issued_on,
        language=part.reading.language,
    )
    rows = [proposed_row(found.start, found.end, one) for found, one in zip(left, suggestions, strict=True)]
    return [*rows, *_seconds(document, text, part, places, decided, matcher)]


def _seconds(
    document: Document,
    text: DocumentText,
    part: Part,
    places: Sequence[tuple[int, int]],
    decided: Decided,
    matcher: UnitMatcher,
) -> list[GridRow]:
    """What the second reader proposes where the first one proposes nothing: it adds and never overrides."""
    taken = [*places, *((found.start, found.end) for found in part.found)]
    last = part.sentences[-1].end if part.sentences else part.start
    rows = []
    for one in second_of(text):
        apart = all(one.end <= start or end <= one.start for start, end in taken)
        if part.start <= one.start < last and apart:
            if digest(text.text[one.start : one.end]) in decided.passages:
                continue
            row = proposed_row(one.start, one.end, suggest_second(one, text, part, document.issued_on, matcher))
            row.second = True
            rows.append(row)
    return rows


def proposed_row(start: int, end: int, suggestion: Suggestion) -> GridRow:
    """Return a suggestion for the passage [start, end) as a row."""
    cells = {name: Cell(name, text, hint=suggestion.hints.get(name, "")) for name, text in suggestion.cells.items()}
    cells["lead"].likely = suggestion.likely
    return GridRow(f"p{start}-{end}", cells, start=start, end=end)


def blank_row(number: int) -> GridRow:
    """Return the empty row at the end, into which a task is typed by hand."""
    return GridRow("new", {name: Cell(name) for name in COLUMNS}, number=number)


def _written(found: Found, places: Iterable[tuple[int, int]]) -> bool:
    """Whether a task was drawn from this very passage, or from one that holds most of it."""
    for start, end in places:
        shared = min(end, found.end) - max(start, found.start)
        if shared * 5 >= (found.end - found.start) * 4 and shared * 5 >= (end - start) * 2:
            return True
    return False


def in_order(rows: Iterable[GridRow]) -> list[GridRow]:
    """Number the rows as their passages stand in the text; those typed by hand follow."""
    ordered = sorted(rows, key=lambda row: (row.start is None, row.start or 0, row.end or 0))
    for number, row in enumerate(ordered, start=1):
        row.number = number
    return ordered


def sentences_of(part: Part, rows: Sequence[GridRow]) -> list[ShownSentence]:
    """Return the sentences of a part with what was found in them marked, and the rows that lead to them."""
    marks: list[tuple[int, int, str]] = []
    for found in part.found:
        spans = [actor.span for actor in (found.proposal.lead, *found.proposal.cooperating) if actor]
        spans.append(found.proposal.deadline.span)
        marks += [(*part.place(span), "mark") for span in spans if span is not None]
    marks += [(*part.place(total.span), "total") for total in part.reading.totals]
    marks.sort()
    shown = []
    for sentence in part.sentences:
        own = [mark for mark in marks if sentence.start <= mark[0] and mark[1] <= sentence.end]
        drawn = [row for row in rows if row.start is not None and sentence.start <= row.start < sentence.end]
        shown.append(ShownSentence(sentence, _pieces(sentence, own), drawn))
    return shown


def _pieces(sentence: Sentence, marks: Sequence[tuple[int, int, str]]) -> list[tuple[str, str]]:
    pieces, place = [], sentence.start
    for start, end, kind in marks:
        if start < place:
            continue
        if start > place:
            pieces.append((sentence.text[place - sentence.start : start - sentence.start], ""))
        pieces.append((sentence.text[start - sentence.start : end - sentence.start], kind))
        place = end
    if place < sentence.end:
        pieces.append((sentence.text[place - sentence.start :], ""))
    return pieces


@dataclass
class Stated:
    """How many tasks the text says there are, where, and what still differs from that."""

    total: int
    sentence: int | None
    words: str
    entered: int
    left: list[int]


def stated_of(part: Part, rows: Sequence[GridRow], total: int | None) -> Stated | None:
    """Return the check of a stated total: from the text, else the one kept on the sheet; None where none is stated."""
    best = max(part.reading.totals, key=lambda one: one.number, default=None)
    number = best.number if best else total
    if not number:
        return None
    place = part.place(best.span) if best else None
    entered = sum(not row.is_proposed for row in rows)
    left = [
        sentence.number
        for sentence in part.sentences
        if sentence.number
        and any(
            row.is_proposed and row.start is not None and sentence.start <= row.start < sentence.end for row in rows
        )
    ]
    said = next((s.number for s in part.sentences if place and s.start <= place[0] < s.end), None)
    return Stated(number, said, best.span.text if best else "", entered, left)

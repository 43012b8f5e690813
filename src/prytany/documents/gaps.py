"""The gap report: every number of a series, and what became of it."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from prytany.core import wording
from prytany.core.scope import Scope
from prytany.documents.kinds import FAMILIES, kind_name
from prytany.documents.models import Document, LedgerNumber, NumberSeries
from prytany.documents.reasons import reason_words
from prytany.documents.titles import content_of

State, Period = LedgerNumber.State, NumberSeries.Period
MISSING, ON_PAPER = "missing", "on_paper"
WORDS = {
    State.USED: State.USED.label,
    State.RESERVED: State.RESERVED.label,
    State.VOID: State.VOID.label,
    MISSING: pgettext_lazy("state of a number", "Missing"),
    ON_PAPER: pgettext_lazy("state of a number", "In the book on paper"),
}
ICONS = {
    State.USED: "check2",
    State.RESERVED: "bookmark",
    State.VOID: "x-circle",
    MISSING: "question-circle",
    ON_PAPER: "book",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One number, or a run of numbers with the same fate; `symbol` and `content` are those of a paper in sight."""

    first: int
    last: int
    state: str
    words: str
    symbol: str = ""
    content: str = ""
    basis: str = ""
    person: str = ""
    day: datetime.date | None = None
    document: UUID | None = None
    uid: UUID | None = None

    @property
    def numbers(self) -> str:
        """The number, or the first and last of a run."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"

    @property
    def label(self) -> Any:
        """The state in words."""
        return WORDS[self.state]

    @property
    def icon(self) -> str:
        """The sign of the state."""
        return ICONS[self.state]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many numbers of a series are in which state; they sum to `total`, the numbers that it has."""

    used: int
    reserved: int
    void: int
    missing: int
    on_paper: int

    @property
    def total(self) -> int:
        """All numbers up to the highest."""
        return self.used + self.reserved + self.void + self.missing + self.on_paper


def with_tallies(rows: QuerySet[NumberSeries]) -> list[NumberSeries]:
    """Return series, each with its `tally`: one query."""
    counts = {f"n_{state}": Count("numbers", filter=Q(numbers__state=state)) for state in State}
    below = Count("numbers", filter=Q(numbers__number__lt=F("begins_at")))
    found = list(rows.annotate(**counts, n_below=below))
    for series in found:
        series.tally = tally_of(series)  # type: ignore[attr-defined]
    return found


def tally_of(series: Any) -> Tally:
    """Return the tally of a series that `with_tallies` counted."""
    known = series.n_used + series.n_reserved + series.n_void
    on_paper = series.begins_at - 1 - series.n_below
    missing = max(series.last - (series.begins_at - 1), 0) - (known - series.n_below)
    return Tally(series.n_used, series.n_reserved, series.n_void, missing, on_paper)


Run = tuple[int, int, str]
ROW = "row"


def runs_of(series: NumberSeries, *, after: int = 0, used: bool = True) -> list[Run]:
    """Return (first, last, what) for all numbers above `after`: rows of the ledger one by one, what it lacks as runs.

    `used` False leaves out numbers that a paper bears.
    """
    found: list[Run] = []
    position = after
    known = series.numbers.filter(number__gt=after).order_by("number").values_list("number", "state")
    for number, state in [*known, (series.last + 1, "")]:
        found += _between(series, position + 1, number - 1)
        if state and (used or state != State.USED):
            found.append((number, number, ROW))
        position = max(position, number)
    return found


def _between(series: NumberSeries, first: int, last: int) -> Iterator[Run]:
    """Yield the runs of numbers that the ledger does not hold: kept in the book on paper, and missing."""
    edge = min(last, series.begins_at - 1)
    if first <= edge:
        yield first, edge, ON_PAPER
    if max(first, series.begins_at) <= last:
        yield max(first, series.begins_at), last, MISSING


def entries_of(scope: Scope, series: NumberSeries, runs: Sequence[Run]) -> Iterator[Entry]:
    """Yield what became of each number or run. Of a paper out of sight it is said that there is one, and no more."""
    for start in range(0, len(runs), 500):
        part = runs[start : start + 500]
        numbers = [first for first, _last, what in part if what == ROW]
        rows = series.numbers.filter(number__in=numbers).select_related("owner", "taken_by")
        by_number = {row.number: row for row in rows}
        seen = _in_sight(scope, by_number.values())
        for first, last, what in part:
            if what == ROW:
                yield _entry(by_number[first], seen)
            elif what == MISSING:
                yield Entry(first, last, MISSING, _("Neither used nor explained."))
            else:
                yield Entry(first, last, ON_PAPER, series.begins_basis)


def _in_sight(scope: Scope, rows: Iterable[LedgerNumber]) -> dict[int, Document]:
    keys = {row.document_id for row in rows if row.document_id}
    return {row.pk: row for row in Document.objects.visible_to(scope).filter(pk__in=keys)} if keys else {}


def _entry(row: LedgerNumber, seen: dict[int, Document]) -> Entry:
    document = seen.get(row.document_id or 0)
    person = row.taken_by.name
    words = ""
    if row.state == State.RESERVED:
        person = row.owner.name if row.owner else person
        day = wording.day(row.reserved_until) if row.reserved_until else ""
        words = _("Reserved until %(day)s.") % {"day": day}
        if row.purpose:
            words = f"{words} {row.purpose}"
    elif row.state == State.VOID:
        words = reason_words(row.void_reason)
    elif document is None:
        words = _("A paper that you do not see.")
    return Entry(
        first=row.number,
        last=row.number,
        state=row.state,
        words=words,
        symbol=document.symbol if document else "",
        content=content_of(document) if document else "",
        basis=str(LedgerNumber.Basis(row.basis).label),
        person=person,
        day=row.taken_at.date(),
        document=document.uid if document and not document.is_secret else None,
        uid=row.uid if row.state == State.RESERVED else None,
    )


def name_of(series: NumberSeries) -> str:
    """Return the series in words: period, family, kind, and whether it is of secret papers."""
    parts = [series.period]
    if series.period_type == Period.TERM:
        parts = [_("Term %(term)s") % {"term": series.period}]
    elif series.period_type == Period.CONGRESS:
        parts = [_("Congress %(congress)s") % {"congress": series.period}]
    if series.family:
        parts.append(str(dict(FAMILIES).get(series.family, series.family)))
    if series.group:
        parts.append(kind_name(series.family, series.group))
    if series.is_secret:
        parts.append(_("secret papers"))
    return ", ".join(parts)

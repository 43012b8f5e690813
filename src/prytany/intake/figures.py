"""How well each language pack reads, counted from what people kept of it. Figures about packs, never about persons."""

import dataclasses
import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prytany.core import clock
from prytany.core.scope import Scope
from prytany.core.workbook import Column, workbook
from prytany.documents.forms import LANGUAGES
from prytany.documents.models import Document
from prytany.intake.fates import FIELDS
from prytany.intake.models import ConfirmTime, Decision, Fate, Reader

FACTS = "fact"
NAMES: dict[str, Any] = {
    "content": gettext_lazy("Content"),
    "lead": gettext_lazy("Lead unit"),
    "due": gettext_lazy("Deadline"),
    "coordinating": gettext_lazy("Co-operating units"),
    FACTS: gettext_lazy("Facts of the paper"),
}
PERIODS = {"30": 30, "90": 90, "365": 365, "all": None}
PERIOD = "90"
# So many papers are enough for a median; more are not read.
MOST_TIMES = 5_000


@dataclass
class Line:
    """What became of one field in one language."""

    field: str
    counts: Counter[str] = dataclasses.field(default_factory=Counter)

    @property
    def label(self) -> str:
        """The name of the field."""
        return str(NAMES[self.field])

    @property
    def proposed(self) -> int:
        """How often the pack proposed something."""
        return self.counts[Fate.KEPT] + self.counts[Fate.CHANGED] + self.counts[Fate.SKIPPED]

    @property
    def share(self) -> float | None:
        """Of a hundred that were proposed, how many were kept so; None where nothing was proposed."""
        return 100 * self.counts[Fate.KEPT] / self.proposed if self.proposed else None

    @property
    def fates(self) -> list[tuple[str, int]]:
        """The figures in the order of the table."""
        return [(str(fate), self.counts[fate]) for fate in (Fate.KEPT, Fate.CHANGED, Fate.SKIPPED, Fate.ADDED)]


@dataclass
class PackFigures:
    """The figures of one language pack, or of the second reader in that language."""

    language: str
    reader: str
    lines: list[Line]
    seconds: int | None = None
    papers: int = 0

    @property
    def name(self) -> str:
        """The language, or that there is no pack for it."""
        return str(dict(LANGUAGES).get(self.language, _("Languages without a pack")))

    @property
    def minutes(self) -> tuple[int, int] | None:
        """The median time to confirm a paper, in minutes and seconds."""
        return divmod(self.seconds, 60) if self.seconds is not None else None


def start_of(period: str) -> datetime.datetime | None:
    """Return when a period of `PERIODS` began; None for all time."""
    days = PERIODS.get(period, PERIODS[PERIOD])
    return clock.now() - datetime.timedelta(days=days) if days else None


def figures(scope: Scope, period: str) -> list[PackFigures]:
    """Return the figures of all packs that were used in the office, in two queries whatever its size."""
    rows = _decisions(scope, period).values("language", "reader", *FIELDS, FACTS).annotate(number=Count("pk"))
    found: dict[tuple[str, str], dict[str, Line]] = {}
    for row in rows.order_by():
        lines = found.setdefault((row["language"], row["reader"]), {name: Line(name) for name in NAMES})
        for name in NAMES:
            if row[name]:
                lines[name].counts[row[name]] += row["number"]
    packs = [PackFigures(language, reader, list(lines.values())) for (language, reader), lines in found.items()]
    times = _times(scope, period)
    for pack in packs:
        if pack.reader == Reader.FIRST and pack.language in times:
            spent = times[pack.language]
            pack.seconds, pack.papers = round(median(spent)), len(spent)
    order = [code for code, _name in LANGUAGES]
    return sorted(
        packs, key=lambda one: (one.reader, order.index(one.language) if one.language in order else len(order))
    )


def _decisions(scope: Scope, period: str) -> QuerySet[Decision]:
    rows = Decision.objects.filter(document__root_id=scope.root_id)
    start = start_of(period)
    return rows.filter(decided_at__gte=start) if start else rows


def _times(scope: Scope, period: str) -> dict[str, list[int]]:
    rows = ConfirmTime.objects.filter(document__root_id=scope.root_id, seconds__gt=0)
    start = start_of(period)
    rows = rows.filter(last_at__gte=start) if start else rows
    found: dict[str, list[int]] = {}
    for language, seconds in rows.order_by("-last_at").values_list("language", "seconds")[:MOST_TIMES]:
        found.setdefault(language, []).append(seconds)
    return found


def decisions_behind(
    scope: Scope, period: str, *, language: str, reader: str, name: str, fate: str
) -> QuerySet[Decision]:
    """Return the decisions behind one figure, of papers in sight; without a fate all that the pack proposed."""
    fates = [fate] if fate in Fate.values else [Fate.KEPT, Fate.CHANGED, Fate.SKIPPED]
    rows = _decisions(scope, period).filter(language=language, reader=reader)
    rows = rows.filter(Q(**{f"{name}__in": fates}) if name in NAMES else Q(pk__in=()))
    return rows.filter(document__in=Document.objects.visible_to(scope)).select_related("document__issuer")


def as_workbook(packs: Iterable[PackFigures], title: str) -> bytes:
    """Return the figures as XLSX, a line per language and field."""
    columns = [
        Column(_("Language"), width=24),
        Column(_("Proposed by"), width=18),
        Column(_("Field"), width=24),
        Column(_("proposed"), "number", 12),
        *[Column(fate.label, "number", 16) for fate in (Fate.KEPT, Fate.CHANGED, Fate.SKIPPED, Fate.ADDED)],
    ]
    rows = (
        [pack.name, str(Reader(pack.reader).label), line.label, line.proposed, *[number for _f, number in line.fates]]
        for pack in packs
        for line in pack.lines
    )
    return workbook(title, columns, rows)

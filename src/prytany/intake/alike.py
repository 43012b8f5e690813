"""Whether a text is one that is there already: told before anything is joined, and never joined without a person."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from anyascii import anyascii
from django.db.models import Q
from django.db.models.functions import Substr

from prytany.core.scope import Scope
from prytany.documents.models import Document, DocumentText
from prytany.documents.policies import can_write_text
from prytany.intake.reading import Reading, read
from prytany.intake.reading.same import SAME, likeness, print_of

# So many of the latest texts are looked at, by their beginnings; the few that share most figures or wording are read.
LATEST, HEAD, CLOSEST = 150, 12_000, 4
FEWEST = 0.2
_FIGURE = re.compile(r"\d[\d.,]*\d|\d")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two texts stand to each other; `days` are those of their events where both say one and they differ."""

    same: bool
    days: tuple[datetime.date, datetime.date] | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """A paper whose text looks like the one at hand; `language` of that text."""

    document: Document
    language: str


def compare(one: Reading, other: Reading) -> Comparison:
    """Return whether two read texts look like one document, in two languages or told twice in one."""
    a, b = print_of(one), print_of(other)
    days = _day(a.day), _day(b.day)
    differ = days[0] and days[1] and days[0] != days[1]
    return Comparison(likeness(a, b) >= SAME, (days[0], days[1]) if differ else None)  # type: ignore[arg-type]


def _day(iso: str | None) -> datetime.date | None:
    """A day that is stated with its year."""
    return datetime.date.fromisoformat(iso) if iso and not iso.startswith("--") else None


def papers_like(scope: Scope, text: str) -> list[Alike]:
    """Return papers, of those this person may put a text to, that look like the one `text` tells of; best first.

    One query; of the latest papers taken in for reading, those alike in figures or wording are read.
    """
    rows = DocumentText.objects.filter(
        Q(is_current=True), document__in=Document.objects.visible_to(scope), document__entered_in__isnull=False
    )
    rows = rows.select_related("document__issuer").defer("text", "segments").annotate(head=Substr("text", 1, HEAD))
    mine = _marks(text[:HEAD])
    near = []
    for row in rows.order_by("-pk")[:LATEST]:
        close = _closeness(mine, _marks(row.head))
        if close >= FEWEST:
            near.append((close, row))
    near.sort(key=lambda pair: -pair[0])
    reading = read(text[:HEAD]) if near else None
    found: dict[int, Alike] = {}
    for _close, row in near[:CLOSEST]:
        if reading and compare(reading, read(row.head)).same and can_write_text(scope, row.document):
            found.setdefault(row.document_id, Alike(row.document, row.language))
    return list(found.values())


def _marks(text: str) -> tuple[set[str], set[tuple[str, ...]]]:
    """The figures of a text, in any script, and its runs of three words: a first look, without reading it."""
    figures = {re.sub(r"\D", "", one).lstrip("0") for one in _FIGURE.findall(anyascii(text))} - {""}
    words = [word.lower() for word in _WORD.findall(text)]
    return figures, set(zip(words, words[1:], words[2:], strict=False))


def _closeness(mine: tuple[set[str], set[tuple[str, ...]]], other: tuple[set[str], set[tuple[str, ...]]]) -> float:
    return max(_share(mine[0], other[0]), _share(mine[1], other[1]))


def _share(a: Iterable[object], b: Iterable[object]) -> float:
    one, two = set(a), set(b)
    return len(one & two) / max(1, min(len(one), len(two))) if len(one & two) > 1 else 0.0

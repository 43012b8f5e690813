"""A place in a text that a person points at, with what the reader makes of it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from prytany.core.errors import DomainError
from prytany.core.scope import Scope
from prytany.documents.models import Document, DocumentText
from prytany.intake.cutting import levelled
from prytany.intake.models import Reader
from prytany.intake.reading import read_sentence
from prytany.intake.readings import Found, Part, parts_of, read_part
from prytany.intake.seconds import second_of, suggest_second
from prytany.intake.services.rows import Passage
from prytany.intake.suggesting import Suggestion, suggest
from prytany.organisation.matching import UnitMatcher

LONGEST = 5_000


@dataclass(frozen=True)
class Pointed:
    """The passage, the cells suggested for it, and the number of tasks the text says there are."""

    passage: Passage
    suggestion: Suggestion
    stated: int | None


def point_at(scope: Scope, document: Document, text: DocumentText, start: int, end: int) -> Pointed:
    """Return what can be drawn from [start, end) of a text; DomainError `range` for a place outside it."""
    if not 0 <= start < end <= len(text.text) or end - start > LONGEST:
        raise DomainError("range", _("This place is not in the text."))
    part = _part_at(text, start)
    found = _found_at(part, start, end)
    own = part.reading.language if part.reading.pack and part.reading.language else ""
    stated = max((total.number for total in read_part(text).reading.totals), default=None)
    matcher = UnitMatcher(scope.root_id or 0, on=scope.today)
    second = None if found else next((p for p in second_of(text) if (p.start, p.end) == (start, end)), None)
    if second is not None:
        suggestion = suggest_second(second, text, part, document.issued_on, matcher)
        return Pointed(Passage(text, start, end, suggestion.cells, Reader.SECOND, own), suggestion, stated)
    words = levelled(text.text)[start:end]
    language = part.reading.language
    proposal = found.proposal if found else read_sentence(words, language=language, event=part.day)
    suggestion = suggest(
        [proposal],
        matcher=matcher,
        day=part.day or document.issued_on,
        language=language,
        pointed_at=found is None,
    )[0]
    if found:
        start, end = found.start, found.end
    passage = Passage(text, start, end, suggestion.cells if found else {}, language=own)
    return Pointed(passage, suggestion, stated)


def _part_at(text: DocumentText, start: int) -> Part:
    for number, (_first, last) in enumerate(parts_of(levelled(text.text)), start=1):
        if start < last:
            return read_part(text, number)
    return read_part(text)


def _found_at(part: Part, start: int, end: int) -> Found | None:
    """The proposal that stands at this very place, or the only one in it."""
    exact = [found for found in part.found if (found.start, found.end) == (start, end)]
    inside = [found for found in part.found if start <= found.start and found.end <= end]
    if exact:
        return exact[0]
    return inside[0] if len(inside) == 1 else None

"""Proposals of the second reader as rows: its place in the text, read by the first reader, with the words it names."""

import datetime
from dataclasses import dataclass, replace

from prytany.core import clock
from prytany.documents.models import Document, DocumentText
from prytany.intake.cutting import levelled
from prytany.intake.models import SecondReading
from prytany.intake.reading import read_sentence
from prytany.intake.reading.model import Actor
from prytany.intake.readings import Part
from prytany.intake.second.answers import MESSAGES, Proposal
from prytany.intake.second.asking import is_set_up, may_be_asked
from prytany.intake.suggesting import Suggestion, suggest
from prytany.organisation.matching import UnitMatcher

# An answer that is due for longer is not waited for any more: it may be asked for again.
PATIENCE = datetime.timedelta(minutes=10)


def reading_of(text: DocumentText) -> SecondReading | None:
    """Return what the second reader said of a text; `readings.texts_in` has loaded it."""
    return getattr(text, "second_reading", None)


def second_of(text: DocumentText) -> list[Proposal]:
    """Return the proposals of the second reader in a text, in its order."""
    reading = reading_of(text)
    return [Proposal(**one) for one in reading.proposals] if reading is not None else []


@dataclass(frozen=True, slots=True)
class Shown:
    """How the second reader stands on page 8: whether it may be asked, waits, what it found, why it did not answer."""

    may_ask: bool
    waits: bool = False
    found: int = 0
    dropped: int = 0
    problem: str = ""
    answered: bool = False


def shown_second(document: Document, text: DocumentText) -> Shown | None:
    """Return how the second reader stands for a text; None where this office has none or the paper may not be given."""
    if not is_set_up() or not may_be_asked(document, text.text):
        return None
    reading = reading_of(text)
    if reading is None:
        return Shown(may_ask=True)
    state = SecondReading.State
    waits = reading.state == state.WAITING and reading.asked_at > clock.now() - PATIENCE
    return Shown(
        may_ask=not waits and reading.state != state.READ,
        waits=waits,
        found=len(reading.proposals),
        dropped=reading.dropped,
        problem=str(MESSAGES.get(reading.problem, "")),
        answered=reading.state == state.READ,
    )


def suggest_second(
    one: Proposal, text: DocumentText, part: Part, day: datetime.date | None, matcher: UnitMatcher
) -> Suggestion:
    """Return the cells for a proposal: units and dates are matched here, its words decide only where to look."""
    words = levelled(text.text)[one.start : one.end]
    read = read_sentence(words, language=part.reading.language, event=part.day)
    if one.lead and read.lead is None:
        read = replace(read, lead=Actor(one.lead, "stated"))
    if one.coordinating and not read.cooperating:
        read = replace(read, cooperating=tuple(Actor(name, "stated") for name in one.coordinating))
    (suggestion,) = suggest([read], matcher=matcher, day=part.day or day, language=part.reading.language)
    if one.deadline and not suggestion.cells["due"]:
        suggestion.hints["due"] = one.deadline
    return suggestion

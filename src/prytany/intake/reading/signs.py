"""What makes a clause a task: the sign, and what is carried from sentence to sentence."""

import datetime
from dataclasses import dataclass, field

from prytany.intake.reading.model import Actor, Span
from prytany.intake.reading.pack import Pack
from prytany.intake.reading.segments import Passage, Piece
from prytany.intake.reading.tokens import Hit


@dataclass(slots=True)
class Course:
    """What is carried from sentence to sentence: who was asked last, and by which words a list was opened."""

    pack: Pack
    event: datetime.date | None = None
    body: Actor | None = None
    actor: Actor | None = None
    # The words of asking before a colon, and whether more than one unit has been asked so far.
    opened: "Sign | None" = None
    asked: set[str] = field(default_factory=set)
    # Minutes go from item to item: nobody asked under one is asked under the next.
    by_item: bool = False
    # The last unit asked: after a paragraph about people ("staff must study") the unit is meant again.
    unit: Actor | None = None
    line: int = 0
    # Who was asked when a list began: each of its items begins with them again.
    before_list: Actor | None = None
    in_list: bool = False


@dataclass(slots=True)
class Sign:
    """That a clause is a task: how surely, from where its content begins, by which words, who is asked."""

    certainty: float
    begin: int
    because: list[Hit] = field(default_factory=list)
    actor: Actor | None = None
    frame: bool = False
    # Someone speaks anew here; whoever was asked before is not asked by this.
    anew: bool = False
    # Whoever is named has it done to them ("the staff are to be trained"): nobody is asked, nor was before.
    patient: bool = False
    # Words of a sentence before that govern this clause too.
    told: tuple[Span, ...] = ()
    # Where what is asked ends, if words of asking follow it.
    until: int | None = None


def inside(passage: Passage, piece: Piece) -> list[Hit]:
    return [h for h in passage.hits if h.start >= piece.start and h.end <= piece.end]


def is_listed(passage: Passage, piece: Piece) -> Sign | None:
    """An item of a list that says of itself that it holds tasks is one, whatever its first word."""
    if passage.role != "keytasks" or not (passage.item and passage.first_of_line) or piece.end - piece.start < 15:
        return None
    if passage.within(piece.start, piece.end, "done", "limit", "result", "praise") or passage.text.endswith(":"):
        return None
    return Sign(0.5, piece.start, passage.within(piece.start, piece.end, "act", "task_noun")[:1])


def narrates(passage: Passage, piece: Piece) -> bool:
    """Whether the clause tells what happened at the event, or when the next one will be held."""
    return bool(passage.within(piece.start, piece.end, "scheduled")) or any(
        h.start <= piece.start + 70 for h in passage.within(piece.start, piece.end, "narrative")
    )

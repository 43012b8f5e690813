"""One sentence a person points at: what it holds of a task, whether or not the reader saw one in it."""

import datetime

from prytany.intake.reading import packs
from prytany.intake.reading.actors import partners, span_of
from prytany.intake.reading.contents import content_of
from prytany.intake.reading.deadlines import deadline_in
from prytany.intake.reading.model import Deadline, Span, TaskProposal
from prytany.intake.reading.pack import Pack
from prytany.intake.reading.segments import Passage, passages_of, split_lines
from prytany.intake.reading.signs import Course, Sign
from prytany.intake.reading.verb_first import read_verb_first
from prytany.intake.reading.verb_last import read_verb_last


def read_sentence(text: str, *, language: str | None, event: datetime.date | None = None) -> TaskProposal:
    """Return what `text`, taken for one task, says: content, lead, partners, deadline; nothing that is not written.

    `event` is the day of the meeting, from which a year left out is told. Without a pack the words stand as they are.
    """
    plain = text.replace("\n", " ").replace("\r", " ")
    whole = Span(1, 0, len(plain), plain)
    pack = packs.load(language) if language in packs.codes() and language else None
    passages = passages_of(split_lines(plain)[0], pack) if pack and plain.strip() else []
    if pack is None or not passages:
        return TaskProposal(whole, plain.strip(), None, (), Deadline(), "conclusion", (), 0.0)
    first, last = passages[0], passages[-1]
    sign = _sign(first, pack, event)
    folded = first.line.shadow.text
    found = deadline_in(folded, first.start, last.end, pack, event)
    deadline = Deadline()
    if found:
        span = span_of(first.line, found.start, found.end)
        deadline = Deadline(
            found.deadline.kind,
            span.text,
            found.deadline.iso,
            found.deadline.iso_end,
            found.deadline.duration,
            found.deadline.inferred,
            span,
        )
    due = (found.start, found.end) if found else None
    return TaskProposal(
        span=whole,
        content=content_of(first, first.start, last.end, sign, due, pack),
        lead=sign.actor,
        cooperating=tuple(
            actor
            for passage in passages
            for actor in partners(passage, passage.start, passage.end, pack, sign.actor)
            if sign.actor is None or actor.text != sign.actor.text
        ),
        deadline=deadline,
        voice="conclusion",
        because=tuple(span_of(first.line, h.start, h.end) for h in sign.because),
        certainty=sign.certainty,
    )


def _sign(passage: Passage, pack: Pack, event: datetime.date | None) -> Sign:
    """The first sign of a task in the sentence; where there is none, its words from behind an ordinal on."""
    passage.role = "conclusion"
    course = Course(pack, event=event)
    reader = read_verb_first if pack.verb == "first" else read_verb_last
    for piece in passage.pieces:
        sign = reader(passage, piece, course, None)
        if sign is not None and sign.certainty > 0:
            return sign
    return Sign(0.0, passage.opening)

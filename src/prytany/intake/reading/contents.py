"""What is to be done, without what stands in fields of its own: the ordinal, the one asked, the deadline."""

import re

from prytany.intake.reading.model import Actor
from prytany.intake.reading.pack import Pack
from prytany.intake.reading.segments import Passage
from prytany.intake.reading.signs import Sign

_EDGES = " \t,;:.-–—।۔،؛…\"'"
# Behind the name of the one asked: postpositions, "also", "in coordination".
_BEHIND = ("upto", "open", "skip", "join", "with_close", "that")
SHORTEST = 8


def content_of(passage: Passage, start: int, end: int, sign: Sign, due: tuple[int, int] | None, pack: Pack) -> str:
    """Return the words of the clause [start, end) that say what is to be done, as they are written.

    `due` is the span of the deadline's words; it is left out where it opens or closes the clause.
    """
    begin = max(start, min(sign.begin, end - 1))
    if sign.begin <= passage.opening < end:
        begin = passage.opening
    until = sign.until if sign.until is not None and begin + SHORTEST < sign.until <= end else end
    begin = _behind_actor(passage, begin, until, sign.actor)
    begin, until = _without_deadline(passage, begin, until, due, pack)
    words = passage.line.shadow.original(begin, until).strip(_EDGES)
    if until < end and pack.oblique:
        words = re.sub(pack.oblique[0], pack.oblique[1], words)
    return words[:1].upper() + words[1:] if words else words


def _behind_actor(passage: Passage, begin: int, end: int, actor: Actor | None) -> int:
    """Where the clause goes on behind the name it opens with."""
    if actor is None or actor.basis != "stated" or actor.span is None or actor.span.line != passage.line.number:
        return begin
    shadow = passage.line.shadow
    first = next((i for i, t in enumerate(passage.tokens) if t.start >= begin), None)
    if first is None or not 0 <= actor.span.start - shadow.span(passage.tokens[first].start, end)[0] <= 2:
        return begin
    index = next(
        (
            i
            for i, t in enumerate(passage.tokens)
            if t.start >= begin and shadow.span(t.start, t.end)[0] >= actor.span.end
        ),
        None,
    )
    while index is not None and index < len(passage.tokens) and passage.covered_by(index, *_BEHIND):
        index += 1
    if index is None or index >= len(passage.tokens) or passage.tokens[index].start + SHORTEST > end:
        return begin
    return passage.tokens[index].start


def _without_deadline(
    passage: Passage, begin: int, end: int, due: tuple[int, int] | None, pack: Pack
) -> tuple[int, int]:
    if due is None or not begin <= due[0] < due[1] <= end:
        return begin, end
    text = passage.line.shadow.text
    if not text[begin : due[0]].strip(_EDGES) and end - due[1] > SHORTEST:
        return due[1], end
    if text[due[1] : end].strip(_EDGES) or due[0] - begin <= SHORTEST:
        return begin, end
    return begin, _without_tail(text, begin, due[0], pack)


def _without_tail(text: str, begin: int, end: int, pack: Pack) -> int:
    """Drop what only led to the date: ", xong", "to be completed", "and report"."""
    comma = max(text.rfind(",", begin, end), text.rfind("،", begin, end))
    if comma - begin <= SHORTEST:
        return end
    tail = text[comma + 1 : end].strip(_EDGES)
    leads = pack.keyed("prepositions").get("by"), pack.keyed("prepositions").get("before")
    if any(pattern and pattern.fullmatch(tail) for pattern in leads):
        return comma
    return end

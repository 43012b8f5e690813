"""Cutting a text of a paper into sentences with a language pack, as `documents.segments` asks for."""

import itertools
from collections.abc import Iterator

from prytany.documents.segments import Segment, split_plainly
from prytany.intake.reading import packs
from prytany.intake.reading.furniture import set_apart
from prytany.intake.reading.pack import Pack
from prytany.intake.reading.segments import Line, sentence_spans, split_lines

# A longer text is cut plainly: the difference is not worth the seconds that somebody waits.
LONGEST = 300_000


def levelled(text: str) -> str:
    """Return `text` with the ends of pages as ends of lines; no offset moves."""
    return text.replace("\f", "\n")


def line_starts(text: str) -> list[int]:
    """Return where each line of a levelled text begins."""
    lengths = [len(line) + 1 for line in text.split("\n")]
    return [0, *itertools.accumulate(lengths)][: len(lengths)]


def cut(text: str, language: str) -> Iterator[Segment]:
    """Yield the sentences, headings and lines of page furniture of `text`, in order, with offsets in it."""
    if len(text) > LONGEST or "\r" in text:
        yield from split_plainly(text)
        return
    pack = packs.load(language)
    plain = levelled(text)
    lines = split_lines(plain)
    set_apart(lines, pack)
    starts = line_starts(plain)
    for line in lines:
        begin = starts[line.number - 1] + (1 if line.number == 1 and plain.startswith("\ufeff") else 0)
        for first, last, kind in _of_line(line, pack):
            yield Segment(begin + first, begin + last, kind)


def _of_line(line: Line, pack: Pack) -> list[tuple[int, int, str]]:
    raw = line.shadow.raw
    if line.furniture:
        return [(len(raw) - len(raw.lstrip()), len(raw.rstrip()), "f")]
    spans = [line.shadow.span(first, last) for first, last in sentence_spans(line, pack)]
    if len(spans) == 1:
        plain = list(split_plainly(raw[spans[0][0] : spans[0][1]]))
        if len(plain) == 1 and plain[0].kind == "h":
            return [(*spans[0], "h")]
    return [(first, last, "s") for first, last in spans if last > first]

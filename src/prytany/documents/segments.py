"""Cutting a text into sentences, headings and page furniture. Language packs of upper apps replace the plain splitter.

A splitter takes a text and gives segments in order, without overlap, over code points of that very text.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple


class Segment(NamedTuple):
    """A piece of a text: `s` sentence, `h` heading, `f` page furniture."""

    start: int
    end: int
    kind: str = "s"


Splitter = Callable[[str], Iterable[Segment]]
_SPLITTERS: dict[str, Splitter] = {}


def register_splitter(language: str, splitter: Splitter) -> None:
    """Use `splitter` for texts in `language`."""
    _SPLITTERS[language] = splitter


def split(text: str, language: str) -> list[Segment]:
    """Return the segments of `text` as the splitter of its language cuts it."""
    return list(_SPLITTERS.get(language, split_plainly)(text))


# After one of these a sentence may end; closing quotes and brackets belong to it.
_END = re.compile(r"[.!?…।॥؟۔]+[\"'”’»)\]]*(?=\s|$)|;(?=\s*$)")
_NO_END = re.compile(
    r"(?:\b(?:tp|ts|th|ths|pgs|gs|bs|ks|tr|v\.v|st|no|art|al|mr|mrs|dr|vs|cf|p|pp|vol|nr|etc)|\b[A-ZĐ]|(?:^|\s)\d{1,3})$",
    re.IGNORECASE,
)
_LINE = re.compile(r"[^\n\f]+")
_HEADING = 90


def split_plainly(text: str) -> Iterator[Segment]:
    """Cut at line ends, and inside lines where a sentence ends and the next begins. Works for all six languages."""
    for line in _LINE.finditer(text):
        yield from _sentences(text, line.start(), line.end())


def _sentences(text: str, start: int, end: int) -> Iterator[Segment]:
    begin = start
    for found in _END.finditer(text, start, end):
        if found.end() < end and not _ends_here(text, begin, found, end):
            continue
        if segment := _trimmed(text, begin, found.end(), alone=begin == start and found.end() >= end):
            yield segment
        begin = found.end()
    if segment := _trimmed(text, begin, end, alone=begin == start):
        yield segment


def _ends_here(text: str, begin: int, found: re.Match[str], end: int) -> bool:
    """Tell a sentence's end from an abbreviation, an ordinal number, or a point inside a name."""
    before, after = text[begin : found.start()], text[found.end() : end].lstrip()
    if not after:
        return True
    if text[found.start()] in "।॥؟۔!?…":
        return not after[0].islower()
    if _NO_END.search(before):
        return False
    return not after[0].islower()


def _trimmed(text: str, start: int, end: int, *, alone: bool) -> Segment | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        return None
    return Segment(start, end, "h" if alone and _is_heading(text[start:end]) else "s")


def _is_heading(line: str) -> bool:
    """Tell a heading: a short line of its own in capitals, or a numbered title without an end mark."""
    if len(line) > _HEADING or line[-1] in ".!?…।॥؟۔;,":
        return False
    letters = [c for c in line if c.isalpha()]
    if not letters:
        return False
    cased = [c for c in letters if c.isupper() or c.islower()]
    if cased:
        return all(c.isupper() for c in cased) or bool(re.match(r"^([IVXLC]+|[A-Z])[.\-/)]\s", line))
    return False

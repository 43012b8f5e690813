"""The pieces of a page: what stands in one column of one line, whichever way the two columns were taken from the paper.

A page of two columns comes as text in three ways: both columns on one line, with many spaces between them or with one;
the left column and then the right one; the right one first. Titles, dates with their place and signatures are cut out of
a line by what they say, so that the rest of the line is what stood beside them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from prytany.intake.reading.actors import span_of
from prytany.intake.reading.model import Span
from prytany.intake.reading.pack import Pack
from prytany.intake.reading.segments import Line

LONGEST = 1_200  # a line longer than this is text throughout
# Columns of a line; a page that ends within it.
_COLUMNS = re.compile(r"\s{3,}|\s\|\s|\s*\f\s*")
RULE = re.compile(r"[\s*_\-=.·•~+o]{1,80}")
_PLACE = re.compile(r"(?:(?:[^\W\d_][\w.'-]*)\s+){0,4}[^\W\d_][\w.'-]*\s*,\s*$")


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a line: span in the twin of the line; `sort` is title, party, dated or empty."""

    line: Line
    start: int
    end: int
    sort: str = ""

    @property
    def text(self) -> str:
        """The folded words."""
        return self.line.shadow.text[self.start : self.end]

    @property
    def raw(self) -> str:
        """The words as written."""
        return self.line.shadow.original(self.start, self.end)

    @property
    def span(self) -> Span:
        """Where it stands."""
        return span_of(self.line, self.start, self.end)

    def part(self, start: int, end: int | None = None, sort: str = "") -> "Cell":
        """Return a piece of it, by offsets in its text, without the spaces around it."""
        text = self.text[start:end]
        lead = len(text) - len(text.lstrip())
        first = self.start + start + lead
        return Cell(self.line, first, first + len(text.strip()), sort)

    @property
    def is_capitals(self) -> bool:
        """Whether it is written in capitals, in a script that has them."""
        letters = [c for c in self.raw if c.isalpha()]
        return len(letters) > 1 and not any(c.islower() for c in letters) and any(c.isupper() for c in letters)

    @property
    def is_rule(self) -> bool:
        """Whether it is a line drawn with signs."""
        return bool(RULE.fullmatch(self.text))


def cells_of(lines: Iterable[Line], readers: list[Pack]) -> list[Cell]:
    """Return the cells of lines in the order of the text."""
    found: list[Cell] = []
    for line in lines:
        text = line.shadow.text
        if len(text) > LONGEST:
            found.append(Cell(line, 0, len(text)).part(0))
            continue
        start = 0
        # The twin turns a tabulator into a space: columns are parted as they are written.
        whole = [m.span() for pack in readers for one in pack.page_each("dated") for m in one.finditer(text)]
        breaks = [(m.start(), m.end()) for m in _COLUMNS.finditer(text)] + _tabs(line)
        # A day left blank in a date, a number left blank before its symbol are no gaps between columns.
        breaks = [
            (a, b) for a, b in breaks if text[b : b + 1] != "/" and not any(one < a and b < last for one, last in whole)
        ]
        for begin, end in [*sorted(breaks), (len(text), len(text))]:
            if begin > start:
                found += _parted(Cell(line, 0, len(text)).part(start, begin), readers)
            start = max(start, end)
    return [cell for cell in found if cell.end > cell.start]


def _tabs(line: Line) -> list[tuple[int, int]]:
    """Where a tabulator, or the end of a page, stands in the line as it was written."""
    shadow = line.shadow
    if "\t" not in shadow.raw and "\f" not in shadow.raw:
        return []
    return [(i, i + 1) for i, c in enumerate(shadow.text) if c in " \f" and shadow.original(i, i + 1) in ("\t", "\f")]


def _parted(cell: Cell, readers: list[Pack]) -> Iterator[Cell]:
    """Cut titles and dates with their place out of a cell."""
    if not cell.text:
        return
    best: tuple[int, int, str] | None = None
    for sort, start, end in _marked(cell, readers):
        if best is None or start < best[0]:
            best = (start, end, sort)
    if best is None:
        yield cell
        return
    start, end, sort = best
    if cell.text[:start].strip():
        yield cell.part(0, start)
    yield cell.part(start, end, sort)
    yield from _parted(cell.part(end), readers)


def _marked(cell: Cell, readers: list[Pack]) -> Iterator[tuple[str, int, int]]:
    for pack in readers:
        for sort, name in (("party", "party_titles"), ("title", "titles")):
            pattern = pack.page_pattern(name)
            match = pattern.search(cell.text) if pattern else None
            # Other languages than the text's own: only where nothing stands beside the title.
            if match and (pack is readers[0] or "$" not in pattern.pattern or match.start() == 0):  # type: ignore[union-attr]
                yield sort, match.start(), match.end()
        for pattern in pack.page_each("dated"):
            match = pattern.search(cell.text)
            place = _place_before(cell, match.start()) if match else None
            if match and (place is not None or match.end() - match.start() == len(cell.text)):
                yield "dated", match.start() if place is None else place, match.end()


def _place_before(cell: Cell, end: int) -> int | None:
    """Where the name of the place begins that stands before a date and a comma: its words begin with capitals."""
    match = _PLACE.search(cell.text, 0, end)
    if not match:
        return None
    start = match.start()
    words = [m.start() + start for m in re.finditer(r"\S+", cell.text[start:end])]
    first = None
    for place in reversed(words):
        raw = cell.line.shadow.original(cell.start + place, cell.start + end)
        word = raw.split()[0] if raw.split() else ""
        if not word[:1].isupper() or (len(word) > 3 and word.strip(",.").isupper()):
            break
        first = place
    return first

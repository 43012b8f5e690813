"""Number and symbol: `05/QĐ-UBND` of the State, `127-QĐ/TU` of the Party, and what other offices write after "No."."""

import re
import unicodedata
from dataclasses import dataclass

from prytany.intake.reading.model import Fact
from prytany.intake.reading.pack import Pack
from prytany.intake.reading.page_one.cells import Cell

_L = r"[^\W\d_]"
_PARTY = re.compile(rf"(?P<n>\d{{1,5}})\s*-\s*(?P<k>{_L}{{1,5}})\s*/\s*(?P<b>[\w.&-]{{2,25}}(?:/[\w.&-]{{2,12}})?)")
_STATE = re.compile(
    rf"(?P<n>\d{{1,5}})\s*/\s*(?:(?P<y>\d{{4}})\s*/\s*)?(?P<k>{_L}{{1,10}}(?:&{_L}+)?)\s*-\s*(?P<b>[\w&.-]{{2,25}}(?<![.]))"
)
_UNNUMBERED = re.compile(rf"[.…_\s]*[/-]\s*(?P<k>{_L}{{1,5}})\s*[-/]\s*(?P<b>[\w&.-]{{2,25}})$")
_SIGNS = r"[\w.&\u0900-\u0963\u0970-\u097f\u0300-\u036f]"
_OTHER = re.compile(rf"\(?\s*(?P<s>(?:{_SIGNS}{{1,18}}\s?[-/]\s?){{0,6}}{_SIGNS}{{1,18}})\s*\)?")


@dataclass(frozen=True, slots=True)
class Number:
    """A number found: `start` and `end` are offsets in the text of the cell, its label among them."""

    cell: Cell
    start: int
    end: int
    symbol: Fact | None
    digits: Fact | None
    family: str = ""
    abbreviation: str = ""
    letters: str = ""


def number_in(cell: Cell, readers: list[Pack]) -> Number | None:
    """Return the number a cell states: behind a label, or one of the two Vietnamese shapes that fills the cell."""
    for pack in readers:
        for label in pack.page_each("numbers"):
            for match in re.finditer(rf"(?<!\w){label.pattern}", cell.text):
                found = _behind(cell, match)
                if found:
                    return found
    shaped = _shaped(cell, 0)
    return shaped if shaped and shaped.start == 0 and shaped.end >= len(cell.text) - 1 else None


def _behind(cell: Cell, label: re.Match[str]) -> Number | None:
    if re.match(r"\w", cell.text[label.end() : label.end() + 1]) and cell.text[label.end() - 1].isalpha():
        return None
    shaped = _shaped(cell, label.end())
    if shaped and not cell.text[label.end() : shaped.start].strip():
        return Number(cell, label.start(), shaped.end, *_rest(shaped))
    blank = _UNNUMBERED.match(cell.text, label.end())
    if blank:
        return Number(cell, label.start(), blank.end(), None, None, "", blank["k"], blank["b"])
    match = _OTHER.match(
        cell.text, label.end() + len(cell.text[label.end() :]) - len(cell.text[label.end() :].lstrip())
    )
    if not match or not any(c.isdigit() for c in match["s"]):
        return None
    start, end = match.span("s")
    kept = cell.text[start:end].rstrip(".")
    piece = cell.part(start, start + len(kept))
    value = _plain(piece.raw)
    digits = re.match(r"\d+(?![^/\-\s])", piece.text)
    number = Fact(digits.group(), "stated", (piece.part(0, digits.end()).span,)) if digits else None
    return Number(cell, label.start(), match.end(), Fact(value, "stated", (piece.span,)), number)


def _rest(number: Number) -> tuple[Fact | None, Fact | None, str, str, str]:
    return number.symbol, number.digits, number.family, number.abbreviation, number.letters


def _shaped(cell: Cell, start: int) -> Number | None:
    found = [
        (match.start(), family, match)
        for family, pattern in (("party", _PARTY), ("state", _STATE))
        if (match := pattern.search(cell.text, start)) and _has_capitals(cell, match)
    ]
    if not found:
        return None
    _, family, match = min(found, key=lambda item: item[0])
    whole, digits = cell.part(*match.span()), cell.part(*match.span("n"))
    letters = cell.part(*match.span("b")).raw
    return Number(
        cell, match.start(), match.end(), Fact(_plain(whole.raw), "stated", (whole.span,)),
        Fact(_plain(digits.raw), "stated", (digits.span,)), family, match["k"], letters,
    )  # fmt: skip


def _has_capitals(cell: Cell, match: re.Match[str]) -> bool:
    """Whether kind and body are written as in a number ("3-4/phòng" is none)."""
    kind, body = cell.part(*match.span("k")).raw, cell.part(*match.span("b")).raw
    return kind[:1].isupper() and body[:1].isupper()


def _plain(raw: str) -> str:
    text = re.sub(r"\s+", "", unicodedata.normalize("NFC", raw))
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)

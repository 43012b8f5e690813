"""Plain text in whatever encoding it came: Unicode first, then the old code pages of the six languages."""

import codecs
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass


class Undecodable(Exception):
    """No encoding gives letters of any of the six languages."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding it was in."""

    text: str
    encoding: str


_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PUNCTUATION = frozenset("«»“”‘’–—…•°§·\u00a0²³½±×€№©®™\u00ad")
_FRENCH = frozenset("àâäæçéèêëîïôöœùûüÿÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸ")
_VIETNAMESE_BASE = frozenset("ăâđêôơưĂÂĐÊÔƠƯ")
_TONES = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323")
_ENOUGH = 0.9


def _vietnamese(letter: str) -> bool:
    if letter in _VIETNAMESE_BASE:
        return True
    base, *marks = list(unicodedata.normalize("NFD", letter))
    return base in "aeiouyAEIOUY" and _TONES.issuperset(marks)


def _arabic(letter: str) -> bool:
    return "\u0600" <= letter <= "\u06ff" or letter in "\u200c\u200d\u200e\u200f"


_CODE_PAGES: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("cp1252", _FRENCH.__contains__),
    ("cp1258", _vietnamese),
    ("cp1256", _arabic),
)


def _plausible(text: str, letter_of: Callable[[str], bool]) -> float:
    """Return the share of the letters outside ASCII that the language of a code page would use."""
    foreign = [c for c in text if not c.isascii() and c not in _PUNCTUATION]
    if any(unicodedata.category(c) == "Cc" for c in foreign):
        return 0.0
    return sum(map(letter_of, foreign)) / len(foreign) if foreign else 1.0


def _utf16_without_mark(data: bytes) -> str | None:
    """Return the byte order of UTF-16 text that lacks a mark: every other byte of plain letters is zero."""
    sample = data[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > half * 0.1 and even <= half * 0.01:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.1 and odd <= half * 0.01 else None


def _utf16_of_another_script(data: bytes, whole: bool) -> Decoded | None:
    """Return UTF-16 text without a mark in Arabic or Devanagari letters, which hold no zero bytes to tell it by."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            found = _strictly(data, encoding, whole)
        except Undecodable:
            continue
        letters = [c for c in found.text[:4096] if not c.isspace()]
        known = sum(c.isascii() or "\u0600" <= c <= "\u06ff" or "\u0900" <= c <= "\u097f" for c in letters)
        if letters and known > len(letters) * 0.97:
            return found
    return None


def decode(data: bytes, *, whole: bool = True) -> Decoded:
    """Return the text of `data`; Undecodable where it is no text in a known encoding.

    With `whole` false `data` is the start of a longer file, so its last letter may be cut.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, encoding, whole)
    if order := _utf16_without_mark(data):
        return _strictly(data, order, whole)
    if b"\x00" not in data:
        try:
            return _strictly(data, "utf-8", whole)
        except Undecodable:
            pass
    if found := _utf16_of_another_script(data, whole):
        return found
    if b"\x00" in data:
        raise Undecodable("binary")
    return _by_code_page(data)


def _strictly(data: bytes, encoding: str, whole: bool) -> Decoded:
    try:
        text = codecs.getincrementaldecoder(encoding)("strict").decode(data, final=whole)
    except UnicodeDecodeError as error:
        raise Undecodable(encoding) from error
    if sum(unicodedata.category(c) == "Cc" and c not in "\t\n\r\f" for c in text[:4096]) > len(text[:4096]) / 50:
        raise Undecodable("control characters")
    return Decoded(text, encoding)


def _by_code_page(data: bytes) -> Decoded:
    best, chosen, read = 0.0, "", ""
    for encoding, letter_of in _CODE_PAGES:
        try:
            text = unicodedata.normalize("NFC", data.decode(encoding))
        except UnicodeDecodeError:
            continue
        score = _plausible(text, letter_of)
        if score > best:
            best, chosen, read = score, encoding, text
    if best < _ENOUGH:
        raise Undecodable("no code page")
    return Decoded(read, chosen)

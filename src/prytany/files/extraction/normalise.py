"""What every extracted text goes through, so that it can be searched, cut into sentences and compared."""

import re
import unicodedata

# Marks of direction and breaks that a page needs and a text does not. The joiners of Urdu and Hindi spelling stay.
_DROPPED = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffc\ufffd]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_SPACES = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_EDGES = re.compile(r" *([\n\f]) *")
_BLANKS = re.compile(r"\n{3,}")
_WRAPPED_HYPHEN = re.compile("\ufffe\\s*")


def normalise(text: str, *, compatibility: bool = False) -> str:
    """Return `text` in NFC (NFKC with `compatibility`, for PDF, whose fonts hold ligatures and letter shapes).

    Marks of direction and control characters are dropped, runs of blanks become one, at most one empty line stays.
    """
    text = _WRAPPED_HYPHEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n"))
    text = unicodedata.normalize("NFKC" if compatibility else "NFC", text)
    text = _SPACES.sub(" ", _CONTROLS.sub("", _DROPPED.sub("", text)))
    return _BLANKS.sub("\n\n", _EDGES.sub(r"\1", text)).strip(" \n")


_ENDS = tuple('.!?:;…।॥؟۔؛"”»)')
_STARTS = re.compile(
    r"^((\d{1,3}[.)/]|[-–—•*+▪●○◦]|[a-zđ]\)|[IVXLC]{1,6}[.)])\s|(điều|chương|khoản|mục|phần|article|chapter|section)\s)",
    re.IGNORECASE,
)


def reflow(page: str) -> str:
    """Join the lines that a page layout broke, leaving headings, list items and short lines apart."""
    lines = [line.strip() for line in page.split("\n")]
    lengths = sorted(len(line) for line in lines if line)
    if not lengths:
        return ""
    full = lengths[int(len(lengths) * 0.9)] * 0.7
    joined: list[str] = []
    carry = False
    for line in lines:
        goes_on = line[:1].islower() or not _STARTS.match(line)
        if carry and line and goes_on and joined:
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
        carry = len(line) >= max(full, 30) and not line.endswith(_ENDS)
    return "\n".join(joined)

"""Finding the same words again: digests of normalised text, and places that survive a new reading of a file."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence

_DROPPED = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def normalised(text: str) -> str:
    """Return `text` as passages are compared: NFKC, without hidden marks, runs of blanks as one space."""
    return " ".join(_DROPPED.sub("", unicodedata.normalize("NFKC", text)).split())


def digest(text: str) -> str:
    """Return the digest of the normalised text."""
    return hashlib.sha256(normalised(text).encode()).hexdigest()


def position_of(segments: Sequence[Sequence[object]], start: int) -> int:
    """Return the number (from 1) of the segment in which `start` lies; after the last one, its number."""
    number = 0
    for number, (begin, end, *_kind) in enumerate(segments, start=1):
        if int(str(begin)) <= start < int(str(end)):
            return number
    return max(number, 1)


class Places:
    """A text with a map from its normalised form back to its own code points."""

    def __init__(self, text: str) -> None:
        pieces: list[str] = []
        self._origin: list[int] = []
        blank = True
        for place, letter in enumerate(text):
            plain = _DROPPED.sub("", letter)
            if not plain:
                continue
            if plain.isspace():
                if not blank:
                    pieces.append(" ")
                    self._origin.append(place)
                blank = True
                continue
            folded = unicodedata.normalize("NFKC", plain)
            pieces.append(folded)
            self._origin.extend([place] * len(folded))
            blank = False
        self._plain = "".join(pieces)
        self._length = len(text)

    def nearest(self, passage: str, *, before: int, start: int) -> tuple[int, int] | None:
        """Return start and end of the words of `passage`; of several places the one nearest to the old share of the
        text. None where the words are not there."""
        wanted = "".join(unicodedata.normalize("NFKC", letter) for letter in _DROPPED.sub("", passage))
        wanted = " ".join(wanted.split())
        if not wanted:
            return None
        share = start / max(before, 1)
        best: tuple[float, int] | None = None
        found = self._plain.find(wanted)
        while found >= 0:
            distance = abs(self._origin[found] / max(self._length, 1) - share)
            if best is None or distance < best[0]:
                best = (distance, found)
            found = self._plain.find(wanted, found + 1)
        if best is None:
            return None
        return self._origin[best[1]], self._origin[best[1] + len(wanted) - 1] + 1

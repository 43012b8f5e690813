"""A folded twin of a line that remembers, for each of its characters, where it stands in the line as written.

All rules of the packs are matched on the twin, so that digits of any script, composed or decomposed letters, vowel
marks, letter variants, quotes, dashes and invisible characters need no rule of their own; spans found there are handed
back as code point offsets of the line as stored.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

# Folded one to one: letters that mean the same, and marks of punctuation with one meaning.
_ALIKE = {
    "أ": "ا", "إ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ې": "ي", "ؤ": "و", "ك": "ک",
    "ة": "ه", "ہ": "ه", "ۂ": "ه", "ۃ": "ه", "ە": "ه", "ۀ": "ه", "ۓ": "ے", "ھ": "ه",
    "ँ": "ं", "ॅ": "े", "ऑ": "ओ", "ॉ": "ो",
    "क़": "क", "ख़": "ख", "ग़": "ग", "ज़": "ज", "ड़": "ड", "ढ़": "ढ", "फ़": "फ", "य़": "य",
    "’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "′": "'",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"', "″": '"',
    "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "‒": "-", "―": "-",
    "٪": "%", "／": "/", "：": ":", "；": ";", "，": ",", "．": ".", "﹣": "-", "॥": "।",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u3000": " ", "\t": " ", "\u2007": " ", "\u200a": " ",
}  # fmt: skip
# Precomposed nukta letters may themselves be decomposed in this source; a table of single characters is wanted.
_SINGLE = {ord(key): value for key, value in _ALIKE.items() if len(key) == 1}
_SINGLE |= {0x0958 + i: base for i, base in enumerate("कखगजडढफय")}
_SINGLE |= {
    point: str(unicodedata.digit(chr(point)))
    for point in range(0x80, 0x3000)
    if unicodedata.category(chr(point)) == "Nd"
}
# Dropped: invisible characters, vowel marks of Arabic, tatweel, the dot below of Devanagari.
_DROPPED = (
    "\u00ad\u034f\u061c\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0640\u093c"
    "\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufffc"
)
_DROP = re.compile(f"[{_DROPPED}]")
_COMBINING = re.compile("[\u0300-\u036f\u0653-\u0655]")


def fold_line(text: str) -> str:
    """Return the twin of `text` without the map: for words of a pack, which are compared with twins."""
    return _DROP.sub("", unicodedata.normalize("NFC", text).lower().translate(_SINGLE))


@dataclass(frozen=True)
class Shadow:
    """`text` is the folded twin; `origin[i]` is the offset of its character `i` in the line; None: all equal."""

    raw: str
    text: str
    origin: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span [start, end) of the twin as offsets in the line as written."""
        if self.origin is None:
            return start, end
        if end <= start:
            return self.origin[start], self.origin[start]
        last = self.origin[end - 1]
        following = self.origin[end]
        # Marks that were dropped after the last letter belong to it.
        stop = last + 1
        while stop < following and (unicodedata.combining(self.raw[stop]) or _DROP.match(self.raw[stop])):
            stop += 1
        return self.origin[start], stop

    def original(self, start: int, end: int) -> str:
        """Return the words as written for the span [start, end) of the twin."""
        first, last = self.span(start, end)
        return self.raw[first:last]

    @cached_property
    def words(self) -> int:
        """How many words there are, roughly."""
        return len(self.text.split())


@lru_cache(maxsize=20_000)
def _fold_cluster(cluster: str) -> str:
    return fold_line(cluster)


def shadow_of(raw: str) -> Shadow:
    """Return the folded twin of a line."""
    lowered = raw.lower()
    if len(lowered) == len(raw) and not _DROP.search(raw) and not _COMBINING.search(raw):
        return Shadow(raw, lowered.translate(_SINGLE), None)
    pieces: list[str] = []
    origin: list[int] = []
    index = 0
    while index < len(raw):
        stop = index + 1
        while stop < len(raw) and stop - index < 8 and _COMBINING.match(raw[stop]):
            stop += 1
        if stop - index == 1 and raw[index].isascii():
            folded = raw[index].lower().translate(_SINGLE)
        else:
            folded = _fold_cluster(raw[index:stop])
        pieces.append(folded)
        origin.extend([index] * len(folded))
        index = stop
    origin.append(len(raw))
    return Shadow(raw, "".join(pieces), tuple(origin))

"""The sentences of two texts of one paper side by side."""

from dataclasses import dataclass, field
from functools import lru_cache

from prytany.documents.models import DocumentText
from prytany.intake.grid import ShownSentence
from prytany.intake.reading import Reading
from prytany.intake.reading.aligning import Pair, align
from prytany.intake.readings import Part, read_part

# Below this only the order of the sentences speaks for a pair: it is shown as what the machine made of it.
SURE = 0.25


@dataclass
class Beside:
    """What stands in the other text beside a sentence; `unsure` where only the order speaks for it."""

    words: list[str] = field(default_factory=list)
    unsure: bool = False


@dataclass
class Row:
    """A row of the source: a sentence with its marks (None where only the other text says something), and the other
    text beside it (None where it stands beside the sentence before)."""

    shown: ShownSentence | None
    beside: Beside | None


def texts_beside(texts: list[DocumentText], text: DocumentText, wanted: str) -> DocumentText | None:
    """Return the text to show beside: the one that `wanted` names, without it one in another language; "0" is none."""
    others = [one for one in texts if one.pk != text.pk]
    if wanted:
        return next((one for one in others if str(one.pk) == wanted), None)
    return next((one for one in others if one.language != text.language), None)


def side_by_side(sentences: list[ShownSentence], part: Part, other: DocumentText) -> list[Row]:
    """Return the sentences of a part with those of the same part of `other` beside them, in the order of both."""
    against = read_part(other, part.number)
    by_start = {shown.sentence.start: shown for shown in sentences}
    mine = [by_start.get(part.place(one.span)[0]) for one in part.reading.sentences]
    rows: list[Row] = []
    placed: set[int] = set()
    for pair in _aligned(part.reading, against.reading):
        beside = Beside([against.reading.sentences[place].span.text for place in pair.b], pair.strength < SURE)
        own = [mine[place] for place in pair.a]
        if not own:
            rows.append(Row(None, beside))
        for number, shown in enumerate(own):
            if shown is None:
                continue
            placed.add(shown.sentence.start)
            rows.append(Row(shown, beside if number == 0 else None))
    return _with_furniture(rows, sentences, placed)


def _with_furniture(rows: list[Row], sentences: list[ShownSentence], placed: set[int]) -> list[Row]:
    """Put the lines that were set apart back where they stand in the text."""
    left = [shown for shown in sentences if shown.sentence.start not in placed]
    found: list[Row] = []
    for row in rows:
        while row.shown and left and left[0].sentence.start < row.shown.sentence.start:
            found.append(Row(left.pop(0), Beside()))
        found.append(row)
    return [*found, *(Row(shown, Beside()) for shown in left)]


@lru_cache(maxsize=16)
def _aligned(one: Reading, other: Reading) -> tuple[Pair, ...]:
    """Readings are the same objects as long as their texts are worked on, and are laid side by side once."""
    return tuple(align(one, other))

"""What of a text does not depend on its language: figures, dates as figures, names by their consonants."""

import re
from functools import lru_cache

from anyascii import anyascii

from prytany.intake.reading import packs
from prytany.intake.reading.dates import moments
from prytany.intake.reading.shadow import fold_line

NAME = re.compile(r"[A-ZĐÀ-Ỹ][\wà-ỹ'’-]+(?:\s+[A-ZĐÀ-Ỹ][\wà-ỹ'’-]+)+")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_VOWELS = re.compile(r"[aeiouyw]+")
_ALIKE = str.maketrans(
    {"q": "k", "c": "k", "g": "k", "v": "b", "w": "b", "f": "p", "z": "s", "j": "s", "x": "s", "d": "t"}
)


def figures_of(text: str, language: str | None) -> list[str]:
    """Return the figures of a text; a date is one figure, however its month is written."""
    folded = fold_line(text)
    found = []
    if language in packs.codes():
        for moment in moments(folded, packs.load(language)):
            if moment.precision == "day":
                found.append(f"{moment.month}-{moment.day}")
                if moment.year:
                    found.append(str(moment.year))
                blank = " " * (moment.end - moment.start)
                folded = folded[: moment.start] + blank + folded[moment.end :]
    return found + [re.sub(r"\D", "", figure).lstrip("0") or "0" for figure in _DIGITS.findall(anyascii(folded))]


def is_rare(figure: str) -> bool:
    """Whether a figure tells something: years stand in every report."""
    return len(figure) != 4 or not figure.startswith(("19", "20"))


@lru_cache(maxsize=20_000)
def skeleton(word: str) -> str:
    """Return the consonants of a word in Latin letters, like ones made equal: alike across scripts, more or less."""
    plain = anyascii(word).lower().replace("ph", "f").replace("kh", "k").replace("ng", "n").replace("sh", "s")
    plain = plain.replace("nh", "n").replace("th", "t").replace("tr", "t").replace("gh", "k").replace("ch", "s")
    plain = re.sub(r"h", "", plain)
    return re.sub(r"(.)\1+", r"\1", _VOWELS.sub("", plain).translate(_ALIKE))

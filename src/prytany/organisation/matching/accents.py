"""Comparing names with their accents: two communes may differ in nothing else."""

import re

from prytany.core.fold import fold


def has_accents(text: str) -> bool:
    """Tell whether a text was typed with the accents of Latin letters, so that they can be compared."""
    return any(ord(c) > 0x7F and is_latin(c) for c in text)


def is_latin(char: str) -> bool:
    """Tell whether a character is a Latin letter, Vietnamese ones included."""
    return char.isalpha() and (ord(char) < 0x250 or 0x1E00 <= ord(char) < 0x1F00)


def accents_agree(exact: str, other: str) -> bool:
    """Tell whether the accented words of one name all stand in the other (both as sort keys)."""
    words, tones = _split(exact)
    other_words, other_tones = _split(other)
    theirs = set(zip(other_words, other_tones, strict=False))
    folded = {fold(_plain(word)) for word in other_words}
    for word, tone in zip(words, tones, strict=False):
        if (word, tone) not in theirs and fold(_plain(word)) in folded:
            return False
    return True


def _split(key: str) -> tuple[list[str], list[str]]:
    letters, _, tones = key.partition("\x01")
    return letters.split(), list(tones)


def _plain(word: str) -> str:
    return re.sub(r"[0-2]", "", word)

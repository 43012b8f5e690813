"""The language of a text, among those there are packs for: by script, telling letters and common words. Light."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from prytany.intake.reading import packs
from prytany.intake.reading.pack import Pack
from prytany.intake.reading.shadow import fold_line

SAMPLE = 60_000  # characters looked at; a report of five pages has about 15,000
_WORDS = re.compile(r"(?:[^\W\d_]|[\u0900-\u0963\u0970-\u097f\u0300-\u036f])+")
_SCRIPTS = {
    "latin": re.compile("[a-zA-Z\u00c0-\u024f\u1ea0-\u1ef9]"),
    "arabic": re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc]"),
    "devanagari": re.compile("[\u0904-\u0939\u0958-\u0961]"),
}


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    return fold_line(word)


def script_of(text: str) -> str | None:
    """Return the script most letters of `text` belong to, or None where it has too few letters of the known ones."""
    sample = text[:SAMPLE]
    counts = {name: len(pattern.findall(sample)) for name, pattern in _SCRIPTS.items()}
    name = max(counts, key=lambda key: counts[key])
    letters = sum(1 for c in sample if c.isalpha())
    return name if counts[name] >= 3 and counts[name] * 2 > letters else None


def _score(pack: Pack, words: Counter[str], letters: Counter[str]) -> float:
    total = sum(words.values()) or 1
    known = sum(count for word, count in words.items() if word in pack.common_words)
    all_letters = sum(letters.values()) or 1
    told = sum(letters[letter] for letter in pack.letters)
    return known / total + 4 * told / all_letters


def language_of(text: str, among: Iterable[str] | None = None) -> str | None:
    """Return the code of the language of `text`, or None where no pack fits it."""
    script = script_of(text)
    if script is None:
        return None
    sample = text[:SAMPLE]
    words = Counter(_folded(word) for word in _WORDS.findall(sample))
    # Letters are told apart as written: folding makes those of Arabic and Urdu alike.
    letters = Counter(c for c in sample.lower() if c.isalpha())
    scores = {}
    for code in among or packs.codes():
        pack = packs.load(code)
        if pack.script == script:
            scores[code] = _score(pack, words, letters)
    if not scores:
        return None
    best = max(scores, key=lambda code: (scores[code], code))
    return best if scores[best] >= (0.06 if sum(words.values()) > 12 else 0.01) else None


def line_language(line: str, main: str) -> str:
    """Return the language of one line of a text in `main`: another one only where the line speaks for it clearly."""
    pack = packs.load(main)
    if script_of(line[:300]) == pack.script:
        words = [_folded(word) for word in _WORDS.findall(line[:300])]
        if sum(1 for word in words if word in pack.common_words) >= 0.08 * len(words):
            return main
    return language_of(line[:2000]) or main

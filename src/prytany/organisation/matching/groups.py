"""Words that mean many units: "các xã, phường", "65 communes", "all departments", "các phòng thuộc Văn phòng"."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from prytany.core.fold import fold
from prytany.organisation.kinds import PHRASES
from prytany.organisation.matching.index import known_terms
from prytany.organisation.matching.words import key_of

_ALL = frozenset(
    fold(word)
    for word in (
        "các", "toàn", "tất", "cả", "bộ", "mọi", "những", "toàn thể", "mỗi", "100%",
        "all", "every", "each", "the",
        "tous", "toutes", "les", "chaque",
        "सभी", "सब", "समस्त", "प्रत्येक",
        "جميع", "كل", "كافة",
        "تمام", "سب", "ہر",
    )
)  # fmt: skip
_JOINS = frozenset(fold(word) for word in ("và", "and", "et", "और", "و", "اور", "cùng", "tới", "đến"))
_BELONGING = frozenset(
    key_of(word)
    for word in (
        "thuộc", "trực thuộc", "của", "trên địa bàn", "trong", "ở", "tại",
        "of", "in", "under", "within", "de", "du", "des", "dans", "relevant de",
        "की", "के", "का", "में", "في", "التابعة", "التابعة ل", "کے", "کی", "کا", "میں",
    )
)  # fmt: skip
# Leading bodies that may stand between the quantifier and the kind: "UBND các xã".
_BODIES = frozenset(
    key_of(word) for word in ("ubnd", "ủy ban nhân dân", "hđnd", "đảng ủy", "cấp ủy", "lãnh đạo", "thường trực")
)


@dataclass(frozen=True, slots=True)
class GroupWords:
    """What a phrase asks for: kinds and levels, the number it states, and at which word it ends."""

    kinds: frozenset[str]
    levels: frozenset[str]
    stated: int | None
    end: int


@cache
def _terms() -> dict[str, list[tuple[tuple[str, ...], frozenset[str], frozenset[str]]]]:
    """Return by first word the (words, kinds, levels) of all terms, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], frozenset[str], frozenset[str]]]] = defaultdict(list)
    for phrases, kinds in PHRASES:
        for phrase in phrases:
            words = tuple(key_of(phrase).split())
            found[words[0]].append((words, frozenset(kinds), frozenset()))
    for key, code, is_level in known_terms():
        words = tuple(key.split())
        codes = frozenset([code])
        found[words[0]].append((words, frozenset(), codes) if is_level else (words, codes, frozenset()))
    for several in found.values():
        several.sort(key=lambda term: -len(term[0]))
    return dict(found)


def read_group(words: list[str], start: int = 0) -> GroupWords | None:
    """Return the group that the words from `start` on speak of, or None.

    A word for all or a number has to open it, or it is a fixed phrase of several kinds ("sở, ban, ngành").
    """
    place, quantified, stated = start, False, None
    while place < len(words):
        word = words[place]
        if word in _ALL:
            quantified = True
        elif word.isascii() and word.isdigit() and len(word) < 6 and int(word) > 1:
            # A number stands right before what it counts.
            stated, quantified, place = int(word), True, place + 1
            break
        elif word not in _BODIES and not _is_body(words, place):
            break
        place += _body_length(words, place)
    kinds: set[str] = set()
    levels: set[str] = set()
    terms, end, fixed = 0, place, False
    while place < len(words):
        term = _term_at(words, place)
        if term is None:
            if terms and words[place] in _JOINS | _ALL:
                place += 1
                continue
            break
        kinds |= term[1]
        levels |= term[2]
        terms += 1
        fixed = fixed or len(term[1]) > 1
        place += len(term[0])
        end = place
    if not terms or not (quantified or fixed):
        return None
    return GroupWords(frozenset(kinds), frozenset(levels), stated, end)


def _is_body(words: list[str], place: int) -> bool:
    return _body_length(words, place) > 1


def _body_length(words: list[str], place: int) -> int:
    """Return how many words the body at `place` has; 1 where there is none."""
    for length in (4, 3, 2):
        if " ".join(words[place : place + length]) in _BODIES:
            return length
    return 1


def _term_at(words: list[str], place: int) -> tuple[tuple[str, ...], frozenset[str], frozenset[str]] | None:
    for term in _terms().get(words[place], ()):
        if tuple(words[place : place + len(term[0])]) == term[0]:
            return term
    return None


def belonging(words: list[str], place: int) -> int | None:
    """Return where the unit begins after "thuộc", "of", …; None where no such word stands at `place`."""
    for length in (3, 2, 1):
        if " ".join(words[place : place + length]) in _BELONGING and place + length < len(words):
            return place + length
    return None


EXCEPT = frozenset(
    key_of(word) for word in ("trừ", "ngoại trừ", "except", "sauf", "excepté", "छोड़कर", "عدا", "ماعدا", "سوائے")
)

"""The piece of a text around what was asked for, with the words marked as they stand in the original."""

import re
from dataclasses import dataclass

from prytany.search.parsing import Query
from prytany.search.words import exact_word, fold_word, spans

# How much of a long text is looked at for a page of hits, and how much is shown around a word.
LOOKED_AT = 60_000
AROUND = 90
LONGEST = 260


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text, marked or not."""

    text: str
    marked: bool = False


def _hits(text: str, query: Query) -> list[tuple[int, int]]:
    """Return the places of the words asked for; words of a phrase count wherever they stand.

    A word typed with accents is marked where it stands with them; only where it does not, without regard to them.
    """
    whole = {word for term in query.terms for word in (term.words[:-1] if term.prefix else term.words)}
    starts = tuple(term.words[-1] for term in query.terms if term.prefix)
    typed: dict[str, set[str]] = {}
    for word in query.accented:
        typed.setdefault(fold_word(word), set()).add(word)
    found: list[tuple[tuple[int, int], str, bool]] = []
    for match in spans(text):
        word = fold_word(match[0])
        if word in whole or (starts and word.startswith(starts)):
            found.append((match.span(), word, word not in typed or exact_word(match[0]) in typed[word]))
    as_typed = {word for _place, word, exact in found if exact and word in typed}
    return [place for place, word, exact in found if exact or word not in as_typed]


def _joined(places: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Return the places with neighbours that only a blank parts made one: a phrase is marked as a whole."""
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and text[joined[-1][1] : start].isspace():
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined


def mark(text: str, query: Query) -> list[Piece]:
    """Return the whole of `text` in pieces, with the words asked for marked."""
    pieces, last = [], 0
    for start, end in _joined(_hits(text, query), text):
        if start > last:
            pieces.append(Piece(text[last:start]))
        pieces.append(Piece(text[start:end], True))
        last = end
    if last < len(text):
        pieces.append(Piece(text[last:]))
    return pieces


def _best(places: list[tuple[int, int]]) -> int:
    """Return the start of the window that holds most places, the earliest of the best."""
    best, most = places[0][0], 0
    for number, (start, _end) in enumerate(places):
        count = sum(1 for place in places[number:] if place[1] <= start + LONGEST - AROUND)
        if count > most:
            best, most = start, count
    return best


_SPACE = re.compile(r"\s+")


def snippet(text: str, query: Query) -> list[Piece]:
    """Return the passage of `text` that holds most of the words asked for, words marked; empty where none stands."""
    text = text[:LOOKED_AT]
    places = _hits(text, query)[:200]
    if not places:
        return []
    start = max(_best(places) - AROUND, 0)
    end = min(start + LONGEST, len(text))
    if start:
        blank = text.find(" ", start)
        start = blank + 1 if 0 <= blank < start + 30 else start
    if end < len(text):
        blank = text.rfind(" ", start, end)
        end = blank if blank > end - 30 else end
    window = _SPACE.sub(" ", text[start:end]).strip()
    pieces = mark(window, query)
    if start:
        pieces.insert(0, Piece("… "))
    if end < len(text):
        pieces.append(Piece(" …"))
    return pieces

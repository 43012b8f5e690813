"""Several units in one text: a cell of a table, a field of a form."""

import re
from typing import TYPE_CHECKING

from prytany.organisation.matching.results import Match
from prytany.organisation.matching.words import words_of

if TYPE_CHECKING:
    from prytany.organisation.matching.matcher import UnitMatcher

_HARD = re.compile(r"[;\n\r|؛]+|\s/\s")
_SOFT = re.compile(r"\s*[,،+]\s*|\s+(?:và|va|and|et|और|و|اور|cùng)\s+|\s+&\s+", re.IGNORECASE)


def match_list(matcher: "UnitMatcher", text: str) -> list[Match]:
    """Return what a text with several names means, in order; see `UnitMatcher.match_list`."""
    return [match for piece in _HARD.split(text) if piece.strip() for match in _divide(matcher, piece.strip())]


def _divide(matcher: "UnitMatcher", piece: str) -> list[Match]:
    whole = matcher.match(piece)
    if whole.unit_ids:
        return [whole]
    spans = _parts(piece)
    if len(spans) < 2:
        return [whole]
    best: list[tuple[float, list[Match]]] = [(0.0, [])]
    for end in range(1, len(spans) + 1):
        options = []
        for start in range(max(0, end - 4), end):
            run = piece[spans[start][0] : spans[end - 1][1]]
            match = _part(matcher, run, several=end - start > 1)
            if match is None:
                continue
            sure = 1.0 if match.unit_ids else 0.5
            score = max((c.score for c in match.candidates), default=0.97 if match.group else 0.2) * sure
            before = best[start]
            options.append((before[0] + score * (end - start), [*before[1], match]))
        best.append(max(options, key=lambda option: (option[0], -len(option[1]))))
    divided = best[-1][1]
    return divided if any(match.unit_ids for match in divided) else [whole]


def _part(matcher: "UnitMatcher", run: str, *, several: bool) -> Match | None:
    if not several:
        return matcher.match(run)
    words = words_of(run)
    match = Match(run, matcher.exactly(run, words).ranked())
    if match.unit_ids:
        return match
    group = matcher.group_of(words)
    return Match(run, group=group) if group else None


def _parts(piece: str) -> list[tuple[int, int]]:
    """Return the spans between commas and "and" in a piece of text."""
    spans, start = [], 0
    for match in _SOFT.finditer(piece):
        if match.start() > start:
            spans.append((start, match.start()))
        start = match.end()
    if start < len(piece):
        spans.append((start, len(piece)))
    return spans

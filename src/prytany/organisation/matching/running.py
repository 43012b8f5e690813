"""Units named in running text: names only, no guesses."""

import re
from functools import cached_property
from typing import TYPE_CHECKING

from prytany.core.fold import fold
from prytany.organisation.matching.groups import GroupWords, belonging, read_group
from prytany.organisation.matching.index import Reason
from prytany.organisation.matching.results import CERTAIN, Candidate, Match, Mention
from prytany.organisation.matching.words import is_capital, placed_words, readings_of, split_head

if TYPE_CHECKING:
    from prytany.organisation.matching.matcher import UnitMatcher

_STOP = re.compile(r"[.;!?()\n।؛؟۔]")
_AND = frozenset(fold(word) for word in ("và", "and", "et", "और", "و", "اور", "cùng"))
_JOIN = re.compile(r"[\s,،:]*(?:(?:và|and|et|और|و|اور|cùng)[\s]*)?", re.IGNORECASE)

# Mentions that begin at a word, and the number of the word after them.
Step = tuple[list[Mention], int]


class Sentence:
    """A text with its folded words and where they stand."""

    def __init__(self, matcher: "UnitMatcher", text: str) -> None:
        self.matcher, self.text = matcher, text
        self.placed = list(placed_words(text))
        self.words = [word for word, _start, _end in self.placed]

    @cached_property
    def clauses(self) -> list[int]:
        """For each word the number of the word at which its clause has ended."""
        ends, end = [0] * len(self.placed), len(self.placed)
        for place in range(len(self.placed) - 1, -1, -1):
            _word, _start, after = self.placed[place]
            following = self.placed[place + 1][1] if place + 1 < len(self.placed) else after
            if _STOP.search(self.text, after, following):
                end = place + 1
            ends[place] = end
        return ends

    def mentions(self) -> list[Mention]:
        """Return all mentions, in order."""
        found: list[Mention] = []
        place = 0
        while place < len(self.words):
            step = self._at(place)
            if step is None:
                place += 1
            else:
                found.extend(step[0])
                place = step[1]
        return found

    def _span(self, first: int, after: int) -> tuple[int, int]:
        """Return where the words from `first` up to `after` stand in the text."""
        return self.placed[first][1], self.placed[after - 1][2]

    def _at(self, place: int) -> Step | None:
        read = read_group(self.words[: self.clauses[place]], place)
        if read is not None:
            return self._proper_names(read.end, read.kinds) or self._group(place, read)
        reached = self._longest(place)
        if reached is None:
            return None
        end, key = reached
        start_at, end_at = self._span(place, end)
        candidates = self.matcher.named(self.text[start_at:end_at], key)
        if not candidates or not self._stands_alone(start_at, end_at, candidates):
            return None
        mention = Mention(start_at, end_at, Match(self.text[start_at:end_at], candidates))
        head, kind, _proper = split_head(key)
        more = self._proper_names(end, frozenset([kind])) if head else None
        if more and _only_joins(self.text[end_at : more[0][0].start]):
            return [mention, *more[0]], more[1]
        return [mention], end

    def _longest(self, place: int) -> tuple[int, str] | None:
        """Return (end, key) of the longest name that begins at a word, abbreviations read either way."""
        best: tuple[int, str] | None = None
        waiting = [(self.matcher.index.tree, place)]
        while waiting:
            node, here = waiting.pop()
            if "" in node and (best is None or here > best[0]):
                best = (here, node[""])
            if here == len(self.words):
                continue
            readings = (self.words[here], *readings_of(self.words[here]))
            waiting += [(onward, here + 1) for reading in readings if (onward := _follow(node, reading))]
        return best

    def _stands_alone(self, start: int, end: int, candidates: tuple[Candidate, ...]) -> bool:
        """Leave out symbols inside document numbers ("118-TB/VPTU") and small words that happen to be symbols."""
        piece = self.text[start:end]
        if " " in piece or (candidates[0].reason in (Reason.NAME, Reason.ALIAS) and candidates[0].name == piece):
            return True
        joined = self.text[max(0, start - 1) : start] in {"/", "-"} or self.text[end : end + 1] in {"/", "-"}
        return is_capital(piece) and not joined

    def _proper_names(self, place: int, kinds: frozenset[str]) -> Step | None:
        """Return the proper names that follow a word for the kind of such units, joined by commas and "and"."""
        mentions: list[Mention] = []
        end = place
        while place < len(self.words):
            if self.words[place] in _AND:
                place += 1
                continue
            if mentions and not _only_joins(self.text[self.placed[end - 1][2] : self.placed[place][1]]):
                break
            named = self._proper_at(place, kinds)
            if named is None:
                break
            mentions.append(named[0])
            end = place = named[1]
        return (mentions, end) if mentions else None

    def _proper_at(self, place: int, kinds: frozenset[str]) -> tuple[Mention, int] | None:
        for length in range(min(5, len(self.words) - place), 0, -1):
            start_at, end_at = self._span(place, place + length)
            piece = self.text[start_at:end_at]
            if piece[:1].lower() != piece[:1].upper() and not piece[:1].isupper():
                return None
            found = self.matcher.proper(piece, " ".join(self.words[place : place + length]), kinds)
            if found:
                return Mention(start_at, end_at, Match(piece, found)), place + length
        return None

    def _group(self, place: int, read: GroupWords) -> Step | None:
        end, within = read.end, None
        start = belonging(self.words, read.end)
        if start is not None and (reached := self._longest(start)):
            start_at, end_at = self._span(start, reached[0])
            candidates = self.matcher.named(self.text[start_at:end_at], reached[1])
            if candidates and candidates[0].score >= CERTAIN:
                within, end = candidates[0].unit_id, reached[0]
        group = self.matcher.resolve(read, within)
        if group is None:
            return None
        start_at, end_at = self._span(place, end)
        return [Mention(start_at, end_at, Match(self.text[start_at:end_at], group=group))], end


def _follow(node: dict, words: str) -> dict:
    """Return the part of the tree below some words; empty where no name goes on so."""
    for word in words.split():
        node = node.get(word, {})
    return node


def _only_joins(between: str) -> bool:
    return _JOIN.fullmatch(between) is not None

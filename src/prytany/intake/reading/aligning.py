"""Which sentences of two texts of one document say the same: for showing them side by side. No word is understood.

Sentences of a translation keep their order, their figures and dates, the consonants of their names, roughly their
lengths and the lines they begin. Each way of laying one text along the other is worth the sum of what its pairs share;
the best way is found by dynamic programming with steps 1-1, 1-2, 2-1, 1-0 and 0-1, in a band around what is sure.
"""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from prytany.intake.reading.model import Reading
from prytany.intake.reading.traces import figures_of, is_rare, skeleton

# Sentences looked at on either side of the line between two sure points, in a report and in a text of many pages; it
# bounds time and memory, which grow with the length of the texts and not with its square.
BAND, NARROW = 24, 10
LONG = 400  # sentences
_LETTERS = re.compile(r"(?:[^\W\d_]|[\u0900-\u0963\u0970-\u097f\u0300-\u036f])+")
_STEPS = ((1, 1, 0.0), (1, 2, -0.35), (2, 1, -0.35), (1, 0, -0.3), (0, 1, -0.3))


class Pair(NamedTuple):
    """Sentences of one text and of the other that say the same, by their places in `Reading.sentences`.

    One of the two is empty where a sentence has no match. `strength` is 0 there; else from 0 (only the order speaks
    for it) to 1 (rare figures or names speak for it too).
    """

    a: tuple[int, ...]
    b: tuple[int, ...]
    strength: float


@dataclass(frozen=True, slots=True)
class _Trace:
    """What is compared of one sentence."""

    place: int
    size: int
    figures: Counter[str]
    sounds: frozenset[str]
    first: bool
    heading: bool


def align(a: Reading, b: Reading) -> list[Pair]:
    """Return how the sentences of two texts of one document lie side by side, in the order of both.

    Every sentence that is no page furniture stands in exactly one pair; its order is never changed. The texts may be
    in one language or in two; a language without a pack has its figures and lengths.
    """
    left, right = _traces(a), _traces(b)
    if not left or not right:
        return [Pair((t.place,), (), 0.0) for t in left] + [Pair((), (t.place,), 0.0) for t in right]
    return _Laying(left, right).pairs()


def _traces(reading: Reading) -> list[_Trace]:
    found = []
    last_line = 0
    for place, sentence in enumerate(reading.sentences):
        if sentence.furniture:
            continue
        text = sentence.span.text
        found.append(
            _Trace(
                place=place,
                size=sum(1 for c in text if c.isalnum()),
                figures=Counter(figures_of(text, reading.language)),
                sounds=frozenset(_sounds(text)),
                first=sentence.span.line != last_line,
                heading=sentence.role == "heading",
            )
        )
        last_line = sentence.span.line
    return found


def _sounds(text: str) -> list[str]:
    """The consonants of each word and of each two neighbours: names are parted in other places in other scripts."""
    bones = [skeleton(word) for word in _LETTERS.findall(text)[:80]]
    joined = [first + second for first, second in pairwise(bones) if first and second]
    return [bone for bone in (*bones, *joined) if 3 <= len(bone) <= 12]


class _Laying:
    """One text laid along the other."""

    def __init__(self, left: list[_Trace], right: list[_Trace]) -> None:
        self.common = _shared_sounds(left, right)
        self.left, self.right = (
            [replace(t, sounds=t.sounds & self.common.keys()) for t in side] for side in (left, right)
        )
        self.ratio = sum(t.size for t in right) / max(1, sum(t.size for t in left))
        self.weights = _figure_weights(left, right)
        self.middle = _middle(left, right)
        self.band = BAND if max(len(left), len(right)) <= LONG else NARROW

    def pairs(self) -> list[Pair]:
        """Return the best way."""
        best: list[dict[int, tuple[float, int, int]]] = [{} for _ in range(len(self.left) + 1)]
        best[0][0] = (0.0, 0, 0)
        for i in range(len(self.left) + 1):
            row = best[i]
            low, high = self._window(i)
            for j in range(low, high + 1):
                here = row.get(j)
                if here is None:
                    continue
                for di, dj, extra in _STEPS:
                    if i + di > len(self.left) or j + dj > len(self.right):
                        continue
                    worth = here[0] + extra + (self._worth(i, i + di, j, j + dj) if di and dj else 0.0)
                    known = best[i + di].get(j + dj)
                    if known is None or worth > known[0]:
                        best[i + di][j + dj] = (worth, di, dj)
        return self._way_back(best)

    def _window(self, i: int) -> tuple[int, int]:
        """The places in the right text that are looked at for place `i`; neighbouring windows always overlap."""
        if i == len(self.left):
            return max(0, self.middle(i - 1) - self.band), len(self.right)
        low = max(0, min(self.middle(i), self.middle(max(0, i - 1))) - self.band)
        return low, min(len(self.right), max(self.middle(i), self.middle(i + 1)) + self.band)

    def _way_back(self, best: list[dict[int, tuple[float, int, int]]]) -> list[Pair]:
        i, j = len(self.left), len(self.right)
        found = []
        while i or j:
            step = best[i].get(j)
            if step is None:  # the band was left: what remains stands alone
                found += [Pair((), (self.right[y].place,), 0.0) for y in reversed(range(j))]
                found += [Pair((self.left[x].place,), (), 0.0) for x in reversed(range(i))]
                break
            _, di, dj = step
            a = tuple(t.place for t in self.left[i - di : i])
            b = tuple(t.place for t in self.right[j - dj : j])
            found.append(Pair(a, b, self._strength(i - di, i, j - dj, j) if a and b else 0.0))
            i, j = i - di, j - dj
        return found[::-1]

    def _worth(self, i: int, i2: int, j: int, j2: int) -> float:
        """How much speaks for two pieces being one: above 0 for, below 0 against."""
        a, b = self.left[i:i2], self.right[j:j2]
        x, y = sum(t.size for t in a) * self.ratio, sum(t.size for t in b)
        worth = 0.55 - 1.1 * abs(math.log((x + 12) / (y + 12)))
        worth += 1.6 * self._figures(a, b) + self._names(a, b)
        if a[0].first and b[0].first:
            worth += 0.25
        elif a[0].first != b[0].first:
            worth -= 0.15
        # A headline is laid beside a headline; two pieces laid beside one run on in one line.
        if a[0].heading != b[0].heading:
            worth -= 0.4
        if len(a) + len(b) == 3 and (a[-1] if len(a) == 2 else b[-1]).first:
            worth -= 0.5
        return worth

    def _figures(self, a: list[_Trace], b: list[_Trace]) -> float:
        """From -0.6 (figures, none in common) to about 1.5 (several rare ones in common)."""
        mine, other = _together(a), _together(b)
        if not mine and not other:
            return 0.0
        shared = sum(self.weights[f] * n for f, n in (mine & other).items())
        either = sum(self.weights[f] * n for f, n in (mine | other).items())
        return (1.6 * shared / either - 0.6) * min(1.0, either) if either else 0.0

    def _names(self, a: list[_Trace], b: list[_Trace]) -> float:
        shared = a[0].sounds.union(*(t.sounds for t in a[1:])) & b[0].sounds.union(*(t.sounds for t in b[1:]))
        return min(0.9, sum(self.common[s] for s in shared)) if shared else 0.0

    def _strength(self, i: int, i2: int, j: int, j2: int) -> float:
        return round(max(0.0, min(1.0, (self._worth(i, i2, j, j2) + 0.4) / 2.0)), 2)


def _together(traces: list[_Trace]) -> Counter[str]:
    if len(traces) == 1:
        return traces[0].figures
    return sum((trace.figures for trace in traces[1:]), traces[0].figures)


def _shared_sounds(left: list[_Trace], right: list[_Trace]) -> dict[str, float]:
    """Names that both texts have, with what one in common is worth: less where it stands in many sentences."""
    one, two = (Counter(sound for t in side for sound in t.sounds) for side in (left, right))
    return {
        sound: 0.3 * (len(sound) - 1) / (one[sound] + two[sound])
        for sound in one.keys() & two.keys()
        if max(one[sound], two[sound]) <= 6
    }


def _figure_weights(left: list[_Trace], right: list[_Trace]) -> dict[str, float]:
    counts = Counter(figure for side in (left, right) for t in side for figure in t.figures)
    return {figure: (1.0 if is_rare(figure) else 0.6) / math.sqrt(max(1.0, n / 2)) for figure, n in counts.items()}


def _middle(left: list[_Trace], right: list[_Trace]) -> Callable[[int], int]:
    """Return a function from a place in the left text to the place expected in the right one.

    Figures that stand once in either text are sure points where they follow in the same order; between two of them the
    texts are taken to run evenly.
    """
    points = [(-1, -1), *_sure_points(left, right), (len(left), len(right))]
    starts = [x for x, _ in points]

    def expected(i: int) -> int:
        at = max(0, min(bisect_right(starts, i) - 1, len(points) - 2))
        (x, y), (x2, y2) = points[at], points[at + 1]
        return round(y + (i - x) * (y2 - y) / max(1, x2 - x))

    return expected


def _sure_points(left: list[_Trace], right: list[_Trace]) -> list[tuple[int, int]]:
    one, two = _once(left), _once(right)
    shared = sorted((one[figure], two[figure]) for figure in one.keys() & two.keys() if len(figure) >= 3)
    tails: list[int] = []  # the longest run of points that rises on both sides, by patience sorting
    ends: list[int] = []
    before: list[int] = []
    for place, (_, y) in enumerate(shared):
        at = bisect_right(tails, y)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [y]
        ends[at : at + 1] = [place]
    found: dict[int, int] = {}
    place = ends[-1] if ends else -1
    while place >= 0:
        found[shared[place][0]] = shared[place][1]
        place = before[place]
    return sorted(found.items())


def _once(traces: list[_Trace]) -> dict[str, int]:
    counts = Counter(figure for t in traces for figure in t.figures)
    return {f: place for place, t in enumerate(traces) for f in t.figures if counts[f] == 1 and is_rare(f)}

"""Whether two texts are one document in two languages (or twice in one): by figures, dates, names and structure."""

import math
import re
from collections import Counter
from dataclasses import dataclass, field

from anyascii import anyascii

from prytany.intake.reading.model import Reading
from prytany.intake.reading.traces import NAME, figures_of, is_rare, skeleton

SAME = 0.62
LONGEST = 400  # sentences compared; a longer text is known by its beginning


@dataclass(slots=True)
class Print:
    """What is compared of a text: nothing of it depends on the language."""

    figures: Counter[str] = field(default_factory=Counter)
    lengths: list[int] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    skeletons: Counter[str] = field(default_factory=Counter)
    day: str | None = None
    awards: tuple[tuple[int | None, int | None], ...] = ()
    language: str | None = None
    kind: str | None = None
    words: set[str] = field(default_factory=set)
    # Runs of three words: two texts of one office share words, one text told twice shares its wording.
    runs: set[tuple[str, ...]] = field(default_factory=set)


def print_of(reading: Reading) -> Print:
    """Return what is compared of a text."""
    result = Print(language=reading.language, kind=reading.kind.value)
    for sentence in reading.sentences[:LONGEST]:
        if sentence.furniture:
            continue
        text = sentence.span.text
        result.lengths.append(len(text))
        result.figures.update(figures_of(text, reading.language))
        for name in NAME.findall(text):
            result.names.update(skeleton(part) for part in name.split())
        plain = [word.lower() for word in re.findall(r"[^\W_]+", anyascii(text))]
        result.runs.update(zip(plain, plain[1:], plain[2:], strict=False))
        for word in plain:
            if word.isalpha():
                result.skeletons[skeleton(word)] += 1
                result.words.add(word)
    result.names.discard("")
    if reading.event_date.precision == "day":
        result.day = reading.event_date.iso
    result.awards = tuple(sorted(((a.collectives, a.individuals) for a in reading.awards), key=str))
    return result


def likeness(a: Print, b: Print) -> float:
    """Return 0 (surely two documents) to 1 (surely one). Without enough to go by the answer is 0: no false pairs."""
    if a.day and b.day and a.day[-5:] != b.day[-5:]:
        return 0.0
    if a.awards and b.awards and not set(a.awards) & set(b.awards):
        return 0.0
    if a.words == b.words and a.lengths == b.lengths:
        return 1.0
    if _count_otherwise(a, b):
        return 0.0
    if _told_twice(a, b):
        return 0.7
    if a.language == b.language:
        return _overlap(a.runs, b.runs)
    figures = _figures_alike(a.figures, b.figures)
    shape = _shape_alike(a.lengths, b.lengths)
    names = _names_alike(a, b)
    if not _enough(a, b, figures, shape, names):
        return 0.0
    if names is None or _figures_tell(a, b, figures, shape) or set(a.figures) == set(b.figures):
        return 0.55 * figures + 0.45 * shape
    return 0.35 * figures + 0.3 * shape + 0.35 * names


def _told_twice(a: Print, b: Print) -> bool:
    """One meeting in two reports, a long and a short one: the same day, and most of what the shorter one counts."""
    if not (a.day and b.day):
        return False
    mine, other = _telling(a), _telling(b)
    shared = mine & other
    return len(shared) >= 4 and len(shared) >= 0.5 * min(len(mine), len(other))


def _count_otherwise(a: Print, b: Print) -> bool:
    """One mould filled in twice: the same wording and the same dates, and other figures in it."""
    mine, other = ({f for f in _telling(one) if "-" not in f} for one in (a, b))
    return min(len(mine), len(other)) >= 4 and len(mine & other) < 0.4 * min(len(mine), len(other))


def _telling(a: Print) -> set[str]:
    """Figures that no template has: large ones, and days other than that of the event."""
    own = "-".join(str(int(part)) for part in (a.day or "")[-5:].split("-") if part)
    return {f for f in _rare(a.figures) if f != own and ("-" in f or int(f) > 20)}


def _enough(a: Print, b: Print, figures: float, shape: float, names: float | None) -> bool:
    """Whether names, rare figures or a long like structure speak for one document, not merely nothing against it."""
    rare_a, rare_b = _rare(a.figures), _rare(b.figures)
    shared = len(rare_a & rare_b)
    if names is not None and names >= 0.5 and figures >= 0.4:
        return True
    told_of_one_day = bool(a.day and a.day == b.day and not a.day.startswith("--") and a.kind == b.kind)
    if told_of_one_day and set(a.figures) == set(b.figures) and shape >= 0.85 and len(a.lengths) == len(b.lengths):
        return True
    if shared >= 3 and shared >= 0.6 * max(len(rare_a), len(rare_b)):
        return True
    long = min(len(a.lengths), len(b.lengths)) >= 8
    return not rare_a and not rare_b and long and shape >= 0.7 and set(a.figures) == set(b.figures)


def _figures_tell(a: Print, b: Print, figures: float, shape: float) -> bool:
    """Many rare figures in common in the same frame: names, which may be words of institutions, add nothing."""
    rare_a, rare_b = _rare(a.figures), _rare(b.figures)
    shared, most = len(rare_a & rare_b), max(len(rare_a), len(rare_b))
    if figures >= 0.75 and shape >= 0.75 and shared >= max(4, 0.7 * most):
        return True
    told_alike = bool(a.day and a.day == b.day) or bool(a.awards and a.awards == b.awards)
    return told_alike and figures >= 0.6 and shape >= 0.75 and shared >= max(5, 0.6 * most)


def _rare(figures: Counter[str]) -> set[str]:
    return {f for f in figures if is_rare(f)}


def _overlap(a: set[tuple[str, ...]], b: set[tuple[str, ...]]) -> float:
    """The share of the runs of words of the shorter text that the longer one has too."""
    return len(a & b) / max(1, min(len(a), len(b))) if min(len(a), len(b)) >= 20 else 0.0


def _figures_alike(a: Counter[str], b: Counter[str]) -> float:
    if not a and not b:
        return 0.5
    both, either = sum((a & b).values()), sum((a | b).values())
    rare = _rare(a | b)
    share = both / max(1, either)
    if not rare:
        return min(0.8, share)
    shared = sum(1 for f in rare if f in a and f in b) / len(rare)
    return 0.5 * share + 0.5 * shared


def _shape_alike(a: list[int], b: list[int]) -> float:
    """How well the sentences of two texts can be laid side by side by their lengths (Gale and Church)."""
    if not a or not b:
        return 0.0
    ratio = sum(b) / max(1, sum(a))
    if min(len(a), len(b)) / max(len(a), len(b)) < 0.45:
        return 0.0
    a, b = a[:120], b[:120]
    cost = _aligned(a, b, ratio) / max(len(a), len(b))
    return max(0.0, 1.0 - cost / 1.6)


def _aligned(a: list[int], b: list[int], ratio: float) -> float:
    inf = float("inf")
    rows = [[inf] * (len(b) + 1) for _ in range(len(a) + 1)]
    rows[0][0] = 0.0
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            here = rows[i][j]
            if here == inf:
                continue
            for di, dj, extra in ((1, 1, 0.0), (1, 0, 1.4), (0, 1, 1.4), (2, 1, 0.45), (1, 2, 0.45)):
                if i + di <= len(a) and j + dj <= len(b):
                    x, y = sum(a[i : i + di]) * ratio, sum(b[j : j + dj])
                    step = abs(math.log((x + 8) / (y + 8))) if di and dj else 0.0
                    rows[i + di][j + dj] = min(rows[i + di][j + dj], here + step + extra)
    return rows[len(a)][len(b)]


def _names_alike(a: Print, b: Print) -> float | None:
    """The share of the names of one text whose consonants occur in the other; None where no names can be told."""
    shares = []
    for mine, other in ((a, b), (b, a)):
        telling = {n for n in mine.names if len(n) >= 2}
        if len(telling) >= 2:
            shares.append(sum(1 for n in telling if n in other.skeletons) / len(telling))
    return max(shares) if shares else None


def same_groups(readings: list[Reading]) -> dict[int, tuple[str, ...]]:
    """Return for each reading (by its place) the names of the others that are the same document."""
    prints = [print_of(reading) for reading in readings]
    alike: dict[int, list[int]] = {i: [] for i in range(len(readings))}
    for i in range(len(readings)):
        for j in range(i + 1, len(readings)):
            if likeness(prints[i], prints[j]) >= SAME:
                alike[i].append(j)
                alike[j].append(i)
    return {i: tuple(readings[j].name for j in others) for i, others in alike.items()}

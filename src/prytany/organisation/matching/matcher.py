"""From a free text to units: candidates with score and reason, or a group. Below the threshold nothing is offered."""

import datetime
import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from prytany.core import clock
from prytany.core.fold import sort_key
from prytany.organisation.matching.accents import accents_agree, has_accents, is_latin
from prytany.organisation.matching.groups import EXCEPT, GroupWords, belonging, read_group
from prytany.organisation.matching.index import WEIGHT, Called, Index, Reason, index_of, without_place
from prytany.organisation.matching.lists import match_list
from prytany.organisation.matching.results import CERTAIN, Candidate, Group, Match, Mention
from prytany.organisation.matching.running import Sentence
from prytany.organisation.matching.words import (
    expansions,
    skeleton,
    sound,
    split_head,
    trigrams,
    without_and,
    without_bodies,
    words_of,
)
from prytany.organisation.models import Hierarchy, UnitLink

# Below this nothing is offered: a wrong guess costs more than an empty field.
LEAST = 0.62
OFFERED = 8
# What is taken off for how the text had to be read.
BODY, PLACE, READING, OTHER_KIND, OTHER_ACCENTS = 0.95, 0.99, 0.96, 0.87, 0.85
CLOSE = 0.82


@dataclass
class Found:
    """Collects the best score of each unit."""

    living: dict[int, tuple[str, str]]
    best: dict[int, Candidate] = field(default_factory=dict)

    def add(self, called: Called, score: float, reason: Reason | None = None) -> None:
        known = self.best.get(called.unit_id)
        score = round(score, 4)  # sums of weights differ in the last digit by the order they were added in
        if known is None or score > known.score:
            ended = called.unit_id not in self.living
            why = Reason.ENDED if ended else reason or called.reason
            self.best[called.unit_id] = Candidate(called.unit_id, score, why, called.name, ended)

    def top(self) -> float:
        return max((c.score for c in self.best.values()), default=0.0)

    def ranked(self) -> tuple[Candidate, ...]:
        kept = [c for c in self.best.values() if c.score >= LEAST]
        return tuple(sorted(kept, key=lambda c: (-c.score, c.has_ended, c.unit_id))[:OFFERED])


_BRACKETED = re.compile(r"(.+?)\s*\(([^()]+)\)")


class UnitMatcher:
    """Finds units of one organisation as they are called on a date; keeps its names as long as nothing changed."""

    def __init__(self, root_id: int, on: datetime.date | None = None) -> None:
        self.root_id, self.on = root_id, on or clock.today()
        self.index: Index = index_of(root_id, self.on)

    # One text

    def match(self, text: str) -> Match:
        """Return what `text` as a whole names: "Sở Nội vụ", "UBND xã Mẫu Sơn", "P. Kỳ Lừa", "các xã, phường"."""
        words = words_of(text)
        if not words:
            return Match(text)
        if bracketed := _BRACKETED.fullmatch(text.strip()):
            told = self._with_context(text, bracketed[1], bracketed[2])
            if told is not None:
                return told
        found = self.exactly(text, words)
        if found.top() < CERTAIN:
            group = self.group_of(words)
            if group is not None:
                return Match(text, group=group)
            self._roughly(text, words, found)
        return Match(text, found.ranked())

    def _with_context(self, text: str, name: str, where: str) -> Match | None:
        """Return the units called `name` that stand below the unit `where`: "Xã Tân Thành (Tỉnh Cà Mau)"."""
        above = self.exactly(where, words_of(where)).ranked()
        if not above or above[0].score < CERTAIN:
            return None
        below = UnitLink.objects.on(self.on).filter(hierarchy=Hierarchy.LINE, ancestor_id=above[0].unit_id)
        inside = set(below.values_list("descendant_id", flat=True))
        several = self.exactly(name, words_of(name))
        several.best = {unit: candidate for unit, candidate in several.best.items() if unit in inside}
        return Match(text, several.ranked()) if several.best else None

    def exactly(self, text: str, words: list[str]) -> Found:
        """Look for names, with and without bodies, place, kind and abbreviations."""
        found = Found(self.index.living)
        exact = sort_key(" ".join(text.split()))
        accented = has_accents(text)
        for penalty, key in self._readings(words):
            stripped = without_bodies(key)
            for cost, reading in ((penalty, key), (penalty * BODY, stripped)):
                if cost < penalty and reading == key:
                    continue
                body = Reason.BODY if cost < penalty else None
                self._by_key(found, reading, cost, exact, accented, body)
                short = without_place(reading, self.index.place)
                if short != reading:
                    self._by_key(found, short, cost * PLACE, exact, accented, body)
        self._by_acronym(found, text, words)
        return found

    def _readings(self, words: list[str]) -> Iterator[tuple[float, str]]:
        yield 1.0, " ".join(words)
        if (shorter := without_and(words)) != words:
            yield PLACE, " ".join(shorter)
        for reading in expansions(words):
            yield READING, " ".join(reading)

    def _by_key(self, found: Found, key: str, cost: float, exact: str, accented: bool, body: Reason | None) -> None:
        for called in self.index.called.get(key, ()):
            score, reason = WEIGHT[called.reason] * cost, body or called.reason
            if called.reason in (Reason.NAME, Reason.SHORT, Reason.ALIAS) and cost == 1.0:
                score, reason = self._by_accents(called, score, exact, accented)
            elif accented and not accents_agree(exact, called.exact):
                score, reason = score * OTHER_ACCENTS, Reason.ACCENTS
            found.add(called, score, reason)
        self._by_proper_name(found, key, cost, exact, accented, body)

    @staticmethod
    def _by_accents(called: Called, score: float, exact: str, accented: bool) -> tuple[float, Reason]:
        if exact == called.exact:
            return score, called.reason
        if not accented:
            return min(score, WEIGHT[Reason.FOLDED]), Reason.FOLDED
        if not accents_agree(exact, called.exact):
            return score * OTHER_ACCENTS, Reason.ACCENTS
        return score * PLACE, called.reason

    def _by_proper_name(
        self, found: Found, key: str, cost: float, exact: str, accented: bool, body: Reason | None
    ) -> None:
        head, kind, proper = split_head(key)
        for called in self.index.proper.get(proper, ()):
            score = min(WEIGHT[Reason.PROPER], WEIGHT[called.reason]) * cost
            reason = body or (called.reason if called.reason in (Reason.FORMER, Reason.ENDED) else Reason.PROPER)
            if head and kind != called.kind:
                score, reason = score * OTHER_KIND, Reason.KIND
            elif accented and not accents_agree(exact, called.exact):
                score, reason = score * OTHER_ACCENTS, Reason.ACCENTS
            found.add(called, score, reason)

    def _by_acronym(self, found: Found, text: str, words: list[str]) -> None:
        keys = {" ".join(words), "".join(words) if all(len(w) < 6 for w in words) else ""}
        head, _kind, rest = split_head(" ".join(words))
        if head and rest:
            keys.add(f"{head} {rest.replace(' ', '')}")
        if " ".join(words) == text.strip().lower() and len(words) > 1:
            keys -= {"".join(words)}
        for key in keys:
            for called in self.index.acronyms.get(key, ()):
                found.add(called, WEIGHT[Reason.ACRONYM], Reason.ACRONYM)

    # Close spellings, words, other scripts

    def _roughly(self, text: str, words: list[str], found: Found) -> None:
        readings = [" ".join(words), *(" ".join(reading) for reading in expansions(words, limit=3))]
        for key in dict.fromkeys(without_place(without_bodies(key), self.index.place) for key in readings):
            self._by_spelling(found, key)
            self._by_words(found, key)
        if not text.isascii() and any(ord(c) > 0x2FF and not is_latin(c) for c in text):
            self._by_sound(found, text)

    def _by_spelling(self, found: Found, key: str) -> None:
        head, kind, proper = split_head(key)
        shared: Counter[str] = Counter()
        for gram in trigrams(proper):
            shared.update(self.index.by_trigram.get(gram, ()))
        likely = sorted(shared, key=lambda other: -shared[other] / (len(other) + len(key)))[:40]
        for other in likely:
            other_head, other_kind, other_proper = split_head(other)
            if head and other_head:
                ratio, same = _ratio(proper, other_proper), kind == other_kind
            else:
                ratio, same = max(_ratio(key, other), _ratio(proper, other_proper) if proper else 0.0), True
            if ratio < CLOSE:
                continue
            for called in self.index.called[other]:
                if called.unit_id in self.index.living and called.reason not in (Reason.CODE, Reason.SYMBOL):
                    found.add(called, (0.84 if same else 0.76) * ratio, Reason.SPELLING)

    def _by_words(self, found: Found, key: str) -> None:
        words = set(key.split())
        telling = sorted(words & self.index.weight.keys(), key=lambda word: -self.index.weight[word])[:4]
        keys = {other for word in telling for other in self.index.by_word[word] if len(self.index.by_word[word]) < 500}
        own = self._weight(words)
        for other in keys:
            theirs = set(other.split())
            common = self._weight(words & theirs)
            if not common or own <= 0:
                continue
            covered = sorted((common / own, common / self._weight(theirs)))
            score = 0.85 * (0.55 * covered[1] + 0.45 * covered[0])
            if covered[0] < 0.4 or score < LEAST:
                continue
            for called in self.index.called[other]:
                if called.unit_id in self.index.living and called.reason not in (Reason.CODE, Reason.SYMBOL):
                    found.add(called, score, Reason.WORDS)

    def _weight(self, words: Iterable[str]) -> float:
        # A word that no name has counts as a rare one: it speaks against every name.
        return sum(self.index.weight.get(word, self.index.rarest) for word in words)

    def _by_sound(self, found: Found, text: str) -> None:
        _head, kind, proper = split_head(" ".join(words_of(text)))
        sounded = sound(proper)
        bones = skeleton(sounded)
        if len(bones.replace(" ", "")) < 2:
            return
        for other, called in self.index.by_skeleton.get(bones, ()):
            if called.unit_id not in self.index.living:
                continue
            likeness = 0.6 + 0.4 * difflib.SequenceMatcher(None, sounded, other, autojunk=False).ratio()
            same = not kind or not called.kind or kind == called.kind
            found.add(called, (0.84 if same else 0.76) * likeness, Reason.SCRIPT)

    # Groups

    def group_of(self, words: list[str]) -> Group | None:
        """Return the group that the words as a whole mean."""
        wanted = words
        excepted: tuple[int, ...] = ()
        for place, word in enumerate(words):
            if place and word in EXCEPT:
                wanted, excepted = words[:place], self._excepted(words[place + 1 :])
                if not excepted:
                    return None
                break
        read = read_group(wanted)
        if read is None:
            return None
        within: int | None = None
        if read.end < len(wanted):
            start = belonging(wanted, read.end)
            rest = wanted[start:] if start else wanted[read.end :]
            within = self._within(rest, required=start is not None)
            if within is None:
                return None
        return self.resolve(read, within, excepted)

    def _excepted(self, words: list[str]) -> tuple[int, ...]:
        match = self.exactly(" ".join(words), words).ranked()
        return (match[0].unit_id,) if match and match[0].score >= CERTAIN else ()

    def _within(self, words: list[str], *, required: bool) -> int | None:
        """Return the unit in which a group lies: "tỉnh", the province's own name, or a unit that is named."""
        key = " ".join(words)
        if not key or key in {"tinh", "toan tinh", "trong tinh", f"tinh {self.index.place}", self.index.place}:
            return self.root_id
        candidates = self.exactly(key, words).ranked()
        if required and candidates and candidates[0].score >= CERTAIN:
            return candidates[0].unit_id
        return None

    def resolve(self, read: GroupWords, within: int | None, excepted: tuple[int, ...] = ()) -> Group | None:
        wanted = {
            unit
            for unit, (kind, level) in self.index.living.items()
            if (kind in read.kinds or level in read.levels) and unit != self.root_id
        }
        if within is not None and within != self.root_id:
            below = UnitLink.objects.on(self.on).filter(hierarchy=Hierarchy.LINE, ancestor_id=within, depth__gt=0)
            wanted &= set(below.values_list("descendant_id", flat=True))
        else:
            within = None
        units = tuple(sorted(wanted - set(excepted)))
        if not units:
            return None
        return Group(read.kinds, read.levels, within, read.stated, units, excepted)

    # Several units in one text, and running text

    def match_list(self, text: str) -> list[Match]:
        """Return what a text with several names means, in order: "Sở Y tế; Sở Văn hóa, Thể thao và Du lịch".

        Commas and "và" divide only where the parts are names by themselves; semicolons and line ends always do.
        """
        return match_list(self, text)

    def find_in(self, text: str) -> list[Mention]:
        """Return the units and groups named in a sentence, in order; names only, no guesses.

        Abbreviations are read, a list after a kind is followed ("các xã Mẫu Sơn, Khánh Khê và Kỳ Lừa").
        """
        return Sentence(self, text).mentions()

    def named(self, text: str, key: str) -> tuple[Candidate, ...]:
        """Return the units called by `key`, which stands in a sentence as `text`."""
        found = Found(self.index.living)
        exact, accented = sort_key(" ".join(text.split())), has_accents(text)
        self._by_key(found, key, 1.0 if key == " ".join(words_of(text)) else READING, exact, accented, None)
        for called in self.index.acronyms.get(key, ()):
            found.add(called, WEIGHT[Reason.ACRONYM], Reason.ACRONYM)
        return tuple(c for c in found.ranked() if c.score >= CERTAIN - 0.02)

    def proper(self, text: str, key: str, kinds: frozenset[str]) -> tuple[Candidate, ...]:
        """Return the units of some kinds whose proper name is `key`, which stands in a sentence as `text`."""
        found = Found(self.index.living)
        for called in self.index.proper.get(key, ()):
            if called.kind in kinds and called.unit_id in self.index.living:
                agrees = not has_accents(text) or accents_agree(sort_key(text), called.exact)
                found.add(called, WEIGHT[Reason.PROPER] * (1.0 if agrees else OTHER_ACCENTS), Reason.PROPER)
        return found.ranked()


def _ratio(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= CLOSE else 0.0

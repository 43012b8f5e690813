"""Every name of an organisation on a date, prepared for finding: built from three queries and kept while it holds."""

import datetime
import math
import threading
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from prytany.core.fold import sort_key
from prytany.organisation.kinds import KINDS, LEVELS
from prytany.organisation.matching.words import acronyms_of, key_of, skeleton, sound, split_head, trigrams, without_and
from prytany.organisation.models import UnitAlias, UnitName, UnitVersion
from prytany.organisation.revision import revision_of


class Reason(StrEnum):
    """Why a text is taken for a unit, from certain to remote."""

    NAME = "name"  # letter by letter, case and spaces apart
    FOLDED = "folded"  # the name typed without its accents
    SHORT = "short"  # the short name
    SYMBOL = "symbol"  # as in document symbols
    CODE = "code"
    ALIAS = "alias"
    PROPER = "proper"  # the name without the word for its kind
    ACRONYM = "acronym"
    BODY = "body"  # its leading body or head is named
    FORMER = "former"  # a name it had before
    ENDED = "ended"  # the unit no longer exists
    ACCENTS = "accents"  # other accents than the name has
    KIND = "kind"  # the proper name with the word for another kind
    SPELLING = "spelling"  # close spelling
    WORDS = "words"  # words of the name
    SCRIPT = "script"  # sounds alike in another script


# How sure each way of being called so is, before anything is taken off for how the text was read.
WEIGHT = {
    Reason.NAME: 1.0,
    Reason.FOLDED: 0.98,
    Reason.CODE: 0.97,
    Reason.SYMBOL: 0.97,
    Reason.SHORT: 0.97,
    Reason.ALIAS: 0.97,
    Reason.PROPER: 0.92,
    Reason.ACRONYM: 0.9,
    Reason.FORMER: 0.93,
    Reason.ENDED: 0.9,
}


@dataclass(frozen=True, slots=True)
class Called:
    """One way in which a unit is called: the key leads here. `exact` orders as the name does, accents included."""

    unit_id: int
    reason: Reason
    name: str
    exact: str = ""
    kind: str = ""


@dataclass
class Index:
    """The names of one organisation on a date."""

    root_id: int
    on: datetime.date
    # Folded key -> who is called so; proper names (without the word for the kind) apart.
    called: dict[str, list[Called]] = field(default_factory=lambda: defaultdict(list))
    proper: dict[str, list[Called]] = field(default_factory=lambda: defaultdict(list))
    acronyms: dict[str, list[Called]] = field(default_factory=lambda: defaultdict(list))
    # Unit -> kind and level, of those that exist on the date.
    living: dict[int, tuple[str, str]] = field(default_factory=dict)
    # For close spellings: three letters -> keys; for words: word -> keys; how telling each word is.
    by_trigram: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_word: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    weight: dict[str, float] = field(default_factory=dict)
    rarest: float = 1.0
    by_skeleton: dict[str, list[tuple[str, Called]]] = field(default_factory=lambda: defaultdict(list))
    # Words of the place that the root stands for, which texts add: "Sở Nội vụ tỉnh Lạng Sơn".
    place: str = ""
    # Tree of words for finding names in running text: word -> tree; "" -> the key that ends here.
    tree: dict = field(default_factory=dict)

    def kinds(self) -> set[str]:
        """Return the kinds that exist."""
        return {kind for kind, _level in self.living.values()}


def build(root_id: int, on: datetime.date) -> Index:
    """Return the index of the names on a date: current names, former ones, those of units that have ended."""
    index = Index(root_id, on)
    versions = UnitVersion.objects.filter(unit__root_id=root_id, valid_from__lte=on)
    codes: dict[int, str] = {}
    for pk, unit, kind, level, code, until in versions.values_list(
        "pk", "unit_id", "kind", "level", "code", "valid_to"
    ):
        if until is None or until > on:
            index.living[unit] = (kind, level)
            codes[pk] = code
            if code:
                index.called[key_of(code)].append(Called(unit, Reason.CODE, code, sort_key(code), kind))
    rows = list(_names(root_id, on))
    index.place = _place(root_id, rows, codes)
    for version, unit, name, short, symbol in rows:
        _add_name(index, unit, name, short, symbol, current=version in codes)
    aliases = UnitAlias.objects.filter(unit__root_id=root_id)
    for unit, alias in aliases.values_list("unit_id", "alias"):
        _add(index, alias, unit, Reason.ALIAS if unit in index.living else Reason.ENDED)
    _weigh(index)
    _plant(index)
    return index


def _names(root_id: int, on: datetime.date) -> Iterable[tuple[int, int, str, str, str]]:
    names = UnitName.objects.filter(
        version__unit__root_id=root_id, version__withdrawn_at=None, version__valid_from__lte=on
    )
    return names.order_by("version__valid_from", "pk").values_list(
        "version_id", "version__unit_id", "name", "short", "symbol"
    )


def _place(root_id: int, rows: Iterable[tuple], current: Iterable[int]) -> str:
    """Return the proper name in the root's name: "lang son" of "Tỉnh ủy Lạng Sơn"."""
    for version, unit, name, _short, _symbol in rows:
        if unit == root_id and version in current:
            head, _kind, rest = split_head(key_of(name))
            if head and len(rest.split()) > 1:
                return rest
    return ""


def without_place(key: str, place: str) -> str:
    """Return a key without the place of the root at its end: "so noi vu tinh lang son" -> "so noi vu"."""
    if not place or not key.endswith(f" {place}"):
        return key
    rest = key[: -len(place) - 1]
    for word in ("tinh", "thanh pho", "province", "province de", "cua tinh"):
        if rest.endswith(f" {word}"):
            rest = rest[: -len(word) - 1]
    return rest if len(rest.split()) > 1 else key


def _add_name(index: Index, unit: int, name: str, short: str, symbol: str, *, current: bool) -> None:
    if current:
        reasons = (Reason.NAME, Reason.SHORT, Reason.SYMBOL)
    elif unit in index.living:
        reasons = (Reason.FORMER, Reason.FORMER, Reason.FORMER)
    else:
        reasons = (Reason.ENDED, Reason.ENDED, Reason.ENDED)
    for text, reason in zip((name, short, symbol), reasons, strict=True):
        if text:
            _add(index, text, unit, reason)


def _add(index: Index, text: str, unit: int, reason: Reason) -> None:
    key = key_of(text)
    if not key:
        return
    kind = index.living.get(unit, ("", ""))[0]
    called = Called(unit, reason, text, sort_key(" ".join(text.split())), kind)
    keys = {key, without_place(key, index.place), " ".join(without_and(key.split()))}
    for each in keys:
        if called not in index.called[each]:
            index.called[each].append(called)
    if reason == Reason.SYMBOL:
        return
    _head, named_kind, proper = split_head(key)
    if proper and named_kind and len(proper) > 2:
        index.proper[proper].append(Called(unit, reason, text, called.exact, named_kind or kind))
    if reason in (Reason.NAME, Reason.SHORT, Reason.ALIAS):
        for each in keys:
            for acronym, _count in acronyms_of(each):
                entry = Called(unit, Reason.ACRONYM, text, called.exact, kind)
                if entry not in index.acronyms[acronym]:
                    index.acronyms[acronym].append(entry)
        sounded = sound(proper or key)
        index.by_skeleton[skeleton(sounded)].append((sounded, called))


def _weigh(index: Index) -> None:
    """Fill what close spellings and words are found by: living names only."""
    counts: Counter[str] = Counter()
    for key, several in index.called.items():
        if any(c.unit_id in index.living and c.reason not in (Reason.CODE, Reason.SYMBOL) for c in several):
            words = set(key.split())
            counts.update(words)
            for word in words:
                index.by_word[word].add(key)
            # The word for the kind is shared by hundreds of names and tells nothing of the spelling.
            for gram in trigrams(split_head(key)[2]):
                index.by_trigram[gram].add(key)
    total = max(len(index.living), 2)
    index.weight = {word: math.log(1 + total / count) for word, count in counts.items()}
    index.rarest = math.log(1 + total)


def _plant(index: Index) -> None:
    """Plant every key that may stand in running text: whole names, short names, symbols, acronyms after their head."""
    for key, several in index.called.items():
        if any(c.reason != Reason.CODE for c in several):
            _grow(index, key)
    for key in index.acronyms:
        if " " in key or len(key) > 3:
            _grow(index, key)


def _grow(index: Index, key: str) -> None:
    node = index.tree
    for word in key.split():
        node = node.setdefault(word, {})
    node[""] = key


_kept: "OrderedDict[tuple[int, datetime.date], tuple[int, Index]]" = OrderedDict()
_lock = threading.Lock()
KEPT = 3


def index_of(root_id: int, on: datetime.date) -> Index:
    """Return the index of an organisation on a date: built anew only after it changed. One query if it has not."""
    revision = revision_of(root_id)
    with _lock:
        kept = _kept.get((root_id, on))
        if kept is not None and kept[0] == revision:
            _kept.move_to_end((root_id, on))
            return kept[1]
    index = build(root_id, on)
    with _lock:
        _kept[(root_id, on)] = (revision, index)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return index


def forget() -> None:
    """Forget what is kept: for tests that write names around the services."""
    with _lock:
        _kept.clear()


def known_terms() -> Iterator[tuple[str, str, bool]]:
    """Yield (folded words, code, whether it is a level) for every word that means all units of a kind or level."""
    for terms, is_level in ((KINDS, False), (LEVELS, True)):
        for code, term in terms.items():
            for word in term.words:
                yield key_of(word), code, is_level

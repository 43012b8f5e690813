"""What can be found. The app that owns a kind of record registers it when it is ready."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from prytany.core.scope import Scope


@dataclass(frozen=True, slots=True)
class Card:
    """How one hit is shown: `lead` is a number or symbol set left to right, `note` a short line under the title."""

    url: str
    title: str
    lead: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record.

    `visible(scope)` gives the rows that a scope may find, `cards(scope, ids)` what is shown of those in `ids`; both are
    the owner's. `label` is the plural, as a heading. A number leads straight to the records of a kind that `jumps`.
    """

    code: str
    label: Any
    icon: str
    visible: Callable[[Scope], QuerySet[Any]]
    cards: Callable[[Scope, Iterable[int]], Mapping[int, Card]]
    weight: int = 100
    jumps: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A place to go to, offered while somebody types: a unit, a page, an act."""

    label: str
    url: str
    icon: str
    note: str = ""


Suggester = Callable[[Scope, str], list[Suggestion]]

_KINDS: dict[str, Kind] = {}
_SUGGESTERS: dict[str, Suggester] = {}


def register(
    code: str,
    *,
    label: Any,
    icon: str,
    queryset_for: Callable[[Scope], QuerySet[Any]],
    cards: Callable[[Scope, Iterable[int]], Mapping[int, Card]],
    weight: int = 100,
    jumps: bool = False,
) -> None:
    """Let records of `code` be found; a code registered again is replaced. Lower `weight` stands first."""
    _KINDS[code] = Kind(code, label, icon, queryset_for, cards, weight, jumps)


def unregister(code: str) -> None:
    """Forget a kind; for tests."""
    _KINDS.pop(code, None)


def kinds() -> list[Kind]:
    """Return all kinds in the order in which hits are shown."""
    return sorted(_KINDS.values(), key=lambda kind: (kind.weight, kind.code))


def register_suggester(code: str, suggest: Suggester) -> None:
    """Let an app offer places while somebody types: `suggest(scope, text)` returns the best few, quickly."""
    _SUGGESTERS[code] = suggest


def suggesters() -> list[Suggester]:
    """Return what apps offer while somebody types."""
    return list(_SUGGESTERS.values())

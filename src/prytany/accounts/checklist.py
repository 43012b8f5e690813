"""The list of what is to be set up, shown to administrators with done or open; apps register their items."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from prytany.core.frame import first_url
from prytany.core.scope import Scope


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to set up: what, why in one sentence, where (names of addresses, best first), and whether it is done.

    `facts` adds what is there already, such as "65 units"; `concerns` tells where the item is no matter at all.
    """

    code: str
    title: Any
    reason: Any
    urls: tuple[str, ...]
    is_done: Callable[[Scope], bool]
    facts: Callable[[Scope], str] | None = None
    weight: int = 100
    concerns: Callable[[Scope], bool] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An item as one administrator sees it."""

    code: str
    title: Any
    reason: Any
    url: str
    done: bool
    facts: str


_items: dict[str, Item] = {}


def register(item: Item) -> None:
    """Add an item; one with the same code is replaced."""
    _items[item.code] = item


def lines(scope: Scope) -> list[Line]:
    """Return the list for `scope`, in its order."""
    return [
        Line(
            item.code,
            item.title,
            item.reason,
            first_url(*item.urls),
            item.is_done(scope),
            item.facts(scope) if item.facts else "",
        )
        for item in sorted(_items.values(), key=lambda item: item.weight)
        if item.concerns is None or item.concerns(scope)
    ]

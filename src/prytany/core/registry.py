"""Where upper apps announce what the frame and the pages of lower apps show of them. Register in `AppConfig.ready`.

@registry.rail_counts.register("desk")
def waiting(scope: Scope) -> int: ...
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.http import HttpRequest

from prytany.core.scope import Scope

F = TypeVar("F", bound=Callable[..., Any])


class Registry(Generic[F]):
    """Functions by key, in the order of `weight`, then of registration; a key registered again is replaced."""

    def __init__(self) -> None:
        self._entries: dict[str, tuple[int, F]] = {}

    def register(self, key: str, *, weight: int = 100) -> Callable[[F], F]:
        """Return a decorator that registers a function under `key`."""

        def keep(function: F) -> F:
            self._entries[key] = (weight, function)
            return function

        return keep

    def get(self, key: str) -> F | None:
        """Return the function under `key`, or None."""
        entry = self._entries.get(key)
        return entry[1] if entry else None

    def remove(self, key: str) -> None:
        """Forget `key`; for tests."""
        self._entries.pop(key, None)

    def __iter__(self) -> Iterator[tuple[str, F]]:
        for key, (_weight, function) in sorted(self._entries.items(), key=lambda item: item[1][0]):
            yield key, function


@dataclass(frozen=True, slots=True)
class Panel:
    """A piece of an upper app's page shown on a lower app's: a template and its context."""

    template: str
    context: dict[str, Any]


# Rail key -> what waits for this person's decision there (red seal).
rail_counts: Registry[Callable[[Scope], int]] = Registry()

# Rail key -> (label, icon, name of the address), for entries that `core.frame.RAIL` does not know.
rail_entries: dict[str, tuple[object, str, str]] = {}

# Section of My desk -> rows of it: callables (scope) -> list of rows or a Panel.
desk_items: Registry[Callable[[Scope], Any]] = Registry()

# What the frame and the lists ask:
#   "office_name" (request) -> str       the office or unit named in the header
#   "post_title" (appointment) -> str    the post's title in the active language
#   "unread" (scope) -> int              unread notices
#   "save_language" (request, code)      keep a person's language
#   "keys_off" (scope) -> bool           this person has switched single-letter keys off
#   "columns" (scope, list) -> list | None    the columns this person chose for a list
#   "led_to" (scope, token, act) -> str  what a form led to, done once for its token; ask it through `core.once`
frame: Registry[Callable[..., Any]] = Registry()

_panels: dict[str, Registry[Callable[[HttpRequest, Any], Panel | None]]] = {}


def panels(name: str) -> Registry[Callable[[HttpRequest, Any], Panel | None]]:
    """Return the registry of panels of the page `name`, as `documents.detail`."""
    return _panels.setdefault(name, Registry())


def panels_of(name: str, request: HttpRequest, subject: Any) -> list[Panel]:
    """Return the panels that have something to show about `subject` on the page `name`."""
    found = (function(request, subject) for _key, function in panels(name))
    return [panel for panel in found if panel is not None]

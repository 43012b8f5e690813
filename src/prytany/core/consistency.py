"""What can be checked of the records at any time, and rebuilt from other records.

An app declares its checks in its module `consistency.py`:

@check("organisation.closure", "units stand below those that their relations name", rebuild=rebuild_all)
def closure_faults() -> Iterable[str]: ...
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.module_loading import autodiscover_modules

Find = Callable[[], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that has to hold. `find` yields a sentence per fault, with keys and never with content.

    `rebuild` makes it hold again where the checked rows are derived from others. `derived` marks what a backup does
    not hold (an index outside the tables) and what is therefore rebuilt after each restore.
    """

    key: str
    title: str
    find: Find
    rebuild: Callable[[], Any] | None = None
    derived: bool = False

    def faults(self, limit: int = 20) -> list[str]:
        """Return the first faults."""
        return list(islice(self.find(), limit))


_CHECKS: dict[str, Check] = {}


def check(
    key: str, title: str, *, rebuild: Callable[[], Any] | None = None, derived: bool = False
) -> Callable[[Find], Find]:
    """Return a decorator that registers a function as the check `key` (`app.what`)."""

    def keep(find: Find) -> Find:
        _CHECKS[key] = Check(key, title, find, rebuild, derived)
        return find

    return keep


def checks(keys: Iterable[str] = ()) -> Iterator[Check]:
    """Yield all checks in the order of their keys, or those named. KeyError for a name that there is not."""
    autodiscover_modules("consistency")
    for key in sorted(keys or _CHECKS):
        yield _CHECKS[key]


def rebuild_derived() -> list[str]:
    """Rebuild what no backup holds; return the keys."""
    derived = [one for one in checks() if one.derived and one.rebuild]
    for one in derived:
        if one.rebuild:
            one.rebuild()
    return [one.key for one in derived]

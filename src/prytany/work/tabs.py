"""How much each tab of the list of tasks holds: one statement for all of them."""

from collections.abc import Sequence
from functools import lru_cache

from prytany.core.lists import Count, Counting
from prytany.core.scope import Scope
from prytany.work.lists import View
from prytany.work.waiting import Asker

# Beyond it stands "100+": the list itself counts further.
MOST_COUNTED = 100


def tab_counts(scope: Scope, views: Sequence[View]) -> list[Count]:
    """Return how many open parts each view holds for `scope`, up to a ceiling; one query."""
    return _counting(Asker(scope), tuple(views)).run() if views else []


@lru_cache(maxsize=2000)
def _counting(asker: Asker, views: tuple[View, ...]) -> Counting:
    """Return the statement; putting it together costs more than asking, and it stays the same for a scope and day."""
    return Counting.of([view.rows(asker.scope).open() for view in views], MOST_COUNTED)

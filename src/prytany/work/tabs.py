"""How much each tab of the list of tasks holds: one statement for all of them."""

from collections.abc import Sequence
from functools import lru_cache

from prytany.core.lists import Count, Counting
from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.organisation.reach import holds_root
from prytany.work.lists import View
from prytany.work.waiting import Asker

# Beyond it stands "100+": the list itself counts further.
MOST_COUNTED = 100


def tab_counts(scope: Scope, views: Sequence[View]) -> list[Count | None]:
    """Return how many open parts each view holds for `scope`, up to a ceiling; one query.

    None where it costs too much: what the units below have assigned among each other is no index's to tell.
    """
    counted = tuple(view for view in views if view.code != "all" or holds_root(scope, Permission.TASK_READ))
    found = dict(zip(counted, _counting(Asker(scope), counted).run(), strict=True)) if counted else {}
    return [found.get(view) for view in views]


@lru_cache(maxsize=2000)
def _counting(asker: Asker, views: tuple[View, ...]) -> Counting:
    """Return the statement; putting it together costs more than asking, and it stays the same for a scope and day."""
    return Counting.of([view.rows(asker.scope).open() for view in views], MOST_COUNTED)

"""What is looked up again and again and stays the same as long as an organisation does: names, who assigns for whom."""

import threading
from collections import OrderedDict
from collections.abc import Collection
from typing import Any

from django.utils import translation

from prytany.core.scope import Scope
from prytany.organisation.matching import UnitMatcher
from prytany.organisation.names import unit_labels
from prytany.organisation.reach import ancestors, know_ancestors
from prytany.work.services.drafting import assigning_unit_id

MOST = 12
_kept: "OrderedDict[tuple[Any, ...], tuple[object, dict[int, Any]]]" = OrderedDict()
_lock = threading.Lock()


def _beside(matcher: UnitMatcher, subject: str) -> dict[int, Any]:
    """Return notes by unit that are kept as long as the names of the organisation, and empty again after a change."""
    key = (matcher.root_id, matcher.on, subject)
    with _lock:
        kept = _kept.get(key)
        if kept is None or kept[0] is not matcher.index:
            kept = _kept[key] = (matcher.index, {})
        _kept.move_to_end(key)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
        return kept[1]


def unit_names(matcher: UnitMatcher, unit_ids: Collection[int]) -> dict[int, str]:
    """Return the names of units in the reader's language; a unit without a name is left out."""
    known = _beside(matcher, f"names {translation.get_language()}")
    wanted = [unit_id for unit_id in unit_ids if unit_id not in known]
    if wanted:
        labels = unit_labels(wanted, on=matcher.on)
        known.update({unit_id: labels[unit_id].name if unit_id in labels else "" for unit_id in wanted})
    return {unit_id: known[unit_id] for unit_id in unit_ids if known[unit_id]}


def assigning_unit(scope: Scope, matcher: UnitMatcher) -> int:
    """Return the unit in whose name `scope` assigns; what stands above it is known afterwards."""
    known = _beside(matcher, "assigning")
    key = scope.unit_id or 0
    if key not in known:
        unit_id = assigning_unit_id(scope) or 0
        known[key] = (unit_id, ancestors(scope, unit_id))
    unit_id, above = known[key]
    know_ancestors(scope, unit_id, above)
    return int(unit_id)

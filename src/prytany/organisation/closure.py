"""The closure of unit relations: who is above whom from when to when. Always rebuilt whole, never patched."""

import contextvars
import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db.models import Q

from prytany.organisation.models import Hierarchy, UnitLink, UnitRelation, UnitVersion

FAR = datetime.date.max
Span = tuple[datetime.date, datetime.date]
Row = tuple[int, int, int, datetime.date, datetime.date | None]


class CycleOfUnits(ValueError):
    """Units would stand above themselves on some date; `units` holds their keys in order, the first again at the end.

    `on` is the first date on which they would.
    """

    def __init__(self, units: tuple[int, ...], on: datetime.date) -> None:
        super().__init__(f"cycle of units {units} on {on}")
        self.units, self.on = units, on


def expected_links(hierarchy: str = Hierarchy.LINE, root_id: int | None = None) -> set[Row]:
    """Return (ancestor, descendant, depth, from, to) for every unit and everything above it on some date.

    In `line` every unit is its own ancestor at depth 0; in the other hierarchies only units that take part in them.
    With `root_id` only the units of that root. A cycle on any date, future included, raises CycleOfUnits.
    """
    upward: dict[int, list[tuple[int, Span]]] = defaultdict(list)
    taking_part: set[int] = set()
    relations = UnitRelation.objects.filter(_of_root("unit", root_id), hierarchy=hierarchy)
    for unit, parent, start, end in relations.values_list("unit_id", "parent_id", "valid_from", "valid_to"):
        upward[unit].append((parent, (start, end or FAR)))
        taking_part.update((unit, parent))
    rows: set[Row] = set()
    for unit, span in _lifetimes(root_id):
        if hierarchy != Hierarchy.LINE and unit not in taking_part:
            continue
        for ancestor, depth, (start, end) in _climb(unit, span, upward):
            rows.add((ancestor, unit, depth, start, None if end == FAR else end))
    return rows


def _of_root(field: str, root_id: int | None) -> Q:
    return Q() if root_id is None else Q(**{f"{field}__root_id": root_id})


def _lifetimes(root_id: int | None) -> Iterator[tuple[int, Span]]:
    """Yield each unit with each unbroken span of its versions."""
    versions = UnitVersion.objects.filter(_of_root("unit", root_id)).order_by("unit_id", "valid_from")
    current: tuple[int, Span] | None = None
    for unit, start, end in versions.values_list("unit_id", "valid_from", "valid_to"):
        if current and current[0] == unit and current[1][1] == start:
            current = (unit, (current[1][0], end or FAR))
            continue
        if current:
            yield current
        current = (unit, (start, end or FAR))
    if current:
        yield current


def _climb(unit: int, span: Span, upward: dict[int, list[tuple[int, Span]]]) -> Iterator[tuple[int, int, Span]]:
    """Yield (ancestor, depth, span) for `unit` itself and all above it, each over the dates that the path holds."""
    waiting: list[tuple[int, int, Span, tuple[int, ...]]] = [(unit, 0, span, (unit,))]
    while waiting:
        here, depth, (start, end), path = waiting.pop()
        yield here, depth, (start, end)
        for parent, (since, until) in upward.get(here, ()):
            low, high = max(start, since), min(end, until)
            if low >= high:
                continue
            if parent in path:
                raise CycleOfUnits((*path[path.index(parent) :], parent), low)
            waiting.append((parent, depth + 1, (low, high), (*path, parent)))


def stored_links(hierarchy: str = Hierarchy.LINE, root_id: int | None = None) -> set[Row]:
    """Return the rows of the closure as they stand in the database."""
    links = UnitLink.objects.filter(_of_root("descendant", root_id), hierarchy=hierarchy)
    return set(links.values_list("ancestor_id", "descendant_id", "depth", "valid_from", "valid_to"))


def rebuild(hierarchy: str = Hierarchy.LINE, root_id: int | None = None) -> int:
    """Make the stored closure what the relations say; return how many rows changed. Call inside a transaction.

    With `root_id` only that root's part: the caller holds the lock of the root, so that nobody else rebuilds it at
    the same time. Without it all roots, for an installation that is being filled.
    """
    expected = expected_links(hierarchy, root_id)
    links = UnitLink.objects.filter(_of_root("descendant", root_id), hierarchy=hierarchy)
    rows = links.values_list("ancestor_id", "descendant_id", "depth", "valid_from", "valid_to", "pk")
    stored: dict[Row, int] = {}
    gone: list[int] = []
    for ancestor, descendant, depth, start, end, pk in rows:
        row = (ancestor, descendant, depth, start, end)
        if row in expected and row not in stored:
            stored[row] = pk
        else:
            gone.append(pk)
    new = expected - stored.keys()
    for first in range(0, len(gone), 1000):
        UnitLink.objects.filter(pk__in=gone[first : first + 1000]).delete()
    UnitLink.objects.bulk_create(
        [
            UnitLink(hierarchy=hierarchy, ancestor_id=a, descendant_id=d, depth=n, valid_from=f, valid_to=t)
            for a, d, n, f, t in sorted(new, key=lambda row: row[:4])
        ],
        batch_size=2000,
    )
    return len(gone) + len(new)


_waiting: contextvars.ContextVar[set[tuple[str, int]] | None] = contextvars.ContextVar("closure_waiting", default=None)


@contextmanager
def once_at_the_end() -> Iterator[None]:
    """Hold back the rebuilds that services ask for and do each of them once when the block ends without an error.

    For imports, the demo and change acts, inside one transaction. Inside the block the closure is that of before:
    units made in it are not yet below anything. A block within a block waits for the outer one.
    """
    if _waiting.get() is not None:
        yield
        return
    token = _waiting.set(set())
    try:
        yield
        asked = _waiting.get() or set()
    finally:
        _waiting.reset(token)
    for hierarchy, root_id in sorted(asked):
        rebuild(hierarchy, root_id)


def refresh(root_id: int, hierarchies: Iterable[str] = (Hierarchy.LINE,)) -> None:
    """Rebuild these hierarchies of a root, or note them where `once_at_the_end` collects; CycleOfUnits as there."""
    waiting = _waiting.get()
    for hierarchy in hierarchies:
        if waiting is None:
            rebuild(hierarchy, root_id)
        else:
            waiting.add((str(hierarchy), root_id))

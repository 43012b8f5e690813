"""The closure of unit relations: who is above whom from when to when. Always rebuilt whole, never patched."""

import datetime
from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Max, Min, Q

from prytany.organisation.models import Hierarchy, UnitLink, UnitRelation, UnitVersion

FAR = datetime.date.max
Span = tuple[datetime.date, datetime.date]
Row = tuple[int, int, int, datetime.date, datetime.date | None]


def expected_links(hierarchy: str = Hierarchy.LINE) -> set[Row]:
    """Return (ancestor, descendant, depth, from, to) for every unit and everything above it on some date.

    A cycle on any date, future included, raises ValueError with the units in it.
    """
    upward: dict[int, list[tuple[int, Span]]] = defaultdict(list)
    relations = UnitRelation.objects.filter(hierarchy=hierarchy)
    for unit, parent, start, end in relations.values_list("unit_id", "parent_id", "valid_from", "valid_to"):
        upward[unit].append((parent, (start, end or FAR)))
    rows: set[Row] = set()
    for unit, span in _lifetimes():
        for ancestor, depth, (start, end) in _climb(unit, span, upward):
            rows.add((ancestor, unit, depth, start, None if end == FAR else end))
    return rows


def _lifetimes() -> Iterator[tuple[int, Span]]:
    """Yield each unit with the span from its first version to the end of its last."""
    spans = UnitVersion.objects.values("unit_id").annotate(
        first=Min("valid_from"), last=Max("valid_to"), open_ended=Min("pk", filter=Q(valid_to=None))
    )
    for row in spans.values_list("unit_id", "first", "last", "open_ended"):
        unit, first, last, open_ended = row
        yield unit, (first, FAR if open_ended is not None else last)


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
                raise ValueError(f"cycle of units: {(*path, parent)}")
            waiting.append((parent, depth + 1, (low, high), (*path, parent)))


def stored_links(hierarchy: str = Hierarchy.LINE) -> set[Row]:
    """Return the rows of the closure as they stand in the database."""
    links = UnitLink.objects.filter(hierarchy=hierarchy)
    return set(links.values_list("ancestor_id", "descendant_id", "depth", "valid_from", "valid_to"))


def rebuild(hierarchy: str = Hierarchy.LINE) -> int:
    """Make the stored closure what the relations say; return how many rows changed. Call inside a transaction."""
    expected, stored = expected_links(hierarchy), stored_links(hierarchy)
    gone, new = stored - expected, expected - stored
    if len(gone) > 500:
        UnitLink.objects.filter(hierarchy=hierarchy).delete()
        new = expected
    else:
        for ancestor, descendant, depth, start, _end in gone:
            UnitLink.objects.filter(
                hierarchy=hierarchy, ancestor=ancestor, descendant=descendant, depth=depth, valid_from=start
            ).delete()
    UnitLink.objects.bulk_create(
        [
            UnitLink(hierarchy=hierarchy, ancestor_id=a, descendant_id=d, depth=n, valid_from=f, valid_to=t)
            for a, d, n, f, t in sorted(new, key=lambda row: row[:4])
        ],
        batch_size=2000,
    )
    return len(gone) + len(new)

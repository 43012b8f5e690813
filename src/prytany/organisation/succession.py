"""What became of units, and of what they came: the same people in other boundaries."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from django.db.models import Q

from prytany.organisation.models import Succession, UnitVersion

Steps = Callable[[set[int]], Iterable[tuple[int, int]]]


def _existing(unit_ids: Iterable[int], on: datetime.date) -> set[int]:
    return set(UnitVersion.objects.on(on).filter(unit_id__in=set(unit_ids)).values_list("unit_id", flat=True))


def successors_on(unit_ids: Iterable[int], date: datetime.date) -> Mapping[int, tuple[int, ...]]:
    """Return for each unit the units that stand for it on `date`: "in today's boundaries".

    A unit that exists then stands for itself, whatever it gave away before. One that has ended is followed through its
    successions up to `date`, split ones to several units; it has none where it was dissolved. Two queries for units
    that exist or whose successors do, one more for each further step between.
    """
    wanted = set(unit_ids)

    def forward(ended: set[int]) -> Iterable[tuple[int, int]]:
        rows = Succession.objects.filter(predecessor_id__in=ended, successor__isnull=False, on__lte=date)
        return rows.order_by("on", "pk").values_list("predecessor_id", "successor_id")

    return _walk(wanted, date, forward)


def _walk(wanted: set[int], date: datetime.date, steps: Steps) -> dict[int, tuple[int, ...]]:
    living = _existing(wanted, date)
    edges: dict[int, list[int]] = defaultdict(list)
    frontier, seen = wanted - living, set(wanted)
    while frontier:
        reached: set[int] = set()
        for unit, following in steps(frontier):
            edges[unit].append(following)
            reached.add(following)
        reached -= seen
        seen |= reached
        living |= _existing(reached, date) if reached else set()
        frontier = reached - living
    return {unit: _ends(unit, living, edges) for unit in wanted}


def _ends(unit: int, living: set[int], edges: Mapping[int, list[int]]) -> tuple[int, ...]:
    """Return the living units that are reached from `unit`, each once, in the order of the successions."""
    found: dict[int, None] = {}
    waiting, seen = [unit], {unit}
    while waiting:
        here = waiting.pop(0)
        if here in living:
            found[here] = None
            continue
        for following in edges.get(here, ()):
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return tuple(found)


def predecessors_of(unit_ids: Iterable[int], on: datetime.date | None = None) -> Mapping[int, tuple[int, ...]]:
    """Return for each unit all units it came from, nearest first; with `on` only those that existed on that date.

    Functions that were transferred between living units count as coming from the giver.
    """
    wanted = set(unit_ids)
    edges: dict[int, list[int]] = defaultdict(list)
    frontier, seen = set(wanted), set(wanted)
    while frontier:
        rows = Succession.objects.filter(successor_id__in=frontier).order_by("-on", "pk")
        reached: set[int] = set()
        for successor, predecessor in rows.values_list("successor_id", "predecessor_id"):
            edges[successor].append(predecessor)
            reached.add(predecessor)
        frontier = reached - seen
        seen |= reached
    there = _existing(seen, on) if on else seen
    return {unit: tuple(p for p in _reached(unit, edges) if p in there) for unit in wanted}


def _reached(unit: int, edges: Mapping[int, list[int]]) -> list[int]:
    found: dict[int, None] = {}
    waiting = [unit]
    while waiting:
        for before in edges.get(waiting.pop(0), ()):
            if before not in found and before != unit:
                found[before] = None
                waiting.append(before)
    return list(found)


def boundaries(unit_ids: Iterable[int], today: datetime.date) -> Mapping[int, tuple[int, ...]]:
    """Return the inverse of `successors_on`: for each unit of `today` the given units that it stands for."""
    inverse: dict[int, list[int]] = defaultdict(list)
    for unit, successors in successors_on(unit_ids, today).items():
        for successor in successors:
            inverse[successor].append(unit)
    return {unit: tuple(sorted(rows)) for unit, rows in inverse.items()}


def family(unit_id: int) -> Q:
    """Return the condition on Succession for every row that names the unit, on either side."""
    return Q(predecessor_id=unit_id) | Q(successor_id=unit_id)

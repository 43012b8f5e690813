"""From the reaches of a Scope to conditions on rows: one function that every `visible_to` builds on."""

from collections.abc import Iterable

from django.db.models import Q

from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.organisation.models import Hierarchy, Unit, UnitLink, UnitQuerySet

NOTHING = Q(pk__in=())


def within(scope: Scope, permission: Permission, field: str, root_field: str | None = None) -> Q:
    """Return the condition that the unit in `field` (a foreign key's name) lies where `permission` is held.

    Where the reach is a whole root and the model keeps its root, name that column in `root_field`: one comparison
    instead of a subquery over the closure.
    """
    condition = NOTHING
    for reach in scope.reaches(permission):
        if not reach.subtree:
            condition |= Q(**{f"{field}_id": reach.unit_id})
        elif root_field and reach.unit_id == scope.root_id:
            condition |= Q(**{root_field: scope.root_id})
        else:
            below = UnitLink.objects.on(scope.today).filter(hierarchy=Hierarchy.LINE, ancestor_id=reach.unit_id)
            condition |= Q(**{f"{field}_id__in": below.values("descendant_id")})
    return condition


def holds_root(scope: Scope, permission: Permission) -> bool:
    """Tell whether `permission` is held over everything of the scope's root: then rows need no look at their units."""
    return any(reach.subtree and reach.unit_id == scope.root_id for reach in scope.reaches(permission))


def own_line(scope: Scope, field: str) -> Q:
    """Return the condition that the unit in `field` is the one `scope` acts from, or stands above it in the line.

    For what stays inside a unit: seen by its people and those of the units below it, never from above.
    """
    if scope.unit_id is None:
        return NOTHING
    return Q(**{f"{field}_id__in": sorted(ancestors(scope, scope.unit_id))})


def ancestors(scope: Scope, unit_id: int) -> frozenset[int]:
    """Return the unit and all above it in the line today; looked up once for a scope."""
    key = ("ancestors", unit_id)
    if key not in scope.memo:
        links = UnitLink.objects.on(scope.today).filter(hierarchy=Hierarchy.LINE, descendant_id=unit_id)
        scope.memo[key] = frozenset(links.values_list("ancestor_id", flat=True))
    return scope.memo[key]


def know_ancestors(scope: Scope, unit_id: int, above: Iterable[int]) -> None:
    """Keep what a page has read already: the units above `unit_id` in the line today."""
    scope.memo[("ancestors", unit_id)] = frozenset({unit_id, *above})


def know_all_ancestors(scope: Scope, unit_ids: Iterable[int]) -> None:
    """Look up what stands above each of these units of the scope's root, with one query, for rows that ask `covers`."""
    wanted = {unit_id for unit_id in unit_ids if ("ancestors", unit_id) not in scope.memo}
    if not wanted:
        return
    above: dict[int, set[int]] = {unit_id: set() for unit_id in wanted}
    links = UnitLink.objects.on(scope.today).filter(hierarchy=Hierarchy.LINE, descendant_id__in=wanted)
    for unit_id, ancestor in links.values_list("descendant_id", "ancestor_id"):
        above[unit_id].add(ancestor)
    for unit_id, found in above.items():
        scope.memo[("ancestors", unit_id)] = frozenset(found)
        scope.memo[("in_root", unit_id)] = True


def covers(scope: Scope, permission: Permission, unit_id: int | None) -> bool:
    """Tell whether `permission` is held at the unit `unit_id` today."""
    if unit_id is None:
        return False
    reaches = scope.reaches(permission)
    if any(reach.unit_id == unit_id for reach in reaches):
        return True
    wide = {reach.unit_id for reach in reaches if reach.subtree}
    if not wide:
        return False
    return not wide.isdisjoint(ancestors(scope, unit_id)) or (scope.root_id in wide and in_root(scope, unit_id))


def in_root(scope: Scope, unit_id: int) -> bool:
    """Tell whether the unit belongs to the scope's root: as `within` with the root's column does, this holds for
    partner bodies, which stand under none, and for abolished units.
    """
    key = ("in_root", unit_id)
    if key not in scope.memo:
        scope.memo[key] = Unit.objects.filter(pk=unit_id, root_id=scope.root_id).exists()
    found: bool = scope.memo[key]
    return found


def units(scope: Scope, permission: Permission) -> UnitQuerySet:
    """Return the queryset of units where `permission` is held, for the choices of a form."""
    return Unit.objects.filter(within_self(scope, permission))


def within_self(scope: Scope, permission: Permission) -> Q:
    """Return the condition on Unit itself that it lies where `permission` is held."""
    condition = NOTHING
    for reach in scope.reaches(permission):
        if not reach.subtree:
            condition |= Q(pk=reach.unit_id)
        else:
            below = UnitLink.objects.on(scope.today).filter(hierarchy=Hierarchy.LINE, ancestor_id=reach.unit_id)
            condition |= Q(pk__in=below.values("descendant_id"))
    return condition

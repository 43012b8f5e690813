"""What has to be true of an organisation on every date, looked at after a change for the units that it touched."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from prytany.core.errors import DomainError
from prytany.organisation.models import Hierarchy, UnitName, UnitRelation, UnitVersion
from prytany.organisation.names import NAMELESS, unit_labels

FAR = datetime.date.max
Span = tuple[datetime.date, datetime.date]

# Above this many units the whole root is read instead of naming each unit in the query.
MANY = 500


def ends_after(day: datetime.date) -> Q:
    """Return the condition that a dated row ends after `day` or not at all."""
    return Q(valid_to=None) | Q(valid_to__gt=day)


def check_organisation(root_id: int, unit_ids: Collection[int]) -> None:
    """Raise DomainError where a relation outlives a unit, or a code or a name is used twice at the same time."""
    if unit_ids:
        _check_relations(root_id, unit_ids)
        _check_codes(root_id, unit_ids)
        _check_names(root_id, unit_ids)


def _of(field: str, root_id: int, unit_ids: Collection[int]) -> Q:
    if len(unit_ids) > MANY:
        return Q(**{f"{field}__root_id": root_id})
    return Q(**{f"{field}_id__in": unit_ids})


def lifetimes(root_id: int, unit_ids: Collection[int]) -> dict[int, list[Span]]:
    """Return the unbroken spans in which each unit exists, in order; open ends as the last day there is."""
    spans: dict[int, list[Span]] = defaultdict(list)
    versions = UnitVersion.objects.filter(_of("unit", root_id, unit_ids)).order_by("unit_id", "valid_from")
    for unit, start, end in versions.values_list("unit_id", "valid_from", "valid_to"):
        if spans[unit] and spans[unit][-1][1] == start:
            start = spans[unit].pop()[0]
        spans[unit].append((start, end or FAR))
    return spans


def _check_relations(root_id: int, unit_ids: Collection[int]) -> None:
    touching = _of("unit", root_id, unit_ids) | _of("parent", root_id, unit_ids)
    relations = list(
        UnitRelation.objects.filter(touching).values_list("unit_id", "parent_id", "hierarchy", "valid_from", "valid_to")
    )
    lives = lifetimes(root_id, {unit for row in relations for unit in row[:2]} | set(unit_ids))
    for unit, parent, hierarchy, start, end in relations:
        until = end or FAR
        for one, other in ((unit, parent), (parent, unit)):
            if not any(since <= start and until <= last for since, last in lives.get(one, ())):
                raise _orphan(one, other, is_parent=one == parent, line=hierarchy == Hierarchy.LINE)


def _orphan(gone: int, left: int, *, is_parent: bool, line: bool) -> DomainError:
    labels = unit_labels([gone, left])
    words = {"gone": labels.get(gone, NAMELESS).name, "left": labels.get(left, NAMELESS).name}
    if is_parent and line:
        message = _("%(left)s stands under %(gone)s on dates on which %(gone)s does not exist. Move it first.") % words
    else:
        message = _("%(left)s and %(gone)s are related on dates on which %(gone)s does not exist.") % words
    return DomainError("unit_without_parent", message)


def _check_codes(root_id: int, unit_ids: Collection[int]) -> None:
    own = UnitVersion.objects.filter(_of("unit", root_id, unit_ids)).exclude(code="")
    codes = set(own.values_list("code", flat=True))
    if not codes:
        return
    rows = UnitVersion.objects.filter(unit__root_id=root_id).exclude(code="")
    if len(codes) <= MANY:
        rows = rows.filter(code__in=codes)
    uses: dict[str, list[tuple[int, Span]]] = defaultdict(list)
    for code, unit, start, end in rows.values_list("code", "unit_id", "valid_from", "valid_to"):
        uses[code].append((unit, (start, end or FAR)))
    for code, several in uses.items():
        if clash := _clash(several):
            labels = unit_labels(clash)
            names = " · ".join(labels.get(unit, NAMELESS).name for unit in clash)
            message = _("Two units would have the code %(code)s at the same time: %(units)s.")
            raise DomainError(
                "unit_code_taken", message % {"code": code, "units": names}, {"code": _("This code is taken.")}
            )


def _check_names(root_id: int, unit_ids: Collection[int]) -> None:
    standing = UnitName.objects.filter(version__withdrawn_at=None)
    own = standing.filter(_of("version__unit", root_id, unit_ids))
    keys = set(own.values_list("sort_key", flat=True))
    rows = standing.filter(version__unit__root_id=root_id)
    if len(keys) <= MANY:
        rows = rows.filter(sort_key__in=keys)
    called: dict[tuple[str, str], set[tuple[int, Span]]] = defaultdict(set)
    for key, language, unit, start, end in rows.values_list(
        "sort_key", "language", "version__unit_id", "version__valid_from", "version__valid_to"
    ):
        called[(key, language)].add((unit, (start, end or FAR)))
    doubtful = {key: uses for key, uses in called.items() if len({unit for unit, _span in uses}) > 1}
    if not doubtful:
        return
    above = _parents(root_id, {unit for uses in doubtful.values() for unit, _span in uses})
    for uses in doubtful.values():
        by_parent: dict[int | None, list[tuple[int, Span]]] = defaultdict(list)
        for unit, (start, end) in uses:
            for parent, since, until in above.get(unit, ()):
                if max(start, since) < min(end, until):
                    by_parent[parent].append((unit, (max(start, since), min(end, until))))
        for parent, several in by_parent.items():
            if clash := _clash(several):
                raise _same_name(clash[0], parent)


def _same_name(unit: int, parent: int | None) -> DomainError:
    labels = unit_labels([unit, parent])
    message = _("%(parent)s already has a unit called %(name)s at that time.") % {
        "parent": labels.get(parent or 0, NAMELESS).name,
        "name": labels.get(unit, NAMELESS).name,
    }
    return DomainError("unit_name_taken", message, {"name": message})


def _parents(
    root_id: int, unit_ids: Collection[int]
) -> dict[int, list[tuple[int | None, datetime.date, datetime.date]]]:
    above: dict[int, list[tuple[int | None, datetime.date, datetime.date]]] = defaultdict(list)
    relations = UnitRelation.objects.filter(_of("unit", root_id, unit_ids), hierarchy=Hierarchy.LINE)
    for unit, parent, start, end in relations.values_list("unit_id", "parent_id", "valid_from", "valid_to"):
        above[unit].append((parent, start, end or FAR))
    return above


def _clash(uses: Iterable[tuple[int, Span]]) -> tuple[int, int] | None:
    """Return two different units whose spans overlap, or None."""
    ordered = sorted(uses, key=lambda use: use[1])
    for position, (unit, (_start, end)) in enumerate(ordered):
        for other, (start, _end) in ordered[position + 1 :]:
            if start >= end:
                break
            if other != unit:
                return unit, other
    return None

"""What hangs on units that a change act would end: counted by this app and by whatever app above registers a counter.

An app above registers from its `ready()`:

    @impact.counters.register("obligations")
    def count_open_obligations(unit_ids, on) -> Iterable[ImpactLine]: ...
"""

import datetime
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import PROTECT, Count
from django.utils.translation import gettext as _

from prytany.core.registry import Registry
from prytany.organisation.carrying import open_appointments, open_posts
from prytany.organisation.models import Unit


@dataclass(frozen=True, slots=True)
class ImpactLine:
    """One figure of a preview: `label` says what is counted, `by_unit` how many for each unit."""

    label: object
    by_unit: dict[int, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """The figure for all units."""
        return sum(self.by_unit.values())


Counter = Callable[[Collection[int], datetime.date], Iterable[ImpactLine]]
Holds = Callable[[Collection[int], datetime.datetime], Iterable[str]]
# What is open for units, shown before a change act is applied.
counters: Registry[Counter] = Registry()
# Reasons in sentences why an act that touched units can no longer be undone, beyond foreign keys to what it created.
holds: Registry[Holds] = Registry()


def impact_of(unit_ids: Collection[int], on: datetime.date) -> list[ImpactLine]:
    """Return what hangs on the units on a date: posts, people in office, and what the apps above count."""
    if not unit_ids:
        return []
    posts = open_posts(Unit.objects.filter(pk__in=unit_ids), on)
    unit_of = {post.pk: post.unit_id for post in posts}
    people: dict[int, int] = {}
    for appointment in open_appointments(posts, on):
        unit = unit_of[appointment.post_id]
        people[unit] = people.get(unit, 0) + 1
    per_unit: dict[int, int] = {}
    for unit in unit_of.values():
        per_unit[unit] = per_unit.get(unit, 0) + 1
    lines = [ImpactLine(_("Posts"), per_unit), ImpactLine(_("People in these posts"), people)]
    return lines + [line for _key, counter in counters for line in counter(unit_ids, on)]


def built_upon(model: Any, pks: Collection[int], *, besides: dict[str, set[int]]) -> dict[int, int]:
    """Return how many rows refer to each of these rows, so that it cannot be taken back; `besides` are known rows.

    Looks at every protected foreign key of every app, so that no app has to register anything.
    """
    found: dict[int, int] = {}
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.one_to_many or relation.one_to_one) or relation.concrete or relation.on_delete is not PROTECT:
            continue
        other, name = relation.related_model, relation.field.name
        rows = other._base_manager.filter(**{f"{name}__in": pks}).exclude(
            pk__in=besides.get(other._meta.model_name, set())
        )
        if any(f.name == "withdrawn_at" for f in other._meta.concrete_fields):
            rows = rows.filter(withdrawn_at=None)
        for pk, count in rows.order_by().values_list(name).annotate(n=Count("pk")):
            found[pk] = found.get(pk, 0) + count
    return found

"""The record of one unit: names by date and language, where it stood and stands, what it came from and became."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q
from django.utils.translation import pgettext_lazy

from prytany.core.scope import Scope
from prytany.organisation.models import (
    Hierarchy,
    Succession,
    Unit,
    UnitAlias,
    UnitMandate,
    UnitName,
    UnitRelation,
    UnitVersion,
)
from prytany.organisation.names import NAMELESS, UnitLabel, unit_labels

# How a unit stands to its parent in a hierarchy, and the parent to it.
UPWARD = {
    Hierarchy.LINE: pgettext_lazy("relation of units", "stands under"),
    Hierarchy.SERVES: pgettext_lazy("relation of units", "serves"),
    Hierarchy.GUIDES: pgettext_lazy("relation of units", "is guided by"),
    Hierarchy.ADVISES: pgettext_lazy("relation of units", "advises"),
    Hierarchy.SUPERVISES: pgettext_lazy("relation of units", "is supervised by"),
}
DOWNWARD = {
    Hierarchy.LINE: pgettext_lazy("relation of units", "stands above"),
    Hierarchy.SERVES: pgettext_lazy("relation of units", "is served by"),
    Hierarchy.GUIDES: pgettext_lazy("relation of units", "guides"),
    Hierarchy.ADVISES: pgettext_lazy("relation of units", "is advised by"),
    Hierarchy.SUPERVISES: pgettext_lazy("relation of units", "supervises"),
}


def last_day(end: datetime.date | None) -> datetime.date | None:
    """Return the last day of a range that is stored up to, not including, `end`: how screens show it."""
    return end - datetime.timedelta(days=1) if end is not None else None


@dataclass(slots=True)
class VersionLine:
    """One version with its names by language."""

    version: UnitVersion
    names: list[UnitName] = field(default_factory=list)

    @property
    def until(self) -> datetime.date | None:
        """The last day."""
        return last_day(self.version.valid_to)


@dataclass(frozen=True, slots=True)
class RelationLine:
    """How the unit stands to another: `word` reads from the unit ("serves", "guides")."""

    relation: UnitRelation
    word: object
    other: UUID
    label: UnitLabel
    is_up: bool

    @property
    def until(self) -> datetime.date | None:
        """The last day."""
        return last_day(self.relation.valid_to)


@dataclass(frozen=True, slots=True)
class SuccessionLine:
    """A unit this one came from or became part of; without `other` it was dissolved."""

    succession: Succession
    other: UUID | None
    label: UnitLabel


@dataclass
class UnitRecord:
    """All of it, for the tab of the record."""

    unit: Unit
    on: datetime.date
    label: UnitLabel
    versions: list[VersionLine]
    aliases: list[UnitAlias]
    relations: list[RelationLine]
    came_from: list[SuccessionLine]
    became: list[SuccessionLine]
    mandates: list[UnitMandate]

    @property
    def current(self) -> VersionLine | None:
        """The version on the date; after the end the last one, before the beginning the first."""
        held = [line for line in self.versions if line.version.valid_from <= self.on]
        return (held[-1] if held else self.versions[0]) if self.versions else None

    @property
    def exists(self) -> bool:
        """Whether the unit exists on the date."""
        return any(_holds(line.version, self.on) for line in self.versions)

    @property
    def first_day(self) -> datetime.date | None:
        """The day it began."""
        return self.versions[0].version.valid_from if self.versions else None

    @property
    def last_day(self) -> datetime.date | None:
        """The last day it existed; None while it does."""
        return self.versions[-1].until if self.versions else None

    @property
    def mandate(self) -> UnitMandate | None:
        """What the unit is for on the date."""
        return next((mandate for mandate in self.mandates if _holds(mandate, self.on)), None)

    @property
    def line(self) -> list[RelationLine]:
        """The units it stood and stands under."""
        return [line for line in self.relations if line.relation.hierarchy == Hierarchy.LINE]

    @property
    def other_relations(self) -> list[RelationLine]:
        """The relations outside the line."""
        return [line for line in self.relations if line.relation.hierarchy != Hierarchy.LINE]

    @property
    def parent(self) -> RelationLine | None:
        """The unit it stands under on the date."""
        return next((line for line in self.line if _holds(line.relation, self.on)), None)


def _holds(row: UnitVersion | UnitRelation | UnitMandate, on: datetime.date) -> bool:
    return row.valid_from <= on and (row.valid_to is None or row.valid_to > on)


def read_record(scope: Scope, uid: UUID, on: datetime.date) -> UnitRecord | None:
    """Return the record of a unit in six queries; None for a unit that is out of sight or was withdrawn."""
    versions: dict[int, VersionLine] = {}
    names = UnitName.objects.filter(version__unit__uid=uid, version__unit__root_id=scope.root_id)
    names = names.filter(version__withdrawn_at=None).select_related("version__unit", "version__change_act")
    for name in names.order_by("version__valid_from", "language"):
        versions.setdefault(name.version_id, VersionLine(name.version)).names.append(name)
    if not versions:
        return None
    unit = next(iter(versions.values())).version.unit
    relations = list(
        UnitRelation.objects.filter(Q(unit=unit) | (Q(parent=unit) & ~Q(hierarchy=Hierarchy.LINE)))
        .select_related("unit", "parent", "change_act")
        .order_by("-valid_from", "hierarchy", "pk")
    )
    successions = list(
        Succession.objects.filter(Q(predecessor=unit) | Q(successor=unit))
        .select_related("predecessor", "successor", "change_act")
        .order_by("on", "pk")
    )
    others = {r.unit_id for r in relations} | {r.parent_id for r in relations} | {unit.pk}
    others |= {pk for s in successions for pk in (s.predecessor_id, s.successor_id) if pk is not None}
    labels = unit_labels(others, on=on)
    return UnitRecord(
        unit=unit,
        on=on,
        label=labels.get(unit.pk, NAMELESS),
        versions=list(versions.values()),
        aliases=list(unit.aliases.order_by("alias")),
        relations=[_relation(row, unit, labels) for row in relations],
        came_from=[_succession(row, unit, labels) for row in successions if row.successor_id == unit.pk],
        became=[_succession(row, unit, labels) for row in successions if row.predecessor_id == unit.pk],
        mandates=list(unit.mandates.order_by("-valid_from")),
    )


def _relation(row: UnitRelation, unit: Unit, labels: Mapping[int, UnitLabel]) -> RelationLine:
    is_up = row.unit_id == unit.pk
    other = row.parent if is_up else row.unit
    words = UPWARD if is_up else DOWNWARD
    return RelationLine(row, words[Hierarchy(row.hierarchy)], other.uid, labels.get(other.pk, NAMELESS), is_up)


def _succession(row: Succession, unit: Unit, labels: Mapping[int, UnitLabel]) -> SuccessionLine:
    other = row.predecessor if row.successor_id == unit.pk else row.successor
    if other is None:
        return SuccessionLine(row, None, NAMELESS)
    return SuccessionLine(row, other.uid, labels.get(other.pk, NAMELESS))

"""How dated rows of the organisation are written: close the old before the new opens, note what was done, check.

Services decide who may do it and log it; a change act does many of these writes in one go. The caller is inside a
transaction and has locked the root.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from prytany.core.errors import DomainError
from prytany.organisation import closure
from prytany.organisation.integrity import check_organisation, ends_after
from prytany.organisation.journal import Journal
from prytany.organisation.models import (
    ChangeAct,
    Hierarchy,
    Succession,
    Unit,
    UnitAlias,
    UnitRelation,
    UnitVersion,
)
from prytany.organisation.names import NAMELESS, unit_labels
from prytany.organisation.signals import units_changed
from prytany.organisation.specs import (
    UnitSpec,
    VersionSpec,
    checked,
    merged,
    name_row,
    names_of,
    tidy_names,
    version_row,
)

EARLIEST = datetime.date(1900, 1, 1)
LATEST = datetime.date(2200, 1, 1)


def name_of(unit_id: int, on: datetime.date | None = None) -> str:
    """Return what a unit is called, for a message."""
    return unit_labels([unit_id], on=on).get(unit_id, NAMELESS).name


def check_day(on: datetime.date, field: str = "on") -> datetime.date:
    """Return `on` if it can be a date of the organisation; DomainError for a slip of the keyboard such as 0226."""
    if not EARLIEST <= on <= LATEST:
        message = _("This date cannot be right. Check the year.")
        raise DomainError("date_out_of_range", message, {field: message})
    return on


class Writer:
    """Writes into the organisation of `root` and keeps a journal; call `finish` at the end.

    `act` and `decision` are noted on the rows that know them.
    """

    def __init__(self, root: Unit, *, act: ChangeAct | None = None, decision: str = "") -> None:
        self.root, self.act, self.decision = root, act, decision
        self.journal = Journal()
        self.touched: set[int] = set()
        self.hierarchies: set[str] = set()

    # Units and versions

    def create_units(self, specs: Sequence[UnitSpec], on: datetime.date) -> list[Unit]:
        """Create units that exist from `on`; parents may be among them. One insert per table, however many."""
        units = Unit.objects.bulk_create([Unit(uid=spec.uid, root=self.root) for spec in specs], batch_size=2000)
        self.journal.units += [unit.pk for unit in units]
        self.describe(units, specs, on)
        self._relate_new(units, specs, on)
        return units

    def describe(self, units: Sequence[Unit], specs: Sequence[UnitSpec], on: datetime.date) -> None:
        """Write the first version, names and aliases of units that have none yet."""
        check_day(on)
        names = [tidy_names(spec.names) for spec in specs]
        dated = {"valid_from": on, "change_act": self.act, "decision": self.decision}
        versions = UnitVersion.objects.bulk_create(
            [
                version_row(unit, VersionSpec(None, spec.code, spec.kind, spec.level, spec.position), **dated)
                for unit, spec in zip(units, specs, strict=True)
            ],
            batch_size=2000,
        )
        rows = [name_row(v, name) for v, several in zip(versions, names, strict=True) for name in several]
        type(rows[0]).objects.bulk_create(rows, batch_size=2000)
        self._add_aliases(units, specs)
        self.journal.opened(*versions)
        self.touched.update(unit.pk for unit in units)
        self.hierarchies.add(Hierarchy.LINE)

    def _add_aliases(self, units: Sequence[Unit], specs: Sequence[UnitSpec]) -> None:
        aliases = [
            UnitAlias(unit=unit, alias=alias) for unit, spec in zip(units, specs, strict=True) for alias in spec.aliases
        ]
        for alias in aliases:
            alias.prepare()
            checked(alias, exclude=("folded",))
        UnitAlias.objects.bulk_create(aliases, batch_size=2000)

    def _relate_new(self, units: Sequence[Unit], specs: Sequence[UnitSpec], on: datetime.date) -> None:
        wanted = {uid for spec in specs for uid in (spec.parent, spec.serves) if uid}
        found = self._units(wanted)
        relations = []
        for unit, spec in zip(units, specs, strict=True):
            for hierarchy, uid in ((Hierarchy.LINE, spec.parent), (Hierarchy.SERVES, spec.serves)):
                if uid is None:
                    continue
                if found[uid].pk == unit.pk:
                    raise DomainError("unit_above_itself", _("A unit cannot stand under itself."))
                relations.append(
                    UnitRelation(hierarchy=hierarchy, unit=unit, parent=found[uid], valid_from=on, change_act=self.act)
                )
                self.hierarchies.add(hierarchy)
        UnitRelation.objects.bulk_create(relations, batch_size=2000)
        self.journal.opened(*relations)

    def _units(self, uids: Iterable[UUID]) -> dict[UUID, Unit]:
        wanted = set(uids)
        found = {unit.uid: unit for unit in Unit.objects.filter(uid__in=wanted, root=self.root)}
        if wanted - found.keys():
            raise DomainError("unit_unknown", _("A unit that is to stand above is not part of this organisation."))
        return found

    def version_on(self, unit: Unit, on: datetime.date) -> UnitVersion:
        """Return the version in force on a date; DomainError where the unit does not exist then."""
        check_day(on)
        version = UnitVersion.objects.on(on).filter(unit=unit).first()
        if version is None:
            message = _("%(unit)s does not exist on this date.") % {"unit": name_of(unit.pk, on)}
            raise DomainError("unit_not_there", message, {"on": message})
        return version

    def change_version(self, unit: Unit, on: datetime.date, spec: VersionSpec) -> UnitVersion:
        """Let `spec` hold from `on` up to the next planned change; DomainError where nothing would be different."""
        current = self.version_on(unit, on)
        if current.valid_from == on:
            return self.replace_version(current, spec)
        old = names_of(current)
        full = merged(current, old, spec)
        self._refuse_idle(current, old, full)
        end = current.valid_to
        self.journal.end(current, on)
        return self._open_version(unit, full, on, end)

    def replace_version(
        self, version: UnitVersion, spec: VersionSpec, *, start: datetime.date | None = None
    ) -> UnitVersion:
        """Put another version in the place of one that was wrong: the old one is withdrawn, its dates are kept.

        With `start` the version begins on another date; the one before it then ends there.
        """
        old = names_of(version)
        full = merged(version, old, spec)
        begin = version.valid_from if start is None else check_day(start, "valid_from")
        if begin == version.valid_from:
            self._refuse_idle(version, old, full)
        if version.valid_to is not None and begin >= version.valid_to:
            message = _("The version would begin after it ends.")
            raise DomainError("range_empty", message, {"valid_from": message})
        before = UnitVersion.objects.filter(unit=version.unit, valid_to=version.valid_from).first()
        self.journal.withdraw(version)
        if begin != version.valid_from:
            self._shift_start(version, before, begin)
        return self._open_version(version.unit, full, begin, version.valid_to, decision=version.decision)

    def _shift_start(self, version: UnitVersion, before: UnitVersion | None, begin: datetime.date) -> None:
        if before is not None:
            if begin <= before.valid_from:
                message = _("The version before begins on or after this date. Withdraw that version first.")
                raise DomainError("overlaps_version", message, {"valid_from": message})
            self.journal.end(before, begin)
            return
        # The unit itself begins on another date: what stood with it from its first day does so still.
        for relation in UnitRelation.objects.filter(unit=version.unit, valid_from=version.valid_from):
            self._reopen_relation(relation, begin)

    def _reopen_relation(self, relation: UnitRelation, start: datetime.date) -> None:
        self.journal.withdraw(relation)
        row = UnitRelation(
            hierarchy=relation.hierarchy,
            unit_id=relation.unit_id,
            parent_id=relation.parent_id,
            valid_from=start,
            valid_to=relation.valid_to,
            change_act=relation.change_act,
        )
        row.save()
        self.journal.opened(row)
        self.hierarchies.add(relation.hierarchy)

    def withdraw_version(self, version: UnitVersion) -> None:
        """Take back a version as if it had never been; the one before it then holds until its end."""
        before = UnitVersion.objects.filter(unit=version.unit, valid_to=version.valid_from).first()
        if before is None:
            raise DomainError(
                "first_version", _("The first version cannot be withdrawn: it says since when the unit exists.")
            )
        self.journal.withdraw(version)
        self.journal.end(before, version.valid_to)
        self._touch(version.unit)

    def _open_version(
        self,
        unit: Unit,
        spec: VersionSpec,
        start: datetime.date,
        end: datetime.date | None,
        decision: str | None = None,
    ) -> UnitVersion:
        names = tidy_names(spec.names or ())
        decision = self.decision or decision or ""
        version = version_row(unit, spec, valid_from=start, valid_to=end, change_act=self.act, decision=decision)
        version.save()
        rows = [name_row(version, name) for name in names]
        type(rows[0]).objects.bulk_create(rows)
        self.journal.opened(version)
        self._touch(unit)
        return version

    def _touch(self, unit: Unit) -> None:
        self.touched.add(unit.pk)
        self.hierarchies.add(Hierarchy.LINE)

    def _refuse_idle(self, version: UnitVersion, names: tuple, spec: VersionSpec) -> None:
        same = (version.code, version.kind, version.level, version.position) == (
            spec.code,
            spec.kind,
            spec.level,
            spec.position,
        )
        if same and names == tidy_names(spec.names or ()):
            raise DomainError("nothing_changed", _("Nothing was changed."))

    def end_unit(self, unit: Unit, on: datetime.date) -> None:
        """Let a unit exist no longer from `on` (its last day is the day before); its own relations end with it."""
        for _unit, error in self.end_units([unit], on):
            raise error

    def end_units(self, units: Collection[Unit], on: datetime.date) -> list[tuple[Unit, DomainError]]:
        """End many units on `on` as `end_unit` does one, in few statements; return those that cannot end, and why."""
        lasting: dict[int, list[UnitVersion]] = defaultdict(list)
        for version in UnitVersion.objects.filter(ends_after(on), unit__in=units).order_by("valid_from"):
            lasting[version.unit_id].append(version)
        refused: list[tuple[Unit, DomainError]] = []
        closing: list[UnitVersion] = []
        for unit in units:
            try:
                if version := self._last_version(unit, lasting[unit.pk], on):
                    closing.append(version)
            except DomainError as error:
                refused.append((unit, error))
            self._touch(unit)
        self.journal.end_all(closing, on)
        own = Q(unit__in=units) | (Q(parent__in=units) & ~Q(hierarchy=Hierarchy.LINE))
        relations = list(UnitRelation.objects.filter(ends_after(on)).filter(own))
        self.journal.end_all([relation for relation in relations if relation.valid_from < on], on)
        for relation in relations:
            self.hierarchies.add(relation.hierarchy)
            self.touched.update((relation.unit_id, relation.parent_id))
            if relation.valid_from >= on:
                self.journal.withdraw(relation)
        return refused

    def _last_version(self, unit: Unit, lasting: list[UnitVersion], on: datetime.date) -> UnitVersion | None:
        """Return the version to close; None where the one that began on `on` was taken back instead."""
        if not lasting:
            message = _("%(unit)s already ends on or before this date.") % {"unit": name_of(unit.pk, on)}
            raise DomainError("unit_ended", message, {"on": message})
        if any(version.valid_from > on for version in lasting):
            message = _("Changes of %(unit)s are planned after this date. Withdraw them first.")
            raise DomainError("changes_planned", message % {"unit": name_of(unit.pk, on)})
        if lasting[0].valid_from == on:
            self._end_on_first_day(unit, lasting[0])
            return None
        return lasting[0]

    def _end_on_first_day(self, unit: Unit, version: UnitVersion) -> None:
        if not UnitVersion.objects.filter(unit=unit, valid_to=version.valid_from).exists():
            message = _("%(unit)s begins on this date and cannot end on it.")
            raise DomainError("unit_begins_then", message % {"unit": name_of(unit.pk, version.valid_from)})
        self.journal.withdraw(version)

    # Relations

    def end_relation(self, relation: UnitRelation, on: datetime.date) -> None:
        """Let a relation hold no longer from `on`; one that would begin on `on` or later is withdrawn."""
        if relation.valid_from >= on:
            self.journal.withdraw(relation)
        else:
            self.journal.end(relation, on)
        self.hierarchies.add(relation.hierarchy)
        self.touched.update((relation.unit_id, relation.parent_id))

    def move(self, unit: Unit, parent: Unit | None, on: datetime.date) -> UnitRelation | None:
        """Put a unit under another parent from `on` up to the next planned move (None: under none)."""
        self.version_on(unit, on)
        if parent is not None:
            self.version_on(parent, on)
        line = UnitRelation.objects.filter(unit=unit, hierarchy=Hierarchy.LINE)
        current = line.on(on).first()
        if (current.parent_id if current else None) == (parent.pk if parent else None):
            raise DomainError("nothing_changed", _("The unit already stands there on this date."))
        following = line.filter(valid_from__gt=on).order_by("valid_from").first()
        end = current.valid_to if current else (following.valid_from if following else None)
        if current is not None:
            self.end_relation(current, on)
        self._touch(unit)
        if parent is None:
            return None
        return self._relate(Hierarchy.LINE, unit, parent, on, end)

    def relate(self, hierarchy: str, unit: Unit, parent: Unit, on: datetime.date) -> UnitRelation:
        """Bind a unit to another outside the line, from `on`; DomainError where they are bound already."""
        self.version_on(unit, on)
        self.version_on(parent, on)
        same = UnitRelation.objects.filter(ends_after(on), hierarchy=hierarchy, unit=unit, parent=parent)
        if same.exists():
            raise DomainError("relation_exists", _("This relation is already entered, on this date or later."))
        return self._relate(hierarchy, unit, parent, on, None)

    def _relate(
        self, hierarchy: str, unit: Unit, parent: Unit, on: datetime.date, end: datetime.date | None
    ) -> UnitRelation:
        if unit.pk == parent.pk:
            raise DomainError("unit_above_itself", _("A unit cannot stand under itself."))
        relation = UnitRelation(
            hierarchy=hierarchy, unit=unit, parent=parent, valid_from=on, valid_to=end, change_act=self.act
        )
        relation.save()
        self.journal.opened(relation)
        self.hierarchies.add(hierarchy)
        self.touched.update((unit.pk, parent.pk))
        return relation

    # Successions

    def succeed(
        self, predecessor: Unit, successor: Unit | None, kind: str, on: datetime.date, share: str = ""
    ) -> Succession:
        """Note what became of a unit on `on`; DomainError where the same is noted already."""
        if successor is not None and predecessor.pk == successor.pk:
            raise DomainError("succeeds_itself", _("A unit cannot succeed itself."))
        same = Succession.objects.filter(predecessor=predecessor, successor=successor, on=on)
        if same.exists():
            raise DomainError("succession_exists", _("This succession is already entered."))
        row = Succession(
            predecessor=predecessor, successor=successor, kind=kind, on=on, share=share, change_act=self.act
        )
        checked(row)
        row.save()
        self.journal.opened(row)
        return row

    def succeed_all(self, rows: Sequence[Succession]) -> None:
        """Note many successions of one date in bulk; DomainError where one is noted already, or twice."""
        days = {row.on for row in rows}
        known = Succession.objects.filter(predecessor__in={row.predecessor_id for row in rows}, on__in=days)
        seen = set(known.values_list("predecessor_id", "successor_id", "on"))
        for row in rows:
            key = (row.predecessor_id, row.successor_id, row.on)
            if key in seen:
                message = _("The succession of %(unit)s is already entered.")
                raise DomainError("succession_exists", message % {"unit": name_of(row.predecessor_id, row.on)})
            seen.add(key)
            row.change_act = self.act
            checked(row)
        Succession.objects.bulk_create(rows, batch_size=2000)
        self.journal.opened(*rows)

    # The end

    def finish(self) -> None:
        """Rebuild the closures that may have changed and check what was written; DomainError names the units."""
        check_organisation(self.root.pk, self.touched)
        try:
            closure.refresh(self.root.pk, self.hierarchies)
        except closure.CycleOfUnits as cycle:
            raise cycle_error(cycle) from None

    def tell(self) -> None:
        """Tell the apps above which units were touched."""
        units_changed.send(Unit, root_id=self.root.pk, unit_ids=set(self.touched), act=self.act)


def cycle_error(cycle: closure.CycleOfUnits) -> DomainError:
    """Return the refusal for a cycle, with the units named."""
    labels = unit_labels(cycle.units, on=cycle.on)
    chain = " → ".join(labels.get(unit, NAMELESS).name for unit in cycle.units)
    message = _("These units would stand above themselves: %(units)s.") % {"units": chain}
    return DomainError("unit_cycle", message, {"parent": message})

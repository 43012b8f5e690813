"""Creating, changing, correcting and ending units."""

import datetime
from collections.abc import Sequence
from uuid import UUID
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prytany.audit.recording import record, record_many
from prytany.core.errors import DomainError, StaleRecord
from prytany.core.fold import fold
from prytany.core.scope import Scope, authorise
from prytany.organisation import carrying, policies
from prytany.organisation.impact import built_upon
from prytany.organisation.integrity import ends_after
from prytany.organisation.journal import Journal
from prytany.organisation.marks import refuse_stale
from prytany.organisation.models import Succession, Unit, UnitAlias, UnitMandate, UnitRelation, UnitVersion
from prytany.organisation.revision import lock_root, lock_root_of
from prytany.organisation.specs import UnitSpec, VersionSpec, checked
from prytany.organisation.writing import Writer, check_day, name_of


@transaction.atomic
def create_root(*, scope: Scope, spec: UnitSpec, on: datetime.date) -> Unit:
    """Found an organisation with its first unit; only the first-run page, a command or the demo may."""
    authorise(policies.can_found_organisation, scope)
    root = Unit.objects.create(uid=spec.uid)
    Unit.objects.filter(pk=root.pk).update(root=root)
    root.refresh_from_db()
    writer = Writer(lock_root(root.pk))
    writer.describe([root], [spec], on)
    writer.finish()
    record(scope, action="unit.create", target=root, data={"on": on.isoformat(), "root": True})
    writer.tell()
    return root


def create_unit(*, scope: Scope, root: Unit, spec: UnitSpec, on: datetime.date, decision: str = "") -> Unit:
    """Create one unit that exists from `on`; see `create_units`."""
    return create_units(scope=scope, root=root, specs=[spec], on=on, decision=decision)[0]


@transaction.atomic
def create_units(
    *, scope: Scope, root: Unit, specs: Sequence[UnitSpec], on: datetime.date, decision: str = ""
) -> list[Unit]:
    """Create many units at once, parents among them; PermissionDenied unless all stand under units one may edit.

    DomainError for a name that the parent already has, a code in use, a parent that does not exist on `on`.
    """
    authorise(policies.can_edit_organisation, scope)
    own = {spec.uid for spec in specs}
    asked = {spec.parent for spec in specs} | {spec.serves for spec in specs if spec.serves}
    outer = [uid for uid in asked if uid is not None and uid not in own]
    authorise(policies.can_edit_units, scope, Unit.objects.filter(uid__in=outer, root=root))
    if None in asked:
        authorise(policies.can_edit_unit, scope, root)
    writer = Writer(lock_root(root.pk), decision=decision)
    units = writer.create_units(specs, on)
    writer.finish()
    record_many(scope, action="unit.create", targets=units, data={"on": on.isoformat()})
    writer.tell()
    return units


@transaction.atomic
def change_unit(
    *,
    scope: Scope,
    unit: Unit,
    on: datetime.date,
    spec: VersionSpec,
    decision: str = "",
    expected: UUID | None = None,
) -> UnitVersion:
    """Let a unit be called, coded or ranked otherwise from `on`: the version of before ends, a new one opens.

    `expected` is the version the form showed; StaleRecord if another stands in its place meanwhile.
    """
    writer = Writer(lock_root_of(unit), decision=decision)
    authorise(policies.can_edit_unit, scope, unit)
    current = writer.version_on(unit, on)
    if expected is not None and current.uid != expected:
        _stale()
    version = writer.change_version(unit, on, spec)
    writer.finish()
    record(scope, action="unit.change", target=unit, data={"on": on.isoformat(), "version": str(version.uid)})
    writer.tell()
    return version


def _stale() -> None:
    raise StaleRecord("stale", _("Somebody else changed this unit meanwhile. Look at what stands there and try again."))


@transaction.atomic
def correct_version(
    *, scope: Scope, version: UnitVersion, spec: VersionSpec, start: datetime.date | None = None
) -> UnitVersion:
    """Put right what was entered wrongly: the version is withdrawn, kept, and another stands in its place.

    Unlike a change this alters what was true in the past. With `start` the version begins on another date.
    """
    unit = version.unit
    writer = Writer(lock_root_of(unit))
    authorise(policies.can_edit_unit, scope, unit)
    version = _standing_version(version)
    new = writer.replace_version(version, spec, start=start)
    writer.finish()
    data = {"withdrawn": str(version.uid), "version": str(new.uid)}
    record(scope, action="unit.correct", target=unit, data=data)
    writer.tell()
    return new


def _standing_version(version: UnitVersion) -> UnitVersion:
    standing = UnitVersion.objects.select_for_update().filter(pk=version.pk).first()
    if standing is None:
        _stale()
        raise AssertionError
    return standing


@transaction.atomic
def withdraw_version(*, scope: Scope, version: UnitVersion) -> None:
    """Take back a change that did not come about or was entered wrongly; the version before holds on."""
    unit = version.unit
    writer = Writer(lock_root_of(unit))
    authorise(policies.can_edit_unit, scope, unit)
    version = _standing_version(version)
    if version.change_act_id is not None:
        raise DomainError("part_of_act", _("This version came of a change act. Undo the act as a whole."))
    writer.withdraw_version(version)
    writer.finish()
    record(scope, action="unit.withdraw_version", target=unit, data={"withdrawn": str(version.uid)})
    writer.tell()


@transaction.atomic
def abolish_unit(*, scope: Scope, unit: Unit, on: datetime.date, decision: str = "") -> None:
    """Let a unit exist no longer from `on`; its posts and the appointments to them end. No successor is noted."""
    writer = Writer(lock_root_of(unit), decision=decision)
    authorise(policies.can_edit_unit, scope, unit)
    if unit.root_id in (None, unit.pk):
        raise DomainError("root_stays", _("The uppermost unit of an organisation cannot be abolished."))
    writer.end_unit(unit, check_day(on))
    carrying.end_posts(writer.journal, carrying.open_posts([unit], on), on, _("The unit was abolished."))
    writer.succeed(unit, None, Succession.Kind.DISSOLVE, on)
    writer.finish()
    record(scope, action="unit.abolish", target=unit, data={"on": on.isoformat()})
    writer.tell()


@transaction.atomic
def withdraw_unit(*, scope: Scope, unit: Unit) -> None:
    """Take back a unit that was created by mistake; only as long as nothing refers to it."""
    writer = Writer(lock_root_of(unit))
    authorise(policies.can_edit_unit, scope, unit)
    own = {
        "unitversion": set(unit.versions.values_list("pk", flat=True)),
        "unitrelation": set(UnitRelation.objects.filter(unit=unit).values_list("pk", flat=True)),
        "unitmandate": set(unit.mandates.values_list("pk", flat=True)),
    }
    count = built_upon(Unit, {unit.pk}, besides=own).get(unit.pk, 0)
    if count:
        message = ngettext(
            "%(unit)s is in use: %(count)d record refers to it. Abolish it instead.",
            "%(unit)s is in use: %(count)d records refer to it. Abolish it instead.",
            count,
        ) % {"unit": name_of(unit.pk), "count": count}
        raise DomainError("unit_in_use", message)
    for row in [*unit.versions.all(), *UnitRelation.objects.filter(unit=unit), *unit.mandates.all()]:
        writer.journal.withdraw(row)
        if isinstance(row, UnitRelation):
            writer.hierarchies.add(row.hierarchy)
    writer.hierarchies.add("line")
    writer.finish()
    record(scope, action="unit.withdraw", target=unit)
    writer.touched.add(unit.pk)
    writer.tell()


@transaction.atomic
def add_alias(*, scope: Scope, unit: Unit, alias: str, language: str = "") -> UnitAlias:
    """Let texts and imports find a unit under another name; what is there already is returned."""
    writer = Writer(lock_root_of(unit))
    authorise(policies.can_edit_unit, scope, unit)
    alias = " ".join(alias.split())
    if not fold(alias):
        message = _("Write the other name.")
        raise DomainError("alias_empty", message, {"alias": message})
    row = UnitAlias(unit=unit, alias=alias, language=language)
    row.prepare()
    checked(row, exclude=("folded",))
    if existing := unit.aliases.filter(alias=alias).first():
        return existing
    row.save()
    record(scope, action="unit.alias", target=unit, data={"alias": str(row.uid)})
    writer.touched.add(unit.pk)
    writer.tell()
    return row


@transaction.atomic
def remove_alias(*, scope: Scope, alias: UnitAlias) -> None:
    """Forget another name of a unit."""
    unit = alias.unit
    writer = Writer(lock_root_of(unit))
    authorise(policies.can_edit_unit, scope, unit)
    record(scope, action="unit.unalias", target=unit, data={"alias": str(alias.uid)})
    alias.delete()
    writer.touched.add(unit.pk)
    writer.tell()


@transaction.atomic
def set_up_unit(
    *,
    scope: Scope,
    unit: Unit,
    contact: str | None = None,
    head_checks: bool | None = None,
    time_zone: str | None = None,
    version: int | None = None,
) -> Unit:
    """Say how to reach a unit and whether its head approves answers; None leaves a value. Head or administrator.

    StaleRecord where somebody saved since `version`, the unit's mark (`organisation.marks`).
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    authorise(policies.can_set_up_unit, scope, unit)
    refuse_stale(unit, version)
    changes = {"contact": contact, "head_checks": head_checks, "time_zone": time_zone}
    wanted = {name: value for name, value in changes.items() if value is not None and value != getattr(unit, name)}
    for name, value in wanted.items():
        setattr(unit, name, value)
    if time_zone and time_zone not in available_timezones():
        message = _("There is no such time zone.")
        raise DomainError("unknown_time_zone", message, {"time_zone": message})
    checked(unit)
    if wanted:
        unit.save(update_fields=list(wanted))
        record(scope, action="unit.set_up", target=unit, data={"fields": sorted(wanted)})
    return unit


@transaction.atomic
def set_mandate(
    *,
    scope: Scope,
    unit: Unit,
    on: datetime.date,
    basis: str,
    mission: str = "",
    functions: str = "",
    powers: str = "",
    version: int | None = None,
) -> UnitMandate:
    """Write what a unit is for from `on`, with the regulation that says so; the mandate of before ends then.

    StaleRecord where another mandate is in force today than the one of `version`, its mark (`organisation.marks`).
    """
    lock_root_of(unit)
    authorise(policies.can_edit_unit, scope, unit)
    refuse_stale(UnitMandate.objects.on(scope.today).filter(unit=unit).first(), version)
    check_day(on)
    row = UnitMandate(unit=unit, valid_from=on, basis=basis, mission=mission, functions=functions, powers=powers)
    checked(row)
    if not (mission.strip() or functions.strip() or powers.strip()):
        message = _("Write a mission, functions or powers.")
        raise DomainError("mandate_empty", message, {"mission": message})
    journal = Journal()
    following = UnitMandate.objects.filter(unit=unit, valid_from__gt=on).order_by("valid_from").first()
    row.valid_to = following.valid_from if following else None
    for current in UnitMandate.objects.filter(ends_after(on), unit=unit, valid_from__lte=on):
        if current.valid_from == on:
            journal.withdraw(current)
        else:
            journal.end(current, on)
    row.save()
    record(scope, action="unit.set_mandate", target=unit, data={"mandate": str(row.uid), "on": on.isoformat()})
    return row


@transaction.atomic
def withdraw_mandate(*, scope: Scope, mandate: UnitMandate) -> None:
    """Take back a mandate that was entered wrongly; the one before holds on."""
    unit = mandate.unit
    lock_root_of(unit)
    authorise(policies.can_edit_unit, scope, unit)
    mandate = UnitMandate.objects.get(pk=mandate.pk)
    journal = Journal()
    before = UnitMandate.objects.filter(unit=unit, valid_to=mandate.valid_from).first()
    journal.withdraw(mandate)
    if before is not None:
        journal.end(before, mandate.valid_to)
    record(scope, action="unit.withdraw_mandate", target=unit, data={"mandate": str(mandate.uid)})

"""Where units stand: their parent in the line, other hierarchies, what they came from."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from prytany.audit.recording import record
from prytany.core.errors import DomainError
from prytany.core.scope import Scope, authorise
from prytany.organisation import policies
from prytany.organisation.models import Hierarchy, Succession, Unit, UnitRelation
from prytany.organisation.revision import lock_root_of
from prytany.organisation.writing import Writer, check_day, name_of


@transaction.atomic
def move_unit(*, scope: Scope, unit: Unit, parent: Unit | None, on: datetime.date) -> None:
    """Put a unit, with all below it, under another from `on`; None: under none, as a partner body.

    One has to be allowed to edit both; a planned later move stays. DomainError `unit_cycle` names the units that would
    stand above themselves on some date.
    """
    writer = Writer(lock_root_of(unit))
    authorise(policies.can_edit_unit, scope, unit)
    authorise(policies.can_edit_unit, scope, parent or writer.root)
    if unit.pk == writer.root.pk:
        raise DomainError("root_stays", _("The uppermost unit of an organisation stands under none."))
    _same_root(writer, parent)
    writer.move(unit, parent, check_day(on))
    writer.finish()
    data = {"on": on.isoformat(), "parent": str(parent.uid) if parent else None}
    record(scope, action="unit.move", target=unit, data=data)
    writer.tell()


def _same_root(writer: Writer, other: Unit | None) -> None:
    if other is not None and other.root_id != writer.root.pk:
        raise DomainError("other_root", _("The two units belong to different organisations."))


@transaction.atomic
def relate_units(*, scope: Scope, hierarchy: str, unit: Unit, parent: Unit, on: datetime.date) -> UnitRelation:
    """Note from `on` that a unit serves or advises `parent`, or is guided or supervised by it."""
    writer = Writer(lock_root_of(unit))
    authorise(policies.can_edit_unit, scope, unit)
    authorise(policies.can_edit_unit, scope, parent)
    if hierarchy == Hierarchy.LINE or hierarchy not in Hierarchy.values:
        raise DomainError("unknown_hierarchy", _("Choose how the two units are related."))
    _same_root(writer, parent)
    relation = writer.relate(hierarchy, unit, parent, check_day(on))
    writer.finish()
    data = {"on": on.isoformat(), "parent": str(parent.uid), "hierarchy": str(hierarchy)}
    record(scope, action="unit.relate", target=unit, data=data)
    writer.tell()
    return relation


@transaction.atomic
def end_relation(*, scope: Scope, relation: UnitRelation, on: datetime.date) -> None:
    """Let a relation outside the line end on `on` (its last day is the day before)."""
    writer = Writer(lock_root_of(relation.unit))
    authorise(policies.can_edit_unit, scope, relation.unit)
    relation = UnitRelation.objects.select_for_update().get(pk=relation.pk)
    if relation.hierarchy == Hierarchy.LINE:
        raise DomainError("line_relation", _("Move the unit instead."))
    if relation.valid_to is not None and relation.valid_to <= on:
        raise DomainError("relation_ended", _("This relation already ends on or before this date."))
    writer.end_relation(relation, check_day(on))
    writer.finish()
    record(scope, action="unit.unrelate", target=relation.unit, data={"on": on.isoformat()})
    writer.tell()


@transaction.atomic
def note_succession(
    *, scope: Scope, predecessor: Unit, successor: Unit | None, kind: str, on: datetime.date, share: str = ""
) -> Succession:
    """Note what became of a unit, where it happened before this register was kept or without a change act."""
    writer = Writer(lock_root_of(predecessor))
    authorise(policies.can_edit_unit, scope, predecessor)
    authorise(policies.can_edit_unit, scope, successor or predecessor)
    _same_root(writer, successor)
    if (successor is None) != (kind == Succession.Kind.DISSOLVE):
        raise DomainError("succession_kind", _("A dissolved unit has no successor; every other kind has one."))
    if successor is not None and not successor.versions.on(check_day(on)).exists():
        message = _("%(unit)s does not exist on this date.") % {"unit": name_of(successor.pk, on)}
        raise DomainError("unit_not_there", message, {"on": message})
    row = writer.succeed(predecessor, successor, kind, check_day(on), share)
    record(scope, action="unit.succeed", target=predecessor, data={"on": on.isoformat(), "kind": str(kind)})
    writer.touched.update(unit.pk for unit in (predecessor, successor) if unit)
    writer.tell()
    return row


@transaction.atomic
def withdraw_succession(*, scope: Scope, succession: Succession) -> None:
    """Take back a succession that was entered wrongly."""
    writer = Writer(lock_root_of(succession.predecessor))
    authorise(policies.can_edit_unit, scope, succession.predecessor)
    if succession.change_act_id is not None:
        raise DomainError("part_of_act", _("This succession came of a change act. Undo the act as a whole."))
    writer.journal.withdraw(Succession.objects.get(pk=succession.pk))
    record(scope, action="unit.withdraw_succession", target=succession.predecessor, data={"row": str(succession.uid)})
    writer.touched.add(succession.predecessor_id)
    writer.tell()

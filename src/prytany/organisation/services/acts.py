"""Change acts: drafted, previewed, applied in one transaction, undone as long as nothing was built on them."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prytany.audit.recording import record, record_many
from prytany.core import clock
from prytany.core.errors import DomainError, StaleRecord
from prytany.core.scope import Scope, authorise
from prytany.organisation import closure, impact, policies
from prytany.organisation.acts.plan import Step, steps_of
from prytany.organisation.acts.preview import Preview, preview_plan
from prytany.organisation.acts.run import run_plan
from prytany.organisation.journal import Journal
from prytany.organisation.models import Appointment, ChangeAct, Hierarchy, Post, Unit
from prytany.organisation.names import NAMELESS, unit_labels
from prytany.organisation.revision import lock_root
from prytany.organisation.signals import units_changed
from prytany.organisation.specs import checked, name_in
from prytany.organisation.writing import check_day, cycle_error


@transaction.atomic
def draft_change_act(
    *,
    scope: Scope,
    root: Unit,
    title: str,
    in_force_on: datetime.date,
    decision: str = "",
    decided_on: datetime.date | None = None,
) -> ChangeAct:
    """Begin a change act; nothing changes before it is applied."""
    act = ChangeAct(
        root=root,
        title=" ".join(title.split()),
        decision=decision.strip(),
        decided_on=decided_on,
        in_force_on=check_day(in_force_on, "in_force_on"),
        created_by_id=scope.person_id or None,
    )
    authorise(policies.can_edit_act, scope, act)
    checked(act, exclude=("plan", "journal"))
    act.save()
    record(scope, action="change_act.draft", target=act)
    return act


def _draft(scope: Scope, act: ChangeAct, version: int | None = None) -> ChangeAct:
    """Return the act, locked, if it may still be edited."""
    act = ChangeAct.objects.select_for_update().get(pk=act.pk)
    authorise(policies.can_edit_act, scope, act)
    if act.state != ChangeAct.State.DRAFT:
        raise DomainError("act_not_draft", _("This act was applied already and can no longer be changed."))
    if version is not None and version != act.version:
        raise StaleRecord("stale", _("Somebody else changed this act meanwhile. Look at it and try again."))
    return act


def _save(act: ChangeAct, *fields: str) -> ChangeAct:
    act.version += 1
    act.save(update_fields=[*fields, "version"])
    return act


@transaction.atomic
def edit_change_act(
    *,
    scope: Scope,
    act: ChangeAct,
    title: str,
    in_force_on: datetime.date,
    decision: str = "",
    decided_on: datetime.date | None = None,
    version: int | None = None,
) -> ChangeAct:
    """Change title, decision and dates of a draft; StaleRecord if `version` is no longer the stored one."""
    act = _draft(scope, act, version)
    act.title, act.decision, act.decided_on = " ".join(title.split()), decision.strip(), decided_on
    act.in_force_on = check_day(in_force_on, "in_force_on")
    checked(act, exclude=("plan", "journal"))
    return _save(act, "title", "decision", "decided_on", "in_force_on")


def add_step(*, scope: Scope, act: ChangeAct, step: Step) -> ChangeAct:
    """Add a step at the end of a draft; DomainError where it lacks what its kind needs."""
    return add_steps(scope=scope, act=act, steps=[step])


@transaction.atomic
def add_steps(*, scope: Scope, act: ChangeAct, steps: Sequence[Step]) -> ChangeAct:
    """Add steps at the end of a draft, all or none."""
    act = _draft(scope, act)
    for step in steps:
        step.check()
    _authorise_units(scope, act, list(steps))
    act.plan = [*act.plan, *(step.to_json() for step in steps)]
    return _save(act, "plan")


@transaction.atomic
def remove_step(*, scope: Scope, act: ChangeAct, step: UUID, version: int | None = None) -> ChangeAct:
    """Take a step, named by its uid, out of a draft.

    StaleRecord if `version` is no longer the stored one, DomainError `no_such_step`.
    """
    act = _draft(scope, act, version)
    kept = [known for known in act.plan if known["uid"] != str(step)]
    if len(kept) == len(act.plan):
        raise DomainError("no_such_step", _("This step is no longer there."))
    act.plan = kept
    return _save(act, "plan")


def _authorise_units(scope: Scope, act: ChangeAct, steps: list[Step]) -> None:
    """One has to be allowed to edit every existing unit that the steps name, and the root for units under none."""
    new = {spec.uid for step in steps_of(act.plan) + steps for spec in step.new}
    uids = {uid for step in steps for uid in step.named_uids()} - new
    authorise(policies.can_edit_units, scope, Unit.objects.filter(root_id=act.root_id, uid__in=uids))
    if any(spec.parent is None and not step.units for step in steps for spec in step.new):
        authorise(policies.can_edit_unit, scope, act.root)


def preview_change_act(*, scope: Scope, act: ChangeAct) -> Preview:
    """Return what applying a draft would do and whom it affects; nothing is written."""
    authorise(policies.can_edit_act, scope, act)
    _authorise_units(scope, act, steps_of(act.plan))
    return preview_plan(act)


@transaction.atomic
def apply_change_act(*, scope: Scope, act: ChangeAct, version: int | None = None) -> ChangeAct:
    """Carry out a draft: all of it, in force from its date, which may lie in the past or the future; or nothing.

    DomainError with the first problem if the preview has any; `fields["problems"]` holds them all.
    """
    root = lock_root(act.root_id or 0)
    act = _draft(scope, act, version)
    steps = steps_of(act.plan)
    if not steps:
        raise DomainError("act_empty", _("Add at least one step first."))
    _authorise_units(scope, act, steps)
    run = run_plan(act, root, steps)
    if run.problems:
        problems = [problem.message for problem in run.problems]
        raise DomainError("act_impossible", problems[0], {"problems": problems})
    act.state, act.journal = ChangeAct.State.APPLIED, run.writer.journal.to_json()
    act.applied_by_id, act.applied_at = scope.person_id or None, clock.now()
    _save(act, "state", "journal", "applied_by", "applied_at")
    day = act.in_force_on.isoformat()
    counts = {"created": len(run.created), "ended": len({unit.pk for unit in run.ended}), "moved": len(run.moved)}
    record(scope, action="change_act.apply", target=act, data={"on": day, "steps": len(steps), **counts})
    for action, units in (
        ("unit.create", run.created),
        ("unit.change", run.changed),
        ("unit.move", run.moved),
        ("unit.abolish", list({unit.pk: unit for unit in run.ended}.values())),
    ):
        record_many(scope, action=action, targets=units, data={"on": day, "act": str(act.uid)})
    run.writer.tell()
    return act


def reasons_against_undo(act: ChangeAct) -> list[str]:
    """Return why an applied act can no longer be undone, in sentences; empty if it can."""
    if act.state != ChangeAct.State.APPLIED:
        return [_("Only an applied act can be undone.")]
    journal = Journal.from_json(act.journal)
    reasons = []
    if not journal.is_intact():
        reasons.append(_("Units, posts or appointments of this act were changed since."))
    known = {name: set(rows) for name, rows in journal.ends.items()}
    known |= {name: set(rows) for name, rows in journal.added.items()}
    count = sum(impact.built_upon(Unit, set(journal.units), besides=known).values())
    count += sum(impact.built_upon(Post, journal.written("post"), besides=known).values())
    count += sum(impact.built_upon(Appointment, journal.written("appointment"), besides=known).values())
    if count:
        reasons.append(
            ngettext(
                "%(count)d record already refers to what this act created.",
                "%(count)d records already refer to what this act created.",
                count,
            )
            % {"count": count}
        )
    if act.applied_at:
        for _key, hold in impact.holds:
            reasons.extend(hold(journal.units, act.applied_at))
    return reasons


@transaction.atomic
def undo_change_act(*, scope: Scope, act: ChangeAct) -> ChangeAct:
    """Take an act back as a whole; DomainError as soon as anything was built upon it.

    What it wrote is withdrawn, not deleted; what it ended stands again as before.
    """
    lock_root(act.root_id or 0)
    act = ChangeAct.objects.select_for_update().get(pk=act.pk)
    authorise(policies.can_edit_act, scope, act)
    _authorise_units(scope, act, steps_of(act.plan))
    if reasons := reasons_against_undo(act):
        raise DomainError("act_built_upon", reasons[0], {"reasons": reasons})
    journal = Journal.from_json(act.journal)
    journal.take_back()
    try:
        closure.refresh(act.root_id or 0, Hierarchy.values)
    except closure.CycleOfUnits as cycle:
        raise cycle_error(cycle) from None
    act.state, act.undone_at = ChangeAct.State.UNDONE, clock.now()
    _save(act, "state", "undone_at")
    record(scope, action="change_act.undo", target=act)
    touched = {uid for step in steps_of(act.plan) for uid in step.named_uids()}
    units = set(Unit.objects.filter(uid__in=touched).values_list("pk", flat=True)) | set(journal.units)
    units_changed.send(Unit, root_id=act.root_id, unit_ids=units, act=act)
    return act


@transaction.atomic
def discard_change_act(*, scope: Scope, act: ChangeAct) -> None:
    """Throw a draft away; acts that were applied stay for ever."""
    act = _draft(scope, act)
    record(scope, action="change_act.discard", target=act)
    act.delete()


@transaction.atomic
def copy_change_act(*, scope: Scope, act: ChangeAct) -> ChangeAct:
    """Make a new draft with the same steps; units that it creates are new ones."""
    authorise(policies.can_edit_act, scope, act)
    fresh: dict[UUID, UUID] = {spec.uid: uuid4() for step in steps_of(act.plan) for spec in step.new}
    copy = ChangeAct(
        root_id=act.root_id,
        title=act.title,
        decision=act.decision,
        decided_on=act.decided_on,
        in_force_on=act.in_force_on,
        created_by_id=scope.person_id or None,
        plan=[_renewed(step, fresh).to_json() for step in steps_of(act.plan)],
    )
    copy.save()
    record(scope, action="change_act.draft", target=copy, data={"copy_of": str(act.uid)})
    return copy


def _renewed(step: Step, fresh: dict[UUID, UUID]) -> Step:
    def swap(uid: UUID | None) -> UUID | None:
        return fresh.get(uid, uid) if uid else None

    new = tuple(replace(s, uid=fresh[s.uid], parent=swap(s.parent), serves=swap(s.serves)) for s in step.new)
    units = tuple(fresh.get(uid, uid) for uid in step.units)
    into = tuple(fresh.get(uid, uid) for uid in step.into)
    return replace(step, new=new, units=units, into=into, parent=swap(step.parent))


def label_steps(act: ChangeAct) -> dict[UUID, str]:
    """Return what each unit of a plan is called: existing ones on the eve of the act, new ones as planned."""
    steps = steps_of(act.plan)
    planned = {spec.uid: name_in(spec.names) for step in steps for spec in step.new}
    uids = {uid for step in steps for uid in step.named_uids()} - planned.keys()
    units = dict(Unit.objects.filter(root_id=act.root_id, uid__in=uids).values_list("pk", "uid"))
    labels = unit_labels(units, on=act.in_force_on - datetime.timedelta(days=1))
    return planned | {uid: labels.get(pk, NAMELESS).name for pk, uid in units.items()}

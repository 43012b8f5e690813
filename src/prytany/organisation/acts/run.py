"""Carrying a plan out: step by step through one Writer, with all problems collected, and what it came to."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from prytany.core.errors import DomainError
from prytany.organisation import carrying
from prytany.organisation.acts.plan import Step, StepKind
from prytany.organisation.models import ChangeAct, Hierarchy, Post, Succession, Unit, UnitRelation
from prytany.organisation.specs import UnitSpec
from prytany.organisation.writing import Writer, check_day


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a plan cannot be carried out; `step` counts from 0, None: the plan as a whole."""

    step: int | None
    message: str


@dataclass
class Run:
    """What carrying out a plan did; `problems` is empty if all of it went through."""

    writer: Writer
    created: list[Unit] = field(default_factory=list)
    changed: list[Unit] = field(default_factory=list)
    moved: list[Unit] = field(default_factory=list)
    ended: list[Unit] = field(default_factory=list)
    carried: list[Post] = field(default_factory=list)
    closed: list[Post] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def run_plan(act: ChangeAct, root: Unit, steps: Sequence[Step]) -> Run:
    """Carry out the steps on the act's date; call inside a transaction with the root locked.

    New units come first, then moves and changes, ends last, so that the order in which steps were entered does not
    matter. A step that cannot be done is a Problem and leaves nothing; the rest is tried all the same.
    """
    run = Run(Writer(root, act=act, decision=act.decision))
    on = check_day(act.in_force_on, "in_force_on")
    _create(run, steps, on)
    units = {unit.uid: unit for unit in Unit.objects.filter(root=root, uid__in=_uids(steps))}
    order = (
        StepKind.CREATE,
        StepKind.MOVE,
        StepKind.RENAME,
        StepKind.TRANSFER,
        StepKind.MERGE,
        StepKind.SPLIT,
        StepKind.ABOLISH,
    )
    for kind in order:
        for index, step in enumerate(steps):
            if step.kind == kind:
                _attempt(run, index, _DO[kind], step, units, on)
    _end_units(run, on)
    _attempt_whole(run)
    return run


def _uids(steps: Iterable[Step]) -> set[UUID]:
    return {uid for step in steps for uid in (*step.named_uids(), *(spec.uid for spec in step.new))}


def _create(run: Run, steps: Sequence[Step], on: datetime.date) -> None:
    specs = [spec for step in steps for spec in _with_parents(run.writer.root, step, on)]
    if specs:
        try:
            with transaction.atomic():
                run.created = run.writer.create_units(specs, on)
        except DomainError as error:
            run.problems.append(Problem(None, str(error.message)))


def _with_parents(root: Unit, step: Step, on: datetime.date) -> Iterable[UnitSpec]:
    """Yield the new units of a step; what comes of a merge or split stands where the first of its units stood."""
    line = UnitRelation.objects.on(on).filter(hierarchy=Hierarchy.LINE, unit__root=root)
    for spec in step.new:
        if spec.parent is None and step.units:
            stood = line.filter(unit__uid=step.units[0]).values_list("parent__uid", flat=True).first()
            yield replace(spec, parent=stood)
        else:
            yield spec


Do = Callable[[Run, Step, dict[UUID, Unit], datetime.date], None]


def _attempt(run: Run, index: int, do: Do, step: Step, units: dict[UUID, Unit], on: datetime.date) -> None:
    try:
        step.check()
        if step.named_uids() - units.keys():
            raise DomainError("unit_unknown", _("A unit of this step is not part of this organisation."))
        with transaction.atomic():
            do(run, step, units, on)
    except DomainError as error:
        run.problems.append(Problem(index, str(error.message)))


def _attempt_whole(run: Run) -> None:
    if run.problems:
        return
    try:
        with transaction.atomic():
            run.writer.finish()
    except DomainError as error:
        run.problems.append(Problem(None, str(error.message)))


def _rename(run: Run, step: Step, units: dict[UUID, Unit], on: datetime.date) -> None:
    unit = units[step.units[0]]
    run.writer.change_version(unit, on, step.values)
    run.changed.append(unit)


def _move(run: Run, step: Step, units: dict[UUID, Unit], on: datetime.date) -> None:
    assert step.parent is not None  # noqa: S101 - `check` has refused the step otherwise
    for uid in step.units:
        run.writer.move(units[uid], units[step.parent], on)
        run.moved.append(units[uid])


def _successors(step: Step, units: dict[UUID, Unit]) -> list[Unit]:
    new = [units[spec.uid] for spec in step.new if spec.uid in units]
    if len(new) < len(step.new):
        raise DomainError("unit_not_created", _("The new unit of this step could not be created."))
    return new + [units[uid] for uid in step.into]


def _merge(run: Run, step: Step, units: dict[UUID, Unit], on: datetime.date) -> None:
    (successor,) = _successors(step, units)
    predecessors = [units[uid] for uid in step.units if uid != successor.uid]
    if not predecessors:
        raise DomainError("succeeds_itself", _("A unit cannot be merged into itself alone."))
    run.writer.version_on(successor, on)
    kind = Succession.Kind.RENAME if len(predecessors) == 1 and step.new else Succession.Kind.MERGE
    for unit in predecessors:
        run.writer.version_on(unit, on)
        run.writer.succeed(unit, successor, kind, on, step.share)
        posts = carrying.open_posts([unit], on)
        if step.carry_posts:
            journal, decision = run.writer.journal, run.writer.decision
            run.carried += carrying.carry_posts(journal, posts, successor, on, decision)
        else:
            carrying.end_posts(run.writer.journal, posts, on, _("The unit was merged."))
            run.closed += posts
        carrying.pass_on_charges(run.writer.journal, unit, [successor], on)
        run.ended.append(unit)


def _split(run: Run, step: Step, units: dict[UUID, Unit], on: datetime.date) -> None:
    unit = units[step.units[0]]
    successors = _successors(step, units)
    run.writer.version_on(unit, on)
    for successor in successors:
        run.writer.version_on(successor, on)
        run.writer.succeed(unit, successor, Succession.Kind.SPLIT, on, step.share)
    carrying.pass_on_charges(run.writer.journal, unit, successors, on)
    if not step.keeps:
        _close_posts(run, unit, on, _("The unit was split."))
        run.ended.append(unit)


def _transfer(run: Run, step: Step, units: dict[UUID, Unit], on: datetime.date) -> None:
    giver, receiver = units[step.units[0]], units[step.into[0]]
    run.writer.version_on(giver, on)
    run.writer.version_on(receiver, on)
    run.writer.succeed(giver, receiver, Succession.Kind.TRANSFER, on, step.share)


def _abolish(run: Run, step: Step, units: dict[UUID, Unit], on: datetime.date) -> None:
    for uid in step.units:
        run.writer.version_on(units[uid], on)
        run.writer.succeed(units[uid], None, Succession.Kind.DISSOLVE, on, step.share)
        _close_posts(run, units[uid], on, _("The unit was abolished."))
        run.ended.append(units[uid])


def _close_posts(run: Run, unit: Unit, on: datetime.date, reason: str) -> None:
    posts = carrying.open_posts([unit], on)
    carrying.end_posts(run.writer.journal, posts, on, reason)
    run.closed += posts


def _end_units(run: Run, on: datetime.date) -> None:
    """End every unit once, after all steps: a unit may be merged and transferred in one act."""
    for unit in {unit.pk: unit for unit in run.ended}.values():
        try:
            with transaction.atomic():
                run.writer.end_unit(unit, on)
        except DomainError as error:
            run.problems.append(Problem(None, str(error.message)))


def _nothing_more(run: Run, step: Step, units: dict[UUID, Unit], on: datetime.date) -> None:
    """Units are created before all steps."""


_DO: dict[str, Do] = {
    StepKind.CREATE: _nothing_more,
    StepKind.RENAME: _rename,
    StepKind.MERGE: _merge,
    StepKind.SPLIT: _split,
    StepKind.MOVE: _move,
    StepKind.TRANSFER: _transfer,
    StepKind.ABOLISH: _abolish,
}

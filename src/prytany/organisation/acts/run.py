"""Carrying a plan out through one Writer, with all problems collected, and what it came to.

What many units share is read once and written in bulk: an act may touch every commune of a country.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.utils.translation import gettext as _

from prytany.core.errors import DomainError
from prytany.organisation import carrying
from prytany.organisation.acts.plan import Step, StepKind
from prytany.organisation.models import ChangeAct, Hierarchy, Post, Succession, Unit, UnitRelation, UnitVersion
from prytany.organisation.specs import UnitSpec
from prytany.organisation.writing import Writer, check_day, name_of

ENDING = (StepKind.MERGE, StepKind.SPLIT, StepKind.ABOLISH)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a plan cannot be carried out; `step` counts from 0, None: the plan as a whole."""

    step: int | None
    message: str


@dataclass
class Run:
    """What carrying out a plan did; `problems` is empty if all of it went through."""

    writer: Writer
    on: datetime.date
    units: dict[UUID, Unit] = field(default_factory=dict)
    living: set[int] = field(default_factory=set)
    posts: dict[int, list[Post]] = field(default_factory=lambda: defaultdict(list))
    created: list[Unit] = field(default_factory=list)
    changed: list[Unit] = field(default_factory=list)
    moved: list[Unit] = field(default_factory=list)
    # Unit -> the step that ends it.
    ending: dict[Unit, int] = field(default_factory=dict)
    successions: list[Succession] = field(default_factory=list)
    # Reason -> posts that end for it.
    closing: dict[str, list[Post]] = field(default_factory=lambda: defaultdict(list))
    carried: list[Post] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def ended(self) -> list[Unit]:
        """The units that end, in the order of the steps."""
        return list(self.ending)

    @property
    def closed(self) -> list[Post]:
        """The posts that end with their units."""
        return [post for posts in self.closing.values() for post in posts]


def run_plan(act: ChangeAct, root: Unit, steps: Sequence[Step]) -> Run:
    """Carry out the steps on the act's date; call inside a transaction with the root locked.

    New units come first, then moves and changes, ends last, so that the order in which steps were entered does not
    matter. Where there are problems what was written is not whole: the caller rolls back.
    """
    run = Run(Writer(root, act=act, decision=act.decision), check_day(act.in_force_on, "in_force_on"))
    _create(run, steps)
    _read(run, root, steps)
    for kind in _DO:
        for index, step in enumerate(steps):
            if step.kind == kind:
                _attempt(run, index, step)
    if not run.problems:
        _write_together(run)
    if not run.problems:
        try:
            run.writer.finish()
        except DomainError as error:
            run.problems.append(Problem(None, str(error.message)))
    return run


def _create(run: Run, steps: Sequence[Step]) -> None:
    specs = [spec for step in steps for spec in _with_parents(run, step)]
    if specs:
        try:
            run.created = run.writer.create_units(specs, run.on)
        except DomainError as error:
            run.problems.append(Problem(None, str(error.message)))


def _with_parents(run: Run, step: Step) -> Iterable[UnitSpec]:
    """Yield the new units of a step; what comes of a merge or split stands where the first of its units stood."""
    line = UnitRelation.objects.on(run.on).filter(hierarchy=Hierarchy.LINE, unit__root=run.writer.root)
    for spec in step.new:
        if spec.parent is None and step.units:
            stood = line.filter(unit__uid=step.units[0]).values_list("parent__uid", flat=True).first()
            yield replace(spec, parent=stood)
        else:
            yield spec


def _read(run: Run, root: Unit, steps: Sequence[Step]) -> None:
    """Read what the steps ask of every unit: the units, which of them exist on the date, posts of those that end."""
    uids = {uid for step in steps for uid in (*step.named_uids(), *(spec.uid for spec in step.new))}
    run.units = {unit.uid: unit for unit in Unit.objects.filter(root=root, uid__in=uids)}
    keys = [unit.pk for unit in run.units.values()]
    run.living = set(UnitVersion.objects.on(run.on).filter(unit_id__in=keys).values_list("unit_id", flat=True))
    ending = {uid for step in steps if step.kind in ENDING for uid in step.units}
    for post in carrying.open_posts([run.units[uid] for uid in ending if uid in run.units], run.on):
        run.posts[post.unit_id].append(post)


def _attempt(run: Run, index: int, step: Step) -> None:
    try:
        step.check()
        if step.named_uids() - run.units.keys():
            raise DomainError("unit_unknown", _("A unit of this step is not part of this organisation."))
        _DO[StepKind(step.kind)](run, index, step)
    except DomainError as error:
        run.problems.append(Problem(index, str(error.message)))


def _must_exist(run: Run, *units: Unit) -> None:
    for unit in units:
        if unit.pk not in run.living:
            message = _("%(unit)s does not exist on this date.") % {"unit": name_of(unit.pk, run.on)}
            raise DomainError("unit_not_there", message)


def _rename(run: Run, index: int, step: Step) -> None:
    unit = run.units[step.units[0]]
    run.writer.change_version(unit, run.on, step.values)
    run.changed.append(unit)


def _move(run: Run, index: int, step: Step) -> None:
    assert step.parent is not None  # noqa: S101 - `check` has refused the step otherwise
    for uid in step.units:
        run.writer.move(run.units[uid], run.units[step.parent], run.on)
        run.moved.append(run.units[uid])


def _successors(run: Run, step: Step) -> list[Unit]:
    new = [run.units[spec.uid] for spec in step.new if spec.uid in run.units]
    if len(new) < len(step.new):
        raise DomainError("unit_not_created", _("The new unit of this step could not be created."))
    return new + [run.units[uid] for uid in step.into]


def _succeed(run: Run, predecessor: Unit, successor: Unit | None, kind: str, share: str) -> None:
    if successor is not None and predecessor.pk == successor.pk:
        raise DomainError("succeeds_itself", _("A unit cannot succeed itself."))
    run.successions.append(Succession(predecessor=predecessor, successor=successor, kind=kind, on=run.on, share=share))


def _end(run: Run, index: int, unit: Unit) -> None:
    if unit in run.ending:
        message = _("%(unit)s already ends by another step.") % {"unit": name_of(unit.pk, run.on)}
        raise DomainError("ends_twice", message)
    run.ending[unit] = index


def _merge(run: Run, index: int, step: Step) -> None:
    (successor,) = _successors(run, step)
    predecessors = [run.units[uid] for uid in step.units if uid != successor.uid]
    if not predecessors:
        raise DomainError("succeeds_itself", _("A unit cannot be merged into itself alone."))
    _must_exist(run, successor, *predecessors)
    kind = Succession.Kind.RENAME if len(predecessors) == 1 and step.new else Succession.Kind.MERGE
    for unit in predecessors:
        _end(run, index, unit)
        _succeed(run, unit, successor, kind, step.share)
        if step.carry_posts:
            journal, decision = run.writer.journal, run.writer.decision
            run.carried += carrying.carry_posts(journal, run.posts[unit.pk], successor, run.on, decision)
        else:
            run.closing[_("The unit was merged.")] += run.posts[unit.pk]


def _split(run: Run, index: int, step: Step) -> None:
    unit = run.units[step.units[0]]
    successors = _successors(run, step)
    _must_exist(run, unit, *successors)
    for successor in successors:
        _succeed(run, unit, successor, Succession.Kind.SPLIT, step.share)
    if not step.keeps:
        _end(run, index, unit)
        run.closing[_("The unit was split.")] += run.posts[unit.pk]


def _transfer(run: Run, index: int, step: Step) -> None:
    giver, receiver = run.units[step.units[0]], run.units[step.into[0]]
    _must_exist(run, giver, receiver)
    _succeed(run, giver, receiver, Succession.Kind.TRANSFER, step.share)


def _abolish(run: Run, index: int, step: Step) -> None:
    for uid in step.units:
        unit = run.units[uid]
        _must_exist(run, unit)
        _end(run, index, unit)
        _succeed(run, unit, None, Succession.Kind.DISSOLVE, step.share)
        run.closing[_("The unit was abolished.")] += run.posts[unit.pk]


def _nothing_more(run: Run, index: int, step: Step) -> None:
    """Units are created before all steps."""


def _write_together(run: Run) -> None:
    """Write what the steps gathered: successions, ends of posts, charges that pass on, ends of units."""
    for row in run.successions:
        if row.successor in run.ending:
            message = _("%(unit)s ends by this act and cannot take over from another unit.")
            name = name_of(row.successor.pk, run.on - datetime.timedelta(days=1))
            run.problems.append(Problem(run.ending[row.successor], message % {"unit": name}))
    try:
        run.writer.succeed_all(run.successions)
    except DomainError as error:
        run.problems.append(Problem(None, str(error.message)))
    for reason, posts in run.closing.items():
        carrying.end_posts(run.writer.journal, posts, run.on, reason)
    heirs: dict[int, list[Unit]] = defaultdict(list)
    for row in run.successions:
        if row.successor is not None and row.kind != Succession.Kind.TRANSFER:
            heirs[row.predecessor_id].append(row.successor)
    carrying.pass_on_charges(run.writer.journal, heirs, run.on)
    for unit, error in run.writer.end_units(run.ended, run.on):
        run.problems.append(Problem(run.ending[unit], str(error.message)))


# In this order; a unit may be moved or renamed and be merged into by the same act.
_DO: dict[StepKind, Callable[[Run, int, Step], None]] = {
    StepKind.CREATE: _nothing_more,
    StepKind.MOVE: _move,
    StepKind.RENAME: _rename,
    StepKind.TRANSFER: _transfer,
    StepKind.MERGE: _merge,
    StepKind.SPLIT: _split,
    StepKind.ABOLISH: _abolish,
}

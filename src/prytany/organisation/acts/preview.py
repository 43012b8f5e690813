"""What a change act would do: it is carried out, looked at, and rolled back, so that the preview cannot be wrong."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from prytany.organisation.acts.plan import steps_of
from prytany.organisation.acts.run import Problem, Run, run_plan
from prytany.organisation.impact import ImpactLine, impact_of
from prytany.organisation.models import (
    Appointment,
    ChangeAct,
    Hierarchy,
    Post,
    Succession,
    Unit,
    UnitLink,
    UnitRelation,
)
from prytany.organisation.names import NAMELESS, UnitLabel, unit_labels
from prytany.organisation.revision import lock_root

# So many people are named in a preview; the rest are counted.
NAMED = 100


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of a preview: what it was called, what it is called from then on, where it stands, what became of it."""

    uid: UUID
    before: str
    after: str
    parent_before: str = ""
    parent_after: str = ""
    successors: tuple[str, ...] = ()
    below: int = 0


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody whose appointment ends or passes on: the person, the post, and its unit (the successor if it passes)."""

    person: str
    post: str
    unit: str


@dataclass
class Preview:
    """All that an act would do; it can be applied if there are no `problems`."""

    problems: list[Problem] = field(default_factory=list)
    created: list[UnitLine] = field(default_factory=list)
    changed: list[UnitLine] = field(default_factory=list)
    moved: list[UnitLine] = field(default_factory=list)
    ended: list[UnitLine] = field(default_factory=list)
    posts_carried: int = 0
    posts_closed: int = 0
    people_carried: list[PersonLine] = field(default_factory=list)
    people_leaving: list[PersonLine] = field(default_factory=list)
    people_leaving_total: int = 0
    people_carried_total: int = 0
    impact: list[ImpactLine] = field(default_factory=list)


def preview_plan(act: ChangeAct) -> Preview:
    """Return what applying `act` would do, without doing it."""
    eve = act.in_force_on - datetime.timedelta(days=1)
    with transaction.atomic():
        run = run_plan(act, lock_root(act.root_id or 0), steps_of(act.plan))
        preview = Preview(problems=run.problems)
        _read_units(preview, run, act.in_force_on, eve)
        _read_people(preview, run, act.in_force_on)
        transaction.set_rollback(True)
    preview.impact = impact_of({unit.pk for unit in run.ended}, act.in_force_on)
    return preview


def _parents(units: Iterable[int], on: datetime.date) -> dict[int, int]:
    line = UnitRelation.objects.on(on).filter(hierarchy=Hierarchy.LINE, unit_id__in=list(units))
    return dict(line.values_list("unit_id", "parent_id"))


def _read_units(preview: Preview, run: Run, on: datetime.date, eve: datetime.date) -> None:
    everyone = {unit.pk for several in (run.created, run.changed, run.moved, run.ended) for unit in several}
    above, beneath = _parents(everyone, eve), _parents(everyone, on)
    successors = _successors(run)
    shown = everyone | set(above.values()) | set(beneath.values()) | {s for row in successors.values() for s in row}
    old, new = unit_labels(shown, on=eve), unit_labels(shown, on=on)
    below = _below({unit.pk for unit in run.moved}, eve)

    def line(unit: Unit) -> UnitLine:
        return UnitLine(
            uid=unit.uid,
            before=old.get(unit.pk, NAMELESS).name,
            after=new.get(unit.pk, NAMELESS).name,
            parent_before=_label(old, above.get(unit.pk)),
            parent_after=_label(new, beneath.get(unit.pk)),
            successors=tuple(_label(new, s) for s in successors.get(unit.pk, ())),
            below=below.get(unit.pk, 0),
        )

    preview.created = [line(unit) for unit in run.created]
    preview.changed = [line(unit) for unit in run.changed]
    preview.moved = [line(unit) for unit in run.moved]
    preview.ended = [line(unit) for unit in {unit.pk: unit for unit in run.ended}.values()]


def _label(labels: Mapping[int, UnitLabel], unit: int | None) -> str:
    return labels.get(unit, NAMELESS).name if unit is not None else ""


def _successors(run: Run) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    written = run.writer.journal.written("succession")
    rows = Succession.objects.filter(pk__in=written, successor__isnull=False).order_by("pk")
    for predecessor, successor in rows.values_list("predecessor_id", "successor_id"):
        found.setdefault(predecessor, []).append(successor)
    return found


def _below(unit_ids: set[int], on: datetime.date) -> dict[int, int]:
    counts: dict[int, int] = {}
    links = UnitLink.objects.on(on).filter(hierarchy=Hierarchy.LINE, ancestor_id__in=unit_ids, depth__gt=0)
    for ancestor in links.values_list("ancestor_id", flat=True):
        counts[ancestor] = counts.get(ancestor, 0) + 1
    return counts


def _read_people(preview: Preview, run: Run, on: datetime.date) -> None:
    preview.posts_carried, preview.posts_closed = len(run.carried), len(run.closed)
    carried = _held({post.pk for post in run.carried}, Appointment.objects.all())
    leaving = _held({post.pk for post in run.closed}, Appointment.every_row.filter(_ended(run)))
    preview.people_carried_total, preview.people_leaving_total = len(carried), len(leaving)
    labels = unit_labels({a.post.unit_id for a in (*carried[:NAMED], *leaving[:NAMED])}, on=on)
    preview.people_carried = [_person(a, labels) for a in carried[:NAMED]]
    preview.people_leaving = [_person(a, labels) for a in leaving[:NAMED]]


def _ended(run: Run) -> Q:
    rows = run.writer.journal
    touched = {*rows.ends.get("appointment", {}), *rows.withdrawn.get("appointment", ())}
    return Q(pk__in=touched - rows.written("appointment"))


def _held(posts: set[int], appointments: QuerySet[Appointment]) -> list[Appointment]:
    held = appointments.filter(post__in=posts).select_related("person", "post")
    return list(held.order_by("post__unit_id", "post__position", "pk"))


def _person(appointment: Appointment, labels: Mapping[int, UnitLabel]) -> PersonLine:
    post: Post = appointment.post
    return PersonLine(appointment.person.name, post.title, _label(labels, post.unit_id))

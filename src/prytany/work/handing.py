"""What a post and its leaving holder have open: the contents of a hand-over, read from the records themselves.

What is bound to the post (tasks it assigned, sheets before it, recurring duties) stays with the post and is accepted
by whoever holds it next; what is bound to the person (work handled, tasks followed, drafts) passes to who accepts it.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import pgettext_lazy

from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.organisation.models import Appointment, Substitution
from prytany.organisation.names import title_of
from prytany.organisation.roles import ROLES
from prytany.work import waiting
from prytany.work.models import (
    AssignmentSheet,
    HandOver,
    HandOverLine,
    Obligation,
    ObligationState,
    StandingDuty,
    Task,
    TaskState,
)

Kind = HandOverLine.Kind
# How many lines of a section a page shows; "accept all" reaches the others too.
SHOWN = 50
DRAFTS = (TaskState.DRAFT, TaskState.PROPOSED)
Sheet = AssignmentSheet.State

SECTIONS: dict[str, object] = {
    "open": pgettext_lazy("hand-over", "Open tasks"),
    "decisions": pgettext_lazy("hand-over", "Decisions awaited"),
    "drafts": pgettext_lazy("hand-over", "Drafts"),
    "duties": pgettext_lazy("hand-over", "Recurring duties"),
}


@dataclass(frozen=True)
class Group:
    """Records of one kind in one section."""

    section: str
    kind: str
    rows: QuerySet[Any]


@dataclass
class Line:
    """One record as the page and the minutes show it."""

    kind: str
    record: Any
    section: str
    note: str = ""

    @property
    def key(self) -> str:
        """What a form sends for it."""
        return f"{self.kind}:{self.record.uid}"

    @property
    def content(self) -> str:
        """The words it is known by."""
        return content_of(self.kind, self.record)


@dataclass
class Section:
    """A section of the page: its first lines, and how many there are."""

    code: str
    label: object
    total: int = 0
    lines: list[Line] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.lines)


def groups(scope: Scope, hand_over: HandOver, *, accepted: bool = False) -> list[Group]:
    """Return what is still to be accepted, as far as `scope` may see it; with `accepted` all of it.

    `hand_over` comes with `post` and `outgoing`.
    """
    found = [
        Group("open", Kind.PART, _parts(scope, hand_over)),
        Group("open", Kind.TASK, _tasks(scope, hand_over)),
        Group("decisions", Kind.SHEET, _sheets(scope).filter(state=Sheet.SUBMITTED, approver_post=hand_over.post)),
        Group("decisions", Kind.DECISION, _decisions(scope, hand_over)),
        Group(
            "drafts",
            Kind.SHEET,
            _sheets(scope).filter(state__in=[Sheet.DRAFT, Sheet.RETURNED], created_by=hand_over.outgoing.person_id),
        ),
        Group("drafts", Kind.TASK, _drafts(scope, hand_over)),
        Group("duties", Kind.DUTY, _duties(scope, hand_over)),
    ]
    if accepted:
        return found
    return [Group(one.section, one.kind, _left(one, hand_over)) for one in found]


def _left(group: Group, hand_over: HandOver) -> QuerySet[Any]:
    taken = HandOverLine.objects.filter(hand_over=hand_over, kind=group.kind, accepted_at__isnull=False)
    return group.rows.exclude(uid__in=taken.values("target_uid"))


def _parts(scope: Scope, hand_over: HandOver) -> QuerySet[Obligation]:
    """Parts the person handles in the unit of the post, and the unit's tray where the post distributes its work."""
    post = hand_over.post
    own = Q(handler=hand_over.outgoing.person_id, holder=post.unit_id) | Q(holder_post=post)
    if Permission.TASK_HANDLE in ROLES[post.role].permissions:
        own |= Q(handler=None, holder=post.unit_id) & ~Q(state=ObligationState.WITH_HEAD)
    return Obligation.objects.visible_to(scope).open().filter(own)


def _tasks(scope: Scope, hand_over: HandOver) -> QuerySet[Task]:
    """Assigned tasks that the person follows, or that the post assigned or is in charge of."""
    bound = Q(follower=hand_over.outgoing.person_id) | Q(assigner_post=hand_over.post) | Q(leader_post=hand_over.post)
    return Task.objects.visible_to(scope).filter(bound, state=TaskState.ISSUED)


def _decisions(scope: Scope, hand_over: HandOver) -> QuerySet[Obligation]:
    rows = waiting.decisions(scope, hand_over.post_id)
    post = hand_over.post
    if not ROLES[post.role].is_head:
        return rows
    with_head = Obligation.objects.visible_to(scope).filter(holder=post.unit_id, state=ObligationState.WITH_HEAD)
    with_head = with_head.exclude(handler=hand_over.outgoing.person_id)
    return Obligation.objects.filter(Q(pk__in=rows.values("pk")) | Q(pk__in=with_head.values("pk")))


def _sheets(scope: Scope) -> QuerySet[AssignmentSheet]:
    return AssignmentSheet.objects.visible_to(scope)


def _drafts(scope: Scope, hand_over: HandOver) -> QuerySet[Task]:
    """Single drafts of the person; those of a sheet go with the sheet."""
    mine = Q(created_by=hand_over.outgoing.person_id) | Q(follower=hand_over.outgoing.person_id)
    return Task.objects.visible_to(scope).filter(mine, state__in=DRAFTS, sheet=None)


def _duties(scope: Scope, hand_over: HandOver) -> QuerySet[StandingDuty]:
    rows = StandingDuty.objects.visible_to(scope).filter(post=hand_over.post, stopped_at=None)
    return rows.exclude(ends_on__lt=scope.today)


ORDERS = {Kind.DUTY: ("starts_on", "pk"), Kind.SHEET: ("created_at", "pk")}
JOINED = {
    Kind.PART: ("task__source_document",),
    Kind.DECISION: ("task__source_document",),
    Kind.TASK: ("source_document",),
    Kind.SHEET: ("document",),
}


def sections(scope: Scope, hand_over: HandOver, notes: dict[tuple[str, str], str]) -> list[Section]:
    """Return the sections that hold something, each with its first lines and notes."""
    found = {code: Section(code, label) for code, label in SECTIONS.items()}
    for group in groups(scope, hand_over):
        section = found[group.section]
        room = SHOWN - len(section.lines)
        rows = list(_rows(group)[: SHOWN + 1])
        section.total += len(rows) if len(rows) <= SHOWN else group.rows.count()
        section.lines += [
            Line(group.kind, row, group.section, notes.get((group.kind, str(row.uid)), ""))
            for row in rows[: max(room, 0)]
        ]
    return [section for section in found.values() if section.total]


def _rows(group: Group) -> QuerySet[Any]:
    rows = group.rows.select_related(*JOINED.get(Kind(group.kind), ())).order_by(
        *ORDERS.get(Kind(group.kind), ("due_sort", "pk"))
    )
    if group.kind == Kind.SHEET:
        rows = rows.annotate(rows=Count("tasks"))
    if group.kind == Kind.TASK:
        submitted = Obligation.objects.filter(task=OuterRef("pk"), state=ObligationState.SUBMITTED).order_by()
        number = submitted.values("task").annotate(number=Count("pk")).values("number")
        rows = rows.annotate(to_check=Subquery(number))
    return rows


def all_lines(scope: Scope, hand_over: HandOver) -> Iterator[Line]:
    """Yield everything the hand-over is about, accepted or not, for the minutes."""
    notes = notes_of(hand_over)
    for group in groups(scope, hand_over, accepted=True):
        for row in _rows(group):
            yield Line(group.kind, row, group.section, notes.get((group.kind, str(row.uid)), ""))


def notes_of(hand_over: HandOver) -> dict[tuple[str, str], str]:
    """Return the notes of who leaves, by kind and record."""
    rows = HandOverLine.objects.filter(hand_over=hand_over).exclude(note="")
    return {(kind, str(uid)): note for kind, uid, note in rows.values_list("kind", "target_uid", "note")}


def accepted_lines(hand_over: HandOver) -> QuerySet[HandOverLine]:
    """Return what has been accepted, latest first."""
    rows = HandOverLine.objects.filter(hand_over=hand_over, accepted_at__isnull=False)
    return rows.select_related("accepted_by__person").order_by("-accepted_at", "-pk")


def record_of(scope: Scope, kind: str, uids: Collection[Any]) -> dict[Any, Any]:
    """Return the records of one kind by uid, those that `scope` may see."""
    models: dict[str, Any] = {
        Kind.PART: Obligation.objects.visible_to(scope).select_related("task"),
        Kind.DECISION: Obligation.objects.visible_to(scope).select_related("task"),
        Kind.TASK: Task.objects.visible_to(scope),
        Kind.SHEET: AssignmentSheet.objects.visible_to(scope),
        Kind.DUTY: StandingDuty.objects.visible_to(scope),
    }
    return {row.uid: row for row in models[kind].filter(uid__in=uids)} if uids else {}


def content_of(kind: str, record: Any) -> str:
    """Return the words by which a record is known."""
    if kind in (Kind.PART, Kind.DECISION):
        return str(record.task.content)
    if kind == Kind.SHEET:
        return str(record.title)
    if kind == Kind.DUTY:
        return str(record.pattern.get("content", ""))
    return str(record.content)


def post_title(hand_over: HandOver) -> str:
    """Return the title of the post in the active language."""
    return str(HandOver.objects.filter(pk=hand_over.pk).values_list(title_of("post__"), flat=True).get())


def substitutions(hand_over: HandOver, scope: Scope) -> list[Substitution]:
    """Return for whom the leaving person stands in, and who stands in from the post: both end with the appointment."""
    rows = Substitution.objects.filter(
        Q(absent=hand_over.outgoing_id) | Q(substitute=hand_over.outgoing.person_id), withdrawn_at=None
    )
    rows = rows.filter(valid_to__gt=scope.today).select_related("substitute", "absent__person", "absent__post")
    return list(rows.order_by("valid_from", "pk"))


def holders(hand_over: HandOver, scope: Scope) -> list[Appointment]:
    """Return who holds the post today, besides the person who leaves."""
    rows = (
        Appointment.objects.on(scope.today).filter(post=hand_over.post_id).exclude(person=hand_over.outgoing.person_id)
    )
    return list(rows.select_related("person").order_by("kind", "valid_from", "pk"))

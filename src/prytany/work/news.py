"""Who hears of what happens to tasks: the only place of this app that calls notifications and the search index."""

from collections import Counter
from collections.abc import Iterable, Sequence
from uuid import UUID, uuid4

from django.db.models import Q

from prytany.core.models import valid_on
from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.documents.models import Document
from prytany.notifications.services import notify, withdraw
from prytany.organisation.models import Appointment, Person, Unit
from prytany.organisation.roles import ROLES
from prytany.work import indexing
from prytany.work.models import (
    AssignmentSheet,
    EventKind,
    Follow,
    HandOver,
    Obligation,
    ObligationEvent,
    Remark,
    StandingDuty,
    Task,
    TaskInformation,
)

RECEIVING = [code for code, role in ROLES.items() if Permission.TASK_HANDLE in role.permissions]
ASSIGNING = [code for code, role in ROLES.items() if Permission.TASK_ASSIGN in role.permissions]

# What the assigner has to decide on comes at once; the rest waits for the digest.
DECISIONS = {EventKind.OBSTACLE: "obstacle_raised", EventKind.HANDED_BACK: "part_handed_back"}
PLAIN = {
    EventKind.PROGRESS: "part_progress",
    EventKind.SUBMITTED: "part_answered",
    EventKind.NOTHING: "part_answered",
}
WITHIN_UNIT = {EventKind.TO_HEAD: "answer_to_head", EventKind.HEAD_RETURNED: "answer_head_returned"}


def receivers(scope: Scope, unit_ids: Iterable[int]) -> dict[int, list[int]]:
    """Return, by unit, the people who receive its work today; one query, however many units."""
    ids = set(unit_ids)
    if not ids:
        return {}
    found: dict[int, list[int]] = {unit_id: [] for unit_id in ids}
    rows = Appointment.objects.on(scope.today).filter(valid_on(scope.today, "post__"), post__role__in=RECEIVING)
    # Beyond some hundreds of units it is cheaper to read all of the root than to name each.
    near = {"post__unit_id__in": ids} if len(ids) < 500 else {"post__unit__root_id": scope.root_id}
    rows = rows.filter(**near)
    for unit_id, person_id in rows.values_list("post__unit_id", "person_id").distinct():
        if unit_id in found:
            found[unit_id].append(person_id)
    return found


def _holders(scope: Scope, post_id: int | None) -> list[int]:
    """Return who holds a post today."""
    if post_id is None:
        return []
    return list(Appointment.objects.on(scope.today).filter(post_id=post_id).values_list("person_id", flat=True))


def _tell(
    scope: Scope,
    kind: str,
    people: Iterable[int | None] | Counter[int],
    target: object,
    act: UUID,
    *,
    urgent: bool = False,
    **params: object,
) -> None:
    """Tell each of `people` once, leaving out the one who acts."""
    counted = people if isinstance(people, Counter) else Counter({person: 1 for person in people if person})
    counted.pop(scope.person_id, None)
    if counted:
        notify(scope=scope, act=act, kind=kind, people=counted, target=target, params=params, urgent=urgent)


def sheet_submitted(scope: Scope, sheet: AssignmentSheet) -> None:
    """Ask the approver; without one, who may assign for the unit."""
    people = _holders(scope, sheet.approver_post_id)
    if not people:
        posts = Appointment.objects.on(scope.today).filter(post__unit_id=sheet.unit_id, post__role__in=ASSIGNING)
        people = list(posts.values_list("person_id", flat=True))
    _tell(scope, "sheet_submitted", people, sheet, uuid4(), urgent=True, title=sheet.title)


def sheet_returned(scope: Scope, sheet: AssignmentSheet) -> None:
    """Tell the drafter."""
    _tell(scope, "sheet_returned", [sheet.submitted_by_id], sheet, uuid4(), urgent=True, title=sheet.title)


def tasks_issued(
    scope: Scope, tasks: Sequence[Task], parts: Sequence[Obligation], act: UUID, *, new: bool = False
) -> None:
    """Tell each unit once, with how many tasks it got; units for information apart; put the tasks into the index.

    `new` are tasks that were drafts until now.
    """
    by_unit = receivers(scope, {part.holder_id for part in parts})
    people: Counter[int] = Counter()
    for part in parts:
        for person in by_unit[part.holder_id]:
            people[person] += 1
    urgent = _is_urgent(tasks)
    target = tasks[0] if len(tasks) == 1 else None
    _tell(scope, "tasks_assigned", people, target, act, urgent=urgent, content=_content(tasks))
    told: Counter[int] = Counter()
    informed = list(TaskInformation.objects.filter(task__in=tasks).values_list("unit_id", flat=True))
    for unit_id, members in receivers(scope, informed).items():
        for person in members:
            told[person] += informed.count(unit_id)
    _tell(scope, "tasks_for_information", told, target, act, content=_content(tasks))
    indexing.put_tasks(tasks, new=new)


def _is_urgent(tasks: Sequence[Task]) -> bool:
    """Tell whether one of `tasks` is drawn from a paper marked urgent."""
    papers = {task.source_document_id for task in tasks if task.source_document_id}
    return bool(papers) and Document.objects.filter(pk__in=papers).exclude(urgency="").exists()


def _content(tasks: Sequence[Task]) -> str:
    return tasks[0].content[:160] if len(tasks) == 1 and tasks[0].level == 0 else ""


def parts_withdrawn(scope: Scope, parts: Sequence[Obligation], act: UUID, kind: str) -> None:
    """Tell the units whose parts were recalled, cancelled or given to another."""
    _to_holders(scope, parts, act, kind)


def parts_reminded(scope: Scope, parts: Sequence[Obligation], act: UUID, kind: str = "parts_reminded") -> None:
    """Remind the units, and the handlers where one is named."""
    _to_holders(scope, parts, act, kind)


def parts_checked(scope: Scope, parts: Sequence[Obligation], act: UUID, kind: str, *, urgent: bool = False) -> None:
    """Tell the units what became of their answers."""
    _to_holders(scope, parts, act, kind, urgent=urgent)


def withdrawn(act: UUID) -> None:
    """Take back the news of an act that was undone."""
    withdraw(act=act)


def _to_holders(scope: Scope, parts: Sequence[Obligation], act: UUID, kind: str, *, urgent: bool = False) -> None:
    by_unit = receivers(scope, {part.holder_id for part in parts})
    people: Counter[int] = Counter()
    for part in parts:
        for person in {*by_unit[part.holder_id], *([part.handler_id] if part.handler_id else [])}:
            people[person] += 1
    target = parts[0] if len(parts) == 1 else None
    content = parts[0].task.content[:160] if target is not None and target.level == 0 else ""
    _tell(scope, kind, people, target, act, urgent=urgent, content=content)


def handler_named(scope: Scope, part: Obligation) -> None:
    """Tell the handler."""
    _tell(scope, "handler_named", [part.handler_id], part, uuid4(), content=part.task.content[:160])


def part_moved(scope: Scope, part: Obligation, event: ObligationEvent) -> None:
    """Tell the follower and the assigner, or the people of the unit for what stays inside it."""
    kind = EventKind(event.kind)
    content = part.task.content[:160] if part.level == 0 else ""
    if kind in WITHIN_UNIT:
        people = receivers(scope, [part.holder_id])[part.holder_id]
        if kind == EventKind.HEAD_RETURNED:
            people = [part.handler_id or part.submitted_by_id or 0]
        _tell(scope, WITHIN_UNIT[kind], people, part, event.act, urgent=True, content=content)
    elif kind in DECISIONS:
        decision_asked(scope, part, event, DECISIONS[kind])
    elif kind in PLAIN:
        _tell(scope, PLAIN[kind], _watchers(part), part, event.act, content=content, unit=part.holder_id)


def _watchers(part: Obligation) -> list[int | None]:
    """Return the follower (else the assigner) and everybody who follows the task of their own will."""
    task = part.task
    first = task.follower_id or task.assigner_id
    return [first, *Follow.objects.filter(task=task).values_list("person_id", flat=True)]


def decision_asked(scope: Scope, part: Obligation, event: ObligationEvent, kind: str) -> None:
    """Tell at once who has to decide: the assigning post and the leader in charge."""
    task = part.task
    people = {*_holders(scope, task.assigner_post_id), *_holders(scope, task.leader_post_id), task.follower_id}
    content = task.content[:160] if part.level == 0 else ""
    _tell(scope, kind, people, part, event.act, urgent=True, content=content, unit=part.holder_id)


def duty_without_unit(scope: Scope, duty: StandingDuty, lead: str, act: UUID) -> None:
    """Tell the post that set a recurring duty up, else the person, that its lead is no more; once for an act."""
    people = _holders(scope, duty.post_id) or [duty.created_by_id]
    unit = Unit.objects.filter(uid=lead).values_list("pk", flat=True).first()
    content = duty.pattern["content"][:160]
    _tell(scope, "part_without_unit", people, duty, act, urgent=True, content=content, unit=unit)


def decided(scope: Scope, part: Obligation, event: ObligationEvent, kind: str) -> None:
    """Tell the unit what was decided."""
    _to_holders(scope, [part], event.act, kind)


def remark_added(scope: Scope, remark: Remark, mentioned: Sequence[Person]) -> None:
    """Tell those mentioned; to all on the task, also its followers and handlers."""
    content = remark.task.content[:160] if remark.task.level == 0 else ""
    act = uuid4()
    named = [person.pk for person in mentioned]
    _tell(scope, "mentioned", named, remark.task, act, content=content)
    if remark.audience != Remark.Audience.TASK:
        return
    around = Person.objects.filter(Q(follows__task=remark.task) | Q(pk=remark.task.follower_id)).exclude(pk__in=named)
    _tell(scope, "remark", around.values_list("pk", flat=True), remark.task, act, content=content)


def post_handed_over(scope: Scope, hand_over: HandOver, holders: Iterable[Appointment]) -> None:
    """Tell who holds the post besides that it can be taken over."""
    people = [appointment.person_id for appointment in holders]
    _tell(scope, "post_handed_over", people, hand_over, uuid4(), post=hand_over.post.title)


def post_taken_over(scope: Scope, hand_over: HandOver) -> None:
    """Tell who left, where they still have an account, that everything has been accepted."""
    people = [hand_over.outgoing.person_id]
    _tell(scope, "post_taken_over", people, hand_over, uuid4(), post=hand_over.post.title)


def paper_for_information(scope: Scope, document: Document, units: Iterable[Unit]) -> None:
    """Tell units of a paper that asks nothing of them."""
    people = [person for members in receivers(scope, [unit.pk for unit in units]).values() for person in members]
    _tell(scope, "paper_for_information", people, document, uuid4(), symbol=document.symbol)


def index_tasks(tasks: Iterable[Task]) -> None:
    """Put tasks into the search index, or take cancelled ones out."""
    indexing.put_tasks(tasks)

"""What waits for one person's decision: the first list of My desk, and the red count beside it."""

import datetime
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery

from prytany.core.lists import Counting
from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.documents.models import RegisterEntry
from prytany.organisation.names import title_of
from prytany.organisation.reach import within
from prytany.work.models import AssignmentSheet, HandOver, Obligation, ObligationState, Obstacle, Task
from prytany.work.policies import can_check_task

MOST = 50
MOST_COUNTED = 100  # the badge of the menu says no more than that there are many


def sheets(scope: Scope) -> QuerySet[AssignmentSheet]:
    """Sheets put before this post, or before nobody in particular where this scope may assign."""
    mine = Q(approver_post_id=scope.post_id) | Q(approver_post=None)
    rows = AssignmentSheet.objects.filter(within(scope, Permission.TASK_ASSIGN, "unit", "root"), mine)
    return rows.filter(state=AssignmentSheet.State.SUBMITTED, level__lte=scope.clearance)


def decisions(scope: Scope, post_id: int | None = None) -> QuerySet[Obligation]:
    """Parts on which the assigner has to decide: more time asked, an obstacle unanswered, work handed back.

    They wait for the post that assigned the task or is in charge of it: `post_id`, by default the one acted from.
    """
    post_id = post_id or scope.post_id
    if not scope.holds_anywhere(Permission.TASK_ASSIGN) or post_id is None:
        return Obligation.objects.none()
    open_obstacles = Obstacle.objects.filter(answered_at=None, closed_on=None)
    unanswered = open_obstacles.filter(obligation=OuterRef("pk")).order_by("raised_at").values("raised_at")[:1]
    # Three short lists, each read from an index of its own, instead of one condition asked of all parts.
    asked = Obligation.objects.filter(extension_pending=True).values("pk")
    back = Obligation.objects.filter(state=ObligationState.HANDED_BACK).values("pk")
    stands = Q(extension_pending=True) | Q(state=ObligationState.HANDED_BACK, task__state="issued")
    stands |= Q(is_blocked=True) & ~Q(state=ObligationState.HANDED_BACK)
    decides = Q(task__assigner_post_id=post_id) | Q(task__leader_post_id=post_id)
    rows = Obligation.objects.visible_to(scope).filter(decides, stands)
    rows = rows.filter(pk__in=asked.union(back, open_obstacles.values("obligation_id")))
    return rows.annotate(obstacle_since=Subquery(unanswered))


def _to_check_task(scope: Scope) -> Q:
    """Return the condition for tasks whose answers this person checks."""
    return Q(follower_id=scope.person_id) | Q(follower=None, assigner_post_id=scope.post_id)


def to_check(scope: Scope) -> QuerySet[Obligation]:
    """Answers that wait for this person: as follower of the task, or as its assigner where nobody follows it."""
    if not scope.holds_anywhere(Permission.TASK_VERIFY):
        return Obligation.objects.none()
    return _waiting_for_check(scope).filter(task__in=Task.objects.filter(_to_check_task(scope)).values("pk"))


def checks(scope: Scope, task: Task) -> bool:
    """Tell whether the answers to `task` wait for this person: `to_check` in Python, for one task."""
    if not can_check_task(scope, task):
        return False
    if task.follower_id is None:
        return task.assigner_post_id is not None and task.assigner_post_id == scope.post_id
    return task.follower_id == scope.person_id


def _waiting_for_check(scope: Scope) -> QuerySet[Obligation]:
    rows = Obligation.objects.visible_to(scope).filter(state=ObligationState.SUBMITTED)
    return rows.exclude(submitted_by=scope.person_id)


def tasks_to_check(scope: Scope) -> QuerySet[Task]:
    """Return the tasks with answers that wait for this person, each once."""
    if not scope.holds_anywhere(Permission.TASK_VERIFY):
        return Task.objects.none()
    answers = _waiting_for_check(scope).filter(task=OuterRef("pk"))
    return Task.objects.filter(_to_check_task(scope), Exists(answers))


def before_head(scope: Scope) -> QuerySet[Obligation]:
    """Answers of the own unit that wait for its head."""
    if not scope.holds_anywhere(Permission.TASK_HANDLE):
        return Obligation.objects.none()
    rows = Obligation.objects.visible_to(scope).filter(within(scope, Permission.TASK_HANDLE, "holder"))
    return rows.filter(state=ObligationState.WITH_HEAD)


def to_route(scope: Scope) -> QuerySet[RegisterEntry]:
    """Incoming papers that wait for a leader's opinion."""
    if not scope.holds_anywhere(Permission.DOCUMENT_ROUTE):
        return RegisterEntry.objects.none()
    rows = RegisterEntry.objects.visible_to(scope).filter(direction=RegisterEntry.Direction.IN)
    return rows.filter(within(scope, Permission.DOCUMENT_ROUTE, "unit", "root"), routed_at=None, voided_at=None)


def to_take_over(scope: Scope) -> QuerySet[HandOver]:
    """What the holder before left for this post and nobody has accepted whole; a substitute does not accept it."""
    if scope.post_id is None or scope.acting_for is not None:
        return HandOver.objects.none()
    return HandOver.objects.waiting(scope)


def count(scope: Scope) -> int:
    """Return how many lines `items` has, each kind counted up to a ceiling; one query."""
    if scope.post_id is None:
        return 0
    return sum(one.number for one in _counting(Asker(scope)).run())


class Asker:
    """A scope, equal to another that sees and decides the same: all that the statement of `count` is made from."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.key = (
            connection.vendor,
            *(scope.person_id, scope.post_id, scope.unit_id, scope.root_id, scope.clearance, scope.today),
            *(scope.appointment_id, scope.acting_for),
            tuple(scope.grants.items()),
            scope.need_to_know,
        )

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Asker) and self.key == other.key


@lru_cache(maxsize=2000)
def _counting(asker: Asker) -> Counting:
    """Return the statement of `count`. Every page shows that count, and putting it together costs more than asking."""
    scope = asker.scope
    kinds: list[QuerySet[Any]] = [sheets(scope), decisions(scope), before_head(scope), to_route(scope)]
    kinds += [to_take_over(scope), tasks_to_check(scope)]
    return Counting.of(kinds, MOST_COUNTED)


@dataclass
class Item:
    """One line of "Waiting for me": what to do, on what, from whom, since when."""

    kind: str  # take_over, sheet, extension, obstacle, handed_back, check, head, route
    record: Any
    unit_id: int | None
    since: datetime.datetime | None
    count: int = 1
    urgency: str = ""
    places: int = 1


def items(scope: Scope) -> list[Item]:
    """Return what waits: a post to take over, urgent papers, then longest waiting last named; six queries."""
    posts = to_take_over(scope).select_related("post", "outgoing__person").annotate(title=title_of("post__"))
    found = [Item("take_over", left, left.post.unit_id, left.prepared_at or left.created_at) for left in posts]
    rows = sheets(scope).select_related("document", "submitted_by").annotate(rows=Count("tasks"))[:MOST]
    found += [Item("sheet", sheet, sheet.unit_id, sheet.submitted_at, sheet.rows) for sheet in rows]
    for part in decisions(scope).select_related("task__source_document")[:MOST]:
        found.append(_decision(part))
    answers = to_check(scope).values("task_id")
    grouped = answers.annotate(
        number=Count("pk"), since=Min("waiting_since"), place=Min("holder_id"), places=Count("holder_id", distinct=True)
    )
    checks = {row["task_id"]: row for row in grouped.order_by("since")[:MOST]}
    for task in Task.objects.filter(pk__in=checks).select_related("source_document"):
        row = checks[task.pk]
        found.append(Item("check", task, row["place"], row["since"], row["number"], places=row["places"]))
    for part in before_head(scope).select_related("task__source_document")[:MOST]:
        found.append(Item("head", part, part.holder_id, part.waiting_since))
    for entry in to_route(scope).select_related("document").order_by("entered_on", "pk")[:MOST]:
        found.append(Item("route", entry, entry.unit_id, entry.created_at, urgency=entry.document.urgency))
    late = datetime.datetime.max.replace(tzinfo=datetime.UTC)
    return sorted(found, key=lambda item: (item.kind != "take_over", not item.urgency, item.since or late))


def _decision(part: Obligation) -> Item:
    """Name which decision a part waits for: an obstacle before more time, since it may make that needless."""
    if part.state == ObligationState.HANDED_BACK:
        return Item("handed_back", part, part.holder_id, part.last_word_at)
    if part.obstacle_since is not None:
        return Item("obstacle", part, part.holder_id, part.obstacle_since)
    return Item("extension", part, part.holder_id, part.last_word_at)

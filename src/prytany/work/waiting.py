"""What waits for one person's decision: the first list of My desk, and the red count beside it."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.documents.models import RegisterEntry
from prytany.organisation.models import Person
from prytany.organisation.reach import within
from prytany.work.models import AssignmentSheet, Obligation, ObligationState, Obstacle, Task

MOST = 50


def sheets(scope: Scope) -> QuerySet[AssignmentSheet]:
    """Sheets put before this post, or before nobody in particular where this scope may assign."""
    mine = Q(approver_post_id=scope.post_id) | Q(approver_post=None)
    rows = AssignmentSheet.objects.filter(within(scope, Permission.TASK_ASSIGN, "unit", "root"), mine)
    return rows.filter(state=AssignmentSheet.State.SUBMITTED, level__lte=scope.clearance)


def _decides(scope: Scope, prefix: str = "task__") -> Q:
    """Tasks that this post assigned or is in charge of."""
    return Q(**{f"{prefix}assigner_post_id": scope.post_id}) | Q(**{f"{prefix}leader_post_id": scope.post_id})


def decisions(scope: Scope) -> QuerySet[Obligation]:
    """Parts on which the assigner has to decide: more time asked, an obstacle unanswered, work handed back."""
    if not scope.holds_anywhere(Permission.TASK_ASSIGN) or scope.post_id is None:
        return Obligation.objects.none()
    unanswered = Obstacle.objects.filter(obligation=OuterRef("pk"), answered_at=None, closed_on=None)
    asked = Q(extension_pending=True) | Q(state=ObligationState.HANDED_BACK, task__state="issued")
    asked |= Q(is_blocked=True, pk__in=Obstacle.objects.filter(answered_at=None, closed_on=None).values("obligation"))
    rows = Obligation.objects.visible_to(scope).filter(asked, _decides(scope))
    return rows.annotate(obstacle_since=Subquery(unanswered.order_by("raised_at").values("raised_at")[:1]))


def to_check(scope: Scope) -> QuerySet[Obligation]:
    """Answers that wait for this person: as follower of the task, or as its assigner where nobody follows it."""
    if not scope.holds_anywhere(Permission.TASK_VERIFY):
        return Obligation.objects.none()
    mine = Q(task__follower_id=scope.person_id) | Q(task__follower=None, task__assigner_post_id=scope.post_id)
    rows = Obligation.objects.visible_to(scope).filter(mine, state=ObligationState.SUBMITTED)
    return rows.exclude(submitted_by=scope.person_id)


def before_head(scope: Scope) -> QuerySet[Obligation]:
    """Answers of the own unit that wait for its head."""
    if not scope.holds_anywhere(Permission.TASK_HANDLE):
        return Obligation.objects.none()
    rows = Obligation.objects.visible_to(scope)
    return rows.filter(within(scope, Permission.TASK_HANDLE, "holder"), state=ObligationState.WITH_HEAD)


def to_receive(scope: Scope) -> QuerySet[Obligation]:
    """Work of the own unit that has no handler yet and nobody has opened."""
    if not scope.holds_anywhere(Permission.TASK_HANDLE):
        return Obligation.objects.none()
    return Obligation.objects.filter(holder_id=scope.unit_id, state=ObligationState.ISSUED, handler=None)


def to_route(scope: Scope) -> QuerySet[RegisterEntry]:
    """Incoming papers that wait for a leader's opinion."""
    if not scope.holds_anywhere(Permission.DOCUMENT_ROUTE):
        return RegisterEntry.objects.none()
    rows = RegisterEntry.objects.visible_to(scope).filter(direction=RegisterEntry.Direction.IN)
    return rows.filter(within(scope, Permission.DOCUMENT_ROUTE, "unit", "root"), routed_at=None, voided_at=None)


def count(scope: Scope) -> int:
    """Return how many lines `items` has; one query."""
    if scope.post_id is None:
        return 0
    checks = to_check(scope).order_by().values("root_id").annotate(n=Count("task_id", distinct=True)).values("n")
    parts = [_number(sheets(scope)), _number(decisions(scope)), _number(before_head(scope)), _number(to_route(scope))]
    columns: dict[str, Any] = {f"n{index}": part for index, part in enumerate([*parts, _scalar(checks)])}
    row = Person.objects.filter(pk=scope.person_id).annotate(**columns).values_list(*columns).first()
    return sum(row or ())


def _number(rows: QuerySet) -> Any:
    counted = rows.order_by().values("root_id").annotate(n=Count("pk", distinct=True)).values("n")
    return _scalar(counted)


def _scalar(counted: QuerySet) -> Any:
    if counted.query.is_empty():
        return Value(0)
    return Coalesce(Subquery(counted[:1], output_field=IntegerField()), Value(0))


@dataclass
class Item:
    """One line of "Waiting for me": what to do, on what, from whom, since when."""

    kind: str  # sheet, extension, obstacle, handed_back, check, head, route
    record: Any
    unit_id: int | None
    since: datetime.datetime | None
    count: int = 1
    urgency: str = ""


def items(scope: Scope) -> list[Item]:
    """Return what waits, urgent papers first, then longest waiting last named; five queries."""
    found: list[Item] = []
    rows = sheets(scope).select_related("document", "submitted_by").annotate(rows=Count("tasks"))[:MOST]
    found += [Item("sheet", sheet, sheet.unit_id, sheet.submitted_at, sheet.rows) for sheet in rows]
    for part in decisions(scope).select_related("task__source_document")[:MOST]:
        found.append(_decision(part))
    grouped = (
        to_check(scope).values("task_id").annotate(number=Count("pk"), since=Min("waiting_since")).order_by("since")
    )
    checks = {row["task_id"]: row for row in grouped[:MOST]}
    for task in Task.objects.filter(pk__in=checks).select_related("source_document"):
        row = checks[task.pk]
        found.append(Item("check", task, None, row["since"], row["number"]))
    for part in before_head(scope).select_related("task__source_document")[:MOST]:
        found.append(Item("head", part, part.holder_id, part.waiting_since))
    for entry in to_route(scope).select_related("document").order_by("entered_on", "pk")[:MOST]:
        found.append(Item("route", entry, entry.unit_id, entry.created_at, urgency=entry.document.urgency))
    late = datetime.datetime.max.replace(tzinfo=datetime.UTC)
    return sorted(found, key=lambda item: (not item.urgency, item.since or late))


def _decision(part: Obligation) -> Item:
    """Name which decision a part waits for: an obstacle before more time, since it may make that needless."""
    if part.state == ObligationState.HANDED_BACK:
        return Item("handed_back", part, part.holder_id, part.last_word_at)
    if part.obstacle_since is not None:
        return Item("obstacle", part, part.holder_id, part.obstacle_since)
    return Item("extension", part, part.holder_id, part.last_word_at)

"""Sheets and tasks on their way to the units: submit, send back, issue in one act, recall, cancel."""

from collections.abc import Iterable, Sequence
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prytany.audit.recording import record, record_many
from prytany.core import clock, levels
from prytany.core.errors import DomainError, StaleRecord
from prytany.core.scope import Scope, authorise
from prytany.organisation.models import Post, Unit
from prytany.work import history, news, policies, transitions
from prytany.work.clears import Missing, missing
from prytany.work.dues import soon_on
from prytany.work.models import AssignmentSheet, EventKind, Obligation, ObligationState, Task, TaskState
from prytany.work.services.drafting import Row, draft_task


class NotClear(DomainError):
    """Some tasks lack one of the six clears; `missing` lists what, by task."""

    def __init__(self, found: Sequence[Missing]) -> None:
        message = ngettext(
            "One thing is missing before this can be assigned.",
            "%(count)d things are missing before this can be assigned.",
            len(found),
        ) % {"count": len(found)}
        super().__init__("not_clear", message, {item.field: item.message for item in found})
        self.missing = list(found)


@transaction.atomic
def submit_sheet(*, scope: Scope, sheet: AssignmentSheet, approver: Post | None = None) -> AssignmentSheet:
    """Put a sheet before the chief; NotClear while a task lacks something, DomainError for an empty sheet."""
    sheet = AssignmentSheet.objects.select_for_update().get(pk=sheet.pk)
    authorise(policies.can_edit_sheet, scope, sheet)
    if sheet.state not in (AssignmentSheet.State.DRAFT, AssignmentSheet.State.RETURNED):
        raise DomainError("sheet_state", _("This sheet waits for approval already."))
    sheet.approver_post = approver or sheet.approver_post
    _clear_tasks(scope, sheet)
    sheet.state = AssignmentSheet.State.SUBMITTED
    sheet.submitted_by_id, sheet.submitted_at = scope.person_id, clock.now()
    sheet.version += 1
    sheet.save()
    sheet.tasks.filter(state=TaskState.DRAFT).update(state=TaskState.PROPOSED)
    record(scope, action="sheet.submit", target=sheet)
    news.sheet_submitted(scope, sheet)
    return sheet


def _clear_tasks(scope: Scope, sheet: AssignmentSheet) -> list[Task]:
    """Return the tasks of the sheet that are to be issued; NotClear or DomainError where they cannot be.

    The authority of a sheet's tasks is its approver, else who puts it forward.
    """
    tasks = list(sheet.tasks.filter(state__in=[TaskState.DRAFT, TaskState.PROPOSED]).order_by("position"))
    if not tasks:
        raise DomainError("sheet_empty", _("This sheet has no task."))
    for task in tasks:
        task.assigner_post_id = task.assigner_post_id or sheet.approver_post_id or scope.post_id
    found = missing(tasks, Obligation.objects.filter(task__in=tasks), on=scope.today)
    if found:
        raise NotClear(found)
    return tasks


@transaction.atomic
def return_sheet(*, scope: Scope, sheet: AssignmentSheet, reason: str) -> AssignmentSheet:
    """Send a submitted sheet back to its drafter with a reason."""
    sheet = AssignmentSheet.objects.select_for_update().get(pk=sheet.pk)
    authorise(policies.can_issue_sheet, scope, sheet)
    if sheet.state != AssignmentSheet.State.SUBMITTED:
        raise DomainError("sheet_state", _("Only a sheet that waits for approval can be sent back."))
    if not reason.strip():
        raise DomainError("reason", _("Say what is to be changed."), {"reason": _("Say what is to be changed.")})
    sheet.state, sheet.returned_reason = AssignmentSheet.State.RETURNED, reason
    sheet.version += 1
    sheet.save()
    sheet.tasks.filter(state=TaskState.PROPOSED).update(state=TaskState.DRAFT)
    record(scope, action="sheet.return", target=sheet)
    news.sheet_returned(scope, sheet)
    return sheet


@transaction.atomic
def issue_sheet(*, scope: Scope, sheet: AssignmentSheet, version: int | None = None) -> AssignmentSheet:
    """Issue every task of a sheet in one act: one notice a unit, however many tasks it gets.

    PermissionDenied unless `scope` may assign for the unit; NotClear while something is missing; StaleRecord where
    the sheet was changed since `version`.
    """
    sheet = AssignmentSheet.objects.select_for_update().get(pk=sheet.pk)
    authorise(policies.can_issue_sheet, scope, sheet)
    if sheet.state == AssignmentSheet.State.ISSUED:
        raise DomainError("sheet_issued", _("This sheet has been assigned already."))
    if version is not None and version != sheet.version:
        raise StaleRecord("stale", _("This sheet was changed meanwhile. Look at it again before you assign it."))
    tasks = _clear_tasks(scope, sheet)
    act = uuid4()
    sheet.state, sheet.act = AssignmentSheet.State.ISSUED, act
    sheet.issued_by_id, sheet.issued_at = scope.person_id, clock.now()
    sheet.version += 1
    sheet.save()
    record(scope, action="sheet.issue", target=sheet, data={"tasks": len(tasks)})
    _issue(scope, tasks, act, Obligation.objects.filter(task__in=tasks))
    return sheet


@transaction.atomic
def issue_task(*, scope: Scope, task: Task) -> Task:
    """Issue one draft task to all its units in one act; errors as `issue_sheet`."""
    return _issue_one(scope, Task.objects.select_for_update().get(pk=task.pk))


def _issue_one(scope: Scope, task: Task) -> Task:
    """Issue a task that is locked, or that this transaction has just written."""
    authorise(policies.can_issue_task, scope, task)
    if task.state not in (TaskState.DRAFT, TaskState.PROPOSED):
        raise DomainError("not_a_draft", _("This task has been assigned already."))
    if task.assigner_post_id is None:
        task.assigner_post_id = scope.post_id
    parts = list(task.obligations.all())
    found = missing([task], parts, on=scope.today)
    if found:
        raise NotClear(found)
    _issue(scope, [task], uuid4(), parts)
    return task


@transaction.atomic
def draft_and_issue(*, scope: Scope, unit: Unit, row: Row, issue: bool, parent: Task | None = None) -> Task:
    """Draft a task and, with `issue`, assign it in the same transaction: both or neither."""
    task = draft_task(scope=scope, unit=unit, row=row, parent=parent)
    return _issue_one(scope, task) if issue else task


def _issue(scope: Scope, tasks: list[Task], act: UUID, parts: Iterable[Obligation]) -> None:
    """Move tasks and their draft `parts` to issued, with history, log and notices, in bulk."""
    moment, today = clock.now(), scope.today
    for task in tasks:
        if levels.is_secret(task.level):
            raise DomainError("secret_content", _("The content of state-secret documents is not stored here."))
        task.state, task.issued_on, task.issued_at, task.rules_on = TaskState.ISSUED, today, moment, today
        task.assigner_id = scope.person_id
        task.assigner_post_id = task.assigner_post_id or scope.post_id
        task.version += 1
    columns = ["state", "issued_on", "issued_at", "rules_on", "assigner", "assigner_post", "version"]
    if len(tasks) == 1:
        tasks[0].save(update_fields=columns)
    else:
        Task.objects.bulk_update(tasks, columns, batch_size=500)
    by_task: dict[int, list[Obligation]] = {}
    for part in parts:
        if part.state == ObligationState.DRAFT:
            by_task.setdefault(part.task_id, []).append(part)
    issued: list[Obligation] = []
    for task in tasks:
        drafts = by_task.get(task.pk, [])
        history.apply_many(
            scope,
            drafts,
            EventKind.ISSUED,
            act,
            state=ObligationState.ISSUED,
            issued_on=today,
            original_due_on=task.due_on,
            due_on=task.due_on,
            due_precision=task.due_precision,
            soon_on=soon_on(task.due_on, unit_id=task.assigner_unit_id, on=today),
        )
        issued += drafts
    record_many(scope, action="task.assign", targets=tasks)
    record_many(scope, action="part.assign", targets=issued)
    news.tasks_issued(scope, tasks, issued, act, new=True)


@transaction.atomic
def recall_parts(*, scope: Scope, parts: Iterable[Obligation], reason: str = "") -> int:
    """Take back parts that no unit has opened; opened ones are left. Return how many were recalled.

    A task all of whose parts are recalled is cancelled.
    """
    rows = list(Obligation.objects.select_for_update().filter(pk__in=[part.pk for part in parts]))
    for row in rows:
        authorise(policies.can_cancel, scope, row)
    unopened = [row for row in rows if row.state == ObligationState.ISSUED]
    if not unopened:
        raise DomainError("opened", _("Every unit has opened this; it can be cancelled, not recalled."))
    for row in unopened:
        transitions.check(scope, "recall", row)
    act = uuid4()
    history.apply_many(scope, unopened, EventKind.RECALLED, act, text=reason, state=ObligationState.CANCELLED)
    record_many(scope, action="part.recall", targets=unopened)
    news.parts_withdrawn(scope, unopened, act, "parts_recalled")
    _close_emptied(scope, {row.task_id for row in unopened})
    return len(unopened)


@transaction.atomic
def cancel_task(*, scope: Scope, task: Task, reason: str) -> Task:
    """Cancel a task and all parts that are not done; done parts keep their result."""
    task = Task.objects.select_for_update().get(pk=task.pk)
    authorise(policies.can_issue_task, scope, task)
    if task.state not in (TaskState.ISSUED, TaskState.CLOSED):
        raise DomainError("not_issued", _("Only an assigned task can be cancelled."))
    if not reason.strip():
        raise DomainError("reason", _("Say why the task is cancelled."), {"reason": _("Say why it is cancelled.")})
    act = uuid4()
    rows = list(task.obligations.select_for_update().filter(state__in=transitions.MOVES["cancel"].start))
    history.apply_many(scope, rows, EventKind.CANCELLED, act, text=reason, state=ObligationState.CANCELLED)
    task.state = TaskState.CANCELLED
    task.version += 1
    task.save(update_fields=["state", "version"])
    record(scope, action="task.cancel", target=task, data={"parts": len(rows)})
    news.parts_withdrawn(scope, rows, act, "parts_cancelled")
    news.index_tasks([task])
    return task


def _close_emptied(scope: Scope, task_ids: Iterable[int]) -> None:
    """Cancel the tasks of which no part stands."""
    for task in Task.objects.filter(pk__in=task_ids).exclude(
        obligations__in=Obligation.objects.exclude(state=ObligationState.CANCELLED)
    ):
        task.state = TaskState.CANCELLED
        task.save(update_fields=["state"])
        record(scope, action="task.recall", target=task)

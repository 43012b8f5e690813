"""Who may do what with tasks and parts. Each answers with a bool; `work.transitions` adds what the state allows."""

from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.organisation.models import Appointment
from prytany.organisation.reach import covers
from prytany.organisation.roles import ROLES
from prytany.work.models import AssignmentSheet, HandOver, Obligation, ObligationState, RoleInTask, Task, TaskState


def can_draft(scope: Scope, unit_id: int) -> bool:
    """Draft tasks for the unit that will assign them."""
    return covers(scope, Permission.TASK_DRAFT, unit_id)


def can_split(scope: Scope, task: Task, *, holds: bool | None = None) -> bool:
    """Draft sub-tasks inside the own unit, which holds a part of `task`; `holds` where the caller has seen whether."""
    if scope.unit_id is None or task.state != TaskState.ISSUED or not can_draft(scope, scope.unit_id):
        return False
    if holds is not None:
        return holds
    held = Obligation.objects.issued().filter(task=task, holder_id=scope.unit_id)
    return held.exclude(state__in=[ObligationState.CANCELLED, ObligationState.HANDED_BACK]).exists()


def can_assign(scope: Scope, unit_id: int) -> bool:
    """Assign tasks in the name of the unit."""
    return covers(scope, Permission.TASK_ASSIGN, unit_id)


def can_draft_anywhere(scope: Scope) -> bool:
    """Open the pages on which tasks are drafted, copied and made from templates."""
    return scope.holds_anywhere(Permission.TASK_DRAFT)


def can_assign_anywhere(scope: Scope) -> bool:
    """Set up recurring duties, move due dates and reassign in bulk; each row is decided by itself."""
    return scope.holds_anywhere(Permission.TASK_ASSIGN)


def can_plan(scope: Scope) -> bool:
    """Open the lists of sheets and duties: who drafts or assigns."""
    return can_draft_anywhere(scope) or can_assign_anywhere(scope)


def can_edit_sheet(scope: Scope, sheet: AssignmentSheet) -> bool:
    """Change the rows of a sheet."""
    return can_draft(scope, sheet.unit_id)


def can_issue_sheet(scope: Scope, sheet: AssignmentSheet) -> bool:
    """Issue all tasks of a sheet, or send it back."""
    return can_assign(scope, sheet.unit_id)


def can_edit_task(scope: Scope, task: Task) -> bool:
    """Change a task that is not issued."""
    return can_draft(scope, task.assigner_unit_id)


def can_issue_task(scope: Scope, task: Task) -> bool:
    """Issue one task."""
    return can_assign(scope, task.assigner_unit_id)


def can_open(scope: Scope, obligation: Obligation) -> bool:
    """Receive work for the holding unit: who answers or distributes work there."""
    return can_answer(scope, obligation) or can_name_handler(scope, obligation)


def can_name_handler(scope: Scope, obligation: Obligation) -> bool:
    """Name who handles the part inside the holding unit."""
    return covers(scope, Permission.TASK_HANDLE, obligation.holder_id)


def can_answer(scope: Scope, obligation: Obligation) -> bool:
    """Report on the part: the named handler, or who answers for the holding unit."""
    if not scope.holds_anywhere(Permission.TASK_ANSWER):
        return False
    return obligation.handler_id == scope.person_id or covers(scope, Permission.TASK_ANSWER, obligation.holder_id)


def can_approve_answer(scope: Scope, obligation: Obligation) -> bool:
    """Let an answer leave the unit: who heads it. A focal point receives its work too, but is not its head."""
    heads = scope.role in ROLES and ROLES[scope.role].is_head
    return heads and can_name_handler(scope, obligation)


def can_hand_back(scope: Scope, obligation: Obligation) -> bool:
    """Hand work back to the assigner: the lead's head."""
    return obligation.role == RoleInTask.LEAD and can_name_handler(scope, obligation)


def can_check_anywhere(scope: Scope) -> bool:
    """Open the page on which answers are checked; each answer is decided by itself."""
    return scope.holds_anywhere(Permission.TASK_VERIFY)


def can_check_task(scope: Scope, task: Task) -> bool:
    """Check the answers to a task."""
    return covers(scope, Permission.TASK_VERIFY, task.assigner_unit_id)


def can_check(scope: Scope, obligation: Obligation) -> bool:
    """Check answers owed to the creditor unit."""
    return covers(scope, Permission.TASK_VERIFY, obligation.creditor_id)


def can_verify(scope: Scope, obligation: Obligation) -> bool:
    """Confirm a result: a checker who did not answer and does not handle the part. Four-eyes compares persons."""
    doers = {obligation.submitted_by_id, obligation.handler_id}
    return scope.person_id not in doers and can_check(scope, obligation)


def can_send_back(scope: Scope, obligation: Obligation) -> bool:
    """Ask for more."""
    return can_verify(scope, obligation)


def can_decide(scope: Scope, obligation: Obligation) -> bool:
    """Decide extensions and obstacles: who may assign for the creditor unit and did not ask."""
    return can_assign(scope, obligation.creditor_id)


def can_remind(scope: Scope, obligation: Obligation) -> bool:
    """Remind a unit of what it owes."""
    return can_check(scope, obligation)


def can_cancel(scope: Scope, obligation: Obligation) -> bool:
    """Recall, cancel or hand over: who may assign for the creditor unit."""
    return can_assign(scope, obligation.creditor_id)


def can_hand_over(scope: Scope, appointment: Appointment) -> bool:
    """Begin to hand over: the holder, acting from that post themselves."""
    return scope.acting_for is None and scope.appointment_id == appointment.pk


def can_prepare_hand_over(scope: Scope, hand_over: HandOver) -> bool:
    """Write what the next holder should know: who leaves, as long as they act from that post."""
    return scope.acting_for is None and scope.appointment_id == hand_over.outgoing_id


def can_take_over(scope: Scope, hand_over: HandOver) -> bool:
    """Accept: whoever holds the post besides the one who leaves. A substitute sees it and accepts nothing."""
    if scope.acting_for is not None or scope.post_id != hand_over.post_id:
        return False
    return scope.person_id != hand_over.outgoing.person_id

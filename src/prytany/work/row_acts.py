"""The one thing a person would do with a row of the list of tasks: the button of its card on a phone."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import pgettext

from prytany.core.addresses import address
from prytany.core.scope import Scope
from prytany.organisation.reach import know_all_ancestors
from prytany.work import policies, transitions, waiting
from prytany.work.models import Obligation, ObligationState
from prytany.work.timeliness import Timeliness


@dataclass(frozen=True, slots=True)
class RowAct:
    """Where the button leads, and what it says."""

    label: str
    url: str


def give_acts(scope: Scope, parts: Iterable[Obligation]) -> None:
    """Set on each part (`task` and `timeliness` are known) the button of its card; one query for all of them."""
    rows = list(parts)
    units = {part.holder_id for part in rows} | {part.creditor_id for part in rows}
    know_all_ancestors(scope, units | {part.task.assigner_unit_id for part in rows})
    for part in rows:
        part.row_act = _act(scope, part)


def _act(scope: Scope, part: Obligation) -> RowAct:
    if part.state == ObligationState.SUBMITTED and part.submitted_by_id != scope.person_id:
        if waiting.checks(scope, part.task):
            return RowAct(pgettext("button", "Check"), address("work:check", part.task.uid))
    elif part.state in transitions.WORKING and policies.can_answer(scope, part):
        return RowAct(pgettext("button", "Answer"), address("work:answer", part.uid))
    page = address("work:part", part.uid)
    if part.state == ObligationState.WITH_HEAD and policies.can_approve_answer(scope, part):
        return RowAct(pgettext("button", "Approve"), page)
    late = part.timeliness == Timeliness.OVERDUE
    if late and part.state in transitions.MOVES["remind"].start and policies.can_remind(scope, part):
        return RowAct(pgettext("button", "Remind"), page)
    return RowAct(pgettext("button", "Look"), page)

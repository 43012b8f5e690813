"""The next step of this person on this task: one sentence and one button."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from prytany.core import wording
from prytany.core.scope import Scope
from prytany.work import policies, transitions
from prytany.work.models import Obligation, ObligationState, Task, TaskState


@dataclass(frozen=True)
class Step:
    """What to do next. `act` posts to the address; without it the button leads there. `seal` marks a decision."""

    sentence: str
    label: str
    url: str
    seal: bool = False
    act: str = ""


def next_step(scope: Scope, task: Task, focus: Obligation | None, to_check: int) -> Step | None:
    """Return what `scope` should do next on `task`, seen from the part `focus`; None where nothing waits for it."""
    if task.state in (TaskState.DRAFT, TaskState.PROPOSED):
        if policies.can_issue_task(scope, task):
            url = reverse("work:issue", args=[task.uid])
            return Step(_("This task is not assigned yet."), pgettext("button", "Assign"), url, seal=True, act="issue")
        return None
    if to_check:
        words = ngettext(
            "%(count)s answer waits for your check.", "%(count)s answers wait for your check.", to_check
        ) % {"count": wording.count(to_check)}
        label = ngettext("Check %(count)s result", "Check %(count)s results", to_check)
        url = reverse("work:check", args=[task.uid])
        return Step(words, label % {"count": wording.count(to_check)}, url, seal=True)
    return _of_part(scope, focus) if focus is not None else None


def _of_part(scope: Scope, part: Obligation) -> Step | None:
    if part.state == ObligationState.WITH_HEAD and policies.can_approve_answer(scope, part):
        url = reverse("work:approve", args=[part.uid])
        return Step(_("An answer waits for your approval."), _("Approve and send"), url, seal=True, act="approve")
    if part.state in transitions.WORKING and policies.can_answer(scope, part):
        sentence = (
            _("More was asked for.") if part.state == ObligationState.MORE_NEEDED else _("This waits for an answer.")
        )
        return Step(sentence, pgettext("button", "Answer"), reverse("work:answer", args=[part.uid]))
    return None

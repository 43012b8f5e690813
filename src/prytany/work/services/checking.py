"""Confirming results and asking for more, one by one or from a list in bulk. Never by the doer."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from prytany.audit.recording import record_many
from prytany.core import clock
from prytany.core.errors import DomainError
from prytany.core.scope import Scope
from prytany.work import history, news, transitions
from prytany.work.models import Answer, EventKind, Obligation, ObligationState, RoleInTask, Task, TaskState


@dataclass
class Outcome:
    """What a bulk act did, and what it left out with the reason for each; `act` marks its events."""

    done: list[Obligation] = field(default_factory=list)
    left: list[tuple[Obligation, str]] = field(default_factory=list)
    act: UUID = field(default_factory=uuid4)


def demand_done(outcome: Outcome) -> None:
    """Raise DomainError with the reason where a bulk act on one part did nothing."""
    if outcome.left:
        raise DomainError("wrong_state", outcome.left[0][1])


def lock(parts: Iterable[Obligation]) -> list[Obligation]:
    ids = [part.pk for part in parts]
    return list(Obligation.objects.select_for_update().filter(pk__in=ids).select_related("task").order_by("pk"))


def sort_out(scope: Scope, move: str, rows: list[Obligation]) -> Outcome:
    """Part the rows into those on which `move` is possible and those on which it is not, with the reason."""
    outcome = Outcome()
    found = transitions.MOVES[move]
    for row in rows:
        if row.state not in found.start:
            outcome.left.append((row, str(found.refusal)))
        elif not found.may(scope, row):
            outcome.left.append((row, _("You answered this yourself or may not decide on it.")))
        else:
            outcome.done.append(row)
    return outcome


@transaction.atomic
def verify(*, scope: Scope, parts: Iterable[Obligation], note: str = "") -> Outcome:
    """Confirm the answers of `parts` in one act; what cannot be confirmed is left out and named.

    A task closes when its lead's part is confirmed.
    """
    outcome = sort_out(scope, "verify", lock(parts))
    act = outcome.act
    for answer, state in ((Answer.DONE, ObligationState.VERIFIED), (Answer.NOTHING, ObligationState.NOTHING)):
        rows = [row for row in outcome.done if (row.answer or Answer.DONE) == answer]
        history.apply_many(
            scope,
            rows,
            EventKind.VERIFIED,
            act,
            text=note,
            data={"answer": answer.value},
            state=state,
            completed_on=scope.today,
            waiting_since=None,
            is_blocked=False,
        )
    record_many(scope, action="part.verify", targets=outcome.done)
    leads = [row.task_id for row in outcome.done if row.role == RoleInTask.LEAD]
    Task.objects.filter(pk__in=leads, state=TaskState.ISSUED).update(state=TaskState.CLOSED)
    news.parts_checked(scope, outcome.done, act, "parts_verified")
    return outcome


@transaction.atomic
def send_back(
    *, scope: Scope, parts: Iterable[Obligation], reason: str, again_by: datetime.date | None = None
) -> Outcome:
    """Ask for more on the answers of `parts`, with a reason; a confirmed result opens again the same way.

    `again_by` says until when the answer is wanted again. The due date stays: who answers late has answered late.
    """
    if not reason.strip():
        raise DomainError("reason", _("Say what is missing."), {"reason": _("Say what is missing.")})
    if again_by is not None and again_by < scope.today:
        raise DomainError("past", _("This date has passed."), {"again": _("Choose a day from today on.")})
    outcome = sort_out(scope, "send_back", lock(parts))
    act = outcome.act
    history.apply_many(
        scope,
        outcome.done,
        EventKind.SENT_BACK,
        act,
        text=reason,
        data={"again_by": again_by.isoformat()} if again_by else {},
        state=ObligationState.MORE_NEEDED,
        submitted_on=None,
        completed_on=None,
        answer="",
        waiting_since=clock.now(),
    )
    record_many(scope, action="part.send_back", targets=outcome.done)
    leads = [row.task_id for row in outcome.done if row.role == RoleInTask.LEAD]
    Task.objects.filter(pk__in=leads, state=TaskState.CLOSED).update(state=TaskState.ISSUED)
    news.parts_checked(scope, outcome.done, act, "parts_sent_back", urgent=True)
    return outcome

"""What the assigner decides while work is under way: extensions, obstacles, reminders, reassignment, hand-over."""

import datetime
from collections.abc import Iterable
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from prytany.audit.recording import record, record_many
from prytany.core import bulk, clock
from prytany.core.errors import DomainError, StaleRecord
from prytany.core.scope import Scope, authorise
from prytany.organisation.models import Unit
from prytany.rules.lookup import rule
from prytany.work import history, news, policies, transitions
from prytany.work.dues import last_day, soon_on
from prytany.work.models import (
    EventKind,
    Extension,
    Obligation,
    ObligationEvent,
    ObligationState,
    Obstacle,
    Precision,
    RoleInTask,
    Task,
)
from prytany.work.services.checking import Outcome, lock, sort_out


@transaction.atomic
def ask_extension(
    *, scope: Scope, obligation: Obligation, due_on: datetime.date, reason: str, precision: str = Precision.DAY
) -> Extension:
    """Ask the assigner for more time; one request at a time. After the due date it still counts as late."""
    row = Obligation.objects.select_for_update().get(pk=obligation.pk)
    transitions.check(scope, "progress", row)
    due_on = last_day(precision, due_on, unit=row.creditor_id)
    if row.due_on is None:
        raise DomainError("no_deadline", _("This work has no due date that could be moved."))
    if due_on <= row.due_on:
        raise DomainError(
            "not_later", _("Ask for a day after the present due date."), {"due": _("Choose a later day.")}
        )
    if not reason.strip():
        raise DomainError("reason", _("Say why more time is needed."), {"reason": _("Say why more time is needed.")})
    if row.extension_pending:
        raise DomainError("pending", _("A request for more time waits for its decision already."))
    most = int(rule("tasks.extension.limit", on=scope.today, unit=row.creditor_id).value)
    if most and row.extended_times >= most:
        raise DomainError("limit", _("The rules of the office allow no further extension."))
    extension = Extension.objects.create(
        obligation=row,
        from_due_on=row.due_on,
        asked_due_on=due_on,
        asked_precision=precision,
        reason=reason,
        asked_by_id=scope.person_id,
        asked_at=clock.now(),
    )
    event = history.apply(
        scope,
        row,
        EventKind.EXTENSION_ASKED,
        uuid4(),
        text=reason,
        data={"extension": str(extension.uid), "asked": due_on.isoformat()},
        extension_pending=True,
    )
    record(scope, action="extension.ask", target=row)
    news.decision_asked(scope, row, event, "extension_asked")
    return extension


@transaction.atomic
def decide_extension(
    *, scope: Scope, extension: Extension, grant: bool, due_on: datetime.date | None = None, text: str = ""
) -> Extension:
    """Grant (for the day asked, or another) or refuse; the original date stays and both rates are shown.

    Who asked does not decide. Source of the default: domain practice, unconfirmed (rule `tasks.extension`).
    """
    extension = Extension.objects.select_for_update().select_related("obligation").get(pk=extension.pk)
    row = Obligation.objects.select_for_update().get(pk=extension.obligation_id)
    authorise(policies.can_decide, scope, row)
    if extension.asked_by_id == scope.person_id:
        raise DomainError("own_request", _("Somebody else has to decide on your own request."))
    if extension.decision != Extension.Decision.WAITING:
        raise DomainError("decided", _("This request has been decided already."))
    granted = (due_on or extension.asked_due_on) if grant else None
    if granted and granted < scope.today:
        raise DomainError("past", _("The new due date lies in the past."), {"due": _("Choose a day from today on.")})
    extension.decision = Extension.Decision.GRANTED if grant else Extension.Decision.REFUSED
    extension.granted_due_on, extension.decision_text = granted, text
    extension.decided_by_id, extension.decided_at = scope.person_id, clock.now()
    extension.save()
    if granted:
        precision = extension.asked_precision if granted == extension.asked_due_on else Precision.DAY
        event = _move_due(scope, row, granted, precision, text, {"extension": str(extension.uid)})
    else:
        event = history.apply(scope, row, EventKind.EXTENSION_REFUSED, uuid4(), text=text, extension_pending=False)
    record(scope, action="extension.decide", target=row, data={"granted": grant})
    news.decided(scope, row, event, "extension_decided")
    return extension


def _move_due(
    scope: Scope, row: Obligation, due_on: datetime.date, precision: str, text: str, data: dict[str, str]
) -> ObligationEvent:
    """Set a new due date on one part; a lead's new date is the task's too."""
    event = history.apply(
        scope,
        row,
        EventKind.EXTENDED,
        uuid4(),
        text=text,
        data=data,
        due_on=due_on,
        due_precision=precision,
        soon_on=soon_on(due_on, unit_id=row.creditor_id, on=scope.today),
        extension_pending=False,
        extended_times=row.extended_times + 1,
    )
    if row.role == RoleInTask.LEAD:
        Task.objects.filter(pk=row.task_id).update(due_on=due_on, due_precision=precision, due_sort=due_on)
    return event


@transaction.atomic
def extend(*, scope: Scope, parts: Iterable[Obligation], due_on: datetime.date, reason: str) -> Outcome:
    """Move the due date of several parts without a request; parts without a due date or due later are left out."""
    if due_on < scope.today:
        raise DomainError("past", _("The new due date lies in the past."), {"due": _("Choose a day from today on.")})
    outcome = sort_out(scope, "extend", lock(parts))
    for row in [row for row in outcome.done if row.due_on is None or row.due_on >= due_on]:
        outcome.done.remove(row)
        outcome.left.append((row, _("This is due later already, or has no due date.")))
    act = uuid4()
    history.apply_many(
        scope,
        outcome.done,
        EventKind.EXTENDED,
        act,
        text=reason,
        due_on=due_on,
        due_precision=Precision.DAY,
        soon_on=soon_on(due_on, unit_id=scope.unit_id, on=scope.today),
        extension_pending=False,
    )
    ids = [row.pk for row in outcome.done]
    Obligation.objects.filter(pk__in=ids).update(extended_times=F("extended_times") + 1)
    Extension.objects.filter(obligation__in=ids, decision=Extension.Decision.WAITING).update(
        decision=Extension.Decision.GRANTED, granted_due_on=due_on, decided_by=scope.person_id, decided_at=clock.now()
    )
    leads = [row.task_id for row in outcome.done if row.role == RoleInTask.LEAD]
    Task.objects.filter(pk__in=leads).update(due_on=due_on, due_precision=Precision.DAY, due_sort=due_on)
    record_many(scope, action="part.extend", targets=outcome.done, data={"due": due_on.isoformat()})
    news.parts_checked(scope, outcome.done, act, "parts_extended")
    return outcome


@transaction.atomic
def answer_obstacle(
    *,
    scope: Scope,
    obstacle: Obstacle,
    answer: str,
    due_on: datetime.date | None = None,
    closes: bool = False,
    version: int | None = None,
) -> Obstacle:
    """Answer what stands in the way, with a date by which it will be cleared, or as cleared.

    StaleRecord where somebody answered it since `version`, the `version` of the obstacle that the form showed.
    """
    obstacle = Obstacle.objects.select_for_update().get(pk=obstacle.pk)
    row = Obligation.objects.select_for_update().get(pk=obstacle.obligation_id)
    authorise(policies.can_decide, scope, row)
    if obstacle.closed_on:
        raise DomainError("closed", _("This obstacle is removed already."))
    if version is not None and version != obstacle.version:
        raise StaleRecord(
            "stale", _("Something changed here since you opened the form. Your text is kept; look again.")
        )
    if not answer.strip():
        raise DomainError("empty", _("Write an answer."), {"answer": _("Write an answer.")})
    obstacle.answer, obstacle.answer_due_on = answer, due_on
    obstacle.answered_by_id, obstacle.answered_at = scope.person_id, clock.now()
    if closes:
        obstacle.closed_on = scope.today
    obstacle.save()
    blocked = row.obstacles.filter(closed_on=None).exists()
    event = history.apply(
        scope,
        row,
        EventKind.OBSTACLE_ANSWERED,
        uuid4(),
        text=answer,
        data={"obstacle": str(obstacle.uid)},
        is_blocked=blocked,
    )
    record(scope, action="obstacle.answer", target=row, data={"closed": closes})
    news.decided(scope, row, event, "obstacle_answered")
    return obstacle


@transaction.atomic
def close_obstacle(*, scope: Scope, obstacle: Obstacle) -> Obstacle:
    """Say that it no longer stands in the way: by the unit that raised it, or by the assigner."""
    obstacle = Obstacle.objects.select_for_update().get(pk=obstacle.pk)
    row = Obligation.objects.select_for_update().get(pk=obstacle.obligation_id)
    authorise(lambda s, r: policies.can_answer(s, r) or policies.can_decide(s, r), scope, row)
    if obstacle.closed_on:
        raise DomainError("closed", _("This obstacle is removed already."))
    obstacle.closed_on = scope.today
    obstacle.save(update_fields=["closed_on"])
    blocked = row.obstacles.filter(closed_on=None).exists()
    history.apply(scope, row, EventKind.OBSTACLE_CLOSED, uuid4(), is_blocked=blocked)
    record(scope, action="obstacle.close", target=row)
    return obstacle


@transaction.atomic
def remind(*, scope: Scope, parts: Iterable[Obligation], text: str = "") -> Outcome:
    """Remind the holding units of open parts in one act: one notice a person."""
    outcome = sort_out(scope, "remind", lock(parts))
    act = uuid4()
    events = [history.event_of(scope, row, EventKind.REMINDED, act, text=text) for row in outcome.done]
    bulk.insert(events)
    Obligation.objects.filter(pk__in=[row.pk for row in outcome.done]).update(reminded_times=F("reminded_times") + 1)
    record_many(scope, action="part.remind", targets=outcome.done)
    news.parts_reminded(scope, outcome.done, act)
    return outcome


@transaction.atomic
def reassign(*, scope: Scope, parts: Iterable[Obligation], to: Unit, reason: str = "") -> Outcome:
    """Give parts to another unit: the old part is cancelled with the reason, a new one issued with the same dates.

    Left out where the unit has a part in that task already.
    """
    outcome = sort_out(scope, "cancel", lock(parts))
    act = uuid4()
    fresh = []
    for row in list(outcome.done):
        if Obligation.objects.filter(task=row.task_id, owner=to).exists():
            outcome.done.remove(row)
            outcome.left.append((row, _("That unit has a part in this task already.")))
            continue
        history.apply(
            scope,
            row,
            EventKind.REASSIGNED,
            act,
            text=reason,
            data={"to": str(to.uid)},
            state=ObligationState.CANCELLED,
        )
        fresh.append(_copy_for(scope, row, to, act))
    record_many(scope, action="part.reassign", targets=outcome.done, data={"to": str(to.uid)})
    news.parts_withdrawn(scope, outcome.done, act, "parts_reassigned")
    news.tasks_issued(scope, list(Task.objects.filter(pk__in={row.task_id for row in fresh})), fresh, act)
    return outcome


def _copy_for(scope: Scope, row: Obligation, to: Unit, act: UUID) -> Obligation:
    fresh = Obligation(
        root_id=row.root_id,
        task_id=row.task_id,
        owner=to,
        holder=to,
        creditor_id=row.creditor_id,
        role=row.role,
        original_due_on=row.original_due_on,
        due_on=row.due_on,
        due_precision=row.due_precision,
        due_sort=row.due_sort,
        soon_on=row.soon_on,
        state=ObligationState.ISSUED,
        issued_on=scope.today,
        level=row.level,
        is_inner=row.is_inner,
        source_clause_id=row.source_clause_id,
    )
    fresh.save()
    history.event_of(scope, fresh, EventKind.ISSUED, act, data={"from": str(row.uid)}).save()
    return fresh


@transaction.atomic
def hand_over(*, scope: Scope, parts: Iterable[Obligation], to: Unit, reason: str = "") -> Outcome:
    """Let another unit answer for parts whose owner stays: what a merged or split commune leaves open."""
    outcome = sort_out(scope, "hand_over", lock(parts))
    act = uuid4()
    history.apply_many(
        scope, outcome.done, EventKind.HANDED_OVER, act, text=reason, data={"to": str(to.uid)}, holder=to, handler=None
    )
    record_many(scope, action="part.hand_over", targets=outcome.done, data={"to": str(to.uid)})
    news.parts_reminded(scope, outcome.done, act, "parts_handed_over")
    return outcome

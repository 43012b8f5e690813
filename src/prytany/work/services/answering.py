"""What the unit does with its part: receive, name a handler, report, ask its head, answer, hand back."""

from collections.abc import Iterable
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from prytany.audit.recording import record
from prytany.core import clock
from prytany.core.errors import DomainError, StaleRecord
from prytany.core.models import valid_on
from prytany.core.scope import Scope, authorise
from prytany.files.models import StoredFile
from prytany.files.services import attach, refuse_content
from prytany.organisation.models import Appointment, Person
from prytany.work import history, news, policies, transitions
from prytany.work.dues import hand_back_until
from prytany.work.models import (
    Answer,
    EventKind,
    Evidence,
    Obligation,
    ObligationEvent,
    ObligationState,
    Obstacle,
)


def _locked(obligation: Obligation, version: int | None = None) -> Obligation:
    row = Obligation.objects.select_for_update().select_related("task", "holder").get(pk=obligation.pk)
    if version is not None and version != row.version:
        raise StaleRecord(
            "stale", _("Something changed here since you opened the form. Your text is kept; look again.")
        )
    return row


@transaction.atomic
def open_part(*, scope: Scope, obligation: Obligation) -> Obligation:
    """Note that the holding unit has opened its part; once only, by whoever of the unit opens it first.

    Nothing is kept about which person opened it beyond the log.
    """
    row = _locked(obligation)
    if row.state != ObligationState.ISSUED:
        return row
    transitions.check(scope, "open", row)
    history.apply(scope, row, EventKind.OPENED, uuid4(), state=ObligationState.RECEIVED, opened_at=clock.now())
    record(scope, action="part.open", target=row)
    return row


@transaction.atomic
def name_handler(*, scope: Scope, obligation: Obligation, handler: Person, note: str = "") -> Obligation:
    """Say who in the holding unit deals with the part; DomainError unless that person holds a post in it today."""
    row = _locked(obligation)
    transitions.check(scope, "name_handler", row)
    posts = Appointment.objects.on(scope.today).filter(valid_on(scope.today, "post__"), person=handler)
    if not posts.filter(post__unit__links_up__ancestor_id=row.holder_id).exists():
        raise DomainError("not_of_unit", _("%(person)s holds no post in this unit.") % {"person": handler.name})
    state = ObligationState.RECEIVED if row.state == ObligationState.ISSUED else row.state
    history.apply(
        scope,
        row,
        EventKind.HANDLER_NAMED,
        uuid4(),
        text=note,
        data={"handler": str(handler.uid)},
        handler=handler,
        state=state,
        opened_at=row.opened_at or clock.now(),
    )
    record(scope, action="part.name_handler", target=row, data={"handler": str(handler.uid)})
    news.handler_named(scope, row)
    return row


@transaction.atomic
def report_progress(
    *,
    scope: Scope,
    obligation: Obligation,
    text: str,
    percent: int | None = None,
    files: Iterable[StoredFile] = (),
    version: int | None = None,
) -> Obligation:
    """Say how the work stands. The part counts as in progress from then on."""
    row = _locked(obligation, version)
    transitions.check(scope, "progress", row)
    _demand(text, _("Write a line about how the work stands."))
    refuse_content(row.level)
    if percent is not None and not 0 <= percent <= 100:
        raise DomainError("percent", _("Write a percentage from 0 to 100."), {"percent": _("From 0 to 100.")})
    event = history.apply(
        scope,
        row,
        EventKind.PROGRESS,
        uuid4(),
        text=text,
        data={"percent": percent},
        state=ObligationState.IN_PROGRESS,
        percent=percent if percent is not None else row.percent,
        opened_at=row.opened_at or clock.now(),
    )
    _keep(scope, row, event, files)
    record(scope, action="part.report", target=row)
    news.part_moved(scope, row, event)
    return row


@transaction.atomic
def submit_answer(
    *,
    scope: Scope,
    obligation: Obligation,
    answer: str = Answer.DONE,
    text: str = "",
    files: Iterable[StoredFile] = (),
    version: int | None = None,
) -> Obligation:
    """Answer that the work is done, or that there was nothing to report; waits for the check of somebody else.

    Where the unit's head checks answers first, it goes to the head unless the head answers. A done answer needs a
    text or a file.
    """
    row = _locked(obligation, version)
    files = list(files)
    if answer == Answer.DONE and not files:
        _demand(text, _("Say in a line what was done, or attach the result."))
    if text.strip() or files:
        refuse_content(row.level)
    to_head = row.holder.head_checks and not transitions.MOVES["head_return"].may(scope, row)
    transitions.check(scope, "to_head" if to_head else "submit", row)
    if to_head:
        kind, state = EventKind.TO_HEAD, ObligationState.WITH_HEAD
    else:
        kind, state = EventKind.SUBMITTED, ObligationState.SUBMITTED
    event = history.apply(
        scope,
        row,
        kind,
        uuid4(),
        text=text,
        data={"answer": answer},
        state=state,
        answer=answer,
        submitted_on=None if to_head else scope.today,
        submitted_by_id=scope.person_id,
        waiting_since=clock.now(),
        opened_at=row.opened_at or clock.now(),
    )
    _keep(scope, row, event, files)
    record(scope, action="part.answer", target=row, data={"answer": answer, "to_head": to_head})
    news.part_moved(scope, row, event)
    return row


@transaction.atomic
def approve_answer(*, scope: Scope, obligation: Obligation, note: str = "") -> Obligation:
    """Let an answer that waits for the unit head leave the unit."""
    row = _locked(obligation)
    authorise(policies.can_approve_answer, scope, row)
    move = transitions.check(scope, "submit", row)
    if row.state != ObligationState.WITH_HEAD:
        raise DomainError("wrong_state", _("This does not wait for the unit head."))
    event = history.apply(
        scope,
        row,
        move.kind,
        uuid4(),
        text=note,
        data={"answer": row.answer},
        state=ObligationState.SUBMITTED,
        submitted_on=scope.today,
        waiting_since=clock.now(),
    )
    record(scope, action="part.approve", target=row)
    news.part_moved(scope, row, event)
    return row


@transaction.atomic
def return_to_handler(*, scope: Scope, obligation: Obligation, reason: str) -> Obligation:
    """The unit head wants more before the answer leaves the unit."""
    row = _locked(obligation)
    transitions.check(scope, "head_return", row)
    _demand(reason, _("Say what is missing."), "reason")
    event = history.apply(
        scope,
        row,
        EventKind.HEAD_RETURNED,
        uuid4(),
        text=reason,
        state=ObligationState.IN_PROGRESS,
        waiting_since=None,
    )
    record(scope, action="part.head_return", target=row)
    news.part_moved(scope, row, event)
    return row


@transaction.atomic
def take_back_answer(*, scope: Scope, obligation: Obligation) -> Obligation:
    """Withdraw an answer that nobody has confirmed yet."""
    row = _locked(obligation)
    transitions.check(scope, "withdraw", row)
    history.apply(
        scope,
        row,
        EventKind.REOPENED,
        uuid4(),
        state=ObligationState.IN_PROGRESS,
        submitted_on=None,
        answer="",
        waiting_since=None,
    )
    record(scope, action="part.take_back", target=row)
    return row


@transaction.atomic
def hand_back(*, scope: Scope, obligation: Obligation, reason: str) -> Obligation:
    """The lead hands the task back to the assigner, within the days that a rule gives, with a reason."""
    row = _locked(obligation)
    transitions.check(scope, "hand_back", row)
    _demand(reason, _("Say why the work is handed back."), "reason")
    until = hand_back_until(row.issued_on or scope.today, unit_id=row.creditor_id)
    if scope.today > until:
        raise DomainError("too_late", _("The days for handing back are over. Write to the assigner on the task."))
    event = history.apply(scope, row, EventKind.HANDED_BACK, uuid4(), text=reason, state=ObligationState.HANDED_BACK)
    record(scope, action="part.hand_back", target=row)
    news.part_moved(scope, row, event)
    return row


@transaction.atomic
def raise_obstacle(
    *,
    scope: Scope,
    obligation: Obligation,
    cause: str,
    wish: str = "",
    files: Iterable[StoredFile] = (),
    version: int | None = None,
) -> Obstacle:
    """Tell the assigner what stands in the way and what would help; the part is marked as blocked."""
    row = _locked(obligation, version)
    transitions.check(scope, "progress", row)
    _demand(cause, _("Say what stands in the way."), "cause")
    refuse_content(row.level)
    obstacle = Obstacle.objects.create(
        obligation=row, cause=cause, wish=wish, raised_by_id=scope.person_id, raised_at=clock.now()
    )
    event = history.apply(
        scope,
        row,
        EventKind.OBSTACLE,
        uuid4(),
        text=cause,
        data={"wish": wish, "obstacle": str(obstacle.uid)},
        state=ObligationState.IN_PROGRESS,
        is_blocked=True,
        opened_at=row.opened_at or clock.now(),
    )
    _keep(scope, row, event, files)
    record(scope, action="obstacle.raise", target=row)
    news.part_moved(scope, row, event)
    return obstacle


def _demand(text: str, message: str, field: str = "text") -> None:
    if not text.strip():
        raise DomainError("empty", message, {field: message})


def _keep(scope: Scope, row: Obligation, event: ObligationEvent, files: Iterable[StoredFile]) -> None:
    """Hold the files as evidence behind the event."""
    files = attach(scope, files, holder_kind="obligation", holder_uid=row.uid, level=row.level)
    Evidence.objects.bulk_create([Evidence(obligation=row, event=event, file=file) for file in files])

"""Taking back a check that was made by mistake, within the seconds that the undo bar stands."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from prytany.audit.recording import record_many
from prytany.core.scope import Scope
from prytany.work import history, news, policies
from prytany.work.models import Answer, EventKind, Obligation, ObligationEvent, RoleInTask, Task, TaskState
from prytany.work.models.states import DONE_STATES
from prytany.work.services.checking import Outcome, lock

CHECKS = (EventKind.VERIFIED, EventKind.SENT_BACK)
# Events whose text is addressed to the unit and never was the part's last word.
NO_WORD = (EventKind.REMINDED, EventKind.ESCALATED)
RESTORED = ("answer", "waiting_since", "last_word", "last_word_at")


@transaction.atomic
def undo_check(*, scope: Scope, act: UUID) -> Outcome:
    """Put the parts that this person confirmed or sent back in `act` where they stood before.

    A part that has moved on since stays as it is. The history keeps both: a correction names the event that no longer
    stands. Notices of the act that nobody has read are withdrawn; a message that has left by e-mail is not.
    """
    made = ObligationEvent.objects.filter(act=act, kind__in=CHECKS, superseded_by=None, person_id=scope.person_id)
    checks = {event.obligation_id: event for event in made}
    rows = lock(Obligation.objects.filter(pk__in=checks))
    standing = _standing(rows)
    outcome = Outcome(act=uuid4())
    corrections = []
    for row in rows:
        check, events = checks[row.pk], standing[row.pk]
        if len(events) < 2 or events[-1].pk != check.pk or not policies.can_verify(scope, row):
            outcome.left.append((row, _("This has moved on since.")))
            continue
        _restore(row, events[:-1])
        correction = history.event_of(scope, row, EventKind.CORRECTED, outcome.act, data={"undone": check.kind})
        correction.supersedes = check
        corrections.append(correction)
        outcome.done.append(row)
    columns = [column for column, _after in history.KEPT]
    Obligation.objects.bulk_update(outcome.done, [*columns, *RESTORED, "version"], batch_size=200)
    ObligationEvent.objects.bulk_create(corrections, batch_size=2000)
    record_many(scope, action="part.undo_check", targets=outcome.done)
    _settle_tasks(outcome.done)
    news.withdrawn(act)
    return outcome


def _standing(rows: Iterable[Obligation]) -> dict[int, list[ObligationEvent]]:
    """Return the events of each part that still stand, in their order; one query."""
    found: dict[int, list[ObligationEvent]] = {row.pk: [] for row in rows}
    for event in ObligationEvent.objects.filter(obligation__in=found, superseded_by=None).order_by("pk"):
        found[event.obligation_id].append(event)
    return found


def _restore(row: Obligation, events: list[ObligationEvent]) -> None:
    """Set on `row` what the last of `events` left, and what was said until then."""
    for column, after in history.KEPT:
        setattr(row, column, getattr(events[-1], after))
    answered = _last(events, lambda event: "answer" in event.data)
    submitted = _last(events, lambda event: event.kind == EventKind.SUBMITTED)
    spoken = _last(events, lambda event: event.text and event.kind not in NO_WORD)
    row.answer = answered.data["answer"] if answered else Answer.DONE.value
    row.waiting_since = submitted.recorded_at if submitted and row.state not in DONE_STATES else None
    row.last_word = spoken.text if spoken else ""
    row.last_word_at = spoken.recorded_at if spoken else None
    row.version += 1


def _last(events: list[ObligationEvent], fits: Any) -> ObligationEvent | None:
    return next((event for event in reversed(events) if fits(event)), None)


def _settle_tasks(rows: Iterable[Obligation]) -> None:
    """A task is closed while its lead's part is done, and open again when it is not."""
    leads = [row for row in rows if row.role == RoleInTask.LEAD]
    for done, before, after in (
        (False, TaskState.CLOSED, TaskState.ISSUED),
        (True, TaskState.ISSUED, TaskState.CLOSED),
    ):
        tasks = [row.task_id for row in leads if (row.state in DONE_STATES) == done]
        Task.objects.filter(pk__in=tasks, state=before).update(state=after)

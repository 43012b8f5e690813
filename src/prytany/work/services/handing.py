"""Handing a post over: its holder gets everything ready, the next one accepts it, all or some.

Every acceptance is an event on the part it concerns and in the log; what was bound to the person who leaves passes to
the person who accepts, and to nobody before.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from prytany.audit.recording import record, record_many
from prytany.core import clock
from prytany.core.errors import DomainError
from prytany.core.scope import Scope, authorise
from prytany.organisation.models import Appointment
from prytany.organisation.services import note_taken_over
from prytany.work import handing, history, news, policies
from prytany.work.models import EventKind, HandOver, HandOverLine, Obligation, ObligationState, RoleInTask, Task

Kind = HandOverLine.Kind
Chosen = Collection[tuple[str, UUID]]
ACTIONS = {
    Kind.PART: "part.take_over",
    Kind.DECISION: "part.take_over",
    Kind.TASK: "task.take_over",
    Kind.SHEET: "sheet.take_over",
    Kind.DUTY: "duty.take_over",
}


@transaction.atomic
def open_hand_over(*, scope: Scope, appointment: Appointment) -> HandOver:
    """Begin to hand over one's own post, also before an end is set; the same hand-over when asked again."""
    appointment = (
        Appointment.objects.select_for_update(of=("self",)).select_related("post__unit").get(pk=appointment.pk)
    )
    authorise(policies.can_hand_over, scope, appointment)
    found, made = HandOver.objects.get_or_create(outgoing=appointment, defaults=_defaults(appointment))
    if made:
        record(scope, action="hand_over.open", target=found)
    return found


def _defaults(appointment: Appointment) -> dict[str, Any]:
    return {"post": appointment.post, "root_id": appointment.post.unit.root_id or appointment.post.unit_id}


def follow_appointment(sender: object, appointment: Appointment, act: str, **_rest: object) -> None:
    """Keep hand-overs in step with appointments: one that ends has one, unless its post ends too.

    An appointment that was over when it was entered is history and hands nothing over.
    """
    end, post = appointment.valid_to, appointment.post
    leaves = end is not None and (post.valid_to is None or post.valid_to > end)
    if (act in ("ended", "corrected") and leaves) or (act == "appointed" and leaves and end and end > clock.today()):
        HandOver.objects.get_or_create(outgoing=appointment, defaults=_defaults(appointment))
    elif act in ("withdrawn", "corrected"):
        HandOver.objects.filter(outgoing=appointment, prepared_at=None, note="", lines=None).delete()


def _locked(hand_over: HandOver) -> HandOver:
    """Lock first, then read post and person: two holders who accept at once do it one after the other."""
    HandOver.objects.select_for_update().get(pk=hand_over.pk)
    return HandOver.objects.select_related("post__unit", "outgoing__person").get(pk=hand_over.pk)


@transaction.atomic
def prepare(
    *, scope: Scope, hand_over: HandOver, note: str, notes: Mapping[tuple[str, UUID], str], ready: bool = False
) -> HandOver:
    """Keep what the leaving holder writes: a word to the next one, and a note for each thing of which there is one.

    With `ready` it is handed over: who holds the post then may accept before the appointment ends. Notes on what is
    not in the hand-over are passed over. DomainError once everything has been accepted.
    """
    row = _locked(hand_over)
    authorise(policies.can_prepare_hand_over, scope, row)
    if row.completed_at:
        raise DomainError("completed", _("Everything has been accepted already; nothing can be added."))
    row.note = note.strip()
    first = ready and row.prepared_at is None
    if first:
        row.prepared_at = clock.now()
    row.full_clean(exclude=["post", "outgoing", "root"])
    row.save(update_fields=["note", "prepared_at"])
    _keep_notes(scope, row, notes)
    record(scope, action="hand_over.prepare", target=row, data={"ready": ready})
    if first:
        news.post_handed_over(scope, row, handing.holders(row, scope))
    return row


def _keep_notes(scope: Scope, hand_over: HandOver, notes: Mapping[tuple[str, UUID], str]) -> None:
    known: set[tuple[str, UUID]] = set()
    for group in handing.groups(scope, hand_over):
        wanted = [uid for kind, uid in notes if kind == group.kind]
        known |= {(group.kind, uid) for uid in group.rows.filter(uid__in=wanted).values_list("uid", flat=True)}
    for (kind, uid), text in notes.items():
        if (kind, uid) not in known:
            continue
        line = HandOverLine(hand_over=hand_over, kind=kind, target_uid=uid, note=text.strip())
        line.full_clean(exclude=["hand_over"], validate_unique=False, validate_constraints=False)
        HandOverLine.objects.update_or_create(
            hand_over=hand_over, kind=kind, target_uid=uid, defaults={"note": text.strip()}
        )


@transaction.atomic
def accept(*, scope: Scope, hand_over: HandOver, chosen: Chosen | None = None) -> int:
    """Accept the chosen things, or all that is in sight; return how many were accepted now.

    PermissionDenied for a substitute and for anybody who does not hold the post. DomainError where the appointment
    has ended, where the one before is still in office and has not handed over, or where all is accepted. What another
    holder of the post has accepted meanwhile is passed over.
    """
    row = _locked(hand_over)
    authorise(policies.can_take_over, scope, row)
    mine = Appointment.objects.select_for_update().on(scope.today).filter(pk=scope.appointment_id).first()
    if mine is None:
        raise DomainError("appointment_ended", _("Your appointment to this post has ended meanwhile."))
    if row.completed_at:
        raise DomainError("completed", _("Everything has been accepted already."))
    end = row.outgoing.valid_to
    if row.prepared_at is None and (end is None or end > scope.today):
        raise DomainError("not_yet", _("The holder before is still in office and has not handed over yet."))
    act, number = uuid4(), 0
    for group in handing.groups(scope, row):
        rows = group.rows
        if chosen is not None:
            rows = rows.filter(uid__in=[uid for kind, uid in chosen if kind == group.kind])
        number += _take(scope, row, group.kind, list(rows), act, mine)
    record(scope, action="hand_over.accept", target=row, data={"number": number})
    if all(not group.rows.exists() for group in handing.groups(scope, row)):
        row.completed_at = clock.now()
        row.save(update_fields=["completed_at"])
        note_taken_over(mine)
        record(scope, action="hand_over.complete", target=row)
        news.post_taken_over(scope, row)
    return number


def _take(scope: Scope, hand_over: HandOver, kind: str, rows: list[Any], act: UUID, mine: Appointment) -> int:
    if not rows:
        return 0
    if kind == Kind.TASK:
        _take_tasks(scope, hand_over, rows, act)
    elif kind in (Kind.PART, Kind.DECISION):
        _take_parts(scope, hand_over, rows, act, kind)
    now = clock.now()
    known = {
        line.target_uid: line
        for line in HandOverLine.objects.filter(hand_over=hand_over, kind=kind, target_uid__in=[r.uid for r in rows])
    }
    for line in known.values():
        line.accepted_at, line.accepted_by = now, mine
    HandOverLine.objects.bulk_update(known.values(), ["accepted_at", "accepted_by"], batch_size=500)
    fresh = [
        HandOverLine(hand_over=hand_over, kind=kind, target_uid=one.uid, accepted_at=now, accepted_by=mine)
        for one in rows
        if one.uid not in known
    ]
    HandOverLine.objects.bulk_create(fresh, batch_size=2000)
    record_many(scope, action=ACTIONS[Kind(kind)], targets=rows, data={"hand_over": str(hand_over.uid)})
    return len(rows)


def _take_parts(scope: Scope, hand_over: HandOver, rows: list[Obligation], act: UUID, kind: str) -> None:
    """Write the event on each part; those the leaving person handled are handled by who accepts them."""
    leaving = hand_over.outgoing.person_id
    locked = list(Obligation.objects.select_for_update().filter(pk__in=[row.pk for row in rows]).order_by("pk"))
    data = {"hand_over": str(hand_over.uid), "as": "handler" if kind == Kind.PART else "decides"}
    passed = [row for row in locked if kind == Kind.PART and row.handler_id == leaving]
    stays = [row for row in locked if row not in passed]
    history.apply_many(scope, passed, EventKind.TAKEN_OVER, act, data=data, handler_id=scope.person_id)
    history.apply_many(scope, stays, EventKind.TAKEN_OVER, act, data=data)


def _take_tasks(scope: Scope, hand_over: HandOver, rows: list[Task], act: UUID) -> None:
    """Let who accepts follow what the leaving person followed; the event stands on the lead's part."""
    ids = [row.pk for row in rows]
    locked = list(Task.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    followed = [task.pk for task in locked if task.follower_id == hand_over.outgoing.person_id]
    Task.objects.filter(pk__in=followed).update(follower=scope.person_id)
    leads = Obligation.objects.select_for_update().issued().filter(task__in=ids, role=RoleInTask.LEAD)
    leads = leads.exclude(state__in=[ObligationState.CANCELLED, ObligationState.HANDED_BACK]).order_by("pk")
    data = {"hand_over": str(hand_over.uid), "as": "assigner"}
    history.apply_many(scope, list(leads), EventKind.TAKEN_OVER, act, data=data)

"""Telling people: one act, one notice per person, however many records it touched."""

import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from prytany.accounts.models import Preference
from prytany.audit.recording import record
from prytany.core import bulk, clock, levels
from prytany.core.errors import DomainError
from prytany.core.scope import Scope
from prytany.notifications import choices as chosen
from prytany.notifications import outbox
from prytany.notifications.choices import Choices
from prytany.notifications.kinds import AT_ONCE, CONTENT, KINDS, OFF
from prytany.notifications.models import CalendarFeed, Delivery, Notice
from prytany.organisation.models import Appointment, Person, Substitution


def notify(
    *,
    scope: Scope,
    act: UUID,
    kind: str,
    people: Counter[int] | Mapping[int, int] | Iterable[int | Person],
    target: Any = None,
    params: Mapping[str, Any] | None = None,
    urgent: bool = False,
    level: int | None = None,
) -> int:
    """Tell `people` of `act`, inside the transaction of the act; return how many notices were written.

    `people` are persons or their ids, or ids with how many records the act held for each. Those who stand in for one
    of them today get a copy. Told again of the same act and kind, nobody gets a second notice. `level` defaults to
    that of `target`: above open no content is stored with the notice. What waits for a decision, was sent back, or is
    `urgent` (papers marked so) goes by e-mail at once, the rest in the daily digest, unless the person chose otherwise.
    KeyError for a kind that is not registered.
    """
    counts = _counted(people)
    if not counts:
        return 0
    level = getattr(target, "level", levels.OPEN) if level is None else level
    kept = {name: value for name, value in (params or {}).items() if level == levels.OPEN or name not in CONTENT}
    copies = _substitutes(scope, counts)
    told = counts + Counter({person: number for person, number in copies.items() if person not in counts})
    choices = chosen.choices_of(told.keys())
    subject, moment = KINDS[kind].subject, clock.now()
    rows = []
    for person, number in told.items():
        mode = choices.get(person, chosen.NONE_MADE).mode(subject, urgent=urgent, day=scope.today)
        rows.append(
            Notice(
                person_id=person,
                act=act,
                kind=kind,
                params=kept,
                target_kind=target._meta.model_name if target is not None else "",
                target_uid=target.uid if target is not None else None,
                count=number,
                level=level,
                urgent=urgent,
                mail="" if mode == OFF else mode,
                as_substitute=person not in counts,
                created_at=moment,
            )
        )
    bulk.insert(rows, ignore_conflicts=True)
    outbox.queue(outbox.key_of(kind, act), [row.person_id for row in rows if row.mail == AT_ONCE])
    return len(rows)


def _counted(people: Counter[int] | Mapping[int, int] | Iterable[int | Person]) -> Counter[int]:
    if isinstance(people, Mapping):
        return Counter(dict(people))
    return Counter({person if isinstance(person, int) else person.pk: 1 for person in people})


def _substitutes(scope: Scope, counts: Collection[int]) -> dict[int, int]:
    """Return who stands in today for somebody in `counts`, with the count of the one they stand in for."""
    rows = Substitution.objects.on(scope.today).filter(withdrawn_at=None)
    if len(counts) < 500:
        rows = rows.filter(absent__person_id__in=list(counts))
    found: dict[int, int] = {}
    for absent, substitute in rows.values_list("absent__person_id", "substitute_id"):
        if absent in counts:
            found[substitute] = max(found.get(substitute, 0), counts[absent])  # type: ignore[index]
    return found


def mark_read(*, scope: Scope, notices: QuerySet[Notice]) -> int:
    """Mark the person's own notices read; return how many were unread. Reading news is no act: it is not logged."""
    unread = notices.filter(person_id=scope.person_id, read_at=None)
    return unread.update(read_at=clock.now(), mail="")


def withdraw(*, act: UUID) -> None:
    """Take back the notices of an act that was undone, where nobody has read them; part of the act that undoes it."""
    Notice.objects.filter(act=act, read_at=None).delete()
    waiting = Delivery.objects.filter(key__endswith=f":{act}", status=Delivery.Status.QUEUED)
    waiting.update(status=Delivery.Status.DROPPED)


def forget_content(*, target_uids: Collection[UUID]) -> None:
    """Take the content out of the notices of records whose level rises above open; part of the act that raises it."""
    Notice.objects.filter(target_uid__in=list(target_uids)).update(params={}, level=levels.INTERNAL)


@transaction.atomic
def set_choices(*, scope: Scope, choices: Choices) -> None:
    """Keep how the person wants to be told."""
    Preference.objects.update_or_create(person_id=scope.person_id, key=chosen.KEY, defaults={"value": choices.plain()})
    record(scope, action="notice_choices.set", data=choices.plain())


def digest_of(token: str) -> str:
    """Return what is stored of a feed's token."""
    return sha256(token.encode()).hexdigest()


@transaction.atomic
def open_feed(*, scope: Scope) -> str:
    """Give the person's appointment a new calendar address and revoke the one before; return its token, shown once.

    DomainError `not_own` for who stands in for another: the address would outlive the substitution.
    """
    appointment = Appointment.objects.select_for_update().filter(pk=scope.appointment_id).first()
    if appointment is None or appointment.person_id != scope.person_id:
        raise DomainError("not_own", _("A calendar address is given only for your own post."))
    CalendarFeed.objects.filter(appointment=appointment, revoked_at=None).update(revoked_at=clock.now())
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(appointment=appointment, digest=digest_of(token))
    record(scope, action="calendar_feed.open", target=feed)
    return token


@transaction.atomic
def revoke_feed(*, scope: Scope) -> None:
    """Close the calendar address of the appointment acted from; nothing happens where there is none."""
    for feed in CalendarFeed.objects.select_for_update().visible_to(scope).filter(revoked_at=None):
        feed.revoked_at = clock.now()
        feed.save(update_fields=["revoked_at"])
        record(scope, action="calendar_feed.revoke", target=feed)

"""Writing to a part and to its history at once, so that the columns always are what the events say."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import F

from prytany.core import bulk, clock
from prytany.core.scope import Scope
from prytany.work.models import EventKind, Obligation, ObligationEvent
from prytany.work.models.task import NO_DUE_DATE

# Columns of the part that each event keeps a copy of: column of the part, column of the event.
KEPT = (
    ("state", "state_after"),
    ("due_on", "due_after"),
    ("soon_on", "soon_after"),
    ("submitted_on", "submitted_after"),
    ("completed_on", "completed_after"),
    ("is_blocked", "blocked_after"),
)


def event_of(
    scope: Scope,
    obligation: Obligation,
    kind: EventKind,
    act: UUID,
    *,
    text: str = "",
    data: Mapping[str, Any] | None = None,
    on: datetime.date | None = None,
    at: datetime.datetime | None = None,
) -> ObligationEvent:
    """Return an unsaved event that keeps the part as it stands."""
    kept = {after: getattr(obligation, column) for column, after in KEPT}
    return ObligationEvent(
        obligation=obligation,
        kind=kind,
        act=act,
        effective_on=on or scope.today,
        recorded_at=at or clock.now(),
        person_id=scope.person_id or None,
        post_id=scope.post_id,
        unit_id=scope.unit_id,
        text=text,
        data=data if isinstance(data, dict) else dict(data or {}),
        **kept,
    )


def apply(
    scope: Scope,
    obligation: Obligation,
    kind: EventKind,
    act: UUID,
    *,
    text: str = "",
    data: Mapping[str, Any] | None = None,
    **changes: Any,
) -> ObligationEvent:
    """Set `changes` on the part, save it, and write the event. A text becomes the part's last word."""
    if text:
        changes |= {"last_word": text, "last_word_at": clock.now()}
    if "due_on" in changes:
        changes["due_sort"] = changes["due_on"] or NO_DUE_DATE
    for name, value in changes.items():
        setattr(obligation, name, value)
    obligation.version += 1
    obligation.save(update_fields=[*changes, "version", "changed_at"])
    event = event_of(scope, obligation, kind, act, text=text, data=data)
    event.save(force_insert=True)
    return event


def apply_many(
    scope: Scope,
    obligations: Iterable[Obligation],
    kind: EventKind,
    act: UUID,
    *,
    text: str = "",
    data: Mapping[str, Any] | None = None,
    **changes: Any,
) -> int:
    """Do as `apply` for many parts that all change alike, in a few statements; return how many."""
    rows = list(obligations)
    if not rows:
        return 0
    if text:
        changes |= {"last_word": text, "last_word_at": clock.now()}
    if "due_on" in changes:
        changes["due_sort"] = changes["due_on"] or NO_DUE_DATE
    for row in rows:
        for name, value in changes.items():
            setattr(row, name, value)
    if changes:
        changes |= {"changed_at": clock.now(), "version": F("version") + 1}
        ids = [row.pk for row in rows]
        for start in range(0, len(ids), 5000):
            Obligation.objects.filter(pk__in=ids[start : start + 5000]).update(**changes)
    shared, moment = dict(data or {}), clock.now()
    events = [event_of(scope, row, kind, act, text=text, data=shared, at=moment) for row in rows]
    bulk.insert(events)
    return len(rows)


def rebuilt(obligation: Obligation) -> dict[str, Any]:
    """Return the kept columns as the last standing event says; what the stored columns must equal."""
    standing = obligation.events.filter(superseded_by=None)
    last = standing.order_by("effective_on", "id").last()
    return {column: getattr(last, after) for column, after in KEPT} if last else {}

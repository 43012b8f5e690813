"""What a page says about the seals."""

import datetime
from dataclasses import dataclass

from django.db.models import Min, QuerySet

from prytany.audit.models import AuditEvent, Seal, SealEntry


@dataclass(frozen=True, slots=True)
class SealState:
    """The last seal, and what of a log waits for the next one."""

    last: Seal | None
    waiting: int
    oldest_waiting: datetime.datetime | None


def state_of(events: QuerySet[AuditEvent]) -> SealState:
    """Return the state of the seals for `events`."""
    waiting = events.filter(sealed=False)
    oldest = waiting.aggregate(oldest=Min("at"))["oldest"]
    return SealState(Seal.objects.order_by("-sequence").first(), waiting.count(), oldest)


def place_of(event: AuditEvent) -> SealEntry | None:
    """Return the entry that seals `event`, with its seal, or None."""
    return SealEntry.objects.filter(event_uid=event.uid).select_related("seal").first()

"""What a page says about the seals."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Min, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from prytany.audit.models import AuditEvent, Seal, SealEntry


@dataclass(frozen=True, slots=True)
class SealState:
    """The last seal, and what of a log waits for the next one."""

    last: Seal | None
    waiting: int
    oldest_waiting: datetime.datetime | None


def state_of(events: QuerySet[AuditEvent]) -> SealState:
    """Return the state of the seals for `events`, with one query once there is a seal."""
    waiting = events.filter(sealed=False).order_by().annotate(all=Value(1)).values("all")
    found = Seal.objects.annotate(
        waiting=Coalesce(Subquery(waiting.annotate(number=Count("pk")).values("number")), 0),
        oldest_waiting=Subquery(waiting.annotate(oldest=Min("at")).values("oldest")),
    )
    last = found.order_by("-sequence").first()
    if last is not None:
        return SealState(last, last.waiting, last.oldest_waiting)
    figures = events.filter(sealed=False).aggregate(number=Count("pk"), oldest=Min("at"))
    return SealState(None, figures["number"], figures["oldest"])


def place_of(event: AuditEvent) -> SealEntry | None:
    """Return the entry that seals `event`, with its seal, or None."""
    return SealEntry.objects.filter(event_uid=event.uid).select_related("seal").first()

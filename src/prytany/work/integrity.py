"""What must always hold for work; run by `prytany verify`."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from prytany.work.counts import latest
from prytany.work.history import KEPT
from prytany.work.models import Obligation, ObligationEvent


def columns_follow_events() -> Iterator[str]:
    """Yield a line for each part whose columns are not what its last standing event says, or that has no event."""
    issued = Obligation.objects.issued()
    events = ObligationEvent.objects.filter(obligation=OuterRef("pk"))
    for uid in issued.filter(~Exists(events)).values_list("uid", flat=True).iterator():
        yield f"part {uid} has no history"
    last = latest(ObligationEvent.objects.filter(superseded_by=None)).select_related("obligation")
    for event in last.iterator(chunk_size=2000):
        wrong = [column for column, after in KEPT if getattr(event.obligation, column) != getattr(event, after)]
        if wrong and event.obligation.state != "draft":
            yield f"part {event.obligation.uid}: {', '.join(wrong)} differ from its history"

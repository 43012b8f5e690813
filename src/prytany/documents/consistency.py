"""What `prytany verify` holds true of numbers."""

from collections.abc import Iterator

from django.db.models import Exists, F, Max, OuterRef, Q

from prytany.core.consistency import check
from prytany.documents.models import LedgerNumber, NumberSeries, RegisterEntry


@check("documents.ledger", "every line stands under the number that the ledger gave it")
def ledger_faults() -> Iterator[str]:
    """Yield each line with another number than its row, each row without its line, each counter that is behind."""
    other = RegisterEntry.objects.exclude(number=F("taken__number"), series=F("taken__series"))
    for number, uid in other.order_by("pk").values_list("number", "uid").iterator(500):
        yield f"line {uid} bears the number {number}, which is not that of its row"
    standing = RegisterEntry.objects.filter(taken=OuterRef("pk"), document=OuterRef("document"), voided_at=None)
    rows = LedgerNumber.objects.alias(stands=Exists(standing))
    odd = rows.filter(Q(state="used", stands=False) | Q(state="void", stands=True)).order_by("pk")
    for number, state, uid in odd.values_list("number", "state", "uid").iterator(500):
        yield f"number {uid} ({number}) is {state}, which its lines do not bear out"
    behind = NumberSeries.objects.annotate(top=Max("numbers__number")).filter(top__gt=F("last")).order_by("pk")
    for last, top, uid in behind.values_list("last", "top", "uid"):
        yield f"series {uid} counts to {last} and holds {top}"

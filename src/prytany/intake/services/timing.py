"""How long a paper took to be decided, as the page measures it: without pauses, and without saying by whom."""

from django.db import transaction
from django.db.models import F

from prytany.core import clock
from prytany.documents.models import Document
from prytany.intake.models import ConfirmTime

# Between two savings a person is not busy with a paper for longer than this.
MOST_AT_ONCE = 1_800


@transaction.atomic
def note_time(*, document: Document, language: str, seconds: int) -> None:
    """Add the seconds since the last decision; anything beyond reason is cut. The caller has saved a decision."""
    seconds = min(max(seconds, 0), MOST_AT_ONCE)
    if not seconds:
        return
    time, _made = ConfirmTime.objects.get_or_create(document=document, language=language)
    ConfirmTime.objects.filter(pk=time.pk).update(seconds=F("seconds") + seconds, last_at=clock.now())

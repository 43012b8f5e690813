"""Asking the second reader about a text, in the background."""

from django.db import transaction

from prytany.audit.recording import record
from prytany.core import clock
from prytany.core.errors import DomainError
from prytany.core.scope import Scope, authorise
from prytany.documents.models import Document, DocumentText
from prytany.intake import policies
from prytany.intake.models import SecondReading
from prytany.intake.second import asking
from prytany.intake.second.answers import MESSAGES, hold
from prytany.intake.second.asking import NotAnswered
from prytany.intake.seconds import PATIENCE
from prytany.jobs.tasks import job


@transaction.atomic
def ask_second_reader(*, scope: Scope, document: Document, text: DocumentText) -> SecondReading:
    """Queue the question about a text; one that waits already is asked once.

    DomainError `classified` for a paper that may not leave the house, `off` where no second reader is set up.
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    authorise(policies.can_ask_second, scope, document)
    text = DocumentText.objects.get(pk=text.pk, document=document)
    if not asking.may_be_asked(document, text.text):
        raise DomainError("classified", str(MESSAGES["classified"]))
    if not asking.is_set_up():
        raise DomainError("off", str(MESSAGES["off"]))
    reading, made = SecondReading.objects.get_or_create(text=text)
    if not made and reading.state == SecondReading.State.WAITING and reading.asked_at > clock.now() - PATIENCE:
        return reading
    reading.state, reading.problem, reading.asked_at = SecondReading.State.WAITING, "", clock.now()
    reading.save()
    record(scope, action="document.ask_second_reader", target=document, data={})
    read_second.enqueue(reading.pk)
    return reading


@job(queue="mail", attempts=1, timeout=300)
def read_second(reading_id: int) -> None:
    """Ask about a text and keep what stands in it; an answer that is none is told by its code, never by its words."""
    reading = SecondReading.objects.select_related("text__document").filter(pk=reading_id).first()
    if reading is None or reading.state != SecondReading.State.WAITING:
        return
    text = reading.text.text
    try:
        held = hold(asking.ask(reading.text.document, text), text[: asking.LETTERS])
    except NotAnswered as problem:
        reading.state, reading.problem = SecondReading.State.FAILED, str(problem)
        reading.proposals, reading.dropped = [], 0
    else:
        reading.state, reading.problem = SecondReading.State.READ, ""
        reading.proposals = [one.plain() for one in held.proposals]
        reading.dropped = held.dropped
    reading.answered_at = clock.now()
    reading.save()

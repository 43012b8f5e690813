"""What was read in a paper and typed beside it goes when the paper becomes secret (ADR 0012)."""

from django.utils.translation import pgettext_lazy

from prytany.core.scope import Scope
from prytany.documents.models import Document
from prytany.documents.raising import Loss
from prytany.intake.models import Decision, TypedRow
from prytany.work.services.raising import drawn_from


def losses(document: Document) -> list[Loss]:
    """Return how many decided proposals, which quote the paper, would go."""
    number = Decision.objects.filter(document=document).count()
    return [Loss(pgettext_lazy("removed", "Proposals read in it"), number)]


def follow(_scope: Scope, document: Document) -> None:
    """Remove the quoted proposals and the typed rows of a paper that has become secret."""
    if document.is_secret:
        Decision.objects.filter(document=document).delete()
        TypedRow.objects.filter(task__in=drawn_from(document)).delete()

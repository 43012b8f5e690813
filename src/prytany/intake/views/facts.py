"""Taking or leaving the facts that were read in a text."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from prytany.core.web import Request
from prytany.intake.grid import decided_about
from prytany.intake.offers import offers_of
from prytany.intake.readings import read_part
from prytany.intake.services import facts
from prytany.intake.views.common import chosen_text, readable
from prytany.organisation.matching import UnitMatcher

ALL = "all"


@require_POST
def settle(request: Request, uid: UUID) -> HttpResponse:
    """Take the facts named by `take` (or all) over into the paper, or leave those named by `leave`."""
    document, texts = readable(request, uid)
    text = chosen_text(request, texts)
    taken = request.POST.get("take", "")
    wanted = taken or request.POST.get("leave", "")
    if text is not None and wanted:
        matcher = UnitMatcher(request.scope.root_id or 0, on=request.scope.today)
        decided = decided_about(document).facts
        part = read_part(text)
        offers = offers_of(document, part, text.text, decided=decided, matcher=matcher)
        chosen = [offer for offer in offers if wanted in (ALL, offer.name) and (offer.values or not taken)]
        facts.settle(scope=request.scope, document=document, offers=chosen, taken=bool(taken), text=text)
    query = f"?text={text.pk}" if text is not None and len(texts) > 1 else ""
    return HttpResponseRedirect(f"{reverse('intake:read', args=[uid])}{query}")

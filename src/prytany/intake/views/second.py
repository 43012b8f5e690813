"""The second reader on page 8: asking it, and how far it is."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from prytany.core.errors import DomainError
from prytany.core.web import Request
from prytany.intake.seconds import shown_second
from prytany.intake.services.second import ask_second_reader
from prytany.intake.views.common import chosen_text, readable


@require_http_methods(["GET", "POST"])
def second(request: Request, uid: UUID) -> HttpResponse:
    """Ask the second reader about a text; GET answers how far it is, as a fragment."""
    document, texts = readable(request, uid)
    text = chosen_text(request, texts)
    if request.method == "GET":
        shown = shown_second(document, text) if text is not None else None
        return render(request, "intake/_second.html", {"second": shown, "document": document, "text": text})
    if text is not None:
        try:
            ask_second_reader(scope=request.scope, document=document, text=text)
        except DomainError as error:
            messages.error(request, str(error.message))
    query = f"?text={text.pk}" if text is not None else ""
    return HttpResponseRedirect(f"{reverse('intake:read', args=[uid])}{query}")

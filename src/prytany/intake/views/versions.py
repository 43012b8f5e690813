"""A further text of a paper: in another language, or told once more. Joined by a person, never by itself."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from prytany.accounts.tokens import keep_result, once
from prytany.core import wording
from prytany.core.errors import DomainError
from prytany.core.web import Request
from prytany.documents.models import Document
from prytany.documents.reading import refuse_stamped
from prytany.documents.services.texts import add_text
from prytany.documents.titles import heading_of
from prytany.intake.alike import Comparison, compare
from prytany.intake.forms import VersionForm
from prytany.intake.reading import read
from prytany.intake.reading.detect import language_of
from prytany.intake.readings import read_part
from prytany.intake.views.common import chosen_text, opens_for_readers, readable
from prytany.work.views.common import to_form


@require_http_methods(["GET", "POST"])
@opens_for_readers
def version(request: Request, uid: UUID) -> HttpResponse:
    """Take a further text of a paper: first it is said whether both look like one document; a person joins them."""
    document, texts = readable(request, uid)
    text = chosen_text(request, texts)
    if document.is_secret or text is None:
        return redirect("intake:read", uid)
    form = VersionForm(request.POST if request.method == "POST" else None)
    verdict: Comparison | None = None
    if form.is_valid():
        given = form.cleaned_data["text"]
        try:
            refuse_stamped(given)
            if request.POST.get("join") == "1":
                return _join(request, document, form)
            verdict = compare(read_part(text).reading, read(given))
        except DomainError as error:
            to_form(form, error)
    context: dict[str, Any] = {
        "rail": "documents",
        "document": document,
        "heading": heading_of(document),
        "form": form,
        "verdict": verdict,
        "days": [wording.day(day) for day in verdict.days] if verdict and verdict.days else [],
    }
    return render(request, "intake/version.html", context, status=422 if form.errors else 200)


def _join(request: Request, document: Document, form: VersionForm) -> HttpResponse:
    scope, given = request.scope, form.cleaned_data["text"]
    with once(scope, form.cleaned_data["form_token"]) as earlier:
        if earlier is None:
            row = add_text(scope=scope, document=document, text=given, language=language_of(given) or "", beside=True)
            keep_result(scope, form.cleaned_data["form_token"], str(row.pk))
            messages.success(request, _("The text belongs to this paper. Both are shown side by side."))
    return redirect(f"{reverse('intake:read', args=[document.uid])}")

"""What several pages of papers do alike."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from prytany.accounts.tokens import token_for
from prytany.core.errors import DomainError, StaleRecord
from prytany.core.web import Request
from prytany.documents.models import Document, RegisterEntry
from prytany.documents.services.correcting import Change
from prytany.files import uploads


def visible_document(request: Request, uid: UUID) -> Document:
    """Return a paper in sight; 404 else."""
    return get_object_or_404(Document.objects.visible_to(request.scope).select_related("issuer"), uid=uid)


def visible_line(request: Request, uid: UUID) -> RegisterEntry:
    """Return a register line in sight; 404 else."""
    rows = RegisterEntry.objects.visible_to(request.scope).select_related("document__issuer", "unit")
    return get_object_or_404(rows, uid=uid)


def files_token(request: Request) -> str:
    """Return the token of the files chosen on a form: other files from the same page are another choice."""
    ahead = request.POST.getlist(uploads.UPLOADED)
    sent = [f"{file.name} {file.size}" for file in request.FILES.getlist(uploads.FILES)]
    return token_for(request.POST.get("form_token", ""), [*ahead, *sent])


def to_form(form: Any, error: DomainError) -> None:
    """Put the refusal of a service where the person looks: at its field, else on top. What was typed stays."""
    if isinstance(error, StaleRecord):
        form.add_error(None, str(error.message))
        form.changes = [change for change in error.fields.values() if isinstance(change, Change)]
        return
    for name, message in error.fields.items():
        form.add_error(name if name in form.fields else None, message)
    if not error.fields:
        form.add_error(None, str(error.message))


def answer(request: HttpRequest, template: str, context: dict[str, Any], *, bound: bool = False) -> HttpResponse:
    """Render a page; a form that came back with errors is 422 to htmx."""
    refused = bound and getattr(request, "htmx", False)
    return render(request, template, context, status=422 if refused else 200)

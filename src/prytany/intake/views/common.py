"""What the views of reading do alike."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import ngettext

from prytany.core import wording
from prytany.core.web import Request
from prytany.documents.models import Document, DocumentText
from prytany.intake import policies


def opens_for_readers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer those who do not read texts for tasks with 403 and a page that says who does."""

    @wraps(view)
    def answer(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if policies.can_read_texts(request.scope):
            return view(request, *args, **kwargs)
        return render(request, "intake/refused.html", {"rail": "documents"}, status=403)

    return answer


def readable_document(request: Request, uid: UUID) -> Document:
    """Return a paper in sight for a person who reads texts for tasks; 403 for others, 404 for a paper out of sight."""
    if not policies.can_read_texts(request.scope):
        raise PermissionDenied
    return get_object_or_404(Document.objects.visible_to(request.scope).select_related("issuer", "entered_in"), uid=uid)


def texts_of(document: Document) -> list[DocumentText]:
    """Return the current texts of a paper in sight, the pasted one first."""
    rows = document.texts.filter(is_current=True).select_related("file")
    return sorted(rows, key=lambda row: (row.file_id is not None, row.pk))


def chosen_text(request: Request, texts: list[DocumentText]) -> DocumentText | None:
    """Return the text that `text` in the query or the form names, else the first; None where there is none."""
    wanted = request.POST.get("text") or request.GET.get("text") or ""
    return next((row for row in texts if str(row.pk) == wanted), texts[0] if texts else None)


def number_in(text: str | None) -> int | None:
    """Return the whole number that a parameter holds, None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def submit_label(number: int, *, may_issue: bool) -> str:
    """Return the words of the page's one primary button."""
    if may_issue:
        words = ngettext("Go on to assign %(count)s task", "Go on to assign %(count)s tasks", number)
    else:
        words = ngettext("Submit %(count)s task for approval", "Submit %(count)s tasks for approval", number)
    return words % {"count": wording.count(number)}

"""What the views of reading do alike."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prytany.core import wording
from prytany.core.web import Request
from prytany.documents.models import Document, DocumentText
from prytany.intake import policies
from prytany.intake.readings import texts_in


def opens_for_readers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer those who do not read texts for tasks with 403 and a page that says who does."""

    @wraps(view)
    def answer(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if policies.can_read_texts(request.scope):
            return view(request, *args, **kwargs)
        return render(request, "intake/refused.html", {"rail": "documents"}, status=403)

    return answer


def readable(request: Request, uid: UUID) -> tuple[Document, list[DocumentText]]:
    """Return a paper in sight for a person who reads texts for tasks, with its current texts; the pasted one first.

    403 for persons who do not, 404 for a paper out of sight.
    """
    if not policies.can_read_texts(request.scope):
        raise PermissionDenied
    papers = Document.objects.visible_to(request.scope)
    texts = texts_in(papers, uid)
    rows = papers.select_related("issuer", "entered_in")
    document = texts[0].document if texts else get_object_or_404(rows, uid=uid)
    prefetch_related_objects([document], "entries")
    return document, texts


def chosen_text(request: Request, texts: list[DocumentText]) -> DocumentText | None:
    """Return the text that `text` in the query or the form names, else the first; None where there is none."""
    wanted = request.POST.get("text") or request.GET.get("text") or ""
    return next((row for row in texts if str(row.pk) == wanted), texts[0] if texts else None)


def number_in(text: str | None) -> int | None:
    """Return the whole number that a parameter holds, None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def submit_label(number: int, *, may_issue: bool) -> str:
    """Return the words of the page's one primary button."""
    if not number:
        return _("Go on to assign") if may_issue else _("Submit for approval")
    if may_issue:
        words = ngettext("Go on to assign %(count)s task", "Go on to assign %(count)s tasks", number)
    else:
        words = ngettext("Submit %(count)s task for approval", "Submit %(count)s tasks for approval", number)
    return words % {"count": wording.count(number)}

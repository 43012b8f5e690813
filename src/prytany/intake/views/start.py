"""Where reading starts: a pasted text or a dropped file becomes a paper that is read."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from prytany.accounts.tokens import keep_result, once
from prytany.core.errors import DomainError
from prytany.core.web import Request
from prytany.documents.models import Document
from prytany.documents.services.texts import add_text
from prytany.documents.titles import heading_of
from prytany.files.kinds import ACCEPT
from prytany.files.models import StoredFile
from prytany.files.uploads import take_uploads
from prytany.intake import policies
from prytany.intake.alike import Alike, papers_like
from prytany.intake.forms import TakeInForm
from prytany.intake.reading.detect import language_of
from prytany.intake.services.taking import take_text
from prytany.intake.views.common import opens_for_readers
from prytany.organisation.models import Unit
from prytany.work.services.drafting import assigning_unit_id
from prytany.work.views.common import to_form

# What the form says when a text that looks like a paper already there is one of its own.
OWN = "own"


class _LooksAlike(Exception):
    """Nothing is taken in yet: papers were found that may be the same."""

    def __init__(self, found: list[Alike]) -> None:
        super().__init__()
        self.found = found


@require_http_methods(["GET", "POST"])
@opens_for_readers
def new(request: Request) -> HttpResponse:
    """Take a text in and go on to reading it; one that looks like a paper already there is told before."""
    scope = request.scope
    unit_id = assigning_unit_id(scope)
    if unit_id is None or not policies.can_take_in(scope, unit_id):
        raise PermissionDenied
    unit = get_object_or_404(Unit.objects.visible_to(scope), pk=unit_id)
    form = TakeInForm(request.POST if request.method == "POST" else None)
    files, problems = [], []
    alike: list[Alike] = []
    if request.method == "POST":
        taken = take_uploads(request, scope)
        files, problems = taken.files, taken.messages
        if form.is_valid() and not problems:
            try:
                return redirect("intake:read", _take(request, form, unit, files))
            except _LooksAlike as told:
                alike = told.found
            except DomainError as error:
                to_form(form, error)
    context: dict[str, Any] = {"rail": "documents", "form": form, "files": files, "problems": problems}
    context |= {"accept": ACCEPT, "alike": [{"one": one, "heading": heading_of(one.document)} for one in alike]}
    return render(request, "intake/new.html", context, status=422 if form.errors or problems else 200)


def _take(request: Request, form: TakeInForm, unit: Unit, files: list[StoredFile]) -> str:
    """Take a text in once, as its own paper or as a further text of one; return the paper's uid."""
    scope, text, token = request.scope, form.cleaned_data["text"], form.cleaned_data["form_token"]
    asked = request.POST.get("join", "")
    with once(scope, token) as earlier:
        if earlier:
            return earlier
        if asked and asked != OWN:
            document = _paper(request, asked)
            add_text(scope=scope, document=document, text=text, language=language_of(text) or "", beside=True)
            messages.success(request, _("The text belongs to this paper. Both are shown side by side."))
        else:
            if text and not asked and not files and (found := papers_like(scope, text)):
                raise _LooksAlike(found)
            document = take_text(scope=scope, unit=unit, text=text, files=files)
        keep_result(scope, token, str(document.uid))
        return str(document.uid)


def _paper(request: Request, uid: str) -> Document:
    try:
        return get_object_or_404(Document.objects.visible_to(request.scope), uid=UUID(uid))
    except ValueError:
        raise Http404 from None

"""Where reading starts: a pasted text or a dropped file becomes a paper that is read."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from prytany.accounts.tokens import keep_result, once
from prytany.core.errors import DomainError
from prytany.core.web import Request
from prytany.files.kinds import ACCEPT
from prytany.files.uploads import take_uploads
from prytany.intake import policies
from prytany.intake.forms import TakeInForm
from prytany.intake.services.taking import take_text
from prytany.intake.views.common import opens_for_readers
from prytany.organisation.models import Unit
from prytany.work.services.drafting import assigning_unit_id
from prytany.work.views.common import to_form


@require_http_methods(["GET", "POST"])
@opens_for_readers
def new(request: Request) -> HttpResponse:
    """Take a text in and go on to reading it."""
    scope = request.scope
    unit_id = assigning_unit_id(scope)
    if unit_id is None or not policies.can_take_in(scope, unit_id):
        raise PermissionDenied
    unit = get_object_or_404(Unit.objects.visible_to(scope), pk=unit_id)
    form = TakeInForm(request.POST if request.method == "POST" else None)
    files, problems = [], []
    if request.method == "POST":
        taken = take_uploads(request, scope)
        files, problems = taken.files, taken.messages
        if form.is_valid() and not problems:
            try:
                with once(scope, form.cleaned_data["form_token"]) as earlier:
                    if earlier is not None:
                        return redirect("intake:read", earlier) if earlier else redirect("documents:list")
                    document = take_text(scope=scope, unit=unit, text=form.cleaned_data["text"], files=files)
                    keep_result(scope, form.cleaned_data["form_token"], str(document.uid))
            except DomainError as error:
                to_form(form, error)
            else:
                return redirect("intake:read", document.uid)
    context = {"rail": "documents", "form": form, "files": files, "problems": problems, "accept": ACCEPT}
    return render(request, "intake/new.html", context, status=422 if form.errors or problems else 200)

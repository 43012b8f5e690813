"""Why may I see this, and why may somebody else not."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from prytany.accounts import explain, own
from prytany.accounts.forms import WhyNotForm
from prytany.core.web import Request


@require_GET
def why(request: Request, kind: str, uid: UUID) -> HttpResponse:
    """Answer for who sees the record, about themselves or about a person they name; for all others it is not there."""
    row = explain.visible_row(request.scope, kind, uid)
    entry = explain.entry_of(kind)
    if row is None or entry is None:
        raise Http404
    context = {
        "title": entry.title(row),
        "url": entry.url(row),
        "answer": explain.why(request.scope, kind, row, person=own.person_of(request), appointment=request.appointment),
    }
    asked = bool(request.GET.get("person") or request.GET.get("person_uid"))
    people = own.substitutes_for(request.scope)
    form = WhyNotForm(request.GET if asked else None, people=people, search_url=reverse("accounts:people"))
    if asked and form.is_valid():
        person = form.cleaned_data["person"]
        context |= {"person": person, "answers": explain.why_somebody(kind, row, person, request.scope.today)}
    return render(request, "accounts/why.html", {**context, "form": form}, status=422 if form.errors else 200)

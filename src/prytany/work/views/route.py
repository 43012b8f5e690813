"""A leader's opinion on an incoming paper, in six taps on one page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from prytany.accounts import preferences
from prytany.core.errors import DomainError
from prytany.core.scope import authorise
from prytany.core.web import Request
from prytany.documents.kinds import urgency_name
from prytany.documents.models import RegisterEntry
from prytany.work import likely
from prytany.work.forms import RouteForm
from prytany.work.services import routing
from prytany.work.views.common import to_form

STOCK_OPINIONS = (
    gettext_lazy("For study and advice, report to the Standing Committee."),
    gettext_lazy("Carry out and report the result."),
    gettext_lazy("Coordinate and reply to the sender."),
    gettext_lazy("For information."),
)
OWN_PHRASES = 6


@require_http_methods(["GET", "POST"])
def route(request: Request, uid: UUID) -> HttpResponse:
    """Write the leader's opinion on an incoming paper, on a phone too."""
    scope = request.scope
    entry = get_object_or_404(RegisterEntry.objects.visible_to(scope).select_related("document"), uid=uid)
    authorise(routing.can_route, scope, entry)
    form = RouteForm(request.POST or None, scope=scope)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        due = data["due"]
        try:
            task = routing.route(
                scope=scope,
                entry=entry,
                opinion=data["opinion"],
                lead=data["lead"],
                coordinating=data["coordinating"],
                information=data["information"],
                due_on=due.date if due else None,
                due_precision=due.precision if due else "day",
            )
        except DomainError as error:
            to_form(form, error)
        else:
            messages.success(request, _("The paper is on its way.") if task else _("The paper is done."))
            return redirect("work:desk")
    context = {
        "rail": "desk",
        "entry": entry,
        "document": entry.document,
        "urgency": urgency_name(entry.document.urgency) if entry.document.urgency else "",
        "form": form,
        "units": likely.units(scope, entry),
        "days": likely.days(scope, entry),
        "opinions": [*preferences.get(scope, "phrases")[:OWN_PHRASES], *map(str, STOCK_OPINIONS)],
    }
    return render(request, "work/route.html", context, status=422 if form.errors else 200)

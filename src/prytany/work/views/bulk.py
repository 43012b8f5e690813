"""Acts on many parts at once, with a preview of whom they reach."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from prytany.core import wording
from prytany.core.errors import DomainError
from prytany.core.scope import authorise
from prytany.core.web import Request
from prytany.work import export, lists, policies
from prytany.work.forms import BulkExtendForm, BulkReassignForm, BulkRemindForm
from prytany.work.models import Obligation
from prytany.work.services import deciding
from prytany.work.services.checking import Outcome
from prytany.work.views.common import prepared, to_form
from prytany.work.views.tasks import narrowed

MOST = 5000
SHOWN = 200


def _chosen(request: Request) -> QuerySet[Obligation]:
    """Return the rows ticked, or all of the list as it was narrowed."""
    if request.POST.get("all") == "1":
        _view, rows, _chips = narrowed(request)
        return rows
    return Obligation.objects.visible_to(request.scope).filter(uid__in=_uids(request))


def _uids(request: Request) -> list[str]:
    found = []
    for text in request.POST.getlist("row")[:MOST]:
        try:
            found.append(str(UUID(text)))
        except ValueError:
            continue
    return found


@require_POST
def bulk(request: Request) -> HttpResponse:
    """Show what an act would do to the rows chosen, or do it once the form is filled."""
    rows = _chosen(request).order_by("due_sort", "pk")
    act = request.POST.get("act", "")
    if act == "xlsx":
        return export.workbook(request, lists.with_facts(rows)[:MOST])
    if act == "print":
        return render(
            request, "work/print.html", {"rows": prepared(lists.with_facts(rows)[:MOST], request.scope.today)}
        )
    forms: dict[str, Any] = {
        "remind": (policies.can_check_anywhere, BulkRemindForm, {}),
        "extend": (policies.can_assign_anywhere, BulkExtendForm, {}),
        "reassign": (policies.can_assign_anywhere, BulkReassignForm, {"scope": request.scope}),
    }
    if act not in forms:
        return redirect("work:tasks")
    may, form_class, extra = forms[act]
    authorise(may, request.scope)
    found = prepared(lists.with_facts(rows)[:MOST], request.scope.today)
    if not found:
        messages.info(request, _("Nothing was selected."))
        return redirect("work:tasks")
    form = form_class(request.POST if "go" in request.POST else None, **extra)
    if form.is_bound and form.is_valid():
        try:
            outcome = _do(request, act, found, form.cleaned_data)
        except DomainError as error:
            to_form(form, error)
        else:
            _report(request, outcome)
            return redirect("work:tasks")
    context = {
        "rail": "tasks",
        "act": act,
        "form": form,
        "rows": found[:SHOWN],
        "number": len(found),
        "more": len(found) - SHOWN,
        "uids": [str(part.uid) for part in found],
        "units": len({part.holder_id for part in found}),
    }
    return render(request, "work/bulk.html", context, status=422 if form.errors else 200)


def _do(request: Request, act: str, parts: list[Obligation], data: dict[str, Any]) -> Outcome:
    scope = request.scope
    if act == "remind":
        return deciding.remind(scope=scope, parts=parts, text=data["text"])
    if act == "extend":
        return deciding.extend(scope=scope, parts=parts, due_on=data["due"], reason=data["reason"])
    return deciding.reassign(scope=scope, parts=parts, to=data["to"], reason=data["reason"])


def _report(request: Request, outcome: Outcome) -> None:
    number = len(outcome.done)
    words = ngettext("Done for %(count)s part.", "Done for %(count)s parts.", number)
    messages.success(request, words % {"count": wording.count(number)})
    reasons: dict[str, int] = {}
    for _part, reason in outcome.left:
        reasons[reason] = reasons.get(reason, 0) + 1
    for reason, left in reasons.items():
        line = ngettext("%(count)s left out: %(reason)s", "%(count)s left out: %(reason)s", left)
        messages.warning(request, line % {"count": wording.count(left), "reason": reason})

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

from prytany.accounts.tokens import once
from prytany.core import wording
from prytany.core.errors import DomainError
from prytany.core.lists import count_up_to
from prytany.core.scope import authorise
from prytany.core.web import Request
from prytany.work import export, lists, policies
from prytany.work.forms import BulkExtendForm, BulkReassignForm, BulkRecallForm, BulkRemindForm
from prytany.work.models import Obligation
from prytany.work.services import deciding, issuing
from prytany.work.services.checking import Outcome, sort_out
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


# The act, the move of the one table that allows it, who may do it anywhere at all, and its form.
ACTS: dict[str, tuple[str, Any, Any]] = {
    "remind": ("remind", policies.can_check_anywhere, BulkRemindForm),
    "extend": ("extend", policies.can_assign_anywhere, BulkExtendForm),
    "reassign": ("cancel", policies.can_assign_anywhere, BulkReassignForm),
    "hand_over": ("hand_over", policies.can_assign_anywhere, BulkReassignForm),
    "recall": ("recall", policies.can_assign_anywhere, BulkRecallForm),
}


@require_POST
def bulk(request: Request) -> HttpResponse:
    """Show what an act would do to the rows chosen and what it would leave out, or do it once the form is filled."""
    rows = _chosen(request).order_by("due_sort", "pk")
    act = request.POST.get("act", "")
    if act in ACTS:
        authorise(ACTS[act][1], request.scope)
    selected = count_up_to(rows, MOST)
    if selected.capped or not selected.number:
        _say_number(request, selected.number)
        return redirect("work:tasks")
    if act == "xlsx":
        return export.workbook(request, lists.with_facts(rows))
    if act == "print":
        return render(request, "work/print.html", {"rows": prepared(lists.with_facts(rows), request.scope.today)})
    if act not in ACTS:
        return redirect("work:tasks")
    move, _may, form_class = ACTS[act]
    outcome = sort_out(request.scope, move, prepared(lists.with_facts(rows), request.scope.today))
    if not outcome.done:
        _report(request, outcome)
        return redirect("work:tasks")
    extra = {"scope": request.scope} if form_class is BulkReassignForm else {}
    form = form_class(request.POST if "go" in request.POST else None, **extra)
    if form.is_bound and form.is_valid():
        try:
            with once(request.scope, form.cleaned_data["form_token"]) as earlier:
                done = _do(request, act, outcome.done, form.cleaned_data) if earlier is None else None
        except DomainError as error:
            to_form(form, error)
        else:
            if done is not None:
                _report(request, done)
            return redirect("work:tasks")
    context = {
        "rail": "tasks",
        "act": act,
        "form": form,
        "rows": outcome.done[:SHOWN],
        "number": len(outcome.done),
        "more": len(outcome.done) - SHOWN,
        "uids": [str(part.uid) for part in outcome.done],
        "units": len({part.holder_id for part in outcome.done}),
        "left": _by_reason(outcome),
    }
    return render(request, "work/bulk.html", context, status=422 if form.errors else 200)


def _say_number(request: Request, number: int) -> None:
    if not number:
        messages.info(request, _("Nothing was selected."))
        return
    words = _("More than %(most)s are selected, too many for one act. Narrow the list first.")
    messages.error(request, words % {"most": wording.count(MOST)})


def _by_reason(outcome: Outcome) -> list[tuple[str, list[Obligation]]]:
    """Return what is left out, by the reason."""
    found: dict[str, list[Obligation]] = {}
    for part, reason in outcome.left:
        found.setdefault(reason, []).append(part)  # type: ignore[arg-type]
    return list(found.items())


def _do(request: Request, act: str, parts: list[Obligation], data: dict[str, Any]) -> Outcome:
    scope = request.scope
    if act == "remind":
        return deciding.remind(scope=scope, parts=parts, text=data["text"])
    if act == "extend":
        return deciding.extend(scope=scope, parts=parts, due_on=data["due"], reason=data["reason"])
    if act == "recall":
        issuing.recall_parts(scope=scope, parts=parts, reason=data["reason"])
        return Outcome(parts)
    service = deciding.hand_over if act == "hand_over" else deciding.reassign
    return service(scope=scope, parts=parts, to=data["to"], reason=data["reason"])


def _report(request: Request, outcome: Outcome) -> None:
    number = len(outcome.done)
    words = ngettext("Done for %(count)s part.", "Done for %(count)s parts.", number)
    if number:
        messages.success(request, words % {"count": wording.count(number)})
    for reason, left in _by_reason(outcome):
        line = ngettext("%(count)s left out: %(reason)s", "%(count)s left out: %(reason)s", len(left))
        messages.warning(request, line % {"count": wording.count(len(left)), "reason": reason})

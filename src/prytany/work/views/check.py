"""Emptying the queue of answers: confirm the selected, send others back with a reason."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from prytany.core import wording
from prytany.core.scope import authorise
from prytany.core.web import Request
from prytany.work import policies, waiting
from prytany.work.models import Evidence, Obligation, ObligationState, Task
from prytany.work.models.states import COUNTED_STATES
from prytany.work.services import checking
from prytany.work.views.common import prepared

MOST = 500
STOCK_REASONS = (
    gettext_lazy("The list is missing."),
    gettext_lazy("The figures do not agree."),
    gettext_lazy("The file cannot be opened."),
    gettext_lazy("Not on the form that was given."),
)


def _waiting(request: Request, task: Task | None) -> QuerySet[Obligation]:
    """Return the answers that this person may check: of one task, or those that wait for them."""
    if task is None:
        return waiting.to_check(request.scope)
    rows = Obligation.objects.visible_to(request.scope).filter(task=task, state=ObligationState.SUBMITTED)
    return rows.exclude(submitted_by=request.scope.person_id)


@require_GET
def check(request: Request, uid: UUID | None = None) -> HttpResponse:
    """Show the answers that wait, those with something odd first and unticked, the others ticked."""
    scope = request.scope
    task = get_object_or_404(Task.objects.visible_to(scope), uid=uid) if uid else None
    if task is None:
        authorise(policies.can_check_anywhere, scope)
    else:
        authorise(policies.can_check_task, scope, task)
    rows = prepared(
        _waiting(request, task).select_related("task__source_document").order_by("waiting_since", "pk")[:MOST],
        scope.today,
    )
    evidence: dict[int, list[Any]] = {}
    for item in Evidence.objects.filter(obligation__in=rows, event__kind__in=["submitted", "to_head"]).select_related(
        "file"
    ):
        evidence.setdefault(item.obligation_id or 0, []).append(item.file)
    for part in rows:
        part.files = evidence.get(part.pk, [])
        part.odd = not part.files and not part.last_word.strip()
    rows.sort(key=lambda part: not part.odd)
    states = {}
    if task is not None:
        counted = Obligation.objects.visible_to(scope).filter(task=task, state__in=COUNTED_STATES)
        states = dict(counted.order_by().values_list("state").annotate(number=Count("pk")))
    context = {
        "rail": "desk",
        "task": task,
        "rows": rows,
        "total": sum(states.values()),
        "done": states.get("verified", 0),
        "nothing": states.get("nothing", 0),
        "answered": sum(states.get(code, 0) for code in ("submitted", "verified", "nothing")),
        "reasons": [str(reason) for reason in STOCK_REASONS],
        "good": sum(not part.odd for part in rows),
    }
    return render(request, "work/check.html", context)


@require_POST
def confirm(request: Request) -> HttpResponse:
    """Confirm the selected answers in one act; what could not be confirmed is named."""
    authorise(policies.can_check_anywhere, request.scope)
    outcome = checking.verify(scope=request.scope, parts=_selected(request))
    _report(request, outcome, _confirmed(len(outcome.done)))
    return _return(request)


@require_POST
def send_back_one(request: Request, uid: UUID) -> HttpResponse:
    """Send one answer back with the reason typed in its row; the other rows stay as they are."""
    part = get_object_or_404(Obligation.objects.visible_to(request.scope), uid=uid)
    authorise(policies.can_check, request.scope, part)
    outcome = checking.send_back(scope=request.scope, parts=[part], reason=request.POST.get(f"reason-{uid}", ""))
    _report(request, outcome, _("More was asked for."))
    return _return(request)


def _confirmed(number: int) -> str:
    words = ngettext("%(count)s result confirmed.", "%(count)s results confirmed.", number)
    return words % {"count": wording.count(number)}


def _selected(request: Request) -> list[Obligation]:
    uids = request.POST.getlist("row")[:MOST]
    return list(Obligation.objects.visible_to(request.scope).filter(uid__in=[uid for uid in uids if _is_uid(uid)]))


def _is_uid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _report(request: Request, outcome: checking.Outcome, sentence: str) -> None:
    if outcome.done:
        messages.success(request, sentence)
    for _part, reason in outcome.left[:3]:
        messages.warning(request, reason)
    if not outcome.done and not outcome.left:
        messages.info(request, _("Nothing was selected."))


def _return(request: Request) -> HttpResponse:
    task = request.POST.get("task", "")
    return redirect("work:check", task) if task and _is_uid(task) else redirect("work:check_all")

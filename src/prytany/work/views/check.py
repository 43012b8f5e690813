"""Emptying the queue of answers: confirm the selected, send others back with a reason."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from prytany.core import undo, wording
from prytany.core.scope import authorise
from prytany.core.web import Request
from prytany.work import policies, waiting
from prytany.work.forms import AgainForm
from prytany.work.models import Answer, EventKind, Evidence, Obligation, ObligationState, Task
from prytany.work.models.states import COUNTED_STATES
from prytany.work.services import checking, undoing
from prytany.work.views.common import prepared

MOST = 500
STOCK_REASONS = (
    gettext_lazy("The list is missing."),
    gettext_lazy("The figures do not agree."),
    gettext_lazy("The file cannot be opened."),
    gettext_lazy("Not on the form that was given."),
)
# What the bar says; {n} and {total} are filled here and, as ticks change, by check.js.
SELECTED = gettext_lazy("Selected {n} of {total}.")
LEFT = gettext_lazy("Left out {n}:")
LEFT_OUT = {
    "evidence": gettext_lazy("without evidence {n}"),
    "blocked": gettext_lazy("with an open obstacle {n}"),
}
REST = gettext_lazy("not selected {n}")


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
    task = get_object_or_404(Task.objects.visible_to(scope, each=True), uid=uid) if uid else None
    if task is None:
        authorise(policies.can_check_anywhere, scope)
    else:
        authorise(policies.can_check_task, scope, task)
    waits = _waiting(request, task).select_related("task__source_document").order_by("waiting_since", "pk")
    rows = prepared(waits[:MOST], scope.today)
    evidence = _evidence(rows)
    for part in rows:
        part.files = evidence.get(part.pk, [])
        part.odd = _odd(part)
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
        "bar": _bar(rows),
        "again": AgainForm(),
    }
    return render(request, "work/check.html", context)


def _evidence(rows: list[Obligation]) -> dict[int, list[Any]]:
    """Return the files of the answers, by part; one query."""
    found: dict[int, list[Any]] = {}
    kinds = [EventKind.SUBMITTED, EventKind.TO_HEAD]
    for item in Evidence.objects.filter(obligation__in=rows, event__kind__in=kinds).select_related("file"):
        found.setdefault(item.obligation_id or 0, []).append(item.file)
    return found


def _odd(part: Any) -> str:
    """Return why an answer should not be confirmed unread: a code of LEFT_OUT, "" for a good one."""
    if part.is_blocked:
        return "blocked"
    return "" if part.files or part.answer == Answer.NOTHING else "evidence"


def _bar(rows: list[Any]) -> dict[str, Any]:
    """Return the words of the bar as it stands at first, and the patterns from which a script writes them anew."""
    odd = Counter(part.odd for part in rows if part.odd)
    words = {"selected": str(SELECTED), "left": str(LEFT), "rest": str(REST)} | {k: str(v) for k, v in LEFT_OUT.items()}
    reasons = [_fill(words[code], odd[code]) for code in LEFT_OUT if odd[code]]
    return {
        "good": len(rows) - odd.total(),
        "words": words,
        "selected": _fill(words["selected"], len(rows) - odd.total(), len(rows)),
        "left": f"{_fill(words['left'], odd.total())} {', '.join(reasons)}" if reasons else "",
    }


def _fill(pattern: str, number: int, total: int = 0) -> str:
    return pattern.replace("{n}", wording.count(number)).replace("{total}", wording.count(total))


@require_POST
def confirm(request: Request) -> HttpResponse:
    """Confirm the selected answers in one act; what could not be confirmed is named."""
    authorise(policies.can_check_anywhere, request.scope)
    outcome = checking.verify(scope=request.scope, parts=_selected(request))
    _report(request, outcome, _confirmed(len(outcome.done)))
    return _return(request)


@require_POST
def send_back(request: Request) -> HttpResponse:
    """Ask for more on the selected answers, with one reason for all."""
    authorise(policies.can_check_anywhere, request.scope)
    return _ask(request, _selected(request), "reason", "again")


@require_POST
def send_back_one(request: Request, uid: UUID) -> HttpResponse:
    """Send one answer back with the reason typed in its row; the other rows stay as they are."""
    part = get_object_or_404(Obligation.objects.visible_to(request.scope), uid=uid)
    authorise(policies.can_check, request.scope, part)
    return _ask(request, [part], f"reason-{uid}", f"again-{uid}")


def _ask(request: Request, parts: list[Obligation], reason: str, again: str) -> HttpResponse:
    form = AgainForm({"again": request.POST.get(again, "")})
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["again"])))
        return _return(request)
    outcome = checking.send_back(
        scope=request.scope, parts=parts, reason=request.POST.get(reason, ""), again_by=form.cleaned_data["again"]
    )
    number = len(outcome.done)
    words = ngettext("More was asked for on %(count)s answer.", "More was asked for on %(count)s answers.", number)
    _report(request, outcome, words % {"count": wording.count(number)})
    return _return(request)


@require_POST
def undo_check(request: Request) -> HttpResponse:
    """Take back what was confirmed or sent back a moment ago."""
    if not undo.allowed(request):
        messages.error(request, _("It is too late to undo this. A confirmed result can be sent back."))
        return _return(request)
    outcome = undoing.undo_check(scope=request.scope, act=UUID(request.POST["act"]))
    number = len(outcome.done)
    words = ngettext("%(count)s answer waits again.", "%(count)s answers wait again.", number)
    messages.success(request, words % {"count": wording.count(number)})
    for _part, reason in outcome.left[:3]:
        messages.warning(request, reason)
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
        fields = {"act": str(outcome.act), "task": request.POST.get("task", "")}
        undo.success(request, sentence, reverse("work:undo_check"), fields)
    for _part, reason in outcome.left[:3]:
        messages.warning(request, reason)
    if not outcome.done and not outcome.left:
        messages.info(request, _("Nothing was selected."))


def _return(request: Request) -> HttpResponse:
    task = request.POST.get("task", "")
    return redirect("work:check", task) if task and _is_uid(task) else redirect("work:check_all")

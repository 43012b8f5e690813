"""Small acts on a task: each a post that calls one service and returns."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prytany.accounts.own import notes_about
from prytany.accounts.tokens import once
from prytany.core import wording
from prytany.core.errors import DomainError, StaleRecord
from prytany.core.scope import authorise
from prytany.core.web import Request
from prytany.files.services import store
from prytany.organisation.models import Person
from prytany.organisation.names import label_units
from prytany.work import policies, sight
from prytany.work.forms import ExtensionDecisionForm, ObstacleAnswerForm, ReasonForm, RemarkForm
from prytany.work.mentions import mentioned_in, offered
from prytany.work.models import Extension, Obligation, Obstacle, Remark, Task
from prytany.work.services import deciding, exchange, issuing
from prytany.work.views.common import back, to_form


def _task(request: Request, uid: UUID) -> Task:
    return get_object_or_404(Task.objects.visible_to(request.scope, each=True), uid=uid)


@require_POST
def star(request: Request, uid: UUID) -> HttpResponse:
    """Keep a task at hand, or no longer."""
    task = _task(request, uid)
    exchange.set_star(scope=request.scope, kind="task", target_uid=task.uid, on=request.POST.get("on") == "1")
    return back(request, "work:task", task.uid)


@require_POST
def follow(request: Request, uid: UUID) -> HttpResponse:
    """Hear of what changes on a task, or no longer."""
    task = _task(request, uid)
    exchange.set_follow(scope=request.scope, task=task, on=request.POST.get("on") == "1")
    return back(request, "work:task", task.uid)


@require_POST
def share(request: Request, uid: UUID) -> HttpResponse:
    """Open the answers of a fan-out to its units, or close them."""
    task = _task(request, uid)
    exchange.share_answers(scope=request.scope, task=task, on=request.POST.get("on") == "1")
    return back(request, "work:task", task.uid)


@require_POST
def remark(request: Request, uid: UUID) -> HttpResponse:
    """Add an entry to the exchange; a refusal comes back with the text in its field."""
    task = _task(request, uid)
    authorise(sight.takes_part, request.scope, task)
    form = RemarkForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Write something first."))
        return back(request, "work:task", task.uid)
    data, scope = form.cleaned_data, request.scope
    files = [store(scope, file, root_id=task.root_id, level=task.level) for file in data["uploads"]]
    with once(scope, data["form_token"]) as earlier:
        if earlier is None:
            exchange.add_remark(
                scope=scope,
                task=task,
                text=data["text"],
                audience=data["audience"],
                files=files,
                mentions=mentioned_in(data["text"], Person.objects.visible_to(scope)),
            )
    return back(request, "work:task", task.uid)


@require_GET
def people(request: Request, uid: UUID) -> JsonResponse:
    """Return who may read what is being written on a task, for the names after an @."""
    task, scope = _task(request, uid), request.scope
    authorise(sight.takes_part, scope, task)
    audience = request.GET.get("audience", Remark.Audience.TASK)
    if audience not in Remark.Audience.values:
        audience = Remark.Audience.UNIT
    found = offered(scope, task, audience, request.GET.get("q", "")[:100])
    notes = notes_about(scope, found)
    results = [{"value": str(one.uid), "label": one.name, "note": notes.get(one.pk, "")} for one in found]
    return JsonResponse({"results": results})


@require_POST
def issue(request: Request, uid: UUID) -> HttpResponse:
    """Assign a draft to its units."""
    task = _task(request, uid)
    try:
        issuing.issue_task(scope=request.scope, task=task)
    except issuing.NotClear as refused:
        for item in refused.missing:
            messages.error(request, item.message)
        return redirect("work:edit", task.uid)
    messages.success(request, _("The task has been assigned."))
    return redirect("work:task", task.uid)


@require_POST
def recall(request: Request, uid: UUID) -> HttpResponse:
    """Take back the parts that no unit has opened."""
    task = _task(request, uid)
    parts = Obligation.objects.visible_to(request.scope).filter(task=task)
    number = issuing.recall_parts(scope=request.scope, parts=parts)
    words = ngettext("%(count)s unit's part was recalled.", "The parts of %(count)s units were recalled.", number)
    messages.success(request, words % {"count": wording.count(number)})
    return redirect("work:task", task.uid)


@require_http_methods(["GET", "POST"])
def cancel(request: Request, uid: UUID) -> HttpResponse:
    """Ask for the reason, then cancel a task: it cannot be undone."""
    task = _task(request, uid)
    authorise(policies.can_issue_task, request.scope, task)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        issuing.cancel_task(scope=request.scope, task=task, reason=form.cleaned_data["reason"])
        messages.success(request, _("The task has been cancelled and the units have been told."))
        return redirect("work:task", task.uid)
    context = {"rail": "tasks", "task": task, "form": form}
    return render(request, "work/cancel.html", context, status=422 if form.errors else 200)


@require_POST
def decide_extension(request: Request, uid: UUID) -> HttpResponse:
    """Grant or refuse a request for more time.

    A refusal shows what was typed again; where somebody decided meanwhile, beside what they decided.
    """
    scope = request.scope
    rows = Extension.objects.visible_to(scope).select_related("obligation__task", "decided_by")
    extension = get_object_or_404(rows, uid=uid)
    authorise(policies.can_decide, scope, extension.obligation)
    form = ExtensionDecisionForm(request.POST)
    grant = request.POST.get("grant") == "1"
    if form.is_valid():
        try:
            with once(scope, form.cleaned_data["form_token"]) as earlier:
                if earlier is None:
                    _decide(request, extension, form.cleaned_data, grant=grant)
        except DomainError as error:
            to_form(form, error)
        else:
            messages.success(request, _("More time has been granted.") if grant else _("The request has been refused."))
            return back(request, "work:part", extension.obligation.uid)
    extension = get_object_or_404(rows, uid=uid)
    label_units([extension.obligation], "holder")
    context = {
        "rail": "tasks",
        "part": extension.obligation,
        "form": form,
        "extension": extension,
        "waits": extension.decision == Extension.Decision.WAITING,
        "grant": grant,
        "remark_form": RemarkForm(initial={"text": form["text"].value()}),
    }
    return render(request, "work/extension_form.html", context, status=422)


def _decide(request: Request, extension: Extension, data: dict[str, Any], *, grant: bool) -> None:
    deciding.decide_extension(
        scope=request.scope, extension=extension, grant=grant, due_on=data["due"], text=data["text"]
    )


@require_POST
def answer_obstacle(request: Request, uid: UUID) -> HttpResponse:
    """Answer an obstacle; a refusal, also because somebody answered meanwhile, shows what was typed again."""
    scope = request.scope
    rows = Obstacle.objects.visible_to(scope).select_related("obligation__task")
    obstacle = get_object_or_404(rows, uid=uid)
    authorise(policies.can_decide, scope, obstacle.obligation)
    form = ObstacleAnswerForm(request.POST, prefix=f"o{obstacle.pk}")
    theirs = None
    if form.is_valid():
        try:
            with once(scope, form.cleaned_data["form_token"]) as earlier:
                if earlier is None:
                    _answer(request, obstacle, form.cleaned_data)
        except StaleRecord as error:
            theirs = get_object_or_404(rows, uid=uid)
            form.carry(theirs.version)
            to_form(form, error)
        except DomainError as error:
            to_form(form, error)
        else:
            messages.success(request, _("Your answer has been sent."))
            return back(request, "work:part", obstacle.obligation.uid)
    part = obstacle.obligation
    label_units([part], "holder")
    context = {
        "rail": "tasks",
        "part": part,
        "form": form,
        "heading": _("Obstacle"),
        "button": pgettext("button", "Answer"),
        "theirs": theirs,
    }
    return render(request, "work/part_form.html", context, status=422)


def _answer(request: Request, obstacle: Obstacle, data: dict[str, Any]) -> None:
    deciding.answer_obstacle(
        scope=request.scope,
        obstacle=obstacle,
        answer=data["answer"],
        due_on=data["due"],
        closes=data["closes"],
        version=data.get("version"),
    )


@require_POST
def close_obstacle(request: Request, uid: UUID) -> HttpResponse:
    """Say that an obstacle no longer stands in the way."""
    obstacle = get_object_or_404(Obstacle.objects.visible_to(request.scope).select_related("obligation"), uid=uid)
    deciding.close_obstacle(scope=request.scope, obstacle=obstacle)
    return back(request, "work:part", obstacle.obligation.uid)

"""Answering for a unit in a minute, and what else the unit does with its part."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from prytany.accounts.tokens import once
from prytany.core.errors import DomainError, StaleRecord
from prytany.core.scope import authorise
from prytany.core.web import Request
from prytany.files.services import store
from prytany.organisation.names import label_units
from prytany.work import policies, transitions
from prytany.work.forms import AnswerForm, AskExtensionForm, HandlerForm, ReasonForm
from prytany.work.models import Answer, EventKind, Obligation, ObligationEvent, ObligationState
from prytany.work.models.states import OPEN_STATES
from prytany.work.services import answering, checking, deciding
from prytany.work.views.common import to_form


def _part(request: Request, uid: UUID) -> Obligation:
    parts = Obligation.objects.visible_to(request.scope).select_related("task__source_document", "handler", "holder")
    part = get_object_or_404(parts, uid=uid)
    label_units([part], "holder", "creditor")
    return part


def _walk(request: Request, part: Obligation) -> dict[str, Any] | None:
    """Return the place of this part among those the unit still has to answer, for "save and next"."""
    if request.GET.get("walk") != "unit":
        return None
    rows = Obligation.objects.visible_to(request.scope).filter(holder_id=part.holder_id, state__in=OPEN_STATES)
    uids = list(
        rows.exclude(state__in=[ObligationState.SUBMITTED, ObligationState.WITH_HEAD])
        .order_by("due_sort", "pk")
        .values_list("uid", flat=True)[:200]
    )
    if part.uid not in uids:
        return {"number": 0, "total": len(uids), "next_uid": uids[0] if uids else None}
    index = uids.index(part.uid)
    following = uids[index + 1] if index + 1 < len(uids) else None
    return {"number": index + 1, "total": len(uids), "next_uid": following}


@require_http_methods(["GET", "POST"])
def answer(request: Request, uid: UUID) -> HttpResponse:
    """Show the answer form of a part; take the answer, the files and the choice, and go on to the next."""
    part = _part(request, uid)
    authorise(policies.can_answer, request.scope, part)
    if part.state == ObligationState.ISSUED and policies.can_open(request.scope, part):
        part = answering.open_part(scope=request.scope, obligation=part)
        label_units([part], "holder", "creditor")
    walk = _walk(request, part)
    form = AnswerForm(request.POST or None, request.FILES or None, version=part.version)
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            _take(request, part, form)
        except StaleRecord as error:
            theirs = part = _part(request, uid)
            form.carry(part.version)
            to_form(form, error)
        except DomainError as error:
            to_form(form, error)
        else:
            messages.success(request, _("Your answer has been sent."))
            if walk and walk["next_uid"]:
                return redirect(f"{reverse('work:answer', args=[walk['next_uid']])}?walk=unit")
            return redirect("work:unit", part.holder.uid)
    context = {
        "part": part,
        "form": form,
        "theirs": theirs,
        "walk": walk,
        "closed": part.state not in (*transitions.WORKING, ObligationState.WITH_HEAD),
        "to_head": part.holder.head_checks and not policies.can_approve_answer(request.scope, part),
        "icons": AnswerForm.ICONS,
        **_sent_back(request, part),
    }
    return render(request, "work/answer.html", context, status=422 if form.errors else 200)


def _sent_back(request: Request, part: Obligation) -> dict[str, Any]:
    """Return why the last answer came back, and until when it is wanted again."""
    if part.state != ObligationState.MORE_NEEDED:
        return {}
    events = ObligationEvent.objects.visible_to(request.scope).filter(obligation=part, kind=EventKind.SENT_BACK)
    last = events.order_by("pk").last()
    return {"last_reason": part.last_word, "again_by": last.again_by if last else None}


def _take(request: Request, part: Obligation, form: AnswerForm) -> None:
    """Store the files, then call the service of the choice, once for a form however often it is sent."""
    data, scope = form.cleaned_data, request.scope
    files = [store(scope, file, root_id=part.root_id, level=part.level) for file in data["uploads"]]
    with once(scope, data["form_token"]) as earlier:
        if earlier is not None:
            return
        choice, version = data["choice"], data.get("version")
        if choice == AnswerForm.PROGRESS:
            answering.report_progress(
                scope=scope, obligation=part, text=data["text"], percent=data["percent"], files=files, version=version
            )
        elif choice == AnswerForm.OBSTACLE:
            answering.raise_obstacle(
                scope=scope, obligation=part, cause=data["text"], wish=data["wish"], files=files, version=version
            )
        else:
            what = Answer.NOTHING if choice == AnswerForm.NOTHING else Answer.DONE
            answering.submit_answer(
                scope=scope, obligation=part, answer=what, text=data["text"], files=files, version=version
            )


def _with_form(
    request: Request, uid: UUID, may: Any, form: Any, act: Any, *, heading: str, button: str, done: str
) -> HttpResponse:
    """Show a small form about a part to who `may` act on it, or do `act(part, data)` with what it says."""
    part = _part(request, uid)
    authorise(may, request.scope, part)
    if request.method == "POST" and form.is_valid():
        try:
            with once(request.scope, form.cleaned_data["form_token"]) as earlier:
                if earlier is None:
                    act(part, form.cleaned_data)
        except DomainError as error:
            to_form(form, error)
        else:
            messages.success(request, done)
            return redirect("work:part", part.uid)
    context = {"rail": "tasks", "part": part, "form": form, "heading": heading, "button": button}
    return render(request, "work/part_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def ask_extension(request: Request, uid: UUID) -> HttpResponse:
    """Ask for more time on a part."""
    return _with_form(
        request,
        uid,
        policies.can_answer,
        AskExtensionForm(request.POST or None),
        lambda part, data: deciding.ask_extension(
            scope=request.scope,
            obligation=part,
            due_on=data["due"].date,
            precision=data["due"].precision,
            reason=data["reason"],
        ),
        heading=_("Ask for more time"),
        button=_("Send the request"),
        done=_("Your request has been sent."),
    )


@require_http_methods(["GET", "POST"])
def hand_back(request: Request, uid: UUID) -> HttpResponse:
    """Hand the task back to its assigner."""
    return _with_form(
        request,
        uid,
        policies.can_hand_back,
        ReasonForm(request.POST or None),
        lambda part, data: answering.hand_back(scope=request.scope, obligation=part, reason=data["reason"]),
        heading=_("Hand back"),
        button=_("Hand back"),
        done=_("The task has been handed back."),
    )


@require_http_methods(["GET", "POST"])
def head_return(request: Request, uid: UUID) -> HttpResponse:
    """The unit head returns an answer to its handler."""
    return _with_form(
        request,
        uid,
        policies.can_approve_answer,
        ReasonForm(request.POST or None),
        lambda part, data: answering.return_to_handler(scope=request.scope, obligation=part, reason=data["reason"]),
        heading=_("Return to the handler"),
        button=_("Return"),
        done=_("The answer has been returned."),
    )


@require_http_methods(["GET", "POST"])
def handler(request: Request, uid: UUID) -> HttpResponse:
    """Name who in the unit deals with the part."""
    part = _part(request, uid)
    return _with_form(
        request,
        uid,
        policies.can_name_handler,
        HandlerForm(request.POST or None, scope=request.scope, obligation=part),
        lambda found, data: answering.name_handler(
            scope=request.scope, obligation=found, handler=data["handler"], note=data["note"]
        ),
        heading=_("Name a handler"),
        button=_("Name"),
        done=_("The handler has been named."),
    )


@require_POST
def approve(request: Request, uid: UUID) -> HttpResponse:
    """Let an answer leave the unit."""
    part = _part(request, uid)
    answering.approve_answer(scope=request.scope, obligation=part)
    messages.success(request, _("The answer has been sent."))
    return redirect("work:part", part.uid)


@require_POST
def take_back(request: Request, uid: UUID) -> HttpResponse:
    """Take back an answer that nobody has confirmed yet."""
    part = _part(request, uid)
    answering.take_back_answer(scope=request.scope, obligation=part)
    messages.success(request, _("Your answer has been taken back; what you wrote stands in the history."))
    return redirect("work:answer", part.uid)


@require_POST
def remind(request: Request, uid: UUID) -> HttpResponse:
    """Remind the unit of one part."""
    part = _part(request, uid)
    authorise(policies.can_remind, request.scope, part)
    with once(request.scope, request.POST.get("form_token", "")) as earlier:
        if earlier is None:
            checking.demand_done(deciding.remind(scope=request.scope, parts=[part]))
    messages.success(request, _("The unit has been reminded."))
    return redirect("work:part", part.uid)

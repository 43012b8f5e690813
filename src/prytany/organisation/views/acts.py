"""Change acts: the list, and one page on which an act is put together, previewed and applied."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prytany.core.errors import DomainError
from prytany.core.lists import Filter, ListState, count_up_to
from prytany.core.scope import authorise
from prytany.core.web import Request
from prytany.organisation import policies, services
from prytany.organisation.acts.plan import Step, StepKind
from prytany.organisation.acts.wording import PlannedStep, describe
from prytany.organisation.forms.acts import STEP_FORMS, ActForm, RemoveStepForm
from prytany.organisation.models import ChangeAct, Unit
from prytany.organisation.views.common import Ask, answer, posted, to_form


@require_GET
def act_list(request: Request) -> HttpResponse:
    """Show all change acts, the latest in force first."""
    label = pgettext("column", "State")
    filters = [Filter("state", label, lambda rows, value: rows.filter(state=value), ChangeAct.State.choices)]
    state = ListState(request, filters=filters, order={"": (_("date"), ("-in_force_on", "-pk"))})
    rows = state.apply(ChangeAct.objects.visible_to(request.scope))
    context = {
        "rail": "organisation",
        "state": state,
        "chips": [state.chip("state", value, label) for value, label in ChangeAct.State.choices],
        "page": state.page(rows),
        "list": count_up_to(rows),
        "may_edit": policies.can_edit_organisation(request.scope),
    }
    return render(request, "organisation/acts.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Begin a change act."""
    scope = request.scope
    authorise(policies.can_edit_organisation, scope)
    form = ActForm(posted(request), scope=scope)
    intro = _("One decision that creates, renames, merges, splits, moves or abolishes units on one date.")
    ask = Ask(_("New change act"), _("Go on to the steps"), reverse("organisation:acts"), intro=intro)

    def begin(data: dict[str, Any]) -> tuple[str, object]:
        root = get_object_or_404(Unit.objects.visible_to(scope), pk=scope.root_id)
        act = services.draft_change_act(scope=scope, root=root, **_values(data))
        return reverse("organisation:act", args=[act.uid]), ""

    return answer(request, form, ask, begin)


def _values(data: dict[str, Any]) -> dict[str, Any]:
    return {key: data[key] for key in ("title", "in_force_on", "decision", "decided_on")}


def _draft(request: Request, uid: UUID) -> ChangeAct:
    act = get_object_or_404(ChangeAct.objects.visible_to(request.scope), uid=uid)
    authorise(policies.can_edit_act, request.scope, act)
    return act


@require_http_methods(["GET", "POST"])
def edit(request: Request, uid: UUID) -> HttpResponse:
    """Change title, decision or dates of a draft."""
    act = _draft(request, uid)

    def begun(data: QueryDict | None = None) -> ActForm:
        initial = {key: getattr(act, key) for key in ("title", "in_force_on", "decision", "decided_on")}
        return ActForm(data, scope=request.scope, initial=initial, version=act.version)

    def fresh() -> ActForm:
        act.refresh_from_db()
        return begun()

    url = reverse("organisation:act", args=[uid])

    def save(data: dict[str, Any]) -> tuple[str, object]:
        services.edit_change_act(scope=request.scope, act=act, version=data.get("version"), **_values(data))
        return url, _("Saved.")

    ask = Ask(_("Decision and dates"), _("Save"), url, act.title)
    return answer(request, begun(posted(request)), ask, save, fresh=fresh)


@require_http_methods(["GET", "POST"])
def act_page(request: Request, uid: UUID) -> HttpResponse:
    """Show an act: its steps, a form for the next one, with `?preview=1` what it would do; applied ones as they are."""
    act = get_object_or_404(ChangeAct.objects.visible_to(request.scope), uid=uid)
    is_draft = act.state == ChangeAct.State.DRAFT
    may_edit = policies.can_edit_act(request.scope, act)
    context: dict[str, Any] = {"rail": "organisation", "act": act, "is_draft": is_draft, "may_edit": may_edit}
    status = 200
    if is_draft and may_edit:
        context |= _step_form(request, act)
        if request.method == "POST":
            if _add(request, act, context["form"]):
                return redirect("organisation:act", uid)
            status = 422
        elif request.GET.get("preview"):
            context["preview"] = services.preview_change_act(scope=request.scope, act=act)
    elif request.method == "POST":
        raise PermissionDenied("change act")
    elif may_edit and act.state == ChangeAct.State.APPLIED:
        context["against_undo"] = services.reasons_against_undo(act)
    context["steps"] = describe(act)
    if "preview" in context:
        _mark(context["steps"], context["preview"].problems)
    return render(request, "organisation/act.html", context, status=status)


def _step_form(request: Request, act: ChangeAct) -> dict[str, Any]:
    """Return the form of the kind of step that is chosen, and the kinds to choose from."""
    asked = request.POST.get("step") or request.GET.get("step", "")
    form_class = STEP_FORMS.get(asked)
    kinds = [(kind.value, kind.label, kind.value == asked) for kind in STEP_ORDER]
    if form_class is None:
        return {"kinds": kinds, "form": None, "step": ""}
    return {"kinds": kinds, "form": form_class(posted(request), scope=request.scope, act=act), "step": asked}


STEP_ORDER = (
    StepKind.MERGE,
    StepKind.RENAME,
    StepKind.MOVE,
    StepKind.SPLIT,
    StepKind.CREATE,
    StepKind.TRANSFER,
    StepKind.ABOLISH,
)


def _add(request: Request, act: ChangeAct, form: Any) -> bool:
    """Add the steps of a filled-in form; False where something is to be corrected."""
    if form is None or not form.is_valid():
        return False
    steps: list[Step] = form.steps()
    try:
        services.add_steps(scope=request.scope, act=act, steps=steps)
    except DomainError as error:
        to_form(form, error)
        return False
    return True


def _mark(steps: list[PlannedStep], problems: list[Any]) -> None:
    """Put each problem of a preview beside its step."""
    for problem in problems:
        if problem.step is not None and problem.step < len(steps):
            steps[problem.step].problems.append(problem.message)


@require_POST
def remove_step(request: Request, uid: UUID) -> HttpResponse:
    """Take a step out of a draft."""
    act = _draft(request, uid)
    form = RemoveStepForm(request.POST)
    if not form.is_valid():
        raise DomainError("no_such_step", _("This step is no longer there."))
    step, version = form.cleaned_data["step"], form.cleaned_data["seen"]
    services.remove_step(scope=request.scope, act=act, step=step, version=version)
    return redirect("organisation:act", uid)


@require_POST
def apply(request: Request, uid: UUID) -> HttpResponse:
    """Carry an act out."""
    act = _draft(request, uid)
    version = request.POST.get("version", "")
    services.apply_change_act(scope=request.scope, act=act, version=int(version) if version.isdigit() else None)
    messages.success(request, _("The act is applied."))
    return redirect("organisation:act", uid)


@require_POST
def undo(request: Request, uid: UUID) -> HttpResponse:
    """Take an applied act back as a whole."""
    act = _draft(request, uid)
    services.undo_change_act(scope=request.scope, act=act)
    messages.success(request, _("The act is undone. Everything stands as before it."))
    return redirect("organisation:act", uid)


@require_POST
def copy(request: Request, uid: UUID) -> HttpResponse:
    """Begin a new draft with the steps of this act."""
    new_act = services.copy_change_act(scope=request.scope, act=_draft(request, uid))
    return redirect("organisation:act", new_act.uid)


@require_POST
def discard(request: Request, uid: UUID) -> HttpResponse:
    """Throw a draft away."""
    services.discard_change_act(scope=request.scope, act=_draft(request, uid))
    messages.success(request, _("The draft is discarded."))
    return redirect("organisation:acts")

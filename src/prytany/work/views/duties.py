"""Recurring duties and templates: what does not have to be typed again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from prytany.accounts.tokens import led_to
from prytany.core.errors import DomainError
from prytany.core.scope import Scope, authorise
from prytany.core.web import Request
from prytany.documents.models import Document
from prytany.organisation.models import Unit
from prytany.organisation.names import NAMELESS, unit_labels
from prytany.work import policies
from prytany.work.forms import CopyForm, DutyForm, GiveDutyForm, TemplateForm
from prytany.work.models import StandingDuty, Task, TaskTemplate
from prytany.work.services import copying, drafting, recurrence
from prytany.work.views.common import to_form


@require_http_methods(["GET", "POST"])
def duties(request: Request) -> HttpResponse:
    """List recurring duties and set up a new one."""
    scope = request.scope
    authorise(policies.can_assign_anywhere if request.method == "POST" else policies.can_plan, scope)
    form = DutyForm(request.POST or None, scope=scope)
    if request.method == "POST" and form.is_valid():
        unit = get_object_or_404(Unit.objects.visible_to(scope), pk=drafting.assigning_unit_id(scope))
        data = form.cleaned_data

        def set_up() -> str:
            recurrence.create_duty(
                scope=scope,
                unit=unit,
                row=form.row(),
                preset=data["preset"],
                first_due=data["first_due"],
                ends_on=data["ends_on"],
                lead_days=data["lead_days"],
            )
            return reverse("work:duties")

        try:
            led_to(scope, data["form_token"], set_up)
        except DomainError as error:
            to_form(form, error)
        else:
            messages.success(request, _("The duty has been set up."))
            return redirect("work:duties")
    context = {
        "rail": "tasks",
        "duties": _listed(scope),
        "form": form,
        "may_assign": policies.can_assign_anywhere(scope),
    }
    return render(request, "work/duties.html", context, status=422 if form.errors else 200)


def _listed(scope: Scope) -> list[StandingDuty]:
    """Return the duties in sight; one whose lead is no more and has no single heir bears its name and a form."""
    rows = list(StandingDuty.objects.visible_to(scope).order_by("stopped_at", "-created_at")[:100])
    standing = recurrence.standing_for(rows, scope.today) if rows else {}
    stuck = [duty for duty in rows if not duty.stopped_at and len(standing.get(duty.pattern["lead"], [])) != 1]
    for duty in stuck:
        duty.lead_form = GiveDutyForm(scope=scope, prefix=str(duty.uid))  # type: ignore[attr-defined]
    if stuck:
        wanted = Unit.objects.visible_to(scope).filter(uid__in=[duty.pattern["lead"] for duty in stuck])
        gone = {str(uid): pk for pk, uid in wanted.values_list("pk", "uid")}
        labels = unit_labels(gone.values())
        for duty in stuck:
            name = labels.get(gone.get(duty.pattern["lead"], 0), NAMELESS).name
            duty.lead_gone = _("%(unit)s no longer exists.") % {"unit": name}  # type: ignore[attr-defined]
    return rows


@require_POST
def give_duty(request: Request, uid: UUID) -> HttpResponse:
    """Let another unit lead a recurring duty."""
    duty = get_object_or_404(StandingDuty.objects.visible_to(request.scope), uid=uid)
    authorise(policies.can_assign, request.scope, duty.unit_id)
    form = GiveDutyForm(request.POST, scope=request.scope, prefix=str(duty.uid))
    if form.is_valid():
        recurrence.give_duty(scope=request.scope, duty=duty, lead=form.cleaned_data["lead"])
        messages.success(request, _("Saved."))
    else:
        for message in form.errors.get("lead", []) or [_("Choose a lead.")]:
            messages.error(request, str(message))
    return redirect("work:duties")


@require_POST
def stop_duty(request: Request, uid: UUID) -> HttpResponse:
    """End a recurring duty."""
    duty = get_object_or_404(StandingDuty.objects.visible_to(request.scope), uid=uid)
    recurrence.stop_duty(scope=request.scope, duty=duty)
    messages.success(request, _("The duty has ended; what was assigned stays."))
    return redirect("work:duties")


@require_http_methods(["GET", "POST"])
def templates(request: Request) -> HttpResponse:
    """List templates; make one from the tasks of a document, or start a sheet from one."""
    scope = request.scope
    authorise(policies.can_draft_anywhere, scope)
    found = TaskTemplate.objects.visible_to(scope).order_by("title")
    form = TemplateForm(request.POST or None, templates=found)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def start() -> str:
            sheet = copying.use_template(
                scope=scope, template=data["template"], start=data["start"], title=data["title"]
            )
            return reverse("work:sheet", args=[sheet.uid])

        return redirect(led_to(scope, data["form_token"], start))
    context = {"rail": "tasks", "templates": found, "form": form}
    return render(request, "work/templates.html", context, status=422 if form.errors else 200)


@require_POST
def delete_template(request: Request, uid: UUID) -> HttpResponse:
    """Remove a template."""
    template = get_object_or_404(TaskTemplate.objects.visible_to(request.scope), uid=uid)
    copying.delete_template(scope=request.scope, template=template)
    messages.success(request, _("The template has been removed."))
    return redirect("work:templates")


@require_http_methods(["GET", "POST"])
def copy_document(request: Request, uid: UUID) -> HttpResponse:
    """Copy all tasks of a directing document, with shifted dates, into a draft sheet or a template."""
    scope = request.scope
    authorise(policies.can_draft_anywhere, scope)
    document = get_object_or_404(Document.objects.visible_to(scope), uid=uid)
    form = CopyForm(request.POST or None, initial={"title": document.summary[:200]})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def copy() -> str:
            if data["as_template"]:
                tasks = Task.objects.visible_to(scope).filter(source_document=document, issued_on__isnull=False)
                copying.save_template(scope=scope, tasks=tasks.order_by("position"), title=data["title"])
                return reverse("work:templates")
            sheet = copying.copy_document_tasks(
                scope=scope, source=document, title=data["title"], shift_days=data["shift_days"] or 0
            )
            return reverse("work:sheet", args=[sheet.uid])

        try:
            return redirect(led_to(scope, data["form_token"], copy))
        except DomainError as error:
            to_form(form, error)
    context = {"rail": "documents", "document": document, "form": form}
    return render(request, "work/copy_document.html", context, status=422 if form.errors else 200)

"""Drafting tasks, sheets on their way to the chief, a leader's opinion on a paper."""

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prytany.accounts.tokens import keep_result, once
from prytany.core import wording
from prytany.core.errors import DomainError, StaleRecord
from prytany.core.forms import DueDate
from prytany.core.scope import authorise
from prytany.core.web import Request
from prytany.organisation.models import Unit
from prytany.organisation.names import NAMELESS, unit_labels
from prytany.work import policies
from prytany.work.clears import missing
from prytany.work.differences import Difference, differences
from prytany.work.forms import ReasonForm, TaskForm
from prytany.work.models import AssignmentSheet, Obligation, RoleInTask, Task
from prytany.work.services import copying, drafting, issuing
from prytany.work.views.common import to_form


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Draft one task; who may assign can do so in the same act."""
    scope = request.scope
    authorise(policies.can_draft_anywhere, scope)
    parent = None
    if request.GET.get("parent"):
        parent = _parent(request)
        authorise(policies.can_split, scope, parent)
    unit_id = scope.unit_id if parent else drafting.assigning_unit_id(scope)
    unit = get_object_or_404(Unit.objects.visible_to(scope), pk=unit_id)
    authorise(policies.can_draft, scope, unit.pk)
    form = TaskForm(request.POST or None, scope=scope)
    reach = None
    if request.method == "POST" and form.is_valid() and request.POST.get("act") == "issue":
        reach = _reach(form.row().addressees, request.POST.get("reach", ""))
    if request.method == "POST" and form.is_valid() and reach is None:
        try:
            with once(scope, form.cleaned_data["form_token"]) as earlier:
                if earlier is not None:
                    return redirect("work:task", earlier) if earlier else redirect("work:tasks")
                at_once = request.POST.get("act") == "issue"
                task = issuing.draft_and_issue(scope=scope, unit=unit, row=form.row(), issue=at_once, parent=parent)
                keep_result(scope, form.cleaned_data["form_token"], str(task.uid))
        except DomainError as error:
            to_form(form, error)
        else:
            _say(request, task)
            return redirect("work:task", task.uid)
    context = {
        "rail": "tasks",
        "form": form,
        "parent": parent,
        "reach": reach,
        "heading": _("Sub-task in our unit") if parent else _("Assign a task"),
        "may_issue": policies.can_assign(scope, unit.pk),
    }
    return render(request, "work/task_form.html", context, status=422 if form.errors else 200)


def _parent(request: Request) -> Task:
    """Return the task in sight under which a sub-task is asked for; 404 else."""
    try:
        uid = UUID(request.GET["parent"])
    except ValueError:
        raise Http404 from None
    return get_object_or_404(Task.objects.visible_to(request.scope), uid=uid)


def _reach(addressees: Iterable[Unit], seen: str) -> dict[str, Any] | None:
    """Return the exact set of units that a task for many would reach; None for one, or a set that was seen already."""
    ids = sorted(unit.pk for unit in addressees)
    mark = sha256(",".join(map(str, ids)).encode()).hexdigest()[:16]
    if len(ids) < 2 or seen == mark:
        return None
    labels = unit_labels(ids)
    return {"mark": mark, "number": len(ids), "units": sorted(labels.values(), key=lambda label: label.sort_key)}


def _say(request: Request, task: Task) -> None:
    task.refresh_from_db()
    if task.state == "issued":
        messages.success(request, _("The task has been assigned."))
    elif task.parent_id is not None:
        messages.success(request, _("The draft has been saved. Nobody outside your office sees it yet."))
    else:  # whoever assigns or drafts above the unit sees its drafts
        messages.success(request, _("The draft has been saved."))


@require_http_methods(["GET", "POST"])
def edit(request: Request, uid: UUID) -> HttpResponse:
    """Change a draft; a stale save shows what the other person wrote and keeps what was typed."""
    scope = request.scope
    task = get_object_or_404(Task.objects.visible_to(scope, each=True), uid=uid, state__in=["draft", "proposed"])
    authorise(policies.can_edit_task, scope, task)
    form = TaskForm(request.POST or None, scope=scope, initial=_initial(task), version=task.version)
    changes: list[Difference] = []
    if request.method == "POST" and form.is_valid():
        try:
            drafting.update_draft(scope=scope, task=task, row=form.row(), version=form.cleaned_data.get("version"))
        except StaleRecord as error:
            task.refresh_from_db()
            stands = replace(copying.row_of(task), follower=task.follower)
            changes = differences(form, stands, form.row())
            form.carry(task.version)
            to_form(form, error)
        except DomainError as error:
            to_form(form, error)
        else:
            messages.success(request, _("The draft has been saved."))
            return redirect("work:sheet", task.sheet.uid) if task.sheet else redirect("work:task", task.uid)
    context = {
        "rail": "tasks",
        "form": form,
        "task": task,
        "changes": changes,
        "heading": _("Edit the draft"),
        "may_issue": False,
    }
    return render(request, "work/task_form.html", context, status=422 if form.errors else 200)


def _initial(task: Task) -> dict[str, Any]:
    row = copying.row_of(task)
    fields = (
        "content",
        "lead",
        "coordinating",
        "addressees",
        "information",
        "is_standing",
        "product",
        "method",
        "local_note",
        "is_key",
        "kind",
        "leader_post",
    )
    initial = {name: getattr(row, name) for name in fields}
    initial["due"] = DueDate(row.due_on, cast(Any, row.due_precision)) if row.due_on else None
    initial["follower"] = task.follower_id
    return initial


@require_POST
def drop(request: Request, uid: UUID) -> HttpResponse:
    """Remove a draft."""
    task = get_object_or_404(Task.objects.visible_to(request.scope, each=True), uid=uid)
    sheet = task.sheet
    drafting.drop_draft(scope=request.scope, task=task)
    messages.success(request, _("The draft has been removed."))
    return redirect("work:sheet", sheet.uid) if sheet else redirect("work:tasks")


@require_GET
def copy(request: Request, uid: UUID) -> HttpResponse:
    """Show the form of a new task filled with what an existing one says."""
    authorise(policies.can_draft_anywhere, request.scope)
    task = get_object_or_404(Task.objects.visible_to(request.scope, each=True), uid=uid)
    form = TaskForm(scope=request.scope, initial=_initial(task))
    unit_id = drafting.assigning_unit_id(request.scope)
    context = {
        "rail": "tasks",
        "form": form,
        "heading": _("Copy of a task"),
        "action": "work:new",
        "may_issue": policies.can_assign(request.scope, unit_id or 0),
    }
    return render(request, "work/task_form.html", context)


@require_GET
def sheets(request: Request) -> HttpResponse:
    """List assignment sheets, those that wait first."""
    authorise(policies.can_plan, request.scope)
    rows = AssignmentSheet.objects.visible_to(request.scope).select_related("document", "created_by")
    found = list(rows.annotate(number=Count("tasks")).order_by("state", "-created_at")[:100])
    order = {"submitted": 0, "returned": 1, "draft": 2, "issued": 3}
    found.sort(key=lambda sheet: order[sheet.state])
    return render(request, "work/sheets.html", {"rail": "tasks", "sheets": found})


@require_GET
def sheet(request: Request, uid: UUID) -> HttpResponse:
    """Show a sheet's tasks grouped by receiving unit, what is missing by name, and whom it will reach."""
    scope = request.scope
    found = get_object_or_404(
        AssignmentSheet.objects.visible_to(scope).select_related("document", "approver_post", "submitted_by"), uid=uid
    )
    tasks = list(found.tasks.select_related("source_clause").order_by("position", "pk"))
    parts = list(
        Obligation.objects.filter(task__in=tasks).exclude(state="cancelled").order_by("task__position", "role")
    )
    lacking = (
        missing(_with_authority(tasks, found, scope.post_id), parts, on=scope.today) if found.state != "issued" else []
    )
    labels = unit_labels({part.owner_id for part in parts})
    by_task = {task.pk: task for task in tasks}
    groups: dict[int, list[tuple[Task, Obligation]]] = {}
    for task in tasks:
        task.parts = [part for part in parts if part.task_id == task.pk]
        task.lead_label = next(
            (labels.get(p.owner_id, NAMELESS) for p in task.parts if p.role == RoleInTask.LEAD), None
        )
        task.others = len([part for part in task.parts if part.role != RoleInTask.LEAD])
        task.lacking = [item for item in lacking if item.task_id == task.pk]
    for part in parts:
        groups.setdefault(part.owner_id, []).append((by_task[part.task_id], part))
    by_unit = sorted(
        ((labels.get(unit_id, NAMELESS), rows) for unit_id, rows in groups.items()),
        key=lambda item: (-len(item[1]), item[0].sort_key),
    )
    context = {
        "rail": "tasks",
        "sheet": found,
        "tasks": tasks,
        "by_unit": by_unit,
        "units": len(groups),
        "parts": len(parts),
        "lacking": lacking,
        "may_edit": policies.can_edit_sheet(scope, found) and found.state != "issued",
        "may_issue": policies.can_issue_sheet(scope, found) and found.state != "issued",
        "reason_form": ReasonForm(),
        "unopened": sum(part.state == "issued" for part in parts),
    }
    return render(request, "work/sheet.html", context)


def _with_authority(tasks: list[Task], found: AssignmentSheet, post_id: int | None) -> list[Task]:
    for task in tasks:
        task.assigner_post_id = task.assigner_post_id or found.approver_post_id or post_id
    return tasks


def _sheet(request: Request, uid: UUID) -> AssignmentSheet:
    return get_object_or_404(AssignmentSheet.objects.visible_to(request.scope), uid=uid)


@require_POST
def submit_sheet(request: Request, uid: UUID) -> HttpResponse:
    """Put a sheet before the chief."""
    issuing.submit_sheet(scope=request.scope, sheet=_sheet(request, uid))
    messages.success(request, _("The sheet waits for approval."))
    return redirect("work:sheet", uid)


@require_POST
def issue_sheet(request: Request, uid: UUID) -> HttpResponse:
    """Assign every task of a sheet in one act."""
    found = _sheet(request, uid)
    version = request.POST.get("version", "")
    issuing.issue_sheet(scope=request.scope, sheet=found, version=int(version) if version.isdigit() else None)
    number = found.tasks.count()
    words = ngettext("%(count)s task has been assigned.", "%(count)s tasks have been assigned.", number)
    messages.success(request, words % {"count": wording.count(number)})
    return redirect("work:sheet", uid)


@require_POST
def return_sheet(request: Request, uid: UUID) -> HttpResponse:
    """Send a sheet back to its drafter."""
    issuing.return_sheet(scope=request.scope, sheet=_sheet(request, uid), reason=request.POST.get("reason", ""))
    messages.success(request, _("The sheet has been sent back."))
    return redirect("work:desk")


@require_POST
def recall_sheet(request: Request, uid: UUID) -> HttpResponse:
    """Take back what no unit has opened of a sheet that was assigned."""
    found = _sheet(request, uid)
    parts = Obligation.objects.visible_to(request.scope).filter(task__sheet=found)
    number = issuing.recall_parts(scope=request.scope, parts=parts)
    words = ngettext("%(count)s part was recalled.", "%(count)s parts were recalled.", number)
    messages.success(request, words % {"count": wording.count(number)})
    return redirect("work:sheet", uid)

"""The truth about one task, seen from one of its parts."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from prytany.core import registry
from prytany.core.fold import fold
from prytany.core.pagination import keyset_page
from prytany.core.scope import Scope
from prytany.core.web import Request
from prytany.organisation.names import NAMELESS, label_units, unit_labels
from prytany.work import policies, transitions, waiting
from prytany.work.forms import ExtensionDecisionForm, ObstacleAnswerForm, RemarkForm
from prytany.work.models import (
    Evidence,
    Extension,
    Follow,
    Obligation,
    ObligationEvent,
    ObligationState,
    Obstacle,
    Remark,
    RoleInTask,
    Star,
    Task,
    TaskState,
)
from prytany.work.services.answering import open_part
from prytany.work.steps import next_step
from prytany.work.views.common import prepared

# Acts of the assigner on one part: the bulk act, the move that allows it, its words.
PART_ACTS = (
    ("extend", "extend", gettext_lazy("Give more time")),
    ("recall", "recall", gettext_lazy("Recall from this unit")),
    ("reassign", "cancel", gettext_lazy("Reassign to another unit")),
    ("hand_over", "hand_over", gettext_lazy("Let another unit answer")),
)
FEW = 10
FEW_SUBTASKS = 60
STATES_SHOWN = (
    "issued",
    "received",
    "in_progress",
    "with_head",
    "submitted",
    "more_needed",
    "verified",
    "nothing",
    "handed_back",
    "cancelled",
)
ENTRIES = 40


@require_GET
def task_page(request: Request, uid: UUID) -> HttpResponse:
    """Show a task from the part that concerns this person most: their own unit's, else the lead's."""
    task = get_object_or_404(_tasks(request), uid=uid)
    parts = Obligation.objects.visible_to(request.scope).filter(task=task).select_related("handler", "holder")
    own = Q(holder_id=request.scope.unit_id) | Q(handler_id=request.scope.person_id)
    focus = (
        parts.filter(own).order_by("role", "pk").first() or parts.filter(role=RoleInTask.LEAD).order_by("-pk").first()
    )
    return _page(request, task, focus)


@require_GET
def part_page(request: Request, uid: UUID) -> HttpResponse:
    """Show the task of one part, from that part."""
    parts = Obligation.objects.visible_to(request.scope, shared=True).select_related("handler", "holder")
    focus = get_object_or_404(parts, uid=uid)
    return _page(request, get_object_or_404(_tasks(request), pk=focus.task_id), focus)


def _tasks(request: Request) -> QuerySet[Task]:
    return Task.objects.visible_to(request.scope).select_related(
        "source_document", "source_clause", "leader_post", "follower", "sheet", "parent", "assigner_post"
    )


def _page(request: Request, task: Task, focus: Obligation | None) -> HttpResponse:
    scope = request.scope
    if focus is not None and focus.state == ObligationState.ISSUED and policies.can_open(scope, focus):
        focus = open_part(scope=scope, obligation=focus)
    parts = Obligation.objects.visible_to(scope, shared=True).filter(task=task)
    to_check = waiting.to_check(scope).filter(task=task).count() if policies.can_check_task(scope, task) else 0
    context: dict[str, Any] = {
        "rail": "tasks",
        "task": task,
        "focus": focus,
        "step": next_step(scope, task, focus, to_check),
        "moves": transitions.possible(scope, focus) if focus else [],
        "entries": timeline(request, task, focus),
        "remark_form": RemarkForm(),
        "starred": Star.objects.filter(person_id=scope.person_id, kind="task", target_uid=task.uid).exists(),
        "following": Follow.objects.filter(person_id=scope.person_id, task=task).exists(),
        "may_edit": policies.can_edit_task(scope, task),
        "may_issue": policies.can_issue_task(scope, task),
        "may_split": policies.can_draft(scope, scope.unit_id or 0) and task.state == TaskState.ISSUED,
        "subtasks": _subtasks(scope, task),
        "panels": registry.panels_of("work.task", request, task),
    }
    context["part_acts"] = [(act, label) for act, move, label in PART_ACTS if move in context["moves"]]
    context |= _parts(request, task, parts, focus)
    context |= _decisions(request, focus)
    return render(request, "work/task.html", context)


def _subtasks(scope: Scope, task: Task) -> list[Obligation]:
    """Return the lead's part of each sub-task that the own unit made of the task."""
    rows = Obligation.objects.visible_to(scope).filter(task__parent=task, role=RoleInTask.LEAD)
    return prepared(rows.select_related("task", "handler").order_by("due_sort", "pk")[:FEW_SUBTASKS], scope.today)


def _parts(request: Request, task: Task, parts: QuerySet[Obligation], focus: Obligation | None) -> dict[str, Any]:
    """Return the units of the task: counts by state and one page of rows, narrowed by state and name."""
    by_state = dict(parts.order_by().values_list("state").annotate(number=Count("pk")))
    total = sum(by_state.values())
    chosen, words = request.GET.get("state", ""), fold(request.GET.get("unit", ""))
    rows = parts.select_related("handler")
    if chosen in by_state:
        rows = rows.filter(state=chosen)
    if request.GET.get("mark") == "blocked":
        rows = rows.filter(is_blocked=True)
    if request.GET.get("mark") == "extension":
        rows = rows.filter(extension_pending=True)
    if words:
        rows = rows.filter(owner__versions__names__folded__contains=words).distinct()
    page = keyset_page(rows, ("due_sort", "pk"), after=request.GET.get("after"), before=request.GET.get("before"))
    page.rows[:] = prepared(page.rows, request.scope.today)
    lead = parts.filter(role=RoleInTask.LEAD).exclude(state__in=["cancelled", "handed_back"]).select_related("handler")
    known = prepared([*lead, *([focus] if focus else [])], request.scope.today)
    informed = list(task.information.values_list("unit_id", flat=True)[:40])
    labels = unit_labels([*informed, task.assigner_unit_id])
    return {
        "total": total,
        "states": [(state, by_state[state], state == chosen) for state in STATES_SHOWN if by_state.get(state)],
        "page": page,
        "lead": known[0] if lead and known else None,
        "informed": [labels.get(pk, NAMELESS) for pk in informed],
        "assigner_label": labels.get(task.assigner_unit_id, NAMELESS),
        "coordinating": parts.filter(role=RoleInTask.COORDINATING).count() if total > FEW else None,
        "show_parts": total > 1,
    }


def _decisions(request: Request, focus: Obligation | None) -> dict[str, Any]:
    """Return what waits for a decision on the part: a request for more time, obstacles without an answer."""
    if focus is None:
        return {}
    may = policies.can_decide(request.scope, focus)
    extension = None
    if focus.extension_pending:
        asked = Extension.objects.visible_to(request.scope).filter(obligation=focus, decision="waiting")
        extension = asked.select_related("asked_by").first()
    obstacles = list(
        Obstacle.objects.visible_to(request.scope).filter(obligation=focus, closed_on=None).select_related("raised_by")
    )
    return {
        "may_decide": may,
        "may_close": may or policies.can_answer(request.scope, focus),
        "extension": extension,
        "extension_form": ExtensionDecisionForm(initial={"due": extension.asked_due_on}) if extension else None,
        "obstacles": [(obstacle, ObstacleAnswerForm(prefix=f"o{obstacle.pk}")) for obstacle in obstacles],
    }


@dataclass(frozen=True)
class Attached:
    """A file beside an entry, as the timeline shows it."""

    name: str
    url: str
    size: int


@dataclass
class Entry:
    """One line of the timeline."""

    at: Any
    who: str
    what: str
    note: str = ""
    text: str = ""
    said: bool = False
    files: list[Attached] = field(default_factory=list)


def timeline(request: Request, task: Task, focus: Obligation | None) -> list[Entry]:
    """Return what happened to the part and what was said on the task, newest first."""
    scope = request.scope
    events = list(
        ObligationEvent.objects.visible_to(scope, shared=True)
        .filter(obligation=focus)
        .select_related("post", "person")
        .order_by("-recorded_at", "-pk")[:ENTRIES]
        if focus
        else []
    )
    remarks = list(
        Remark.objects.visible_to(scope)
        .filter(task=task)
        .select_related("post", "person")
        .order_by("-at", "-pk")[:ENTRIES]
    )
    files = _files([event.pk for event in events], [remark.pk for remark in remarks])
    label_units(events, "unit")
    label_units(remarks, "unit")
    entries = [
        Entry(
            at=event.recorded_at,
            who=event.unit_label.short if event.unit_id else "",
            what=event.get_kind_display(),
            note=event.post.title if event.post else "",
            text=event.text,
            said=bool(event.text),
            files=files.get(("event", event.pk), []),
        )
        for event in events
    ]
    entries += [
        Entry(
            at=remark.at,
            who=remark.unit_label.short,
            what="",
            text=remark.text,
            said=True,
            note=_("our unit only") if remark.audience == "unit" else _("all on this task"),
            files=files.get(("remark", remark.pk), []),
        )
        for remark in remarks
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:ENTRIES]


def _files(events: list[int], remarks: list[int]) -> dict[tuple[str, int | None], list[Attached]]:
    """Return the evidence of events and remarks by what it belongs to; one query."""
    found: dict[tuple[str, int | None], list[Attached]] = {}
    rows = Evidence.objects.filter(Q(event__in=events) | Q(remark__in=remarks)).select_related("file__blob")
    for item in rows:
        key = ("event", item.event_id) if item.event_id else ("remark", item.remark_id)
        file = item.file
        url = reverse("files:file", args=[file.uid])
        found.setdefault(key, []).append(Attached(file.name, url, file.blob.size))
    return found

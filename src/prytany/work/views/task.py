"""The truth about one task, seen from one of its parts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from prytany.core import registry, wording
from prytany.core.fold import fold
from prytany.core.pagination import Page, keyset_page
from prytany.core.scope import Scope
from prytany.core.web import Request
from prytany.documents.sight import shown
from prytany.organisation.names import NAMELESS, UnitLabel, label_units, unit_labels
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
    TaskInformation,
)
from prytany.work.services.answering import open_part
from prytany.work.steps import next_step
from prytany.work.views.common import prepared, units_of

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
    return _page(request, task)


@require_GET
def part_page(request: Request, uid: UUID) -> HttpResponse:
    """Show the task of one part, from that part."""
    focus = get_object_or_404(Obligation.objects.visible_to(request.scope, shared=True).only("pk", "task_id"), uid=uid)
    return _page(request, get_object_or_404(_tasks(request), pk=focus.task_id), focus.pk)


def _tasks(request: Request) -> QuerySet[Task]:
    """Return the tasks in sight with what their page shows, and whether there is anything of what few tasks have."""
    person = request.scope.person_id
    here = OuterRef("pk")
    return (
        Task.objects.visible_to(request.scope, each=True)
        .select_related("source_document", "source_clause", "leader_post", "follower", "sheet", "parent")
        .annotate(
            starred=Exists(Star.objects.filter(person_id=person, kind="task", target_uid=OuterRef("uid"))),
            following=Exists(Follow.objects.filter(person_id=person, task=here)),
            has_informed=Exists(TaskInformation.objects.filter(task=here)),
            has_subtasks=Exists(Task.objects.filter(parent=here)),
            has_remarks=Exists(Remark.objects.filter(task=here)),
            has_evidence=Exists(Evidence.objects.filter(obligation__task=here))
            | Exists(Evidence.objects.filter(remark__task=here)),
        )
    )


def _focus(request: Request, task: Task, pk: int | None) -> tuple[Obligation | None, Obligation | None]:
    """Return the part from which the page is seen, and the lead's part; one query.

    The part asked for, else one of the own unit or handled by this person, else the lead's latest.
    """
    scope = request.scope
    own = Q(holder_id=scope.unit_id) | Q(handler_id=scope.person_id)
    parts = Obligation.objects.visible_to(scope, shared=True).filter(
        own | Q(role=RoleInTask.LEAD) | Q(pk=pk), task=task
    )
    found = list(parts.select_related("handler", "holder").order_by("role", "pk"))
    leads = [part for part in found if part.role == RoleInTask.LEAD]
    mine = [part for part in found if part.holder_id == scope.unit_id or part.handler_id == scope.person_id]
    asked = [part for part in found if part.pk == pk]
    focus = next(iter([*asked, *mine, *reversed(leads)]), None)
    standing = [part for part in leads if part.state not in {"cancelled", "handed_back"}]
    return focus, next(iter(standing), None)


def _page(request: Request, task: Task, part: int | None = None) -> HttpResponse:
    scope = request.scope
    focus, lead = _focus(request, task, part)
    if focus is not None and focus.state == ObligationState.ISSUED and policies.can_open(scope, focus):
        opened = open_part(scope=scope, obligation=focus)
        lead = opened if lead is focus else lead
        focus = opened
    numbers = _numbers(request, task)
    to_check = numbers.to_check if waiting.checks(scope, task) else 0
    context: dict[str, Any] = {
        "rail": "tasks",
        "task": task,
        "paper": shown(scope, task.source_document),
        "focus": focus,
        "step": next_step(scope, task, focus, to_check),
        "moves": transitions.possible(scope, focus) if focus else [],
        "remark_form": RemarkForm(people_url=reverse("work:people", args=[task.uid])),
        "starred": task.starred,
        "following": task.following,
        "may_edit": policies.can_edit_task(scope, task),
        "may_issue": policies.can_issue_task(scope, task),
        "may_split": policies.can_split(scope, task, holds=numbers.held > 0),
        "subtasks": _subtasks(scope, task) if task.has_subtasks else [],
        "panels": registry.panels_of("work.task", request, task),
    }
    context["part_acts"] = [(act, label) for act, move, label in PART_ACTS if move in context["moves"]]
    context |= _shown(request, task, numbers, focus, lead)
    context |= _decisions(request, focus)
    return render(request, "work/task.html", context)


def _subtasks(scope: Scope, task: Task) -> list[Obligation]:
    """Return the lead's part of each sub-task that the own unit made of the task."""
    rows = Obligation.objects.visible_to(scope).filter(task__parent=task, role=RoleInTask.LEAD)
    return prepared(rows.select_related("task", "handler").order_by("due_sort", "pk")[:FEW_SUBTASKS], scope.today)


@dataclass
class Numbers:
    """The parts of a task: how many in each state and all, coordinate, wait for this person, are held by its unit."""

    states: dict[str, int] = field(default_factory=dict)
    coordinating: int = 0
    to_check: int = 0
    held: int = 0

    @property
    def total(self) -> int:
        """All parts in sight."""
        return sum(self.states.values())


def _numbers(request: Request, task: Task) -> Numbers:
    scope = request.scope
    counted = Obligation.objects.visible_to(scope, shared=True).filter(task=task)
    rows = counted.order_by().values_list("state", "role")
    own = Count("pk", filter=Q(submitted_by=scope.person_id))
    here = Count("pk", filter=Q(holder_id=scope.unit_id))
    numbers = Numbers()
    for state, role, number, answered, held in rows.annotate(number=Count("pk"), answered=own, held=here):
        numbers.states[state] = numbers.states.get(state, 0) + number
        numbers.coordinating += number if role == RoleInTask.COORDINATING else 0
        numbers.held += held if state not in {ObligationState.CANCELLED, ObligationState.HANDED_BACK} else 0
        numbers.to_check += number - answered if state == ObligationState.SUBMITTED else 0
    return numbers


def _rows(request: Request, task: Task, states: Collection[str]) -> Page:
    """Return one page of the parts, narrowed by state, mark and name as the address says."""
    chosen, words = request.GET.get("state", ""), fold(request.GET.get("unit", ""))
    rows = Obligation.objects.visible_to(request.scope, shared=True).filter(task=task).select_related("handler")
    if chosen in states:
        rows = rows.filter(state=chosen)
    if request.GET.get("mark") == "blocked":
        rows = rows.filter(is_blocked=True)
    if request.GET.get("mark") == "extension":
        rows = rows.filter(extension_pending=True)
    if words:
        rows = rows.filter(owner__versions__names__folded__contains=words).distinct()
    return keyset_page(rows, ("due_sort", "pk"), after=request.GET.get("after"), before=request.GET.get("before"))


def _shown(
    request: Request, task: Task, numbers: Numbers, focus: Obligation | None, lead: Obligation | None
) -> dict[str, Any]:
    """Return the units of the task and its timeline; all units are named with one query."""
    chosen, today = request.GET.get("state", ""), request.scope.today
    page = _rows(request, task, numbers.states)
    events, remarks = said_and_done(request, task, focus)
    informed = list(task.information.values_list("unit_id", flat=True)[:40]) if task.has_informed else []
    known = [part for part in (lead, focus) if part is not None]
    named = {task.assigner_unit_id, *informed, *units_of([*page.rows, *known])}
    labels = unit_labels({*named, *(entry.unit_id for entry in [*events, *remarks])})
    page.rows[:] = prepared(page.rows, today, labels=labels)
    prepared(known, today, labels=labels)
    return {
        "total": numbers.total,
        "states": [(s, numbers.states[s], s == chosen) for s in STATES_SHOWN if numbers.states.get(s)],
        "page": page,
        "lead": lead,
        "informed": [labels.get(pk, NAMELESS) for pk in informed],
        "assigner_label": labels.get(task.assigner_unit_id, NAMELESS),
        "coordinating": numbers.coordinating if numbers.total > FEW else None,
        "show_parts": numbers.total > 1,
        "entries": timeline(events, remarks, _files(events, remarks) if task.has_evidence else {}, labels),
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
    obstacles: list[Obstacle] = []
    if focus.is_blocked:
        standing = Obstacle.objects.visible_to(request.scope).filter(obligation=focus, closed_on=None)
        obstacles = list(standing.select_related("raised_by"))
    return {
        "may_decide": may,
        "may_close": may or policies.can_answer(request.scope, focus),
        "extension": extension,
        "extension_form": ExtensionDecisionForm(initial={"due": extension.asked_due_on}) if extension else None,
        "obstacles": [
            (obstacle, ObstacleAnswerForm(prefix=f"o{obstacle.pk}", version=obstacle.version)) for obstacle in obstacles
        ],
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


def said_and_done(request: Request, task: Task, focus: Obligation | None) -> tuple[list[ObligationEvent], list[Remark]]:
    """Return the latest events of the part and the latest remarks on the task."""
    scope = request.scope
    events: list[ObligationEvent] = []
    if focus is not None:
        # The part is in sight, and so is all that happened to it.
        events = list(focus.events.select_related("post", "person").order_by("-recorded_at", "-pk")[:ENTRIES])
    remarks: list[Remark] = []
    if task.has_remarks:
        on_task = Remark.objects.visible_to(scope).filter(task=task)
        remarks = list(on_task.select_related("post", "person").order_by("-at", "-pk")[:ENTRIES])
    return events, remarks


def timeline(
    events: list[ObligationEvent],
    remarks: list[Remark],
    files: Mapping[tuple[str, int | None], list[Attached]],
    labels: Mapping[int, UnitLabel],
) -> list[Entry]:
    """Return what happened to the part and what was said on the task, newest first."""
    label_units([*events, *remarks], "unit", labels=labels)
    entries = [
        Entry(
            at=event.recorded_at,
            who=event.unit_label.short if event.unit_id else "",
            what=_happened(event),
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


def _happened(event: ObligationEvent) -> str:
    """Return what happened in words, with the day that an answer sent back is wanted again."""
    if event.again_by is None:
        return event.get_kind_display()
    return _("More asked for, to be sent again by %(day)s") % {"day": wording.day(event.again_by)}


def _files(events: list[ObligationEvent], remarks: list[Remark]) -> dict[tuple[str, int | None], list[Attached]]:
    """Return the evidence of events and remarks by what it belongs to; one query."""
    found: dict[tuple[str, int | None], list[Attached]] = {}
    rows = Evidence.objects.filter(Q(event__in=events) | Q(remark__in=remarks)).select_related("file__blob")
    for item in rows:
        key = ("event", item.event_id) if item.event_id else ("remark", item.remark_id)
        file = item.file
        url = reverse("files:file", args=[file.uid])
        found.setdefault(key, []).append(Attached(file.name, url, file.blob.size))
    return found

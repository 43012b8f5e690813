"""Tasks and parts on the REST API: the same services and the same sight as the pages."""

import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status
from ninja.responses import codes_4xx

from prytany.core.pagination import keyset_page
from prytany.core.problems import Problem
from prytany.core.scope import Scope, authorise
from prytany.documents.models import Document
from prytany.documents.sight import shown
from prytany.files.api import waiting_files
from prytany.organisation.models import Unit
from prytany.organisation.names import NAMELESS, unit_labels
from prytany.work import counts, lists, policies
from prytany.work.models import Answer, Obligation, RoleInTask, Task, TaskState
from prytany.work.services import answering, checking, drafting, issuing
from prytany.work.services.drafting import Row
from prytany.work.timeliness import classify

DRAFTED = (TaskState.DRAFT, TaskState.PROPOSED)

router = Router(tags=["work"])

Text = Annotated[str, Field(max_length=10_000)]
Short = Annotated[str, Field(max_length=200)]
Cursor = Annotated[str | None, Field(max_length=300)]
Precision = Literal["day", "month", "quarter", "year"]


class UnitRef(Schema):
    """A unit by its uid, with its name in the language of the key's person."""

    uid: UUID
    name: str


class PartOut(Schema):
    """What one unit owes under a task."""

    uid: UUID
    task: UUID
    owner: UnitRef
    holder: UnitRef
    role: str
    state: str
    timeliness: str | None
    due_on: datetime.date | None
    due_precision: str
    original_due_on: datetime.date | None
    submitted_on: datetime.date | None
    completed_on: datetime.date | None
    is_blocked: bool
    extended_times: int
    last_word: str


class TaskOut(Schema):
    """A task; `lead` is None where the lead's part is out of sight."""

    uid: UUID
    content: str
    product: str
    method: str
    kind: str
    state: str
    is_key: bool
    language: str
    due_on: datetime.date | None
    due_precision: str
    is_standing: bool
    issued_on: datetime.date | None
    document: UUID | None
    assigner: UnitRef
    lead: UnitRef | None


class TaskPage(Schema):
    """Some tasks in order of their due dates; `next` is the cursor of the following page, None at the end."""

    items: list[TaskOut]
    next: str | None


class PartPage(Schema):
    """Some parts in order of their due dates."""

    items: list[PartOut]
    next: str | None


class TaskIn(Schema):
    """A new task. With `issue` it is assigned at once, else it stays a draft."""

    content: Annotated[str, Field(min_length=1, max_length=10_000)]
    lead: UUID | None = None
    coordinating: Annotated[list[UUID], Field(max_length=4000)] = []
    addressees: Annotated[list[UUID], Field(max_length=4000)] = []
    information: Annotated[list[UUID], Field(max_length=4000)] = []
    due_on: datetime.date | None = None
    due_precision: Precision = "day"
    is_standing: bool = False
    product: Short = ""
    method: Text = ""
    is_key: bool = False
    document: UUID | None = None
    issue: bool = False


class AnswerIn(Schema):
    """An answer of a unit; `files` were sent ahead and become its evidence."""

    choice: Literal["progress", "done", "nothing", "obstacle"]
    text: Text = ""
    wish: Text = ""
    files: Annotated[list[UUID], Field(max_length=20)] = []


class ReasonIn(Schema):
    """A reason."""

    reason: Annotated[str, Field(min_length=1, max_length=2000)]


class SixOut(Schema):
    """The six counts, which sum to `total`; the others are parts of it."""

    as_of: datetime.date
    overdue: int
    due_soon: int
    within: int
    no_deadline: int
    done_on_time: int
    done_late: int
    total: int
    awaiting_check: int
    blocked: int
    nothing_to_report: int


def _scope(request: HttpRequest) -> Scope:
    return request.scope  # type: ignore[attr-defined,no-any-return]


def _refs(pairs: dict[int, UUID]) -> dict[int, UnitRef]:
    labels = unit_labels(pairs)
    return {pk: UnitRef(uid=uid, name=labels.get(pk, NAMELESS).name) for pk, uid in pairs.items()}


def _parts_out(rows: list[Obligation], today: datetime.date) -> list[dict[str, Any]]:
    units = {row.owner_id: row.owner.uid for row in rows} | {row.holder_id: row.holder.uid for row in rows}
    refs = _refs(units)
    plain = (
        "uid",
        "role",
        "state",
        "due_on",
        "due_precision",
        "original_due_on",
        "submitted_on",
        "completed_on",
        "is_blocked",
        "extended_times",
        "last_word",
    )
    return [
        {name: getattr(row, name) for name in plain}
        | {
            "task": row.task.uid,
            "owner": refs[row.owner_id],
            "holder": refs[row.holder_id],
            "timeliness": classify(
                state=row.state, due=row.due_on, soon=row.soon_on, submitted=row.submitted_on, today=today
            ),
        }
        for row in rows
    ]


Lead = tuple[int, int, UUID]  # task, unit, the unit's uid


def _leads_of(scope: Scope, tasks: list[Task]) -> list[Lead]:
    drafts = [task.pk for task in tasks if task.state in DRAFTED]
    issued = [task.pk for task in tasks if task.state not in DRAFTED]
    found: list[Lead] = []
    for known, rows in (
        (issued, Obligation.objects.visible_to(scope).order_by("pk")),
        (drafts, Obligation.objects.visible_drafts(scope)),
    ):
        if known:
            rows = rows.filter(task__in=known, role=RoleInTask.LEAD)
            found += rows.values_list("task_id", "holder_id", "holder__uid")
    return found


def _tasks_out(scope: Scope, tasks: list[Task], leads: list[Lead] | None = None) -> list[dict[str, Any]]:
    leads = _leads_of(scope, tasks) if leads is None else leads
    by_task = {task_id: holder_id for task_id, holder_id, _uid in leads}
    units = {holder_id: uid for _task_id, holder_id, uid in leads}
    units |= {task.assigner_unit_id: task.assigner_unit.uid for task in tasks}
    refs = _refs(units)
    plain = (
        "uid",
        "content",
        "product",
        "method",
        "kind",
        "state",
        "is_key",
        "language",
        "due_on",
        "due_precision",
        "is_standing",
        "issued_on",
    )
    return [
        {name: getattr(task, name) for name in plain}
        | {
            "document": paper.uid if (paper := shown(scope, task.source_document)) else None,
            "assigner": refs[task.assigner_unit_id],
            "lead": refs[by_task[task.pk]] if task.pk in by_task else None,
        }
        for task in tasks
    ]


def _units_named(scope: Scope, payload: TaskIn) -> dict[UUID, Unit]:
    """Return every unit that a new task names; 404 for one that is out of sight."""
    wanted = {*payload.coordinating, *payload.addressees, *payload.information}
    wanted |= {payload.lead} if payload.lead else set()
    found = {unit.uid: unit for unit in Unit.objects.visible_to(scope).filter(uid__in=wanted)} if wanted else {}
    if len(found) != len(wanted):
        raise Http404
    return found


@router.get("/tasks", response={200: TaskPage, codes_4xx: Problem})
def list_tasks(
    request: HttpRequest,
    document: UUID | None = None,
    state: Literal["draft", "proposed", "issued", "closed", "cancelled"] | None = None,
    after: Cursor = None,
    size: Annotated[int, Field(ge=1, le=100)] = 25,
) -> dict[str, Any]:
    """List the tasks in sight by due date, narrowed by document and state."""
    scope = _scope(request)
    rows = Task.objects.visible_to(scope).select_related("source_document", "assigner_unit")
    if document is not None:
        rows = rows.filter(source_document__in=Document.objects.visible_to(scope).filter(uid=document))
    if state is not None:
        rows = rows.filter(state=state)
    page = keyset_page(rows, ("due_sort", "pk"), after=after, size=size)
    return {"items": _tasks_out(scope, page.rows), "next": page.next}


@router.get("/tasks/{uuid:uid}", response={200: TaskOut, codes_4xx: Problem})
def get_task(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """Return one task."""
    scope = _scope(request)
    rows = Task.objects.visible_to(scope).select_related("source_document", "assigner_unit")
    return _tasks_out(scope, [get_object_or_404(rows, uid=uid)])[0]


@router.post("/tasks", response={201: TaskOut, codes_4xx: Problem})
def create_task(request: HttpRequest, payload: TaskIn) -> Status:
    """Draft a task, and with `issue` assign it in the same act: nothing is written where something is not clear."""
    scope = _scope(request)
    unit = get_object_or_404(Unit.objects.visible_to(scope), pk=drafting.assigning_unit_id(scope))
    document = None
    if payload.document is not None:
        document = get_object_or_404(Document.objects.visible_to(scope), uid=payload.document)
    named = _units_named(scope, payload)
    row = Row(
        content=payload.content,
        lead=named[payload.lead] if payload.lead else None,
        coordinating=[named[uid] for uid in payload.coordinating],
        addressees=[named[uid] for uid in payload.addressees],
        information=[named[uid] for uid in payload.information],
        due_on=payload.due_on,
        due_precision=payload.due_precision,
        is_standing=payload.is_standing,
        product=payload.product,
        method=payload.method,
        is_key=payload.is_key,
        source_document=document,
    )
    task = issuing.draft_and_issue(scope=scope, unit=unit, row=row, issue=payload.issue)
    leads = [(task.pk, row.lead.pk, row.lead.uid)] if row.lead else []
    return Status(201, _tasks_out(scope, [task], leads)[0])


@router.post("/tasks/{uuid:uid}/issue", response={200: TaskOut, codes_4xx: Problem})
def issue_task(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """Assign a draft to its units."""
    scope = _scope(request)
    task = get_object_or_404(Task.objects.visible_to(scope, each=True), uid=uid)
    return _tasks_out(scope, [issuing.issue_task(scope=scope, task=task)])[0]


@router.post("/tasks/{uuid:uid}/cancel", response={200: TaskOut, codes_4xx: Problem})
def cancel_task(request: HttpRequest, uid: UUID, payload: ReasonIn) -> dict[str, Any]:
    """Cancel a task with a reason; confirmed results stay."""
    scope = _scope(request)
    task = get_object_or_404(Task.objects.visible_to(scope, each=True), uid=uid)
    return _tasks_out(scope, [issuing.cancel_task(scope=scope, task=task, reason=payload.reason)])[0]


@router.get("/tasks/{uuid:uid}/parts", response={200: PartPage, codes_4xx: Problem})
def list_task_parts(
    request: HttpRequest,
    uid: UUID,
    after: Cursor = None,
    size: Annotated[int, Field(ge=1, le=100)] = 25,
) -> dict[str, Any]:
    """List the parts of a task that are in sight."""
    scope = _scope(request)
    task = get_object_or_404(Task.objects.visible_to(scope, each=True), uid=uid)
    return _part_page(scope, Obligation.objects.visible_to(scope, shared=True).filter(task=task), after, size)


def _part_page(scope: Scope, rows: Any, after: str | None, size: int) -> dict[str, Any]:
    page = keyset_page(rows.select_related("task", "owner", "holder"), ("due_sort", "pk"), after=after, size=size)
    return {"items": _parts_out(page.rows, scope.today), "next": page.next}


@router.get("/parts", response={200: PartPage, codes_4xx: Problem})
def list_parts(
    request: HttpRequest,
    view: Literal["mine", "unit", "followed", "check", "all", "parts"] = "parts",
    chip: list[Annotated[str, Field(max_length=20)]] = Query([], max_length=8),  # noqa: B008 - how ninja is told
    after: Cursor = None,
    size: Annotated[int, Field(ge=1, le=100)] = 25,
) -> dict[str, Any]:
    """List parts as the page "Tasks" does: a view, narrowed by chips such as `overdue` or `blocked`."""
    scope = _scope(request)
    rows = lists.filtered(lists.VIEWS[view].rows(scope), scope, chip)
    return _part_page(scope, rows, after, size)


def _part(scope: Scope, uid: UUID, *, shared: bool = False) -> Obligation:
    rows = Obligation.objects.visible_to(scope, shared=shared).select_related("task", "owner", "holder")
    return get_object_or_404(rows, uid=uid)


@router.get("/parts/{uuid:uid}", response={200: PartOut, codes_4xx: Problem})
def get_part(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """Return one part."""
    scope = _scope(request)
    return _parts_out([_part(scope, uid, shared=True)], scope.today)[0]


@router.post("/parts/{uuid:uid}/answer", response={200: PartOut, codes_4xx: Problem})
def answer_part(request: HttpRequest, uid: UUID, payload: AnswerIn) -> dict[str, Any]:
    """Answer for the holding unit: progress, done, nothing to report, or an obstacle."""
    scope = _scope(request)
    part = _part(scope, uid)
    files = waiting_files(scope, payload.files)
    if payload.choice == "progress":
        answering.report_progress(scope=scope, obligation=part, text=payload.text, files=files)
    elif payload.choice == "obstacle":
        answering.raise_obstacle(scope=scope, obligation=part, cause=payload.text, wish=payload.wish, files=files)
    else:
        answering.submit_answer(
            scope=scope, obligation=part, answer=Answer(payload.choice), text=payload.text, files=files
        )
    return _parts_out([_part(scope, uid)], scope.today)[0]


@router.post("/parts/{uuid:uid}/verify", response={200: PartOut, codes_4xx: Problem})
def verify_part(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """Confirm a result; 409 where it does not wait for a check or this person answered it."""
    scope = _scope(request)
    part = _part(scope, uid)
    authorise(policies.can_check, scope, part)
    checking.demand_done(checking.verify(scope=scope, parts=[part]))
    return _parts_out([_part(scope, uid)], scope.today)[0]


@router.post("/parts/{uuid:uid}/send-back", response={200: PartOut, codes_4xx: Problem})
def send_part_back(request: HttpRequest, uid: UUID, payload: ReasonIn) -> dict[str, Any]:
    """Ask for more."""
    scope = _scope(request)
    part = _part(scope, uid)
    authorise(policies.can_check, scope, part)
    checking.demand_done(checking.send_back(scope=scope, parts=[part], reason=payload.reason))
    return _parts_out([_part(scope, uid)], scope.today)[0]


@router.get("/overview", response={200: SixOut, codes_4xx: Problem})
def get_overview(request: HttpRequest, as_of: datetime.date | None = None) -> dict[str, Any]:
    """Return the six counts of all parts in sight, today or as of a past date."""
    scope = _scope(request)
    past = as_of if as_of is not None and as_of < scope.today else None
    six = counts.facts(scope, as_of=past).total()
    return {
        **six.counts,
        "as_of": past or scope.today,
        "total": six.total,
        "awaiting_check": six.waiting,
        "blocked": six.blocked,
        "nothing_to_report": six.nothing,
    }

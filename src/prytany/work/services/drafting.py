"""Tasks before they are issued: rows of a sheet, or single drafts."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from prytany.audit.recording import record
from prytany.core import bulk, levels
from prytany.core.errors import DomainError, StaleRecord
from prytany.core.models import valid_on
from prytany.core.prepared import Prepared
from prytany.core.scope import Scope, authorise
from prytany.documents.models import Clause, Document
from prytany.organisation.models import Hierarchy, Person, Post, Unit, UnitRelation
from prytany.work import policies
from prytany.work.dues import last_day
from prytany.work.models import AssignmentSheet, Obligation, RoleInTask, Task, TaskInformation, TaskState
from prytany.work.models.task import NO_DUE_DATE

# Foreign keys of a task that come from rows in hand.
GIVEN = (
    *("root", "assigner_unit", "sheet", "parent", "created_by", "source_document", "source_clause"),
    *("leader_post", "follower"),
)


@dataclass
class Row:
    """What a person enters for one task. Units are rows; `addressees` is the fan-out, each with a part of its own."""

    content: str
    lead: Unit | None = None
    coordinating: Iterable[Unit] = ()
    addressees: Iterable[Unit] = ()
    information: Iterable[Unit] = ()
    due_on: datetime.date | None = None
    due_precision: str = "day"
    is_standing: bool = False
    product: str = ""
    method: str = ""
    local_note: str = ""
    is_key: bool = False
    kind: str = Task.Kind.EXECUTE
    language: str = ""
    answers_shared: bool = False
    source_document: Document | None = None
    source_clause: Clause | None = None
    leader_post: Post | None = None
    follower: Person | None = None
    extra: dict[str, Any] = field(default_factory=dict)


UNIT_FIELDS = ("lead", "coordinating", "addressees", "information")
PLAIN = [f.name for f in fields(Row) if f.name not in {*UNIT_FIELDS, "extra", "due_on", "due_precision"}]


@transaction.atomic
def create_sheet(
    *, scope: Scope, unit: Unit, title: str, document: Document | None = None, stated_total: int | None = None
) -> AssignmentSheet:
    """Open an assignment sheet of `unit`; PermissionDenied unless `scope` may draft for it."""
    authorise(policies.can_draft, scope, unit.pk)
    sheet = AssignmentSheet(
        root_id=scope.root_id,
        unit=unit,
        title=title,
        document=document,
        stated_total=stated_total,
        level=document.level if document else levels.OPEN,
        created_by_id=scope.person_id,
    )
    sheet.full_clean()
    sheet.save()
    record(scope, action="sheet.create", target=sheet)
    return sheet


@transaction.atomic
def update_sheet(*, scope: Scope, sheet: AssignmentSheet, **changes: Any) -> AssignmentSheet:
    """Change title or stated total of a draft sheet."""
    sheet = _open_sheet(scope, sheet)
    for name, value in changes.items():
        setattr(sheet, name, value)
    sheet.full_clean()
    sheet.save(update_fields=[*changes])
    return sheet


def _open_sheet(scope: Scope, sheet: AssignmentSheet) -> AssignmentSheet:
    """Lock the sheet; DomainError where it has left the drafter's hands."""
    locked = AssignmentSheet.objects.select_for_update().get(pk=sheet.pk)
    authorise(policies.can_edit_sheet, scope, locked)
    if locked.state == AssignmentSheet.State.ISSUED:
        raise DomainError("sheet_issued", _("This sheet has been assigned; its tasks are changed one by one."))
    return locked


@transaction.atomic
def draft_task(
    *, scope: Scope, unit: Unit, row: Row, sheet: AssignmentSheet | None = None, parent: Task | None = None
) -> Task:
    """Make a draft task of `unit` from `row`; nothing but the content is needed yet.

    A sub-task (`parent`) lies inside `unit`, which holds a part of the parent, and is not seen above it.
    """
    authorise(policies.can_draft, scope, unit.pk)
    if parent is not None:
        authorise(policies.can_split, scope, parent)
    return write_draft(scope=scope, unit=unit, row=row, sheet=sheet, parent=parent)


def write_draft(
    *, scope: Scope, unit: Unit, row: Row, sheet: AssignmentSheet | None = None, parent: Task | None = None
) -> Task:
    """Do as `draft_task` for a service that has asked already whether `scope` may do what the draft is part of."""
    document = row.source_document or (sheet.document if sheet else None)
    level = max(_level_of(document), parent.level if parent else levels.OPEN)
    position = 1
    if sheet is not None:
        sheet = _open_sheet(scope, sheet)
        position = (sheet.tasks.aggregate(last=Max("position"))["last"] or 0) + 1
    task = Task(
        root_id=scope.root_id,
        assigner_unit=unit,
        sheet=sheet,
        parent=parent,
        position=position,
        level=level,
        created_by_id=scope.person_id,
        language=document.language if document else scope.language,
    )
    _fill(task, row)
    task.source_document = document
    if row.follower is None:
        task.follower_id = scope.person_id
    task.is_fan_out = _is_fan_out(row)
    # What the rows given here point at exists, and the database holds the constraints: asking again costs six queries.
    task.full_clean(exclude=["content", *GIVEN], validate_unique=False, validate_constraints=False)
    task.save(force_insert=True)
    _set_units(task, row, new=True)
    record(scope, action="task.draft", target=task)
    return task


def _level_of(document: Document | None) -> int:
    """Return the level of what is drawn from a document; DomainError at a state-secret one.

    The paper is locked: somebody who raises it waits for this task, or this task is refused.
    """
    if document is None:
        return levels.OPEN
    locked = Document.objects.select_for_update(no_key=True).filter(pk=document.pk)
    level: int = locked.values_list("level", flat=True).get()
    if levels.is_secret(level):
        raise DomainError("secret_content", _("The content of state-secret documents is not stored here."))
    return level


@transaction.atomic
def update_draft(*, scope: Scope, task: Task, row: Row, version: int | None = None) -> Task:
    """Replace what a draft says by `row`; StaleRecord if somebody saved it since `version`."""
    locked = Task.objects.select_for_update().get(pk=task.pk)
    authorise(policies.can_edit_task, scope, locked)
    if locked.state not in (TaskState.DRAFT, TaskState.PROPOSED):
        raise DomainError("not_a_draft", _("This task has been assigned. Extend, reassign or cancel it instead."))
    if version is not None and version != locked.version:
        raise StaleRecord("stale", _("Somebody else changed this task meanwhile. Both texts are shown; choose."))
    document, clause = locked.source_document, locked.source_clause
    _fill(locked, row)
    locked.source_document = row.source_document or document
    level = max(_level_of(locked.source_document), locked.level)
    if level != locked.level:
        locked.level = level
        locked.obligations.update(level=level)
    if row.source_clause is None and locked.source_document == document:
        locked.source_clause = clause  # what a task was drawn from stays when its words are changed
    locked.version += 1
    locked.is_fan_out = _is_fan_out(row)
    locked.full_clean(exclude=["content"])
    locked.save()
    _set_units(locked, row)
    return locked


@transaction.atomic
def arrange_sheet(*, scope: Scope, sheet: AssignmentSheet, order: Iterable[int]) -> None:
    """Number the tasks of a draft sheet as `order` (their keys) has them; those left out follow as they stood."""
    sheet = _open_sheet(scope, sheet)
    place = {pk: number for number, pk in enumerate(order)}
    tasks = sorted(sheet.tasks.all(), key=lambda task: (place.get(task.pk, len(place)), task.position, task.pk))
    moved = [(task, number) for number, task in enumerate(tasks, start=1) if task.position != number]
    for task, number in moved:
        task.position = number
    Task.objects.bulk_update([task for task, _number in moved], ["position"])


@transaction.atomic
def drop_draft(*, scope: Scope, task: Task) -> None:
    """Remove a draft for good: nobody outside the drafting unit has seen it."""
    locked = Task.objects.select_for_update().get(pk=task.pk)
    authorise(policies.can_edit_task, scope, locked)
    if locked.state not in (TaskState.DRAFT, TaskState.PROPOSED):
        raise DomainError("not_a_draft", _("Only a draft can be removed; cancel the task instead."))
    record(scope, action="task.drop", target=locked)
    locked.obligations.all().delete()
    locked.delete()


def _fill(task: Task, row: Row) -> None:
    """Copy the plain fields of `row`, the due date as the last day of its period."""
    for name in PLAIN:
        value = getattr(row, name)
        if name == "language" and not value:
            continue
        if name == "follower" and value is None:
            continue
        setattr(task, name, value)
    task.due_precision = row.due_precision
    task.due_on = last_day(row.due_precision, row.due_on, unit=task.assigner_unit_id) if row.due_on else None
    task.due_sort = task.due_on or NO_DUE_DATE
    task.is_standing = row.is_standing and task.due_on is None
    if not task.product:
        with translation.override(task.language):
            task.product = _("Report")


def _is_fan_out(row: Row) -> bool:
    """Tell whether some unit is an addressee."""
    return any(row.lead is None or unit.pk != row.lead.pk for unit in row.addressees)


def _set_units(task: Task, row: Row, *, new: bool = False) -> None:
    """Make the draft parts those of `row`: one lead, coordinating units, addressees; a unit has one part only."""
    wanted: dict[int, str] = {}
    for unit in row.addressees:
        wanted[unit.pk] = RoleInTask.ADDRESSEE
    for unit in row.coordinating:
        wanted.setdefault(unit.pk, RoleInTask.COORDINATING)
    if row.lead is not None:
        wanted[row.lead.pk] = RoleInTask.LEAD
    told = {unit.pk for unit in row.information} - set(wanted)
    kept, have = (set(), set()) if new else _clear_units(task, wanted, told)
    bulk.insert([_draft_part(task, owner, role) for owner, role in wanted.items() if owner not in kept])
    TaskInformation.objects.bulk_create([TaskInformation(task=task, unit_id=pk) for pk in told - have])


def _clear_units(task: Task, wanted: dict[int, str], told: set[int]) -> tuple[set[int], set[int]]:
    """Remove what `row` no longer names; return the owners of parts, and the units told, that stay."""
    standing = {part.owner_id: part for part in task.obligations.all()}
    gone = [part.pk for owner, part in standing.items() if wanted.get(owner) != part.role]
    Obligation.objects.filter(pk__in=gone).delete()
    task.information.exclude(unit_id__in=told).delete()
    kept = {owner for owner, part in standing.items() if part.pk not in gone}
    return kept, set(task.information.values_list("unit_id", flat=True))


def _draft_part(task: Task, owner_id: int, role: str) -> Obligation:
    return Obligation(
        root_id=task.root_id,
        task=task,
        owner_id=owner_id,
        holder_id=owner_id,
        creditor_id=task.assigner_unit_id,
        role=role,
        level=task.level,
        is_inner=task.parent_id is not None,
        source_clause_id=task.source_clause_id,
    )


def _serving(unit_id: int, day: datetime.date) -> QuerySet[UnitRelation]:
    return (
        UnitRelation.objects.on(day)
        .filter(
            valid_on(day, "unit__links_down__"),
            hierarchy=Hierarchy.SERVES,
            unit__links_down__hierarchy=Hierarchy.LINE,
            unit__links_down__descendant_id=unit_id,
        )
        .order_by("unit__links_down__depth")[:1]
    )


_nearest_serving = Prepared(_serving)


def assigning_unit_id(scope: Scope) -> int | None:
    """Return the unit in whose name `scope` assigns: the nearest, from its own up, that serves a body; else its own."""
    found = _nearest_serving(scope.unit_id, scope.today) if scope.unit_id is not None else []
    return found[0].unit_id if found else scope.unit_id

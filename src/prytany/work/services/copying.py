"""Starting from what exists: copies of a task or of a whole directing document's tasks, and templates."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from prytany.audit.recording import record
from prytany.core.errors import DomainError
from prytany.core.scope import Scope, authorise
from prytany.documents.models import Document
from prytany.organisation.models import Unit
from prytany.work import policies
from prytany.work.models import AssignmentSheet, Precision, RoleInTask, Task, TaskTemplate
from prytany.work.services.drafting import Row, assigning_unit_id, create_sheet, draft_task

MOST_ROWS = 200


def _inside_period(task: Task) -> datetime.date | None:
    """Return a day well inside the period of the due date, so that moved by days it lies in the period one means."""
    due = task.due_on
    if due is None or task.due_precision == Precision.DAY:
        return due
    if task.due_precision == Precision.MONTH:
        return due.replace(day=15)
    if task.due_precision == Precision.QUARTER:
        return due.replace(month=(due.month - 1) // 3 * 3 + 2, day=15)
    return due.replace(month=7, day=1)


def row_of(task: Task, *, shift_days: int = 0) -> Row:
    """Return the row that would make `task` again, its due date moved by `shift_days` and as exact as it was."""
    parts = list(task.obligations.exclude(state__in=["cancelled", "handed_back"]).select_related("owner"))

    def units(role: str) -> list[Unit]:
        return [part.owner for part in parts if part.role == role]

    lead = units(RoleInTask.LEAD)
    day = _inside_period(task) if shift_days else task.due_on
    return Row(
        content=task.content,
        lead=lead[0] if lead else None,
        coordinating=units(RoleInTask.COORDINATING),
        addressees=units(RoleInTask.ADDRESSEE),
        information=[row.unit for row in task.information.select_related("unit")],
        due_on=day + datetime.timedelta(days=shift_days) if day else None,
        due_precision=task.due_precision,
        is_standing=task.is_standing,
        product=task.product,
        method=task.method,
        local_note=task.local_note,
        is_key=task.is_key,
        kind=task.kind,
        language=task.language,
        leader_post=task.leader_post,
    )


@transaction.atomic
def copy_task(*, scope: Scope, task: Task, shift_days: int = 0) -> Task:
    """Make a draft like `task`, without its source passage: the copy's authority is its own."""
    unit = Unit.objects.get(pk=assigning_unit_id(scope))
    copy = draft_task(scope=scope, unit=unit, row=row_of(task, shift_days=shift_days))
    record(scope, action="task.copy", target=copy, data={"from": str(task.uid)})
    return copy


@transaction.atomic
def copy_document_tasks(*, scope: Scope, source: Document, title: str, shift_days: int) -> AssignmentSheet:
    """Make a draft sheet with all tasks of a directing document, due dates moved by `shift_days`.

    DomainError `nothing` where it has no task, `too_many` beyond `MOST_ROWS`.
    """
    tasks = Task.objects.visible_to(scope).filter(source_document=source, issued_on__isnull=False, parent=None)
    chosen = _few(tasks.order_by("position", "pk"))
    return _sheet_of(scope, title, [row_of(task, shift_days=shift_days) for task in chosen])


def _few(tasks: Iterable[Task]) -> list[Task]:
    """Return the tasks; DomainError `too_many` rather than a copy that lacks some."""
    chosen = list(tasks)
    if len(chosen) > MOST_ROWS:
        words = _("These are %(count)s tasks; at most %(most)s are copied at once.")
        raise DomainError("too_many", words % {"count": len(chosen), "most": MOST_ROWS})
    return chosen


def _sheet_of(scope: Scope, title: str, rows: Iterable[Row]) -> AssignmentSheet:
    rows = list(rows)
    if not rows:
        raise DomainError("nothing", _("There is no task to copy."))
    unit = Unit.objects.get(pk=assigning_unit_id(scope))
    sheet = create_sheet(scope=scope, unit=unit, title=title, stated_total=len(rows))
    for row in rows:
        draft_task(scope=scope, unit=unit, row=row, sheet=sheet)
    return sheet


@transaction.atomic
def save_template(*, scope: Scope, tasks: Iterable[Task], title: str) -> TaskTemplate:
    """Keep tasks as a template: units by uid, due dates as days after the first day of the earliest task.

    DomainError `too_many` beyond `MOST_ROWS`.
    """
    unit_id = assigning_unit_id(scope)
    authorise(policies.can_draft, scope, unit_id)
    chosen = _few(tasks)
    start = min((task.issued_on or task.created_at.date() for task in chosen), default=scope.today)
    rows = []
    for task in chosen:
        row, day = row_of(task), _inside_period(task)
        rows.append(
            {
                "content": row.content,
                "product": row.product,
                "method": row.method,
                "kind": str(row.kind),
                "language": row.language,
                "is_key": row.is_key,
                "is_standing": row.is_standing,
                "after_days": (day - start).days if day else None,
                "precision": str(row.due_precision),
                "lead": str(row.lead.uid) if row.lead else None,
                **{
                    name: [str(u.uid) for u in getattr(row, name)]
                    for name in ("coordinating", "addressees", "information")
                },
            }
        )
    template = TaskTemplate(
        root_id=scope.root_id, unit_id=unit_id, title=title, rows=rows, created_by_id=scope.person_id
    )
    template.full_clean()
    template.save()
    record(scope, action="template.save", target=template)
    return template


@transaction.atomic
def use_template(*, scope: Scope, template: TaskTemplate, start: datetime.date, title: str = "") -> AssignmentSheet:
    """Make a draft sheet from a template that starts on `start`; units that no longer exist are left empty."""
    wanted = {uid for row in template.rows for uid in [row["lead"], *row["coordinating"], *row["addressees"]] if uid}
    wanted |= {uid for row in template.rows for uid in row["information"]}
    units = {str(unit.uid): unit for unit in Unit.objects.existing_on(scope.today).filter(uid__in=wanted)}
    rows = []
    for kept in template.rows:
        days = kept["after_days"]
        rows.append(
            Row(
                content=kept["content"],
                product=kept["product"],
                method=kept["method"],
                kind=kept["kind"],
                language=kept["language"],
                is_key=kept["is_key"],
                is_standing=kept["is_standing"],
                due_on=start + datetime.timedelta(days=days) if days is not None else None,
                due_precision=kept["precision"],
                lead=units.get(kept["lead"] or ""),
                coordinating=[units[uid] for uid in kept["coordinating"] if uid in units],
                addressees=[units[uid] for uid in kept["addressees"] if uid in units],
                information=[units[uid] for uid in kept["information"] if uid in units],
            )
        )
    return _sheet_of(scope, title or template.title, rows)


@transaction.atomic
def delete_template(*, scope: Scope, template: TaskTemplate) -> None:
    """Remove a template; sheets made from it stay."""
    authorise(policies.can_draft, scope, template.unit_id)
    record(scope, action="template.delete", target=template)
    template.delete()

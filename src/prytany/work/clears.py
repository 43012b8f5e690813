"""The six clears: who, what, when, responsibility, authority, product. Nothing is issued while one is missing.

Source: Kết luận 226-KL/TW of 11 December 2025 (six "clears"; exactly one lead).
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from prytany.core.models import valid_on
from prytany.organisation.models import Appointment, UnitVersion
from prytany.organisation.names import NAMELESS, unit_labels
from prytany.organisation.roles import ROLES
from prytany.work.models import Obligation, RoleInTask, Task

HEAD_ROLES = [code for code, role in ROLES.items() if role.is_head or code in {"focal_point", "leader"}]


@dataclass(frozen=True)
class Missing:
    """One thing that is not clear about a task: the field it belongs to and a sentence that names it."""

    task_id: int
    field: str
    message: str


def missing(tasks: Iterable[Task], parts: Iterable[Obligation], *, on: datetime.date) -> list[Missing]:
    """Return what is not clear about `tasks`, given their draft `parts`, if they were issued on `on`.

    Two queries at most, however many tasks.
    """
    by_task: dict[int, list[Obligation]] = {}
    for part in parts:
        by_task.setdefault(part.task_id, []).append(part)
    unit_ids = {part.owner_id for owned in by_task.values() for part in owned}
    lead_ids = {p.owner_id for owned in by_task.values() for p in owned if p.role == RoleInTask.LEAD}
    existing, headed = _standing(unit_ids, on)
    labels = unit_labels(unit_ids - existing | lead_ids - headed, on=on)
    found: list[Missing] = []
    for task in tasks:
        found += _of_task(task, by_task.get(task.pk, []), existing, headed, labels, on)
    return found


def _standing(unit_ids: set[int], on: datetime.date) -> tuple[set[int], set[int]]:
    """Return the units that exist on `on`, and those of them in which somebody who may receive work holds a post."""
    if not unit_ids:
        return set(), set()
    holders = Appointment.objects.on(on).filter(valid_on(on, "post__"), post__role__in=HEAD_ROLES)
    headed = Exists(holders.filter(post__unit_id=OuterRef("unit_id")))
    rows = UnitVersion.objects.on(on).filter(unit_id__in=unit_ids).annotate(is_headed=headed)
    found = dict(rows.values_list("unit_id", "is_headed"))
    return set(found), {unit_id for unit_id, is_headed in found.items() if is_headed}


def _of_task(task: Task, parts: list[Obligation], existing: set[int], headed: set[int], labels, on) -> list[Missing]:  # type: ignore[no-untyped-def]
    def lacks(field: str, message: str) -> Missing:
        return Missing(task.pk, field, message)

    found = []
    if not task.content.strip():
        found.append(lacks("content", _("What is to be done is missing.")))
    leads = [part for part in parts if part.role == RoleInTask.LEAD]
    if not leads:
        found.append(lacks("lead", _("No lead.")))
    for part in leads:
        if part.owner_id in existing and part.owner_id not in headed:
            name = labels.get(part.owner_id, NAMELESS).name
            found.append(lacks("lead", _("%(unit)s has nobody who could receive work.") % {"unit": name}))
    for part in parts:
        if part.owner_id not in existing:
            name = labels.get(part.owner_id, NAMELESS).name
            found.append(lacks("lead" if part in leads else "units", _("%(unit)s no longer exists.") % {"unit": name}))
    if task.due_on is None and not task.is_standing:
        found.append(lacks("due", _("No due date; write one, or choose “no deadline”.")))
    if task.due_on is not None and task.due_on < on:
        found.append(lacks("due", _("The due date lies before the day of assignment.")))
    if not (task.source_document_id or task.assigner_post_id):
        found.append(lacks("source", _("Neither a source document nor an assigner.")))
    return found

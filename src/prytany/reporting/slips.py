"""The assignment slip: a task on one sheet of paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from prytany.organisation.names import NAMELESS, unit_labels
from prytany.work.models import Obligation, RoleInTask, Task

# A slip names so many units; a fan-out is told by its number.
MOST_UNITS = 20


@dataclass(frozen=True)
class Slip:
    """What stands on the slip; of many units only the number."""

    task: Task
    issuer: str
    lead: str
    coordinating: Sequence[str]
    addressees: Sequence[str]
    many: bool
    number: int


def slip_of(task: Task, parts: Sequence[Any]) -> Slip:
    """Return the slip of a task with its parts, whose `owner_label` is set; at most MOST_UNITS + 1 are given."""
    by_role: dict[str, list[str]] = {}
    for part in parts:
        by_role.setdefault(part.role, []).append(part.owner_label.name)
    many = len(parts) > MOST_UNITS
    issuer = unit_labels([task.assigner_unit_id], on=task.issued_on).get(task.assigner_unit_id, NAMELESS).name
    return Slip(
        task=task,
        issuer=issuer,
        lead=next(iter(by_role.get(RoleInTask.LEAD, [])), ""),
        coordinating=by_role.get(RoleInTask.COORDINATING, []),
        addressees=[] if many else by_role.get(RoleInTask.ADDRESSEE, []),
        many=many,
        number=Obligation.objects.filter(task=task).count() if many else len(parts),
    )

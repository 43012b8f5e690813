"""What the follow-up book of incoming papers tells of the work drawn from a paper: lead, time limit, state."""

from collections.abc import Collection, Mapping

from prytany.core.scope import Scope
from prytany.documents.registers import FollowUp
from prytany.organisation.names import label_units
from prytany.work.models import Obligation, RoleInTask


def follow_up_of(scope: Scope, documents: Collection[int]) -> Mapping[int, FollowUp]:
    """Return by paper what the leads in sight owe on it; of several tasks all units, the latest day, all states."""
    rows = Obligation.objects.visible_to(scope).counted().filter(role=RoleInTask.LEAD, is_inner=False)
    rows = rows.filter(task__source_document__in=documents).select_related("task").order_by("task__position", "pk")
    parts = list(rows[:3000])
    label_units(parts, "owner")
    found: dict[int, list[Obligation]] = {}
    for part in parts:
        found.setdefault(part.task.source_document_id or 0, []).append(part)
    return {
        document: FollowUp(
            receiver=", ".join(dict.fromkeys(part.owner_label.name for part in mine)),  # type: ignore[attr-defined]
            due_on=max((part.due_on for part in mine if part.due_on), default=None),
            progress=", ".join(dict.fromkeys(part.get_state_display() for part in mine)),
        )
        for document, mine in found.items()
    }

"""Who takes part in a task, beyond the rows that `visible_to` gives: for exchange and mentions."""

from prytany.accounts.scopes import appointments_of, scope_of
from prytany.core.scope import Scope
from prytany.organisation.models import Person
from prytany.work.models import Remark, Task
from prytany.work.policies import can_assign


def takes_part(scope: Scope, task: Task) -> bool:
    """Tell whether `scope` may speak on the task: whoever may see it and is not a mere reader of the root."""
    if scope.unit_id is None or not Task.objects.visible_to(scope, each=True).filter(pk=task.pk).exists():
        return False
    return scope.role not in {"inspector", "auditor"}


def may_open_answers(scope: Scope, task: Task) -> bool:
    """Open the answers of a fan-out to its units: who may assign for the assigning unit."""
    return can_assign(scope, task.assigner_unit_id)


def person_sees(person: Person, task: Task, audience: str, speaker: Scope) -> bool:
    """Tell whether `person` could read a remark of `speaker` to `audience` on the task, from any of their posts."""
    for appointment in appointments_of(person, speaker.today):
        scope = scope_of(appointment, person=person, today=speaker.today)
        if audience == Remark.Audience.UNIT and scope.unit_id != speaker.unit_id:
            continue
        if Task.objects.visible_to(scope, each=True).filter(pk=task.pk).exists():
            return True
    return False

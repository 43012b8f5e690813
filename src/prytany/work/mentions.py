"""Names after an @ in a remark: whom the text mentions, and whom the field offers."""

import re
from collections.abc import Iterator

from django.db.models import Q, QuerySet

from prytany.core.fold import fold
from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.organisation.models import Appointment, Hierarchy, Person, UnitLink
from prytany.organisation.roles import ROLES, Over
from prytany.work import sight
from prytany.work.models import Obligation, Remark, Task

_AT = re.compile(r"@([^@\n]{2,120})")
_ENDS = ",;:.!?)،؛؟।"  # what may follow a name without a space
OFFERED = 8
# How many names that fit are held against the rules of sight before the offer is what it is.
LOOKED_AT = 24
READS_WIDELY = [code for code, role in ROLES.items() if role.permissions.get(Permission.TASK_READ) == Over.SERVED]


def mentioned_in(text: str, people: QuerySet[Person]) -> list[Person]:
    """Return the people of `people` whose full name follows an @ in `text`, each once, in the order of the text.

    The longest name that fits wins; a beginning that fits nobody is plain text.
    """
    found: list[Person] = []
    for match in _AT.finditer(text):
        words = fold(match[1]).split()
        whole = [" ".join(words[:length]) for length in range(len(words), 0, -1)]
        beginnings = list(dict.fromkeys(form for one in whole for form in _bared(one)))
        known = {person.folded: person for person in people.filter(folded__in=beginnings).order_by("-pk")}
        person = next((known[one] for one in beginnings if one in known), None)
        if person is not None and person not in found:
            found.append(person)
    return found


def _bared(text: str) -> Iterator[str]:
    """Yield `text`, then without what may follow a name, one sign after the other."""
    yield text
    while text and text[-1] in _ENDS:
        text = text[:-1]
        yield text


def offered(scope: Scope, task: Task, audience: str, words: str) -> list[Person]:
    """Return the first people whose name holds `words` and who may read a remark of `scope` to `audience`.

    Looked for among those who may: people of the own unit, or of the units whose parts `scope` sees, those above them,
    and posts that read widely; each is then held against the rule that the remark itself is.
    """
    people = Person.objects.visible_to(scope).exclude(pk=scope.person_id)
    for word in fold(words).split():
        people = people.filter(folded__contains=word)
    near = people.filter(pk__in=_around(scope, task, audience).values("person")).order_by("sort_key", "pk")
    found: list[Person] = []
    for person in near[:LOOKED_AT]:
        if sight.person_sees(person, task, audience, scope):
            found.append(person)
        if len(found) == OFFERED:
            break
    return found


def _around(scope: Scope, task: Task, audience: str) -> QuerySet[Appointment]:
    held = Appointment.objects.on(scope.today)
    if audience == Remark.Audience.UNIT:
        return held.filter(post__unit_id=scope.unit_id)
    parts = Obligation.objects.visible_to(scope).filter(task=task)
    told = task.information.values("unit_id")
    units = Q(descendant__in=parts.values("holder_id")) | Q(descendant__in=told) | Q(descendant=task.assigner_unit_id)
    above = UnitLink.objects.on(scope.today).filter(units, hierarchy=Hierarchy.LINE)
    return held.filter(Q(post__unit__in=above.values("ancestor_id")) | Q(post__role__in=READS_WIDELY))

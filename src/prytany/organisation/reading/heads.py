"""Who heads a unit on a date: its own head, or, marked as such, that of the nearest unit above that has one."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from prytany.core.models import valid_on
from prytany.organisation.models import Appointment, Hierarchy, UnitLink
from prytany.organisation.roles import ROLES

HEAD_ROLES = tuple(code for code, role in ROLES.items() if role.is_head)
_ORDER = {Appointment.Kind.HOLDER: 0, Appointment.Kind.ACTING: 1, Appointment.Kind.DEPUTY: 2}


@dataclass(frozen=True, slots=True)
class Head:
    """The appointment that heads a unit; `inherited_from` is the unit above whose head it is, None for the own."""

    appointment: Appointment
    inherited_from: int | None = None


def heads_of(unit_ids: Collection[int], on: datetime.date) -> Mapping[int, Head]:
    """Return the head of each unit; a unit without one up to the root is left out. Two queries.

    Of several the holder goes before who acts or deputises, then the post that stands first, then who came first.
    """
    links = UnitLink.objects.on(on).filter(hierarchy=Hierarchy.LINE, descendant_id__in=unit_ids)
    above: dict[int, list[tuple[int, int]]] = {}
    for unit, depth, ancestor in links.values_list("descendant_id", "depth", "ancestor_id"):
        above.setdefault(unit, []).append((depth, ancestor))
    ancestors = {ancestor for several in above.values() for _depth, ancestor in several}
    held = Appointment.objects.on(on).filter(valid_on(on, "post__"), post__unit__in=ancestors)
    own: dict[int, Appointment] = {}
    rows = held.filter(post__role__in=HEAD_ROLES, post__withdrawn_at=None).select_related("person", "post")
    for row in sorted(rows, key=lambda a: (_ORDER[a.kind], a.post.position, a.valid_from, a.pk)):
        own.setdefault(row.post.unit_id, row)
    heads = {}
    for unit, several in above.items():
        for _depth, ancestor in sorted(several):
            if ancestor in own:
                heads[unit] = Head(own[ancestor], None if ancestor == unit else ancestor)
                break
    return heads

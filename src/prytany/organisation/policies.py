"""Who may change the organisation, posts and appointments. Everyone of the same root may read them."""

import datetime
from collections.abc import Iterable

from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.organisation.models import (
    Appointment,
    ChangeAct,
    Hierarchy,
    Person,
    Post,
    Substitution,
    Unit,
    UnitLink,
    UnitRelation,
)
from prytany.organisation.reach import covers
from prytany.organisation.roles import ROLES, Over

EDIT = Permission.ORGANISATION_EDIT


def can_found_organisation(scope: Scope) -> bool:
    """A new root comes from the first-run page, a command or the demo: scopes without a person."""
    return scope.person_id == 0


def can_edit_organisation(scope: Scope) -> bool:
    """Whoever edits units anywhere sees the forms; each act asks for its own units."""
    return _is_system(scope) or scope.holds_anywhere(EDIT)


def can_edit_unit(scope: Scope, unit: Unit) -> bool:
    """An administrator within reach; a unit that begins later or has ended counts as where it stands then or stood."""
    if _is_system(scope, unit.root_id):
        return True
    if any(reach.subtree and reach.unit_id == scope.root_id for reach in scope.reaches(EDIT)):
        return unit.root_id == scope.root_id
    return covers(scope, EDIT, unit.pk) or _covers_in_its_time(scope, unit.pk)


def can_edit_units(scope: Scope, units: Iterable[Unit]) -> bool:
    """Every one of the units."""
    return all(can_edit_unit(scope, unit) for unit in units)


def can_edit_act(scope: Scope, act: ChangeAct) -> bool:
    """Drafts of an organisation in which one edits; its steps are checked unit by unit when it is applied."""
    return act.root_id == scope.root_id and can_edit_organisation(scope)


def can_set_up_unit(scope: Scope, unit: Unit) -> bool:
    """Contact and how the unit works inside: an administrator, or whoever heads the unit."""
    heads = scope.role in ROLES and ROLES[scope.role].is_head and covers(scope, Permission.TASK_HANDLE, unit.pk)
    return heads or can_edit_unit(scope, unit)


def can_edit_post(scope: Scope, post: Post) -> bool:
    """An administrator within reach of the unit and of all that the post's role reaches; nobody edits their own."""
    return can_fill(scope, post.unit, post.role) and not _holds(scope, post)


def can_fill(scope: Scope, unit: Unit, role: str) -> bool:
    """Who makes or fills a post grants what its role reaches: all of it has to lie within the own reach."""
    if not can_edit_unit(scope, unit):
        return False
    if _is_system(scope) or Over.SERVED not in ROLES[role].permissions.values():
        return True
    served = served_by(unit.pk, scope.today)
    return served is None or covers(scope, EDIT, served)


def served_by(unit_id: int, on: datetime.date) -> int | None:
    """Return the body that a unit, or the nearest unit above it, serves on a date; None where there is none."""
    above = UnitLink.objects.on(on).filter(hierarchy=Hierarchy.LINE, descendant_id=unit_id)
    depths = dict(above.values_list("ancestor_id", "depth"))
    serving = UnitRelation.objects.on(on).filter(hierarchy=Hierarchy.SERVES, unit_id__in=depths)
    found = sorted((depths[unit], parent) for unit, parent in serving.values_list("unit_id", "parent_id"))
    return found[0][1] if found else None


def can_appoint(scope: Scope, post: Post, person: Person | None) -> bool:
    """Fill a post within reach; somebody else's person only if one manages that person; never oneself."""
    if person is not None and person.pk == scope.person_id:
        return False
    return can_fill(scope, post.unit, post.role) and (person is None or can_appoint_person(scope, person))


def can_appoint_person(scope: Scope, person: Person) -> bool:
    """A person known to the same root: a further post takes nothing from who manages the others."""
    return _is_system(scope) or _without_post(person) or Person.objects.visible_to(scope).filter(pk=person.pk).exists()


def can_end_appointment(scope: Scope, appointment: Appointment) -> bool:
    """An administrator within reach of the unit; nobody their own."""
    return appointment.person_id != scope.person_id and can_edit_unit(scope, appointment.post.unit)


def can_manage_person(scope: Scope, person: Person) -> bool:
    """Name, address and account of a person: only if all their appointments lie within reach.

    Past appointments count only where none is left. One's own data belong to the page of one's account.
    """
    if _is_system(scope):
        return True
    if not scope.holds_anywhere(EDIT):
        return False
    held = Appointment.objects.filter(person=person).select_related("post__unit")
    left = held.exclude(valid_to__lte=scope.today)
    units = {a.post.unit for a in left} or {a.post.unit for a in held}
    return bool(units) and can_edit_units(scope, units)


def can_set_absence(scope: Scope, appointment: Appointment) -> bool:
    """The holder for their own posts, from whichever post they act; an administrator for posts within reach."""
    if appointment.person_id == scope.person_id:
        return scope.acting_for is None
    return can_edit_post(scope, appointment.post)


def can_withdraw_absence(scope: Scope, substitution: Substitution) -> bool:
    """Whoever may set it."""
    return can_set_absence(scope, substitution.absent)


def _is_system(scope: Scope, root_id: int | None = None) -> bool:
    """Tell whether a command or job of this root acts, which no person can be."""
    return scope.person_id == 0 and (scope.root_id is None or root_id in (None, scope.root_id))


def _holds(scope: Scope, post: Post) -> bool:
    return Appointment.objects.filter(post=post, person_id=scope.person_id).exclude(valid_to__lte=scope.today).exists()


def _without_post(person: Person) -> bool:
    return not Appointment.objects.filter(person=person).exists()


def _covers_in_its_time(scope: Scope, unit_id: int) -> bool:
    wide = [reach.unit_id for reach in scope.reaches(EDIT) if reach.subtree]
    own = UnitLink.objects.filter(hierarchy=Hierarchy.LINE, descendant_id=unit_id, depth=0)
    if not wide or own.on(scope.today).exists():
        return False
    later = own.filter(valid_from__gt=scope.today).order_by("valid_from").first()
    last = own.order_by("-valid_from").first()
    if later is not None:
        day = later.valid_from
    elif last is not None and last.valid_to is not None:
        day = last.valid_to - datetime.timedelta(days=1)
    else:
        return False
    links = UnitLink.objects.on(day).filter(hierarchy=Hierarchy.LINE, descendant_id=unit_id, ancestor_id__in=wide)
    return links.exists()

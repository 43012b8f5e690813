"""Whose accounts an administrator manages: people all of whose appointments lie in the administrator's subtree."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.organisation.models import Appointment, Person, Substitution
from prytany.organisation.reach import within


def manageable_people(scope: Scope) -> QuerySet[Person]:
    """Return the people whose accounts `scope` manages.

    What counts are appointments of today and later, also those a person stands in for; for who has none any more, all
    that they held. People without any appointment belong to nobody.
    """
    if not scope.holds_anywhere(Permission.ACCOUNT_MANAGE):
        return Person.objects.none()
    reached = within(scope, Permission.ACCOUNT_MANAGE, "post__unit", "post__unit__root_id")
    held = Appointment.objects.filter(person=OuterRef("pk"))
    lasting = held.filter(Q(valid_to=None) | Q(valid_to__gt=scope.today))
    outside = ~reached
    inside_for_good = Exists(lasting.filter(reached)) & ~Exists(lasting.filter(outside))
    inside_once = ~Exists(lasting) & Exists(held.filter(reached)) & ~Exists(held.filter(outside))
    # Whoever can sign in as a substitute can act from the absent person's post.
    reached_absent = within(scope, Permission.ACCOUNT_MANAGE, "absent__post__unit", "absent__post__unit__root_id")
    stands_in = Substitution.objects.filter(substitute=OuterRef("pk"), withdrawn_at=None).filter(
        Q(valid_to=None) | Q(valid_to__gt=scope.today)
    )
    return Person.objects.filter(inside_for_good | inside_once).exclude(Exists(stands_in.filter(~reached_absent)))


def is_manageable(scope: Scope, person: Person) -> bool:
    """Tell whether `scope` manages the account of `person`."""
    return manageable_people(scope).filter(pk=person.pk).exists()

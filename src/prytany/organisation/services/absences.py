"""Being away: each person says from when to when and who acts meanwhile, with everything or for reading only."""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from prytany.audit.recording import record, record_many
from prytany.core import clock
from prytany.core.errors import DomainError
from prytany.core.scope import Scope, authorise
from prytany.organisation import policies
from prytany.organisation.integrity import ends_after
from prytany.organisation.models import Appointment, Person, Substitution
from prytany.organisation.signals import substitution_changed
from prytany.organisation.specs import checked
from prytany.organisation.writing import check_day


@transaction.atomic
def set_absence(
    *,
    scope: Scope,
    appointments: Collection[Appointment],
    substitute: Person,
    on: datetime.date,
    until: datetime.date,
    extent: str = Substitution.Extent.ALL,
    reason: str = "",
) -> list[Substitution]:
    """Let `substitute` act from these posts from `on` up to, not including, `until`; one substitution a post.

    The substitute acts under their own name: rules that ask for a second person compare persons, so nobody confirms
    their own work by standing in for somebody else. DomainError where the substitute holds no post of the same
    organisation throughout; that the substitute is away too is only a warning (`warnings_about_absence`).
    """
    rows = []
    for appointment in Appointment.objects.select_for_update().filter(pk__in=[a.pk for a in appointments]):
        authorise(policies.can_set_absence, scope, appointment)
        row = Substitution(
            absent=appointment,
            substitute=substitute,
            valid_from=check_day(on),
            valid_to=check_day(until, "until"),
            extent=extent,
            reason=reason.strip(),
        )
        checked(row)
        _check(row)
        row.save()
        rows.append(row)
        substitution_changed.send(Substitution, substitution=row)
    data = {"substitute": str(substitute.uid), "on": on.isoformat(), "until": until.isoformat(), "extent": str(extent)}
    record_many(scope, action="absence.set", targets=rows, data=data)
    return rows


def _check(row: Substitution) -> None:
    on, until = row.valid_from, row.valid_to
    if until is None or until <= on:
        message = _("The absence would end before it begins.")
        raise DomainError("range_empty", message, {"until": message})
    absent = row.absent
    if row.substitute_id == absent.person_id:
        message = _("Choose somebody else: nobody stands in for themselves.")
        raise DomainError("own_substitute", message, {"substitute": message})
    if on < absent.valid_from or (absent.valid_to is not None and until > absent.valid_to):
        message = _("The post is not held on all of these dates.")
        raise DomainError("post_not_held", message, {"until": message})
    root = absent.post.unit.root_id
    held = Appointment.objects.filter(person=row.substitute, post__unit__root_id=root, valid_from__lte=on)
    last = until - datetime.timedelta(days=1)
    if not held.filter(ends_after(last)).filter(Q(post__valid_to=None) | Q(post__valid_to__gt=last)).exists():
        message = _("This person holds no post of the same organisation on all of these dates.")
        raise DomainError("substitute_without_post", message, {"substitute": message})
    same = Substitution.objects.filter(absent=absent, substitute=row.substitute, withdrawn_at=None)
    if same.filter(valid_from__lt=until, valid_to__gt=on).exists():
        message = _("This person already stands in for you on some of these dates.")
        raise DomainError("absence_exists", message, {"substitute": message})


def warnings_about_absence(
    *, appointments: Collection[Appointment], substitute: Person, on: datetime.date, until: datetime.date
) -> list[str]:
    """Return what one should know before setting an absence, in sentences: it can be set all the same."""
    running = Substitution.objects.filter(withdrawn_at=None, valid_from__lt=until, valid_to__gt=on)
    warnings = []
    if running.filter(absent__person=substitute).exists():
        warnings.append(_("The substitute is away too on some of these dates."))
    other = running.filter(absent__in=appointments, extent=Substitution.Extent.ALL).exclude(substitute=substitute)
    if other.exists():
        warnings.append(_("Somebody else already acts from this post on some of these dates; both will."))
    return warnings


@transaction.atomic
def withdraw_absence(*, scope: Scope, substitution: Substitution) -> None:
    """End an absence early, or take it back before it begins: the substitute acts no longer, at once."""
    substitution = Substitution.objects.select_for_update().get(pk=substitution.pk)
    authorise(policies.can_withdraw_absence, scope, substitution)
    if substitution.withdrawn_at is not None:
        return
    substitution.withdrawn_at = clock.now()
    substitution.save(update_fields=["withdrawn_at"])
    record(scope, action="absence.withdraw", target=substitution)
    substitution_changed.send(Substitution, substitution=substitution)

"""Who holds which post from when to when. Rights follow: they begin and end with the appointment, on that day."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from prytany.audit.recording import record
from prytany.core import clock
from prytany.core.errors import DomainError
from prytany.core.scope import Scope, authorise
from prytany.organisation import carrying, policies
from prytany.organisation.impact import built_upon
from prytany.organisation.integrity import ends_after
from prytany.organisation.journal import Journal
from prytany.organisation.marks import refuse_stale
from prytany.organisation.models import Appointment, Person, Post
from prytany.organisation.signals import appointment_changed
from prytany.organisation.specs import checked
from prytany.organisation.writing import check_day


@transaction.atomic
def appoint(
    *,
    scope: Scope,
    person: Person,
    post: Post,
    on: datetime.date,
    until: datetime.date | None = None,
    kind: str = Appointment.Kind.HOLDER,
    decision: str = "",
) -> Appointment:
    """Appoint a person to a post from `on` up to, not including, `until`; several posts a person are usual.

    PermissionDenied for oneself and outside one's reach. DomainError where the post does not exist on these dates or
    the person holds it already.
    """
    post = Post.objects.select_for_update().select_related("unit").get(pk=post.pk)
    authorise(policies.can_appoint, scope, post, person)
    appointment = Appointment(
        person=person, post=post, valid_from=check_day(on), valid_to=until, kind=kind, decision=decision.strip()
    )
    checked(appointment)
    _check_dates(appointment)
    appointment.save()
    data = {"person": str(person.uid), "post": str(post.uid), "on": on.isoformat(), "kind": str(kind)}
    record(scope, action="appointment.create", target=appointment, data=data)
    appointment_changed.send(Appointment, appointment=appointment, act="appointed")
    return appointment


def _check_dates(appointment: Appointment, start: str = "on", end: str = "until") -> None:
    """Raise DomainError where the dates are impossible for the post or overlap another appointment to it."""
    post, since, until = appointment.post, appointment.valid_from, appointment.valid_to
    if until is not None and until <= since:
        message = _("The appointment would end before it begins.")
        raise DomainError("range_empty", message, {end: message})
    if since < post.valid_from:
        message = _("The post does not exist yet on this date.")
        raise DomainError("post_not_there", message, {start: message})
    if post.valid_to is not None and (until is None or until > post.valid_to):
        if since >= post.valid_to:
            message = _("The post no longer exists on this date.")
            raise DomainError("post_not_there", message, {start: message})
        appointment.valid_to = until = post.valid_to
    others = Appointment.objects.filter(ends_after(since), person=appointment.person, post=post)
    if until is not None:
        others = others.filter(valid_from__lt=until)
    if others.exclude(pk=appointment.pk).exists():
        message = _("This person already holds the post on these dates.")
        raise DomainError("already_appointed", message, {start: message})


def _locked(appointment: Appointment) -> Appointment:
    row = Appointment.objects.select_for_update().filter(pk=appointment.pk).first()
    if row is None:
        raise DomainError("appointment_withdrawn", _("This appointment was withdrawn meanwhile."))
    return row


@transaction.atomic
def end_appointment(*, scope: Scope, appointment: Appointment, on: datetime.date, reason: str = "") -> Appointment:
    """End an appointment on `on`: from that day it gives no right (the last day is the day before)."""
    appointment = _locked(appointment)
    authorise(policies.can_end_appointment, scope, appointment)
    check_day(on)
    if appointment.valid_to is not None and appointment.valid_to <= on:
        raise DomainError("appointment_ended", _("This appointment already ends on or before this date."))
    if appointment.valid_from >= on:
        message = _("The appointment begins on or after this date. Withdraw it instead.")
        raise DomainError("appointment_begins_then", message, {"on": message})
    carrying.end_appointment(Journal(), appointment, on, reason)
    record(scope, action="appointment.end", target=appointment, data={"on": on.isoformat()})
    appointment_changed.send(Appointment, appointment=appointment, act="ended")
    return appointment


@transaction.atomic
def correct_appointment(
    *,
    scope: Scope,
    appointment: Appointment,
    on: datetime.date,
    until: datetime.date | None,
    kind: str,
    decision: str,
    version: int | None = None,
) -> Appointment:
    """Put right dates, kind or decision that were entered wrongly.

    StaleRecord where somebody saved since `version`, the appointment's mark (`organisation.marks`).
    """
    appointment = _locked(appointment)
    authorise(policies.can_end_appointment, scope, appointment)
    authorise(policies.can_fill, scope, appointment.post.unit, appointment.post.role)
    refuse_stale(appointment, version)
    before = {"on": appointment.valid_from.isoformat(), "kind": appointment.kind}
    appointment.valid_from, appointment.valid_to = check_day(on), until
    appointment.kind, appointment.decision = kind, decision.strip()
    checked(appointment)
    _check_dates(appointment)
    appointment.save()
    record(scope, action="appointment.correct", target=appointment, data={"before": before, "on": on.isoformat()})
    appointment_changed.send(Appointment, appointment=appointment, act="corrected")
    return appointment


@transaction.atomic
def withdraw_appointment(*, scope: Scope, appointment: Appointment) -> None:
    """Take back an appointment that was entered by mistake; DomainError once anything refers to it."""
    appointment = _locked(appointment)
    authorise(policies.can_end_appointment, scope, appointment)
    if built_upon(Appointment, {appointment.pk}, besides={}):
        raise DomainError("appointment_in_use", _("This appointment has a history. End it on a date instead."))
    Journal().withdraw(appointment)
    record(scope, action="appointment.withdraw", target=appointment)
    appointment_changed.send(Appointment, appointment=appointment, act="withdrawn")


@transaction.atomic
def note_taken_over(appointment: Appointment) -> None:
    """Note that the holder has accepted what the post brought; called by the app that keeps the hand-over."""
    row = _locked(appointment)
    if row.taken_over_at is None:
        row.taken_over_at = clock.now()
        row.save(update_fields=["taken_over_at"])


def holding(person: Person, on: datetime.date) -> Q:
    """Return the condition on Appointment that `person` holds a post on a date, the post itself being open."""
    return Q(person=person, valid_from__lte=on) & ends_after(on)

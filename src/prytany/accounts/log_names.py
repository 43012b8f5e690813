"""How people, posts, appointments and units are called in the log, in the office's language."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.conf import settings

from prytany.accounts.models import User
from prytany.audit.names import name_source
from prytany.organisation.models import Appointment, Person, Post, Unit
from prytany.organisation.names import unit_labels


@name_source("person")
def people(uids: Collection[UUID]) -> Mapping[UUID, str]:
    """People by their names."""
    return dict(Person.objects.filter(uid__in=uids).values_list("uid", "name"))


@name_source("user")
def accounts(uids: Collection[UUID]) -> Mapping[UUID, str]:
    """Accounts by the names of their people."""
    return dict(User.objects.filter(uid__in=uids).exclude(person=None).values_list("uid", "person__name"))


@name_source("unit")
def units(uids: Collection[UUID]) -> Mapping[UUID, str]:
    """Units by their names of today."""
    found = dict(Unit.objects.filter(uid__in=uids).values_list("pk", "uid"))
    labels = unit_labels(found, language=settings.LANGUAGE_CODE)
    return {uid: labels[pk].name for pk, uid in found.items() if pk in labels}


@name_source("post")
def posts(uids: Collection[UUID]) -> Mapping[UUID, str]:
    """Posts by title and unit."""
    rows = list(Post.objects.filter(uid__in=uids).values_list("uid", "title", "unit_id"))
    labels = unit_labels([unit for _, _, unit in rows], language=settings.LANGUAGE_CODE)
    return {uid: f"{title}, {labels[unit].name}" if unit in labels else title for uid, title, unit in rows}


@name_source("appointment")
def appointments(uids: Collection[UUID]) -> Mapping[UUID, str]:
    """Appointments by person and title."""
    rows = Appointment.objects.filter(uid__in=uids).values_list("uid", "person__name", "post__title")
    return {uid: f"{name}, {title}" for uid, name, title in rows}

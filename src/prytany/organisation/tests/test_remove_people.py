"""People entered by mistake can be removed as long as nothing hangs on them."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from prytany.accounts.models import User
from prytany.audit.models import AuditEvent
from prytany.core.errors import DomainError
from prytany.organisation.models import Appointment, Person, Substitution
from prytany.organisation.services import create_person, remove_people


def test_remove_people_deletes_them_with_their_appointments_and_logs_it(world):
    scope = world.scope("admin")
    post = world.posts["home_head"].post
    person, appointment = create_person(scope=scope, name="Nhầm", post=post, on=scope.today)
    remove_people(scope=scope, people=[person])
    assert not Person.objects.filter(pk=person.pk).exists()
    assert not Appointment.every_row.filter(pk=appointment.pk).exists()
    assert AuditEvent.objects.filter(action="person.remove", target_uid=person.uid).count() == 1


def test_remove_people_is_refused_once_anything_refers_to_them(world):
    scope = world.scope("admin")
    post = world.posts["home_head"].post
    with_account, _held = create_person(scope=scope, name="Có tài khoản", post=post, on=scope.today)
    User.objects.create(username="mistake", person=with_account)
    stands_in, _held = create_person(scope=scope, name="Thay mặt", post=post, on=scope.today)
    Substitution.objects.create(
        absent=world.posts["chief"],
        substitute=stands_in,
        valid_from=scope.today,
        valid_to=scope.today + datetime.timedelta(days=1),
    )
    for person in (with_account, stands_in):
        with pytest.raises(DomainError, match="person_in_use"):
            remove_people(scope=scope, people=[person])


def test_remove_people_of_others_is_not_allowed(world):
    with pytest.raises(PermissionDenied):
        remove_people(scope=world.scope("admin"), people=[world.person("stranger")])

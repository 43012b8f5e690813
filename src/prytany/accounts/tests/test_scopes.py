"""What an appointment reaches."""

import datetime

import pytest

from prytany.accounts.scopes import acting_appointments, appointments_of, scope_of
from prytany.core.permissions import Permission
from prytany.core.scope import Reach
from prytany.organisation.models import Substitution
from prytany.organisation.reach import covers


def test_scope_of_specialist_in_a_section_reaches_the_body_that_the_office_serves(world):
    scope = world.scope("specialist")
    assert scope.reaches(Permission.TASK_READ) == (Reach(world.root.pk, True),)
    assert scope.reaches(Permission.TASK_ANSWER) == (Reach(world.section.pk, False),)


@pytest.mark.parametrize(
    ("post", "unit", "expected"),
    [
        ("mau_son_focal", "mau_son", True),
        ("mau_son_focal", "khanh_khe", False),
        ("chief", "mau_son", True),
        ("chief", "elsewhere", False),
        ("home_head", "home", True),
        ("home_head", "works", False),
        ("admin", "home", False),
    ],
)
def test_covers_follows_the_reach_of_the_role(world, post, unit, expected):
    assert covers(world.scope(post), Permission.TASK_READ, world.units[unit].pk) is expected


def test_scope_of_ended_appointment_holds_nothing(world):
    appointment = world.posts["chief"]
    appointment.valid_to = datetime.date(2020, 2, 1)
    appointment.save()
    assert not world.scope("chief").grants


def test_substitute_acts_from_the_absent_post_and_reads_only_where_said(world):
    today = datetime.date(2026, 3, 2)
    Substitution.objects.create(
        absent=world.posts["chief"],
        substitute=world.person("deputy"),
        valid_from=today,
        valid_to=datetime.date(2026, 3, 5),
        extent="read",
    )
    found = list(appointments_of(world.person("deputy"), today))
    assert [a.post.role for a in found] == ["deputy_chief", "chief"]
    scope = scope_of(found[1], person=world.person("deputy"), today=today)
    assert set(scope.grants) == {Permission.TASK_READ, Permission.DOCUMENT_READ}
    assert scope.acting_for == world.posts["chief"].uid
    assert len(appointments_of(world.person("deputy"), datetime.date(2026, 3, 5))) == 1


def test_acting_appointments_are_those_of_the_plain_query_for_each_person_and_day(world):
    today = datetime.date(2026, 3, 2)
    Substitution.objects.create(
        absent=world.posts["chief"], substitute=world.person("deputy"), valid_from=today, valid_to=None, extent="read"
    )
    marks = ("served_id", "cleared_to", "keys_off", "charge_ids", "above_ids", "substitution_extent")

    def told(rows):
        return [
            (row.pk, row.person.name, row.post.unit.uid, row.valid_from, *(getattr(row, mark) for mark in marks))
            for row in rows
        ]

    found = {}
    for name in ("deputy", "chief", "mau_son_focal"):
        for day in (today, today - datetime.timedelta(days=1), datetime.date(1990, 1, 1)):
            person = world.person(name)
            found[name, day] = told(acting_appointments(person.pk, day))
            assert found[name, day] == told(appointments_of(person, day))
    assert [len(rows) for rows in found.values()] == [2, 1, 0, 1, 1, 0, 1, 1, 0]

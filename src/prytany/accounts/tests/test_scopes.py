"""What an appointment reaches."""

import datetime

import pytest

from prytany.accounts.scopes import appointments_of, scope_of
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

"""Clearances: never above one's own, never to oneself, with basis and dates."""

import datetime
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prytany.accounts import services
from prytany.accounts.models import Clearance, NeedToKnow
from prytany.accounts.scopes import scope_of
from prytany.accounts.targets import ClassifiedTarget
from prytany.audit.models import AuditEvent
from prytany.core import levels
from prytany.core.errors import DomainError
from prytany.organisation.models import Substitution
from prytany.organisation.tests.factories import SINCE

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def cleared(world):
    """The administrator is cleared up to "secret"."""
    Clearance.objects.create(person=world.person("admin"), level=levels.SECRET, basis="QĐ 1", valid_from=SINCE)
    return world


def grant(world, name="chief", level=levels.SECRET, **kwargs):
    scope = world.scope("admin")
    values = {"basis": "12-QĐ/TU", "first_day": scope.today, **kwargs}
    return services.grant_clearance(scope=scope, person=world.person(name), level=level, **values)


def test_grant_clearance_holds_from_day_to_day_both_included(cleared):
    today = cleared.scope("admin").today
    grant(cleared, last_day=today + DAY)
    chief = cleared.posts["chief"]
    levels_by_day = [scope_of(chief, today=today + n * DAY).clearance for n in (-1, 0, 1, 2)]
    assert levels_by_day == [levels.INTERNAL, levels.SECRET, levels.SECRET, levels.INTERNAL]
    event = AuditEvent.objects.get(action="clearance.grant")
    assert (event.target_uid, event.data["level"], event.data["basis"]) == (
        cleared.person("chief").uid,
        levels.SECRET,
        "12-QĐ/TU",
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(own=st.sampled_from(levels.ALL), wanted=st.sampled_from(levels.SECRET_LEVELS))
def test_no_clearance_above_ones_own(world, own, wanted):
    Clearance.objects.all().delete()
    if own:
        Clearance.objects.create(person=world.person("admin"), level=own, basis="QĐ 1", valid_from=SINCE)
    if wanted <= own:
        assert grant(world, level=wanted).level == wanted
    else:
        with pytest.raises(PermissionDenied):
            grant(world, level=wanted)


@pytest.mark.parametrize("name", ["admin", "stranger"])
def test_no_clearance_to_oneself_or_outside_the_subtree(cleared, name):
    with pytest.raises(PermissionDenied):
        grant(cleared, name)


def test_substitute_of_an_administrator_grants_no_clearance(cleared):
    Substitution.objects.create(absent=cleared.posts["admin"], substitute=cleared.person("chief"), valid_from=SINCE)
    Clearance.objects.create(person=cleared.person("chief"), level=levels.SECRET, basis="QĐ 2", valid_from=SINCE)
    from prytany.accounts.scopes import appointments_of

    standing_in = appointments_of(cleared.person("chief")).get(pk=cleared.posts["admin"].pk)
    scope = scope_of(standing_in, person=cleared.person("chief"))
    with pytest.raises(PermissionDenied):
        services.grant_clearance(
            scope=scope, person=cleared.person("deputy"), level=levels.SECRET, basis="x", first_day=scope.today
        )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"basis": "  "}, "basis_missing"),
        ({"level": levels.INTERNAL}, "level_needs_no_clearance"),
        ({"last_day": datetime.date(2000, 1, 1)}, "dates_reversed"),
    ],
)
def test_grant_clearance_refuses_what_makes_no_sense(cleared, change, code):
    with pytest.raises(DomainError, match=code):
        grant(cleared, **change)


def test_end_clearance_ends_it_today_once(cleared):
    clearance = grant(cleared)
    scope = cleared.scope("admin")
    services.end_clearance(scope=scope, clearance=clearance)
    assert cleared.scope("chief").clearance == levels.INTERNAL
    with pytest.raises(DomainError, match="clearance_ended"):
        services.end_clearance(scope=scope, clearance=clearance)


def need(world, granter, name, target, **kwargs):
    scope = world.scope(granter)
    values = {"reason": "Thụ lý", "first_day": scope.today, **kwargs}
    return services.grant_need(scope=scope, person=world.person(name), target=target, **values)


def test_need_to_know_is_granted_by_who_knows_to_who_is_cleared(cleared):
    target = ClassifiedTarget("document", uuid4(), levels.SECRET)
    for name in ("chief", "deputy"):
        grant(cleared, name)
    services.open_need(scope=cleared.scope("chief"), target=target, reason="Đăng ký văn bản")
    granted = need(cleared, "chief", "deputy", target)
    assert cleared.scope("deputy").need_to_know == {target.uid}
    services.end_need(scope=cleared.scope("admin"), need=granted)
    assert cleared.scope("deputy").need_to_know == frozenset()


def test_need_to_know_is_not_granted_by_who_does_not_know(cleared):
    target = ClassifiedTarget("document", uuid4(), levels.SECRET)
    grant(cleared, "deputy")
    with pytest.raises(PermissionDenied):
        need(cleared, "admin", "deputy", target)


def test_need_to_know_above_the_clearance_is_refused(cleared):
    target = ClassifiedTarget("document", uuid4(), levels.SECRET)
    grant(cleared, "chief")
    services.open_need(scope=cleared.scope("chief"), target=target, reason="Đăng ký văn bản")
    with pytest.raises(DomainError, match="clearance_too_low"):
        need(cleared, "chief", "deputy", target)


def test_needs_and_clearances_are_visible_to_the_person_and_to_who_manages_the_account(cleared):
    clearance = grant(cleared)
    target = ClassifiedTarget("document", uuid4(), levels.SECRET)
    known = services.open_need(scope=cleared.scope("chief"), target=target, reason="Đăng ký")
    for name, expected in (("chief", True), ("admin", True), ("deputy", False), ("stranger", False)):
        scope = cleared.scope(name)
        assert Clearance.objects.visible_to(scope).filter(pk=clearance.pk).exists() is expected
        assert NeedToKnow.objects.visible_to(scope).filter(pk=known.pk).exists() is expected

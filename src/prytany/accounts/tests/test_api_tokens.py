"""Keys for programs: bound to one appointment and to some of its rights."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory

from prytany.accounts import services
from prytany.accounts.api_auth import ApiTokenAuth
from prytany.accounts.models import ApiToken, User
from prytany.core.errors import DomainError
from prytany.core.permissions import Permission
from prytany.core.scope import Reach

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def make(world, name="chief", permissions=("task.read",), days=30):
    scope = world.scope(name)
    return services.create_token(
        scope=scope,
        appointment=world.posts[name],
        name="Bảng theo dõi",
        permissions=list(permissions),
        expires_on=scope.today + days * DAY,
    )


def call(key, scheme="Bearer"):
    request = RequestFactory().get("/api/v1/tasks", headers={"Authorization": f"{scheme} {key}"})
    request.request_id = "r1"
    return ApiTokenAuth()(request), request


def test_key_acts_from_its_appointment_with_its_rights_alone(world):
    token, key = make(world)
    found, request = call(key)
    assert found == token
    assert dict(request.scope.grants) == {Permission.TASK_READ: (Reach(world.root.pk, True),)}
    assert (request.scope.channel, request.scope.appointment_id) == ("api", world.posts["chief"].pk)
    assert ApiToken.objects.get().last_used_on == request.scope.today


def test_key_is_stored_nowhere(world):
    _token, key = make(world)
    assert key.startswith("pry_")
    assert key not in str(list(ApiToken.objects.values()))


def _revoke(world, token):
    services.revoke_token(scope=world.scope("chief"), token=token)


def _expire(world, token):
    ApiToken.objects.update(expires_on=world.scope("chief").today - DAY)


def _end(world, token):
    world.posts["chief"].valid_to = world.scope("chief").today
    world.posts["chief"].save()


def _close(world, token):
    User.objects.filter(username="chief").update(is_active=False)


@pytest.mark.parametrize("spoil", [_revoke, _expire, _end, _close])
def test_key_that_is_void_does_not_authenticate(world, spoil):
    token, key = make(world)
    assert call(key)[0] == token
    spoil(world, token)
    assert call(key)[0] is None


@pytest.mark.parametrize("key", ["", "pry_", "pry_x", "x" * 500, "' OR 1=1"])
def test_unknown_key_does_not_authenticate(world, key):
    make(world)
    assert call(key)[0] is None


def test_other_scheme_does_not_authenticate(world):
    _token, key = make(world)
    assert call(key, "Basic")[0] is None


def test_key_for_a_right_one_does_not_hold_is_refused(world):
    with pytest.raises(PermissionDenied):
        make(world, "mau_son_focal", ["task.assign"])


def test_key_for_somebody_elses_post_is_refused(world):
    scope = world.scope("chief")
    with pytest.raises(PermissionDenied):
        services.create_token(
            scope=scope,
            appointment=world.posts["deputy"],
            name="x",
            permissions=["task.read"],
            expires_on=scope.today,
        )


def test_key_without_rights_or_for_more_than_a_year_is_refused(world):
    with pytest.raises(DomainError, match="no_permission_chosen"):
        make(world, permissions=())
    with pytest.raises(DomainError, match="expiry_out_of_range"):
        make(world, days=367)
    with pytest.raises(DomainError, match="expiry_out_of_range"):
        make(world, days=-1)


def test_key_is_revoked_by_its_person_or_their_administrator(world):
    token, _key = make(world)
    with pytest.raises(PermissionDenied):
        services.revoke_token(scope=world.scope("deputy"), token=token)
    services.revoke_token(scope=world.scope("admin"), token=token)
    with pytest.raises(DomainError, match="token_revoked"):
        services.revoke_token(scope=world.scope("chief"), token=token)


def test_key_loses_rights_that_its_appointment_no_longer_holds(world):
    _token, key = make(world, permissions=["task.read", "task.assign"])
    post = world.posts["chief"].post
    post.role = "inspector"
    post.save()
    _found, request = call(key)
    assert set(request.scope.grants) == {Permission.TASK_READ}


def test_authentication_needs_few_queries(world, django_assert_num_queries):
    _token, key = make(world)
    call(key)
    with django_assert_num_queries(2):
        call(key)

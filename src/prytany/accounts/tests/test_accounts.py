"""Accounts are made, reset and closed by administrators, for people of their own subtree alone."""

import datetime

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from prytany.accounts import services
from prytany.accounts.models import SignInSlip, TrustedDevice, User
from prytany.accounts.people import manageable_people
from prytany.accounts.services.devices import trust_device
from prytany.accounts.services.slips import code_of, digest_of, find_slip
from prytany.audit.models import AuditEvent
from prytany.core.errors import DomainError
from prytany.organisation.models import Person, Substitution
from prytany.organisation.tests.factories import SINCE, AppointmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home_admin(world):
    """An administrator of one department alone."""
    return AppointmentFactory(
        post__unit=world.units["home"],
        post__role="administrator",
        post__title="Quản trị sở",
        person__name="Quản trị Sở Nội vụ",
    )


@pytest.fixture
def home_scope(home_admin):
    from prytany.accounts.scopes import scope_of

    return scope_of(home_admin)


def names(people):
    return {person.name for person in people}


def actions():
    return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))


def test_administrator_of_the_root_manages_everybody_below_and_nobody_elsewhere(world):
    managed = manageable_people(world.scope("admin"))
    everybody = Person.objects.exclude(pk=world.person("stranger").pk)
    assert set(managed) == set(everybody)


def test_administrator_of_a_department_manages_people_of_that_department_alone(world, home_scope, home_admin):
    assert names(manageable_people(home_scope)) == {world.person("home_head").name, home_admin.person.name}


def test_nobody_without_the_right_manages_anybody(world):
    assert not manageable_people(world.scope("chief")).exists()


def test_person_with_a_further_post_outside_is_not_managed(world, home_scope):
    AppointmentFactory(person=world.person("home_head"), post__unit=world.units["root"], post__role="leader")
    assert world.person("home_head") not in manageable_people(home_scope)


def test_person_with_a_past_post_outside_is_managed(world, home_scope):
    today = home_scope.today
    AppointmentFactory(person=world.person("home_head"), post__unit=world.units["works"], valid_to=today)
    assert world.person("home_head") in manageable_people(home_scope)


def test_person_with_a_future_post_outside_is_not_managed(world, home_scope):
    tomorrow = home_scope.today + datetime.timedelta(days=1)
    AppointmentFactory(person=world.person("home_head"), post__unit=world.units["works"], valid_from=tomorrow)
    assert world.person("home_head") not in manageable_people(home_scope)


def test_substitute_of_somebody_outside_is_not_managed(world, home_scope):
    Substitution.objects.create(
        absent=world.posts["leader"], substitute=world.person("home_head"), valid_from=SINCE, valid_to=None
    )
    assert world.person("home_head") not in manageable_people(home_scope)


def test_person_who_left_is_managed_where_all_posts_were_inside(world, home_scope):
    gone = AppointmentFactory(post__unit=world.units["home"], valid_to=home_scope.today)
    elsewhere = AppointmentFactory(person=gone.person, post__unit=world.units["home"], valid_to=home_scope.today)
    assert gone.person in manageable_people(home_scope)
    AppointmentFactory(person=elsewhere.person, post__unit=world.units["works"], valid_to=home_scope.today)
    assert gone.person not in manageable_people(home_scope)


def test_create_accounts_names_them_and_passes_over_who_has_one_or_is_outside(world):
    new = [
        AppointmentFactory(post__unit=world.units["home"], person__name="Đặng Thị Ánh").person,
        AppointmentFactory(post__unit=world.units["home"], person__name="Đặng Thị Ánh").person,
        AppointmentFactory(post__unit=world.units["elsewhere"], person__name="Người ngoài").person,
    ]
    created = services.create_accounts(scope=world.scope("admin"), people=[*new, world.person("chief")])
    assert [(user.username, user.has_usable_password()) for user in created] == [
        ("dang.thi.anh", False),
        ("dang.thi.anh.2", False),
    ]
    assert actions() == ["account.create", "account.create"]


def test_create_accounts_refuses_who_manages_none(world):
    with pytest.raises(PermissionDenied):
        services.create_accounts(scope=world.scope("chief"), people=[])


def test_slip_sets_the_first_password_once(world):
    user = world.user("home_head")
    User.objects.filter(pk=user.pk).update(password="!")
    (slip,) = services.issue_slips(scope=world.scope("admin"), users=[user])
    code = code_of(slip)
    assert find_slip(code.lower().replace("-", " ")) == slip
    assert code not in str(list(SignInSlip.objects.values()))
    assert services.use_slip(code=code, password="một mật khẩu dài").check_password("một mật khẩu dài")
    with pytest.raises(DomainError, match="slip_unknown"):
        services.use_slip(code=code, password="another long password")
    assert actions() == ["slip.issue", "slip.use"]


def test_letters_that_look_alike_are_read_as_meant():
    assert digest_of("oil-u") == digest_of("011V")


def test_slip_that_is_too_old_is_refused(world):
    user = world.user("home_head")
    User.objects.filter(pk=user.pk).update(password="!")
    (slip,) = services.issue_slips(scope=world.scope("admin"), users=[user])
    SignInSlip.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    with pytest.raises(DomainError, match="slip_unknown"):
        services.use_slip(code=code_of(slip), password="another long password")


def test_new_slip_makes_the_earlier_one_void(world):
    user = world.user("home_head")
    User.objects.filter(pk=user.pk).update(password="!")
    (first,) = services.issue_slips(scope=world.scope("admin"), users=[user])
    (second,) = services.issue_slips(scope=world.scope("admin"), users=[user])
    assert find_slip(code_of(first)) is None
    assert find_slip(code_of(second)) == second


def test_account_with_a_password_gets_a_slip_only_as_a_reset(world):
    user = world.user("home_head")
    assert services.issue_slips(scope=world.scope("admin"), users=[user]) == []
    (slip,) = services.issue_slips(scope=world.scope("admin"), users=[user], reset=True)
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert slip.user == user
    assert actions() == ["account.reset", "slip.issue"]


def test_reset_ends_sessions_devices_and_on_request_the_second_factor(world, client, client_of):
    user = world.user("home_head")
    client_of("home_head")
    trust_device(scope=world.scope("home_head"), user=user, days=5, label="Firefox")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    services.issue_slips(scope=world.scope("admin"), users=[user], reset=True)
    assert client.get("/account/").status_code == 302
    assert not TrustedDevice.objects.exists()
    assert Authenticator.objects.count() == 1
    services.issue_slips(scope=world.scope("admin"), users=[user], reset=True, second_factor=True)
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("name", ["works_head", "admin", "stranger"])
def test_slips_outside_the_subtree_and_for_oneself_are_not_made(world, home_scope, name):
    before = world.user(name).password
    assert services.issue_slips(scope=home_scope, users=[world.user(name)], reset=True) == []
    assert User.objects.get(username=name).password == before


def test_administrator_makes_no_slip_for_themselves(world):
    assert services.issue_slips(scope=world.scope("admin"), users=[world.user("admin")], reset=True) == []


def test_closed_account_is_out_at_once_and_its_slip_is_void(world, client, client_of):
    user = world.user("home_head")
    client_of("home_head")
    trust_device(scope=world.scope("home_head"), user=user, days=5, label="Firefox")
    services.close_account(scope=world.scope("admin"), user=user)
    assert client.get("/account/").url.startswith("/sign-in/?")
    assert not TrustedDevice.objects.exists()
    assert actions()[-1] == "account.close"
    services.open_account(scope=world.scope("admin"), user=user)
    assert User.objects.get(pk=user.pk).is_active


def test_close_account_refuses_oneself_strangers_and_a_second_time(world, home_scope):
    with pytest.raises(PermissionDenied):
        services.close_account(scope=world.scope("admin"), user=world.user("admin"))
    with pytest.raises(PermissionDenied):
        services.close_account(scope=home_scope, user=world.user("works_head"))
    services.close_account(scope=home_scope, user=world.user("home_head"))
    with pytest.raises(DomainError, match="account_closed"):
        services.close_account(scope=home_scope, user=world.user("home_head"))


@pytest.mark.parametrize("username", ["", "-x", "có dấu", "a b", "x" * 61])
def test_rename_account_refuses_malformed_names(world, username):
    with pytest.raises(DomainError, match="username_malformed"):
        services.rename_account(scope=world.scope("admin"), user=world.user("chief"), username=username)


def test_rename_account_takes_a_free_name_whatever_the_case(world):
    services.rename_account(scope=world.scope("admin"), user=world.user("chief"), username=" Chanh.VP ")
    assert User.objects.get_by_natural_key("CHANH.vp") == world.user("chief")
    with pytest.raises(DomainError, match="username_taken"):
        services.rename_account(scope=world.scope("admin"), user=world.user("deputy"), username="chanh.vp")


def test_change_password_ends_other_sessions_and_trust(world, client, client_of):
    user = world.user("chief")
    client_of("chief")
    trust_device(scope=world.scope("chief"), user=user, days=5, label="Firefox")
    services.change_password(scope=world.scope("chief"), user=user, password="một mật khẩu mới", keep_session="")
    assert client.get("/account/").status_code == 302
    assert not TrustedDevice.objects.exists()


def test_page_of_slips_makes_those_that_are_lacking(world, client_of):
    person = AppointmentFactory(
        post__unit=world.mau_son, post__role="focal_point", person__name="Người mới (thử)"
    ).person
    services.create_accounts(scope=world.scope("admin"), people=Person.objects.filter(pk=person.pk))
    client = client_of("admin")
    page = client.get(reverse("administration:slips")).content.decode()
    assert "Make 1 slip" in page
    page = client.post(reverse("administration:make_slips"), follow=True).content.decode()
    assert "Người mới (thử)" in page
    assert "Make 1 slip" not in page
    assert SignInSlip.objects.get().user.person == person

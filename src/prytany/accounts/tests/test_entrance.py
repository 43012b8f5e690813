"""Signing in: password, slip, second factor, trusted device, lock, first run."""

import re
import threading

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from prytany.accounts import services
from prytany.accounts.devices import COOKIE
from prytany.accounts.models import TrustedDevice, User
from prytany.accounts.services.setup import Founder
from prytany.accounts.services.slips import code_of
from prytany.accounts.tests.world import PASSWORD
from prytany.audit.models import AuditEvent
from prytany.core.errors import DomainError
from prytany.organisation.models import Appointment, Unit, UnitName

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()
    yield
    cache.clear()


def sign_in(client, username, password=PASSWORD, **extra):
    return client.post(SIGN_IN, {"login": username, "password": password, **extra})


def totp_code(secret):
    counter = next(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counter))


def add_app(user):
    return TOTP.activate(user, "JBSWY3DPEHPK3PXP")


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_sign_in_goes_to_the_page_of_the_role(client, world):
    response = sign_in(client, "chief")
    assert response.status_code == 302
    assert response.url == reverse("home")
    assert AuditEvent.objects.filter(action="session.start", actor_uid=world.person("chief").uid).count() == 1


def test_link_asked_for_survives_sign_in(client, world):
    asked = client.get("/account/?x=1")
    assert asked.url == "/sign-in/?next=/account/%3Fx%3D1"
    page = client.get(asked.url)
    assert 'name="next" value="/account/?x=1"' in page.content.decode()
    assert sign_in(client, "chief", next="/account/?x=1").url == "/account/?x=1"


def test_link_to_another_site_is_not_followed(client, world):
    assert sign_in(client, "chief", next="https://evil.example/").url == reverse("home")


def test_sign_in_page_names_whom_to_call_and_no_person(client, world):
    text = text_of(client.get(SIGN_IN))
    assert "Quản trị" in text
    assert world.person("admin").name not in text


def test_sign_in_name_counts_whatever_the_case(client, world):
    assert sign_in(client, "CHIEF").status_code == 302


def test_account_without_a_person_does_not_sign_in(client, world):
    user = User(username="ghost")
    user.set_password(PASSWORD)
    user.save()
    assert sign_in(client, "ghost").url == reverse("account_inactive")
    assert client.get("/account/").status_code == 302


def test_closed_account_is_told_so(client, world):
    services.close_account(scope=world.scope("admin"), user=world.user("chief"))
    response = sign_in(client, "chief")
    assert response.url == reverse("account_inactive")
    assert client.get(response.url).status_code == 200


@pytest.mark.parametrize("address", ["/sign-in/signup/", "/sign-in/password/reset/", "/sign-in/email/"])
def test_there_is_no_sign_up_and_no_reset_by_mail(client, world, address):
    assert client.get(address).status_code == 404


# Lock on guessing


def test_guessing_locks_the_account_for_that_address_and_nobody_else(client, world):
    for _ in range(8):
        response = sign_in(client, "chief", "wrong password")
    locked = sign_in(client, "chief")
    assert (response.status_code, locked.status_code) == (429, 429)
    assert "Quản trị" in text_of(locked)
    # Others in the same office, behind the same address, sign in; so does the same person from elsewhere.
    assert sign_in(Client(), "deputy").status_code == 302
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7"), "chief").status_code == 302
    assert AuditEvent.objects.filter(action="session.lock").count() == 1


def test_office_behind_one_address_may_mistype_together(world):
    names = ["chief", "deputy", "clerk", "specialist", "leader", "inspector"]
    for name in names:
        for _ in range(4):
            assert sign_in(Client(), name, "wrong password").status_code == 200
    assert [sign_in(Client(), name).status_code for name in names] == [302] * 6


def test_other_capitals_do_not_get_new_tries(client, world):
    for number in range(8):
        sign_in(client, "chief" if number % 2 else "CHIEF", "wrong password")
    assert sign_in(client, "Chief").status_code == 429


def test_forwarded_address_is_believed_from_our_own_proxies_only(rf, settings):
    from prytany.accounts.throttling import address_of

    request = rf.get("/", headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}, REMOTE_ADDR="10.0.0.1")
    assert address_of(request) == "10.0.0.1"
    settings.PROXIES = 1
    assert address_of(request) == "203.0.113.9"


# Second factor


def test_second_factor_is_asked_and_recovery_code_works_once(client, world):
    add_app(world.user("chief"))
    assert sign_in(client, "chief").url == reverse("mfa_authenticate")
    assert client.get("/account/").status_code == 302
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == 200
    right = client.post(reverse("mfa_authenticate"), {"code": totp_code("JBSWY3DPEHPK3PXP")})
    assert right.status_code == 302
    assert client.get("/account/").status_code == 200


def test_guessing_the_second_factor_is_slowed_down(client, world):
    add_app(world.user("chief"))
    sign_in(client, "chief")
    for _ in range(10):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    response = client.post(reverse("mfa_authenticate"), {"code": totp_code("JBSWY3DPEHPK3PXP")})
    assert response.status_code == 200
    assert client.get("/account/").status_code == 302


def test_secret_of_the_app_is_not_stored_in_the_clear(world):
    add_app(world.user("chief"))
    assert "JBSWY3DPEHPK3PXP" not in str(list(Authenticator.objects.values()))


def test_role_that_demands_a_second_factor_is_led_to_it(client, world, settings):
    settings.MFA_REQUIRED = True
    sign_in(client, "chief")
    assert client.get("/account/").url == "/account/sign-in/?next=%2Faccount%2F"
    page = client.get("/account/sign-in/?next=/account/")
    assert page.status_code == 200
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    fragment = client.get("/account/", headers={"HX-Request": "true"})
    assert (fragment.status_code, fragment["X-Sign-In"]) == (401, "/account/sign-in/")
    add_app(world.user("chief"))
    assert client.get("/account/").status_code == 200


def test_role_that_demands_none_is_not_asked(client, world, settings):
    settings.MFA_REQUIRED = True
    sign_in(client, "mau_son_focal")
    assert client.get("/account/").status_code == 200


def test_last_second_factor_stays_where_the_role_demands_one(client, world, settings):
    settings.MFA_REQUIRED = True
    add_app(world.user("chief"))
    sign_in(client, "chief")
    client.post(reverse("mfa_authenticate"), {"code": totp_code("JBSWY3DPEHPK3PXP")})
    response = client.post(reverse("mfa_deactivate_totp"))
    assert response.status_code == 200
    assert Authenticator.objects.filter(type="totp").exists()


def test_app_is_set_up_right_after_sign_in_and_gives_recovery_codes(client, world, django_capture_on_commit_callbacks):
    sign_in(client, "chief")
    page = client.get(reverse("mfa_activate_totp"))
    secret = re.search(r"<code[^>]*>([A-Z2-7]{16,})</code>", page.content.decode()).group(1)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("mfa_activate_totp"), {"code": totp_code(secret)})
    assert response.url == reverse("mfa_view_recovery_codes")
    assert len(re.findall(r"<code>\d+</code>", client.get(response.url).content.decode())) == 10
    actions = AuditEvent.objects.filter(action="factor.add").values_list("data", flat=True)
    assert sorted(data["kind"] for data in actions) == ["recovery_codes", "totp"]


# Trusted device


def test_trusted_device_spares_the_second_factor_but_not_the_password(client, world):
    add_app(world.user("chief"))
    sign_in(client, "chief", trust="on")
    response = client.post(reverse("mfa_authenticate"), {"code": totp_code("JBSWY3DPEHPK3PXP")})
    device = TrustedDevice.objects.get()
    assert int(response.cookies[COOKIE]["max-age"]) == 30 * 86400
    assert response.cookies[COOKIE].value not in str(list(TrustedDevice.objects.values()))
    client.post(reverse("account_logout"))
    assert client.get("/account/").status_code == 302
    assert sign_in(client, "chief").url == reverse("home")
    client.post(reverse("account_logout"))
    device.delete()
    assert sign_in(client, "chief").url == reverse("mfa_authenticate")


def test_device_trusted_by_one_person_is_not_trusted_for_another(client, world):
    for name in ("chief", "deputy"):
        add_app(world.user(name))
    sign_in(client, "chief", trust="on")
    client.post(reverse("mfa_authenticate"), {"code": totp_code("JBSWY3DPEHPK3PXP")})
    client.post(reverse("account_logout"))
    assert sign_in(client, "deputy").url == reverse("mfa_authenticate")


def test_focal_point_stays_signed_in_on_a_trusted_telephone(client, world):
    sign_in(client, "mau_son_focal", trust="on")
    assert client.session.get_expiry_age() == 90 * 86400
    other = Client()
    sign_in(other, "mau_son_focal")
    assert other.session.get_expiry_age() <= 12 * 3600


def test_post_with_second_factor_does_not_stay_signed_in(client, world):
    sign_in(client, "chief", trust="on")
    assert client.session.get_expiry_age() <= 12 * 3600


def test_removing_the_second_factor_ends_the_trust(client, world):
    add_app(world.user("chief"))
    sign_in(client, "chief", trust="on")
    client.post(reverse("mfa_authenticate"), {"code": totp_code("JBSWY3DPEHPK3PXP")})
    assert TrustedDevice.objects.count() == 1
    client.post(reverse("mfa_deactivate_totp"))
    assert not TrustedDevice.objects.exists()


# Password


def test_password_that_was_given_has_to_be_changed_first(client, world):
    User.objects.filter(username="chief").update(must_change_password=True)
    sign_in(client, "chief", next="/account/")
    assert client.get("/account/").url == "/sign-in/password/?next=%2Faccount%2F"
    response = client.post(
        "/sign-in/password/",
        {"oldpassword": PASSWORD, "password1": "bốn từ rất dài", "password2": "bốn từ rất dài", "next": "/account/"},
    )
    assert response.url == "/account/"
    assert client.get("/account/").status_code == 200
    assert not User.objects.get(username="chief").must_change_password


def test_changing_the_password_signs_out_elsewhere_and_keeps_this_session(client, world):
    other = Client()
    for one in (client, other):
        sign_in(one, "chief")
    client.post(
        "/sign-in/password/",
        {"oldpassword": PASSWORD, "password1": "bốn từ rất dài", "password2": "bốn từ rất dài"},
    )
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302


@pytest.mark.parametrize("password", ["short", "1234567890", "mat khau khac"])
def test_weak_or_mistyped_passwords_are_refused(client, world, password):
    sign_in(client, "chief")
    again = password if password != "mat khau khac" else "mat khau kia"
    response = client.post("/sign-in/password/", {"oldpassword": PASSWORD, "password1": password, "password2": again})
    assert response.status_code == 200
    assert world.user("chief").check_password(PASSWORD)


# Slip


def make_slip(world, name="home_head"):
    user = world.user(name)
    services.issue_slips(scope=world.scope("admin"), users=[user], reset=True)
    return code_of(user.slips.get())


def test_slip_page_sets_the_password_and_signs_in(client, world):
    code = make_slip(world)
    assert client.get("/account/slip/").status_code == 200
    response = client.post(
        "/account/slip/", {"code": code.lower(), "password1": "bốn từ rất dài", "password2": "bốn từ rất dài"}
    )
    assert response.status_code == 302
    assert client.get("/account/").status_code == 200
    again = Client().post(
        "/account/slip/", {"code": code, "password1": "một từ khác nữa", "password2": "một từ khác nữa"}
    )
    assert again.status_code == 422


def test_slip_page_keeps_the_slip_where_the_password_is_too_weak(client, world):
    code = make_slip(world)
    response = client.post("/account/slip/", {"code": code, "password1": "1234567890", "password2": "1234567890"})
    assert response.status_code == 422
    assert services.use_slip(code=code, password="bốn từ rất dài")


def test_wrong_codes_from_one_address_are_slowed_down_and_right_ones_are_not(client, world):
    for _ in range(61):
        response = client.post("/account/slip/", {"code": "x", "password1": "y", "password2": "y"})
    assert response.status_code == 429
    code = make_slip(world)
    good = client.post("/account/slip/", {"code": code, "password1": "bốn từ rất dài", "password2": "bốn từ rất dài"})
    assert good.status_code == 302


def test_slip_command_prints_a_way_in_for_the_last_administrator(client, world, capsys):
    from django.core.management import call_command

    call_command("slip", "ADMIN", "--second-factor")
    code = re.search(r"([0-9A-Z]{4}-){3}[0-9A-Z]{4}", capsys.readouterr().out).group(0)
    assert services.use_slip(code=code, password="bốn từ rất dài").username == "admin"
    event = AuditEvent.objects.get(action="slip.issue")
    assert (event.channel, event.root_id) == ("console", world.root.pk)


# First run

FORM = {
    "unit": "Văn phòng Tỉnh ủy",
    "name": "Quản trị viên",
    "title": "Quản trị",
    "language": "vi",
    "username": "Quan.Tri",
    "password1": "bốn từ rất dài",
    "password2": "bốn từ rất dài",
}


def test_empty_installation_leads_to_the_first_run_page(client):
    assert client.get("/account/").url == "/setup/"
    assert client.get("/sign-in/").url == "/setup/"
    assert client.get("/setup/").status_code == 200


def test_first_run_page_makes_the_administrator_and_leads_to_the_checklist(client):
    response = client.post("/setup/", FORM)
    assert response.url == "/administration/"
    assert client.get("/administration/").status_code == 200
    user = User.objects.get()
    appointment = Appointment.objects.get()
    assert (user.username, user.person.name) == ("quan.tri", "Quản trị viên")
    assert (appointment.post.role, appointment.post.title) == ("administrator", "Quản trị")
    assert UnitName.objects.get().name == "Văn phòng Tỉnh ủy"
    assert AuditEvent.objects.filter(action="setup.finish", root_id=Unit.objects.get().pk).exists()


def test_first_run_page_is_closed_for_ever_after(client):
    client.post("/setup/", FORM)
    assert Client().get("/setup/").status_code == 404
    assert Client().post("/setup/", FORM).status_code == 404
    assert User.objects.count() == 1


@pytest.mark.parametrize("change", [{"unit": " "}, {"username": "có dấu"}, {"password1": "short"}, {"language": "xx"}])
def test_first_run_page_refuses_what_is_not_well_formed_and_leaves_nothing(client, change):
    assert client.post("/setup/", {**FORM, **change}).status_code == 422
    assert not User.objects.exists()
    assert not Unit.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_set_up_at_once_one_does():
    if connection.vendor != "postgresql":
        pytest.skip("needs two connections that can wait for each other")
    barrier, results = threading.Barrier(2), []

    def run(name):
        try:
            barrier.wait()
            services.set_up(founder=Founder("Văn phòng", "Quản trị", "Quản trị", "vi", name, "bốn từ rất dài"))
            results.append("done")
        except DomainError as error:
            results.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(name,)) for name in ("an", "binh")]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sorted(results) == ["done", "set_up_already"]
    assert (User.objects.count(), Unit.objects.count()) == (1, 1)


def test_signing_in_is_told_by_the_page_alone(client, world):
    sign_in(client, "chief")
    assert "notice" not in client.get("/account/").content.decode().split("<main")[1].split("<h1>")[0]

"""Page 22: absence, phrases, keys, language, posts, devices, keys for programs."""

import datetime
import re

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from prytany.accounts import preferences
from prytany.accounts.models import ApiToken, TrustedDevice
from prytany.accounts.services.devices import trust_device
from prytany.accounts.tests.world import PASSWORD
from prytany.audit.models import AuditEvent
from prytany.core import registry
from prytany.organisation.models import Person, Substitution
from prytany.organisation.tests.factories import SINCE, AppointmentFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def absence(world, name="chief", **change):
    day = world.scope(name).today + 3 * DAY
    return {
        "appointments": [str(world.posts[name].uid)],
        "first_day": day.strftime("%d/%m/%Y"),
        "last_day": (day + DAY).strftime("%d/%m/%Y"),
        "substitute": world.person("deputy").name,
        "extent": "all",
        "form_token": "t1",
        **change,
    }


def test_absence_by_typed_name_lets_the_substitute_act_on_both_days_included(client_of, world):
    response = client_of("chief").post(reverse("accounts:set_absence"), absence(world))
    assert response.status_code == 302
    row = Substitution.objects.get()
    day = world.scope("chief").today + 3 * DAY
    assert (row.absent, row.substitute, row.valid_from, row.valid_to) == (
        world.posts["chief"],
        world.person("deputy"),
        day,
        day + 2 * DAY,
    )


def test_absence_sent_twice_is_entered_once(client_of, world):
    client = client_of("chief")
    for _ in range(2):
        assert client.post(reverse("accounts:set_absence"), absence(world)).status_code == 302
    assert Substitution.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"substitute": "Không ai"},
        {"substitute": ""},
        {"substitute": "Chánh Văn phòng (thử)"},
        {"last_day": "1/1/2020"},
        {"first_day": "32/13"},
        {"extent": "half"},
    ],
)
def test_absence_that_makes_no_sense_is_refused_at_the_field_and_kept_on_the_page(client_of, world, change):
    response = client_of("chief").post(reverse("accounts:set_absence"), absence(world, reason="Đi họp", **change))
    assert response.status_code == 422
    assert "Đi họp" in response.content.decode()
    assert not Substitution.objects.exists()


def test_absence_of_a_post_that_is_not_ones_own_is_refused(client_of, world):
    data = absence(world, appointments=[str(world.posts["leader"].uid)])
    assert client_of("chief").post(reverse("accounts:set_absence"), data).status_code == 422


def test_person_of_another_office_cannot_stand_in(client_of, world):
    data = absence(world, substitute=world.person("stranger").name, substitute_uid=str(world.person("stranger").uid))
    assert client_of("chief").post(reverse("accounts:set_absence"), data).status_code == 422


def test_namesakes_are_told_apart_by_their_uid(client_of, world):
    twin = AppointmentFactory(post__unit=world.units["office"], person__name=world.person("deputy").name).person
    client = client_of("chief")
    assert client.post(reverse("accounts:set_absence"), absence(world)).status_code == 422
    data = absence(world, substitute_uid=str(twin.uid))
    assert client.post(reverse("accounts:set_absence"), data).status_code == 302
    assert Substitution.objects.get().substitute == twin


def test_completion_finds_people_of_the_same_office_without_accents(client_of, world):
    results = client_of("chief").get(reverse("accounts:people"), {"q": "giam doc noi"}).json()["results"]
    assert results == [
        {
            "value": str(world.person("home_head").uid),
            "label": world.person("home_head").name,
            "note": "Giám đốc Sở Nội vụ, Sở Nội vụ",
        }
    ]
    assert client_of("chief").get(reverse("accounts:people"), {"q": "khac"}).json() == {"results": []}


def test_absence_can_be_taken_back_by_its_person_alone(client_of, world):
    client_of("chief").post(reverse("accounts:set_absence"), absence(world))
    address = reverse("accounts:withdraw_absence", args=[Substitution.objects.get().uid])
    assert client_of("leader").post(address).status_code == 404
    assert client_of("chief").post(address).status_code == 302
    assert Substitution.objects.get().withdrawn_at is not None


def test_phrases_and_keys_are_kept(client_of, world):
    client = client_of("chief")
    client.post(reverse("accounts:set_phrases"), {"phrases": "Đồng ý\n\n  Giao  Văn phòng \nĐồng ý\n"})
    client.post(reverse("accounts:set_shortcuts"), {})
    scope = world.scope("chief")
    assert preferences.get(scope, "phrases") == ["Đồng ý", "Giao Văn phòng"]
    assert preferences.get(scope, "shortcuts") is False


def test_language_is_kept_with_the_person(client_of, world):
    client_of("chief").post(reverse("core:language"), {"language": "ur", "next": "/account/"})
    assert Person.objects.get(pk=world.person("chief").pk).language == "ur"
    assert 'dir="rtl"' in client_of("chief").get("/account/").content.decode()


def test_acting_from_another_post_holds_until_changed(client_of, world):
    second = AppointmentFactory(person=world.person("chief"), post__unit=world.units["home"], post__title="Ủy viên")
    client = client_of("chief")
    client.post(reverse("accounts:act_from"), {"appointment": str(second.uid), "next": "/account/"})
    assert client.get("/account/").wsgi_request.scope.appointment_id == second.pk
    client.post(reverse("accounts:act_from"), {"appointment": str(world.posts["chief"].uid)})
    assert client.get("/account/").wsgi_request.scope.appointment_id == world.posts["chief"].pk


def test_nobody_acts_from_a_post_of_somebody_else(client_of, world):
    client = client_of("chief")
    response = client.post(reverse("accounts:act_from"), {"appointment": str(world.posts["leader"].uid)})
    assert response.status_code == 404
    assert client.get("/account/").wsgi_request.scope.appointment_id == world.posts["chief"].pk


def test_post_that_ended_is_no_longer_acted_from(client_of, world):
    second = AppointmentFactory(person=world.person("chief"), post__unit=world.units["home"])
    client = client_of("chief")
    client.post(reverse("accounts:act_from"), {"appointment": str(second.uid)})
    second.valid_to = world.scope("chief").today
    second.save()
    assert client.get("/account/").wsgi_request.scope.appointment_id == world.posts["chief"].pk


def test_account_without_a_post_sees_its_own_account_and_nothing_else(client_of, world):
    appointment = world.posts["chief"]
    appointment.valid_to = SINCE + DAY
    appointment.save()
    client = client_of("chief")
    assert client.get("/").url == "/account/"
    for name in ("accounts:account", "accounts:security"):
        assert client.get(reverse(name)).status_code == 200
    for name in ("accounts:tokens", "accounts:people", "audit:log", "administration:home"):
        assert client.get(reverse(name)).url == "/account/"
    assert client.post(reverse("drafts:save")).url == "/account/"


def test_request_needs_three_queries_before_the_view(client_of, django_assert_num_queries):
    client = client_of("chief")
    client.get("/dates/reading/?text=5/12")
    with django_assert_num_queries(3):
        assert client.get("/dates/reading/?text=5/12").status_code == 200


def test_panels_of_upper_apps_stand_on_the_page(client_of, world):
    panels = registry.panels("accounts.account")
    panels.register("test")(lambda request, user: registry.Panel("core/_empty.html", {}))
    try:
        assert client_of("chief").get("/account/").status_code == 200
    finally:
        panels.remove("test")


# Devices and sessions


def test_device_is_trusted_no_longer_by_its_person_alone(client_of, world):
    device, _token = trust_device(scope=world.scope("chief"), user=world.user("chief"), days=3, label="Firefox, Linux")
    address = reverse("accounts:forget_device", args=[device.uid])
    assert client_of("deputy").post(address).status_code == 404
    client = client_of("chief")
    assert "Firefox, Linux" in client.get(reverse("accounts:security")).content.decode()
    assert client.post(address).status_code == 302
    assert not TrustedDevice.objects.exists()


def test_signing_out_elsewhere_keeps_this_session(world):
    here, there = Client(), Client()
    for one in (here, there):
        one.post("/sign-in/", {"login": "chief", "password": PASSWORD})
    page = here.get(reverse("accounts:security")).content.decode()
    assert page.count("127.0.0.1") == 2
    here.post(reverse("accounts:end_sessions"))
    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200
    assert AuditEvent.objects.get(action="session.end_others").data == {"count": 1}


# Keys for programs


def token_data(world, **change):
    day = world.scope("chief").today + 30 * DAY
    values = {"name": "Bảng", "permissions": ["task.read"], "expires_on": day.strftime("%d/%m/%Y"), "form_token": "k"}
    return {**values, **change}


def test_key_is_shown_once(client_of, world):
    client = client_of("chief")
    response = client.post(reverse("accounts:create_token"), token_data(world))
    key = re.search(r"pry_[\w-]+", response.content.decode()).group(0)
    assert response["Cache-Control"] == "no-store"
    again = client.post(reverse("accounts:create_token"), token_data(world))
    assert again.status_code == 302
    assert key not in client.get(reverse("accounts:tokens")).content.decode()
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize(
    "change", [{"name": ""}, {"permissions": []}, {"permissions": ["account.manage"]}, {"expires_on": "1/1/2020"}]
)
def test_key_that_may_not_be_made_is_refused_on_the_page(client_of, world, change):
    assert client_of("chief").post(reverse("accounts:create_token"), token_data(world, **change)).status_code == 422
    assert not ApiToken.objects.exists()


def test_key_is_revoked_by_its_person_alone(client_of, world):
    client_of("chief").post(reverse("accounts:create_token"), token_data(world))
    address = reverse("accounts:revoke_token", args=[ApiToken.objects.get().uid])
    assert client_of("deputy").post(address).status_code == 404
    assert client_of("chief").post(address).status_code == 302
    assert ApiToken.objects.get().revoked_at is not None


# Drafts


def test_draft_endpoint_keeps_offers_and_forgets(client_of, world):
    client, address = client_of("chief"), reverse("drafts:save")
    assert client.get(address, {"form": "work.task"}).status_code == 204
    kept = client.post(address, {"form": "work.task", "data": '{"content": "Rà soát"}'})
    assert list(kept.json()) == ["saved"]
    assert client.get(address, {"form": "work.task"}).json()["data"] == {"content": "Rà soát"}
    assert client_of("deputy").get(address, {"form": "work.task"}).status_code == 204
    assert client_of("chief").post(address, {"form": "work.task", "data": "{}"}).status_code == 204
    assert client_of("chief").get(address, {"form": "work.task"}).status_code == 204


@pytest.mark.parametrize(
    ("data", "status"),
    [("", 422), ("[]", 422), ("{", 422), ('{"level": "10", "x": "y"}', 409)],
)
def test_draft_endpoint_refuses_what_is_malformed_or_classified(client_of, data, status):
    assert client_of("clerk").post(reverse("drafts:save"), {"form": "a", "data": data}).status_code == status


def test_lost_session_answers_401_so_that_the_form_stays(client, world):
    response = client.post(reverse("drafts:save"), {}, headers={"X-Requested-With": "fetch"})
    assert (response.status_code, response["X-Sign-In"]) == (401, "/sign-in/")

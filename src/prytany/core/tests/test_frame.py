"""The frame around every page: rail, header, band, language, what is shown when something went wrong."""

import datetime
import json
import re

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import HttpResponse
from django.shortcuts import render
from django.test import Client, RequestFactory
from django.urls import include, path, reverse
from django.utils import translation

from prytany.core import dates, registry, undo
from prytany.core.errors import DomainError
from prytany.core.frame import HTMX_CONFIG, RAIL, script_words
from prytany.organisation.models import Appointment, Substitution
from prytany.organisation.roles import ROLES


def shown(request):
    return render(
        request,
        "core/page.html",
        {"rail": "desk", "as_of": dates.read(request.GET["as_of"]).date if "as_of" in request.GET else None},
    )


def refuse(error):
    def view(request):
        raise error

    return view


def done(request):
    if request.method == "POST":
        return HttpResponse("undone" if undo.allowed(request) else "too late")
    undo.success(request, "Seven tasks are assigned.", "/done/", {"act": "17"})
    return render(request, "core/page.html")


urlpatterns = [
    path("", include("prytany.config.urls")),
    path("x/desk/", shown),
    path("done/", done),
    path("denied/", refuse(PermissionDenied())),
    path("bad/", refuse(SuspiciousOperation("bad"))),
    path("large/", refuse(RequestDataTooBig())),
    path("broken/", refuse(RuntimeError("broken"))),
    path("not-now/", refuse(DomainError("not_now", "Not now."))),
]
handler400 = "prytany.core.views.bad_request"
handler500 = "prytany.core.views.server_error"


@pytest.fixture(autouse=True)
def frame_urls(settings):
    settings.ROOT_URLCONF = "prytany.core.tests.test_frame"


@pytest.fixture
def page_of(client_of, world):
    """Return a function that fetches a page as the holder of a post, in English unless told otherwise."""

    def fetch(name, address="/x/desk/", language="en", **kwargs):
        person = world.person(name)
        person.language = language
        person.save()
        return client_of(name).get(address, **kwargs)

    return fetch


def words(response):
    text = re.sub(
        r"<template.*?</template>|<script.*?</script>|<dialog.*?</dialog>",
        " ",
        response.content.decode(),
        flags=re.DOTALL,
    )
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_every_rail_entry_of_every_role_is_known():
    assert {key for role in ROLES.values() for key in role.rail} <= set(RAIL) | set(registry.rail_entries)


def test_rail_shows_what_the_role_has_and_the_installation_offers(page_of):
    html = page_of("chief").content.decode()
    rail = html[html.index('<nav class="rail"') :]
    rail = rail[: rail.index("</nav>")]
    assert f'<a href="{reverse("work:desk")}" aria-current="page"' in rail
    keys = [entry.key for entry in page_of("chief").context["frame"].rail]
    assert keys[0] == "desk"
    assert "overview" in keys
    assert keys == [key for key in ROLES["chief"].rail if key in keys]


def test_rail_counts_what_waits_for_this_persons_decision(page_of):
    before = registry.rail_counts.get("desk")
    registry.rail_counts.register("desk")(lambda scope: 1234 if scope.role == "chief" else 0)
    try:
        assert (
            '<span class="seal">1,234<span class="visually-hidden"> waiting for me</span></span>'
            in page_of("chief").content.decode()
        )
        assert 'class="seal"' not in page_of("specialist").content.decode()
    finally:
        registry.rail_counts.remove("desk")
        if before:
            registry.rail_counts.register("desk")(before)


def test_rail_is_folded_where_this_browser_keeps_it_so(page_of, client):
    assert 'class="shell"' in page_of("chief").content.decode()
    client.cookies["prytany_rail"] = "folded"
    assert 'class="shell folded"' in page_of("chief").content.decode()


@pytest.mark.parametrize(
    ("language", "direction", "sheet"), [("vi", "ltr", "bootstrap.min"), ("ur", "rtl", "bootstrap.rtl.min")]
)
def test_page_speaks_the_persons_language_in_its_direction(page_of, language, direction, sheet):
    html = page_of("chief", language=language).content.decode()
    assert f'<html lang="{language}" dir="{direction}">' in html
    assert f'href="/static/build/{sheet}.css"' in html
    assert html.count("build/bootstrap") == 1


def test_scripts_get_sentences_and_addresses_without_inline_script(page_of):
    response = page_of("chief")
    html = response.content.decode()
    found = re.search(r'<script id="frame-words" type="application/json">(.*?)</script>', html)
    with translation.override("en"):
        assert json.loads(found[1])["words"] == script_words()
    assert json.loads(found[1])["urls"]["date_reading"] == "/dates/reading/"
    assert "'unsafe-inline'" not in response["Content-Security-Policy"]


def test_htmx_swaps_conflicts_and_form_errors_only():
    handling = json.loads(HTMX_CONFIG)["responseHandling"]

    def swaps(status):
        return next(rule["swap"] for rule in handling if re.fullmatch(rule["code"], str(status)))

    assert {status: swaps(status) for status in (200, 204, 302, 401, 403, 404, 409, 422, 500)} == {
        200: True, 204: False, 302: True, 401: False, 403: False, 404: False, 409: True, 422: True, 500: False,
    }  # fmt: skip


def test_band_says_what_is_unusual_and_nothing_else(page_of, settings):
    settings.DEMO = False
    assert "As of" not in words(page_of("chief"))
    settings.DEMO = True
    text = words(page_of("chief", "/x/desk/?as_of=30/06/2026"))
    assert "As of 30/06/2026. Back to today" in text
    assert "Demo data: everything here is made up." in text


def test_band_and_menu_tell_whom_one_stands_in_for(page_of, world, client):
    today = world.scope("chief").today
    Substitution.objects.create(
        absent=world.posts["chief"],
        substitute=world.person("deputy"),
        valid_from=today - datetime.timedelta(days=1),
        valid_to=today + datetime.timedelta(days=1),
        extent="read",
    )
    page_of("deputy")
    session = client.session
    session["acting_from"] = str(Appointment.objects.get(pk=world.posts["chief"].pk).uid)
    session.save()
    response = client.get("/x/desk/")
    assert "You stand in for Chánh Văn phòng (thử) , Chánh Văn phòng ." in words(response)
    assert "Reading only." in words(response)
    choices = response.context["frame"].appointments
    assert [(choice["title"], choice["absent"], choice["current"]) for choice in choices] == [
        ("Phó Chánh Văn phòng", "", False),
        ("Chánh Văn phòng", "Chánh Văn phòng (thử)", True),
    ]


def test_visitors_choose_a_language_by_cookie_and_go_back_where_they_were(client, db):
    response = client.post("/language/", {"language": "ur", "next": "/sign-in/login/?next=/x/"})
    assert (response.status_code, response["Location"]) == (302, "/sign-in/login/?next=/x/")
    assert client.cookies["prytany_language"].value == "ur"
    assert '<html lang="ur" dir="rtl">' in client.get("/nowhere/").content.decode()


@pytest.mark.parametrize("away", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_language_choice_leads_nowhere_else(client, db, away):
    response = client.post("/language/", {"language": "xx", "next": away})
    assert response["Location"] == "/"
    assert "prytany_language" not in client.cookies


@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/nowhere/", 404, "There is nothing here for you"),
        ("/denied/", 403, "You may not do this"),
        ("/bad/", 400, "This request could not be read"),
        ("/large/", 413, "This is too large"),
    ],
)
def test_what_went_wrong_is_said_in_a_page(page_of, address, status, heading):
    response = page_of("chief", address)
    assert response.status_code == status
    assert heading in words(response)


def test_server_error_needs_no_database(rf):
    from prytany.core.views import server_error

    request = rf.get("/broken/")
    request.request_id = "abc123"
    with translation.override("en"):
        response = server_error(request)
    assert response.status_code == 500
    assert words(response).startswith("Something went wrong here · Prytany Something went wrong here The fault is with")
    assert "abc123" in response.content.decode()


def test_server_error_keeps_the_persons_language(client_of, world):
    person = world.person("chief")
    person.language = "ar"
    person.save()
    client = client_of("chief")
    client.raise_request_exception = False
    response = client.get("/broken/")
    assert response.status_code == 500
    assert '<html lang="ar" dir="rtl">' in response.content.decode()


def test_page_open_for_too_long_is_told_what_to_do(world):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/language/", {"language": "en"}, headers={"cookie": "prytany_language=en"})
    assert response.status_code == 403
    assert "This page was open for too long" in response.content.decode()


def test_refusal_is_a_fragment_for_htmx_and_a_message_otherwise(client_of):
    client = client_of("chief")
    fragment = client.get("/not-now/", headers={"HX-Request": "true"})
    assert fragment.status_code == 409
    assert "Not now." in fragment.content.decode()
    assert "<html" not in fragment.content.decode()
    response = client.get("/not-now/")
    assert response.status_code == 302
    assert [str(message) for message in get_messages(response.wsgi_request)] == ["Not now."]


def test_undo_is_offered_once_and_taken_only_from_its_own_bar(page_of, client, monkeypatch):
    html = page_of("chief", "/done/").content.decode()
    assert "Seven tasks are assigned." in html
    fields = dict(re.findall(r'<input type="hidden" name="(undo|act)" value="([^"]+)">', html))
    assert fields["act"] == "17"
    assert client.post("/done/", fields).content == b"undone"
    assert client.post("/done/", fields | {"act": "18"}).content == b"too late"
    assert client.post("/done/", fields | {"undo": fields["undo"] + "x"}).content == b"too late"
    assert client.post("/done/", {"act": "17"}).content == b"too late"
    monkeypatch.setattr(undo, "GRACE_SECONDS", -1000)
    assert client.post("/done/", fields).content == b"too late"


def test_undo_of_somebody_else_is_refused(page_of, client, client_of):
    html = page_of("chief", "/done/").content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(undo|act)" value="([^"]+)">', html))
    assert client_of("specialist").post("/done/", fields).content == b"too late"


def test_fragments_compute_nothing_of_the_frame(world, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.appointment, request.scope = world.posts["chief"], world.scope("chief")
    with django_assert_num_queries(0):
        render(request, "core/_empty.html", {"sentence": "Nothing."})


def test_script_that_sends_a_form_is_told_where_to_go(client_of, world):
    client = client_of("mau_son_focal")
    here = client.post("/language/", {"language": "fr", "next": "/tasks/"})
    told = client.post("/language/", {"language": "fr", "next": "/tasks/"}, headers={"X-Follow": "page"})
    assert here.status_code == 302
    assert (told.status_code, told["X-Go"], told.content) == (204, here["Location"], b"")
    assert told.cookies.keys() == here.cookies.keys()


def test_pages_are_packed_and_files_are_not(client_of):
    client = client_of("chief")
    page = client.get("/x/desk/", headers={"Accept-Encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in page["Vary"]
    assert "Content-Encoding" not in client.get("/x/desk/")

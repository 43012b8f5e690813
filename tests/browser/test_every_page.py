"""Every page in a left-to-right and a right-to-left language: no serious fault for axe, no sideways scroll on a phone.

The addresses and who may open them come from the table of rights, their rows from the walk over every address: a page
that is added there is looked at here.
"""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Error

from tests.browser.conftest import assert_no_axe_faults, assert_no_sideways_scroll
from tests.test_walk import ACTORS, ADDRESSES, BACKEND, address_in, address_of, confirm_identity, expected
from tests.walk_rows import MAKERS, Case

APPS = sorted({name.partition(":")[0] for name in ADDRESSES} - {"api"})


def opened_by(entry):
    """Yield (role, place) of those who are let in; the role of a visitor is None."""
    if entry.get("public"):
        yield None, ""
        return
    for place in ("own", "other") if "row" in entry else ("",):
        for role in ACTORS:
            if expected(entry, place, role) == "in":
                yield role, place


def page_address(world, name, entry):
    """Return (post, address) of somebody who is shown a page at `name` (post None: a visitor), or None."""
    for role, place in opened_by(entry):
        if role is None:
            return (None, address_of(name)) if is_page(Client().get(address_of(name))) else None
        actor = world.posts[ACTORS[role]]
        arguments = MAKERS[entry["row"]](Case(world, actor, place)) if place else {}
        arguments.pop("data", None)
        address = reverse(address_in(name), kwargs={**entry.get("arguments", {}), **arguments})
        client = Client()
        client.force_login(actor.person.user, backend=BACKEND)
        confirm_identity(client, actor.person.user)
        response = client.get(address)
        if is_page(response):
            return ACTORS[role], address
        if response.status_code in {200, 405}:
            return None
    return None


def is_page(response):
    """Tell whether a whole page came back, not a part of one, a file or data."""
    return (
        response.status_code == 200
        and response.get("Content-Type", "").startswith("text/html")
        and b"<html" in response.getvalue()
    )


def faults_of(page, address):
    """Return what is wrong with a page, in words; nothing if nothing is."""
    page.set_viewport_size({"width": 1280, "height": 900})
    response = page.goto(address)
    if response.status != 200:
        return f"status {response.status}"
    try:
        assert_no_axe_faults(page)
        page.set_viewport_size({"width": 360, "height": 800})
        assert_no_sideways_scroll(page)
    except (AssertionError, Error) as error:
        return str(error)[:600]
    return ""


@pytest.mark.parametrize("language", ["vi", "ur"])
@pytest.mark.parametrize("app", APPS)
def test_no_page_shuts_anybody_out(page_as, world, app, language):
    pages, found, looked_at = {}, {}, 0
    for name in sorted(name for name in ADDRESSES if name.partition(":")[0] == app):
        where = page_address(world, name, ADDRESSES[name])
        if where is None:
            continue
        post, address = where
        if post not in pages:
            pages[post] = page_as(post, language=language)
            if post:
                confirm_in(pages[post], world.user(post))
        fault = faults_of(pages[post], address)
        looked_at += 1
        if fault:
            found[name] = fault
    assert found == {}, f"{looked_at} pages of {app} looked at"


def confirm_in(page, user):
    """Make the browser's sign-in a fresh one: pages about second factors ask again otherwise."""
    key = next(c["value"] for c in page.context.cookies() if c["name"] == settings.SESSION_COOKIE_NAME)
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    confirm_identity(client, user)

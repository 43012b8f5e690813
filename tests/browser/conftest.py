"""A real browser on a real server: Debian's Chromium, driven by Playwright.

    def test_x(page_as):
        page = page_as("chief", language="ur", width=360)
        page.goto("/tasks/")

A page fails its test on a script error, a blocked resource or a console error, unless the test says which to expect
in `page.expected`. Screenshots go to the folder named by PRYTANY_SHOTS.
"""

import gzip
import os
import re
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from prytany.conftest import nothing_remembered, world

__all__ = ["nothing_remembered", "world"]

CHROMIUM = os.environ.get("PRYTANY_CHROMIUM", "/usr/bin/chromium")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
SHOTS = os.environ.get("PRYTANY_SHOTS", "")

# Playwright runs an event loop in the thread of the test; the database calls of the test are made there all the same.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A browser asks for several things at once: each thread of the server needs a connection of its own, which a database
# in memory does not give (one connection, and transactions that begin IMMEDIATE inside each other).
if connections["default"].vendor == "sqlite":
    _file = Path(tempfile.gettempdir()) / f"prytany-browser-{os.getpid()}.sqlite3"
    connections["default"].settings_dict["TEST"]["NAME"] = str(_file)


def pytest_collection_modifyitems(items):
    """Mark all tests of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser():
    """The browser; skips where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no browser at {CHROMIUM} (apt-get install chromium, or name one in PRYTANY_CHROMIUM)")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def page_as(browser, live_server, world):
    """Return a function that opens a page signed in as the holder of a post (None: a visitor)."""
    contexts, pages = [], []

    def open_page(name=None, *, language="vi", width=1280, height=900, **options):
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": height}, service_workers="block", **options
        )
        contexts.append(context)
        cookies = [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}]
        if name is not None:
            person = world.person(name)
            person.language = language
            person.save()
            client = Client()
            client.force_login(world.user(name), backend="allauth.account.auth_backends.AuthenticationBackend")
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            cookies.append({"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url})
        context.add_cookies(cookies)
        page = context.new_page()
        page.faults, page.expected = [], []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda message: message.type == "error" and page.faults.append(message.text))
        pages.append(page)
        return page

    yield open_page
    unexpected = [
        fault
        for page in pages
        for fault in page.faults
        if not any(re.search(pattern, fault) for pattern in page.expected)
    ]
    for context in contexts:
        context.close()
    assert unexpected == []


def assert_no_axe_faults(page):
    """Fail with rule and place for each serious or critical fault that axe finds on the page."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    faults = [
        f"{fault['id']}: {fault['help']}: {[node['html'][:160] for node in fault['nodes'][:3]]}"
        for fault in found
        if fault["impact"] in {"serious", "critical"}
    ]
    assert faults == []


def assert_no_sideways_scroll(page):
    """Fail where the page is wider than the window."""
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def shot(page, name):
    """Keep a picture of the whole page, where the developer asked for pictures."""
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


@pytest.fixture
def weigh():
    """Return a function that opens an address and returns the compressed bytes of its first view, fonts apart."""

    def first_view(page, address):
        bodies = []
        page.on("response", lambda response: bodies.append(response))
        page.goto(address)
        page.wait_for_load_state("networkidle")
        return sum(len(gzip.compress(found.body(), 9)) for found in bodies if found.ok and ".woff2" not in found.url)

    return first_view

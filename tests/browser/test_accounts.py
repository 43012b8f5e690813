"""Sign-in, My account, administration and the log in a browser: passkeys, slips, both directions, two widths."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from prytany.accounts import services
from prytany.accounts.models import Clearance
from prytany.accounts.services.slips import code_of
from prytany.accounts.tests.world import PASSWORD
from prytany.audit.recording import record
from prytany.core import levels
from prytany.organisation.tests.factories import SINCE
from tests.browser.conftest import assert_no_axe_faults, assert_no_sideways_scroll, shot

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def passkeys():
    """Return a function that gives a page's browser a device which makes passkeys by itself."""

    def give(page):
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})

    return give


def sign_in(page, username):
    page.fill("[name=login]", username)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")


def test_passkey_is_added_and_then_signs_in_to_the_link_asked_for(page_as, passkeys, world):
    page = page_as()
    passkeys(page)
    page.goto(reverse("accounts:security"))
    sign_in(page, "chief")
    page.click(f"a[href='{reverse('mfa_add_webauthn')}']")
    page.fill("[name=name]", "Điện thoại")
    page.click("[data-passkey] button")
    expect(page).to_have_url(re.compile(reverse("mfa_view_recovery_codes")))
    page.goto(reverse("accounts:security"))
    expect(page.get_by_text("Điện thoại")).to_be_visible()
    page.context.clear_cookies()
    page.goto(reverse("accounts:tokens"))
    page.click("#passkey-start")
    expect(page).to_have_url(re.compile(f"{reverse('accounts:tokens')}$"))


def test_passkey_is_the_second_factor_after_the_password(page_as, passkeys, world):
    page = page_as()
    passkeys(page)
    page.goto(reverse("accounts:security"))
    sign_in(page, "chief")
    page.goto(reverse("mfa_add_webauthn"))
    page.click("[data-passkey] button")
    expect(page).to_have_url(re.compile(reverse("mfa_view_recovery_codes")))
    page.context.clear_cookies()
    page.goto(reverse("accounts:account"))
    sign_in(page, "chief")
    expect(page).to_have_url(re.compile(reverse("mfa_authenticate")))
    page.click("[data-passkey] button")
    expect(page).to_have_url(re.compile(f"{reverse('accounts:account')}$"))


def test_passkey_that_fails_says_so_in_a_sentence(page_as, world):
    page = page_as()
    page.goto(reverse("account_login"))
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')) }")
    page.click("#passkey-start")
    expect(page.locator("[data-passkey-note=failed]")).to_be_visible()
    expect(page.locator("#passkey-start")).to_be_enabled()


def test_code_of_a_scanned_slip_fills_itself_in_and_leaves_the_address(page_as, world):
    user = world.user("mau_son_focal")
    services.issue_slips(scope=world.scope("admin"), users=[user], reset=True)
    code = code_of(user.slips.get())
    page = page_as(width=360)
    page.goto(f"{reverse('accounts:slip')}#{code}")
    expect(page.locator("[name=code]")).to_have_value(code)
    assert "#" not in page.url
    page.fill("[name=password1]", "bốn từ rất dài")
    page.fill("[name=password2]", "bốn từ rất dài")
    page.press("[name=password2]", "Enter")
    expect(page.locator("h1")).not_to_have_text(re.compile("password", re.IGNORECASE))
    assert user.slips.get().used_at is not None


def test_absence_takes_the_substitute_by_two_letters(page_as, world):
    page = page_as("chief")
    page.goto(reverse("accounts:account"))
    page.click("#away summary")
    page.fill("[name=first_day]", "+3")
    page.fill("[name=last_day]", "+5")
    page.type("[name=substitute]", "giám đốc sở nội")
    page.click("[role=option]")
    page.click("#away button.btn-primary")
    expect(page.locator("#away tbody tr")).to_have_count(1)
    expect(page.locator("#away tbody th bdi").first).to_have_text(world.person("home_head").name)


VISITORS = {"sign-in": "account_login", "slip": "accounts:slip"}
MINE = {
    "account": "accounts:account",
    "security": "accounts:security",
    "keys": "accounts:tokens",
    "password": "account_change_password",
    "app": "mfa_activate_totp",
}
ADMINISTRATORS = {
    "home": "administration:home",
    "accounts": "administration:accounts",
    "slips": "administration:slips",
    "clearances": "administration:clearances",
    "letterhead": "administration:letterhead",
    "mail": "administration:mail",
    "health": "administration:health",
    "log": "audit:log",
}


@pytest.fixture
def office(world):
    """An office with a clearance, open slips, a letterhead and some log."""
    for name in ("admin", "chief"):
        Clearance.objects.create(person=world.person(name), level=levels.SECRET, basis="12-QĐ/TU", valid_from=SINCE)
    users = [world.user(name) for name in ("mau_son_focal", "ky_lua_focal", "home_head")]
    services.issue_slips(scope=world.scope("admin"), users=users, reset=True)
    values = {"family": "party", "superior": "TỈNH ỦY", "issuer": "VĂN PHÒNG", "symbol": "VPTU", "place": "Lạng Sơn"}
    values |= {"authority": "T/L", "signer_title": "CHÁNH VĂN PHÒNG"}
    services.set_letterhead(scope=world.scope("admin"), unit=world.root, values=values)
    return world


def look(page, name, address):
    page.goto(address)
    assert_no_axe_faults(page)
    assert_no_sideways_scroll(page)
    shot(page, name)


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", ["vi", "ur"])
def test_pages_pass_axe_and_fit(page_as, office, language, width):
    visitor = page_as(language=language, width=width)
    for name, address in VISITORS.items():
        look(visitor, f"accounts-{name}-{language}-{width}", reverse(address))
    admin = page_as("admin", language=language, width=width)
    sign_in_freshly(admin, office.user("admin"))
    for name, address in {**MINE, **ADMINISTRATORS}.items():
        look(admin, f"accounts-{name}-{language}-{width}", reverse(address))
    chief = office.person("chief")
    look(admin, f"accounts-person-{language}-{width}", reverse("administration:person", args=[chief.uid]))
    entry = record(office.scope("chief"), action="account.open", target=office.user("chief"))
    look(admin, f"accounts-entry-{language}-{width}", reverse("audit:event", args=[entry.uid]))
    why = reverse("accounts:why", args=["auditevent", entry.uid])
    look(admin, f"accounts-why-{language}-{width}", f"{why}?person={chief.name}")


def sign_in_freshly(page, user):
    """Sign in through the form, so that pages about second factors do not ask again."""
    page.context.clear_cookies(name="prytany_session")
    page.goto(reverse("account_login"))
    sign_in(page, user.username)


@pytest.mark.parametrize("language", ["vi", "ur"])
def test_first_run_page_passes_axe_and_fits(browser, live_server, language, db):
    context = browser.new_context(base_url=live_server.url, viewport={"width": 360, "height": 800})
    context.add_cookies([{"name": "prytany_language", "value": language, "url": live_server.url}])
    page = context.new_page()
    page.goto("/")
    expect(page).to_have_url(re.compile("/setup/$"))
    look(page, f"accounts-setup-{language}-360", "/setup/")
    context.close()

"""An empty installation in a browser: the first-run page, then the checklist step by step until all is ticked."""

import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from prytany.accounts.tests.world import PASSWORD
from prytany.organisation.models import Unit
from prytany.sheets.tests.samples import workbook
from tests.browser.conftest import assert_no_axe_faults, assert_no_sideways_scroll, shot

STEPS = ["letterhead", "units", "people", "calendar", "mail", "backup"]
HOME = "/administration/"
UNITS = ["Mã", "Tên đơn vị", "Loại", "Trực thuộc"]
PEOPLE = ["Họ và tên", "Đơn vị", "Chức vụ", "Vai trò", "Email", "Tài khoản"]


@pytest.fixture
def visitor(browser, live_server, db):
    """A page of somebody who opens an installation in which nothing is set up; fails on script errors."""
    context = browser.new_context(base_url=live_server.url, service_workers="block")
    context.add_cookies([{"name": "prytany_language", "value": "en", "url": live_server.url}])
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: message.type == "error" and faults.append(message.text))
    yield page
    context.close()
    assert faults == []


def ticks(page):
    """Open the checklist and return which of its steps are done, in their order."""
    page.goto(HOME)
    lines = page.locator(".checklist tr")
    return [step for step, line in zip(STEPS, lines.all(), strict=True) if line.get_attribute("class") == "done"]


def found(page):
    """Fill in the first-run page."""
    page.goto("/")
    expect(page).to_have_url(re.compile("/setup/$"))
    for name, value in {
        "unit": "Văn phòng Tỉnh ủy",
        "name": "Quản trị viên",
        "username": "quan.tri",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }.items():
        page.fill(f"[name={name}]", value)
    page.click("main button[type=submit]")
    expect(page).to_have_url(re.compile(f"{HOME}$"))


def open_next(page, step):
    """Follow the checklist's own button to its next step."""
    page.goto(HOME)
    line = page.locator(".checklist tr").nth(STEPS.index(step))
    address = line.locator("a").get_attribute("href")
    expect(page.locator(".page-head .btn-primary, .head .btn-primary, main .btn-primary").first).to_have_attribute(
        "href", address
    )
    line.locator("a").click()
    assert_no_axe_faults(page)
    assert_no_sideways_scroll(page)
    shot(page, f"first-run-{step}")


def bring_in(page):
    page.set_input_files(
        "input[type=file]",
        {
            "name": "tổ chức.xlsx",
            "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "buffer": workbook(
                {
                    "Đơn vị": [UNITS, ["SNV", "Sở Nội vụ", "Sở", "Văn phòng Tỉnh ủy"]],
                    "Người": [
                        PEOPLE,
                        ["Giám đốc Sở", "Sở Nội vụ", "Giám đốc", "Thủ trưởng đơn vị", "gd@example.vn", "gd.noivu"],
                    ],
                }
            ),
        },
    )
    page.wait_for_url("**/import/organisation/*-*/")
    shot(page, "first-run-workbook")
    page.locator("button[value=apply]").click()
    page.wait_for_load_state("networkidle")
    assert Unit.objects.count() == 2


def test_empty_installation_is_set_up_from_the_first_page_to_the_last_tick(visitor, settings, tmp_path):
    page = visitor
    settings.BACKUP_DIR = tmp_path
    found(page)
    assert_no_axe_faults(page)
    assert ticks(page) == []

    open_next(page, "letterhead")
    for name, value in {"issuer": "Văn phòng", "place": "Lạng Sơn", "signer_title": "Chánh Văn phòng"}.items():
        page.fill(f"[name={name}]", value)
    page.click("main form button[type=submit]")
    expect(page.locator(".letterhead .issuer").first).to_have_text("Văn phòng")
    assert ticks(page) == ["letterhead"]

    open_next(page, "units")
    bring_in(page)
    assert "units" in ticks(page)

    line = page.locator(".checklist tr").nth(STEPS.index("people"))
    if line.get_attribute("class") != "done":
        line.locator("a").click()
        page.check("thead input[type=checkbox]")
        page.click("button[name=act][value=slips]")
        page.wait_for_load_state("networkidle")
    assert "people" in ticks(page)

    open_next(page, "calendar")
    page.fill("[name=on]", "+20")
    page.fill("[name=name]", "Nghỉ bù")
    page.click(".aside form button[type=submit]")
    page.wait_for_load_state("networkidle")
    assert "calendar" in ticks(page)

    open_next(page, "mail")
    page.locator("main a[href$='/edit/']").click()
    page.fill("[name=email]", "quan.tri@example.vn")
    page.locator("main form button[type=submit]").click()
    page.goto(reverse("administration:mail"))
    page.click("button[value=send]")
    page.click("button[value=arrived]")
    assert mail.outbox[0].to == ["quan.tri@example.vn"]
    assert ticks(page) == ["letterhead", "units", "people", "calendar", "mail"]

    open_next(page, "backup")
    expect(page.locator("main")).to_contain_text("On the server: prytany backup")
    call_command("backup")
    page.reload()
    expect(page.locator("main")).to_contain_text("On the server: prytany backup --test")
    call_command("backup", str(next(tmp_path.glob("*.tar.gz"))), "--test")
    assert ticks(page) == STEPS
    expect(page.locator("main")).to_contain_text("6 of 6 set up")
    assert page.locator(".checklist svg[aria-label]").count() in (0, 6)

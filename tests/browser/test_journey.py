"""The core loop in a browser: a report is pasted, its rows are confirmed, the sheet is submitted and assigned by the
chief, a commune answers, the result is confirmed and stands in the status report.

Five texts written for the tests stand for the five real documents; where INTAKE names the folder that holds those
(`seeds/*.txt`), they take the same way.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from prytany.documents.models import Document
from prytany.jobs.worker import drain
from prytany.reporting.models import Report
from prytany.work.models import AssignmentSheet, Obligation, Task
from tests.browser.conftest import shot

OWN = Path(__file__).parents[2] / "src" / "prytany" / "intake" / "tests" / "gold"
NAMES = ("hi-office-conference", "fr-conference-bureaux", "hi-district-review", "ar-office-tasks", "ur-working-session")
SEEDS = sorted(Path(os.environ["INTAKE"]).glob("seeds/*.txt")) if os.environ.get("INTAKE") else []
TEXTS = [OWN / f"{name}.txt" for name in NAMES] + SEEDS
COMMUNE = "Xã Mẫu Sơn"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


def cell(page, row, name):
    return page.locator("[data-grid] tbody tr").nth(row).locator(f".cell[name={name}]")


def saved(page):
    page.locator(".read:not([data-pending])").wait_for()


def paste_and_confirm(page, text):
    """Specialist: paste, take what is proposed, say who leads and until when, submit."""
    page.goto("/desk/")
    page.locator(".acts a[href='/read/']").click()
    page.locator("textarea[name=text]").fill(text)
    page.locator("[data-save]").click()
    page.wait_for_url("**/read/*-*/")
    page.locator(".read.live").wait_for()
    offers = page.locator(".offers button[value=all]")
    if offers.count():
        offers.click()
        page.locator(".read.live").wait_for()
    page.locator(".page-head details.menu > summary").click()
    page.locator("[data-take-all='']").click()
    saved(page)
    rows = page.locator("[data-grid] tbody tr:not(.blank)")
    number = rows.count()
    for row in range(number):
        write(page, row, "lead", COMMUNE if row == 0 else cell(page, row, "lead").input_value() or "Sở Nội vụ")
        write(page, row, "due", "12/2099")
    saved(page)
    expect(page.locator("td.wrong")).to_have_count(0)
    page.locator("[data-submit-label]").click()
    page.wait_for_url("**/sheets/**")
    return number


def write(page, row, name, text):
    field = cell(page, row, name)
    field.fill(text)
    field.blur()


def assign(page):
    """Chief: from the desk to the sheet, and assign all of it in one act."""
    page.goto("/desk/")
    page.locator("main a[href*='/sheets/']").last.click()
    page.wait_for_url("**/sheets/**")
    with page.expect_navigation():
        page.locator(".acts .btn-seal").click()


def answer(page):
    """Commune clerk on a phone: from the unit's page to the sent answer."""
    page.goto("/")
    page.locator("a[href*='/answer/']").first.click()
    page.locator("input[type=radio][value=done]").check()
    page.locator("textarea[name=text]").fill("Đã hoàn thành, hồ sơ lưu tại bộ phận một cửa.")
    with page.expect_navigation():
        page.locator(".send-bar .btn-primary").click()


def confirm(page):
    """Specialist: tick the answer that came without evidence, and confirm it."""
    page.goto("/check/")
    page.locator("input[name=row]").check()
    with page.expect_navigation():
        page.locator(".bulk .btn-seal").click()


def report(page):
    """Specialist: have the running period counted."""
    page.goto("/reports/")
    page.locator(".presets button.span").first.click()
    page.wait_for_url("**/reports/*-*/")
    drain()
    page.reload()


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_document_goes_from_paste_to_the_status_report(page_as, world, path):
    office = page_as("specialist", language="ur" if path.stem.startswith(("ur", "ar")) else "vi")
    number = paste_and_confirm(office, path.read_text(encoding="utf-8"))
    assert number >= 1
    sheet, document = AssignmentSheet.objects.get(), Document.objects.get()
    assert (sheet.state, sheet.document, sheet.tasks.count()) == ("submitted", document, number)
    assert all(task.source_clause_id and task.source_document == document for task in sheet.tasks.all())
    shot(office, f"journey-sheet-{path.stem}")

    assign(page_as("chief"))
    sheet.refresh_from_db()
    assert sheet.state == "issued"
    part = Obligation.objects.get(owner=world.mau_son, role="lead")
    assert part.state == "issued"

    answer(page_as("mau_son_focal", width=360))
    part.refresh_from_db()
    assert part.state == "submitted"

    confirm(office)
    part.refresh_from_db()
    assert part.state == "verified"

    report(office)
    made = Report.objects.get()
    assert str(part.task.uid) in str(made.facts) or part.task.content[:40] in str(made.facts)
    expect(office.locator("main")).to_contain_text(part.task.content[:40])
    shot(office, f"journey-report-{path.stem}")
    assert sorted(Task.objects.values_list("state", flat=True)) == ["closed", *["issued"] * (number - 1)]

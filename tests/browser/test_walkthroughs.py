"""What each walk may cost (interface.md 4): key presses, clicks, taps, pages and bytes, counted in a browser."""

import datetime
import io
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import expect

from prytany.core import clock
from prytany.documents.tests.papers import enter, uploaded
from prytany.files.models import StoredFile
from prytany.organisation import closure
from prytany.organisation.models import Unit
from prytany.organisation.tests.factories import make_unit
from prytany.reporting.models import Report
from prytany.sheets.tests.samples import workbook
from prytany.sheets.tests.test_organisation import province
from prytany.work import history
from prytany.work.models import (
    AssignmentSheet,
    EventKind,
    Evidence,
    Obligation,
    ObligationEvent,
    ObligationState,
    Task,
)
from prytany.work.tests.factories import make_task
from tests.browser.conftest import assert_no_axe_faults, assert_no_sideways_scroll, shot
from tests.browser.counting import Cost
from tests.browser.test_import import tracker

PHONE = {"width": 360, "height": 740, "has_touch": True, "is_mobile": True}


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


def in_days(number):
    return clock.today() + datetime.timedelta(days=number)


def photograph():
    """Return a photograph as a phone takes it: some 4 MB."""
    picture = Image.effect_noise((3200, 2400), 60).convert("RGB")
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=93)
    assert 3_500_000 < buffer.tell() < 8_000_000
    return {"name": "IMG_2071.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


class TestLeader:
    """On a phone: a letter is routed with lead, two coordinators, deadline and phrase, on one page."""

    @pytest.fixture
    def letter(self, world):
        clerk = world.scope("clerk")
        for number, unit in enumerate([world.works, world.mau_son, world.khanh_khe]):
            earlier = enter(clerk, world.office, symbol=f"{7 + number}/SXD-VP", issuer_name="Sở Xây dựng").document
            make_task(world, [unit], due=in_days(9), source_document=earlier)
        return enter(
            clerk, world.office, symbol="41/SXD-VP", issuer_name="Sở Xây dựng", urgency="urgent", family="state",
            kind="official_letter", summary="V/v Sở Nội vụ rà soát biên chế thanh tra xây dựng của các xã, phường",
        )  # fmt: skip

    def test_routes_a_letter(self, page_as, world, letter):
        page = page_as("leader", **PHONE)
        cost = Cost(page).open(f"/route/{letter.uid}/")
        assert_no_sideways_scroll(page)

        def chip(field, place):
            page.locator(f"[data-picks=id_{field}] [data-value]:visible").nth(place).tap()

        chip("lead", 0)
        chip("coordinating", 0)
        chip("coordinating", 1)
        chip("due", 1)
        chip("opinion", 1)
        shot(page, "walk-route-360")
        assert_no_axe_faults(page)
        here = cost.pages
        with page.expect_navigation():
            page.locator(".send-bar .btn-seal").tap()
        shot(page, "walk-route-after-360")
        assert page.url.endswith("/desk/")
        task = Task.objects.get(source_document=letter.document)
        roles = dict(task.obligations.values_list("owner", "role"))
        assert roles.pop(world.home.pk) == "lead"
        assert list(roles.values()) == ["coordinating", "coordinating"]
        assert task.due_on > clock.today()
        assert task.content
        cost.tell()
        assert cost.taps <= 6
        assert here == 1


class TestCommuneClerk:
    """At 360 px, from the link to the sent answer with a photo, on a trusted device."""

    def test_answers_with_a_photo(self, page_as, world):
        task = make_task(world, [world.mau_son], due=in_days(3), content="Gửi số liệu sửa chữa phòng học sau mưa lũ")
        part = task.obligations.get()
        page = page_as("mau_son_focal", **PHONE)
        cost = Cost(page).open(f"/parts/{part.uid}/")
        page.locator(".next .btn-primary").tap()
        page.wait_for_url("**/answer/")
        cost.choose(page.locator("label:has([data-photo-input])"), photograph(), tap=True)
        page.locator(".files li").wait_for()
        shot(page, "walk-answer-360")
        assert_no_sideways_scroll(page)
        down = cost.weigh()
        page.locator(".send-bar .btn-primary").tap()
        page.wait_for_url("**/units/**")
        expect(page.locator("[data-notice]")).to_have_count(1)
        down = cost.weigh()
        part.refresh_from_db()
        assert part.state == ObligationState.SUBMITTED
        assert StoredFile.objects.get().blob.size <= 300_000
        cost.tell()
        assert cost.taps <= 5
        assert down <= 150_000


class TestChecker:
    """65 good answers confirmed, 2 sent back."""

    @pytest.fixture
    def answered(self, world):
        units = [make_unit(f"Xã số {n:02}", under=world.root, kind="commune", level="commune") for n in range(1, 68)]
        closure.rebuild()
        task = make_task(world, units, due=in_days(3), content="Hoàn thành số hóa hồ sơ lưu trữ giai đoạn 2020–2025")
        scope, act = world.scope("chief"), uuid4()
        file = uploaded(scope, "Danh mục.pdf")
        parts = list(task.obligations.order_by("pk"))
        for number, part in enumerate(parts):
            history.apply(scope, part, EventKind.ISSUED, act)
            event = history.apply(
                scope, part, EventKind.SUBMITTED, uuid4(), text=f"Đã quét {600 + number} hồ sơ",
                data={"answer": "done"}, state="submitted", answer="done", submitted_on=clock.today(),
                waiting_since=clock.now(),
            )  # fmt: skip
            if number not in (20, 41):
                Evidence.objects.create(obligation=part, event=event, file=file)
        return task

    def test_empties_the_queue(self, page_as, answered):
        page = page_as("specialist")
        cost = Cost(page).open("/desk/")
        page.locator(".reg .act a").first.click()
        page.wait_for_url("**/check/")
        assert_no_axe_faults(page)
        unticked = page.locator("input[name=row]:not(:checked)")
        expect(unticked).to_have_count(2)
        assert page.locator("tbody tr").nth(0).locator("input[name=row]").is_checked() is False
        shot(page, "walk-check")
        page.locator("[data-confirm]").click()
        page.locator("form[data-undo]").wait_for()
        assert answered.obligations.filter(state="verified").count() == 65
        for _turn in range(2):
            page.locator("[data-ask]").first.click()
            page.locator(".ask-row .chip").first.click()
            shot(page, "walk-check-ask")
            with page.expect_navigation():
                page.locator(".ask-row [formaction]").click()
        assert answered.obligations.filter(state="more_needed").count() == 2
        cost.tell()
        assert cost.clicks <= 12
        assert cost.keys == 0

    def test_asks_many_for_more_with_a_day_and_takes_it_back(self, page_as, answered):
        page = page_as("specialist", width=1280)
        page.goto(f"/tasks/{answered.uid}/check/")
        page.locator("[data-select-page]").click()
        page.locator("[data-select-page]").click()
        page.locator("tbody input[name=row]").nth(0).click()
        page.locator("tbody input[name=row]").nth(1).click()
        expect(page.locator("[data-confirm] [data-number]")).to_have_text("2")
        page.locator(".check-bar summary").click()
        page.locator(".check-bar .chip").nth(1).click()
        page.locator("#again").fill("+7")
        page.locator(".check-bar .reading:not(:empty)").wait_for()
        shot(page, "walk-check-many")
        with page.expect_navigation():
            page.locator(".check-bar [formaction]").click()
        asked = ObligationEvent.objects.filter(kind="sent_back")
        assert [event.again_by for event in asked] == [in_days(7)] * 2
        page.locator("form[data-undo] button").click()
        expect(page.locator("input[name=row]")).to_have_count(67)
        assert set(answered.obligations.values_list("state", "answer")) == {("submitted", "done")}


class TestChief:
    """From the desk: what is overdue by unit with reasons, printed; a reminder letter drafted."""

    @pytest.fixture
    def late(self, world):
        units = [world.mau_son, world.khanh_khe, world.ky_lua, world.home, world.works]
        for number in range(4):
            task = make_task(world, units[number:], due=in_days(-3 - number), content=f"Việc quá hạn số {number + 1}")
            task.obligations.filter(owner=world.works).update(
                state="in_progress", is_blocked=True, last_word="Chờ vốn của tỉnh", last_word_at=clock.now()
            )
        return Obligation.objects.count()

    def test_prints_what_is_overdue(self, page_as, late):
        page = page_as("chief")
        page.add_init_script("window.print = () => { document.documentElement.dataset.printed = 'yes'; };")
        cost = Cost(page).open("/desk/")
        page.locator(".rail a[href='/overview/']").click()
        page.locator("a[href^='/overview/overdue/']").click()
        page.locator("[data-print]").click()
        expect(page.locator("html")).to_have_attribute("data-printed", "yes")
        cost.tell()
        assert cost.clicks <= 3
        groups = [text.split() for text in page.locator("tr.group").all_inner_texts()]
        assert [(" ".join(words[:-1]), int(words[-1])) for words in groups] == [
            ("Sở Nội vụ", 4),
            ("Sở Xây dựng", 4),
            ("Phường Kỳ Lừa", 3),
            ("Xã Khánh Khê", 2),
            ("Xã Mẫu Sơn", 1),
        ]
        expect(page.locator("input[name=row]")).to_have_count(late)
        assert page.get_by_text("Chờ vốn của tỉnh").count() == 4
        shot(page, "walk-overdue")
        assert_no_axe_faults(page)
        page.emulate_media(media="print")
        expect(page.locator(".rail")).to_be_hidden()
        expect(page.get_by_text("Chờ vốn của tỉnh").first).to_be_visible()
        shot(page, "walk-overdue-print")

    def test_drafts_a_reminder_letter(self, page_as, late):
        page = page_as("chief")
        cost = Cost(page).open("/desk/")
        page.locator(".rail a[href='/overview/']").click()
        page.locator("a[href^='/overview/overdue/']").click()
        page.locator("[formaction='/reports/reminder/']").click()
        page.wait_for_url("**/reports/*-*/")
        cost.tell()
        assert cost.clicks <= 3
        assert len(Report.objects.get().facts["rows"]) == late


class TestSpecialist:
    """A tracker of 65 rows in Excel becomes draft tasks."""

    def test_brings_in_a_tracker(self, page_as, world, tmp_path):
        path = tmp_path / "theo dõi.xlsx"
        path.write_bytes(tracker())
        page = page_as("specialist")
        cost = Cost(page).open("/desk/")
        page.locator(".rail a[href='/tasks/']").click()
        page.locator("details.menu:has(a[href='/import/tasks/']) > summary").click()
        page.locator("a[href='/import/tasks/']").click()
        cost.choose(page.locator("input[type=file]"), path)
        page.wait_for_url("**/import/tasks/*-*/")
        unknown = page.locator("select[name^='name-']")
        expect(unknown).to_have_count(1)
        # The list of a select is drawn outside the page, where no press is heard: the second one is added here.
        steps = unknown.evaluate(
            "(select, uid) => [...select.options].findIndex((one) => one.value === uid)", str(world.works.uid)
        )
        unknown.click()
        for _step in range(steps):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        cost.counts["click"] += 1
        expect(unknown).to_have_value(str(world.works.uid))
        page.locator("button[value=apply]").click()
        page.locator(".acts .btn-primary").click()
        page.wait_for_url("**/sheets/**")
        sheet = AssignmentSheet.objects.get()
        assert sheet.tasks.count() == 65
        assert sheet.tasks.filter(obligations__role="lead", obligations__owner=world.works).count() == 43
        cost.tell()
        assert cost.clicks <= 12 + 1


class TestAdministrator:
    """From an empty installation to 65 units and 130 people with printed slips: one workbook, ten screens."""

    def test_sets_an_office_up(self, browser, live_server, transactional_db, tmp_path):
        path = tmp_path / "tổ chức.xlsx"
        path.write_bytes(workbook(province(63)))
        context = browser.new_context(base_url=live_server.url, service_workers="block")
        page = context.new_page()
        page.add_init_script("window.print = () => { document.documentElement.dataset.printed = 'yes'; };")
        cost = Cost(page).open("/")
        answers = {
            "unit": "Tỉnh ủy Lạng Sơn", "name": "Quản trị, thử", "title": "Quản trị", "username": "quan.tri",
            "password1": "mot-mat-khau-dai", "password2": "mot-mat-khau-dai",
        }  # fmt: skip
        for name, text in answers.items():
            field = page.locator(f"[name={name}]")
            field.click()
            field.press("Control+a")
            field.press_sequentially(text)
        page.locator("main [type=submit]").click()
        page.wait_for_url("**/administration/")
        page.locator("a[href='/import/organisation/']").first.click()
        cost.choose(page.locator("input[type=file]"), path)
        page.wait_for_url("**/import/organisation/*-*/")
        page.locator("button[value=apply]").click()
        page.locator("a[href='/administration/slips/']").click()
        page.locator("form[action$='/slips/make/'] button").click()
        page.locator(".slip").first.wait_for()
        page.locator("[data-print]").click()
        expect(page.locator("html")).to_have_attribute("data-printed", "yes")
        cost.tell()
        assert page.locator(".slip").count() == 127
        assert Unit.objects.count() == 66
        assert cost.pages <= 10
        context.close()

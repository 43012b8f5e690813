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
from prytany.organisation.tests.factories import make_unit
from prytany.work import history
from prytany.work.models import EventKind, Evidence, ObligationEvent, ObligationState, Task
from prytany.work.tests.factories import make_task
from tests.browser.conftest import assert_no_axe_faults, assert_no_sideways_scroll, shot
from tests.browser.counting import Cost

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

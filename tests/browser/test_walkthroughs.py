"""What each walk may cost (interface.md 4): key presses, clicks, taps, pages and bytes, counted in a browser."""

import datetime
import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from prytany.core import clock
from prytany.documents.tests.papers import enter
from prytany.files.models import StoredFile
from prytany.work.models import ObligationState, Task
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
        with page.expect_navigation(url="**/desk/"):
            page.locator(".send-bar .btn-seal").tap()
        task = Task.objects.get(source_document=letter.document)
        parts = list(task.obligations.order_by("pk").values_list("owner", "role"))
        assert parts[0] == (world.home.pk, "lead")
        assert [role for _unit, role in parts[1:]] == ["coordinating", "coordinating"]
        assert world.home.pk not in [unit for unit, _role in parts[1:]]
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

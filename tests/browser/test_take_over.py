"""Page 21 in a real browser: from the first sign-in to everything accepted, handing over, names after an @."""

import pytest
from django.urls import reverse

from prytany.accounts.models import User
from prytany.accounts.scopes import system_scope
from prytany.core import clock
from prytany.organisation import services as organisation
from prytany.organisation.models import Appointment, Person
from prytany.work.models import HandOver, HandOverLine, Mention
from prytany.work.services import drafting
from prytany.work.tests.test_loop import issued

from .conftest import assert_no_axe_faults, assert_no_sideways_scroll, shot

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "a-long-test-password"


@pytest.fixture
def newcomer(world):
    """Somebody with an account holds the deputy's post since today; the one before left two drafts."""
    for content in ("Kế hoạch kiểm tra quý I", "Công văn xin ý kiến"):
        drafting.draft_task(scope=world.scope("deputy"), unit=world.office, row=drafting.Row(content=content))
    system = system_scope(world.root.pk)
    left = Appointment.objects.get(pk=world.posts["deputy"].pk)
    organisation.end_appointment(scope=system, appointment=left, on=clock.today())
    person = Person.objects.create(name="Người mới nhận", language="vi")
    user = User(username="newcomer", person=person)
    user.set_password(PASSWORD)
    user.save()
    organisation.appoint(scope=system, person=person, post=left.post, on=clock.today())
    world.posts["newcomer"] = Appointment.objects.get(person=person)
    return world


def test_new_deputy_head_from_first_sign_in_to_everything_accepted_in_four_clicks(newcomer, page_as, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    page = page_as(None)
    page.goto("/")
    page.fill("input[name=login]", "newcomer")
    page.fill("input[name=password]", PASSWORD)
    clicks = 0
    page.locator("form:has(input[name=login]) button[type=submit]").first.click()
    clicks += 1
    page.wait_for_url("**/desk/")
    page.locator("td.act a[href*='/take-over/']").click()
    clicks += 1
    with page.expect_navigation():
        page.locator(".page-head button[type=submit]").click()
    clicks += 1
    assert HandOver.objects.get().completed_at is not None
    assert clicks <= 4


@pytest.mark.parametrize("language", ["vi", "ur"])
@pytest.mark.parametrize("width", [1280, 360])
def test_take_over_page_is_sound_in_both_directions(newcomer, page_as, language, width):
    page = page_as("newcomer", language=language, width=width)
    page.goto(reverse("work:hand_over", args=[HandOver.objects.get().uid]))
    assert_no_axe_faults(page)
    assert_no_sideways_scroll(page)
    shot(page, f"take-over-{language}-{width}")


def test_one_thing_is_accepted_by_its_tick_and_on_a_phone_by_its_button(newcomer, page_as):
    address = reverse("work:hand_over", args=[HandOver.objects.get().uid])
    page = page_as("newcomer")
    page.goto(address)
    page.locator("input[name=row]").first.check()
    with page.expect_navigation():
        page.locator(".hand-end button").click()
    assert HandOverLine.objects.count() == 1
    phone = page_as("newcomer", width=360)
    phone.goto(address)
    with phone.expect_navigation():
        phone.locator(".phone-act button").first.click()
    assert HandOverLine.objects.count() == 2
    assert HandOver.objects.get().completed_at is not None


def test_who_leaves_writes_notes_and_hands_over(world, page_as):
    drafting.draft_task(scope=world.scope("deputy"), unit=world.office, row=drafting.Row(content="Công văn"))
    page = page_as("deputy")
    page.goto("/account/")
    with page.expect_navigation():
        page.locator("#hand-over button").click()
    page.locator("input[name^='note-task:']").fill("Chờ chữ ký")
    assert_no_axe_faults(page)
    shot(page, "hand-over-vi-1280")
    with page.expect_navigation():
        page.locator("button[value=ready]").click()
    row = HandOver.objects.get()
    assert (row.prepared_at is not None, row.lines.get().note) == (True, "Chờ chữ ký")


@pytest.mark.parametrize("language", ["vi", "ur"])
def test_names_after_an_at_sign_are_offered_and_taken_with_the_keyboard(world, page_as, language):
    task = issued(world)
    page = page_as("specialist", language=language)
    page.goto(reverse("work:task", args=[task.uid]))
    field = page.locator("textarea[name=text]")
    field.click()
    page.keyboard.type("Nhờ @pho chanh")
    page.wait_for_selector(".combo-list:not([hidden]) [role=option] >> nth=1")
    assert_no_axe_faults(page)
    shot(page, f"mention-{language}")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type("xem giúp")
    assert field.input_value() == "Nhờ @Phó Chánh Văn phòng (thử) xem giúp"
    with page.expect_navigation():
        page.locator(".say-form button[type=submit]").click()
    assert Mention.objects.get().person == world.person("deputy")


def test_names_are_completed_in_the_middle_of_a_text_and_escape_leaves_it_alone(world, page_as):
    page = page_as("specialist")
    page.goto(reverse("work:task", args=[issued(world).uid]))
    field = page.locator("textarea[name=text]")
    field.fill("Gửi  trước thứ Năm; thư: a@b.vn")
    field.evaluate("field => { field.focus(); field.setSelectionRange(4, 4); }")
    page.keyboard.type("@chanh van")
    page.wait_for_selector(".combo-list:not([hidden]) [role=option]")
    page.keyboard.press("Escape")
    page.wait_for_selector(".combo-list", state="hidden")
    assert field.input_value() == "Gửi @chanh van trước thứ Năm; thư: a@b.vn"

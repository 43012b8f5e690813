"""The frame in a browser: keys, selection, typed dates, completion, lost lines and sessions, directions, widths."""

import copy
import io
import json
import re

import pytest
from django.urls import reverse
from PIL import Image

from tests.browser import sample
from tests.browser.conftest import assert_no_axe_faults, assert_no_sideways_scroll, shot

PAGES = {"list": "/x/list/", "form": "/x/form/", "answer": "/x/answer/", "missing": "/nowhere/"}


@pytest.fixture(autouse=True)
def sample_pages(settings, live_server):
    """Serve the sample pages, and start with nothing received."""
    settings.ROOT_URLCONF = "tests.browser.sample"
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [settings.PACKAGE_DIR.parents[1] / "tests/browser/templates"]
    settings.TEMPLATES = templates
    sample.received.clear()
    sample.drafts.clear()


def focused(page):
    return page.evaluate(
        "document.activeElement.closest('tr')?.querySelector('.src')?.innerText ?? document.activeElement.id"
    )


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", ["vi", "ur"])
def test_pages_pass_axe_and_fit(page_as, language, width):
    page = page_as("chief", language=language, width=width)
    page.expected = ["404"]
    for name, address in PAGES.items():
        page.goto(address)
        assert page.get_attribute("html", "dir") == ("rtl" if language == "ur" else "ltr")
        assert_no_axe_faults(page)
        assert_no_sideways_scroll(page)
        shot(page, f"frame-{name}-{language}-{width}")


@pytest.mark.parametrize("language", ["en", "fr", "hi", "ar"])
def test_pages_fit_in_the_other_languages_at_every_width(page_as, language):
    page = page_as("chief", language=language)
    for width in (1280, 1024, 768, 360):
        page.set_viewport_size({"width": width, "height": 800})
        for name in ("list", "form"):
            page.goto(PAGES[name])
            assert_no_sideways_scroll(page)
            shot(page, f"frame-{name}-{language}-{width}")


def test_first_view_is_light_and_runs_without_bootstraps_script(page_as, weigh):
    page = page_as("clerk", width=360)
    assert weigh(page, "/x/list/") < 150_000
    assert page.evaluate("typeof window.bootstrap") == "undefined"


def test_letters_move_select_and_act_in_the_list(page_as):
    page = page_as("chief")
    page.goto("/x/list/")
    for key, where in (("j", "96-TB/VPTU"), ("j", "104-TB/VPTU"), ("k", "96-TB/VPTU"), ("ArrowDown", "104-TB/VPTU")):
        page.keyboard.press(key)
        assert focused(page) == where
    page.keyboard.press("x")
    assert page.locator("input[name=row]:checked").evaluate_all("all => all.map(one => one.value)") == ["2"]
    page.keyboard.press("/")
    if page.locator("#find").count():
        assert focused(page) == "find"
        page.locator("#find").blur()
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    page.locator(".subj").nth(1).focus()
    with page.expect_navigation():
        page.keyboard.press("e")
    assert page.url.endswith("/x/answer/?2")
    page.go_back()
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/x/form/?1")


def test_letters_stay_letters_in_fields_and_while_composing(page_as):
    page = page_as("chief")
    page.goto("/x/form/")
    page.locator("#id_content").press_sequentially("jkxe/?")
    assert page.input_value("#id_content") == "jkxe/?"
    assert not page.locator("#keys").is_visible()
    page.goto("/x/list/")
    page.evaluate("""() => {
      for (const options of [{isComposing: true}, {keyCode: 229}])
        document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'j', bubbles: true, ...options}));
    }""")
    assert focused(page) == ""
    page.evaluate("document.body.dataset.singleKeys = 'off'")
    page.reload()


def test_control_enter_saves_from_inside_a_field(page_as):
    page = page_as("chief")
    page.goto("/x/form/")
    page.check("[name=answer][value=a]")
    page.fill("#id_content", "Một việc")
    with page.expect_navigation():
        page.press("#id_content", "Control+Enter")
    assert sample.received[0]["content"] == "Một việc"


def test_selection_has_ranges_a_bar_and_all(page_as):
    page = page_as("chief", language="en")
    page.goto("/x/list/")
    bar = page.locator("[data-bulk]")
    assert not bar.is_visible()
    page.locator("input[name=row]").nth(0).check()
    page.locator("input[name=row]").nth(2).click(modifiers=["Shift"])
    assert bar.locator("[data-bulk-count]").inner_text() == "Selected: 3 of \u20661,234\u2069"
    assert page.locator("tr.on").count() == 3
    assert page.locator("[data-select-page]").evaluate("box => box.indeterminate")
    bar.get_by_text("Select all 1,234").click()
    assert bar.locator("[data-bulk-count]").inner_text() == "Selected: \u20661,234\u2069 of \u20661,234\u2069"
    with page.expect_navigation():
        bar.get_by_text("Đôn đốc").click()
    assert sample.received == [{"act": "remind", "rows": ["1", "2", "3", "4", "5", "6"], "all": "1"}]
    assert page.get_by_text("Đã đôn đốc.").is_visible()
    with page.expect_navigation():
        page.locator("form.undo button").click()
    assert sample.received[1]["act"] == "undo"


def test_copied_rows_paste_as_columns_and_never_as_a_formula(page_as):
    page = page_as("chief", language="en")
    page.goto("/x/list/")
    for row in (1, 5):
        page.locator("input[name=row]").nth(row).check()
    copied = page.evaluate("""() => {
      const data = new DataTransfer();
      document.dispatchEvent(new ClipboardEvent('copy', {clipboardData: data, bubbles: true, cancelable: true}));
      return data.getData('text/plain');
    }""")
    lines = [line.split("\t") for line in copied.split("\r\n")]
    assert lines[0] == ["Nguồn", "Nội dung", "Chủ trì", "Tình trạng", "Thời hạn"]
    assert lines[1][:3] == ["104-TB/VPTU", "Sửa mái nhà lớp học điểm trường Khuổi Mươi", "Xã Khánh Khê"]
    assert lines[2][1] == "'=Giữ lịch trực tiếp công dân hằng tuần"


def test_copied_link_tells_number_content_due_date_and_address(page_as, live_server):
    page = page_as("chief", language="en", permissions=["clipboard-read", "clipboard-write"])
    page.goto("/x/list/?after=secret")
    page.locator(".acts summary").click()
    page.get_by_text("Chép liên kết").click()
    page.get_by_text("The link is copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == (
        f"118-TB/VPTU: Rà soát đường\nDue: 30/11/2026\n{live_server.url}/x/list/"
    )


def test_typed_dates_show_how_they_are_read(page_as):
    page = page_as("chief", language="en")
    page.goto("/x/form/")
    page.fill("#id_due", "Q4/2031")
    page.get_by_text("Q4/2031, to Wed, 31/12/2031").wait_for()
    page.fill("#id_due", "31/2/2031")
    page.get_by_text("There is no day 31 in 02/2031: that month has 28 days.").wait_for()
    assert "wrong" in page.locator("output.reading").get_attribute("class")


def test_names_complete_after_two_letters_without_diacritics(page_as):
    page = page_as("chief", language="en")
    page.goto("/x/form/")
    field = page.locator("#id_units")
    field.press_sequentially("m")
    page.wait_for_timeout(300)
    assert field.get_attribute("aria-expanded") == "false"
    field.press_sequentially("au son")
    page.get_by_role("option", name="Xã Mẫu Sơn").wait_for()
    assert_no_axe_faults(page)
    field.press("Enter")
    assert field.input_value() == "Xã Mẫu Sơn; "
    field.press_sequentially("so")
    page.get_by_role("option", name="Sở Nội vụ").wait_for()
    field.press("ArrowDown")
    field.press("Enter")
    assert field.input_value() == "Xã Mẫu Sơn; Sở Xây dựng; "
    assert field.get_attribute("aria-expanded") == "false"


def test_errors_are_summed_up_on_top_and_take_the_focus(page_as):
    page = page_as("chief", language="en")
    page.expected = ["422"]
    page.goto("/x/form/")
    with page.expect_navigation():
        page.locator("main [type=submit]").click()
    assert page.evaluate("document.activeElement.classList.contains('error-summary')")
    assert_no_axe_faults(page)
    page.locator(".error-summary a").first.click()
    assert focused(page) == "id_content"


def test_lost_session_offers_sign_in_and_keeps_what_was_typed(page_as):
    page = page_as("chief", language="en")
    page.expected = ["401", "Response Status Error Code 401"]
    page.goto("/x/form/")
    page.fill("#id_content", "Half a sentence")
    page.get_by_text("Xem trước").click()
    page.get_by_text("You are signed out").wait_for()
    assert_no_axe_faults(page)
    assert page.locator("#signed-out a").get_attribute("href") == reverse("account_login")
    page.locator("#signed-out [data-close]").click()
    assert page.input_value("#id_content") == "Half a sentence"


def test_drafts_are_kept_offered_and_forgotten_once_sent(page_as):
    page = page_as("chief", language="en")
    page.goto("/x/form/")
    with page.expect_response("**/x/draft/"):
        page.fill("#id_content", "Half a sentence")
        page.check("[name=answer][value=b]")
    assert sample.drafts["sample.form"] == {"content": "Half a sentence", "kind": "a", "answer": "b"}
    page.goto("/x/form/")
    page.get_by_text("A draft of 08:10 is kept from this form.").wait_for()
    assert page.input_value("#id_content") == ""
    page.locator("[data-use]").click()
    assert page.input_value("#id_content") == "Half a sentence"
    assert page.is_checked("[name=answer][value=b]")
    with page.expect_response(
        lambda found: found.url.endswith("/x/draft/") and "form=" in (found.request.post_data or "")
    ):
        page.locator("main .form-acts [type=submit]").click()
    page.wait_for_url("**/x/list/")
    page.wait_for_load_state("networkidle")
    assert sample.received[0]["content"] == "Half a sentence"
    assert sample.drafts["sample.form"] == {}


def test_form_of_a_lost_session_is_not_sent_and_not_lost(page_as):
    page = page_as("chief", language="en")
    page.expected = ["401"]
    page.goto("/x/form/")
    page.fill("#id_content", "Half a sentence")
    page.check("[name=answer][value=b]")
    page.context.clear_cookies(name="prytany_session")
    page.locator("main .form-acts [type=submit]").click()
    page.get_by_text("You are signed out").wait_for()
    assert page.url.endswith("/x/form/")
    assert page.input_value("#id_content") == "Half a sentence"
    assert sample.received == []


def photograph():
    picture = Image.effect_noise((3000, 2000), 90).convert("RGB")
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=95)
    assert buffer.tell() > 2_000_000
    return buffer.getvalue()


def test_answer_waits_on_the_device_while_the_line_is_lost(page_as):
    page = page_as("mau_son_focal", language="en", width=360, height=760)
    page.expected = ["ERR_INTERNET_DISCONNECTED"]
    page.goto("/x/answer/")
    page.fill("#text", "Hai phòng tốc mái")
    page.set_input_files("[data-file-input]", {"name": "mai.jpg", "mimeType": "image/jpeg", "buffer": photograph()})
    page.get_by_text("reduced from").wait_for()
    page.context.set_offline(True)
    page.get_by_text("Gửi", exact=True).click()
    page.get_by_text("Waiting to be sent: 1").wait_for()
    assert page.input_value("#text") == "Hai phòng tốc mái"
    assert sample.received == []
    assert_no_sideways_scroll(page)
    shot(page, "frame-answer-offline")
    page.context.set_offline(False)
    page.get_by_text("The answer that waited on this device is sent.").wait_for()
    assert [(one["text"], one["choice"]) for one in sample.received] == [("Hai phòng tốc mái", "done")]
    ((name, size),) = sample.received[0]["files"]
    assert name == "mai.jpg"
    assert 10_000 < size <= 300_000
    page.reload()
    page.wait_for_timeout(300)
    assert not page.locator("#line-lost").is_visible()


def test_answer_goes_where_the_server_sends_it(page_as):
    page = page_as("mau_son_focal", width=360, height=760)
    page.goto("/x/answer/")
    page.fill("#text", "Xong")
    with page.expect_navigation(url="**/x/list/"):
        page.get_by_text("Gửi", exact=True).click()
    assert sample.received == [{"text": "Xong", "choice": "done", "files": []}]


def test_menus_close_by_escape_and_by_a_click_elsewhere(page_as):
    page = page_as("chief")
    page.goto("/x/list/")
    menu = page.locator("details.who")
    menu.locator("summary").click()
    assert_no_axe_faults(page)
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    menu.locator("summary").click()
    page.locator("h1").click()
    assert menu.get_attribute("open") is None


def test_language_is_changed_from_the_menu_of_a_phone(page_as):
    page = page_as(None, width=360)
    page.expected = ["404"]
    page.goto("/nowhere/")
    with page.expect_navigation():
        page.select_option("#language", "ar")
    assert page.get_attribute("html", "dir") == "rtl"


def test_icons_come_from_the_sprite_under_the_policy(page_as):
    page = page_as("chief")
    page.goto("/x/list/")
    size = page.locator(".tm-over .ic").first.evaluate("icon => JSON.stringify(icon.querySelector('use').getBBox())")
    assert json.loads(size) is not None
    sizes = page.locator("svg.ic use").evaluate_all(
        "all => all.filter(one => one.closest('svg').checkVisibility()).map(one => one.getBBox().width)"
    )
    assert sizes
    assert min(sizes) > 0


def test_printed_page_has_heads_and_page_numbers_and_no_buttons(page_as, tmp_path):
    import pypdf

    page = page_as("chief", language="en")
    page.goto("/x/list/")
    page.locator("tbody").evaluate(
        "body => { for (let i = 0; i < 4; i += 1) body.append(...[...body.cloneNode(true).children]); }"
    )
    path = tmp_path / "list.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    texts = [" ".join(sheet.extract_text().split()) for sheet in pypdf.PdfReader(path).pages]
    assert len(texts) > 1
    assert re.match(r".*Văn phòng Tỉnh ủy thử · printed \d\d/\d\d/\d{4}, \d\d:\d\d, Chánh Văn phòng", texts[0])
    # In the order of the paper, not in that of painting: the title stands above the table.
    laid_out = pypdf.PdfReader(path).pages[0].extract_text(extraction_mode="layout")
    assert laid_out.index("Nhiệm vụ") < laid_out.index("Nội dung")
    assert texts[0].count("Nội dung") == texts[1].count("Nội dung") == 1
    assert f"1/{len(texts)}" in texts[0]
    assert f"2/{len(texts)}" in texts[1]
    assert "Giao nhiệm vụ" not in texts[0]
    assert "Previous" not in texts[-1]

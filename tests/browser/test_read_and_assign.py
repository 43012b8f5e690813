"""Page 8 in a browser: counts of the walkthrough (interface.md 4), the grid by keyboard, lost lines, directions."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from prytany.documents.services.texts import add_text
from prytany.files.tests import samples
from prytany.intake.models import ConfirmTime, Decision, SecondReading
from prytany.intake.tests.papers import EN, UR, VI, VI_OF_UR, act, taken
from prytany.jobs.worker import drain
from prytany.work.models import AssignmentSheet, RoleInTask, Task
from tests.browser.conftest import assert_no_axe_faults, assert_no_sideways_scroll, shot

MOST_A_TASK = 6


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


class Hands:
    """Presses keys and clicks through a page, and counts; what is pasted is one press."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def press(self, *keys):
        for key in keys:
            self.count += 1
            self.page.keyboard.press(key)

    def type(self, text):
        self.press(*text)

    def click(self, locator):
        self.count += 1
        locator.click()

    def paste(self, locator, text):
        self.count += 1
        locator.fill(text)


def opened(page, document):
    """Open the page of a paper and wait for its script."""
    page.goto(f"/read/{document.uid}/")
    page.locator(".read.live").wait_for()
    return page


def cell(page, row, name):
    return page.locator("[data-grid] tbody tr").nth(row - 1).locator(f".cell[name={name}]")


def saved(page):
    """Wait until nothing waits to be saved."""
    page.locator(".read:not([data-pending])").wait_for()


def write(page, row, name, text):
    """Write a cell and leave it."""
    field = cell(page, row, name)
    field.fill(text)
    field.blur()


def cells(page):
    """Return the texts of the rows as the grid shows them."""
    return page.eval_on_selector_all(
        "[data-grid] tbody tr:not(.blank)",
        "rows => rows.map((row) => [...row.querySelectorAll('.cell')].map((field) => field.value))",
    )


def test_a_report_with_eight_tasks_is_submitted_within_the_budget(page_as, world):
    """Specialist: from the pasted report to submitted for approval in at most 6 actions a task (interface.md 4)."""
    page = page_as("specialist")
    page.goto("/read/")
    hands = Hands(page)
    hands.paste(page.locator("textarea[name=text]"), VI)
    hands.click(page.locator("[data-save]"))
    page.wait_for_url("**/read/*-*/")
    page.locator(".read.live").wait_for()
    for _number in range(6):
        hands.press("Enter")
    expect(cell(page, 6, "lead")).to_be_focused()  # the text says "các cơ quan": which one leads has to be said
    hands.type("noi")
    page.locator(".combo-list:visible [role=option]").first.wait_for()
    hands.press("Enter")
    expect(page.locator("[data-grid] tbody tr").nth(6)).to_be_focused()
    hands.press("Enter")
    expect(cell(page, 7, "due")).to_be_focused()
    hands.type("Q1/2099")
    hands.press("Enter")
    expect(page.locator("[data-grid] tbody tr").nth(7)).to_be_focused()
    hands.press("Enter")
    expect(cell(page, 8, "lead")).to_be_focused()
    hands.type("xay")
    page.locator(".combo-list:visible [role=option]").first.wait_for()
    hands.press("Enter")
    expect(page.locator("[data-submit-label]")).to_be_focused()
    hands.press("Enter")
    page.wait_for_url("**/sheets/**")
    sheet = AssignmentSheet.objects.get()
    assert (sheet.state, sheet.stated_total, sheet.tasks.count()) == ("submitted", 8, 8)
    leads = sheet.tasks.order_by("position").filter(obligations__role=RoleInTask.LEAD)
    assert [unit for (unit,) in leads.values_list("obligations__owner")] == [
        unit.pk
        for unit in (world.home, world.works, world.works, world.home, world.home, world.home, world.works, world.works)
    ]
    assert all(task.source_clause_id for task in sheet.tasks.all())
    assert hands.count <= MOST_A_TASK * 8


def test_a_report_in_urdu_is_taken_from_right_to_left(page_as, world):
    page = page_as("specialist", language="ur")
    document = taken(world, UR)
    opened(page, document)
    box = page.locator("[data-source]").bounding_box()
    grid = page.locator("[data-grid]").bounding_box()
    assert box["x"] > grid["x"]  # the text stands on the start side, which is the right
    assert page.locator("[data-source]").get_attribute("dir") == "rtl"
    hands = Hands(page)
    for row, lead in enumerate(("noi", "xay", "ky lua"), start=1):
        expect(page.locator("[data-grid] tbody tr").nth(row - 1)).to_be_focused()
        hands.press("Enter")
        expect(cell(page, row, "lead")).to_be_focused()
        hands.type(lead)
        page.locator(".combo-list:visible [role=option]").first.wait_for()
        hands.press("Enter")
    expect(page.locator("[data-submit-label]")).to_be_focused()
    hands.press("Enter")
    page.wait_for_url("**/sheets/**")
    tasks = list(Task.objects.order_by("position"))
    assert [task.language for task in tasks] == ["ur"] * 3
    assert [str(task.due_on) for task in tasks] == ["2099-12-15", "2099-11-30", "2099-12-18"]
    assert hands.count <= MOST_A_TASK * 3 + 1


def test_a_text_in_urdu_keeps_its_direction_on_a_page_from_left_to_right(page_as, world):
    page = opened(page_as("specialist"), taken(world, UR))
    box, grid = page.locator("[data-source]").bounding_box(), page.locator("[data-grid]").bounding_box()
    assert box["x"] < grid["x"]
    assert page.locator("[data-source]").evaluate("one => getComputedStyle(one).direction") == "rtl"
    assert page.locator("html").get_attribute("dir") == "ltr"


def test_one_key_turns_a_sentence_into_a_row_and_undo_takes_it_back(page_as, world):
    page = opened(page_as("specialist"), taken(world))
    sentence = page.locator("[data-sentence='13']")
    sentence.focus()
    page.keyboard.press("Enter")
    expect(cell(page, 9, "lead")).to_be_focused()
    expect(cell(page, 9, "content")).to_have_value(
        "Hội nghị thống nhất họp giao ban quý I vào tuần thứ hai của tháng 3"
    )
    expect(sentence.locator("a")).to_have_text("9")
    saved(page)
    assert Task.objects.get().source_clause is not None
    page.locator("[data-undo]").click()
    saved(page)
    expect(page.locator("[data-grid] tbody tr")).to_have_count(9)
    assert Task.objects.count() == 0


def test_proposals_are_taken_at_once_skipped_and_offered_again(page_as, world):
    page = opened(page_as("specialist"), taken(world))
    page.keyboard.press("Escape")
    expect(page.locator("tr.prop")).to_have_count(7)
    page.locator("summary[aria-label]").last.click()
    page.locator("[data-take-all='']").click()
    expect(page.locator("tr.prop")).to_have_count(0)
    saved(page)
    assert (Task.objects.count(), Decision.objects.filter(outcome="skipped").count()) == (7, 1)
    expect(page.locator("[data-stated]")).to_contain_text("8")
    page.locator("[data-undo]").click()
    expect(page.locator("tr.prop")).to_have_count(7)
    saved(page)
    page.locator("[data-undo]").click()
    expect(page.locator("tr.prop")).to_have_count(8)
    saved(page)
    assert (Task.objects.count(), Decision.objects.count()) == (0, 0)


def test_fill_down_apply_to_rows_and_paste_cells_from_a_workbook(page_as, world):
    page = opened(page_as("specialist"), taken(world, "Trời đẹp. Hội nghị vui."))
    cell(page, 1, "content").focus()
    block = (
        "Việc một\tSở Nội vụ\tSở Xây dựng; Xã Mẫu Sơn\t5/12/2099\tBáo cáo\r\n"
        '"Việc\nhai"\t\t\tQ1/2099\r\nViệc ba\t\t\t\t\r\n'
    )
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          const how = {clipboardData: data, bubbles: true, cancelable: true};
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", how));
        }""",
        block,
    )
    expect(page.locator("[data-grid] tbody tr:not(.blank)")).to_have_count(3)
    cell(page, 1, "lead").focus()
    page.keyboard.press("Control+d")
    expect(cell(page, 3, "lead")).to_have_value("Sở Nội vụ")
    for row in (1, 3):
        page.locator("[data-grid] tbody tr").nth(row - 1).locator(".pick").click()
    cell(page, 2, "due").focus()
    page.locator("[data-apply]").click()
    expect(cell(page, 1, "due")).to_have_value("Q1/2099")
    saved(page)
    assert [(row[1], row[3]) for row in cells(page)] == [("Sở Nội vụ", "Q1/2099")] * 3
    page.locator("[data-undo]").click()
    expect(cell(page, 1, "due")).to_have_value("05/12/2099")
    expect(cell(page, 3, "due")).to_have_value("")
    page.locator("[data-undo]").click()
    expect(cell(page, 2, "lead")).to_have_value("")
    saved(page)
    rows = list(Task.objects.order_by("position").values_list("content", "due_precision", "due_on"))
    assert [(content, precision) for content, precision, _on in rows] == [
        ("Việc một", "day"), ("Việc\nhai", "quarter"), ("Việc ba", "day"),
    ]  # fmt: skip
    page.locator("[data-undo]").click()
    expect(page.locator("[data-grid] tbody tr:not(.blank)")).to_have_count(0)
    saved(page)
    assert Task.objects.count() == 0


def test_rows_are_copied_as_columns(page_as, world):
    page = opened(page_as("specialist"), taken(world))
    for _number in range(3):
        page.keyboard.press("Enter")
    saved(page)
    for row in (1, 2):
        page.locator("[data-grid] tbody tr").nth(row - 1).locator(".pick").click()
    copied = page.evaluate(
        """() => {
          const data = new DataTransfer();
          const how = {clipboardData: data, bubbles: true, cancelable: true};
          document.body.dispatchEvent(new ClipboardEvent("copy", how));
          return data.getData("text/plain");
        }"""
    )
    assert [line.split("\t")[1:4] for line in copied.split("\n")] == [
        ["Sở Nội vụ", "các xã, phường", "15/12/2099"],
        ["Sở Xây dựng", "Sở Nội vụ", "12/2099"],
    ]


def test_a_lost_line_keeps_what_is_typed_and_saves_it_when_it_is_back(page_as, world):
    page = opened(page_as("specialist"), taken(world))
    page.expected = ["net::ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED", "Failed to load resource"]
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    write(page, 1, "product", "Danh mục")
    page.locator("#line-lost:visible").wait_for()
    assert Task.objects.count() == 0
    page.context.set_offline(False)
    saved(page)
    assert list(Task.objects.values_list("product", flat=True)) == ["Danh mục"]


def test_an_answer_lost_on_the_way_does_not_make_a_row_twice(page_as, world):
    page = opened(page_as("specialist"), taken(world))
    page.expected = ["net::ERR_FAILED", "Failed to load resource"]
    lost = []

    def lose(route):
        if not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route("**/rows/", lose)
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('tbody tr').dataset.uid")
    saved(page)
    assert (lost, Task.objects.count()) == ([200], 1)


def test_an_ended_session_asks_to_sign_in_and_the_row_is_saved_after(page_as, world):
    page = opened(page_as("specialist"), taken(world))
    page.expected = ["401", "Failed to load resource"]
    cookies = page.context.cookies()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.keyboard.press("Enter")
    page.locator("#signed-out[open]").wait_for()
    page.context.add_cookies(cookies)
    page.locator("#signed-out [data-close]").first.click()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    saved(page)
    assert Task.objects.count() == 1


def test_two_people_in_one_row_see_both_texts_and_choose(page_as, world, client_of):
    document = taken(world)
    page = opened(page_as("specialist"), document)
    page.keyboard.press("Enter")
    saved(page)
    task = Task.objects.get()
    theirs = {"content": "Lời của người khác", "lead": "Sở Xây dựng", "due": "5/12/2099"}
    act(client_of("deputy"), document, {"act": "save", "uid": str(task.uid), "version": task.version, "cells": theirs})
    write(page, 1, "product", "Lời tôi")
    note = page.locator("tbody tr").first.locator(".c-content [data-note]")
    expect(note).to_contain_text("Lời của người khác")
    note.locator("button").first.click()
    saved(page)
    assert Task.objects.get().product == "Lời tôi"


def test_a_file_is_dropped_and_read(page_as, world):
    page = page_as("specialist")
    page.goto("/read/")
    page.locator("[data-drop-hint]:visible").wait_for()
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.items.add(new File([text], "giao ban.txt", {type: "text/plain"}));
          document.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
        }""",
        VI,
    )
    page.locator(".files li").first.wait_for()
    page.locator("[data-save]").click()
    page.wait_for_url("**/read/*-*/")
    drain()
    page.locator(".read.live").wait_for(timeout=15_000)
    expect(page.locator("tr.prop")).to_have_count(8)


def test_without_a_script_every_act_is_a_form(page_as, world):
    document = taken(world)
    page = page_as("specialist", java_script_enabled=False)
    page.goto(f"/read/{document.uid}/")
    page.locator("tbody tr").first.locator("button[value=take]").click()
    row = page.locator("tbody tr").first
    assert row.locator("button[value=save]").is_visible()
    row.locator(".cell[name=product]").fill("Danh mục")
    row.locator("button[value=save]").click()
    page.locator("[data-sentence='13'] button[value=take]").click()
    page.locator("tbody tr").nth(1).locator("button[value=skip]").click()
    products = list(Task.objects.order_by("position").values_list("product", flat=True))
    assert (len(products), products[0]) == (2, "Danh mục")
    assert page.locator("tr.prop").count() == 6


def test_a_text_in_no_known_language_is_drawn_by_hand(page_as, world):
    text = "Quando la riunione fu aperta, il segretario lesse il verbale. Poi tutti firmarono il registro."
    page = opened(page_as("specialist"), taken(world, text))
    assert page.locator("tr.prop").count() == 0
    page.locator("[data-sentence='2']").focus()
    page.keyboard.press("Enter")
    expect(cell(page, 1, "lead")).to_be_focused()
    saved(page)
    assert Task.objects.get().content == "Poi tutti firmarono il registro"


def joined(world, text, other, language):
    """A paper with two texts."""
    document = taken(world, text)
    add_text(scope=world.scope("specialist"), document=document, text=other, language=language, beside=True)
    return document


def take_all(page, kind=""):
    page.locator("summary[aria-label]").last.click()
    page.locator(f"[data-take-all='{kind}']").click()


def boxes(sentence):
    """The places of a sentence and of what stands beside it, measured at once."""
    return sentence.evaluate(
        "one => ['[data-words]', '.beside'].map(name => one.querySelector(name).getBoundingClientRect().toJSON())"
    )


def test_everything_of_the_confirm_screen_from_right_to_left(page_as, world):
    """An Urdu paper on an Urdu page: take, change, skip, accept all of a kind, undo, a second text beside it."""
    page = opened(page_as("specialist", language="ur"), joined(world, UR, VI_OF_UR, "vi"))
    assert page.locator("html").get_attribute("dir") == "rtl"
    beside = page.locator(".beside").filter(has_text="Sở Nội vụ hoàn thành")
    sentence = page.locator("[data-sentence]").filter(has=beside)
    expect(sentence).to_contain_text("محکمہ داخلہ")
    mine, theirs = boxes(sentence)
    assert mine["left"] > theirs["right"] - 1  # the text that is worked on stands on the start side
    assert abs(mine["top"] - theirs["top"]) < 8
    assert beside.evaluate("one => getComputedStyle(one).direction") == "ltr"
    page.keyboard.press("Enter")  # take
    cell(page, 1, "lead").fill("Sở Nội vụ")  # change
    cell(page, 1, "lead").blur()
    page.locator("tbody tr").nth(1).focus()
    page.keyboard.press("Escape")  # skip
    expect(page.locator("tr.prop")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.locator("tr.prop")).to_have_count(2)
    take_all(page)
    expect(page.locator("tr.prop")).to_have_count(0)
    page.locator("[data-undo]").click()
    expect(page.locator("tr.prop")).to_have_count(2)
    saved(page)
    assert_no_axe_faults(page)
    shot(page, "read-beside-ur-1280")
    decided = Decision.objects.get()
    assert (decided.outcome, decided.language, decided.lead) == ("taken", "ur", "added")
    page.locator(".nav .side a").click()  # the second text goes away again
    expect(page.locator(".source .beside")).to_have_count(0)


@pytest.mark.parametrize("language", ["vi", "ur"])
def test_rows_of_the_second_reader_are_marked_and_taken_at_once(page_as, world, settings, language):
    settings.SECOND_READER_URL, settings.SECOND_READER_MODEL = "http://127.0.0.1:9/v1", "some-model"
    document = joined(world, VI, EN, "en")
    text = document.texts.get(language="vi")
    start = text.text.index("Hội nghị thống nhất")
    place = {"start": start, "end": text.text.index("\n", start), "lead": "", "coordinating": [], "deadline": ""}
    SecondReading.objects.create(text=text, state="read", proposals=[place], dropped=2)
    page = opened(page_as("specialist", language=language), document)
    expect(page.locator("tr.prop.second")).to_have_count(1)
    expect(page.locator("tr.prop.second .by")).to_contain_text("Second reader")
    shot(page, f"read-second-{language}-1280")
    assert_no_axe_faults(page)
    take_all(page, "second")
    expect(page.locator("tr.prop")).to_have_count(8)
    saved(page)
    assert Decision.objects.get().reader == "second"


def test_all_with_nothing_open_are_taken_and_the_others_stay(page_as, world):
    page = opened(page_as("specialist"), taken(world))
    take_all(page, "whole")
    expect(page.locator("tr.prop")).to_have_count(3)
    saved(page)
    assert Task.objects.count() == 5


def test_two_texts_stand_one_above_the_other_on_a_phone(page_as, world):
    for language, texts in (("ur", (UR, VI_OF_UR, "vi")), ("vi", (VI, EN, "en"))):
        page = opened(page_as("specialist", language=language, width=360), joined(world, *texts))
        sentence = page.locator("[data-sentence='5']")
        mine, theirs = boxes(sentence)
        assert theirs["top"] >= mine["bottom"] - 1
        assert_no_sideways_scroll(page)
        assert_no_axe_faults(page)
        shot(page, f"read-beside-{language}-360")


def test_sentences_are_merged_by_key_and_by_button(page_as, world):
    page = opened(page_as("specialist"), taken(world))
    page.locator("[data-sentence='5']").focus()
    page.keyboard.press("m")
    expect(page.locator("[data-range-words]")).to_contain_text("5")
    assert_no_axe_faults(page)
    shot(page, "read-merge-vi-1280")
    page.keyboard.press("Escape")
    expect(page.locator("[data-range]")).to_be_hidden()
    page.locator("[data-sentence='5']").focus()
    page.locator("[data-merge]").press("Enter")
    page.locator("[data-range-take]").click()
    expect(page.locator("tr.prop")).to_have_count(6)
    saved(page)
    task = Task.objects.get()
    assert task.source_clause.text.startswith("Một là")
    assert "Hai là" in task.source_clause.text
    page.reload()
    page.locator(".read.live").wait_for()
    expect(page.locator("tr.prop")).to_have_count(6)
    page.locator("[data-sentence='13']").focus()
    page.locator("[data-merge]").click()
    expect(page.locator("#messages")).to_contain_text("There is no sentence after this one.")


@pytest.mark.parametrize(("language", "text", "number", "onward"), [("vi", VI, 7, "Right"), ("ur", UR, 6, "Left")])
def test_a_sentence_is_split_by_its_words(page_as, world, language, text, number, onward):
    page = opened(page_as("specialist", language=language), taken(world, text))
    before = page.locator("tr.prop").count()
    page.locator(f"[data-sentence='{number}']").focus()
    page.keyboard.press("s")
    dialog = page.locator("#split-sentence")
    dialog.wait_for()
    for _step in range(8):
        page.keyboard.press(f"Arrow{onward}")
    page.keyboard.press("Space")
    expect(dialog.locator("[aria-selected=true]")).to_have_count(1)
    assert_no_axe_faults(page)
    shot(page, f"read-split-{language}-1280")
    page.keyboard.press("Enter")
    expect(page.locator("tr.prop")).to_have_count(before - 1)
    saved(page)
    one, two = Task.objects.order_by("source_clause__start")
    whole = page.locator(f"[data-sentence='{number}'] [data-words]").text_content()
    assert f"{one.source_clause.text} {two.source_clause.text}" == whole
    page.locator("[data-undo]").click()
    saved(page)
    expect(page.locator("tr.prop")).to_have_count(before)
    assert Task.objects.count() == 0


def test_the_time_until_the_last_decision_is_kept_for_the_paper(page_as, world):
    page = opened(page_as("specialist"), taken(world))
    page.evaluate("document.dispatchEvent(new Event('pointermove'))")
    page.wait_for_timeout(1200)
    page.keyboard.press("Enter")
    saved(page)
    assert 1 <= ConfirmTime.objects.get().seconds <= 60


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", ["vi", "ur"])
def test_pages_beside_reading_pass_axe_and_fit(page_as, world, client_of, language, width):
    document = taken(world)
    page = page_as("specialist", language=language, width=width)
    opened(page, document)
    take_all(page)
    saved(page)
    page.goto("/read/figures/")
    shot(page, f"figures-{language}-{width}")
    assert_no_axe_faults(page)
    assert_no_sideways_scroll(page)
    page.locator(".pack td a").first.click()
    shot(page, f"behind-{language}-{width}")
    assert_no_axe_faults(page)
    assert_no_sideways_scroll(page)
    page.goto(f"/read/{document.uid}/version/")
    page.locator("textarea[name=text]").fill(EN)
    page.locator("[data-save]").click()
    page.locator(".notice [name=join]").first.wait_for()
    shot(page, f"version-{language}-{width}")
    assert_no_axe_faults(page)
    assert_no_sideways_scroll(page)
    page.locator(".notice [name=join]").first.click()
    page.locator(".beside", has_text="First, ").wait_for()
    page.goto("/read/")
    page.locator("textarea[name=text]").fill(VI.replace("Sáng", "Theo báo, sáng"))
    page.locator("[data-save]").click()
    page.locator(".notice [name=join]").first.wait_for()
    shot(page, f"alike-{language}-{width}")
    assert_no_axe_faults(page)
    assert_no_sideways_scroll(page)


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", ["vi", "ur"])
def test_pages_pass_axe_and_fit(page_as, world, language, width):
    page = page_as("specialist", language=language, width=width)
    page.goto("/read/")
    shot(page, f"read-start-{language}-{width}")
    assert_no_axe_faults(page)
    assert_no_sideways_scroll(page)
    opened(page, taken(world, UR if language == "ur" else VI))
    shot(page, f"read-proposed-{language}-{width}")
    assert_no_axe_faults(page)
    for _number in range(2):
        page.keyboard.press("Enter")
    saved(page)
    shot(page, f"read-rows-{language}-{width}")
    assert_no_axe_faults(page)
    assert_no_sideways_scroll(page)


def test_the_refusal_and_the_waiting_page_pass_axe(page_as, world):
    page = page_as("clerk")
    page.expected = ["403"]
    page.goto("/read/")
    assert_no_axe_faults(page)
    page = page_as("specialist")
    page.goto("/read/")
    page.locator("input[type=file]").set_input_files(
        {"name": "a.pdf", "mimeType": "application/pdf", "buffer": samples.pdf("Một.")}
    )
    page.locator(".files li").first.wait_for()
    page.locator("[data-save]").click()
    page.wait_for_url("**/read/*-*/")
    assert_no_axe_faults(page)

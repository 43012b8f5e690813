"""Page 12 in a browser: from an Excel tracker to drafts in a few clicks, by drop, by paste, in both directions."""

import pytest

from prytany.sheets.tests.samples import workbook
from prytany.work.models import AssignmentSheet
from tests.browser.conftest import assert_no_axe_faults, assert_no_sideways_scroll, shot

HEADS = ["TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn hoàn thành", "Sản phẩm"]
MOST_CLICKS = 12


def tracker(rows=65, unknown="Cơ quan chưa rõ"):
    """Return a tracker as offices keep it: title, numbered columns, a group title, one unit that nobody knows."""
    table = [["BẢNG THEO DÕI NHIỆM VỤ", *[None] * 5], HEADS, [f"({n})" for n in range(1, 7)], ["I. Chung", *[None] * 5]]
    for number in range(rows):
        lead = ("Sở Nội vụ", "Sở Xây dựng", unknown)[number % 3]
        table.append([number + 1, f"Việc số {number + 1}", lead, "Xã Mẫu Sơn; Phường Kỳ Lừa", "Quý IV/2027", "Báo cáo"])
    return workbook({"Theo dõi": table}, merge=[("Theo dõi", 0, 0, 0, 5), ("Theo dõi", 3, 0, 3, 5)])


class Clicks:
    """Clicks through a page and counts."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def click(self, locator):
        self.count += 1
        locator.click()

    def choose(self, locator, value):
        self.count += 1
        locator.select_option(value)


def test_a_tracker_of_65_rows_becomes_drafts_within_the_budget(page_as, world, tmp_path):
    path = tmp_path / "theo dõi.xlsx"
    path.write_bytes(tracker())
    page = page_as("specialist")
    walk = Clicks(page)
    page.goto("/tasks/")
    if page.locator("details.menu:has(a[href='/import/tasks/']) > summary").count():
        walk.click(page.locator("details.menu:has(a[href='/import/tasks/']) > summary"))
    walk.click(page.locator("a[href='/import/tasks/']"))
    with page.expect_file_chooser() as chooser:
        walk.click(page.locator("input[type=file]"))
    walk.count += 1  # the file in the system's own dialog
    chooser.value.set_files(path)
    page.wait_for_url("**/import/tasks/*-*/")
    unknown = page.locator("select[name=name-1]")
    assert page.locator("select[name^='name-']").count() == 1
    walk.choose(unknown, str(world.works.uid) if str(world.works.uid) in unknown.inner_html() else "")
    if not unknown.input_value():
        page.locator("input[name=nametext-1]").fill("Sở Xây dựng")
        walk.click(page.locator("button[value=look]"))
    page.locator("button[value=apply]").wait_for()
    walk.click(page.locator("button[value=apply]"))
    page.wait_for_load_state()
    assert AssignmentSheet.objects.get().tasks.count() == 65
    walk.click(page.locator(".acts .btn-primary"))
    page.wait_for_url("**/sheets/**")
    assert walk.count <= MOST_CLICKS + 1


def test_a_file_is_dropped_and_cells_are_pasted_in_one_act(page_as):
    page = page_as("admin")
    page.goto("/import/organisation/")
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(["Tên đơn vị;Loại\\nXã Thả;Xã\\n"], "xã.csv", {type: "text/csv"}));
          document.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
        }"""
    )
    page.wait_for_url("**/import/organisation/*-*/")
    assert page.get_by_text("Xã Thả").count() == 1
    page.goto("/import/organisation/")
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text/plain", "Tên đơn vị\\tLoại\\nXã Dán\\tXã\\n");
          document.body.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
        }"""
    )
    page.wait_for_url("**/import/organisation/*-*/")
    assert page.get_by_text("Xã Dán").count() == 1


def test_a_column_is_chosen_without_leaving_the_page(page_as):
    page = page_as("admin")
    page.goto("/import/organisation/")
    page.locator("textarea").fill("Cột lạ\tLoại\nXã Một\tXã\nXã Hai\tXã\n")
    page.get_by_role("button").filter(has_text="Read").or_(page.locator("button.btn-primary")).first.click()
    page.wait_for_url("**/import/organisation/*-*/")
    address = page.url
    page.locator("select[name=column-units-0]").select_option("name_vi")
    page.locator("button[value=apply]").wait_for()
    assert page.url == address
    page.locator("input[name=in-units]").nth(1).uncheck()
    page.locator("tr.left-out").wait_for()
    assert page.locator("select[name=column-units-0]").input_value() == "name_vi"


@pytest.mark.parametrize(("language", "width"), [("vi", 1280), ("ur", 1280), ("vi", 360), ("ur", 360)])
def test_the_import_pages_are_sound_in_both_directions(page_as, tmp_path, language, width):
    path = tmp_path / "theo dõi.xlsx"
    path.write_bytes(tracker(6))
    page = page_as("specialist", language=language, width=width)
    page.goto("/import/tasks/")
    assert_no_axe_faults(page)
    assert_no_sideways_scroll(page)
    shot(page, f"import-start-{language}-{width}")
    page.locator("input[type=file]").set_input_files(path)
    page.wait_for_url("**/import/tasks/*-*/")
    assert_no_axe_faults(page)
    assert_no_sideways_scroll(page)
    shot(page, f"import-rows-{language}-{width}")
    page.locator("button[value=apply_rest]").click()
    page.locator("form[action$='/undo/']").wait_for()
    assert_no_axe_faults(page)
    shot(page, f"import-done-{language}-{width}")

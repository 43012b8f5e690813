"""The first page of official documents, against the pages of `gold_page_one/`, whose fields were set down first."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prytany.intake.reading import packs, read
from prytany.intake.reading.model import EventDate, Fact
from prytany.intake.reading.page_one import read_page
from prytany.intake.scoring_pages import FIELDS, PAGE_GOLD, found_in, judge_pages, table_of_pages

PATHS = sorted(PAGE_GOLD.glob("*.txt"))


def gold():
    return json.loads((PAGE_GOLD / "gold.json").read_text("utf-8"))["documents"]


def facts_of(page):
    for name in FIELDS:
        value = getattr(page, name)
        yield from (value if isinstance(value, tuple) else (value,))
    yield page.circulation


def test_there_are_pages_of_every_language_and_both_families():
    entries = gold()
    assert {entry["language"] for entry in entries} == set(packs.codes())
    assert {entry["family"] for entry in entries} == {"state", "party", None}
    assert {path.name for path in PATHS} == {entry["file"] for entry in entries}
    assert len(entries) >= 24


def test_every_field_is_read():
    counts, misses = judge_pages(PAGE_GOLD)
    assert misses == []
    assert table_of_pages(counts).split("\n")[0].split() == [*FIELDS, "all"]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_value_is_tied_to_its_words(path):
    reading = read(path.read_text("utf-8"))
    if reading.page is None:
        assert "no-page" in path.stem
        return
    for fact in filter(None, facts_of(reading.page)):
        assert fact.because
        for span in fact.because:
            assert reading.lines[span.line - 1][span.start : span.end] == span.text


def test_a_body_named_over_two_lines_beside_the_title_of_state():
    page = read_page(
        "ỦY BAN NHÂN DÂN CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH HÀ MỸ Độc lập - Tự do - Hạnh phúc\n"
        "Số: 9/TB-UBND Hà Mỹ, ngày 1 tháng 2 năm 2026\nTHÔNG BÁO\nvề lịch nghỉ Tết"
    )
    issuer = page.issuer
    assert (issuer.value, [span.text for span in issuer.because]) == (
        "Ủy ban nhân dân tỉnh Hà Mỹ", ["ỦY BAN NHÂN DÂN", "TỈNH HÀ MỸ"],
    )  # fmt: skip
    assert (page.family.value, page.symbol.value, page.date.iso) == ("state", "9/TB-UBND", "2026-02-01")


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Hà Mỹ, ngày     tháng 3 năm 2026", ("2026-03", "month")),
        ("Hà Mỹ, ngày … tháng … năm 2026", ("2026", "year")),
        ("Hà Mỹ, ngày 31 tháng 02 năm 2026", (None, "none")),
        ("Hà Mỹ, ngày 05 tháng 3 năm 2026", ("2026-03-05", "day")),
    ],
)
def test_a_date_says_how_exact_it_is(line, date):
    page = read_page(f"SỞ NỘI VỤ\nSố: 4/SNV-VP\n{line}\nV/v báo cáo quý I")
    assert (page.date.iso, page.date.precision) == date


def test_a_number_left_blank_is_not_invented():
    page = read_page("UBND TỈNH HÀ MỸ\nSố:      /QĐ-UBND\nHà Mỹ, ngày    tháng 3 năm 2026\nQUYẾT ĐỊNH\nVề cử cán bộ")
    assert (page.symbol, page.number, page.abbreviation, page.kind.value) == (None, None, "qđ", "decision")


def test_the_number_of_a_paper_cited_in_the_summary_is_not_the_number():
    page = read_page(
        "SỞ NỘI VỤ\nSố: 77/SNV-VP\nHà Mỹ, ngày 3 tháng 3 năm 2026\n"
        "V/v thực hiện Quyết định số 05/QĐ-UBND ngày 12 tháng 01 năm 2026\nKính gửi: Các xã, phường"
    )
    assert (page.symbol.value, page.date.iso, page.kind.value) == ("77/SNV-VP", "2026-03-03", "official_letter")


@pytest.mark.parametrize(
    ("stamp", "level"),
    [("MẬT", "10"), ("* TỐI MẬT *", "20"), ("TUYỆT MẬT", "30"), ("SECRET", "10"), ("गोपनीय", "10"),
     ("سري للغاية", "20"), ("خفیہ", "10"), ("TRÈS SECRET", "20"), ("Mật độ dân số", None),
     ("Bảo mật", None), ("secret", None)],
)  # fmt: skip
def test_a_stamp_of_secrecy_is_seen_wherever_it_stands_on_the_page(stamp, level):
    body = "Thực hiện chương trình công tác năm 2026, Sở Nội vụ báo cáo kết quả sáu tháng đầu năm như sau đây.\n"
    for text in (f"{stamp}\nSỞ NỘI VỤ\nSố: 4/SNV-VP\n{body}", f"SỞ NỘI VỤ\nSố: 4/SNV-VP\n{body}{stamp}\n{body}"):
        found = read_page(text).level
        assert (found.value if found else None) == level


def test_a_stamp_at_the_end_of_a_page_is_seen():
    assert read_page("SỞ NỘI VỤ\nSố: 4/SNV-VP\nTỐI MẬT\fTrang hai nói về một việc riêng.").level.value == "20"


def test_a_report_in_a_newspaper_has_no_first_page():
    text = "Council meets\nOn 3 June 2026 the Council met in Marlow and approved Circular No. 12/2025 of the ministry."
    assert read(text).page is None
    assert found_in(read(text).page)["symbol"] is None


def test_kinds_of_an_office_are_read_beside_those_of_the_packs():
    text = "SỞ NỘI VỤ\nSố: 4/PYC-SNV\nHà Mỹ, ngày 3 tháng 3 năm 2026\nPHIẾU YÊU CẦU\nvề bổ sung hồ sơ"
    assert read_page(text).kind is None
    page = read_page(text, {"Phiếu yêu cầu": "request_slip"})
    assert (page.kind.value, page.summary.value) == ("request_slip", "về bổ sung hồ sơ")


@given(st.lists(st.sampled_from([line for path in PATHS for line in path.read_text("utf-8").split("\n")]), max_size=25))
@settings(max_examples=80, deadline=None)
def test_any_order_of_lines_is_read_and_tied(lines):
    text = "\n".join(lines)
    page = read_page(text)
    assert isinstance(page.date, EventDate)
    for fact in filter(None, facts_of(page)):
        assert isinstance(fact, Fact | EventDate)
        for span in fact.because:
            assert lines[span.line - 1][span.start : span.end] == span.text

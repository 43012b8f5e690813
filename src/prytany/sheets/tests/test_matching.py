"""Headings are found among titles and remarks, in any order and language, and choices are remembered."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prytany.core.dates import DueDate
from prytany.sheets.matching import assign_tables, find_heading, heading_at, is_title_row, match_columns
from prytany.sheets.reading.grid import Table
from prytany.sheets.registry import BadCell, Field, Part
from prytany.sheets.values import parse_day, parse_due

PART = Part(
    "tasks",
    "Tasks",
    (
        Field("content", "Content", ("nội dung", "nhiệm vụ", "contenu", "विषय", "المحتوى", "مواد"), required=True),
        Field("lead", "Lead", ("chủ trì", "cơ quan chủ trì", "अग्रणी")),
        Field("others", "Coordinating", ("phối hợp", "cơ quan phối hợp")),
        Field("due", "Due date", ("thời hạn", "hạn hoàn thành", "الموعد")),
    ),
    ("nhiệm vụ",),
)


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("STT", "Nội dung", "Cơ quan chủ trì", "Phối hợp"), {1: "content", 2: "lead", 3: "others"}),
        (("Thời hạn:", "NHIỆM VỤ (tóm tắt)"), {0: "due", 1: "content"}),
        (("Content", "Due date", "Lead"), {0: "content", 1: "due", 2: "lead"}),
        (("विषय", "अग्रणी"), {0: "content", 1: "lead"}),
        (("المُحتوى", "الموعد"), {0: "content", 1: "due"}),
        (("Nội dung nhiệm vụ được giao", "Đơn vị chủ trì thực hiện"), {0: "content", 1: "lead"}),
        (("Noi dung", "Chu tri"), {0: "content", 1: "lead"}),
        (("Nội dungg", "Chủ trìì"), {0: "content", 1: "lead"}),
        (("Ghi chú", "Số"), {}),
        (("Nội dung", "Nhiệm vụ"), {0: "content"}),
    ],
)
def test_match_columns_finds_fields_by_their_names_in_any_language(labels, expected):
    assert match_columns(labels, PART, {}) == expected


def test_match_columns_takes_what_was_chosen_before():
    memory = {"viec": ("content", 4.0), "noi dung": ("", 4.0)}
    assert match_columns(("Nội dung", "Việc", "Chủ trì"), PART, memory) == {1: "content", 2: "lead"}


def test_find_heading_skips_titles_and_the_row_that_numbers_columns():
    rows = [
        ["BÁO CÁO", None, None],
        ["Kèm theo thông báo về nội dung", None, None],
        ["TT", "Nội dung", "Chủ trì"],
        ["(1)", "(2)", "(3)"],
        [1, "Một", "Sở Nội vụ"],
    ]
    heading = find_heading(Table("S", rows), PART, {})
    assert (heading.row, heading.data, heading.labels) == (2, 4, ("TT", "Nội dung", "Chủ trì"))


def test_heading_of_two_rows_joins_what_stands_below_a_wide_cell():
    rows = [["Nội dung", "Trách nhiệm", "Trách nhiệm"], ["Nội dung", "Chủ trì", "Phối hợp"], ["Một", "A", "B"]]
    table = Table("S", rows, spans=[(0, 1, 0, 0), (0, 0, 1, 2)])
    heading = heading_at(table, 0)
    assert (heading.depth, heading.data, heading.labels) == (
        2,
        2,
        ("Nội dung", "Trách nhiệm: Chủ trì", "Trách nhiệm: Phối hợp"),
    )
    assert match_columns(heading.labels, PART, {}) == {0: "content", 1: "lead", 2: "others"}


def test_title_row_is_one_cell_across_the_table():
    table = Table("S", [["a", "b", "c"], ["I. Kinh tế"] * 3], spans=[(1, 1, 0, 2)])
    assert [is_title_row(table, row) for row in (0, 1)] == [False, True]


def test_tables_are_assigned_by_the_name_of_the_sheet_then_by_headings():
    tables = [Table("Bìa", [["x"]]), Table("Theo dõi", [["Nội dung", "Chủ trì"]]), Table("Nhiệm vụ", [["y"]])]
    assert assign_tables(tables, [PART], {}) == {"tasks": 2}
    assert assign_tables(tables[:2], [PART], {}) == {"tasks": 1}
    assert assign_tables(tables[:1], [PART], {}) == {}


def test_a_table_goes_to_the_part_whose_headings_fit_best():
    other = Part("units", "Units", (Field("name", "Name", ("chủ trì",), required=True),), required=False)
    tables = [Table("1", [["Nội dung", "Chủ trì", "Thời hạn"]]), Table("2", [["Chủ trì"]])]
    assert assign_tables(tables, [other, PART], {}) == {"tasks": 0, "units": 1}
    assert assign_tables(tables[:1], [other, PART], {}) == {"tasks": 0}


@given(st.lists(st.text(max_size=12), max_size=8))
def test_match_columns_gives_each_field_at_most_one_column(labels):
    found = match_columns(labels, PART, {})
    assert len(set(found.values())) == len(found)
    assert set(found) <= set(range(len(labels)))


DAY = datetime.date(2026, 12, 5)


@pytest.mark.parametrize(
    "cell",
    [DAY, datetime.datetime.combine(DAY, datetime.time(8)), 46361,
     "05/12/2026", "5.12.2026", "2026-12-05", "05122026", "٥/١٢/٢٠٢٦",
     "ngày 5 tháng 12 năm 2026", "5-12-2026"],
)  # fmt: skip
def test_parse_day_reads_a_day_however_it_is_written(cell):
    assert parse_day(cell) == DAY


@pytest.mark.parametrize(
    ("cell", "due"),
    [
        ("Trước ngày 05/12/2026", DueDate(DAY)),
        ("chậm nhất 5/12/2026.", DueDate(DAY)),
        ("Tháng 12/2026", DueDate(datetime.date(2026, 12, 31), "month")),
        ("Quý IV/2026", DueDate(datetime.date(2026, 12, 31), "quarter")),
        ("trong quý I 2027", DueDate(datetime.date(2027, 3, 31), "quarter")),
        ("Năm 2026", DueDate(datetime.date(2026, 12, 31), "year")),
        ("avant le 5/12/2026", DueDate(DAY)),
        ("Thường xuyên", DueDate(None, "standing")),
    ],
)
def test_parse_due_reads_dates_with_the_words_around_them(cell, due):
    assert parse_due(cell) == due


@pytest.mark.parametrize("cell", ["31/02/2026", "sớm", "12/2026", "5/13/2026", True])
def test_parse_day_refuses_what_is_no_day(cell):
    with pytest.raises(BadCell):
        parse_day(cell)

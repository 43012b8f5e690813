"""Tables are read as people see them, and what is no table is refused with a sentence that helps."""

import datetime
import io
import unicodedata
import zipfile

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prytany.sheets.reading import Note, UnreadableSheet, as_text, from_json, read_pasted, read_tables, to_json
from prytany.sheets.reading.grid import MAX_BYTES, MAX_ROWS, tidy_text
from prytany.sheets.tests.samples import document, openpyxl_workbook, raw_workbook, save, workbook, zip_of

DAY = datetime.date(2026, 12, 5)


def test_read_xlsx_keeps_dates_numbers_and_codes_apart():
    rows = [["Nội dung", "Hạn", "Mã", "Số"], ["Việc", DAY, (5977,), 12.5], ["Khác", None, (12,), 3]]
    (table,) = read_tables(workbook({"Theo dõi": rows}), "a.xlsx")
    assert table.name == "Theo dõi"
    assert table.rows == [
        ["Nội dung", "Hạn", "Mã", "Số"],
        ["Việc", DAY, "05977", 12.5],
        ["Khác", None, "00012", 3],
    ]


def test_read_xlsx_fills_merged_cells_and_says_so():
    rows = [["Chủ trì", "Nội dung"], ["Sở Nội vụ", "Một"], [None, "Hai"], [None, "Ba"]]
    (table,) = read_tables(workbook({"S": rows}, merge=[("S", 1, 0, 3, 0)]), "a.xlsx")
    assert [row[0] for row in table.rows] == ["Chủ trì", "Sở Nội vụ", "Sở Nội vụ", "Sở Nội vụ"]
    assert table.notes == [Note("merged_filled", {"count": 1})]
    assert table.spans == [(1, 3, 0, 0)]


def test_read_xlsx_leaves_hidden_sheets_out_and_names_them():
    data = workbook({"A": [["x"]], "Mật": [["y"]], "C": [["z"]]}, hidden=["Mật"])
    tables = read_tables(data, "a.xlsx")
    assert [table.name for table in tables] == ["A", "C"]
    assert tables[0].notes == [Note("hidden_sheets", {"names": "Mật", "count": 1})]


def test_read_xlsx_reads_hidden_rows_and_counts_them():
    def fill(book):
        for value in ("a", "b", "c"):
            book.active.append([value])
        book.active.row_dimensions[2].hidden = True

    (table,) = read_tables(openpyxl_workbook(fill), "a.xlsx")
    assert (table.rows, table.notes) == ([["a"], ["b"], ["c"]], [Note("hidden_rows", {"count": 1})])


def test_read_xlsx_names_formulas_that_were_never_calculated():
    def fill(book):
        book.active.append(["a", "=1+1", "=A1"])

    (table,) = read_tables(openpyxl_workbook(fill), "a.xlsx")
    assert table.notes == [Note("formula_without_value", {"count": 2, "cells": "B1, C1"})]


def test_read_xlsx_takes_values_of_formulas():
    cells = '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>x</f><v>hai</v></c>'
    xml = f'<sheetData><row r="1">{cells}</row></sheetData>'
    (table,) = read_tables(raw_workbook(xml), "a.xlsx")
    assert table.rows == [[2, "hai"]]


def test_read_xlsx_understands_every_kind_of_cell():
    xml = (
        '<sheetData><row r="2"><c r="B2" t="s"><v>0</v></c><c t="inlineStr"><is><t>trong</t></is></c>'
        '<c r="E2" t="b"><v>1</v></c><c r="F2" t="e"><v>#REF!</v></c><c r="G2" t="d"><v>2026-12-05T00:00:00</v></c>'
        '<c r="H2" s="1"><v>59</v></c><c r="I2" s="1"><v>61.5</v></c></row></sheetData>'
    )
    strings = "<si><r><t>Một </t></r><r><t>hai</t></r><rPh><t>x</t></rPh></si>"
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    (table,) = read_tables(raw_workbook(xml, strings, styles), "a.xlsx")
    assert table.rows == [
        [None] * 9,
        [
            None,
            "Một hai",
            "trong",
            None,
            True,
            "#REF!",
            DAY,
            datetime.date(1900, 2, 28),
            datetime.datetime(1900, 3, 1, 12),  # noqa: DTZ001 - a wall clock
        ],
    ]


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.integers(-(10**9), 10**9),
                st.booleans(),
                st.dates(datetime.date(1901, 1, 1), datetime.date(2100, 1, 1)),
                st.text("aăâđêôơư اردوहिन्दी", min_size=1, max_size=12).map(str.strip).filter(bool),
            ),
            min_size=1,
            max_size=5,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_read_xlsx_agrees_with_another_library(rows):
    def fill(book):
        for row in rows:
            book.active.append(row)

    data = openpyxl_workbook(fill)
    theirs = openpyxl.load_workbook(io.BytesIO(data), data_only=True).active.iter_rows(values_only=True)
    expected = [[v.date() if isinstance(v, datetime.datetime) else v for v in row] for row in theirs]
    expected = [[tidy_text(v) if isinstance(v, str) else v for v in row] for row in expected]
    while expected and not any(v is not None for v in expected[-1]):
        expected.pop()
    width = max((j + 1 for row in expected for j, v in enumerate(row) if v is not None), default=0)
    if not expected:
        with pytest.raises(UnreadableSheet, match="no_table"):
            read_tables(data, "a.xlsx")
    else:
        assert read_tables(data, "a.xlsx")[0].rows == [row[:width] for row in expected]


@given(st.one_of(st.none(), st.text(), st.integers(), st.booleans(), st.dates(), st.datetimes()))
def test_cells_survive_storing(value):
    stored = from_json(to_json(value))
    if isinstance(value, datetime.datetime):
        value = value.replace(second=0, microsecond=0, fold=0)
    assert stored == value


def test_read_docx_fills_merged_cells_of_a_table():
    paper = docx.Document()
    paper.add_paragraph("Phụ lục phân công")
    table = paper.add_table(rows=3, cols=3)
    for i, row in enumerate([["TT", "Nội dung", "Chủ trì"], ["1", "Một", "Sở Nội vụ"], ["2", "Hai", ""]]):
        for j, value in enumerate(row):
            table.cell(i, j).text = value
    table.cell(1, 2).merge(table.cell(2, 2))
    table.cell(0, 0).merge(table.cell(0, 1))
    (found,) = read_tables(save(paper), "a.docx")
    assert found.name == "Phụ lục phân công"
    assert found.rows == [
        ["TT\nNội dung", "TT\nNội dung", "Chủ trì"],
        ["1", "Một", "Sở Nội vụ"],
        ["2", "Hai", "Sở Nội vụ"],
    ]
    assert found.notes == [Note("merged_filled", {"count": 2})]


def test_read_docx_returns_each_table_with_the_words_before_it():
    tables = read_tables(document([["a", "b"]], [["c", "d"]]), "a.docx")
    assert [(t.name, t.rows) for t in tables] == [("Phụ lục", [["a", "b"]]), ("Phụ lục", [["c", "d"]])]


@pytest.mark.parametrize(
    ("text", "encoding", "language"),
    [
        ("Tên;Hạn\nSở Nội vụ;05/12/2026\n", "utf-8", "vi"),
        ("Tên,Hạn\nSở Nội vụ,05/12/2026\n", "utf-8-sig", "vi"),
        ("Tên\tHạn\nSở Nội vụ\t05/12/2026\n", "utf-16", "vi"),
        ("sep=|\nTên|Hạn\nSở Nội vụ|05/12/2026\n", "utf-8", "vi"),
    ],
)
def test_read_csv_finds_encoding_and_separator(text, encoding, language):
    (table,) = read_tables(text.encode(encoding), "a.csv", language=language)
    assert table.rows == [["Tên", "Hạn"], ["Sở Nội vụ", "05/12/2026"]]


def test_read_csv_of_an_old_code_page_is_guessed_from_the_language_and_said():
    data = unicodedata.normalize("NFD", "Phòng;Hạn\nTổng hợp;1\n").replace("\u0302", "").encode("cp1258", "ignore")
    (table,) = read_tables(data, "a.csv", language="vi")
    assert table.notes[0] == Note("encoding_guessed", {"encoding": "cp1258", "separator": ";"})
    assert table.rows[0] == ["Phòng", "Hạn"]


def test_read_csv_in_a_chosen_encoding_that_does_not_fit_is_refused():
    with pytest.raises(UnreadableSheet) as caught:
        read_tables("Tên;Nom".encode("cp1252"), "a.csv", encoding="utf-8")
    assert caught.value.code == "wrong_encoding"


def test_read_pasted_keeps_line_breaks_inside_quoted_cells():
    table = read_pasted('Nội dung\tHạn\n"Một\nhai"\t5/12\n')
    assert table.rows == [["Nội dung", "Hạn"], ["Một\nhai", "5/12"]]


def test_read_pasted_column_of_sentences_is_not_cut_at_commas():
    text = "Nội dung\nRà soát, tổng hợp\nBáo cáo\nKiểm tra, đôn đốc, nhắc việc\n"
    assert [len(row) for row in read_pasted(text).rows] == [1, 1, 1, 1]


def test_cells_are_composed_and_freed_of_control_characters():
    text = "Tên\tGhi chú\n" + unicodedata.normalize("NFD", "Sở Nội vụ") + "\u202e\tx\u00a0 y\x07\n"
    assert read_pasted(text).rows[1] == ["Sở Nội vụ", "x y"]


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<w:document xmlns:w="w"><w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
    "</w:body></w:document>"
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"x" * (MAX_BYTES + 1), "too_big"),
        (b"PK\x03\x04 broken", "broken"),
        (workbook({"S": [["a"]]})[:-200], "broken"),
        (zip_of({"a.txt": "x"}), "not_a_table"),
        (zip_of({"content.xml": "x"}), "other_office"),
        (zip_of({"word/document.xml": ENTITIES}), "broken"),
        (zip_of({"word/document.xml": "<w:document"}), "broken"),
        (zip_of({"xl/workbook.xml": "0" * 30_000_000}), "too_large"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Workbook", "old_format"),
        (b"%PDF-1.7", "not_a_table"),
        (b"MZ\x90\x00", "not_a_table"),
        (b"<html><table><tr><td>a</td></tr></table></html>", "web_page"),
        (b"\x00\x01\x02\x03 binary", "not_a_table"),
        (document([["", ""]]), "no_table"),
        (workbook({"S": [[]]}), "no_table"),
        (('"' + "x" * 90_000 + "\n").encode(), "broken_csv"),
        (("a\n" * (MAX_ROWS + 1)).encode(), "too_many_rows"),
        (("a;" * 61 + "a\n").encode(), "too_many_columns"),
        (b"a;" + b"x" * 20_001, "cell_too_long"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_is_refused_with_a_reason(data, code):
    with pytest.raises(UnreadableSheet) as caught:
        read_tables(data, "tệp.xlsx")
    assert caught.value.code == code
    assert str(caught.value.message).endswith(".")


def test_an_encrypted_member_is_refused():
    data = bytearray(workbook({"S": [["a"]]}))
    start = data.index(b"PK\x01\x02")
    data[start + 8] |= 1
    with pytest.raises(UnreadableSheet) as caught:
        read_tables(bytes(data), "a.xlsx")
    assert caught.value.code == "locked"


def test_formatting_far_below_the_table_does_no_harm():
    xml = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576" s="0"/></row></sheetData>'
    assert read_tables(raw_workbook(xml), "a.xlsx")[0].rows == [[1]]


def test_content_far_below_the_table_is_refused():
    xml = '<sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
    with pytest.raises(UnreadableSheet) as caught:
        read_tables(raw_workbook(xml), "a.xlsx")
    assert caught.value.code == "too_far_down"


def test_workbook_read_twice_is_the_same(tmp_path):
    data = workbook({"S": [["a", DAY]]})
    assert zipfile.is_zipfile(io.BytesIO(data))
    assert read_tables(data, "a.xlsx") == read_tables(data, "b.csv")


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "1"), (DAY, "05/12/2026"), (0.1, "0.1"), (12, "12"), ("x", "x")],
)
def test_as_text_writes_what_a_person_would_type(value, text):
    assert as_text(value) == text

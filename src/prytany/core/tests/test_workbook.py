"""What leaves as a workbook opens as what it was."""

import datetime
import io

import openpyxl
from django.utils import translation

from prytany.core.workbook import Column, workbook, xlsx_response

COLUMNS = [
    Column("Code", "code"),
    Column("Content", "text", 60),
    Column("Parts", "number"),
    Column("Due", "date"),
    Column("Changed", "instant"),
]
INSTANT = datetime.datetime(2026, 11, 23, 1, 10, tzinfo=datetime.UTC)


def naive(*parts):
    """Return an instant without a zone, as workbooks hold them."""
    return datetime.datetime(*parts, tzinfo=datetime.UTC).replace(tzinfo=None)


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content)).active


def test_values_keep_their_kinds():
    rows = [["007", "=1+1", 65, datetime.date(2026, 12, 5), INSTANT], ["8", "a\x00b\u202ec", None, None, None]]
    with translation.override("vi"):
        sheet = opened(workbook("Nhiệm vụ: [1/2]", COLUMNS, rows))
    assert [cell.value for cell in sheet[1]] == ["Code", "Content", "Parts", "Due", "Changed"]
    assert [cell.value for cell in sheet[2]] == [
        "007", "=1+1", 65, naive(2026, 12, 5), naive(2026, 11, 23, 8, 10),
    ]  # fmt: skip
    assert [cell.data_type for cell in sheet[2]] == ["s", "s", "n", "d", "d"]
    assert [cell.value for cell in sheet[3]] == ["8", "abc", None, None, None]
    assert sheet.title == "Nhiệm vụ   1 2"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:E3")
    assert not sheet.sheet_view.rightToLeft


def test_sheets_run_right_to_left_where_the_language_does():
    with translation.override("ur"):
        assert opened(workbook("کام", COLUMNS, [])).sheet_view.rightToLeft


def test_response_is_a_download_with_its_own_name():
    response = xlsx_response("nhiệm vụ.xlsx", b"x")
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''nhi%E1%BB%87m%20v%E1%BB%A5.xlsx"
    assert response["X-Content-Type-Options"] == "nosniff"

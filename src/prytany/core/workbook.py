"""Lists as workbooks: numbers as text where they are codes, dates as dates, nothing ever a formula."""

import datetime
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.http import content_disposition_header

from prytany.core.fields import strip_controls

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Kind = Literal["text", "code", "number", "date", "instant"]
_FORMATS: dict[str, str] = {
    "text": "@", "code": "@", "number": "#,##0", "date": "dd/mm/yyyy", "instant": "dd/mm/yyyy hh:mm",
}  # fmt: skip
_LONGEST_CELL = 32_767  # Excel's own limit


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, what its cells are, and its width in characters."""

    head: object
    kind: Kind = "text"
    width: int = 20


def workbook(title: object, columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, note: object = "") -> bytes:
    """Return an XLSX file with one sheet: heads that stay and filter, `note` (as of, of whom) in its properties.

    Cells are plain values: text, int, date, instant, None. The sheet runs right to left in Arabic and Urdu. Rows are
    written as they come, so that an export of any length takes little memory.
    """
    import xlsxwriter  # noqa: PLC0415 - few requests write a workbook

    buffer = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "remove_timezone": True,
    }
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": str(title), "comments": str(note)})
    sheet = book.add_worksheet(_sheet_name(str(title)))
    if translation.get_language_bidi():
        sheet.right_to_left()
    formats = {kind: book.add_format({"num_format": code, "valign": "top", "text_wrap": kind == "text"})
               for kind, code in _FORMATS.items()}  # fmt: skip
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width, formats[column.kind])
        sheet.write_string(0, index, str(column.head), head)
    sheet.freeze_panes(1, 1)
    last = 0
    for last, row in enumerate(rows, start=1):
        for index, (column, value) in enumerate(zip(columns, row, strict=True)):
            _write(sheet, last, index, column.kind, value, formats[column.kind])
    if columns:
        sheet.autofilter(0, 0, last, len(columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()
    return buffer.getvalue()


def _write(sheet: Any, row: int, column: int, kind: Kind, value: Any, style: Any) -> None:
    if value is None or value == "":
        return
    if kind == "number" and isinstance(value, int | float):
        sheet.write_number(row, column, value, style)
    elif kind == "instant" and isinstance(value, datetime.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        sheet.write_datetime(row, column, local.replace(tzinfo=None), style)
    elif kind == "date" and isinstance(value, datetime.date):
        sheet.write_datetime(row, column, value, style)
    else:
        sheet.write_string(row, column, strip_controls(str(value))[:_LONGEST_CELL], style)


def _sheet_name(title: str) -> str:
    """Return a name Excel takes: 31 characters, none of []:*?/\\, no quote at the ends."""
    kept = "".join(" " if c in "[]:*?/\\" else c for c in title).strip().strip("'")
    return kept[:31].strip() or "1"


def xlsx_response(name: str, content: bytes) -> HttpResponse:
    """Return `content` as a download named `name` (with its ending)."""
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    if disposition:
        response["Content-Disposition"] = disposition
    response["X-Content-Type-Options"] = "nosniff"
    return response

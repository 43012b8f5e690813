"""Workbooks that go out: rows with what is wrong in them, empty ones to fill in, and records to come back changed."""

import datetime
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from prytany.sheets.choosing import PartView, Plan
from prytany.sheets.registry import Importer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Column widths in characters.
NARROW, WIDE = 12, 60


@dataclass
class Page:
    """One sheet to write: headings, rows of values, remarks on cells by (row, column), widths of columns."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Any]] = ()
    remarks: dict[tuple[int, int], str] = field(default_factory=dict)
    choices: dict[int, Sequence[str]] = field(default_factory=dict)


def write_workbook(pages: Sequence[Page]) -> bytes:
    """Return an .xlsx of `pages`: headings frozen, dates as dates, texts never taken for formulas or links."""
    import xlsxwriter  # noqa: PLC0415 - only those who export pay for it

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    styles = {
        "head": book.add_format({"bold": True, "bg_color": "#F7F6F2", "bottom": 1, "text_wrap": True, "valign": "top"}),
        "date": book.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
        "number": book.add_format({"valign": "top"}),
        "wrong": book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FBECEA", "font_color": "#A3161D"}),
    }
    for page in pages:
        _write_page(book, styles, page)
    book.close()
    return buffer.getvalue()


def _write_page(book: Any, styles: dict[str, Any], page: Page) -> None:
    sheet = book.add_worksheet(_sheet_name(book, page.name))
    if translation.get_language_bidi():
        sheet.right_to_left()
    sheet.freeze_panes(1, 0)
    widths = [len(heading) for heading in page.headings]
    for column, heading in enumerate(page.headings):
        sheet.write_string(0, column, heading, styles["head"])
    count = 0
    for count, row in enumerate(page.rows, start=1):
        for column, value in enumerate(row):
            wrong = (count, column) in page.remarks
            _write_cell(sheet, count, column, value, styles, wrong)
            if wrong:
                sheet.write_comment(count, column, page.remarks[count, column])
            if column < len(widths):
                widths[column] = max(widths[column], len(str(value or "")))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, max(NARROW, min(width + 2, WIDE)))
    for column, values in page.choices.items():
        # Excel keeps at most 255 characters in a list written out.
        if len(",".join(values)) <= 255:
            sheet.data_validation(1, column, max(count, 1000), column, {"validate": "list", "source": list(values)})
    if page.headings and count:
        sheet.autofilter(0, 0, count, len(page.headings) - 1)


def _write_cell(sheet: Any, row: int, column: int, value: Any, styles: dict[str, Any], wrong: bool) -> None:
    style = styles["wrong"] if wrong else None
    if value is None or value == "":
        sheet.write_blank(row, column, None, style or styles["text"])
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, datetime.datetime):
        sheet.write_datetime(row, column, value.replace(tzinfo=None), styles["date"])
    elif isinstance(value, datetime.date):
        sheet.write_datetime(row, column, datetime.datetime.combine(value, datetime.time()), styles["date"])
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, style or styles["number"])
    else:
        sheet.write_string(row, column, str(value)[:32_767], style or styles["text"])


def _sheet_name(book: Any, name: str) -> str:
    """Return a name Excel takes: no []:*?/\\ and at most 31 characters, told apart from those before."""
    plain = "".join(" " if character in "[]:*?/\\" else character for character in name).strip(" '")[:28] or "1"
    taken = {sheet.get_name().casefold() for sheet in book.worksheets()}
    found, number = plain, 2
    while found.casefold() in taken:
        found, number = f"{plain} {number}", number + 1
    return found


def faulty_workbook(plan: Plan) -> bytes:
    """Return the rows that have errors, as they stood, with a column that says what is wrong; ready to come back."""
    pages = []
    for view in plan.parts:
        lines = [line for line in view.lines if line.has_errors and not line.left_out]
        if lines:
            pages.append(_faulty_page(view, lines))
    return write_workbook(pages or [Page(_("No errors"), [])])


def _faulty_page(view: PartView, lines: Sequence[Any]) -> Page:
    labels = list(view.heading.labels) if view.heading else []
    page = Page(view.table.name if view.table else "", [*labels, _("What is wrong")])
    rows = []
    for position, line in enumerate(lines, start=1):
        row = list(view.table.rows[line.number - 1]) if view.table else []
        for column, held in view.columns.items():
            row[column] = line.raw.get(held.key)
            wrong = [str(issue.message) for issue in line.issues if issue.field == held.key]
            if wrong:
                page.remarks[position, column] = "\n".join(wrong)
        problem = " ".join(str(issue.message) for issue in line.issues if issue.is_error)
        rows.append([*row, f"{_('Row %(row)s') % {'row': line.number}}: {problem}"])
    page.rows = rows
    return page


def empty_workbook(importer: Importer) -> bytes:
    """Return a workbook to fill in: a sheet a part, its fields as headings, one row of examples."""
    pages = []
    for part in importer.parts:
        page = Page(str(part.label), [str(f.label) for f in part.fields], [[str(f.example) for f in part.fields]])
        for column, f in enumerate(part.fields):
            if f.choices:
                page.choices[column] = [str(choice.label) for choice in f.choices()]
        pages.append(page)
    return write_workbook(pages)

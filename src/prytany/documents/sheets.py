"""A register as a workbook: its legal columns, dates as dates, numbers and symbols as text where they are codes."""

import datetime
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from prytany.documents.models import RegisterEntry
from prytany.documents.registers import Column, cell
from prytany.documents.titles import content_of

MOST_ROWS = 20_000
WIDTHS = {
    "content": 60,
    "paper": 50,
    "recipient": 30,
    "issuer": 30,
    "receiver": 30,
    "signer": 28,
    "note": 24,
    "symbol": 18,
}


def register_workbook(lines: Iterable[RegisterEntry], columns: Sequence[Column], title: str, heading: str) -> bytes:
    """Return the workbook of one book; `heading` names unit and period."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet()
    bold, wrap = (
        book.add_format({"bold": True, "text_wrap": True}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
    struck = book.add_format({"font_strikeout": True, "text_wrap": True, "valign": "top"})
    sheet.write(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write(1, 0, heading)
    for number, column in enumerate(columns):
        sheet.write(3, number, str(column.head), bold)
        sheet.set_column(number, number, WIDTHS.get(column.name, 14))
    for row, line in enumerate(lines, start=4):
        for number, column in enumerate(columns):
            value = cell(line, column.name, content_of(line.document))
            if isinstance(value, datetime.date):
                sheet.write_datetime(row, number, datetime.datetime.combine(value, datetime.time()), day)
            elif isinstance(value, int):
                sheet.write_number(row, number, value, wrap)
            else:
                sheet.write_string(
                    row, number, value or "", struck if line.voided_at and column.name != "note" else wrap
                )
    sheet.freeze_panes(4, 0)
    sheet.repeat_rows(3)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()

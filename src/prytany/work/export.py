"""Parts as a workbook: dates as dates, numbers of documents as text."""

import io
from collections.abc import Iterable

import xlsxwriter
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from prytany.core.web import Request
from prytany.documents.sight import shown
from prytany.work.models import Obligation
from prytany.work.views.common import prepared

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(request: Request, rows: Iterable[Obligation]) -> HttpResponse:
    """Return a workbook of parts as a download; the sheet runs right to left in Arabic and Urdu."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    if translation.get_language_bidi():
        sheet.right_to_left()
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    heads = [
        _("Source"),
        _("Content"),
        _("Unit"),
        _("Role"),
        _("Handler"),
        pgettext("column", "State"),
        _("Due"),
        _("First due"),
        _("Assigned"),
        _("Submitted"),
        _("Completed"),
        _("Timeliness"),
        _("Last word"),
    ]
    sheet.write_row(0, 0, heads, bold)
    scope = request.scope
    found = prepared(rows, scope.today)
    for line, part in enumerate(found, start=1):
        paper = shown(scope, part.task.source_document)
        texts = [
            paper.symbol if paper else "",
            part.task.content,
            part.holder_label.name,
            part.get_role_display(),
            part.handler.name if part.handler else "",
            part.get_state_display(),
        ]
        for column, text in enumerate(texts):
            sheet.write_string(line, column, str(text))
        dates = [part.due_on, part.original_due_on, part.issued_on, part.submitted_on, part.completed_on]
        for column, value in enumerate(dates, start=len(texts)):
            if value:
                sheet.write_datetime(line, column, value, day)
        sheet.write_string(line, 11, str(part.timeliness.label) if part.timeliness else "")
        sheet.write_string(line, 12, part.last_word)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(found), len(heads) - 1)
    sheet.set_column(1, 1, 60)
    book.close()
    response = HttpResponse(buffer.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="tasks.xlsx"'
    return response

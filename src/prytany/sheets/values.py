"""Reading dates that people type into cells: the one reader of the forms, and what only sheets have."""

import datetime
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from prytany.core import dates
from prytany.core.dates import DueDate
from prytany.core.fold import fold
from prytany.sheets.reading import Cell, as_text
from prytany.sheets.registry import BadCell

# Excel's day numbers of the years 2000 to 2100: a date column that lost its format.
_SERIAL = range(36_526, 73_051)
_WORDED = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})")
# What people write around a date: before, at the latest on, by the end of; month; words are folded.
_AROUND = sorted(
    (
        fold(word)
        for word in (
            "trước ngày", "chậm nhất ngày", "chậm nhất", "trước", "đến hết ngày", "đến ngày", "hết ngày",
            "xong trước ngày", "hoàn thành trước ngày", "trong tháng", "trong", "hết tháng", "hết", "tháng",
            "ngày", "năm",
            "before", "by the end of", "by", "until", "no later than", "in", "on",
            "avant le", "avant", "au plus tard le", "d'ici le", "d'ici", "en", "le", "fin",
            "से पहले", "तक", "قبل", "حتى", "سے پہلے", "تک",
        )
    ),
    key=len,
    reverse=True,
)  # fmt: skip
_STANDING = {
    fold(word)
    for word in (
        "thường xuyên", "không thời hạn", "không có thời hạn", "no deadline", "standing", "permanent", "sans échéance",
        "नियमित", "बिना समय सीमा", "دائم", "بدون موعد", "مستقل", "بغیر آخری تاریخ",
    )
}  # fmt: skip


def parse_day(cell: Cell) -> datetime.date:
    """Return the date in a cell, day before month; BadCell if there is none or it does not exist."""
    due = parse_due(cell, prefer="past")
    if due.date is None or due.precision != "day":
        raise BadCell(_("“%(text)s” is not a date. Write it as 05/12/2026.") % {"text": as_text(cell)})
    return due.date


def parse_due(cell: Cell, *, prefer: dates.Prefer = "future") -> DueDate:
    """Return the date in a cell to the precision it has (a day, 12/2026, Q4/2026, 2026, no deadline), else BadCell."""
    if isinstance(cell, datetime.datetime):
        return DueDate(cell.date())
    if isinstance(cell, datetime.date):
        return DueDate(cell)
    if isinstance(cell, bool):
        raise BadCell(_("“%(text)s” is not a date. Write it as 05/12/2026.") % {"text": cell})
    if isinstance(cell, int) and cell in _SERIAL:
        return DueDate(datetime.date(1899, 12, 30) + datetime.timedelta(days=cell))
    text = fold(as_text(cell)).strip(" .;")
    if text in _STANDING:
        return DueDate(None, "standing")
    for word in _AROUND:
        text = re.sub(rf"(?:^{re.escape(word)}\b|\b{re.escape(word)}$)", "", text).strip()
    if match := _WORDED.fullmatch(text):
        text = "/".join(match.groups())
    try:
        return dates.read(text, prefer=prefer)
    except ValidationError as error:
        if error.code == "not_a_date":
            raise BadCell(
                _("“%(text)s” is not a date. Write it as 05/12/2026, 12/2026 or Q4/2026.") % {"text": as_text(cell)}
            ) from None
        raise BadCell(error.messages[0]) from None

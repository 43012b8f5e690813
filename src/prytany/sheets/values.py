"""Reading dates that people type into cells."""

import datetime
import re

from django.utils.translation import gettext as _

from prytany.core.fold import fold
from prytany.sheets.reading import Cell, as_text
from prytany.sheets.registry import BadCell

_DAY_FIRST = re.compile(r"(\d{1,2})[./\-\s](\d{1,2})[./\-\s](\d{4}|\d{2})$")
_YEAR_FIRST = re.compile(r"(\d{4})[./\-](\d{1,2})[./\-](\d{1,2})$")
_VIETNAMESE = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})$")
_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4})$")
# Excel's day numbers of the years 2000 to 2100: a date column that lost its format.
_SERIAL = range(36_526, 73_051)


def parse_day(cell: Cell) -> datetime.date:
    """Return the date in a cell, day before month; BadCell if there is none or it does not exist."""
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    if isinstance(cell, int) and not isinstance(cell, bool) and cell in _SERIAL:
        return datetime.date(1899, 12, 30) + datetime.timedelta(days=cell)
    text = fold(as_text(cell))
    for pattern, order in ((_DAY_FIRST, "dmy"), (_YEAR_FIRST, "ymd"), (_VIETNAMESE, "dmy"), (_DIGITS, "dmy")):
        if match := pattern.match(text):
            numbers = dict(zip(order, map(int, match.groups()), strict=True))
            year = numbers["y"] + 2000 if numbers["y"] < 100 else numbers["y"]
            try:
                return datetime.date(year, numbers["m"], numbers["d"])
            except ValueError:
                raise BadCell(_("There is no day %(text)s.") % {"text": as_text(cell)}) from None
    raise BadCell(_("“%(text)s” is not a date. Write it as 05/12/2026.") % {"text": as_text(cell)})

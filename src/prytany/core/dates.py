"""Typed dates (interface.md 5): `5/12`, `05122026`, `+7`, `Q4`, `12/2026` in the digits of any of the six languages."""

import calendar
import datetime
import re
import unicodedata
from typing import Literal, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prytany.core import clock, timing, wording
from prytany.core.fold import fold

Precision = Literal["day", "month", "quarter", "year", "standing"]
Prefer = Literal["future", "past"]


class DueDate(NamedTuple):
    """A date as exactly as it was meant: the last day of the month, quarter or year; no date for "standing"."""

    date: datetime.date | None
    precision: Precision = "day"

    def __str__(self) -> str:
        return as_typed(self)


_SEPARATOR = r"\s*[/.\-\u2013\u060d ]\s*"
_DAY = re.compile(r"(\d{1,2})")
_DAY_MONTH = re.compile(rf"(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})")
_DAY_MONTH_YEAR = re.compile(rf"(\d{{1,2}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{4}}|\d{{2}})")
_ISO = re.compile(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})")
_RUN = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
_MONTH_YEAR = re.compile(rf"(\d{{1,2}}){_SEPARATOR}(\d{{4}})")
_YEAR = re.compile(r"(\d{4})")
_STEP = re.compile(r"([+-])\s*(\d{1,4})")
# Folded words for "quarter": English and French letters, Vietnamese, French, Hindi, Arabic, Urdu. What `wording.due`
# prints in a language must be among them.
_QUARTER_WORDS = (
    "q",
    "t",
    "quy",
    "quarter",
    "trimestre",
    "trim",
    *(fold(word) for word in ("तिमाही", "الربع", "ربع", "سہ ماہی", "سہماہی")),
)
_QUARTER = re.compile(
    rf"(?:{'|'.join(sorted(map(re.escape, _QUARTER_WORDS), key=len, reverse=True))})\.?\s*([1-4]|i{{1,3}}|iv)"
    rf"(?:{_SEPARATOR}|\s*)?(\d{{4}})?"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
FIRST_YEAR, LAST_YEAR = 1900, 2199


def _refuse(text: str) -> ValidationError:
    return ValidationError(
        _("“%(text)s” is not a date. Write for example 5/12, 05122026, +7, Q4 or 12/2026."),
        code="not_a_date",
        params={"text": text},
    )


def _make(day: int, month: int, year: int) -> datetime.date:
    """Return the date; ValidationError that says what is impossible about it."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(_("The year %(year)s is out of range."), code="year", params={"year": year})
    if not 1 <= month <= 12:
        raise ValidationError(_("There is no month %(month)s."), code="month", params={"month": month})
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise ValidationError(
            _("There is no day %(day)s in %(month)s: that month has %(last)s days."),
            code="day",
            params={"day": day, "month": f"{month:02d}/{year}", "last": last},
        )
    return datetime.date(year, month, day)


def _year_of(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _nearest_year(day: int, month: int, today: datetime.date, prefer: Prefer) -> datetime.date:
    """Return the next such date that is not past (or the last one that is not to come); 29/2 waits for its year."""
    if (day, month) == (29, 2):
        years = range(today.year, today.year + 9) if prefer == "future" else range(today.year, today.year - 9, -1)
        years_with_it = [year for year in years if calendar.isleap(year)]
    else:
        years_with_it = [today.year, today.year + (1 if prefer == "future" else -1)]
    for year in years_with_it:
        date = _make(day, month, year)
        if (date >= today) if prefer == "future" else (date <= today):
            return date
    return date


def _day_alone(day: int, today: datetime.date, prefer: Prefer) -> datetime.date:
    """Return the next (or last) day of the month numbered `day`."""
    year, month = today.year, today.month
    for _step in range(13):
        if 1 <= day <= calendar.monthrange(year, month)[1]:
            date = datetime.date(year, month, day)
            if (date >= today) if prefer == "future" else (date <= today):
                return date
        month += 1 if prefer == "future" else -1
        if month in (0, 13):
            year, month = (year - 1, 12) if month == 0 else (year + 1, 1)
    raise ValidationError(_("No month has a day %(day)s."), code="day", params={"day": day})


def _quarter(number: int, year: int) -> datetime.date:
    return datetime.date(year, number * 3, calendar.monthrange(year, number * 3)[1])


def _nearest_quarter(number: int, today: datetime.date, prefer: Prefer) -> datetime.date:
    date = _quarter(number, today.year)
    if prefer == "future":
        return date if date >= today else _quarter(number, today.year + 1)
    starts = datetime.date(today.year, number * 3 - 2, 1)
    return date if starts <= today else _quarter(number, today.year - 1)


def plain_digits(text: str) -> str:
    """Return `text` with every decimal digit of any script in ASCII."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def read(text: str, *, today: datetime.date | None = None, prefer: Prefer = "future") -> DueDate:
    """Return the date that `text` means; ValidationError with a sentence for what is no date or cannot be.

    Without a year the next such date that is not past is meant (with prefer="past" the last one not to come).
    """
    today = today or clock.today()
    typed = text.strip()
    plain = plain_digits(fold(typed)).strip()
    if not plain or len(plain) > 40:
        raise _refuse(typed[:40])
    if match := _STEP.fullmatch(plain):
        days = int(match[2]) * (1 if match[1] == "+" else -1)
        return DueDate(today + datetime.timedelta(days=days))
    if match := _ISO.fullmatch(plain):
        return DueDate(_make(int(match[3]), int(match[2]), int(match[1])))
    if match := _DAY_MONTH_YEAR.fullmatch(plain) or _RUN.fullmatch(plain):
        return DueDate(_make(int(match[1]), int(match[2]), _year_of(match[3])))
    if match := _MONTH_YEAR.fullmatch(plain):
        month, year = int(match[1]), int(match[2])
        first = _make(1, month, year)
        return DueDate(first.replace(day=calendar.monthrange(year, month)[1]), "month")
    if match := _DAY_MONTH.fullmatch(plain):
        return DueDate(_nearest_year(int(match[1]), int(match[2]), today, prefer))
    if match := _QUARTER.fullmatch(plain):
        number = _ROMAN.get(match[1]) or int(match[1])
        if match[2]:
            _make(1, 1, int(match[2]))
            return DueDate(_quarter(number, int(match[2])), "quarter")
        return DueDate(_nearest_quarter(number, today, prefer), "quarter")
    if match := _YEAR.fullmatch(plain):
        return DueDate(_make(31, 12, int(match[1])), "year")
    if match := _DAY.fullmatch(plain):
        return DueDate(_day_alone(int(match[1]), today, prefer))
    raise _refuse(typed)


def as_typed(due: DueDate) -> str:
    """Return the text, in ASCII digits, that `read` takes back to `due`; "" without a date."""
    if due.date is None:
        return ""
    if due.precision == "month":
        return f"{due.date:%m/%Y}"
    if due.precision == "quarter":
        return f"Q{(due.date.month + 2) // 3}/{due.date.year}"
    if due.precision == "year":
        return str(due.date.year)
    return f"{due.date:%d/%m/%Y}"


def reading(due: DueDate, today: datetime.date | None = None, *, prefer: Prefer = "future") -> str:
    """Return how a date is understood: weekday, day off, working days left; for a period its last day.

    Of a date that is meant to be past, as that of a paper, nothing is left and it is no warning that it has gone by.
    """
    if due.date is None:
        return _("No deadline")
    parts = [wording.weekday(due.date)]
    if due.precision != "day":
        parts = [
            _("%(period)s, to %(day)s")
            % {"period": wording.due(due.date, due.precision), "day": wording.weekday(due.date)}
        ]
    if timing.is_day_off(due.date):
        parts.append(_("day off"))
    words = ", ".join(parts)
    if prefer == "past":
        return words
    today = today or clock.today()
    if due.date < today:
        return _("%(date)s; this day is past") % {"date": words}
    left = timing.working_days_left(due.date)
    if left is None:
        return words
    rest = ngettext("%(days)s working day left", "%(days)s working days left", left) % {"days": wording.count(left)}
    return f"{words}; {rest}"


def explain(text: str, *, prefer: str = "future") -> dict[str, str]:
    """Return `{"reading", "value", "precision"}` of a typed date, or `{"error"}`; both empty for no text."""
    if not text.strip():
        return {"reading": ""}
    wanted: Prefer = "past" if prefer == "past" else "future"
    try:
        due = read(text, prefer=wanted)
    except ValidationError as error:
        return {"error": error.messages[0]}
    return {
        "reading": reading(due, prefer=wanted),
        "value": due.date.isoformat() if due.date else "",
        "precision": due.precision,
    }

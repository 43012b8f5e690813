"""Reporting periods and the last day of an inexact due date, as the rule sets say."""

import calendar
import datetime
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from prytany.organisation.models import Unit
from prytany.rules.lookup import Rule, rule
from prytany.workdays.calendar import ONE_DAY, add_working_days, this_or_previous_working_day


class PeriodKind(StrEnum):
    """How long a period is."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    NINE_MONTHS = "nine_months"
    YEAR = "year"


MONTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF_YEAR: 6,
    PeriodKind.NINE_MONTHS: 9,
    PeriodKind.YEAR: 12,
}


@dataclass(frozen=True, slots=True)
class Period:
    """The `number`th period of its kind in `year` (nine months and the year have only the first).

    `start` and `end` are both inside; `rules` are the figures that they follow from.
    """

    kind: PeriodKind
    year: int
    number: int
    start: datetime.date
    end: datetime.date
    rules: tuple[Rule, ...] = ()

    def __contains__(self, day: datetime.date) -> bool:
        return self.start <= day <= self.end


def _month_day(year: int, month: int, day: int) -> datetime.date:
    """Return a date; months may run past the year, day 0 or one beyond the month's end is its last."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, min(day, last) if day else last)


def _count_in_year(kind: PeriodKind) -> int:
    return 1 if kind == PeriodKind.NINE_MONTHS else 12 // MONTHS[kind]


def period(
    kind: str, year: int, number: int = 1, *, unit: Unit | int | None = None, on: datetime.date | None = None
) -> Period:
    """Return the period; ValueError for a number that `kind` does not have in a year.

    The rule is the one in force on `on`, by default on the last calendar day of the period. Weeks are numbered as in
    ISO 8601 by the week that holds their first day.
    """
    kind = PeriodKind(kind)
    if kind == PeriodKind.WEEK:
        return _week(year, number, unit, on)
    if not 1 <= number <= _count_in_year(kind):
        raise ValueError(f"{kind} {number}")
    first_month, last_month = (number - 1) * MONTHS[kind] + 1, number * MONTHS[kind]
    window = rule(f"reports.window.{kind}", on=on or _month_day(year, last_month, 0), unit=unit)
    from_day, from_month, to_day = (window.value[name] for name in ("from_day", "from_month", "to_day"))
    start = _month_day(year, first_month + from_month, from_day)
    return Period(kind, year, number, start, _month_day(year, last_month, to_day), (window,))


def _week(year: int, number: int, unit: Unit | int | None, on: datetime.date | None) -> Period:
    monday = datetime.date.fromisocalendar(year, number, 1)
    starts = rule("reports.week_starts", on=on or monday, unit=unit)
    start = monday + ONE_DAY * (starts.value - 1)
    return Period(PeriodKind.WEEK, year, number, start, start + ONE_DAY * 6, (starts,))


def period_of(kind: str, day: datetime.date, *, unit: Unit | int | None = None) -> Period:
    """Return the period of `kind` that holds `day`; after the nine months' end those of the same reporting year."""
    kind = PeriodKind(kind)
    if kind == PeriodKind.WEEK:
        for back in (0, 7):
            year, number, _weekday = (day - ONE_DAY * back).isocalendar()
            if day in (found := period(kind, year, number, unit=unit)):
                return found
        raise ValueError(day)
    for year in (day.year, day.year + 1):
        for number in range(1, _count_in_year(kind) + 1):
            if day in (found := period(kind, year, number, unit=unit)):
                return found
    # Only the last three months of a reporting year lie outside its nine months.
    return period(kind, period_of(PeriodKind.YEAR, day, unit=unit).year, unit=unit)


def previous(found: Period, *, unit: Unit | int | None = None) -> Period:
    """Return the period before, of the same kind."""
    if found.kind == PeriodKind.NINE_MONTHS:
        return period(found.kind, found.year - 1, unit=unit)
    return period_of(found.kind, found.start - ONE_DAY, unit=unit)


def send_on(found: Period, *, unit: Unit | int | None = None) -> datetime.date:
    """Return the first day on which the report of the period may be due, by the rule in force at its end."""
    wait = rule("reports.send_days", on=found.end, unit=unit)
    return add_working_days(found.end, wait.value, unit)


def _end_of_month(day: datetime.date) -> datetime.date:
    return _month_day(day.year, day.month, 0)


def _end_of_quarter(day: datetime.date) -> datetime.date:
    return _month_day(day.year, (day.month + 2) // 3 * 3, 0)


_CALENDAR_ENDS: dict[str, Callable[[datetime.date], datetime.date]] = {
    "month": _end_of_month,
    "quarter": _end_of_quarter,
    "year": lambda day: datetime.date(day.year, 12, 31),
}


def last_day(
    precision: str, day: datetime.date, *, unit: Unit | int | None = None, on: datetime.date | None = None
) -> datetime.date:
    """Return the last day to act for a due date known only as the month, quarter or year that holds `day`.

    A due date to the day is `day` itself. The rule is the one in force on `on` (default today).
    """
    if precision not in _CALENDAR_ENDS:
        return day
    end = _CALENDAR_ENDS[precision](day)
    how = rule(f"tasks.last_day.{precision}", on=on, unit=unit).value
    if how == "last_working_day":
        return this_or_previous_working_day(end, unit)
    if how == "report_window":
        number = {"month": end.month, "quarter": end.month // 3, "year": 1}[precision]
        return period(precision, end.year, number, unit=unit).end
    return end

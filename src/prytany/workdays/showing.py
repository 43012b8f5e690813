"""A year of a calendar as a page shows it: twelve months, and the days that are not what their weekday says."""

import calendar as months
import datetime
from dataclasses import dataclass

from django.utils.dates import MONTHS
from django.utils.translation import pgettext_lazy

from prytany.core import wording
from prytany.organisation.models import Unit
from prytany.workdays.calendar import Mark, is_working_day, mark_of

# Two letters or fewer, to stand above a column of a small month.
WEEKDAYS_NARROW = (
    pgettext_lazy("weekday, narrow", "Mo"),
    pgettext_lazy("weekday, narrow", "Tu"),
    pgettext_lazy("weekday, narrow", "We"),
    pgettext_lazy("weekday, narrow", "Th"),
    pgettext_lazy("weekday, narrow", "Fr"),
    pgettext_lazy("weekday, narrow", "Sa"),
    pgettext_lazy("weekday, narrow", "Su"),
)


@dataclass(frozen=True, slots=True)
class Day:
    """One day; `mark` tells why it is not what its weekday says."""

    on: datetime.date
    is_working: bool
    mark: Mark | None

    @property
    def number(self) -> str:
        """The day of the month in the reader's digits."""
        return wording.digits(str(self.on.day))

    @property
    def style(self) -> str:
        """The class of the cell."""
        if self.mark is None:
            return "" if self.is_working else "rest"
        return "extra" if self.mark.is_working else "off"


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks; None fills a week before the first and after the last day."""

    name: str
    weeks: list[list[Day | None]]


def first_weekday() -> int:
    """Return the first day of the week as the reader's language has it: 0 is Monday."""
    from django.utils import formats  # noqa: PLC0415

    return (int(formats.get_format("FIRST_DAY_OF_WEEK")) + 6) % 7


def weekday_heads() -> list[str]:
    """Return the short names of the weekdays in the reader's order."""
    first = first_weekday()
    return [str(WEEKDAYS_NARROW[(first + n) % 7]) for n in range(7)]


def year_of(year: int, unit: Unit) -> list[Month]:
    """Return the months of `year` as `unit` works."""
    weeks_of = months.Calendar(first_weekday())
    found = []
    for month in range(1, 13):
        weeks = [
            [Day(day, is_working_day(day, unit), mark_of(day, unit)) if day.month == month else None for day in week]
            for week in weeks_of.monthdatescalendar(year, month)
        ]
        found.append(Month(str(MONTHS[month]), weeks))
    return found


def marked_days(year: list[Month]) -> list[Day]:
    """Return the days of `year` that are not what their weekday says, in order."""
    return [day for month in year for week in month.weeks for day in week if day and day.mark]


def working_days_in(year: list[Month]) -> int:
    """Return how many working days `year` has."""
    return sum(1 for month in year for week in month.weeks for day in week if day and day.is_working)

"""Due dates: the last day of a month, quarter or year, and the day from which a date counts as due soon."""

import calendar
import datetime

from prytany.rules.lookup import rule
from prytany.work.models import Precision
from prytany.workdays.calendar import add_working_days


def last_day(day: datetime.date, precision: str) -> datetime.date:
    """Return the last day of the period that `day` lies in: what "in December" or "quarter IV" means as a due date."""
    if precision == Precision.MONTH:
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    if precision == Precision.QUARTER:
        month = (day.month - 1) // 3 * 3 + 3
        return day.replace(month=month, day=calendar.monthrange(day.year, month)[1])
    if precision == Precision.YEAR:
        return day.replace(month=12, day=31)
    return day


def soon_on(due: datetime.date | None, *, unit_id: int, on: datetime.date) -> datetime.date | None:
    """Return the first day on which a part due on `due` counts as due soon, by the rule in force on `on`.

    `tasks.due_soon_days` counts calendar days (a setting: practice is 3 to 7).
    """
    if due is None:
        return None
    days = int(rule("tasks.due_soon_days", on=on, unit=unit_id).value)
    return due - datetime.timedelta(days=days)


def hand_back_until(issued: datetime.date, *, unit_id: int) -> datetime.date:
    """Return the last day on which a lead may hand work back (`tasks.hand_back_days`, working days)."""
    days = int(rule("tasks.hand_back_days", on=issued, unit=unit_id).value)
    return add_working_days(issued, days, unit=unit_id)

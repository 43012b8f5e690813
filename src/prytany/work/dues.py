"""Due dates of tasks: what rules make of them. Each figure is data with its basis (`rules`)."""

import datetime

from prytany.rules.lookup import rule
from prytany.workdays.calendar import add_working_days
from prytany.workdays.periods import last_day

__all__ = ["hand_back_until", "last_day", "soon_on"]


def soon_on(due: datetime.date | None, *, unit_id: int | None, on: datetime.date) -> datetime.date | None:
    """Return the first day on which a part due on `due` counts as due soon, by `tasks.due_soon_days` on `on`."""
    if due is None:
        return None
    return due - datetime.timedelta(days=int(rule("tasks.due_soon_days", on=on, unit=unit_id).value))


def hand_back_until(issued: datetime.date, *, unit_id: int) -> datetime.date:
    """Return the last day on which a lead may hand work back (`tasks.hand_back_days`, working days)."""
    return add_working_days(issued, int(rule("tasks.hand_back_days", on=issued, unit=unit_id).value), unit_id)

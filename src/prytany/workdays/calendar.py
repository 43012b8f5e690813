"""Which days a unit works: its week, the public holidays of the rule set, and the marks of the nearest calendar above.

A mark of a unit's own calendar goes before the rule set, the nearest unit up the line first.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.signals import post_delete, post_save

from prytany.core import clock, timing
from prytany.core.remembered import Remembered
from prytany.organisation.models import Unit
from prytany.rules.lookup import Rule, line_of, rule, rules_under, units_with_own
from prytany.workdays.models import CalendarDay

ONE_DAY = datetime.timedelta(days=1)
# No calendar has so many days off in a row: a guard against a week without working days.
LONGEST_REST = 366


@dataclass(frozen=True, slots=True)
class Mark:
    """Why a day is not what its weekday says: a rule, or an `own` row of a unit's calendar.

    `made_up` marks the day that stands in for a holiday on a day off.
    """

    is_working: bool
    rule: Rule | None = None
    own: CalendarDay | None = None
    made_up: bool = False

    @property
    def name(self) -> str:
        """What the day is called, in the active language as far as known."""
        return self.rule.name if self.rule else self.own.name if self.own else ""

    @property
    def legal_basis(self) -> str:
        """The act or decision behind it."""
        return self.rule.legal_basis if self.rule else self.own.legal_basis if self.own else ""

    @property
    def is_confirmed(self) -> bool:
        """Tell whether an office set it, or it was read in the act itself."""
        return self.rule.is_confirmed if self.rule else True


Marks = Mapping[datetime.date, Mark]


def _load_days() -> dict[int, dict[datetime.date, CalendarDay]]:
    found: dict[int, dict[datetime.date, CalendarDay]] = {}
    for row in CalendarDay.objects.all():
        found.setdefault(row.unit_id, {})[row.on] = row
    return found


_days = Remembered(_load_days)
# The public holidays of a year, by year and the nearest unit above with figures of its own.
_law: Remembered[dict[tuple[int, int | None], Marks]] = Remembered(dict)


def _forget(**_kwargs: Any) -> None:
    _days.forget()
    transaction.on_commit(_days.forget)


post_save.connect(_forget, sender=CalendarDay, dispatch_uid="workdays.calendar")
post_delete.connect(_forget, sender=CalendarDay, dispatch_uid="workdays.calendar")


def _week(day: datetime.date, unit: Unit | int | None) -> tuple[int, ...]:
    week: tuple[int, ...] = rule("workdays.week", on=day, unit=unit).value
    return week


def _holidays(year: int, unit: Unit | int | None) -> dict[datetime.date, Mark]:
    """Return the public holidays of `year` as they fall, weekends included."""
    start, end = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    found: dict[datetime.date, Mark] = {}
    # Asked at the year's end, so that a holiday introduced within the year is seen; its own date decides.
    for yearly in rules_under("workdays.yearly.", on=end, unit=unit):
        try:
            day = datetime.date(year, yearly.value["month"], yearly.value["day"])
        except ValueError:
            continue  # 29 February
        if yearly.valid_from <= day:
            found[day] = Mark(False, yearly)
    for off in rules_under("workdays.off.", on=end, unit=unit):
        found.update({day: Mark(False, off) for day in off.value["days"] if start <= day <= end})
    return found


def _public(year: int, unit: Unit | int | None) -> dict[datetime.date, Mark]:
    """Return the holidays of `year` with the days that stand in for those on a day off, and the exchanged days."""
    end = datetime.date(year, 12, 31)
    holidays = _holidays(year, unit)
    found = dict(holidays)
    for day in sorted(holidays):
        if day.isoweekday() in _week(day, unit) or not rule("workdays.compensated", on=day, unit=unit).value:
            continue
        stand_in = day
        while stand_in in found or stand_in.isoweekday() not in _week(stand_in, unit):
            stand_in += ONE_DAY
        found[stand_in] = Mark(False, holidays[day].rule, made_up=True)
    for exchanged in rules_under("workdays.exchanged.", on=end, unit=unit):
        for is_working, column in ((False, "off"), (True, "working")):
            for day in exchanged.value[column]:
                if day.year == year:
                    found.setdefault(day, Mark(is_working, exchanged))
    return found


def _with_own_rules(unit: Unit | int | None, day: datetime.date) -> int | None:
    """Return the nearest unit, up the line, that set a figure on working days itself: its marks hold for all below."""
    if unit is None or not (own := units_with_own("workdays.")):
        return None
    return next((unit_id for unit_id in line_of(unit, day) if unit_id in own), None)


def public_marks(year: int, unit: Unit | int | None = None) -> Marks:
    """Return the marks of the rule set for the days of `year`, without those of any unit's own calendar.

    A holiday late in December may be made up for in the next year; it is kept there.
    """
    nearest = _with_own_rules(unit, datetime.date(year, 12, 31))
    kept = _law()
    if (year, nearest) not in kept:
        found = {**_public(year - 1, nearest), **_public(year, nearest)}
        kept[year, nearest] = {day: mark for day, mark in found.items() if day.year == year}
    return kept[year, nearest]


def mark_of(day: datetime.date, unit: Unit | int | None = None) -> Mark | None:
    """Return why `day` is not what its weekday says in `unit`, or None for an ordinary day."""
    if unit is not None and (days := _days()):
        for unit_id in line_of(unit, day):
            if own := days.get(unit_id, {}).get(day):
                return Mark(own.kind == CalendarDay.Kind.WORKING, own=own)
    return public_marks(day.year, unit).get(day)


def is_working_day(day: datetime.date, unit: Unit | int | None = None) -> bool:
    """Tell whether `unit` (None: by the rule set alone) works on `day`."""
    mark = mark_of(day, unit)
    return day.isoweekday() in _week(day, unit) if mark is None else mark.is_working


def add_working_days(day: datetime.date, count: int, unit: Unit | int | None = None) -> datetime.date:
    """Return the day that is `count` working days after `day` (before it where negative); 0 gives `day` itself."""
    step = ONE_DAY if count > 0 else -ONE_DAY
    rest = 0
    while count:
        day += step
        if is_working_day(day, unit):
            count -= 1 if count > 0 else -1
            rest = 0
        elif (rest := rest + 1) > LONGEST_REST:
            raise ValueError("the calendar has no working day for a year")
    return day


def working_days_between(start: datetime.date, end: datetime.date, unit: Unit | int | None = None) -> int:
    """Return how many working days come after `start` up to and including `end`; negative where `end` is earlier."""
    if end < start:
        return -working_days_between(end, start, unit)
    days = (start + ONE_DAY * n for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day, unit) for day in days)


def working_days_left(day: datetime.date, unit: Unit | int | None = None) -> int:
    """Return how many working days the month of `day` has left, `day` included."""
    first = day.replace(day=1)
    next_month = (first + ONE_DAY * 31).replace(day=1)
    return working_days_between(day - ONE_DAY, next_month - ONE_DAY, unit)


def this_or_next_working_day(day: datetime.date, unit: Unit | int | None = None) -> datetime.date:
    """Return `day` if it is a working day, else the next one."""
    return day if is_working_day(day, unit) else add_working_days(day, 1, unit)


def this_or_previous_working_day(day: datetime.date, unit: Unit | int | None = None) -> datetime.date:
    """Return `day` if it is a working day, else the one before."""
    return day if is_working_day(day, unit) else add_working_days(day, -1, unit)


def add_by(figure: Rule, day: datetime.date, unit: Unit | int | None = None) -> datetime.date:
    """Return `day` plus the number of a rule, in its unit of measure: days or working days."""
    if figure.unit == "working_days":
        return add_working_days(day, figure.value, unit)
    return day + ONE_DAY * int(figure.value)


def is_known(year: int, unit: Unit | int | None = None) -> bool:
    """Tell whether the moving days off of `year` were entered, in the rule set or by an office."""
    moving = rules_under("workdays.off.", on=datetime.date(year, 12, 31), unit=unit)
    if any(day.year == year for found in moving for day in found.value["days"]):
        return True
    if unit is None:
        return False
    days = _days()
    return any(day.year == year for unit_id in line_of(unit, clock.today()) for day in days.get(unit_id, ()))


def _only_root() -> int | None:
    roots = Unit.objects.filter(root=F("pk")).values_list("pk", flat=True)[:2]
    return roots[0] if len(roots) == 1 else None


_home = Remembered(_only_root)


def home() -> int | None:
    """Return the root whose figures hold for the whole installation; None where there are several, or none yet."""
    return _home()


def set_timing() -> None:
    """Give `core.timing` the calendar and the due-soon limit of the installation, for texts without a unit at hand."""
    timing.due_soon_days = lambda: int(rule("tasks.due_soon_days", unit=home()).value)
    timing.working_days_left = lambda day: working_days_between(clock.today(), day, home())
    timing.is_day_off = lambda day: not is_working_day(day, home())

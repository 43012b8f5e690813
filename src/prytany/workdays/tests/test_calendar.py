"""Working days: the week, public holidays, exchanged days, a unit's own marks."""

import datetime
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from prytany.core import remembered
from prytany.organisation import closure
from prytany.organisation.tests.factories import make_unit
from prytany.rules.lookup import rule
from prytany.rules.models import RuleOverride
from prytany.workdays.calendar import (
    add_by,
    add_working_days,
    is_known,
    is_working_day,
    mark_of,
    public_marks,
    this_or_next_working_day,
    this_or_previous_working_day,
    working_days_between,
    working_days_left,
)
from prytany.workdays.models import CalendarDay


def off_days(year):
    """The days off of `year` that are not Saturday or Sunday."""
    return [d for d, mark in sorted(public_marks(year).items()) if not mark.is_working and d.isoweekday() < 6]


def test_public_holidays_of_2025():
    assert off_days(2025) == [
        date(2025, 1, 1),
        *(date(2025, 1, d) for d in range(27, 32)),
        date(2025, 4, 7),
        date(2025, 4, 30),
        date(2025, 5, 1),
        date(2025, 5, 2),
        date(2025, 9, 1),
        date(2025, 9, 2),
    ]
    assert is_working_day(date(2025, 4, 26))
    assert not is_working_day(date(2025, 4, 19))


def test_public_holidays_of_2026():
    assert off_days(2026) == [
        date(2026, 1, 1),
        date(2026, 1, 2),
        *(date(2026, 2, d) for d in range(16, 21)),
        date(2026, 4, 27),
        date(2026, 4, 30),
        date(2026, 5, 1),
        date(2026, 8, 31),
        date(2026, 9, 1),
        date(2026, 9, 2),
        date(2026, 11, 24),
    ]
    assert is_working_day(date(2026, 1, 10))
    assert is_working_day(date(2026, 8, 22))


def test_a_holiday_on_a_day_off_is_made_up_for_on_the_next_working_day():
    assert off_days(2027)[1:6] == [date(2027, 2, 5), *(date(2027, 2, d) for d in range(8, 12))]
    mark = mark_of(date(2026, 4, 27))
    assert (mark.name, mark.made_up, mark.is_confirmed) == ("Giỗ Tổ Hùng Vương", True, True)
    assert "Điều 112" in mark.legal_basis


def test_a_day_off_that_was_not_read_in_the_act_says_so():
    assert not mark_of(date(2027, 9, 3)).is_confirmed
    assert mark_of(date(2026, 11, 23)) is None


def test_is_known_tells_years_with_days_entered(world):
    assert [is_known(year, world.office) for year in (2025, 2026, 2027, 2028)] == [True, True, True, False]
    CalendarDay.objects.create(unit=world.root, on=date(2028, 1, 26), kind="off", name="Tết")
    assert is_known(2028, world.office)
    assert not is_known(2028, world.elsewhere)


def test_own_days_hold_below_and_the_nearest_goes_first(world):
    day, saturday = date(2026, 11, 20), date(2026, 11, 21)
    CalendarDay.objects.create(unit=world.root, on=day, kind="off", name="Bão")
    CalendarDay.objects.create(unit=world.office, on=day, kind="working")
    CalendarDay.objects.create(unit=world.mau_son, on=saturday, kind="working", name="Làm bù")
    found = {key: (is_working_day(day, unit), is_working_day(saturday, unit)) for key, unit in world.units.items()}
    assert found["root"] == found["ky_lua"] == (False, False)
    assert found["office"] == found["section"] == (True, False)
    assert found["mau_son"] == (False, True)
    assert found["elsewhere"] == (True, False)
    assert mark_of(day, world.ky_lua).name == "Bão"


def test_own_day_may_undo_a_public_holiday(world):
    CalendarDay.objects.create(unit=world.root, on=date(2026, 11, 24), kind="working")
    assert is_working_day(date(2026, 11, 24), world.section)
    assert not is_working_day(date(2026, 11, 24), world.elsewhere)


def test_a_week_from_sunday_to_thursday(world):
    RuleOverride.objects.create(
        unit=world.root, key="workdays.week", value=[1, 2, 3, 4, 7], valid_from=date(2026, 6, 1), legal_basis="x"
    )
    week = [date(2026, 11, 8) + datetime.timedelta(n) for n in range(7)]
    assert [is_working_day(d, world.section) for d in week] == [True] * 5 + [False] * 2
    assert [is_working_day(d, world.elsewhere) for d in week] == [False] + [True] * 5 + [False]
    assert is_working_day(date(2026, 5, 29), world.section)


def test_a_year_of_days_asks_few_queries(world, django_assert_num_queries):
    CalendarDay.objects.create(unit=world.root, on=date(2026, 11, 20), kind="off")
    remembered.forget_all()
    with django_assert_num_queries(3):
        assert working_days_between(date(2025, 12, 31), date(2026, 12, 31), world.section) == 248


@pytest.mark.parametrize(
    ("day", "left"),
    [
        (date(2026, 11, 23), 5),
        (date(2026, 11, 22), 5),
        (date(2026, 11, 30), 1),
        (date(2026, 10, 31), 0),
        (date(2026, 12, 1), 23),
    ],
)
def test_working_days_left_count_the_day_itself(db, day, left):
    assert working_days_left(day) == left


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 20), 2, date(2026, 11, 25)),
        (date(2026, 11, 22), 1, date(2026, 11, 23)),
        (date(2026, 11, 22), -1, date(2026, 11, 20)),
        (date(2025, 1, 24), 1, date(2025, 2, 3)),
        (date(2026, 1, 9), 1, date(2026, 1, 10)),
    ],
)
def test_add_working_days(start, count, end):
    assert add_working_days(start, count) == end


def test_nearest_working_days():
    assert this_or_next_working_day(date(2026, 11, 22)) == date(2026, 11, 23)
    assert this_or_previous_working_day(date(2026, 11, 22)) == date(2026, 11, 20)
    assert this_or_next_working_day(date(2026, 11, 23)) == this_or_previous_working_day(date(2026, 11, 23))


def test_add_by_counts_in_the_unit_of_the_rule():
    friday = date(2026, 11, 6)
    assert add_by(rule("tasks.due_soon_days", on=friday), friday) == date(2026, 11, 11)
    assert add_by(rule("tasks.hand_back_days", on=friday), friday) == date(2026, 11, 11)


DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


class PropertyTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        root = make_unit("Tỉnh ủy")
        cls.unit = make_unit("Văn phòng", under=root)
        closure.rebuild()
        for on, kind in ((date(2026, 6, 3), "off"), (date(2026, 6, 6), "working"), (date(2026, 6, 7), "working")):
            CalendarDay.objects.create(unit=root, on=on, kind=kind)

    @settings(deadline=None)
    @given(DAYS, st.integers(-90, 90))
    def test_counting_undoes_adding(self, day, count):
        assert working_days_between(day, add_working_days(day, count, self.unit), self.unit) == self.counted(day, count)

    def counted(self, day, count):
        # Going back lands on a working day; the days after it up to `day` hold one fewer where `day` itself is off.
        return count if count >= 0 or is_working_day(day, self.unit) else count + 1

    @settings(deadline=None)
    @given(DAYS, DAYS, DAYS)
    def test_working_days_between_adds_up(self, one, two, three):
        def between(start, end):
            return working_days_between(start, end, self.unit)

        assert between(one, two) + between(two, three) == between(one, three)
        assert between(one, two) == -between(two, one)

    @settings(deadline=None)
    @given(DAYS, st.integers(1, 60))
    def test_adding_lands_on_working_days_in_order(self, day, count):
        step = add_working_days(day, count, self.unit)
        assert is_working_day(step, self.unit)
        assert step == add_working_days(add_working_days(day, count - 1, self.unit), 1, self.unit)

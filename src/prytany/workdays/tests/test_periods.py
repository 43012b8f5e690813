"""Reporting windows and last days."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from prytany.rules.models import RuleOverride
from prytany.workdays.periods import PeriodKind, last_day, period, period_of, previous, send_on


@pytest.mark.parametrize(
    ("kind", "number", "start", "end"),
    [
        ("month", 1, date(2025, 12, 15), date(2026, 1, 14)),
        ("month", 11, date(2026, 10, 15), date(2026, 11, 14)),
        ("quarter", 1, date(2025, 12, 15), date(2026, 3, 14)),
        ("quarter", 2, date(2026, 3, 15), date(2026, 6, 14)),
        ("quarter", 3, date(2026, 6, 15), date(2026, 9, 14)),
        ("quarter", 4, date(2026, 9, 15), date(2026, 12, 14)),
        ("half_year", 1, date(2025, 12, 15), date(2026, 6, 14)),
        ("half_year", 2, date(2026, 6, 15), date(2026, 12, 14)),
        ("nine_months", 1, date(2025, 12, 15), date(2026, 9, 14)),
        ("year", 1, date(2025, 12, 15), date(2026, 12, 14)),
        ("week", 47, date(2026, 11, 16), date(2026, 11, 22)),
    ],
)
def test_windows_of_decree_09_2019(kind, number, start, end):
    found = period(kind, 2026, number)
    assert (found.start, found.end) == (start, end)


def test_windows_before_the_decree_are_calendar_periods():
    assert period("quarter", 2018, 1).end == date(2018, 3, 31)


def test_period_refuses_a_number_there_is_not():
    with pytest.raises(ValueError, match="quarter 5"):
        period("quarter", 2026, 5)


def test_period_of_december_is_of_the_next_reporting_year():
    found = period_of("year", date(2026, 12, 15))
    assert (found.year, found.start) == (2027, date(2026, 12, 15))
    assert period_of("nine_months", date(2026, 11, 20)).end == date(2026, 9, 14)


def test_previous_and_sending_day():
    november = period_of("month", date(2026, 11, 10))
    assert (previous(november).start, previous(november).end) == (date(2026, 9, 15), date(2026, 10, 14))
    assert previous(period("nine_months", 2026)).year == 2025
    assert send_on(november) == date(2026, 11, 16)


def test_own_first_day_of_the_week(world):
    RuleOverride.objects.create(
        unit=world.root, key="reports.week_starts", value=5, valid_from=date(2026, 1, 1), legal_basis="Quy chế"
    )
    found = period_of("week", date(2026, 11, 19), unit=world.office)
    assert (found.start, found.end) == (date(2026, 11, 13), date(2026, 11, 19))
    assert period_of("week", date(2026, 11, 20), unit=world.office).start == date(2026, 11, 20)


class PartitionTests(TestCase):
    @settings(deadline=None)
    @given(
        st.dates(date(2020, 1, 1), date(2030, 12, 1)),
        st.sampled_from(["week", "month", "quarter", "half_year", "year"]),
    )
    def test_periods_follow_each_other_without_gap(self, day, kind):
        found = period_of(kind, day)
        assert day in found
        assert previous(found).end == found.start - timedelta(days=1)


@pytest.mark.parametrize(
    ("precision", "how", "end"),
    [
        ("day", None, date(2026, 10, 5)),
        ("month", None, date(2026, 10, 31)),
        ("quarter", None, date(2026, 12, 31)),
        ("year", None, date(2026, 12, 31)),
        ("standing", None, date(2026, 10, 5)),
        ("month", "last_working_day", date(2026, 10, 30)),
        ("quarter", "report_window", date(2026, 12, 14)),
        ("year", "report_window", date(2026, 12, 14)),
        ("month", "report_window", date(2026, 10, 14)),
    ],
)
def test_last_day_follows_the_rule(world, precision, how, end):
    if how:
        RuleOverride.objects.create(
            unit=world.root,
            key=f"tasks.last_day.{precision}",
            value=how,
            valid_from=date(2026, 1, 1),
            legal_basis="Quy chế",
        )
    assert last_day(precision, date(2026, 10, 5), unit=world.office, on=date(2026, 10, 1)) == end


def test_every_kind_of_period_has_a_window():
    for kind in PeriodKind:
        assert period(kind, 2026).rules[0].key.startswith("reports.")

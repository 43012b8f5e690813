"""Dates and numbers as each language writes them."""

import datetime

import pytest
from django.utils import translation

from prytany.core import wording

D = datetime.date
TODAY = D(2026, 11, 23)
NBSP, NARROW = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("vi", f"1{NBSP}234{NBSP}567"),
        ("en", "1,234,567"),
        ("fr", f"1{NARROW}234{NARROW}567"),
        ("hi", "12,34,567"),
        ("ar", "١٬٢٣٤٬٥٦٧"),
        ("ur", "1,234,567"),
    ],
)
def test_count_groups_and_writes_digits_of_the_language(language, expected):
    with translation.override(language):
        assert wording.count(1_234_567) == expected


def test_day_has_digits_of_the_language():
    with translation.override("ar"):
        assert wording.day(D(2026, 11, 21)) == "٢١/١١/٢٠٢٦"
    for language in ("vi", "en", "fr", "hi", "ur"):
        with translation.override(language):
            assert wording.day(D(2026, 11, 21)) == "21/11/2026"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (TODAY, "Today"),
        (D(2026, 11, 22), "Yesterday"),
        (D(2026, 11, 24), "Tomorrow"),
        (D(2026, 11, 20), "Fri, 20/11"),
        (D(2026, 11, 29), "Sun, 29/11"),
        (D(2026, 11, 16), "16/11"),
        (D(2025, 11, 23), "23/11/2025"),
        (None, ""),
    ],
)
def test_day_short_says_what_a_person_near_to_it_says(day, expected):
    with translation.override("en"):
        assert wording.day_short(day, TODAY) == expected


def test_moment_adds_the_time_of_day_in_the_installations_zone():
    with translation.override("en"):
        assert wording.moment(datetime.datetime(2026, 11, 23, 1, 10, tzinfo=datetime.UTC), TODAY) == "Today, 08:10"
        late = datetime.datetime(2026, 11, 22, 18, 0, tzinfo=datetime.UTC)
        assert wording.moment(late, TODAY) == "Today, 01:00"
        assert wording.moment(D(2026, 11, 22), TODAY) == "Yesterday"


@pytest.mark.parametrize(
    ("precision", "expected"),
    [("day", "31/12/2026"), ("month", "12/2026"), ("quarter", "Q4/2026"), ("year", "2026"), ("standing", "")],
)
def test_due_is_written_to_its_precision(precision, expected):
    with translation.override("en"):
        assert wording.due(D(2026, 12, 31), precision) == expected


def test_size_is_rounded_to_what_people_say():
    with translation.override("en"):
        assert [wording.size(n) for n in (999, 280_400, 4_149_000)] == ["999 bytes", "280 kB", "4.1 MB"]

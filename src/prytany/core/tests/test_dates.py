"""Typed dates are read alike in the digits of all six languages, and impossible ones are refused with a sentence."""

import calendar
import datetime

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prytany.core import clock, timing, wording
from prytany.core.dates import DueDate, as_typed, explain, read, reading

D = datetime.date
TODAY = D(2026, 11, 23)
ZEROS = {"vi": "0", "hi": "०", "ar": "٠", "ur": "۰"}
days = st.dates(D(1990, 1, 1), D(2150, 12, 31))


@pytest.fixture
def calendar_of_weeks(monkeypatch):
    monkeypatch.setattr(timing, "working_days_left", lambda day: 10)
    monkeypatch.setattr(timing, "is_day_off", lambda day: day.weekday() >= 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5/12", DueDate(D(2026, 12, 5))),
        ("5/11", DueDate(D(2027, 11, 5))),
        ("23/11", DueDate(D(2026, 11, 23))),
        ("5-12", DueDate(D(2026, 12, 5))),
        ("5.12.2027", DueDate(D(2027, 12, 5))),
        ("5 12 27", DueDate(D(2027, 12, 5))),
        ("2026-12-05", DueDate(D(2026, 12, 5))),
        ("05122026", DueDate(D(2026, 12, 5))),
        ("051226", DueDate(D(2026, 12, 5))),
        ("+7", DueDate(D(2026, 11, 30))),
        ("-1", DueDate(D(2026, 11, 22))),
        ("30", DueDate(D(2026, 11, 30))),
        ("5", DueDate(D(2026, 12, 5))),
        ("31", DueDate(D(2026, 12, 31))),
        ("Q4", DueDate(D(2026, 12, 31), "quarter")),
        ("q1", DueDate(D(2027, 3, 31), "quarter")),
        ("Q2/2026", DueDate(D(2026, 6, 30), "quarter")),
        ("Quý IV/2026", DueDate(D(2026, 12, 31), "quarter")),
        ("quy 4", DueDate(D(2026, 12, 31), "quarter")),
        ("T4/2026", DueDate(D(2026, 12, 31), "quarter")),
        ("trim. 4 2026", DueDate(D(2026, 12, 31), "quarter")),
        ("الربع ٤", DueDate(D(2026, 12, 31), "quarter")),
        ("سہ ماہی ۴", DueDate(D(2026, 12, 31), "quarter")),
        ("तिमाही ४", DueDate(D(2026, 12, 31), "quarter")),
        ("12/2026", DueDate(D(2026, 12, 31), "month")),
        ("2/2028", DueDate(D(2028, 2, 29), "month")),
        ("2027", DueDate(D(2027, 12, 31), "year")),
        ("29/2", DueDate(D(2028, 2, 29))),
    ],
)
def test_read_takes_every_way_of_writing(text, expected):
    assert read(text, today=TODAY) == expected


def test_read_prefers_the_past_where_papers_are_dated():
    assert read("5/12", today=TODAY, prefer="past").date == D(2025, 12, 5)
    assert read("23/11", today=TODAY, prefer="past").date == TODAY
    assert read("29/2", today=TODAY, prefer="past").date == D(2024, 2, 29)
    assert read("30", today=TODAY, prefer="past").date == D(2026, 10, 30)
    assert read("Q4", today=TODAY, prefer="past").date == D(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("31/2", "There is no day 31 in 02/2026: that month has 28 days."),
        ("31/2/2027", "There is no day 31 in 02/2027: that month has 28 days."),
        ("29/2/2027", "There is no day 29 in 02/2027: that month has 28 days."),
        ("5/13", "There is no month 13."),
        ("13/2026", "There is no month 13."),
        ("32", "No month has a day 32."),
        ("1/1/0001", "The year 1 is out of range."),
        ("9999", "The year 9999 is out of range."),
        ("Q5", "“Q5” is not a date. Write for example 5/12, 05122026, +7, Q4 or 12/2026."),
        ("soon", "“soon” is not a date. Write for example 5/12, 05122026, +7, Q4 or 12/2026."),
        ("5//12", "“5//12” is not a date. Write for example 5/12, 05122026, +7, Q4 or 12/2026."),
        ("5/12; DROP TABLE", "“5/12; DROP TABLE” is not a date. Write for example 5/12, 05122026, +7, Q4 or 12/2026."),
    ],
)
def test_read_refuses_with_a_sentence(text, sentence):
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        read(text, today=TODAY)
    assert caught.value.messages == [sentence]


@given(day=days, zero=st.sampled_from(sorted(ZEROS.values())), sign=st.sampled_from("/-. "))
def test_read_takes_a_whole_date_in_any_digits(day, zero, sign):
    text = f"{day.day}{sign}{day.month}{sign}{day.year}"
    written = "".join(chr(ord(zero) + int(c)) if c.isdigit() else c for c in text)
    assert read(written, today=TODAY) == DueDate(day)


@given(today=days, day=st.integers(1, 31), month=st.integers(1, 12))
def test_read_without_year_gives_the_next_such_day(today, day, month):
    try:
        found = read(f"{day}/{month}", today=today).date
    except ValidationError:
        assert day > max(calendar.monthrange(year, month)[1] for year in range(today.year, today.year + 9))
        return
    assert (found.day, found.month) == (day, month)
    assert found >= today
    between = [D(y, month, day) for y in range(today.year, found.year) if day <= calendar.monthrange(y, month)[1]]
    assert not [other for other in between if other >= today]


PRECISIONS = st.sampled_from(["day", "month", "quarter", "year"])


def to_precision(day, precision):
    """Return the due date of `precision` in whose period `day` lies."""
    if precision == "day":
        return DueDate(day)
    month = {"month": day.month, "quarter": (day.month + 2) // 3 * 3, "year": 12}[precision]
    return DueDate(D(day.year, month, calendar.monthrange(day.year, month)[1]), precision)


@given(day=days, precision=PRECISIONS)
def test_read_takes_back_what_it_writes(day, precision):
    due = to_precision(day, precision)
    assert read(as_typed(due), today=TODAY) == due


@given(day=days, precision=PRECISIONS, language=st.sampled_from([code for code, _name in django_settings.LANGUAGES]))
def test_read_takes_back_what_a_page_prints_in_any_language(day, precision, language):
    due = to_precision(day, precision)
    with translation.override(language):
        assert read(wording.due(due.date, due.precision), today=TODAY) == due


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_explain_answers_any_text_with_a_reading_or_a_sentence(calendar_of_weeks, text):
    with translation.override("en"), clock.at(datetime.datetime(2026, 11, 23, 3, tzinfo=datetime.UTC)):
        answer = explain(text)
    assert set(answer) in ({"reading"}, {"error"}, {"reading", "value", "precision"})
    assert all(answer.values()) or not text.strip()


def test_reading_says_weekday_day_off_and_working_days(calendar_of_weeks):
    with translation.override("en"):
        assert reading(DueDate(D(2026, 12, 5)), TODAY) == "Sat, 05/12/2026, day off; 10 working days left"
        assert (
            reading(DueDate(D(2026, 12, 31), "quarter"), TODAY) == "Q4/2026, to Thu, 31/12/2026; 10 working days left"
        )
        assert reading(DueDate(D(2026, 11, 20)), TODAY) == "Fri, 20/11/2026; this day is past"
        assert reading(DueDate(None, "standing"), TODAY) == "No deadline"


def test_explain_answers_the_script(calendar_of_weeks):
    with translation.override("en"), clock.at(datetime.datetime(2026, 11, 23, 3, tzinfo=datetime.UTC)):
        assert explain(" ") == {"reading": ""}
        assert explain("31/2") == {"error": "There is no day 31 in 02/2026: that month has 28 days."}
        assert explain("12/2026")["value"] == "2026-12-31"
        assert explain("12/2026")["precision"] == "month"


def test_date_reading_is_answered_to_people_who_are_signed_in(client_of, client):
    assert client.get("/dates/reading/", {"text": "5/12"}).status_code == 302
    answer = client_of("clerk").get("/dates/reading/", {"text": "١٢/٢٠٢٦"}).json()
    assert (answer["value"], answer["precision"]) == ("2026-12-31", "month")

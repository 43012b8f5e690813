"""The time cell: class, days and words."""

import datetime
from types import SimpleNamespace

import pytest
from django.template import engines
from django.utils import translation

from prytany.core import clock, timing
from prytany.core.timing import Standing, standing

D = datetime.date
TODAY = D(2026, 11, 23)


@pytest.mark.parametrize(
    ("state", "due", "submitted", "expected"),
    [
        ("in_progress", D(2026, 11, 20), None, Standing("overdue", 3)),
        ("in_progress", D(2026, 11, 23), None, Standing("due_soon", 0)),
        ("received", D(2026, 11, 30), None, Standing("due_soon", 7)),
        ("issued", D(2026, 12, 1), None, Standing("within", 8)),
        ("in_progress", None, None, Standing("no_deadline")),
        ("submitted", D(2026, 11, 20), D(2026, 11, 10), Standing("within", 10, True)),
        ("submitted", D(2026, 11, 20), D(2026, 11, 22), Standing("overdue", 2, True)),
        ("more_needed", D(2026, 11, 20), D(2026, 11, 10), Standing("overdue", 3)),
        ("verified", D(2026, 11, 20), D(2026, 11, 20), Standing("done_on_time")),
        ("verified", D(2026, 11, 20), D(2026, 11, 23), Standing("done_late", 3)),
        ("nothing", D(2026, 11, 20), D(2026, 11, 19), Standing("done_on_time")),
        ("verified", None, D(2026, 11, 19), Standing("done_on_time")),
        ("draft", D(2026, 11, 20), None, Standing(None)),
        ("cancelled", D(2026, 11, 20), None, Standing(None)),
        ("handed_back", D(2026, 11, 20), None, Standing(None)),
    ],
)
def test_standing(state, due, submitted, expected):
    assert standing(state=state, due=due, submitted=submitted, today=TODAY, soon_days=7) == expected


def test_standing_takes_the_rows_own_first_day_of_due_soon():
    due = D(2026, 12, 31)
    found = standing(state="received", due=due, submitted=None, soon=D(2026, 11, 1), today=TODAY, soon_days=1)
    assert found == Standing("due_soon", 38)


def part(state="in_progress", due=None, **kwargs):
    columns = {
        "state": state,
        "due_on": due,
        "due_precision": "day",
        "submitted_on": None,
        "soon_on": None,
        "is_blocked": False,
        "extended_times": 0,
    }
    return SimpleNamespace(**(columns | kwargs))


def render(source, **context):
    text = engines["django"].from_string(source).render({"due_soon_days": 7, **context})
    return " ".join(text.split())


@pytest.fixture
def on_23_november():
    with clock.at(datetime.datetime(2026, 11, 23, 3, tzinfo=datetime.UTC)), translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("row", "style", "icon", "words", "date"),
    [
        (part(due=D(2026, 11, 22)), "tm-over", "exclamation-triangle-fill", "1 day overdue", "22/11/2026"),
        (part(due=D(2026, 11, 25)), "tm-soon", "hourglass-split", "2 days left", "25/11/2026"),
        (part(due=D(2026, 11, 23)), "tm-soon", "hourglass-split", "Due today", "23/11/2026"),
        (part(due=D(2026, 12, 31), due_precision="month"), "tm-in", "clock", "38 days left", "12/2026"),
        (
            part("verified", D(2026, 11, 20), submitted_on=D(2026, 11, 23)),
            "tm-late",
            "clock-history",
            "Done 3 days late",
            "20/11/2026",
        ),
        (
            part("verified", D(2026, 12, 31), submitted_on=D(2026, 11, 23), due_precision="quarter"),
            "tm-done",
            "check2",
            "Done on time",
            "Q4/2026",
        ),
    ],
)
def test_due_shows_icon_word_and_date(on_23_november, row, style, icon, words, date):
    assert render("{% due row %}", row=row) == (
        f'<span class="due"><span class="tm {style}"><svg class="ic" aria-hidden="true">'
        f'<use href="/static/build/icons.svg#{icon}"></use></svg> {words}</span> '
        f'<time datetime="{row.due_on.isoformat()}">{date}</time></span>'
    )


def test_due_without_date_is_words_alone(on_23_november):
    html = render("{% due row %}", row=part(due_precision="standing"))
    assert "No deadline" in html
    assert "<time" not in html


def test_due_of_a_waiting_answer_says_so(on_23_november):
    row = part("submitted", D(2026, 11, 20), submitted_on=D(2026, 11, 10))
    note = '10 days left <span class="visually-hidden">awaiting verification</span>'
    assert note in render("{% due row %}", row=row)
    assert "Within time, 10 days left, awaiting verification</span>" in render("{% due row full=True %}", row=row)


def test_due_as_of_a_past_date_takes_the_pages_date(on_23_november):
    assert "Within time, 20 days left" in render(
        "{% due row full=True %}", row=part(due=D(2026, 7, 20)), as_of=D(2026, 6, 30)
    )


def test_due_of_a_row_that_is_not_counted_is_its_date(on_23_november):
    html = render("{% due row %}", row=part("cancelled", D(2026, 11, 20)))
    assert html == '<span class="due"><time datetime="2026-11-20">20/11/2026</time></span>'


def test_time_class_names_each_of_the_six(on_23_november):
    words = ["Overdue", "Due soon", "Within time", "No deadline", "Done on time", "Done late"]
    kinds = ["overdue", "due_soon", "within", "no_deadline", "done_on_time", "done_late"]
    assert [timing.class_words(kind) for kind in kinds] == words
    assert 'class="tm tm-over"' in render("{% time_class 'overdue' %}")

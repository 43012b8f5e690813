"""Marks, isolates and the small tags of every template."""

from types import SimpleNamespace

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from prytany.work.models.states import ObligationState, TaskState


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def render(source, **context):
    return " ".join(engines["django"].from_string(source).render(context).split())


@pytest.mark.parametrize("state", [*ObligationState, TaskState.PROPOSED, TaskState.CLOSED])
def test_state_shows_the_word_of_the_model(state):
    html = render("{% state code %}", code=state.value)
    assert html.startswith('<span class="st"><svg class="ic')
    assert html.endswith(f"</svg> {state.label}</span>")


def test_state_of_a_task_as_a_whole_is_assigned_not_new():
    assert render("{% state 'issued' kind='task' %}").endswith("Assigned</span>")


@pytest.mark.parametrize("state", ["submitted", "more_needed", "handed_back"])
def test_state_icons_that_point_are_mirrored(state):
    assert 'class="ic flip"' in render("{% state code %}", code=state)


@pytest.mark.parametrize(
    ("blocked", "times", "words"),
    [
        (False, 0, []),
        (True, 0, ["Blocked"]),
        (False, 1, ["Extended once"]),
        (True, 2, ["Blocked", "Extended twice"]),
        (False, 3, ["Extended 3 times"]),
    ],
)
def test_marks_show_blocked_and_extended(blocked, times, words):
    html = render("{% marks row %}", row=SimpleNamespace(is_blocked=blocked, extended_times=times))
    assert html.count('class="mk"') == len(words)
    assert all(word in html for word in words)
    assert (html == "") == (not words)


def test_icon_is_named_or_hidden_from_readers():
    assert render("{% icon 'bell' %}") == (
        '<svg class="ic" aria-hidden="true"><use href="/static/build/icons.svg#bell"></use></svg>'
    )
    assert render("{% icon 'bell' label='Notices' size='sm' flip=True %}") == (
        '<svg class="ic sm flip" role="img" aria-label="Notices"><use href="/static/build/icons.svg#bell"></use></svg>'
    )


def test_isolates_escape_what_they_hold():
    assert render("{{ v|ltr }}", v="118-TB/<b>") == '<bdi dir="ltr" class="num">118-TB/&lt;b&gt;</bdi>'
    assert render("{{ v|people }}", v="<i>") == '<bdi dir="auto">&lt;i&gt;</bdi>'
    assert render("{{ v|ltr }}{{ v|people }}{{ v|count }}", v=None) == ""
    assert render("{% of 3 1024 %}") == '<bdi dir="ltr" class="num">3\u00a0/\u00a01,024</bdi>'.replace("\u00a0", " ")


def test_url_if_is_empty_where_the_page_is_not_installed():
    assert render("[{% url_if 'core:language' %}|{% url_if 'nowhere:page' 3 %}]") == "[/language/|]"


def test_query_changes_one_parameter_and_keeps_the_others():
    request = RequestFactory().get("/tasks/?chip=a&chip=b&after=x&q=%3Cb%3E")
    html = render("{% query after='' before='y' %}", request=request)
    assert html == "?chip=a&amp;chip=b&amp;q=%3Cb%3E&amp;before=y"


def test_wrapped_shows_nothing_around_nothing():
    assert render('{% wrapped "core/_meta.html" %} {% endwrapped %}') == ""
    assert render('{% wrapped "core/_meta.html" %} <b>{{ x }}</b>{% endwrapped %}', x="<") == (
        '<div class="meta"><b>&lt;</b></div>'
    )


def test_qr_holds_the_whole_address_and_no_styles(settings):
    settings.BASE_URL = "https://office.example"
    html = render("{% qr address %}", address="/tasks/1/")
    assert 'aria-label="https://office.example/tasks/1/"' in html
    assert "<svg" in html
    assert "style" not in html

"""The form component."""

import datetime

import pytest
from django import forms
from django.template import engines
from django.utils import translation

from prytany.core.forms import CleanCharField, DateTextField, DueDate, PrytanyForm

D = datetime.date


class SampleForm(PrytanyForm):
    symbol = forms.CharField(label="Number", help_text="As on the paper.")
    text = CleanCharField(label="Text", required=False, widget=forms.Textarea)
    due = DateTextField(label="Due", required=False)
    issued = DateTextField(label="Issued", day_only=True, prefer="past", required=False)
    urgent = forms.BooleanField(label="Urgent", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, required=False)
    examples = {"symbol": "118-TB/VPTU"}


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def page(form):
    return " ".join(engines["django"].from_string("{% form form %}").render({"form": form}).split())


def test_controls_carry_their_class_help_and_example():
    html = page(SampleForm())
    assert 'name="symbol" class="form-control" dir="auto"' in html or 'dir="auto" class="form-control"' in html
    assert "As on the paper. Example: \u2066118-TB/VPTU\u2069" in html
    assert '<textarea name="text" cols="40" rows="3"' in html
    assert html.count('class="form-check-input" type="radio"') == 2
    assert '<div id="id_kind" class="choice-list">' in html.replace("  ", " ")
    assert html.count('data-reading="future"') == 1
    assert html.count('data-reading="past"') == 1


def test_errors_stand_at_the_field_and_are_listed_on_top():
    form = SampleForm({"symbol": "", "due": "31/2/2027", "text": "a\u202eb"})
    html = page(form)
    assert "3 things to correct" in html
    assert '<a href="#id_symbol"><bdi>Number</bdi></a>: This field is required.' in html
    assert 'aria-describedby="id_due_error" aria-invalid="true"' in html or 'aria-invalid="true"' in html
    assert '<p class="need" id="id_due_error">' in html
    assert form.errors["due"] == ["There is no day 31 in 02/2027: that month has 28 days."]
    assert form.errors["text"] == ["This text holds invisible control characters. Remove them, or type the text again."]


def test_control_characters_are_refused_in_plain_text_fields_too():
    assert "symbol" in SampleForm({"symbol": "118\u2066"}).errors


def test_dates_come_as_typed_to_their_precision():
    form = SampleForm({"symbol": "1", "due": "Q4/2026", "issued": "5/12/2025"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["due"] == DueDate(D(2026, 12, 31), "quarter")
    assert form.cleaned_data["issued"] == D(2025, 12, 5)
    assert SampleForm({"symbol": "1", "issued": "12/2026"}).errors["issued"] == ["Write a day, for example 5/12/2026."]
    assert SampleForm({"symbol": "1"}).is_valid()


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (DueDate(D(2026, 12, 31), "quarter"), "Q4/2026"),
        (D(2026, 12, 5), "05/12/2026"),
        (DueDate(None, "standing"), ""),
    ],
)
def test_dates_are_shown_as_they_would_be_typed(value, shown):
    html = str(SampleForm(initial={"due": value})["due"])
    assert f'value="{shown}"' in html


def test_changed_dates_are_compared_by_what_they_mean():
    form = SampleForm({"symbol": "1", "due": "31/12/2026"}, initial={"symbol": "1", "due": D(2026, 12, 31)})
    assert "due" not in form.changed_data
    assert "due" in SampleForm({"due": "12/2026"}, initial={"due": D(2026, 12, 31)}).changed_data


def test_version_and_token_travel_hidden():
    html = page(SampleForm(version=7))
    assert '<input type="hidden" name="version" value="7" id="id_version">' in html
    first, second = SampleForm()["form_token"].value(), SampleForm()["form_token"].value()
    assert len(first) == 24
    assert first != second
    assert SampleForm({"symbol": "1", "version": "7", "form_token": "x"}).fields.keys() >= {"version", "form_token"}
    assert "version" not in SampleForm().fields

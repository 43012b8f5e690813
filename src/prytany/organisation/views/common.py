"""What the pages of the organisation do alike: the date, forms in place, refusals at the field."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BooleanField, BoundField, ChoiceField
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.defaultfilters import yesno
from django_htmx.http import HttpResponseClientRedirect

from prytany.core import dates
from prytany.core.errors import DomainError, StaleRecord
from prytany.core.once import led_to
from prytany.core.web import Request
from prytany.organisation.forms.base import OrganisationForm


@dataclass(frozen=True, slots=True)
class AsOf:
    """The date that a page is about: `day`, what was typed where it is no date, and whether it is today."""

    day: datetime.date
    today: datetime.date
    wrong: str = ""

    @property
    def is_today(self) -> bool:
        """Whether the page is about the present."""
        return self.day == self.today

    @property
    def shown(self) -> datetime.date | None:
        """The date for the band: None for today."""
        return None if self.is_today else self.day

    @property
    def iso(self) -> str:
        """The date as addresses carry it."""
        return self.day.isoformat()

    @property
    def query(self) -> str:
        """What links carry along: empty for today."""
        return "" if self.is_today else f"?on={self.day.isoformat()}"


def as_of(request: Request) -> AsOf:
    """Return the date that `?on=` (or `?as_of=`) asks for, in any of the usual ways; today for none or no date."""
    today, text = request.scope.today, (request.GET.get("on") or request.GET.get("as_of", "")).strip()
    if not text:
        return AsOf(today, today)
    try:
        due = dates.read(text, today=today, prefer="past")
    except ValidationError as error:
        return AsOf(today, today, error.messages[0])
    return AsOf(due.date or today, today)


def posted(request: Request) -> QueryDict | None:
    """Return what a form was sent with, even if that is nothing at all; None where the form is only shown."""
    return request.POST if request.method == "POST" else None


def day_after(last_day: datetime.date) -> datetime.date:
    """Return the end as it is stored for a last day as it is shown."""
    return last_day + datetime.timedelta(days=1)


def open_end(last_day: datetime.date | None) -> datetime.date | None:
    """Return the end as it is stored for a last day that may be left open."""
    return day_after(last_day) if last_day is not None else None


@dataclass(frozen=True, slots=True)
class Ask:
    """What stands around a form: heading, a sentence, the words of its button, where it leads back to.

    `warnings` are shown above the button; `is_final` marks what cannot be undone; `action` is where the form goes if
    not where it was asked from.
    """

    heading: object
    submit: object
    back_url: str
    back_label: object = ""
    intro: object = ""
    warnings: tuple[object, ...] = ()
    is_final: bool = False
    rail: str = "organisation"
    action: str = ""


def answer(
    request: Request,
    form: OrganisationForm,
    ask: Ask,
    act: Callable[[dict[str, Any]], tuple[str, object]],
    *,
    fresh: Callable[[], OrganisationForm] | None = None,
) -> HttpResponse:
    """Show a form, or carry out `act` with what was entered and go where it says, with its sentence.

    With htmx the form comes as a fragment into the page it was asked from. A refusal of the service stands at the
    field it belongs to; what was typed stays. Where somebody else saved meanwhile, the form that `fresh` begins anew
    tells what they wrote, and saving again keeps what was typed.
    """
    status, theirs = 200, []
    if request.method == "POST":
        if form.is_valid() and (not ask.warnings or request.POST.get("warned") == "1"):
            try:
                url = _once(request, form, act)
            except DomainError as error:
                to_form(form, error)
                if isinstance(error, StaleRecord) and fresh is not None:
                    theirs = _theirs(form, fresh())
            else:
                return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
        status = 200 if form.is_valid() else 422
    template = "organisation/_form.html" if request.htmx else "organisation/form.html"
    context = {"form": form, "ask": ask, "rail": ask.rail, "theirs": theirs}
    return render(request, template, context, status=status)


def _theirs(form: OrganisationForm, fresh: OrganisationForm) -> list[tuple[str, str]]:
    """Return label and text of what stands otherwise than typed; let the form carry the marks of what stands."""
    data = form.data.copy()
    for bound in fresh.hidden_fields():
        if bound.name in ("version", "expected"):
            data[form.add_prefix(bound.name)] = str(bound.value())
    form.data = data
    return [
        (str(bound.label), _in_words(bound))
        for bound in fresh.visible_fields()
        if bound.name in fresh.initial and not _same(fresh.initial[bound.name], form.cleaned_data.get(bound.name))
    ]


def _same(stored: Any, typed: Any) -> bool:
    if isinstance(stored, list) and isinstance(typed, list):
        return set(stored) == set(typed)
    return bool((stored or "") == (typed or ""))


def _in_words(bound: BoundField) -> str:
    """Return what a field holds as a person reads it."""
    value = bound.value()
    if isinstance(bound.field, BooleanField):
        return str(yesno(value))
    if isinstance(bound.field, ChoiceField):
        words = {option.data["value"]: option.choice_label for option in bound.subwidgets}
        return str(words.get(value, value))
    return str(bound.field.widget.format_value(value) or "–")


def _once(request: Request, form: OrganisationForm, act: Callable[[dict[str, Any]], tuple[str, object]]) -> str:
    """Carry out the act; a form that is sent twice leads to where the first led, without doing it again."""

    def first() -> str:
        url, sentence = act(form.cleaned_data)
        if sentence:
            messages.success(request, str(sentence))
        return url

    return led_to(request.scope, form.cleaned_data.get("form_token", ""), first)


def to_form(form: OrganisationForm, error: DomainError) -> None:
    """Put the refusal of a service at its field, else on top."""
    placed = False
    for name, message in error.fields.items():
        if name in form.fields and isinstance(message, str):
            form.add_error(name, message)
            placed = True
    if not placed:
        form.add_error(None, str(error.message))

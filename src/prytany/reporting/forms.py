"""Forms of the status report: which period, and the office's own words."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from prytany.core.fields import CleanCharField
from prytany.core.forms import PrytanyForm
from prytany.core.scope import Scope
from prytany.organisation.models import Unit
from prytany.reporting.models import Report
from prytany.reporting.status import OWN_WORDS
from prytany.workdays.periods import MONTHS, PeriodKind, period, period_of, previous

PRESETS = [
    (PeriodKind.WEEK.value, pgettext_lazy("reporting period", "Week")),
    (PeriodKind.MONTH.value, pgettext_lazy("reporting period", "Month")),
    (PeriodKind.QUARTER.value, pgettext_lazy("reporting period", "Quarter")),
    (PeriodKind.HALF_YEAR.value, pgettext_lazy("reporting period", "Six months")),
    (PeriodKind.NINE_MONTHS.value, pgettext_lazy("reporting period", "Nine months")),
    (PeriodKind.YEAR.value, pgettext_lazy("reporting period", "Year")),
]


class PeriodForm(PrytanyForm):
    """A preset, and which one; without a number the one that runs today."""

    kind = forms.ChoiceField(label=_("Period"), choices=PRESETS, initial=PeriodKind.MONTH)
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100, required=False)
    number = forms.IntegerField(
        label=_("Which one"),
        min_value=1,
        max_value=53,
        required=False,
        help_text=_("Month 1 to 12, quarter 1 to 4, week 1 to 53. Left out: the one that runs today."),
    )
    unit = forms.UUIDField(required=False, widget=forms.HiddenInput)
    language = forms.ChoiceField(label=_("Language of the paper"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        self.fields["language"].initial = settings.LANGUAGE_CODE

    def clean_unit(self) -> Unit | None:
        """Return the unit; one out of sight is as good as none there is."""
        uid = self.cleaned_data["unit"]
        if uid is None:
            return None
        unit = Unit.objects.visible_to(self.scope).filter(uid=uid).first()
        if unit is None:
            raise forms.ValidationError(_("There is no such unit."), code="unit")
        return unit

    def clean(self) -> dict[str, Any]:
        """Find the period."""
        data = super().clean() or self.cleaned_data
        if {"kind", "year", "number"} & set(self.errors):
            return data
        kind, year, number = data["kind"], data.get("year"), data.get("number")
        running = period_of(kind, self.scope.today, unit=self.scope.unit_id)
        try:
            if year or number:
                data["period"] = period(kind, year or running.year, number or 1, unit=self.scope.unit_id)
            else:
                data["period"] = running
        except ValueError:
            most = 53 if kind == PeriodKind.WEEK else 1 if kind == PeriodKind.NINE_MONTHS else 12 // MONTHS[kind]
            self.add_error("number", _("Write a number from 1 to %(most)s.") % {"most": most})
        return data


def offered(scope: Scope) -> list[dict[str, Any]]:
    """Return for each preset the period that runs today and the one before, to be asked for with one click."""
    found = []
    for kind, label in PRESETS:
        running = period_of(kind, scope.today, unit=scope.unit_id)
        before = previous(running, unit=scope.unit_id)
        found.append({"label": label, "running": running, "periods": (running, before)})
    return found


def _words(label: Any, help_text: Any = "", rows: int = 3) -> CleanCharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return CleanCharField(label=label, help_text=help_text, required=False, max_length=20_000, widget=widget)


class WordsForm(PrytanyForm):
    """What the office adds to a counted paper."""

    number = CleanCharField(
        label=_("Number"), required=False, max_length=20, help_text=_("Left out: a gap for the pen.")
    )
    to = _words(pgettext_lazy("addressees of a letter", "To"), _("One a line."))
    signer_name = CleanCharField(label=_("Signer"), required=False, max_length=200)
    signer_title = CleanCharField(label=_("Signer’s post"), required=False, max_length=200)
    authority = CleanCharField(label=_("Signs for"), required=False, max_length=100)
    recipients = _words(_("Recipients"), _("One a line, besides those above and the registry."))

    field_order: tuple[str, ...] = ()

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, initial=report.words, version=report.version, **kwargs)
        if report.kind == Report.Kind.STATUS:
            self.own = tuple(OWN_WORDS)
            fields = {code: _words(heading, help_text) for code, (heading, help_text) in OWN_WORDS.items()}
        elif report.kind == Report.Kind.MINUTES:
            self.own = ("opening", "closing")
            fields = {"opening": _words(_("Opening"), rows=4), "closing": _words(_("Closing"), rows=4)}
            for name in ("to", "signer_name", "signer_title", "authority"):
                del self.fields[name]
            self.fields["witness_title"] = CleanCharField(
                label=_("Witness: post"),
                help_text=_("Left out: only the two sides sign."),
                required=False,
                max_length=200,
            )
            self.fields["witness_name"] = CleanCharField(label=_("Witness: name"), required=False, max_length=200)
        else:
            self.own = ("opening", "closing")
            fields = {"opening": _words(_("Opening"), rows=4), "closing": _words(_("What is asked"), rows=4)}
        for field in fields.values():
            field.widget.attrs["aria-label"] = str(field.label)
        self.fields = {**fields, **self.fields}
        self.style_fields()

    @property
    def words(self) -> dict[str, str]:
        """What was typed."""
        return {name: text for name, text in self.cleaned_data.items() if name not in ("version", "form_token")}

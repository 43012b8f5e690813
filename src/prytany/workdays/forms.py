"""The form that marks a day."""

from django import forms
from django.utils.translation import gettext_lazy as _

from prytany.core.fields import CleanCharField
from prytany.core.forms import DateTextField, PrytanyForm
from prytany.workdays.models import CalendarDay


class DayForm(PrytanyForm):
    """A date, what it is, its name and its basis."""

    on = DateTextField(label=_("Date"), day_only=True)
    kind = forms.ChoiceField(label=_("What it is"), choices=CalendarDay.Kind.choices)
    name = CleanCharField(label=_("Name"), max_length=120, required=False)
    legal_basis = CleanCharField(
        label=_("Basis"), max_length=200, required=False, help_text=_("The notice or decision that sets it.")
    )
    examples = {"on": "24/11/2026"}

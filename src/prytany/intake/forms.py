"""What people give to be read."""

from django import forms
from django.utils.translation import gettext_lazy as _

from prytany.core.forms import CleanCharField, PrytanyForm


class TakeInForm(PrytanyForm):
    """A text to be read; files beside it come by their own field."""

    text = CleanCharField(
        label=_("Text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 16, "autofocus": True}),
        help_text=_("Paste a report, minutes or a conclusion as it is, in any of the six languages."),
    )

"""What people give to be read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from prytany.core.fields import strip_controls
from prytany.core.forms import PrytanyForm


class PastedTextField(forms.CharField):
    """A text copied from somewhere else: its invisible control characters are dropped, for nobody typed them."""

    def to_python(self, value: Any) -> str:
        """Return the text without control characters; ends of pages become ends of lines."""
        return strip_controls(str(value or "").replace("\f", "\n")).strip()


class TakeInForm(PrytanyForm):
    """A text to be read; files beside it come by their own field."""

    text = PastedTextField(
        label=pgettext_lazy("of a paper", "Text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 16, "autofocus": True, "dir": "auto"}),
        help_text=_("Paste a report, minutes or a conclusion as it is, in any of the six languages."),
    )


class VersionForm(PrytanyForm):
    """A further text of a paper that is read already."""

    text = PastedTextField(
        label=pgettext_lazy("of a paper", "Text"),
        widget=forms.Textarea(attrs={"rows": 16, "autofocus": True, "dir": "auto"}),
        help_text=_("Paste the same paper in another language, or as another office told it."),
    )

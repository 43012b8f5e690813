"""Forms of the log."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from prytany.audit.sentences import known_actions
from prytany.core.forms import PrytanyForm


class FilterForm(PrytanyForm):
    """What the log is narrowed by; sent as the address of the list."""

    person = forms.CharField(label=pgettext_lazy("log", "Person"), required=False, max_length=100)
    post = forms.CharField(label=pgettext_lazy("log", "Post"), required=False, max_length=100)
    action = forms.ChoiceField(label=pgettext_lazy("log", "Act"), required=False)
    since = forms.CharField(label=_("From the day"), required=False, max_length=20)
    until = forms.CharField(label=_("To the end of"), required=False, max_length=20)
    record = forms.CharField(label=pgettext_lazy("log", "Record"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["form_token"]
        choices = [(entry.action, entry.title) for entry in known_actions()]
        self.fields["action"].choices = [("", _("All acts")), *choices]  # type: ignore[attr-defined]
        for name in ("since", "until"):
            self.fields[name].widget.attrs.update(dir="ltr", autocomplete="off", placeholder="5/12/2026")


class EraseNameForm(PrytanyForm):
    """The lawful basis for erasing a name from the log."""

    basis = forms.CharField(label=_("Basis"), max_length=200, help_text=_("The decision or request it rests on."))

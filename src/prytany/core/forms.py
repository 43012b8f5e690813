"""The one form component: Bootstrap controls, a summary of errors, help and example, typed dates, form tokens."""

import datetime
import secrets
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import CheckboxSelectMultiple, RadioSelect
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from prytany.core import dates
from prytany.core.dates import DueDate
from prytany.core.fields import CleanCharField, clean_text

__all__ = ["CleanCharField", "DateTextField", "DueDate", "PrytanyForm", "StyledFields"]

# Bidirectional isolates keep an example such as 118-TB/VPTU whole in a right-to-left sentence.
_LRI, _PDI = "\u2066", "\u2069"


def _example(text: str) -> str:
    return gettext("Example: %(example)s") % {"example": f"{_LRI}{text}{_PDI}"}


example_text = lazy(_example, str)


class DateTextInput(forms.TextInput):
    """A text input beside which a script shows how the date is understood."""

    template_name = "core/widgets/date_text.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, prefer: str = "future") -> None:
        super().__init__({"autocomplete": "off", "dir": "ltr", **(attrs or {})})
        self.prefer = prefer

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the preference and an id for the reading."""
        context = super().get_context(name, value, attrs)
        context["prefer"] = self.prefer
        return context

    def format_value(self, value: Any) -> str | None:
        """Show a date as it would be typed, in ASCII digits."""
        if isinstance(value, DueDate):
            return dates.as_typed(value)
        if isinstance(value, datetime.date):
            return dates.as_typed(DueDate(value))
        return super().format_value(value)


class DateTextField(forms.Field):
    """A typed date: `5/12`, `05122026`, `+7`, `Q4`, `12/2026`.

    Cleans to a DueDate, or to a plain date with `day_only`. Empty gives None. `prefer="past"` reads `5/12` as the last
    such day (dates of papers), the default as the next (deadlines).
    """

    def __init__(self, *, day_only: bool = False, prefer: dates.Prefer = "future", **kwargs: Any) -> None:
        kwargs.setdefault("widget", DateTextInput(prefer=prefer))
        super().__init__(**kwargs)
        self.day_only, self.prefer = day_only, prefer

    def to_python(self, value: Any) -> Any:
        """Return the DueDate (or date) typed; ValidationError with a sentence."""
        if value in self.empty_values:
            return None
        if isinstance(value, DueDate):
            return value.date if self.day_only else value
        if isinstance(value, datetime.date):
            return value if self.day_only else DueDate(value)
        due = dates.read(str(value), prefer=self.prefer)
        if not self.day_only:
            return due
        if due.precision != "day":
            raise ValidationError(_("Write a day, for example 5/12/2026."), code="day_only")
        return due.date

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what is meant, not how it is typed."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class StyledFields:
    """Gives each control its class, checks text for control characters, adds the example to the help.

    `examples` maps a field to its example.
    """

    examples: ClassVar[Mapping[str, str]] = {}

    def style_fields(self) -> None:
        """Prepare all fields; call again after adding fields in `__init__`."""
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            self._style(field)
            if name in self.examples and not getattr(field, "example", ""):
                field.example = self.examples[name]
                example = example_text(self.examples[name])
                field.help_text = _join(field.help_text, example) if field.help_text else example

    def _style(self, field: forms.Field) -> None:
        widget = field.widget
        if widget.is_hidden:
            return
        if isinstance(field, forms.CharField) and clean_text not in field.validators:
            field.validators.append(clean_text)
            if isinstance(widget, forms.Textarea) or getattr(widget, "input_type", "") == "text":
                widget.attrs.setdefault("dir", "auto")
        if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
            # The class stands on the group; the option's template gives each input its own.
            widget.option_template_name = "core/widgets/option.html"
            style = "choice-list"
        elif isinstance(widget, forms.CheckboxInput):
            widget.is_check = True  # type: ignore[attr-defined]
            style = "form-check-input"
        elif isinstance(widget, forms.Select):
            style = "form-select"
        else:
            style = "form-control"
        if isinstance(widget, forms.Textarea):
            widget.attrs["rows"] = widget.attrs["rows"] if widget.attrs.get("rows") not in (None, "10") else 3
        classes = widget.attrs.get("class", "").split()
        if style not in classes:
            widget.attrs["class"] = " ".join([style, *classes])


def _join(first: Any, second: Any) -> Any:
    return lazy(lambda: f"{first} {second}", str)()


class PrytanyForm(StyledFields, forms.Form):
    """A form of the office. `version` and `form_token` travel hidden: the first against stale saves, the second so
    that a double submit gets the first result (`accounts` keeps the tokens)."""

    required_css_class = "required"
    use_required_attribute = False  # the server's sentences are better than the browser's, and in the person's language

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    form_token = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_token"].initial = lambda: secrets.token_urlsafe(18)
        if version is None:
            if not (self.is_bound and self.add_prefix("version") in self.data):
                del self.fields["version"]
        else:
            self.fields["version"].initial = version
        self.style_fields()

    def carry(self, version: int) -> None:
        """After a conflict carry the version that stands, so that saving again keeps what was typed."""
        data = self.data.copy()
        data[self.add_prefix("version")] = str(version)
        self.data = data

    @property
    def error_count(self) -> int:
        """How many errors there are, for the summary's head."""
        return sum(len(found) for found in self.errors.values())

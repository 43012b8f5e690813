"""The form for an office's own figure, made from the kind of its value."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from prytany.core import dates, wording
from prytany.core.fields import CleanCharField
from prytany.core.forms import DateTextField, PrytanyForm
from prytany.rules.definitions import Definition
from prytany.rules.kinds import (
    BadValue,
    Choice,
    Codes,
    Dates,
    Flag,
    Integer,
    Integers,
    Kind,
    Table,
    Text,
    Texts,
    Time,
    column_label,
)

YES_NO = [("yes", pgettext_lazy("rule value", "yes")), ("no", pgettext_lazy("rule value", "no"))]


def parts_of(kind: Kind, name: str = "value", label: Any = "") -> dict[str, tuple[Any, Kind, str]]:
    """Return the form's fields for a value: name -> (label, kind, language or "")."""
    if isinstance(kind, Table):
        return {
            part: found
            for column, inner in kind.columns.items()
            for part, found in parts_of(inner, f"{name}_{column}", column_label(column)).items()
        }
    if isinstance(kind, Texts):
        names = dict(settings.LANGUAGES)
        return {f"{name}_{code}": (f"{label} ({names[code]})", kind, code) for code in names}
    return {name: (label, kind, "")}


def _field(kind: Kind, label: Any) -> forms.Field:
    match kind:
        case Integer(low=low, high=high):
            return forms.IntegerField(label=label, min_value=low, max_value=high)
        case Choice(options=options):
            return forms.ChoiceField(label=label, choices=list(options.items()))
        case Flag():
            return forms.ChoiceField(label=label, choices=YES_NO)
        case Time():
            times = [datetime.time(hour, minute) for hour in range(24) for minute in (0, 15, 30, 45)]
            return forms.ChoiceField(
                label=label, choices=[(f"{time:%H:%M}", wording.digits(f"{time:%H:%M}")) for time in times]
            )
        case Texts():
            return CleanCharField(label=label, required=False, max_length=200)
        case Codes():
            known = gettext_lazy("Codes with commas between them, in their order.")
            lines = forms.Textarea(attrs={"dir": "ltr", "rows": 3})
            return forms.CharField(label=label, max_length=2000, widget=lines, help_text=known)
        case Text(longest=longest):
            return CleanCharField(label=label, required=False, max_length=longest)
        case _:
            widget = forms.TextInput(attrs={"dir": "ltr"})
            return forms.CharField(label=label, required=False, max_length=500, widget=widget)


def _shown(kind: Kind, value: Any, language: str) -> Any:
    """Return `value` as its field shows it."""
    match kind:
        case Texts():
            return value.get(language, "")
        case Flag():
            return "yes" if value else "no"
        case Integers():
            return ", ".join(map(str, value))
        case Codes():
            return ", ".join(value)
        case Dates():
            return ", ".join(dates.as_typed(dates.DueDate(day)) for day in value)
        case _:
            return kind.plain(value)


def _typed(kind: Kind, text: Any) -> Any:
    """Return what a field holds as the kind takes it; ValidationError or BadValue for what cannot be read."""
    match kind:
        case Flag():
            return text == "yes"
        case Integers():
            try:
                return [int(part) for part in dates.plain_digits(text).replace(",", " ").split()]
            except ValueError:
                raise BadValue(_("Write whole numbers.")) from None
        case Codes():
            return [part for part in text.replace(",", " ").split() if part]
        case Dates():
            return [dates.read(part).date for part in text.split(",") if part.strip()]
        case _:
            return text


class OwnRuleForm(PrytanyForm):
    """Value, dates, basis and note of an office's own figure."""

    valid_from = DateTextField(label=gettext_lazy("From"), day_only=True)
    valid_to = DateTextField(
        label=gettext_lazy("To"), day_only=True, required=False, help_text=gettext_lazy("The last day it holds.")
    )
    legal_basis = CleanCharField(
        label=gettext_lazy("Basis"), max_length=300, help_text=gettext_lazy("The decision or the working rules.")
    )
    note = CleanCharField(label=gettext_lazy("Note"), required=False, max_length=500)
    field_order = ("valid_from", "valid_to", "legal_basis", "note")

    def __init__(self, *args: Any, definition: Definition, value: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = definition.kind
        self.parts = parts_of(self.kind, label=gettext_lazy("Value"))
        fields: dict[str, forms.Field] = {}
        for name, (label, kind, language) in self.parts.items():
            fields[name] = _field(kind, label)
            inner = _inside(value, name) if isinstance(self.kind, Table) else value
            fields[name].initial = _shown(kind, inner, language) if inner is not None else None
        self.fields = {**fields, **self.fields}
        self.style_fields()

    def clean(self) -> dict[str, Any]:
        """Put the value together and check it as the rule sets do."""
        data = super().clean() or self.cleaned_data
        if any(name in self.errors for name in self.parts):
            return data
        try:
            data["value"] = self.kind.clean(self._value(self.kind, "value", data))
        except BadValue as error:
            self.add_error(next(iter(self.parts)), str(error))
        except ValidationError as error:
            self.add_error(next(iter(self.parts)), error)
        return data

    def _value(self, kind: Kind, name: str, data: Mapping[str, Any]) -> Any:
        if isinstance(kind, Table):
            return {column: self._value(inner, f"{name}_{column}", data) for column, inner in kind.columns.items()}
        if isinstance(kind, Texts):
            names = {code: data.get(f"{name}_{code}", "") for code in dict(settings.LANGUAGES)}
            return {code: text for code, text in names.items() if text}
        return _typed(kind, data.get(name, ""))


def _inside(value: Any, name: str) -> Any:
    """Return the column of a table's value that the field `name` is for."""
    if value is None:
        return None
    return next(
        (value[column] for column in sorted(value, key=len, reverse=True) if name.startswith(f"value_{column}")), None
    )

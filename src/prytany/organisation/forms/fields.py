"""Units and people as one types them: completed after two letters, understood without scripts too."""

import datetime
import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prytany.core import wording
from prytany.core.fold import fold
from prytany.core.scope import Scope
from prytany.organisation.matching import Candidate, UnitMatcher
from prytany.organisation.models import Person, Unit, UnitVersion
from prytany.organisation.names import NAMELESS, unit_labels
from prytany.organisation.reading.record import last_day

_DIVIDED = re.compile(r"[;\n؛]+")


class Typed(str):
    """A typed name with the uid that was chosen for it from the list (or "")."""

    chosen: str = ""


class ComboInput(forms.TextInput):
    """A text input that completes names; beside it travels, hidden, what was chosen from the list."""

    template_name = "organisation/widgets/combo.html"

    def __init__(self, source: Mapping[str, str]) -> None:
        super().__init__({"autocomplete": "off", "dir": "auto", **source})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the hidden input."""
        context = super().get_context(name, value, attrs)
        chosen = getattr(value, "chosen", "") or getattr(value, "uid", "")
        context["widget"].update(chosen_name=f"{name}-chosen", chosen=str(chosen or ""))
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return the text with what was chosen."""
        text = data.get(name)
        if text is None:
            return None
        typed = Typed(text)
        typed.chosen = data.get(f"{name}-chosen", "")
        return typed

    def format_value(self, value: Any) -> str | None:
        """Show a unit or person by name."""
        if isinstance(value, Unit):
            return unit_labels([value.pk]).get(value.pk, NAMELESS).name
        if isinstance(value, Person):
            return value.name
        return super().format_value(value)


class _Scoped(forms.Field):
    """A field that looks things up: set `scope` before cleaning, `on` where another day than today counts."""

    scope: Scope | None = None
    on: datetime.date | None = None
    # Units that do not exist yet, by casefolded name: those that a change act will create.
    planned: Mapping[str, Unit] = {}

    def looking(self) -> tuple[Scope, datetime.date]:
        """Return for whom and on which date to look."""
        if self.scope is None:
            raise RuntimeError("the form did not set the scope of its field")
        return self.scope, self.on or self.scope.today


class UnitField(_Scoped):
    """One unit by name, symbol, code or alias; cleans to Unit or None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", ComboInput({"data-units": "one"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Unit | None:
        """Return the unit that is chosen or named; ValidationError says what was found instead."""
        if isinstance(value, Unit) or value in self.empty_values:
            return value or None
        scope, on = self.looking()
        if chosen := _by_uid(scope, getattr(value, "chosen", "")) or self.planned.get(str(value).strip().casefold()):
            return chosen
        return named_unit(scope, on, str(value))


class UnitsField(_Scoped):
    """Several units, divided by semicolons or line ends; cleans to a list of Unit."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.Textarea({"rows": 2, "autocomplete": "off", "dir": "auto", "data-units": "many"})
        )
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show units by their names."""
        if isinstance(value, list):
            labels = unit_labels([unit.pk for unit in value])
            return "; ".join(labels.get(unit.pk, NAMELESS).name for unit in value)
        return value

    def to_python(self, value: Any) -> list[Unit]:
        """Return the units named, each once, groups ("các xã") written out."""
        if isinstance(value, list):
            return value
        scope, on = self.looking()
        found: dict[int, Unit] = {}
        for part in _DIVIDED.split(value or ""):
            if planned := self.planned.get(part.strip().casefold()):
                found[-len(found) - 1] = planned
            elif part.strip():
                found.update({unit.pk: unit for unit in named_units(scope, on, part.strip())})
        return list(found.values())

    def validate(self, value: Any) -> None:
        """Ask for at least one where the field is required."""
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")


class PersonField(_Scoped):
    """A person known to the organisation; cleans to Person or None."""

    def __init__(self, *, source: Any, **kwargs: Any) -> None:
        kwargs.setdefault("widget", ComboInput({"data-combobox": source}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Person | None:
        """Return the person who is chosen or named; ValidationError where nobody or several are called so."""
        if isinstance(value, Person) or value in self.empty_values:
            return value or None
        scope, _on = self.looking()
        people = Person.objects.visible_to(scope)
        chosen = getattr(value, "chosen", "")
        if chosen:
            try:
                if person := people.filter(uid=UUID(chosen)).first():
                    return person
            except ValueError:
                pass
        found = list(people.filter(folded=fold(str(value)))[:2])
        exact = [person for person in found if person.name == str(value).strip()]
        if len(exact) == 1 or len(found) == 1:
            return (exact or found)[0]
        if found:
            raise ValidationError(_("Several people are called so. Choose one from the list."), code="several")
        raise ValidationError(_("Nobody in this organisation is called so."), code="unknown")


def _by_uid(scope: Scope, text: str) -> Unit | None:
    try:
        return Unit.objects.visible_to(scope).filter(uid=UUID(text)).first()
    except ValueError:
        return None


def named_unit(scope: Scope, on: datetime.date, text: str) -> Unit:
    """Return the one unit that `text` names on a date; ValidationError for none, several or a group."""
    units = named_units(scope, on, text)
    if len(units) != 1:
        raise ValidationError(_("Name one unit only."), code="several")
    return units[0]


def named_units(scope: Scope, on: datetime.date, text: str) -> list[Unit]:
    """Return the units that `text` names on a date; ValidationError tells what is near, ended or unknown."""
    match = UnitMatcher(scope.root_id or 0, on).match(text)
    if match.unit_ids:
        units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=match.unit_ids)}
        return [units[pk] for pk in match.unit_ids if pk in units]
    if not match.candidates:
        raise ValidationError(_("There is no unit “%(name)s”."), code="unknown", params={"name": text})
    first = match.candidates[0]
    if first.has_ended and first.score >= 0.85:
        raise _ended(first, text)
    near = [candidate for candidate in match.candidates if not candidate.has_ended][:4]
    labels = unit_labels([candidate.unit_id for candidate in near], on=on)
    raise ValidationError(
        _("“%(name)s” is not clear. Did you mean: %(near)s?"),
        code="unclear",
        params={"name": text, "near": "; ".join(labels[c.unit_id].name for c in near if c.unit_id in labels)},
    )


def _ended(candidate: Candidate, text: str) -> ValidationError:
    end = UnitVersion.objects.filter(unit=candidate.unit_id).order_by("-valid_from").first()
    return ValidationError(
        _("“%(name)s” no longer exists; its last day was %(day)s."),
        code="ended",
        params={"name": text, "day": wording.day(last_day(end.valid_to if end else None))},
    )

"""Units as people type them: by name, short name, symbol, alias or code, several divided by semicolons."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from prytany.core.scope import Scope
from prytany.organisation.kinds import level_label
from prytany.organisation.matching import UnitMatcher
from prytany.organisation.models import Unit, UnitVersion
from prytany.organisation.names import unit_labels

_DIVIDED = re.compile(r"[;\n؛]+")


class UnitInput(forms.TextInput):
    """A text input that completes names of units after two letters (combobox.js)."""

    def __init__(self, *, many: bool = False) -> None:
        super().__init__({"autocomplete": "off", "dir": "auto", "data-units": "many" if many else "one"})

    def format_value(self, value: Any) -> str | None:
        """Show units by their names."""
        if isinstance(value, Unit):
            value = [value]
        if isinstance(value, list | QuerySet):
            labels = unit_labels([unit.pk for unit in value])
            return "; ".join(labels[unit.pk].name for unit in value if unit.pk in labels)
        return super().format_value(value)


class UnitsField(forms.Field):
    """Names of units, resolved within the root of the scope; cleans to a list of Unit (`many`) or one Unit or None.

    Set `scope` before cleaning. A name that fits none or several is refused with what was found.
    """

    def __init__(self, *, many: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", UnitInput(many=many))
        super().__init__(**kwargs)
        self.many = many
        self.scope: Scope | None = None

    def clean(self, value: Any) -> Any:
        """Return the units named."""
        names = [part.strip() for part in _DIVIDED.split(value or "") if part.strip()]
        if not names:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return [] if self.many else None
        if not self.many and len(names) > 1:
            raise ValidationError(_("Name one unit only."), code="many")
        if self.scope is None:
            raise TypeError("set `scope` on the field before it is cleaned")
        found: dict[int, Unit] = {}
        matcher = UnitMatcher(self.scope.root_id or 0, on=self.scope.today)
        for name in names:
            for pk in resolve(matcher, name, many=self.many):
                found[pk] = Unit(pk=pk)
        units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=found)}
        ordered = [units[pk] for pk in found if pk in units]
        return ordered if self.many else ordered[0]


def resolve(matcher: UnitMatcher, name: str, *, many: bool) -> list[int]:
    """Return the unit (or with `many` also all units of a group, as "các xã") that `name` means.

    ValidationError with the nearest names where that is not certain.
    """
    found = matcher.match(name)
    if found.unit_ids and (many or found.group is None):
        return list(found.unit_ids)
    if found.candidates:
        labels = unit_labels([candidate.unit_id for candidate in found.candidates[:3]])
        near = "; ".join(labels[one.unit_id].name for one in found.candidates[:3] if one.unit_id in labels)
        raise ValidationError(
            _("“%(name)s” is not clear. Did you mean: %(near)s?"), code="unclear", params={"name": name, "near": near}
        )
    raise ValidationError(_("There is no unit “%(name)s”."), code="unknown", params={"name": name})


def levels_below(scope: Scope) -> list[tuple[str, str]]:
    """Return (level, words with the number of units) for each level at which several units of the root stand today."""
    rows = (
        UnitVersion.objects.on(scope.today)
        .filter(unit__root_id=scope.root_id)
        .values_list("level")
        .annotate(number=Count("unit", distinct=True))
        .order_by("level")
    )
    return [
        (
            level,
            ngettext("%(count)d unit of level “%(level)s”", "all %(count)d units of level “%(level)s”", number)
            % {"count": number, "level": level_label(level)},
        )
        for level, number in rows
        if number > 1
    ]


def of_levels(scope: Scope, levels: list[str]) -> list[Unit]:
    """Return the units of the root that stand at one of `levels` today."""
    versions = UnitVersion.objects.on(scope.today).filter(level__in=levels, unit__root_id=scope.root_id)
    return list(Unit.objects.filter(pk__in=versions.values("unit")))


def units_below(scope: Scope, tops: Iterable[Unit]) -> list[Unit]:
    """Return the units that stand under `tops` in the line today, without themselves."""
    found: dict[int, Unit] = {}
    for top in tops:
        below = Unit.objects.within(top.pk, scope.today).existing_on(scope.today).exclude(pk=top.pk)
        found |= {unit.pk: unit for unit in below.order_by("pk")}
    return list(found.values())

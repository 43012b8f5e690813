"""What the forms of the organisation share: scope, fields under "More", choices of kinds and languages."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from prytany.core.forms import PrytanyForm
from prytany.core.scope import Scope
from prytany.organisation import kinds
from prytany.organisation.models import UnitVersion
from prytany.organisation.specs import NameSpec


class OrganisationForm(PrytanyForm):
    """A form with the scope of the person; `more` names the fields that stand under "More"."""

    more: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        for field in self.fields.values():
            if hasattr(field, "looking"):
                field.scope = scope

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """The visible fields that are always shown."""
        return [field for field in self.visible_fields() if field.name not in self.more_names()]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The visible fields under "More"."""
        return [field for field in self.visible_fields() if field.name in self.more_names()]

    @property
    def more_open(self) -> bool:
        """Whether a field under "More" has an error, so that it has to be seen."""
        return any(field.errors for field in self.more_fields)

    def more_names(self) -> tuple[str, ...]:
        """Return the names of the fields under "More"."""
        return self.more


def kind_choices(scope: Scope) -> list[tuple[str, object]]:
    """Return the kinds to choose from: the usual ones and those in use."""
    used = UnitVersion.objects.visible_to(scope).order_by().values_list("kind", flat=True).distinct()
    return [("", ""), *kinds.choices(kinds.KINDS, used)]


def level_choices(scope: Scope) -> list[tuple[str, object]]:
    """Return the levels to choose from."""
    used = UnitVersion.objects.visible_to(scope).order_by().values_list("level", flat=True).distinct()
    return [("", ""), *kinds.choices(kinds.LEVELS, used)]


def other_languages() -> list[tuple[str, str]]:
    """Return the languages besides the office's own, in which names are optional."""
    return [(code, name) for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


class NamesMixin(forms.Form):
    """Names of a unit: in the office's language with short form and symbol, optional in the others."""

    name = forms.CharField(label=_("Name"), max_length=200)
    short = forms.CharField(label=_("Short name"), max_length=100, required=False)
    symbol = forms.CharField(
        label=_("Symbol"), max_length=40, required=False, help_text=_("As it stands in document symbols.")
    )
    examples: ClassVar[dict[str, str]] = {"symbol": "VPTU", "code": "H26.03"}

    def add_names(self) -> None:
        """Add a field for the name in each further language."""
        for code, language in other_languages():
            label = pgettext_lazy("name of a unit", "Name in %(language)s")
            field = forms.CharField(max_length=200, required=False)
            field.label = str(label) % {"language": language}
            field.widget.attrs["lang"] = code
            self.fields[f"name_{code}"] = field

    def name_fields(self) -> tuple[str, ...]:
        """Return the fields of the names in further languages."""
        return tuple(f"name_{code}" for code, _language in other_languages())

    def names(self) -> tuple[NameSpec, ...]:
        """Return the names that were entered."""
        data = self.cleaned_data
        found = [NameSpec(settings.LANGUAGE_CODE, data["name"], data.get("short", ""), data.get("symbol", ""))]
        for code, _language in other_languages():
            if name := data.get(f"name_{code}", ""):
                found.append(NameSpec(code, name))
        return tuple(found)


def names_initial(names: Any) -> dict[str, str]:
    """Return the initial values of the name fields for stored names."""
    initial: dict[str, str] = {}
    for name in names:
        if name.language == settings.LANGUAGE_CODE:
            initial |= {"name": name.name, "short": name.short, "symbol": name.symbol}
        else:
            initial[f"name_{name.language}"] = name.name
    if "name" not in initial and names:
        initial |= {"name": names[0].name, "short": names[0].short, "symbol": names[0].symbol}
    return initial

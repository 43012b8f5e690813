"""Forms about one unit."""

import datetime
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from prytany.core.forms import DateTextField
from prytany.organisation.forms.base import NamesMixin, OrganisationForm, kind_choices, level_choices, names_initial
from prytany.organisation.forms.fields import UnitField
from prytany.organisation.models import Hierarchy, Succession, Unit, UnitMandate, UnitVersion
from prytany.organisation.specs import UnitSpec, VersionSpec


def _from_field(**kwargs: Any) -> DateTextField:
    return DateTextField(label=_("From"), day_only=True, prefer="past", **kwargs)


class _VersionForm(NamesMixin, OrganisationForm):
    code = forms.CharField(label=_("Code"), max_length=40, required=False)
    kind = forms.ChoiceField(label=_("Kind"))
    level = forms.ChoiceField(label=_("Level"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kind_choices(self.scope)
        self.fields["level"].choices = level_choices(self.scope)
        self.add_names()
        self.style_fields()

    def more_names(self) -> tuple[str, ...]:
        """Names in other languages come after what everybody fills in."""
        return (*self.more, *self.name_fields())


class NewUnitForm(_VersionForm):
    """A unit that begins."""

    on = _from_field()
    parent = UnitField(
        label=_("Stands under"), required=False, help_text=_("Empty for a partner body that stands under none.")
    )
    serves = UnitField(label=_("Serves"), required=False, help_text=_("The body whose work it does, if there is one."))
    decision = forms.CharField(label=_("Decision"), max_length=200, required=False)
    aliases = forms.CharField(
        label=_("Other names"), required=False, max_length=500, help_text=_("Divided by semicolons.")
    )
    position = forms.IntegerField(label=_("Position in lists"), required=False, min_value=0, max_value=100_000)
    field_order = ("name", "kind", "level", "parent", "on", "symbol")
    more = ("short", "code", "serves", "decision", "aliases", "position")
    examples: ClassVar[dict[str, str]] = {**NamesMixin.examples, "decision": "983-QĐ/TU", "on": "1/7/2025"}

    def spec(self) -> UnitSpec:
        """Return the unit asked for."""
        data = self.cleaned_data
        parent: Unit | None = data.get("parent")
        serves: Unit | None = data.get("serves")
        return UnitSpec(
            names=self.names(),
            kind=data["kind"],
            level=data["level"],
            code=data["code"],
            position=data["position"] or 0,
            parent=parent.uid if parent else None,
            serves=serves.uid if serves else None,
            aliases=tuple(alias.strip() for alias in data["aliases"].split(";") if alias.strip()),
        )


class ChangeForm(_VersionForm):
    """What a unit is called and ranked from a date on."""

    on = _from_field(help_text=_("The version before holds up to the day before."))
    decision = forms.CharField(label=_("Decision"), max_length=200, required=False)
    expected = forms.UUIDField(required=False, widget=forms.HiddenInput)
    field_order = ("on", "name", "short", "symbol", "code", "kind", "level", "decision")
    examples: ClassVar[dict[str, str]] = {**NamesMixin.examples, "decision": "983-QĐ/TU"}

    @staticmethod
    def initial_of(version: UnitVersion) -> dict[str, Any]:
        """Return what the form begins with: the version in force."""
        row = {"code": version.code, "kind": version.kind, "level": version.level, "expected": version.uid}
        return row | names_initial(list(version.names.all()))

    def spec(self) -> VersionSpec:
        """Return the version asked for."""
        data = self.cleaned_data
        return VersionSpec(self.names(), data["code"], data["kind"], data["level"])


class CorrectForm(_VersionForm):
    """What a version should have said."""

    start = _from_field(help_text=_("The day on which this version began."))
    field_order = ("start", "name", "short", "symbol", "code", "kind", "level")

    def spec(self) -> VersionSpec:
        """Return the version as it should have been."""
        data = self.cleaned_data
        return VersionSpec(self.names(), data["code"], data["kind"], data["level"])


class MoveForm(OrganisationForm):
    """Where a unit stands from a date on."""

    parent = UnitField(label=_("Stands under"), required=False, help_text=_("Empty: under none."))
    on = _from_field()


class RelateForm(OrganisationForm):
    """A relation outside the line."""

    hierarchy = forms.ChoiceField(
        label=_("This unit"), choices=[(h.value, h.label) for h in Hierarchy if h != Hierarchy.LINE]
    )
    parent = UnitField(label=_("Which unit"))
    on = _from_field()


class LastDayForm(OrganisationForm):
    """When something ends."""

    last_day = DateTextField(label=_("Last day"), day_only=True, prefer="past")
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class AliasForm(OrganisationForm):
    """Another name under which texts speak of a unit."""

    alias = forms.CharField(label=_("Other name"), max_length=200)
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[("", ""), *settings.LANGUAGES])


class MandateForm(OrganisationForm):
    """What a unit is for."""

    basis = forms.CharField(label=_("Legal basis"), max_length=200)
    on = _from_field()
    mission = forms.CharField(label=_("Mission"), required=False, widget=forms.Textarea)
    functions = forms.CharField(label=_("Functions"), required=False, widget=forms.Textarea)
    powers = forms.CharField(label=_("Powers"), required=False, widget=forms.Textarea)
    examples: ClassVar[dict[str, str]] = {"basis": "12-QĐi/TU"}

    @staticmethod
    def initial_of(mandate: UnitMandate | None) -> dict[str, Any]:
        """Return what the form begins with: the mandate in force."""
        if mandate is None:
            return {}
        return {"mission": mandate.mission, "functions": mandate.functions, "powers": mandate.powers}


class SetUpForm(OrganisationForm):
    """How to reach a unit and how it works inside."""

    contact = forms.CharField(
        label=_("Contact"), required=False, widget=forms.Textarea, help_text=_("Address, telephone, hours.")
    )
    head_checks = forms.BooleanField(
        label=_("The unit head approves answers before they leave the unit"), required=False
    )


class AbolishForm(OrganisationForm):
    """A unit that ends without a successor."""

    on = DateTextField(
        label=_("Abolished from"),
        day_only=True,
        prefer="past",
        help_text=_("Its posts and appointments end then."),
    )
    decision = forms.CharField(label=_("Decision"), max_length=200, required=False)


class SuccessionForm(OrganisationForm):
    """What a unit came from or became, where no change act is kept."""

    DIRECTIONS = (("from", _("came from")), ("to", _("became or became part of")))
    direction = forms.ChoiceField(label=_("This unit"), choices=DIRECTIONS)
    other = UnitField(label=_("Which unit"))
    kind = forms.ChoiceField(
        label=_("How"), choices=[(k.value, k.label) for k in Succession.Kind if k != Succession.Kind.DISSOLVE]
    )
    on = DateTextField(label=_("Date"), day_only=True, prefer="past")
    share = forms.CharField(label=_("What passed"), required=False, max_length=500)
    field_order = ("direction", "on", "other", "kind", "share")

    def clean_on(self) -> datetime.date:
        """Look for a predecessor, which has usually ended, among the units of the day before."""
        day: datetime.date = self.cleaned_data["on"]
        came = self.cleaned_data.get("direction") == "from"
        self.fields["other"].on = day - datetime.timedelta(days=1) if came else day  # type: ignore[attr-defined]
        return day


class ConfirmForm(OrganisationForm):
    """Nothing but the question."""

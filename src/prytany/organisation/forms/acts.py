"""Forms of the page of a change act: the act itself and one step at a time."""

import datetime
import re
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from prytany.core.forms import DateTextField
from prytany.organisation.acts.plan import Step, StepKind, steps_of
from prytany.organisation.forms.base import OrganisationForm, kind_choices, level_choices
from prytany.organisation.forms.fields import UnitField, UnitsField, named_units
from prytany.organisation.models import ChangeAct, Unit, UnitVersion
from prytany.organisation.specs import NameSpec, UnitSpec, VersionSpec, named


class ActForm(OrganisationForm):
    """Title, decision and dates of a change act."""

    title = forms.CharField(label=_("Title"), max_length=300)
    in_force_on = DateTextField(label=_("In force from"), day_only=True)
    decision = forms.CharField(label=_("Decision"), max_length=200, required=False)
    decided_on = DateTextField(label=_("Date of the decision"), day_only=True, prefer="past", required=False)
    examples: ClassVar[dict[str, str]] = {"decision": "1672/NQ-UBTVQH15"}


class RemoveStepForm(forms.Form):
    """The step to take out, and the version of the act that the person saw."""

    step = forms.UUIDField()
    seen = forms.IntegerField(min_value=1)


class StepForm(OrganisationForm):
    """A step of one kind; subclasses say what it needs and make a Step of it."""

    kind: ClassVar[StepKind]

    def __init__(self, *args: Any, act: ChangeAct, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.act = act
        # Units are found under the names they have on the eve of the act, and among those that the act creates.
        specs = [spec for step in steps_of(act.plan) for spec in step.new]
        planned = {
            name.name.casefold(): Unit(uid=spec.uid, root_id=act.root_id) for spec in specs for name in spec.names
        }
        for field in self.fields.values():
            if hasattr(field, "looking"):
                field.on, field.planned = self.eve, planned
        if "unit_kind" in self.fields:
            self.fields["unit_kind"].choices = kind_choices(self.scope)
            self.fields["level"].choices = level_choices(self.scope)
        self.style_fields()

    @property
    def eve(self) -> datetime.date:
        """The day before the act comes into force."""
        return self.act.in_force_on - datetime.timedelta(days=1)

    def steps(self) -> list[Step]:
        """Return the steps to add."""
        raise NotImplementedError

    def described(self, unit: Unit) -> tuple[str, str]:
        """Return kind and level of a unit, from which new ones take theirs."""
        version = UnitVersion.objects.filter(unit=unit).order_by("-valid_from").first()
        return (version.kind, version.level) if version else ("", "")

    def spec(self, name: str, like: Unit | None = None, parent: Unit | None = None) -> UnitSpec:
        """Return a new unit called `name`, of the kind and level entered or else those of `like`."""
        kind, level = self.cleaned_data.get("unit_kind", ""), self.cleaned_data.get("level", "")
        if like is not None and not (kind and level):
            like_kind, like_level = self.described(like)
            kind, level = kind or like_kind, level or like_level
        symbol, code = self.cleaned_data.get("symbol", ""), self.cleaned_data.get("code", "")
        names = named(name, language=settings.LANGUAGE_CODE, symbol=symbol)
        return UnitSpec(names, kind, level, code=code, parent=parent.uid if parent else None)


class _NewUnit(forms.Form):
    unit_kind = forms.ChoiceField(label=_("Kind"), required=False, help_text=_("Empty: as the first unit."))
    level = forms.ChoiceField(label=_("Level"), required=False)
    symbol = forms.CharField(label=_("Symbol"), max_length=40, required=False)
    code = forms.CharField(label=_("Code"), max_length=40, required=False)


_ARROW = re.compile(r"\s*(?:→|⇒|->|=>|\t)\s*")


class MergeForm(_NewUnit, StepForm):
    """Units become one: a new one, or one of those that exist. Many mergers fit into one field, one a line."""

    kind = StepKind.MERGE
    units = UnitsField(label=_("Units that are merged"), required=False)
    name = forms.CharField(label=_("Into a new unit called"), max_length=200, required=False)
    into = UnitField(label=_("Or into the existing unit"), required=False)
    carry_posts = forms.BooleanField(
        label=_("Posts and people pass to the successor"), required=False, initial=True,
        help_text=_("Otherwise they end with their unit."),
    )  # fmt: skip
    lines = forms.CharField(
        label=_("Many mergers at once"), required=False, widget=forms.Textarea({"rows": 5, "dir": "auto"}),
        help_text=_("One a line: the old units divided by semicolons, an arrow or tab, the new name."),
    )  # fmt: skip
    field_order = ("units", "name", "into", "carry_posts")
    more = ("unit_kind", "level", "symbol", "code", "lines")
    examples: ClassVar[dict[str, str]] = {"lines": "Xã A; Xã B → Xã C"}

    def clean(self) -> dict[str, Any]:
        """Ask for units and exactly one successor, or for lines."""
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        if data.get("lines"):
            data["parsed"] = self._parse(data["lines"])
            return data
        if not data.get("units"):
            self.add_error("units", _("Choose the units that are merged."))
        if bool(data.get("name")) == bool(data.get("into")):
            self.add_error("name", _("Write the new unit or choose an existing one, not both."))
        return data

    def _parse(self, text: str) -> list[tuple[list[Unit], str]]:
        found, problems = [], []
        for number, line in enumerate(text.splitlines(), start=1):
            if not line.strip():
                continue
            parts = [part for part in _ARROW.split(line.strip()) if part]
            try:
                if len(parts) != 2:
                    raise ValidationError(_("There is no arrow or tab between the old units and the new name."))
                units = [u for name in parts[0].split(";") if name.strip() for u in self._units(name.strip())]
                found.append((units, parts[1]))
            except ValidationError as error:
                problems.append(_("Line %(number)s: %(problem)s") % {"number": number, "problem": error.messages[0]})
        if problems:
            raise ValidationError({"lines": problems})
        return found

    def _units(self, name: str) -> list[Unit]:
        return named_units(self.scope, self.eve, name)

    def steps(self) -> list[Step]:
        """Return one merger, or one a line."""
        data = self.cleaned_data
        if parsed := data.get("parsed"):
            return [self._merger(units, name=name) for units, name in parsed]
        return [self._merger(data["units"], name=data["name"], into=data["into"])]

    def _merger(self, units: list[Unit], *, name: str = "", into: Unit | None = None) -> Step:
        new = (self.spec(name, like=units[0]),) if name else ()
        return Step(
            StepKind.MERGE,
            units=tuple(unit.uid for unit in units),
            new=new,
            into=(into.uid,) if into else (),
            carry_posts=self.cleaned_data["carry_posts"],
        )


class CreateForm(_NewUnit, StepForm):
    """A new unit."""

    kind = StepKind.CREATE
    name = forms.CharField(label=_("Name"), max_length=200)
    parent = UnitField(label=_("Stands under"), required=False)
    field_order = ("name", "parent", "unit_kind", "level")
    more = ("symbol", "code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_kind"].required = self.fields["level"].required = True
        self.fields["unit_kind"].help_text = ""

    def steps(self) -> list[Step]:
        """Return the creation."""
        data = self.cleaned_data
        return [Step(StepKind.CREATE, new=(self.spec(data["name"], parent=data["parent"]),))]


class RenameForm(_NewUnit, StepForm):
    """A unit gets another name, code, kind or level; empty fields keep what was."""

    kind = StepKind.RENAME
    unit = UnitField(label=_("Unit"))
    name = forms.CharField(label=_("New name"), max_length=200, required=False)
    field_order = ("unit", "name", "symbol", "code", "unit_kind", "level")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_kind"].help_text = ""

    def steps(self) -> list[Step]:
        """Return the change."""
        data = self.cleaned_data
        names: tuple[NameSpec, ...] | None = None
        if data["name"]:
            names = named(data["name"], language=settings.LANGUAGE_CODE, symbol=data["symbol"])
        values = VersionSpec(names, data["code"] or None, data["unit_kind"] or None, data["level"] or None)
        return [Step(StepKind.RENAME, units=(data["unit"].uid,), values=values)]


class SplitForm(_NewUnit, StepForm):
    """One unit becomes several."""

    kind = StepKind.SPLIT
    unit = UnitField(label=_("Unit that is split"))
    names = forms.CharField(
        label=_("Into new units"), required=False, widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        help_text=_("One name a line."),
    )  # fmt: skip
    into = UnitsField(label=_("And into existing units"), required=False)
    keeps = forms.BooleanField(label=_("The unit goes on beside them"), required=False)
    share = forms.CharField(label=_("How it is divided"), required=False, max_length=500)
    field_order = ("unit", "names", "into", "keeps", "share")
    more = ("unit_kind", "level", "symbol", "code")

    def steps(self) -> list[Step]:
        """Return the split."""
        data = self.cleaned_data
        new = tuple(self.spec(name.strip(), like=data["unit"]) for name in data["names"].splitlines() if name.strip())
        into = tuple(unit.uid for unit in data["into"])
        return [
            Step(StepKind.SPLIT, (data["unit"].uid,), new, into, keeps=data["keeps"], share=data["share"]),
        ]


class MoveStepForm(StepForm):
    """Units stand under another."""

    kind = StepKind.MOVE
    units = UnitsField(label=_("Units that move"))
    parent = UnitField(label=_("Stand from then on under"))

    def steps(self) -> list[Step]:
        """Return the move."""
        data = self.cleaned_data
        return [Step(StepKind.MOVE, tuple(unit.uid for unit in data["units"]), parent=data["parent"].uid)]


class TransferForm(StepForm):
    """A function passes between units that both go on."""

    kind = StepKind.TRANSFER
    unit = UnitField(label=_("From"))
    into = UnitField(label=pgettext_lazy("receiving unit", "To"))
    share = forms.CharField(label=_("Which function"), max_length=500)

    def steps(self) -> list[Step]:
        """Return the transfer."""
        data = self.cleaned_data
        return [Step(StepKind.TRANSFER, (data["unit"].uid,), into=(data["into"].uid,), share=data["share"])]


class AbolishStepForm(StepForm):
    """Units end without a successor."""

    kind = StepKind.ABOLISH
    units = UnitsField(label=_("Units that are abolished"))

    def steps(self) -> list[Step]:
        """Return the end."""
        return [Step(StepKind.ABOLISH, tuple(unit.uid for unit in self.cleaned_data["units"]))]


STEP_FORMS: dict[str, type[StepForm]] = {
    form.kind: form
    for form in (MergeForm, SplitForm, RenameForm, CreateForm, MoveStepForm, TransferForm, AbolishStepForm)
}

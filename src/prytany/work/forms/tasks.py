"""Drafting a task, a recurring duty, and a leader's opinion on a paper."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from prytany.core.forms import CleanCharField, DateTextField, PrytanyForm
from prytany.core.models import valid_on
from prytany.core.scope import Scope
from prytany.organisation.models import Appointment, Person, Post
from prytany.work.forms.units import UnitsField, levels_below, of_levels, units_below
from prytany.work.models import StandingDuty, Task, TaskTemplate
from prytany.work.services.drafting import Row


class TaskForm(PrytanyForm):
    """One task with its units. Cleans to `row()` for the drafting service."""

    examples = {"content": "Lập danh mục hồ sơ điện tử", "due": "15/12"}

    content = CleanCharField(label=_("What is to be done"), widget=forms.Textarea)
    lead = UnitsField(label=pgettext_lazy("role in a task", "Lead"), required=False, help_text=_("Exactly one unit."))
    coordinating = UnitsField(label=pgettext_lazy("role in a task", "Coordinating"), required=False, many=True)
    levels = forms.MultipleChoiceField(
        label=_("Assign to many"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each unit gets a part of its own and answers for it."),
    )
    addressees = UnitsField(label=_("Further units with a part of their own"), required=False, many=True)
    due = DateTextField(label=_("Due"), required=False)
    is_standing = forms.BooleanField(label=_("No deadline"), required=False)
    product = CleanCharField(label=_("Expected product"), required=False, max_length=200)
    below = UnitsField(
        label=_("All units below"),
        required=False,
        many=True,
        help_text=_("Each unit under the one named gets a part of its own."),
    )
    information = UnitsField(label=_("For information"), required=False, many=True)
    method = CleanCharField(label=_("Method"), required=False, widget=forms.Textarea)
    local_note = CleanCharField(label=_("Local note"), required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(label=_("Kind"), choices=Task.Kind.choices, initial=Task.Kind.EXECUTE)
    is_key = forms.BooleanField(label=_("Key task"), required=False)
    leader_post = forms.ModelChoiceField(Post.objects.none(), label=_("Leader in charge"), required=False)
    follower = forms.ModelChoiceField(Person.objects.none(), label=_("Follower"), required=False)

    MORE = ("below", "information", "method", "local_note", "kind", "is_key", "leader_post", "follower")

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        for name in ("lead", "coordinating", "addressees", "below", "information"):
            self.fields[name].scope = scope
        self.fields["levels"].choices = levels_below(scope)
        leaders = Post.objects.visible_to(scope).filter(
            valid_on(scope.today), role__in=["leader", "chief", "deputy_chief"]
        )
        self.fields["leader_post"].queryset = leaders
        own = Appointment.objects.on(scope.today).filter(
            valid_on(scope.today, "post__"), post__unit__links_down__descendant=scope.unit_id
        )
        self.fields["follower"].queryset = Person.objects.filter(pk__in=own.values("person")).order_by("sort_key")

    @property
    def first_fields(self) -> list[Any]:
        """The fields shown at once."""
        return [field for field in self.visible_fields() if field.name not in self.MORE]

    @property
    def more_fields(self) -> list[Any]:
        """The fields under "More"."""
        return [self[name] for name in self.MORE]

    def clean(self) -> dict[str, Any]:
        """Refuse a due date together with "no deadline"."""
        data = super().clean() or self.cleaned_data
        if data.get("due") and data.get("is_standing"):
            self.add_error("due", _("Write a due date or choose “no deadline”, not both."))
        return data

    def row(self) -> Row:
        """Return what was entered, for the service."""
        data = self.cleaned_data
        due = data["due"]
        chosen = [*of_levels(self.scope, data["levels"]), *units_below(self.scope, data["below"]), *data["addressees"]]
        addressees = {unit.pk: unit for unit in chosen}
        return Row(
            content=data["content"],
            lead=data["lead"],
            coordinating=data["coordinating"],
            addressees=list(addressees.values()),
            information=data["information"],
            due_on=due.date if due else None,
            due_precision=due.precision if due else "day",
            is_standing=data["is_standing"],
            product=data["product"],
            method=data["method"],
            local_note=data["local_note"],
            is_key=data["is_key"],
            kind=data["kind"],
            leader_post=data["leader_post"],
            follower=data["follower"],
        )


class DutyForm(PrytanyForm):
    """A recurring duty from five presets."""

    content = CleanCharField(label=_("What is to be done"), widget=forms.Textarea)
    lead = UnitsField(label=pgettext_lazy("role in a task", "Lead"))
    levels = forms.MultipleChoiceField(label=_("Assign to many"), required=False, widget=forms.CheckboxSelectMultiple)
    preset = forms.ChoiceField(label=_("How often"), choices=StandingDuty.Preset.choices)
    first_due = DateTextField(label=_("First due"), day_only=True)
    ends_on = DateTextField(label=_("Last due"), day_only=True, required=False)
    lead_days = forms.IntegerField(
        label=_("Assigned how many working days ahead"), initial=10, min_value=0, max_value=120
    )
    product = CleanCharField(label=_("Expected product"), required=False, max_length=200)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        self.fields["lead"].scope = scope
        self.fields["levels"].choices = levels_below(scope)

    def row(self) -> Row:
        """Return the pattern of each instance."""
        data = self.cleaned_data
        return Row(
            content=data["content"],
            lead=data["lead"],
            addressees=of_levels(self.scope, data["levels"]),
            due_on=data["first_due"],
            product=data["product"],
        )


class GiveDutyForm(PrytanyForm):
    """The unit that leads a recurring duty from its next instance on."""

    lead = UnitsField(label=_("Another unit"))

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["form_token"]
        self.fields["lead"].scope = scope


class RouteForm(PrytanyForm):
    """A leader's opinion on an incoming paper: lead, coordinators, for information, due date, stock phrase."""

    lead = UnitsField(label=pgettext_lazy("role in a task", "Lead"), required=False)
    coordinating = UnitsField(label=pgettext_lazy("role in a task", "Coordinating"), required=False, many=True)
    information = UnitsField(label=_("For information"), required=False, many=True)
    due = DateTextField(label=_("Due"), required=False)
    opinion = CleanCharField(label=_("Leader's opinion"), widget=forms.Textarea)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("lead", "coordinating", "information"):
            self.fields[name].scope = scope


class TemplateForm(PrytanyForm):
    """Start a sheet from a template."""

    template = forms.ModelChoiceField(TaskTemplate.objects.none(), label=_("Template"))
    start = DateTextField(label=_("Starts on"), day_only=True)
    title = CleanCharField(label=_("Title of the sheet"), required=False, max_length=200)

    def __init__(self, *args: Any, templates: QuerySet[TaskTemplate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = templates
        self.fields["template"].label_from_instance = lambda template: template.title


class CopyForm(PrytanyForm):
    """Copy the tasks of a directing document."""

    title = CleanCharField(label=_("Title"), max_length=200)
    shift_days = forms.IntegerField(
        label=_("Move the due dates by how many days"),
        required=False,
        min_value=-3660,
        max_value=3660,
        help_text=_("For example 365 for next year."),
    )
    as_template = forms.BooleanField(label=_("Keep as a template instead"), required=False)

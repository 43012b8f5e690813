"""What the assigner decides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prytany.core.forms import CleanCharField, DateTextField, PrytanyForm
from prytany.core.scope import Scope
from prytany.work.forms.units import UnitsField


class ExtensionDecisionForm(PrytanyForm):
    """Grant for a day, or refuse; the day asked is offered."""

    due = DateTextField(label=_("New due date"), day_only=True, required=False)
    text = CleanCharField(label=_("In words"), required=False)


class ObstacleAnswerForm(PrytanyForm):
    """An answer to an obstacle, with a date."""

    answer = CleanCharField(label=_("Answer"), widget=forms.Textarea)
    due = DateTextField(label=_("Cleared by"), day_only=True, required=False)
    closes = forms.BooleanField(label=_("It no longer stands in the way"), required=False)


class BulkRemindForm(PrytanyForm):
    """A reminder to the units of the parts selected."""

    text = CleanCharField(label=_("In words"), required=False, widget=forms.Textarea)


class BulkExtendForm(PrytanyForm):
    """A new due date for the parts selected."""

    due = DateTextField(label=_("New due date"), day_only=True)
    reason = CleanCharField(label=_("Reason"))


class BulkRecallForm(PrytanyForm):
    """Why parts that no unit has opened are taken back."""

    reason = CleanCharField(label=_("Reason"), required=False)


class BulkReassignForm(PrytanyForm):
    """Another unit for the parts selected."""

    to = UnitsField(label=_("To which unit"))
    reason = CleanCharField(label=_("Reason"), required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].scope = scope

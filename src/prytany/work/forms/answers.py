"""What a unit says about its part."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from prytany.core.forms import CleanCharField, DateTextField, PrytanyForm
from prytany.core.models import valid_on
from prytany.core.scope import Scope
from prytany.organisation.models import Appointment, Person
from prytany.work.models import Obligation, Remark


class ManyFilesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Several uploaded files; cleans to a list."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", ManyFilesInput())
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files, each checked as one file is."""
        return [super(FilesField, self).clean(item, initial) for item in (data or []) if item]


class AnswerForm(PrytanyForm):
    """Four choices, a text, files: an answer in a minute."""

    PROGRESS, DONE, OBSTACLE, NOTHING = "progress", "done", "obstacle", "nothing"
    CHOICES = (
        (PROGRESS, pgettext_lazy("answer", "In progress")),
        (DONE, pgettext_lazy("answer", "Done")),
        (OBSTACLE, pgettext_lazy("answer", "There is an obstacle")),
        (NOTHING, pgettext_lazy("answer", "Nothing to report")),
    )
    ICONS = {PROGRESS: "circle-half", DONE: "check-circle-fill", OBSTACLE: "sign-stop", NOTHING: "dash-circle"}

    choice = forms.ChoiceField(label=_("Our answer"), choices=CHOICES, widget=forms.RadioSelect, initial=DONE)
    text = CleanCharField(label=_("In words"), required=False, widget=forms.Textarea)
    wish = CleanCharField(
        label=_("What would help"), required=False, help_text=_("For an obstacle: what you ask the assigner for.")
    )
    percent = forms.IntegerField(
        label=_("Percentage"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("For work in progress, if you count it. No figure is made of it."),
    )
    uploads = FilesField(label=_("Files"), required=False)


class AskExtensionForm(PrytanyForm):
    """A request for more time."""

    due = DateTextField(label=_("New due date"))
    reason = CleanCharField(label=_("Reason"), widget=forms.Textarea)


class ReasonForm(PrytanyForm):
    """A reason, where an act needs one."""

    reason = CleanCharField(label=_("Reason"), widget=forms.Textarea)


class AgainForm(PrytanyForm):
    """Until when an answer sent back is wanted again."""

    again = DateTextField(label=_("To be sent again by"), required=False, day_only=True)


class HandlerForm(PrytanyForm):
    """Who in the unit deals with the part."""

    handler = forms.ModelChoiceField(Person.objects.none(), label=_("Handler"))
    note = CleanCharField(label=_("Note"), required=False)

    def __init__(self, *args: Any, scope: Scope, obligation: Obligation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = Appointment.objects.on(scope.today).filter(
            valid_on(scope.today, "post__"), post__unit__links_up__ancestor=obligation.holder_id
        )
        self.fields["handler"].queryset = Person.objects.filter(pk__in=posts.values("person")).order_by("sort_key")


class RemarkForm(PrytanyForm):
    """One entry of the exchange."""

    text = CleanCharField(
        label=_("Say something on this task"),
        widget=forms.Textarea(attrs={"rows": "2", "placeholder": _("Type @ to mention somebody who may see this")}),
    )
    audience = forms.ChoiceField(
        label=_("Who may read this"),
        choices=Remark.Audience.choices,
        initial=Remark.Audience.TASK,
        widget=forms.RadioSelect,
    )
    uploads = FilesField(label=_("Files"), required=False)

    def __init__(self, *args: Any, people_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people_url:
            self.fields["text"].widget.attrs["data-mentions"] = people_url

"""Forms about posts, people, appointments and absences."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from prytany.core.forms import DateTextField
from prytany.organisation.forms.base import OrganisationForm, other_languages
from prytany.organisation.forms.fields import PersonField, UnitField, UnitsField
from prytany.organisation.models import Appointment, Person, Post, Substitution
from prytany.organisation.roles import CHOICES

_PEOPLE = reverse_lazy("people:complete")


class PostForm(OrganisationForm):
    """A post of a unit."""

    title = forms.CharField(label=pgettext_lazy("post", "Title"), max_length=200)
    role = forms.ChoiceField(
        label=_("Role"), choices=[("", ""), *CHOICES], help_text=_("The role decides what its holder may see and do.")
    )
    unit = UnitField(label=_("Unit"))
    on = DateTextField(label=_("From"), day_only=True, prefer="past")
    fields_in_charge = forms.CharField(label=_("Fields in charge"), required=False, widget=forms.Textarea)
    charge = UnitsField(
        label=_("Units in charge"),
        required=False,
        help_text=_("Units that its holder looks after, divided by semicolons."),
    )
    position = forms.IntegerField(label=_("Position in lists"), required=False, min_value=0, max_value=100_000)
    examples: ClassVar[dict[str, str]] = {"title": "Phó Chánh Văn phòng"}

    def __init__(self, *args: Any, post: Post | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if post is not None:
            del self.fields["unit"], self.fields["on"]
        for code, language in other_languages():
            label = pgettext_lazy("title of a post", "Title in %(language)s")
            field = forms.CharField(max_length=200, required=False)
            field.label = str(label) % {"language": language}
            field.widget.attrs["lang"] = code
            self.fields[f"title_{code}"] = field
        self.style_fields()

    def more_names(self) -> tuple[str, ...]:
        """Titles in other languages and the position come under "More"."""
        return ("position", *(f"title_{code}" for code, _language in other_languages()))

    def titles(self) -> dict[str, str]:
        """Return the titles in other languages."""
        return {code: self.cleaned_data[f"title_{code}"] for code, _language in other_languages()}

    @staticmethod
    def initial_of(post: Post) -> dict[str, Any]:
        """Return what the form begins with for a post that is there."""
        initial: dict[str, Any] = {
            "title": post.title,
            "role": post.role,
            "fields_in_charge": post.fields,
            "position": post.position,
            "charge": list(post.charge.all()),
        }
        return initial | {f"title_{t.language}": t.title for t in post.titles.all()}


_KINDS = [(kind.value, kind.label) for kind in Appointment.Kind]


class AppointForm(OrganisationForm):
    """Somebody who is known takes a post."""

    person = PersonField(source=_PEOPLE, label=_("Person"), help_text=_("Somebody who is known already."))
    on = DateTextField(label=_("From"), day_only=True, prefer="past")
    last_day = DateTextField(label=_("Last day"), day_only=True, required=False, help_text=_("Empty: open."))
    kind = forms.ChoiceField(label=_("Holds the post as"), choices=_KINDS)
    decision = forms.CharField(label=_("Decision"), max_length=200, required=False)
    examples: ClassVar[dict[str, str]] = {"decision": "214-QĐ/TU"}


class NewPersonForm(OrganisationForm):
    """Somebody new, with the first post."""

    name = forms.CharField(label=_("Name"), max_length=200)
    on = DateTextField(label=_("From"), day_only=True, prefer="past")
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[("", ""), *settings.LANGUAGES])
    kind = forms.ChoiceField(label=_("Holds the post as"), choices=_KINDS)
    decision = forms.CharField(label=_("Decision"), max_length=200, required=False)
    examples: ClassVar[dict[str, str]] = {"decision": "214-QĐ/TU"}


class PersonForm(OrganisationForm):
    """Name and address of a person."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Language"), required=False, choices=[("", ""), *settings.LANGUAGES])

    @staticmethod
    def initial_of(person: Person) -> dict[str, Any]:
        """Return what the form begins with."""
        return {"name": person.name, "email": person.email, "phone": person.phone, "language": person.language}


class CorrectAppointmentForm(OrganisationForm):
    """Dates, kind and decision of an appointment as they should have been."""

    on = DateTextField(label=_("From"), day_only=True, prefer="past")
    last_day = DateTextField(label=_("Last day"), day_only=True, required=False, help_text=_("Empty: open."))
    kind = forms.ChoiceField(label=_("Holds the post as"), choices=_KINDS)
    decision = forms.CharField(label=_("Decision"), max_length=200, required=False)


class AbsenceForm(OrganisationForm):
    """Away from-to, and who acts meanwhile."""

    substitute = PersonField(source=_PEOPLE, label=_("Who stands in"))
    on = DateTextField(label=_("From"), day_only=True)
    last_day = DateTextField(label=_("Last day"), day_only=True)
    extent = forms.ChoiceField(
        label=_("May do"), choices=[(e.value, e.label) for e in Substitution.Extent], widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

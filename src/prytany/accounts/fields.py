"""A person as typed: completed after two letters with scripts, resolved by full name without."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from prytany.core.fold import fold
from prytany.organisation.models import Person


class PersonInput(forms.TextInput):
    """A text beside a hidden uid; a script fills both (combobox.js)."""

    template_name = "accounts/widgets/person.html"
    search_url = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Split the value into the uid and the name shown."""
        uid, text = value if isinstance(value, tuple) else ("", value or "")
        context = super().get_context(name, text, attrs)
        context["widget"].update(uid=uid, search_url=self.search_url)
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, str]:
        """Return (uid, text)."""
        return data.get(f"{name}_uid", ""), data.get(name, "")

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Tell whether neither was sent."""
        return name not in data and f"{name}_uid" not in data


class PersonField(forms.Field):
    """One of the people offered; cleans to a Person. Call `offer` before the form is used."""

    widget = PersonInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.people: QuerySet[Person] = Person.objects.none()

    def offer(self, people: QuerySet[Person], search_url: str) -> None:
        """Set who can be chosen, and where the script asks for names."""
        self.people = people
        self.widget.search_url = search_url

    def clean(self, value: Any) -> Person | None:
        """Return the person: by uid, else by the full name if one person is called so."""
        uid, text = value if isinstance(value, tuple) else ("", value or "")
        text = " ".join(str(text).split())
        if not uid and not text:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        found = self._by_uid(uid) if uid else list(self.people.filter(folded=fold(text)[:200])[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(
                _("Several people are called “%(name)s”. Choose one from the list."), params={"name": text}
            )
        raise ValidationError(_("Nobody of this office is called “%(name)s”."), code="unknown", params={"name": text})

    def _by_uid(self, uid: str) -> list[Person]:
        try:
            return list(self.people.filter(uid=UUID(uid)))
        except ValueError:
            return []

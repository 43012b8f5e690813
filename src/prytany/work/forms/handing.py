"""What who leaves a post writes to the next holder."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prytany.core.fields import clean_text
from prytany.core.forms import CleanCharField, PrytanyForm

PREFIX = "note-"
LONGEST_NOTE = 1000


class HandOverForm(PrytanyForm):
    """A word to the next holder, and under `note-<kind>:<uid>` a note for each thing."""

    note = CleanCharField(
        label=_("What the next holder should know"),
        help_text=_("Keys, papers, people to call, what is agreed by word of mouth."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @property
    def notes(self) -> dict[tuple[str, UUID], str]:
        """The notes typed, by kind and record; what does not name a record is passed over."""
        found = {}
        for name, text in self.data.items():
            kind, _sign, uid = name.removeprefix(PREFIX).partition(":")
            if not name.startswith(PREFIX):
                continue
            try:
                found[kind, UUID(uid)] = str(text).strip()
            except ValueError:
                continue
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse a note that is too long or holds control characters; the sentence stands on top."""
        data = super().clean() or self.cleaned_data
        for text in self.notes.values():
            if len(text) > LONGEST_NOTE:
                raise ValidationError(
                    _("A note has at most %(most)s characters."), code="long", params={"most": LONGEST_NOTE}
                )
            clean_text(text)
        return data

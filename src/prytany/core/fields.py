"""Model and form fields that behave alike on both databases."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

# NUL cannot be stored by PostgreSQL; the others hide or reorder text (Unicode TR 36, bidirectional spoofing).
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def clean_text(value: str) -> None:
    """Raise ValidationError where `value` holds control or direction-override characters."""
    if _FORBIDDEN.search(value):
        raise ValidationError(
            _("This text holds invisible control characters. Remove them, or type the text again."), code="control"
        )


def strip_controls(value: str) -> str:
    """Return `value` without the characters that `clean_text` refuses: for file names and machine-read text."""
    return _FORBIDDEN.sub("", value)


class TextField(models.TextField):
    """Text of people: control characters refused."""

    default_validators = [clean_text]


class CharField(models.CharField):
    """One line of people's text: control characters refused."""

    default_validators = [clean_text]


class CleanCharField(forms.CharField):
    """The form field for people's text, with `dir="auto"` and control characters refused."""

    default_validators = [clean_text]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let the browser set the direction from what is typed."""
        return {**super().widget_attrs(widget), "dir": "auto"}

"""Why a file has no text, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

MESSAGES: dict[str, Any] = {
    "scan": _("The pages are pictures; they hold no text that could be read."),
    "no_text": _("The file holds no text."),
    "encrypted": _("The file is protected by a password, so its text could not be read."),
    "broken": _("The file is damaged, so its text could not be read."),
    "bomb": _("The file unpacks to an unreasonable size, so its text was not read."),
    "encoding": _("The letters of the file could not be told. Save it as UTF-8 text and attach it again."),
    "too_slow": _("Reading the text took too long and was stopped."),
    "too_hard": _("Reading the text needed too much memory and was stopped."),
    "cut": _("The file is very long; only its beginning was read."),
    "missing": _("The file is missing from the store. Tell the administrator."),
}


def describe(code: str) -> Any:
    """Return the sentence for a problem code; empty for no problem."""
    return MESSAGES.get(code, MESSAGES["broken"]) if code else ""

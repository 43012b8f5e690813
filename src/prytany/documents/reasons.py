"""Reasons that the program itself gives: kept as codes, told in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

EXPIRED, CLOSED = "=expired", "=closed"

_WORDS: Mapping[str, Any] = {
    EXPIRED: _("The time of its reservation passed without a paper."),
    CLOSED: _("The body ended before the reserved number was used."),
}


def reason_words(reason: str) -> str:
    """Return a reason as a screen shows it: what a person wrote, or the program's own in the reader's language."""
    return str(_WORDS.get(reason, reason))

"""Tags of the pages of accounts."""

import datetime
from typing import Any

from django import template
from django.utils.safestring import SafeString

from prytany.accounts import printing, sign_in, words

register = template.Library()


@register.simple_tag
def locked_contacts() -> list[sign_in.Contact]:
    """Return whom to call for a sign-in slip."""
    return sign_in.reset_contacts()


@register.simple_tag
def qr(text: str) -> SafeString:
    """Show a text as a QR code."""
    return printing.picture_of(text)


@register.filter
def right_words(code: str) -> str:
    """Write a permission in words."""
    return words.right(code)


@register.filter
def level_words(level: int) -> str:
    """Write a level in words."""
    return words.level(level)


@register.filter
def day_before(day: Any) -> datetime.date | None:
    """Return the last day of a range whose end is stored as the day after."""
    return day - datetime.timedelta(days=1) if isinstance(day, datetime.date) else None

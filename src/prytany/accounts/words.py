"""Words for rights and levels, for sentences and forms. What a right reaches stands in `organisation.roles`."""

from typing import Any

from django.utils.translation import gettext, pgettext_lazy

from prytany.core import levels
from prytany.core.permissions import Permission as P

# Each completes the sentence "… may …".
RIGHTS: dict[P, Any] = {
    P.ACCOUNT_MANAGE: pgettext_lazy("right", "manage accounts"),
    P.DOCUMENT_READ: pgettext_lazy("right", "read documents"),
    P.DOCUMENT_REGISTER: pgettext_lazy("right", "register documents"),
    P.DOCUMENT_ROUTE: pgettext_lazy("right", "route documents"),
    P.INTAKE_USE: pgettext_lazy("right", "turn texts into tasks"),
    P.LOG_READ: pgettext_lazy("right", "read the log"),
    P.ORGANISATION_EDIT: pgettext_lazy("right", "change units, posts and people"),
    P.REPORT_MAKE: pgettext_lazy("right", "make status reports"),
    P.SETTINGS_EDIT: pgettext_lazy("right", "change settings"),
    P.TASK_ANSWER: pgettext_lazy("right", "answer tasks"),
    P.TASK_ASSIGN: pgettext_lazy("right", "assign tasks"),
    P.TASK_DRAFT: pgettext_lazy("right", "draft tasks"),
    P.TASK_HANDLE: pgettext_lazy("right", "name handlers"),
    P.TASK_READ: pgettext_lazy("right", "read tasks"),
    P.TASK_VERIFY: pgettext_lazy("right", "confirm results"),
}

LEVELS: dict[int, Any] = {
    levels.OPEN: pgettext_lazy("level", "open"),
    levels.INTERNAL: pgettext_lazy("level", "internal"),
    levels.SECRET: pgettext_lazy("level", "secret"),
    levels.TOP_SECRET: pgettext_lazy("level", "top secret"),
    levels.ULTRA_SECRET: pgettext_lazy("level", "ultra secret"),
}


def right(code: str) -> str:
    """Return the words for a permission; its code where it is a later one."""
    try:
        return str(RIGHTS[P(code)])
    except (KeyError, ValueError):
        return code


def level(number: int) -> str:
    """Return the word for a level."""
    return str(LEVELS[number]) if number in LEVELS else gettext("level %(number)s") % {"number": number}

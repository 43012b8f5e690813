"""States and marks as icon and word in ink (interface.md 6), keyed by the codes of `work.models.states`."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from prytany.core import wording


class Mark(NamedTuple):
    """An icon (mirrored in right-to-left languages where `flip`) and a word."""

    icon: str
    word: object
    flip: bool = False


STATES: dict[str, Mark] = {
    "draft": Mark(icon="pencil", word=pgettext_lazy("task state", "Draft")),
    "proposed": Mark(icon="lightbulb", word=pgettext_lazy("task state", "Proposed")),
    "issued": Mark(icon="envelope", word=pgettext_lazy("task state", "New")),
    "received": Mark(icon="envelope-open", word=pgettext_lazy("task state", "Received")),
    "in_progress": Mark(icon="circle-half", word=pgettext_lazy("task state", "In progress")),
    "with_head": Mark(icon="person-check", word=pgettext_lazy("task state", "With the unit head")),
    "submitted": Mark(icon="send", word=pgettext_lazy("task state", "Awaiting check"), flip=True),
    "more_needed": Mark(icon="arrow-return-left", word=pgettext_lazy("task state", "More needed"), flip=True),
    "handed_back": Mark(icon="box-arrow-left", word=pgettext_lazy("task state", "Handed back"), flip=True),
    "verified": Mark(icon="check-circle-fill", word=pgettext_lazy("task state", "Done")),
    "nothing": Mark(icon="dash-circle", word=pgettext_lazy("task state", "Nothing to report")),
    "cancelled": Mark(icon="x-circle", word=pgettext_lazy("task state", "Cancelled")),
    "closed": Mark(icon="check-circle-fill", word=pgettext_lazy("task state", "Closed")),
}
# A task as a whole is assigned, where a unit's part of it is new.
TASK_ISSUED = Mark(icon="envelope", word=pgettext_lazy("task state", "Assigned"))
BLOCKED = Mark(icon="sign-stop", word=pgettext_lazy("mark", "Blocked"))


def extended(times: int) -> Mark:
    """Return the mark of a due date that was moved `times` times."""
    if times == 1:
        word = pgettext("mark", "Extended once")
    elif times == 2:
        word = pgettext("mark", "Extended twice")
    else:
        word = _("Extended %(times)s times") % {"times": wording.count(times)}
    return Mark(icon="calendar-plus", word=word)

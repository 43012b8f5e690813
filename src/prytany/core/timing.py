"""How a part stands against its due date, in words: class, days, icon.

Keyed by the codes of `work.models.states`, which `core` may not import. `work.timeliness` holds the same definition
as SQL; a test of the project holds the two equal.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from prytany.core import clock, wording

DONE = frozenset({"verified", "nothing"})
UNCOUNTED = frozenset({"draft", "proposed", "handed_back", "cancelled"})

# Days before the due date from which it is "due soon", for rows that carry no date of their own; `rules` sets it.
due_soon_days: Callable[[], int] = lambda: 7  # noqa: E731 - replaced as a whole by the app that knows

# Working days from today to a date, or None where no calendar is kept; `workdays` sets it.
working_days_left: Callable[[datetime.date], int | None] = lambda day: None  # noqa: E731

# Whether a date is a day off; `workdays` sets it. Without a calendar Saturday and Sunday are.
is_day_off: Callable[[datetime.date], bool] = lambda day: day.weekday() >= 5  # noqa: E731


class Look(NamedTuple):
    """The icon and the CSS class of a class of timeliness."""

    icon: str
    style: str


LOOKS = {
    "done_on_time": Look(icon="check2", style="tm-done"),
    "done_late": Look(icon="clock-history", style="tm-late"),
    "within": Look(icon="clock", style="tm-in"),
    "due_soon": Look(icon="hourglass-split", style="tm-soon"),
    "overdue": Look(icon="exclamation-triangle-fill", style="tm-over"),
    "no_deadline": Look(icon="infinity", style="tm-none"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """The class of a part (None: not counted), the days of it, and whether it is frozen at a submission."""

    kind: str | None
    days: int = 0
    awaiting: bool = False

    @property
    def icon(self) -> str:
        """The icon's name."""
        return LOOKS[self.kind].icon if self.kind else ""

    @property
    def style(self) -> str:
        """The CSS class."""
        return LOOKS[self.kind].style if self.kind else ""

    def words(self, *, full: bool = False) -> str:
        """Return the class in words; `full` for a heading, else for a cell under the head "Due"."""
        return _WORDS[self.kind](self.days, full) if self.kind else ""


def standing(
    *,
    state: str,
    due: datetime.date | None,
    submitted: datetime.date | None,
    soon: datetime.date | None = None,
    today: datetime.date | None = None,
    soon_days: int | None = None,
) -> Standing:
    """Return how a part in `state` stands on `today`.

    A done part is judged by the date of the submission that was confirmed; while a submission waits, the class is
    frozen at its date. Done without a due date counts as on time. `soon` is the first day that counts as due soon;
    without it the due date less `soon_days` (default: the rule of the installation).
    """
    today = today or clock.today()
    if state in UNCOUNTED:
        return Standing(None)
    if state in DONE:
        late = (submitted - due).days if due and submitted else 0
        return Standing("done_late", late) if late > 0 else Standing("done_on_time")
    awaiting = state == "submitted" and submitted is not None
    if due is None:
        return Standing("no_deadline", awaiting=awaiting)
    on = submitted if awaiting and submitted else today
    left = (due - on).days
    if left < 0:
        return Standing("overdue", -left, awaiting)
    if soon is None:
        soon = due - datetime.timedelta(days=due_soon_days() if soon_days is None else soon_days)
    return Standing("due_soon" if soon <= on else "within", left, awaiting)


def standing_of(row: Any, *, today: datetime.date | None = None, soon_days: int | None = None) -> Standing:
    """Return the standing of an obligation (or anything with its columns)."""
    return standing(
        state=row.state,
        due=row.due_on,
        submitted=getattr(row, "submitted_on", None) or getattr(row, "completed_on", None),
        soon=getattr(row, "soon_on", None),
        today=today,
        soon_days=soon_days,
    )


def awaiting(words: str = "") -> str:
    """Return the note for a class that is frozen while a submission waits for its check, after `words` if given."""
    return _("%(standing)s, awaiting verification") % {"standing": words} if words else _("awaiting verification")


def class_words(kind: str) -> str:
    """Return the name of a class, without days."""
    return {
        "overdue": pgettext("timeliness", "Overdue"),
        "due_soon": pgettext("timeliness", "Due soon"),
        "within": pgettext("timeliness", "Within time"),
        "no_deadline": pgettext("timeliness", "No deadline"),
        "done_on_time": pgettext("timeliness", "Done on time"),
        "done_late": pgettext("timeliness", "Done late"),
    }[kind]


def _left(days: int, full: bool) -> str:
    if days == 0:
        return _("Due today")
    if full:
        return ngettext("Within time, %(days)s day left", "Within time, %(days)s days left", days) % {
            "days": wording.count(days)
        }
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": wording.count(days)}


def _soon(days: int, full: bool) -> str:
    if days == 0 or not full:
        return _left(days, full=False)
    return ngettext("Due soon, %(days)s day left", "Due soon, %(days)s days left", days) % {"days": wording.count(days)}


def _overdue(days: int, full: bool) -> str:
    return ngettext("%(days)s day overdue", "%(days)s days overdue", days) % {"days": wording.count(days)}


def _late(days: int, full: bool) -> str:
    return ngettext("Done %(days)s day late", "Done %(days)s days late", days) % {"days": wording.count(days)}


_WORDS: dict[str, Callable[[int, bool], str]] = {
    "done_on_time": lambda days, full: pgettext("timeliness", "Done on time"),
    "done_late": _late,
    "within": _left,
    "due_soon": _soon,
    "overdue": _overdue,
    "no_deadline": lambda days, full: pgettext("timeliness", "No deadline"),
}

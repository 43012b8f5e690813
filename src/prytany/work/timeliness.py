"""How a part stands against its due date: one definition, as Python and as SQL (tested equal).

Derived, never typed; six classes that sum to the total. Statuses follow the practice of the Prime Minister's task force
(report 1270/BC-TCTTTg of 2017); "due soon" is a setting (`tasks.due_soon_days`), fixed on the row as `soon_on`.
"""

import datetime
from collections.abc import Mapping

from django.db import models
from django.db.models import Case, CharField, DateField, F, Q, Value, When
from django.db.models.lookups import LessThan, LessThanOrEqual
from django.utils.translation import pgettext_lazy

from prytany.work.models.states import COUNTED_STATES, DONE_STATES, OPEN_STATES, ObligationState


class Timeliness(models.TextChoices):
    """The six counts, in the order in which they are shown."""

    OVERDUE = "overdue", pgettext_lazy("timeliness", "Overdue")
    DUE_SOON = "due_soon", pgettext_lazy("timeliness", "Due soon")
    WITHIN = "within", pgettext_lazy("timeliness", "Within time")
    NO_DEADLINE = "no_deadline", pgettext_lazy("timeliness", "No deadline")
    DONE_ON_TIME = "done_on_time", pgettext_lazy("timeliness", "Done on time")
    DONE_LATE = "done_late", pgettext_lazy("timeliness", "Done late")


OPEN_CLASSES = (Timeliness.OVERDUE, Timeliness.DUE_SOON, Timeliness.WITHIN, Timeliness.NO_DEADLINE)
LIVE_FIELDS = {"state": "state", "due": "due_on", "soon": "soon_on", "submitted": "submitted_on"}
HISTORY_FIELDS = {"state": "state_after", "due": "due_after", "soon": "soon_after", "submitted": "submitted_after"}


def classify(
    *,
    state: str,
    due: datetime.date | None,
    soon: datetime.date | None,
    submitted: datetime.date | None,
    today: datetime.date,
) -> Timeliness | None:
    """Return the class of a part on `today`; None for drafts, cancelled and handed-back ones, which are not counted.

    A done part is judged by the date of the submission that was confirmed; while a submission waits the class is
    frozen at its date. Done without a due date counts as on time.
    """
    if state not in COUNTED_STATES:
        return None
    if state in DONE_STATES:
        late = due is not None and submitted is not None and submitted > due
        return Timeliness.DONE_LATE if late else Timeliness.DONE_ON_TIME
    if due is None:
        return Timeliness.NO_DEADLINE
    day = submitted if state == ObligationState.SUBMITTED and submitted else today
    if due < day:
        return Timeliness.OVERDUE
    return Timeliness.DUE_SOON if soon is not None and soon <= day else Timeliness.WITHIN


def condition(which: Timeliness, today: datetime.date, fields: Mapping[str, str] = LIVE_FIELDS) -> Q:
    """Return the condition that a row is in class `which` on `today`; `fields` names the columns.

    Written so that the due date stays comparable with a constant, for the index.
    """
    state, due, soon, submitted = fields["state"], fields["due"], fields["soon"], fields["submitted"]
    done = Q(**{f"{state}__in": DONE_STATES})
    late = Q(**{f"{due}__isnull": False, f"{submitted}__isnull": False, f"{submitted}__gt": F(due)})
    opened = Q(**{f"{state}__in": OPEN_STATES})
    waiting = Q(**{state: ObligationState.SUBMITTED})
    if which == Timeliness.DONE_LATE:
        return done & late
    if which == Timeliness.DONE_ON_TIME:
        return done & ~late
    if which == Timeliness.NO_DEADLINE:
        return opened & Q(**{f"{due}__isnull": True})
    if which == Timeliness.OVERDUE:
        return opened & Q(**{f"{due}__lt": today}) & ~(waiting & Q(**{f"{due}__gte": F(submitted)}))
    in_time = (waiting & Q(**{f"{due}__gte": F(submitted)})) | (~waiting & Q(**{f"{due}__gte": today}))
    near = (waiting & Q(**{f"{soon}__lte": F(submitted)})) | (~waiting & Q(**{f"{soon}__lte": today}))
    return opened & in_time & (near if which == Timeliness.DUE_SOON else ~near)


def expression(today: datetime.date, fields: Mapping[str, str] = LIVE_FIELDS) -> Case:
    """Return the class as SQL; NULL for what is not counted. The first branch that holds decides."""
    state, due, soon, submitted = fields["state"], fields["due"], fields["soon"], fields["submitted"]
    day = Case(
        When(Q(**{state: ObligationState.SUBMITTED, f"{submitted}__isnull": False}), then=F(submitted)),
        default=Value(today),
        output_field=DateField(),
    )
    return Case(
        When(~Q(**{f"{state}__in": COUNTED_STATES}), then=Value(None)),
        When(Q(**{f"{state}__in": DONE_STATES, f"{submitted}__gt": F(due)}), then=Value(Timeliness.DONE_LATE.value)),
        When(Q(**{f"{state}__in": DONE_STATES}), then=Value(Timeliness.DONE_ON_TIME.value)),
        When(Q(**{f"{due}__isnull": True}), then=Value(Timeliness.NO_DEADLINE.value)),
        When(LessThan(F(due), day), then=Value(Timeliness.OVERDUE.value)),
        When(LessThanOrEqual(F(soon), day), then=Value(Timeliness.DUE_SOON.value)),
        default=Value(Timeliness.WITHIN.value),
        output_field=CharField(null=True),
    )

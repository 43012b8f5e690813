"""What was done month by month: the trend, folded under the overview."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth

from prytany.work.counts import Facts
from prytany.work.models.states import DONE_STATES


@dataclass(frozen=True)
class Month:
    """Parts confirmed in one month by when they were submitted: on time and late."""

    first: datetime.date
    on_time: int
    late: int


def months(source: Facts, day: datetime.date, number: int = 6) -> list[Month]:
    """Return the last `number` months up to `day`, by the month of the submission that was confirmed; one query."""
    start = _months_before(day, number - 1)
    state, due, submitted = source.fields["state"], source.fields["due"], source.fields["submitted"]
    late = Q(**{f"{due}__isnull": False, f"{submitted}__gt": F(due)})
    rows = (
        source.rows.filter(**{f"{state}__in": DONE_STATES, f"{submitted}__gte": start, f"{submitted}__lte": day})
        .annotate(month=TruncMonth(submitted))
        .values("month")
        .annotate(total=Count("pk"), behind=Count("pk", filter=late))
        .order_by()
    )
    found = {row["month"]: (row["total"] - row["behind"], row["behind"]) for row in rows}
    firsts = [_months_before(day, back) for back in range(number - 1, -1, -1)]
    return [Month(first, *found.get(first, (0, 0))) for first in firsts]


def _months_before(day: datetime.date, number: int) -> datetime.date:
    """Return the first day of the month `number` months before that of `day`."""
    index = day.year * 12 + day.month - 1 - number
    return datetime.date(index // 12, index % 12 + 1, 1)

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


@dataclass(frozen=True)
class Bar:
    """Where one month stands in the drawing; whole numbers, which no language writes with a comma."""

    month: Month
    x: int
    top: int
    tall: int
    late_x: int
    late_top: int
    late_tall: int
    middle: int
    mirrored: bool = False

    @property
    def label_x(self) -> int:
        """Middle of the bar of what was on time."""
        return self.x + 11

    @property
    def label_y(self) -> int:
        """Above the bar."""
        return self.top - 6

    @property
    def late_label_x(self) -> int:
        """Beside the bar of what was late, away from the other figure."""
        return self.late_x + (-4 if self.mirrored else 12)

    @property
    def late_label_y(self) -> int:
        """Above the bar."""
        return self.late_top - 6


@dataclass(frozen=True)
class Drawing:
    """The trend as bars, from the start side: in right-to-left languages the earliest month stands at the right."""

    bars: list[Bar]
    width: int = 576
    height: int = 132
    base: int = 104
    foot: int = 124


def draw(found: list[Month], *, right_to_left: bool) -> Drawing:
    """Return the drawing of `found`, scaled to the largest month."""
    most = max([month.on_time for month in found] + [month.late for month in found] + [1])
    step, tallest = 576 // max(len(found), 1), 84
    bars = []
    for index, month in enumerate(found):
        start = (len(found) - 1 - index if right_to_left else index) * step + 24
        tall, late_tall = round(month.on_time / most * tallest), round(month.late / most * tallest)
        bars.append(
            Bar(
                month,
                x=round(start + (10 if right_to_left else 0)),
                top=round(104 - tall),
                tall=tall,
                late_x=round(start if right_to_left else start + 24),
                late_top=round(104 - late_tall),
                late_tall=late_tall,
                middle=round(start + 16),
                mirrored=right_to_left,
            )
        )
    return Drawing(bars)

"""Counting parts: the six classes of timeliness, by unit and by directing document, today or as of a past date.

By unit one counts parts (obligations); by document one counts tasks by their lead's part, with all parts beside.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from prytany.core.scope import Scope
from prytany.work.models import Obligation, ObligationEvent, ObligationState, RoleInTask
from prytany.work.timeliness import HISTORY_FIELDS, LIVE_FIELDS, Timeliness, expression

OUTSIDE = (ObligationState.DRAFT, ObligationState.CANCELLED, ObligationState.HANDED_BACK)
CLASSES = tuple(Timeliness.values)


@dataclass
class Six:
    """The six counts of one group; they sum to `total`. `blocked`, `waiting` and `nothing` are parts of it."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CLASSES, 0))
    blocked: int = 0
    waiting: int = 0
    nothing: int = 0

    @property
    def total(self) -> int:
        """The denominator."""
        return sum(self.counts.values())

    def add(self, timeliness: str | None, number: int) -> None:
        """Count `number` more of a class; None (not counted) is left out."""
        if timeliness is not None:
            self.counts[timeliness] += number

    def plus(self, other: "Six") -> "Six":
        """Return the sum of both."""
        counts = {name: self.counts[name] + other.counts[name] for name in self.counts}
        return Six(counts, self.blocked + other.blocked, self.waiting + other.waiting, self.nothing + other.nothing)


@dataclass(frozen=True)
class Facts:
    """Parts as they stand, or as they stood: a queryset with the names of its columns.

    Rights are always those of `scope` today; only the facts are of the date.
    """

    rows: QuerySet
    fields: dict[str, str]
    day: datetime.date
    prefix: str = ""  # from a row to its obligation
    blocked: str = "is_blocked"

    def filter(self, condition: Q) -> "Facts":
        """Return the facts narrowed by a condition on obligations (written for Obligation)."""
        return Facts(
            self.rows.filter(_prefixed(condition, self.prefix)), self.fields, self.day, self.prefix, self.blocked
        )

    def group_by(self, *paths: str) -> dict[tuple, Six]:
        """Return the six counts by the values of `paths` (written for Obligation); one query."""
        return self.tally(*paths)[0]

    def tally(self, *paths: str) -> tuple[dict[tuple, Six], dict[str, int]]:
        """Return the six counts by the values of `paths`, and how many are cancelled or handed back; one query."""
        names = [f"{self.prefix}{path}" for path in paths]
        keys = {f"key_{index}": F(name) for index, name in enumerate(names)}
        state = self.fields["state"]
        rows = (
            self.rows.exclude(**{state: ObligationState.DRAFT})
            .annotate(timeliness=expression(self.day, self.fields), **keys)
            .values_list(*keys, "timeliness", state, self.blocked)
            .annotate(number=Count("pk"))
            .order_by()
        )
        groups: dict[tuple, Six] = {}
        outside: dict[str, int] = {}
        for *key, timeliness, state_value, blocked, number in rows:
            if state_value in OUTSIDE:
                outside[state_value] = outside.get(state_value, 0) + number
                continue
            six = groups.setdefault(tuple(key), Six())
            six.add(timeliness, number)
            six.blocked += number if blocked else 0
            six.waiting += number if state_value == ObligationState.SUBMITTED else 0
            six.nothing += number if state_value == ObligationState.NOTHING else 0
        return groups, outside

    def total(self) -> Six:
        """Return the six counts of all."""
        return self.group_by().get((), Six())

    def count_documents(self) -> int:
        """Return how many directing documents the counted parts come from."""
        rows = self.rows.exclude(**{f"{self.fields['state']}__in": OUTSIDE}).order_by()
        return rows.aggregate(n=Count(f"{self.prefix}task__source_document", distinct=True))["n"]

    def outside(self) -> dict[str, int]:
        """Return how many are cancelled or handed back: printed beside the six, not in them."""
        return self.tally()[1]


def _prefixed(condition: Q, prefix: str) -> Q:
    """Return `condition` with each of its lookups starting at the obligation of a row."""
    if not prefix:
        return condition
    moved = Q()
    moved.connector, moved.negated = condition.connector, condition.negated
    for child in condition.children:
        if isinstance(child, Q):
            moved.children.append(_prefixed(child, prefix))
        else:
            name, value = child
            name = name if name != "pk" and not name.startswith("pk__") else name.replace("pk", "id", 1)
            moved.children.append((f"{prefix}{name}", value))
    return moved


def facts(scope: Scope, *, as_of: datetime.date | None = None, known_at: datetime.datetime | None = None) -> Facts:
    """Return what `scope` may see, as it stands today or as it stood on `as_of` (as known at `known_at`)."""
    visible = Obligation.objects.visible_to(scope).outward()
    if as_of is None and known_at is None:
        return Facts(visible, LIVE_FIELDS, scope.today)
    day = as_of or scope.today
    events = ObligationEvent.objects.filter(effective_on__lte=day)
    standing = Q(superseded_by=None)
    if known_at is not None:
        events = events.filter(recorded_at__lte=known_at)
        standing |= Q(superseded_by__recorded_at__gt=known_at)
    events = events.filter(standing, obligation__in=visible)
    return Facts(latest(events), HISTORY_FIELDS, day, "obligation__", "blocked_after")


def latest(events: QuerySet) -> QuerySet:
    """Return the last of `events` of each obligation, by effective date, then by order of writing."""
    ranked = events.annotate(
        rank=Window(RowNumber(), partition_by=F("obligation_id"), order_by=[F("effective_on").desc(), F("id").desc()])
    ).filter(rank=1)
    return ObligationEvent.objects.filter(pk__in=ranked.values("pk"))


def by_unit(source: Facts) -> dict[int, Six]:
    """Return the six counts by owner unit: what was addressed to it, whoever answers today."""
    return by_unit_and_outside(source)[0]


def by_unit_and_outside(source: Facts) -> tuple[dict[int, Six], dict[str, int]]:
    """Return the six counts by owner unit, and what is printed beside them: cancelled and handed back; one query."""
    groups, outside = source.tally("owner_id")
    return {unit: six for (unit,), six in groups.items()}, outside


def by_document(source: Facts) -> dict[int | None, Six]:
    """Return the six counts of tasks, by directing document, each task by its lead's part."""
    leads = source.filter(Q(role=RoleInTask.LEAD))
    return {document: six for (document,), six in leads.group_by("task__source_document_id").items()}


def by_document_and_number(source: Facts) -> tuple[dict[int | None, Six], int]:
    """Return what `by_document` does, and how many directing documents the counted parts come from; one query."""
    groups = source.group_by("task__source_document_id", "role")
    leads = {document: six for (document, role), six in groups.items() if role == RoleInTask.LEAD}
    return leads, len({document for document, _role in groups if document is not None})


def sum_of(groups: Iterable[Six]) -> Six:
    """Return the sum of groups."""
    total = Six()
    for group in groups:
        total = total.plus(group)
    return total

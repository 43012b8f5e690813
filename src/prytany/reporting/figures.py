"""Counting for a status report: every figure from records, with the rows behind it, frozen as plain data.

One part (obligation) is counted once. The six counts are those of `work.counts` at the end of the period (or today,
while it runs); what happened in the period is counted by the dates on the parts themselves.
"""

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from prytany.core import levels
from prytany.core.scope import Scope
from prytany.documents.models import Document, RegisterEntry
from prytany.documents.sight import is_cleared, shown
from prytany.organisation.models import Hierarchy, Unit, UnitLink
from prytany.organisation.names import NAMELESS, unit_labels
from prytany.work import counts
from prytany.work.models import Extension, Obligation, Obstacle, RoleInTask
from prytany.work.models.states import DONE_STATES
from prytany.work.timeliness import Timeliness, expression

# Beyond so many rows the annex holds only what needs attention: overdue, blocked, due soon.
MOST_ROWS = 3000


@dataclass(frozen=True)
class Question:
    """What a report is about: a period, and all within reach, one unit with those below it, or one document."""

    start: datetime.date
    end: datetime.date
    unit: Unit | None = None
    document: Document | None = None

    def condition(self, today: datetime.date) -> Q:
        """Return the condition on obligations."""
        condition = Q(level__lt=levels.SECRET)
        if self.unit is not None:
            below = UnitLink.objects.on(min(self.end, today)).filter(hierarchy=Hierarchy.LINE, ancestor=self.unit)
            condition &= Q(owner_id__in=below.values("descendant_id"))
        if self.document is not None:
            condition &= Q(task__source_document=self.document)
        return condition

    def day(self, today: datetime.date) -> datetime.date:
        """Return the date of which the standing is told."""
        return min(self.end, today)


def _six(six: counts.Six) -> dict[str, int]:
    return {**six.counts, "total": six.total, "blocked": six.blocked, "waiting": six.waiting, "nothing": six.nothing}


def gather(scope: Scope, question: Question, language: str) -> dict[str, Any]:
    """Return figures, tables and rows as JSON, with the level of what they hold; names in `language`."""
    day = question.day(scope.today)
    condition = question.condition(scope.today)
    source = counts.facts(scope, as_of=day if day < scope.today else None).filter(condition)
    by_unit, by_document = counts.by_unit(source), counts.by_document(source)
    outside = source.outside()
    rows, is_whole = _rows(scope, source, day, counts.sum_of(by_unit.values()).total)
    return {
        "day": day.isoformat(),
        "standing": _six(counts.sum_of(by_unit.values())),
        "tasks": _six(counts.sum_of(by_document.values())),
        "outside": {"cancelled": outside.get("cancelled", 0), "handed_back": outside.get("handed_back", 0)},
        "flow": _flow(scope, question, condition),
        "units": _table_of_units(by_unit, day, language),
        "documents": _table_of_documents(scope, by_document),
        "rows": _named(rows, day, language),
        "is_whole": is_whole,
        "level": max((row["level"] for row in rows), default=levels.OPEN),
    }


def _flow(scope: Scope, question: Question, condition: Q) -> dict[str, int]:
    """Return what happened in the period: assigned, done (against the current and the first due date), and so on."""
    span = (question.start, question.end)
    parts = Obligation.objects.visible_to(scope).outward().filter(condition)
    done = parts.filter(state__in=DONE_STATES, completed_on__range=span)
    late = Q(due_on__isnull=False, submitted_on__gt=F("due_on"))
    first_late = Q(original_due_on__isnull=False, submitted_on__gt=F("original_due_on"))
    number = done.count()
    obstacles = Obstacle.objects.filter(obligation__in=parts)
    extensions = Extension.objects.filter(obligation__in=parts)
    found = {
        "assigned": parts.filter(issued_on__range=span).count(),
        "tasks_assigned": parts.filter(issued_on__range=span).values("task").distinct().count(),
        "done": number,
        "done_on_time": number - done.filter(late).count(),
        "done_on_first_time": number - done.filter(first_late).count(),
        "extended": extensions.filter(decision=Extension.Decision.GRANTED, decided_at__date__range=span).count(),
        "obstacles_raised": obstacles.filter(raised_at__date__range=span).count(),
        "obstacles_answered": obstacles.filter(answered_at__date__range=span).count(),
        "obstacles_open": obstacles.filter(closed_on=None, raised_at__date__lte=question.end).count(),
    }
    if question.unit is None and question.document is None:
        entries = RegisterEntry.objects.visible_to(scope).filter(entered_on__range=span, voided_at=None)
        directions = Counter(entries.values_list("direction", flat=True))
        found |= {f"papers_{direction}": directions[direction] for direction in ("in", "out", "internal")}
    return found


def _rows(scope: Scope, source: counts.Facts, day: datetime.date, total: int) -> tuple[list[dict[str, Any]], bool]:
    """Return the rows behind the standing, and whether they are all of them."""
    fields, prefix = source.fields, source.prefix
    found: QuerySet[Any] = source.rows.exclude(**{f"{fields['state']}__in": counts.OUTSIDE})
    found = found.annotate(timeliness=expression(day, fields))
    is_whole = total <= MOST_ROWS
    if not is_whole:
        found = found.filter(Q(timeliness__in=[Timeliness.OVERDUE, Timeliness.DUE_SOON]) | Q(**{source.blocked: True}))
    paths = {
        "uid": f"{prefix}uid",
        "owner": f"{prefix}owner_id",
        "role": f"{prefix}role",
        "level": f"{prefix}level",
        "content": f"{prefix}task__content",
        "source": f"{prefix}task__source_document__symbol",
        "source_level": f"{prefix}task__source_document__level",
        "source_uid": f"{prefix}task__source_document__uid",
        "original_due": f"{prefix}original_due_on",
        "precision": f"{prefix}due_precision",
        "last_word": f"{prefix}last_word",
        "state": fields["state"],
        "due": fields["due"],
        "submitted": fields["submitted"],
        "blocked": source.blocked,
    }
    names = {f"row_{name}": F(path) for name, path in paths.items()}
    values = found.annotate(**names).values(*names, "timeliness")
    ordered = values.order_by(f"{prefix}due_sort", f"{prefix}pk")[:MOST_ROWS]
    rows = [{name.removeprefix("row_"): value for name, value in row.items()} for row in ordered]
    for row in rows:
        level, uid = row.pop("source_level"), row.pop("source_uid")
        if uid is not None and not is_cleared(scope, level, uid):
            row["source"] = ""
    return rows, is_whole


def _named(rows: list[dict[str, Any]], day: datetime.date, language: str) -> list[dict[str, Any]]:
    """Return the rows with their units' names, as plain data, by unit, then as they came."""
    labels = unit_labels({row["owner"] for row in rows}, on=day, language=language)
    rows = sorted(rows, key=lambda row: (labels.get(row["owner"], NAMELESS).sort_key, row["owner"]))
    named = []
    for row in rows:
        dates = {name: row[name].isoformat() if row[name] else None for name in ("due", "original_due", "submitted")}
        plain = {**row, **dates, "uid": str(row["uid"]), "unit": labels.get(row["owner"], NAMELESS).name}
        named.append({**plain, "source": row["source"] or ""})
    return named


def _table_of_units(groups: dict[int, counts.Six], day: datetime.date, language: str) -> list[dict[str, Any]]:
    labels = unit_labels(groups, on=day, language=language)
    rows = [{"name": labels.get(unit, NAMELESS).name, **_six(six)} for unit, six in groups.items()]
    return sorted(rows, key=lambda row: (-row["overdue"], -row["blocked"], -row["total"], row["name"]))


def _table_of_documents(scope: Scope, groups: dict[int | None, counts.Six]) -> list[dict[str, Any]]:
    found = Document.objects.in_bulk([pk for pk in groups if pk is not None])
    rows = []
    for pk, six in groups.items():
        document = shown(scope, found.get(pk)) if pk is not None else None
        rows.append(
            {
                "symbol": document.symbol if document else "",
                "summary": document.summary if document else "",
                **_six(six),
            }
        )
    return sorted(rows, key=lambda row: (-row["overdue"], -row["total"], row["symbol"]))


def rows_of(scope: Scope, parts: QuerySet[Obligation], language: str) -> list[dict[str, Any]]:
    """Return chosen parts as rows, by the unit that holds them today: for a reminder letter."""
    source = counts.facts(scope)
    chosen = source.filter(Q(pk__in=list(parts.values_list("pk", flat=True)), level__lt=levels.SECRET))
    rows, _is_whole = _rows(scope, chosen, scope.today, 0)
    holders = dict(Obligation.objects.filter(uid__in=[row["uid"] for row in rows]).values_list("uid", "holder_id"))
    for row in rows:
        row["owner"] = holders[row["uid"]]
    return _named(rows, scope.today, language)


def is_lead(row: dict[str, Any]) -> bool:
    """Tell whether the row is the part of a task's lead."""
    return row["role"] == RoleInTask.LEAD

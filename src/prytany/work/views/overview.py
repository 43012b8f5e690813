"""Where it is stuck, before a meeting: overdue and blocked first, the six counts, one table by unit or by document."""

import datetime
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_GET

from prytany.core import clock
from prytany.core.lists import count_up_to
from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.core.web import Request
from prytany.documents.models import Document
from prytany.organisation.models import Unit
from prytany.organisation.names import NAMELESS, UnitLabel, unit_labels
from prytany.work import counts, lists, timeliness, trend
from prytany.work.models import Obligation, RoleInTask
from prytany.work.models.states import OPEN_STATES
from prytany.work.timeliness import Timeliness
from prytany.work.views.common import prepared, then, units_of

STUCK = 12
ROWS = 60
# What stands on the printed page, so that it is one A4: rows of "Overdue and blocked", rows of the table. Nastaliq
# letters are taller.
PRINTED = (8, 20)
PRINTED_TALL = (4, 11)
# Share of overdue parts in a unit's total from which its cell darkens.
HEAT = ((0.12, "heat-4"), (0.08, "heat-3"), (0.04, "heat-2"), (0.0, "heat-1"))


@require_GET
def overview(request: Request) -> HttpResponse:
    """Show the whole of what this person may see, narrowed by unit or document, as of a past date.

    "As known on" leaves out what was recorded after that day: what the page said then.
    """
    scope, past = request.scope, then(request)
    day = past.day
    unit, document, narrowing = narrowed(request)
    source = counts.facts(scope, as_of=day, known_at=past.known_at)
    source = source.filter(narrowing) if narrowing else source
    by = "document" if request.GET.get("by") == "document" else "unit"
    by_unit, outside = counts.by_unit_and_outside(source)
    total = counts.sum_of(by_unit.values())
    groups: dict[Any, counts.Six] = dict(by_unit)
    if by == "document":
        groups, documents = counts.by_document_and_number(source)
    else:
        documents = source.count_documents() if document is None else min(1, total.total)
    ranked = _ranked(groups, by)
    stuck = list(_stuck(request, narrowing)[:STUCK]) if day is None else []
    labels = _labels(stuck, [key for key, _six in ranked] if by == "unit" else [], unit, day)
    context: dict[str, Any] = {
        "rail": "overview",
        "as_of": day,
        "day": day or scope.today,
        "at": None if day or past.known_on else clock.now(),
        "documents": documents,
        "past": past,
        "unit": unit,
        "document": document,
        "by": by,
        "six": total,
        "may_report": scope.holds_anywhere(Permission.REPORT_MAKE),
        "counts": [(which, total.counts[which], _percent(total.counts[which], total.total)) for which in Timeliness],
        "cancelled": outside.get("cancelled", 0),
        "handed_back": outside.get("handed_back", 0),
        "units": len(by_unit),
        "whole": total if by == "unit" else counts.sum_of(groups.values()),
        "groups": len(groups),
        "printed": _printed(),
        **_table(scope, groups, ranked, by, labels, opens=day is None),
        "trend": trend.draw(trend.months(source, day or scope.today), right_to_left=translation.get_language_bidi()),
    }
    if day is None and past.known_on is None:
        context["stuck"] = prepared(stuck, scope.today, labels=labels)
        context["stuck_count"] = count_up_to(_stuck(request, narrowing))
        context["stuck_beyond"] = max(context["stuck_count"].number - _printed()[0], 0)
    if unit is not None:
        context["unit_label"] = labels.get(unit.pk, NAMELESS)
    return render(request, "work/overview.html", context)


def _printed() -> tuple[int, int]:
    return PRINTED_TALL if translation.get_language() == "ur" else PRINTED


def narrowed(request: Request) -> tuple[Unit | None, Document | None, Q]:
    """Return the unit and the document that the address narrows by, and the condition on parts."""
    unit = _chosen(request, "unit", Unit)
    document = _chosen(request, "document", Document)
    narrowing = Q()
    if unit is not None:
        narrowing &= Q(owner=unit)
    if document is not None:
        narrowing &= Q(task__source_document=document)
    return unit, document, narrowing


def stuck_rows(scope: Scope, narrowing: Q) -> QuerySet[Obligation]:
    """Return the parts in sight that are overdue or blocked today, with what a row shows."""
    overdue = timeliness.condition(Timeliness.OVERDUE, scope.today)
    blocked = Q(is_blocked=True, state__in=OPEN_STATES)
    return lists.with_facts(Obligation.objects.visible_to(scope).outward().filter(narrowing).filter(overdue | blocked))


def _chosen(request: Request, name: str, model: Any) -> Any:
    """Return the row that the address narrows by; None without one; 404 for one out of sight."""
    text = request.GET.get(name)
    if not text:
        return None
    return get_object_or_404(model.objects.visible_to(request.scope), uid=text)


def _percent(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


def _stuck(request: Request, narrowing: Q) -> QuerySet[Obligation]:
    """Return the parts that are overdue or blocked, longest overdue first."""
    return stuck_rows(request.scope, narrowing).order_by("due_sort", "pk")


def _labels(
    stuck: list[Obligation], shown: list[int], unit: Unit | None, day: datetime.date | None
) -> Mapping[int, UnitLabel]:
    """Return the names of all units on the page with one query."""
    return unit_labels({*units_of(stuck), *shown, *([unit.pk] if unit else [])}, on=day)


def _ranked(groups: dict[Any, counts.Six], by: str) -> list[tuple[Any, counts.Six]]:
    """Return the groups that get a row of their own: those with something overdue or blocked, the worst first."""
    loud = {key: six for key, six in groups.items() if six.counts[Timeliness.OVERDUE] or six.blocked}
    if not loud or by == "document":
        loud = groups
    ranked = sorted(loud.items(), key=lambda item: (-item[1].counts[Timeliness.OVERDUE], -item[1].total, item[0] or 0))
    return ranked[:ROWS]


def _table(
    scope: Scope,
    groups: dict[Any, counts.Six],
    ranked: list[tuple[Any, counts.Six]],
    by: str,
    labels: Mapping[int, UnitLabel],
    *,
    opens: bool,
) -> dict[str, Any]:
    """Return the rows of the table: the ranked groups one by one, the others as one line."""
    shown = {key for key, _six in ranked}
    quiet = [six for key, six in groups.items() if key not in shown]
    subjects = _documents(scope, shown) if by == "document" else _units(shown, labels)
    rows = [_row(subjects.get(key), six, by, opens=opens) | {"hidden": key is not None} for key, six in ranked]
    rest = counts.sum_of(quiet) if quiet else None
    beyond = [six for _key, six in ranked[_printed()[1] :]]
    return {
        "rows": rows,
        "quiet": rest,
        "quiet_number": len(quiet),
        "quiet_is_quiet": rest is not None and not (rest.counts[Timeliness.OVERDUE] or rest.blocked),
        "beyond": counts.sum_of(beyond) if beyond else None,
        "beyond_number": len(beyond),
    }


def _units(ids: set[Any], labels: Mapping[int, UnitLabel]) -> dict[Any, dict[str, Any]]:
    uids = dict(Unit.objects.filter(pk__in=ids).values_list("pk", "uid"))
    return {pk: {"label": labels.get(pk, NAMELESS).short, "uid": uids.get(pk), "number": ""} for pk in ids}


def _documents(scope: Scope, ids: set[Any]) -> dict[Any, dict[str, Any]]:
    rows = Document.objects.visible_to(scope).filter(pk__in=ids).values("pk", "uid", "symbol", "summary")
    return {row["pk"]: {"label": row["summary"], "uid": row["uid"], "number": row["symbol"]} for row in rows}


def _row(subject: dict[str, Any] | None, six: counts.Six, by: str, *, opens: bool) -> dict[str, Any]:
    # Figures of a past date have no list behind them: lists show what is open today.
    overdue, total = six.counts[Timeliness.OVERDUE], six.total
    share = overdue / total if total else 0
    heat = next(name for limit, name in HEAT if share >= limit) if overdue else ""
    return {
        "subject": subject,
        "six": six,
        "overdue": overdue,
        "list": _list(subject["uid"], by) if subject and opens else "",
        "heat": heat,
        "cells": [(which.value, six.counts[which]) for which in Timeliness][1:],
    }


def _list(uid: Any, by: str) -> str:
    """Return the address of the list that holds what a row counts."""
    narrowing = {"unit": uid} if by == "unit" else {"document": uid, "role": RoleInTask.LEAD}
    return f"{reverse('work:tasks')}?{urlencode({'view': 'parts', **narrowing})}"

"""Where it is stuck, before a meeting: overdue and blocked first, the six counts, one table by unit or by document."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_GET

from prytany.core.lists import count_up_to
from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.core.web import Request
from prytany.documents.models import Document
from prytany.organisation.models import Unit
from prytany.organisation.names import NAMELESS, unit_labels
from prytany.work import counts, lists, timeliness, trend
from prytany.work.models import Obligation, RoleInTask
from prytany.work.models.states import OPEN_STATES
from prytany.work.timeliness import Timeliness
from prytany.work.views.common import as_of, prepared

STUCK = 12
ROWS = 60
# Share of overdue parts in a unit's total from which its cell darkens.
HEAT = ((0.12, "heat-4"), (0.08, "heat-3"), (0.04, "heat-2"), (0.0, "heat-1"))


@require_GET
def overview(request: Request) -> HttpResponse:
    """Show the whole of what this person may see, narrowed by unit or document, as of today or a past date."""
    scope, day = request.scope, as_of(request)
    unit, document, narrowing = narrowed(request)
    source = counts.facts(scope, as_of=day)
    source = source.filter(narrowing) if narrowing else source
    by = "document" if request.GET.get("by") == "document" else "unit"
    groups = counts.by_document(source) if by == "document" else counts.by_unit(source)
    total = counts.sum_of(groups.values()) if by == "unit" else source.total()
    outside = source.outside()
    context: dict[str, Any] = {
        "rail": "overview",
        "as_of": day,
        "day": day or scope.today,
        "unit": unit,
        "document": document,
        "by": by,
        "six": total,
        "may_report": scope.holds_anywhere(Permission.REPORT_MAKE),
        "counts": [(which, total.counts[which], _percent(total.counts[which], total.total)) for which in Timeliness],
        "cancelled": outside.get("cancelled", 0),
        "handed_back": outside.get("handed_back", 0),
        "units": len(groups) if by == "unit" else None,
        "whole": total if by == "unit" else counts.sum_of(groups.values()),
        "groups": len(groups),
        **_table(groups, by, as_of=day),
        "trend": trend.draw(trend.months(source, day or scope.today), right_to_left=translation.get_language_bidi()),
    }
    if day is None:
        context |= _stuck(request, narrowing)
    if unit is not None:
        context["unit_label"] = unit_labels([unit.pk], on=day).get(unit.pk, NAMELESS)
    return render(request, "work/overview.html", context)


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


def stuck_condition(scope: Scope) -> Q:
    """Return the condition on parts that are overdue or blocked today."""
    return timeliness.condition(Timeliness.OVERDUE, scope.today) | Q(is_blocked=True, state__in=OPEN_STATES)


def _chosen(request: Request, name: str, model: Any) -> Any:
    """Return the row that the address narrows by; None without one; 404 for one out of sight."""
    text = request.GET.get(name)
    if not text:
        return None
    return get_object_or_404(model.objects.visible_to(request.scope), uid=text)


def _percent(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


def _stuck(request: Request, narrowing: Q) -> dict[str, Any]:
    """Return the parts that are overdue or blocked, longest overdue first, with how many there are of each."""
    scope = request.scope
    rows = Obligation.objects.visible_to(scope).filter(narrowing, stuck_condition(scope))
    shown = lists.with_facts(rows).order_by("due_sort", "pk")[:STUCK]
    return {"stuck": prepared(shown, scope.today), "stuck_count": count_up_to(rows)}


def _table(groups: dict[Any, counts.Six], by: str, *, as_of: datetime.date | None) -> dict[str, Any]:
    """Return the rows of the table: groups with something overdue or blocked one by one, the others as one line."""
    loud = {key: six for key, six in groups.items() if six.counts[Timeliness.OVERDUE] or six.blocked}
    if not loud or by == "document":
        loud = groups
    ranked = sorted(loud.items(), key=lambda item: (-item[1].counts[Timeliness.OVERDUE], -item[1].total))[:ROWS]
    shown = {key for key, _six in ranked}
    quiet = [six for key, six in groups.items() if key not in shown]
    subjects = _documents(shown) if by == "document" else _units(shown)
    rows = [_row(subjects.get(key), six, by, opens=as_of is None) for key, six in ranked]
    return {"rows": rows, "quiet": counts.sum_of(quiet) if quiet else None, "quiet_number": len(quiet)}


def _units(ids: set[Any]) -> dict[Any, dict[str, Any]]:
    labels = unit_labels(ids)
    uids = dict(Unit.objects.filter(pk__in=ids).values_list("pk", "uid"))
    return {pk: {"label": labels.get(pk, NAMELESS).short, "uid": uids.get(pk), "number": ""} for pk in ids}


def _documents(ids: set[Any]) -> dict[Any, dict[str, Any]]:
    rows = Document.objects.filter(pk__in=ids).values("pk", "uid", "symbol", "summary")
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

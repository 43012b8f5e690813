"""Overdue and blocked work, all of it, unit by unit with its reasons: the sheet for a meeting, and for the letter."""

from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from prytany.core.permissions import Permission
from prytany.core.web import Request
from prytany.organisation.names import unit_labels
from prytany.work.views.common import prepared
from prytany.work.views.overview import narrowed, stuck_rows

MOST = 3000  # as many as the annex of a letter holds


@require_GET
def overdue(request: Request) -> HttpResponse:
    """Show every part that is overdue or blocked, the units with most of them first, ticked for a reminder letter."""
    scope = request.scope
    unit, document, narrowing = narrowed(request)
    rows = stuck_rows(scope, narrowing).order_by("holder", "due_sort", "pk")
    parts = prepared(rows[:MOST], scope.today)
    groups = [(found[0].holder_label, found) for _key, found in _by_holder(parts)]
    groups.sort(key=lambda group: (-len(group[1]), group[0].sort_key))
    context = {
        "rail": "overview",
        "groups": groups,
        "total": len(parts),
        "unit_label": unit_labels([unit.pk]).get(unit.pk) if unit else None,
        "document": document,
        "may_report": scope.holds_anywhere(Permission.REPORT_MAKE),
    }
    return render(request, "work/overdue.html", context)


def _by_holder(parts: list[Any]) -> list[tuple[int, list[Any]]]:
    return [(key, list(found)) for key, found in groupby(parts, key=lambda part: part.holder_id)]

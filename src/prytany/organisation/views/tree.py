"""Who exists, where, since when: the tree, finding, completion, export."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from prytany.core.web import Request
from prytany.core.workbook import xlsx_response
from prytany.organisation import policies
from prytany.organisation.export import units_workbook
from prytany.organisation.models import Unit
from prytany.organisation.reading.finding import complete as complete_units
from prytany.organisation.reading.finding import find_units
from prytany.organisation.reading.overview import read_figures
from prytany.organisation.reading.tree import read_branch, read_tree, read_unattached
from prytany.organisation.views.common import as_of


@require_GET
@vary_on_headers("HX-Request")
def tree(request: Request) -> HttpResponse:
    """Show the organisation on a date: its tree, what was searched for, its figures and acts."""
    asked, scope = as_of(request), request.scope
    words = request.GET.get("q", "").strip()
    context: dict[str, Any] = {
        "rail": "organisation",
        "asked": asked,
        "as_of": asked.shown,
        "words": words,
        "may_edit": policies.can_edit_organisation(scope),
    }
    if words:
        context["hits"] = find_units(scope, words, asked.day)
    else:
        context["node"] = read_tree(scope, asked.day)
        context["unattached"] = read_unattached(scope, asked.day)
    return render(request, "organisation/tree.html", context)


@require_GET
def figures(request: Request) -> HttpResponse:
    """Show the organisation in figures on a date, and its latest acts: beside the tree, or as a page of its own."""
    asked = as_of(request)
    context = {
        "rail": "organisation",
        "asked": asked,
        "as_of": asked.shown,
        "figures": read_figures(request.scope, asked.day),
    }
    return render(request, "organisation/_figures.html" if request.htmx else "organisation/figures.html", context)


@require_GET
def branch(request: Request, uid: UUID) -> HttpResponse:
    """Show what stands directly under a unit, or its units of one kind from a place on: a part of the tree."""
    unit = get_object_or_404(Unit.objects.visible_to(request.scope), uid=uid)
    asked = as_of(request)
    start = request.GET.get("start", "0")
    found = read_branch(
        unit.pk, unit.uid, asked.day, kind=request.GET.get("kind", ""), start=int(start) if start.isdigit() else 0
    )
    return render(request, "organisation/_branch.html", {"branch": found, "asked": asked})


@require_GET
def part(request: Request, uid: UUID) -> HttpResponse:
    """Show the tree down to a unit, for the side of its page."""
    asked = as_of(request)
    unit = get_object_or_404(Unit.objects.visible_to(request.scope), uid=uid)
    return render(
        request, "organisation/_tree.html", {"node": read_tree(request.scope, asked.day, unit.pk), "asked": asked}
    )


@require_GET
def complete(request: Request) -> JsonResponse:
    """Return names of units for the completion of a field."""
    found = complete_units(request.scope, request.GET.get("q", ""))
    return JsonResponse(
        {"results": [{"value": str(unit.uid), "label": name, "note": note} for unit, name, note in found]}
    )


@require_GET
def export(request: Request) -> HttpResponse:
    """Return all units on a date as a workbook."""
    asked = as_of(request)
    name = f"{_('organisation')}-{asked.day.isoformat()}.xlsx"
    return xlsx_response(name, units_workbook(request.scope, asked.day))

"""One unit: its people and its record."""

import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from prytany.core import registry
from prytany.core.web import Request
from prytany.organisation import policies
from prytany.organisation.models import (
    UnitLink,
    UnitVersion,
)
from prytany.organisation.names import NAMELESS, unit_labels
from prytany.organisation.reading.holding import posts_of
from prytany.organisation.reading.record import read_record
from prytany.organisation.views.common import AsOf, as_of


@require_GET
@vary_on_headers("HX-Request")
def unit_page(request: Request, uid: UUID) -> HttpResponse:
    """Show a unit on a date: who holds its posts, or with `?tab=record` its record."""
    asked, scope = as_of(request), request.scope
    tab = "record" if request.GET.get("tab") == "record" else "people"
    context: dict[str, Any] = {
        "rail": "organisation",
        "asked": asked,
        "as_of": asked.shown,
        "as_of_today_url": f"{reverse('organisation:unit', args=[uid])}?tab={tab}",
        "tab": tab,
    }
    context |= _record_tab(request, uid, asked) if tab == "record" else _people_tab(request, uid, asked)
    context["may_edit"] = policies.can_edit_unit(scope, context["unit"])
    return render(request, "organisation/_unit.html" if request.htmx else "organisation/unit.html", context)


def _record_tab(request: Request, uid: UUID, asked: AsOf) -> dict[str, Any]:
    found = read_record(request.scope, uid, asked.day)
    if found is None:
        raise Http404
    versions = [line.version for line in found.versions]
    return {
        "unit": found.unit,
        "record": found,
        "label": found.label,
        "path": [(found.parent.other, found.parent.label)] if found.parent else [],
        **_life(versions, asked.day),
    }


def _people_tab(request: Request, uid: UUID, asked: AsOf) -> dict[str, Any]:
    scope = request.scope
    rows = UnitVersion.objects.visible_to(scope).filter(unit__uid=uid).select_related("unit")
    versions = list(rows.order_by("valid_from"))
    if not versions:
        raise Http404
    unit = versions[0].unit
    path = UnitLink.objects.visible_to(scope).above(unit, asked.day)
    labels = unit_labels([unit.pk, *(pk for pk, _uid in path)], on=asked.day)
    return {
        "unit": unit,
        "label": labels.get(unit.pk, NAMELESS),
        "path": [(upper, labels.get(pk, NAMELESS)) for pk, upper in path],
        "posts": posts_of(scope, unit, asked.day),
        "panels": registry.panels_of("organisation.unit", request, unit),
        "may_set_up": policies.can_set_up_unit(scope, unit),
        **_life(versions, asked.day),
    }


def _life(versions: list[UnitVersion], on: datetime.date) -> dict[str, Any]:
    """Return the version on a date (or the nearest), and the first and last day of the unit."""
    begun = [version for version in versions if version.valid_from <= on]
    version = begun[-1] if begun else versions[0]
    end = versions[-1].valid_to
    return {
        "version": version,
        "exists": version.valid_from <= on and (version.valid_to is None or version.valid_to > on),
        "first_day": versions[0].valid_from,
        "last_day": end - datetime.timedelta(days=1) if end else None,
        "begins_later": not begun,
    }


@require_GET
def record(request: Request, uid: UUID) -> HttpResponse:
    """Show the record of a unit as a part of another app's page."""
    asked = as_of(request)
    found = read_record(request.scope, uid, asked.day)
    if found is None:
        raise Http404
    context = {"record": found, "asked": asked, "may_edit": policies.can_edit_unit(request.scope, found.unit)}
    return render(request, "organisation/_unit_record.html", context)

"""Figures on how well the language packs read."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from prytany.core.lists import Filter, ListState
from prytany.core.web import Request
from prytany.core.workbook import xlsx_response
from prytany.documents.titles import heading_of
from prytany.intake import figures, policies
from prytany.intake.models import Fate, Reader


def _periods() -> list[tuple[str, str]]:
    return [("30", _("30 days")), ("90", _("90 days")), ("365", _("One year")), ("all", _("All time"))]


def _period(request: Request) -> str:
    if not policies.can_see_figures(request.scope):
        raise PermissionDenied
    asked = request.GET.get("period", "")
    return asked if asked in figures.PERIODS else figures.PERIOD


@require_GET
def show(request: Request) -> HttpResponse:
    """Show for each language pack what people kept of what it proposed."""
    period = _period(request)
    reads = policies.can_read_texts(request.scope)
    context = {
        "rail": "documents" if reads else "administration",
        "packs": figures.figures(request.scope, period),
        "period": period,
        "periods": _periods(),
        "opens": reads,
        "second": Reader.SECOND,
    }
    return render(request, "intake/figures.html", context)


@require_GET
def export(request: Request) -> HttpResponse:
    """Send the figures as a workbook."""
    period = _period(request)
    content = figures.as_workbook(figures.figures(request.scope, period), _("How well texts are read"))
    return xlsx_response(f"reading-{request.scope.today.isoformat()}.xlsx", content)


@require_GET
def behind(request: Request) -> HttpResponse:
    """List the decisions behind one figure, of the papers this person may see."""
    if not policies.can_read_texts(request.scope):
        raise PermissionDenied
    period = _period(request)
    asked = {name: request.GET.get(name, "") for name in ("language", "reader", "field", "fate")}
    rows = figures.decisions_behind(
        request.scope,
        period,
        language=asked["language"],
        reader=asked["reader"],
        name=asked["field"],
        fate=asked["fate"],
    )
    state = ListState(
        request, filters=[Filter("period", "", lambda rows, _v: rows)], order={"": ("", ("-decided_at", "-pk"))}
    )
    page = state.page(rows)
    context: dict[str, Any] = {
        "rail": "documents",
        "page": page,
        "lines": [_line(row, asked["field"]) for row in page.rows],
        "field": figures.NAMES.get(asked["field"], ""),
        "fate": Fate(asked["fate"]).label if asked["fate"] in Fate.values else _("proposed"),
        "pack": figures.PackFigures(asked["language"], asked["reader"], []).name,
        "period": period,
    }
    return render(request, "intake/behind.html", context)


def _line(row: Any, name: str) -> dict[str, Any]:
    """One decision: what was proposed and what was kept, and where the paper is read."""
    if name == figures.FACTS:
        words = row.proposed.get("words", "")
        kept = words if row.outcome == row.Outcome.TAKEN else ""
    else:
        words, kept = row.proposed.get(name, ""), row.kept.get(name, "")
    return {"document": row.document, "heading": heading_of(row.document), "proposed": words, "kept": kept, "row": row}

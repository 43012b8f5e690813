"""The number ledger: series, every number of one explained, reservations."""

import csv
import io
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from prytany.core import clock
from prytany.core.errors import DomainError
from prytany.core.once import led_to
from prytany.core.scope import authorise
from prytany.core.web import Request
from prytany.core.workbook import Column, workbook, xlsx_response
from prytany.documents import gaps, policies, registers
from prytany.documents.forms import BeginForm, ExplainForm, ReasonForm, ReserveForm
from prytany.documents.models import LedgerNumber, NumberSeries, RegisterEntry
from prytany.documents.services import ledger
from prytany.documents.views.common import answer, to_form
from prytany.organisation.models import Appointment, Person, Unit
from prytany.organisation.names import label_units, unit_labels
from prytany.rules.lookup import rule_of_version

Direction = RegisterEntry.Direction
SHOWN = 200


def _unit(request: Request) -> Unit:
    asked = request.GET.get("unit") or request.POST.get("unit") or ""
    unit = registers.chosen_unit(request.scope, asked)
    if unit is None:
        raise PermissionDenied("ledger")
    return unit


def _series(request: Request, uid: UUID) -> NumberSeries:
    """Return a series in sight with its tally; 404 else."""
    found = gaps.with_tallies(NumberSeries.objects.visible_to(request.scope).filter(uid=uid).select_related("rule"))
    if not found:
        get_object_or_404(NumberSeries.objects.visible_to(request.scope), uid=uid)
    label_units(found, "unit")
    return found[0]


@require_GET
def series_list(request: Request) -> HttpResponse:
    """Show the series of a body, the newest first, with what became of their numbers."""
    unit = _unit(request)
    rows = NumberSeries.objects.visible_to(request.scope)
    keepers = {row.pk: row for row in Unit.objects.visible_to(request.scope).filter(number_series__in=rows).distinct()}
    labels = unit_labels([unit.pk, *keepers])
    found = gaps.with_tallies(rows.filter(unit=unit).order_by("-period", "direction", "family", "group", "pk"))
    for series in found:
        series.name = gaps.name_of(series)  # type: ignore[attr-defined]
    choices = [(row.uid, labels[row.pk].name, row.pk == unit.pk) for row in {unit.pk: unit, **keepers}.values()]
    context = {
        "rail": "registers",
        "unit": unit,
        "unit_label": labels[unit.pk].name if unit.pk in labels else "",
        "units": sorted(choices, key=lambda row: row[1]),
        "rows": found,
        "today": clock.today(),
    }
    return render(request, "documents/ledger.html", context)


@require_GET
def series_detail(request: Request, uid: UUID) -> HttpResponse:
    """Show the numbers of a series: at first those that no paper bears, on request all."""
    series = _series(request, uid)
    used = request.GET.get("all") == "1"
    after = request.GET.get("after", "")
    runs = gaps.runs_of(series, after=int(after) if after.isdigit() and len(after) < 9 else 0, used=used)
    page = runs[:SHOWN]
    context = {
        "rail": "registers",
        "series": series,
        "name": gaps.name_of(series),
        "entries": list(gaps.entries_of(request.scope, series, page)),
        "kept": rule_of_version(series.rule) if series.rule else None,
        "next_after": page[-1][1] if len(runs) > SHOWN else None,
        "all": used,
        "today": clock.today(),
    }
    return render(request, "documents/series.html", context)


def _rows(request: Request, series: NumberSeries) -> list[list[Any]]:
    """Return the gap report as cells, every number of it."""
    return [
        [
            entry.numbers,
            str(entry.label),
            entry.symbol,
            entry.content,
            entry.words,
            entry.basis,
            entry.person,
            entry.day,
        ]
        for entry in gaps.entries_of(request.scope, series, gaps.runs_of(series))
    ]


def _columns() -> list[Column]:
    return [
        Column(_("Number"), "code", 12),
        Column(_("State"), "text", 16),
        Column(_("Number and symbol"), "code", 18),
        Column(_("Kind and summary"), "text", 60),
        Column(_("Explanation"), "text", 40),
        Column(_("Basis"), "text", 26),
        Column(_("Person"), "text", 26),
        Column(_("Date"), "date", 12),
    ]


def _file_name(series: NumberSeries, ending: str) -> str:
    return f"numbers-{series.direction}-{series.code.replace('/', '-')}.{ending}"


@require_GET
def series_xlsx(request: Request, uid: UUID) -> HttpResponse:
    """Send the gap report as a workbook."""
    series = _series(request, uid)
    content = workbook(gaps.name_of(series), _columns(), _rows(request, series), note=_title(series))
    return xlsx_response(_file_name(series, "xlsx"), content)


@require_GET
def series_csv(request: Request, uid: UUID) -> HttpResponse:
    """Send the gap report as CSV; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    series = _series(request, uid)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([str(column.head) for column in _columns()])
    for row in _rows(request, series):
        writer.writerow([_plain(cell) for cell in row])
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_file_name(series, "csv")}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _plain(cell: Any) -> str:
    text = "" if cell is None else cell.isoformat() if hasattr(cell, "isoformat") else str(cell)
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


def _title(series: Any) -> str:
    """Return unit, register and series in one line."""
    return f"{series.unit_label.name}, {Direction(series.direction).label}, {gaps.name_of(series)}"


@require_GET
def series_print(request: Request, uid: UUID) -> HttpResponse:
    """Show the gap report of a series to be printed."""
    series = _series(request, uid)
    context = {
        "series": series,
        "name": gaps.name_of(series),
        "entries": gaps.entries_of(request.scope, series, gaps.runs_of(series)),
        "now": clock.now(),
    }
    return render(request, "documents/series_print.html", context)


@require_http_methods(["GET", "POST"])
def number_reserve(request: Request) -> HttpResponse:
    """Reserve the next number of a series for somebody."""
    unit = _unit(request)
    asked = request.GET.get("direction") or request.POST.get("direction") or ""
    direction = asked if asked in Direction.values else Direction.OUT
    people = _people(request, unit)
    initial = {"owner": request.scope.person_uid}
    form = ReserveForm(
        request.POST or None, initial=initial, scope=request.scope, unit=unit, people=people, direction=direction
    )
    if request.method == "POST" and form.is_valid():
        try:
            token = form.cleaned_data["form_token"]
            return redirect(led_to(request.scope, token, lambda: _reserve(request, unit, direction, form)))
        except DomainError as error:
            to_form(form, error)
    label = unit_labels([unit.pk]).get(unit.pk)
    context = {
        "rail": "registers",
        "form": form,
        "unit": unit,
        "unit_label": label.name if label else "",
        "direction": direction,
        "directions": Direction.choices,
        "back": _ledger_of(unit),
    }
    return answer(request, "documents/reserve.html", context, bound=form.is_bound)


def _people(request: Request, unit: Unit) -> list[tuple[str, str]]:
    """Return who holds a post in the body or in the person's own unit today, and the person."""
    held = Appointment.objects.visible_to(request.scope).on(clock.today())
    held = held.filter(post__unit__in={unit.pk, request.scope.unit_id})
    people = Person.objects.visible_to(request.scope).filter(pk__in=held.values("person")).order_by("sort_key")
    return [(str(person.uid), person.name) for person in people[:300]]


def _reserve(request: Request, unit: Unit, direction: str, form: ReserveForm) -> str:
    data = form.cleaned_data
    family, _dot, kind = data.get("kind", "").partition(".")
    owner = Person.objects.visible_to(request.scope).filter(uid=data["owner"]).first()
    if owner is None:
        message = _("Choose a person.")
        raise DomainError("owner", message, {"owner": message})
    row = ledger.reserve_number(
        scope=request.scope,
        unit=unit,
        direction=direction,
        family=family,
        kind=kind,
        owner=owner,
        level=data["level"] or 0,
        until=data["until"],
        purpose=data["purpose"],
    )
    messages.success(request, _("Number %(number)s is reserved.") % {"number": row.number})
    return reverse("documents:series", args=[row.series.uid])


@require_http_methods(["GET", "POST"])
def number_void(request: Request, uid: UUID) -> HttpResponse:
    """Make a reserved number void with a reason."""
    rows = LedgerNumber.objects.visible_to(request.scope).select_related("series")
    row = get_object_or_404(rows, uid=uid)
    authorise(policies.can_register, request.scope, row.series.unit_id)
    form = ReasonForm(request.POST or None)
    back = reverse("documents:series", args=[row.series.uid])
    if request.method == "POST" and form.is_valid():
        try:
            ledger.void_number(scope=request.scope, number=row, reason=form.cleaned_data["reason"])
        except DomainError as error:
            to_form(form, error)
        else:
            messages.success(request, _("The number is void. It is not given out again."))
            return redirect(back)
    context = {
        "rail": "registers",
        "form": form,
        "heading": _("Make number %(number)s void") % {"number": row.number},
        "sentence": _("The number stays in the ledger with the reason, and is not given out again."),
        "button": _("Make void"),
        "name": gaps.name_of(row.series),
        "back": back,
    }
    return answer(request, "documents/ledger_form.html", context, bound=form.is_bound)


@require_http_methods(["GET", "POST"])
def series_explain(request: Request, uid: UUID) -> HttpResponse:
    """Explain why numbers are missing."""
    series = _series(request, uid)
    initial = {name: request.GET.get(name, "") for name in ("first", "last")}
    form = ExplainForm(request.POST or None, initial=initial)
    back = reverse("documents:series", args=[series.uid])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            ledger.explain_gap(
                scope=request.scope, series=series, first=data["first"], last=data["last"], reason=data["reason"]
            )
        except DomainError as error:
            to_form(form, error)
        else:
            messages.success(request, _("The missing numbers are explained."))
            return redirect(back)
    context = {
        "rail": "registers",
        "form": form,
        "heading": _("Explain missing numbers"),
        "sentence": _("They enter the ledger as void, with this reason. A paper found later cannot take one of them."),
        "button": _("Explain"),
        "name": gaps.name_of(series),
        "back": back,
    }
    return answer(request, "documents/ledger_form.html", context, bound=form.is_bound)


@require_http_methods(["GET", "POST"])
def series_begin(request: Request, uid: UUID) -> HttpResponse:
    """Say where a series begins, the numbers below standing in a book on paper."""
    series = _series(request, uid)
    form = BeginForm(request.POST or None, initial={"number": series.begins_at, "basis": series.begins_basis})
    back = reverse("documents:series", args=[series.uid])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            ledger.begin_series(scope=request.scope, series=series, number=data["number"], basis=data["basis"])
        except DomainError as error:
            to_form(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(back)
    context = {
        "rail": "registers",
        "form": form,
        "heading": _("Begin after a book on paper"),
        "sentence": _("For the year in which the office leaves its paper book: numbers below stand there."),
        "button": _("Save"),
        "name": gaps.name_of(series),
        "back": back,
    }
    return answer(request, "documents/ledger_form.html", context, bound=form.is_bound)


def _ledger_of(unit: Unit) -> str:
    return f"{reverse('documents:ledger')}?{urlencode({'unit': str(unit.uid)})}"

"""The calendar of a unit, year by year."""

import datetime
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from prytany.core.once import led_to
from prytany.core.permissions import Permission
from prytany.core.web import Request
from prytany.organisation.models import Unit
from prytany.organisation.names import NAMELESS, unit_labels
from prytany.organisation.reach import units
from prytany.workdays import calendar, services, showing
from prytany.workdays.forms import DayForm
from prytany.workdays.models import CalendarDay


def _unit(request: Request) -> Unit:
    """Return the unit of the address, else the widest within reach; PermissionDenied where there is none."""
    if not request.scope.holds_anywhere(Permission.SETTINGS_EDIT):
        raise PermissionDenied("calendar")
    reachable = units(request.scope, Permission.SETTINGS_EDIT)
    asked = request.GET.get("unit", "")
    try:
        wanted = {"uid": UUID(asked)} if asked else {"pk": request.scope.reaches(Permission.SETTINGS_EDIT)[0].unit_id}
    except ValueError:
        raise Http404 from None
    return get_object_or_404(reachable, **wanted)


def _address(unit: Unit, year: int) -> str:
    return f"{reverse('workdays:calendar')}?unit={unit.uid}&year={year}"


@require_http_methods(["GET", "POST"])
def calendar_page(request: Request) -> HttpResponse:
    """A year at a glance, its marked days with their basis, and the form that marks another."""
    unit = _unit(request)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and 2000 <= int(asked) <= 2100 else request.scope.today.year
    form = DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = led_to(request.scope, form.cleaned_data["form_token"], lambda: _mark(request, unit, form))
        messages.success(request, _("Saved."))
        return redirect(address)
    shown = showing.year_of(year, unit)
    marked = showing.marked_days(shown)
    owners = unit_labels({day.mark.own.unit_id for day in marked if day.mark and day.mark.own})
    context = {
        "unit": unit,
        "unit_label": unit_labels([unit.pk]).get(unit.pk, NAMELESS),
        "year": year,
        "months": shown,
        "heads": showing.weekday_heads(),
        "marked": [(day, owners.get(day.mark.own.unit_id) if day.mark and day.mark.own else None) for day in marked],
        "working_days": showing.working_days_in(shown),
        "is_known": calendar.is_known(year, unit),
        "unconfirmed": sum(not day.mark.is_confirmed for day in marked if day.mark),
        "form": form,
        "rail": "administration",
    }
    return render(request, "workdays/calendar.html", context, status=422 if form.errors else 200)


def _mark(request: Request, unit: Unit, form: DayForm) -> str:
    """Mark the day that was entered; return the address of its year."""
    data = {name: form.cleaned_data[name] for name in ("on", "kind", "name", "legal_basis")}
    services.mark_day(scope=request.scope, unit=unit, **data)
    return _address(unit, data["on"].year)


@require_POST
def day_confirm(request: Request, on: datetime.date) -> HttpResponse:
    """Take a day of the rule set into the office's own calendar: what was not confirmed, the office confirms."""
    unit = _unit(request)
    mark = calendar.mark_of(on, unit)
    if mark is None or mark.own is not None:
        raise Http404
    kind = CalendarDay.Kind.WORKING if mark.is_working else CalendarDay.Kind.OFF
    services.mark_day(
        scope=request.scope, unit=unit, on=on, kind=kind, name=mark.name[:120], legal_basis=mark.legal_basis[:200]
    )
    messages.success(request, _("Confirmed."))
    return redirect(_address(unit, on.year))


@require_POST
def day_unmark(request: Request, uid: UUID) -> HttpResponse:
    """Take a mark back."""
    day = get_object_or_404(CalendarDay.objects.visible_to(request.scope).select_related("unit"), uid=uid)
    services.unmark_day(scope=request.scope, day=day)
    messages.success(request, _("The mark was taken back."))
    return redirect(_address(day.unit, day.on.year))

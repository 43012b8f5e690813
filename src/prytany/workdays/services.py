"""Keeping the calendar of a unit."""

import datetime

from django.db import transaction

from prytany.audit.recording import record
from prytany.core.scope import Scope, authorise
from prytany.organisation.models import Unit
from prytany.workdays.models import CalendarDay
from prytany.workdays.policies import can_keep_calendar
from prytany.workdays.signals import calendar_changed


@transaction.atomic
def mark_day(
    *, scope: Scope, unit: Unit, on: datetime.date, kind: str, name: str = "", legal_basis: str = ""
) -> CalendarDay:
    """Say of a date that `unit` and all below it are off, or work; a date said before is said anew.

    PermissionDenied unless `scope` keeps the calendar there.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    authorise(can_keep_calendar, scope, unit.pk)
    day = CalendarDay.objects.filter(unit=unit, on=on).first() or CalendarDay(unit=unit, on=on)
    day.kind, day.name, day.legal_basis = kind, name, legal_basis
    day.full_clean()
    day.save()
    record(scope, action="calendar_day.mark", target=unit, data={"on": on.isoformat(), "kind": kind})
    calendar_changed.send(CalendarDay, unit_id=unit.pk, on=on)
    return day


@transaction.atomic
def unmark_day(*, scope: Scope, day: CalendarDay) -> None:
    """Take a mark back: the calendar above, or the rule set, holds again. PermissionDenied as for `mark_day`."""
    day = CalendarDay.objects.select_for_update().select_related("unit").get(pk=day.pk)
    authorise(can_keep_calendar, scope, day.unit_id)
    record(scope, action="calendar_day.unmark", target=day.unit, data={"on": day.on.isoformat(), "kind": day.kind})
    unit_id, on = day.unit_id, day.on
    day.delete()
    calendar_changed.send(CalendarDay, unit_id=unit_id, on=on)

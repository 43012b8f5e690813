"""All a unit must do, on one screen."""

import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from prytany.core import registry
from prytany.core.models import valid_on
from prytany.core.permissions import Permission
from prytany.core.web import Request
from prytany.organisation.models import Appointment, Unit, UnitLink
from prytany.organisation.names import NAMELESS, unit_labels
from prytany.organisation.reach import covers, know_ancestors
from prytany.work import counts
from prytany.work.models import Obligation, ObligationState
from prytany.work.models.states import OPEN_STATES
from prytany.work.timeliness import Timeliness
from prytany.work.views.common import prepared, then

MOST = 60  # due first; the list of tasks shows them all
SHOWN = (
    *("uid", "owner", "holder", "creditor", "state", "due_on", "due_precision", "due_sort", "soon_on"),
    *("submitted_on", "completed_on", "is_blocked", "extended_times", "reminded_times", "last_word"),
    *("task__content", "task__source_document__symbol", "handler__name"),
    *("task__source_document__level", "task__source_document__uid"),
)
DOERS = ("unit_head", "focal_point", "chief", "deputy_chief")


@require_GET
def our_unit(request: Request) -> HttpResponse:
    """Show the unit page of the unit that this person acts from."""
    unit = get_object_or_404(Unit.objects.visible_to(request.scope), pk=request.scope.unit_id)
    return _page(request, unit)


@require_GET
def unit_page(request: Request, uid: UUID) -> HttpResponse:
    """Show what another unit owes, as far as this person may see it."""
    return _page(request, get_object_or_404(Unit.objects.visible_to(request.scope), uid=uid))


def _page(request: Request, unit: Unit) -> HttpResponse:
    scope = request.scope
    past = then(request)
    day = past.day or scope.today
    # What was owed on a past day is told in figures; lists show what stands.
    tab = request.GET.get("tab", "todo") if past.day is None else "record"
    held = Obligation.objects.visible_to(scope).filter(holder=unit)
    six = counts.facts(scope, as_of=past.day).filter(Q(holder=unit)).total()
    path = UnitLink.objects.visible_to(scope).above(unit, day)
    if past.day is None:
        know_ancestors(scope, unit.pk, [pk for pk, _uid in path])
    above = path[-1:]
    labels = unit_labels([unit.pk, *(pk for pk, _uid in above)], on=day)
    context: dict[str, Any] = {
        "rail": "unit" if unit.pk == scope.unit_id else "overview",
        "unit": unit,
        "label": labels.get(unit.pk, NAMELESS),
        "above": [(uid, labels.get(pk, NAMELESS)) for pk, uid in above],
        "as_of": past.day,
        "six": six,
        "done": six.counts[Timeliness.DONE_ON_TIME] + six.counts[Timeliness.DONE_LATE],
        "owed": six.total - six.counts[Timeliness.DONE_ON_TIME] - six.counts[Timeliness.DONE_LATE] - six.waiting,
        "tab": tab,
        "answers": tab == "todo" and covers(scope, Permission.TASK_ANSWER, unit.pk),
        "posts": _people(request, unit, day),
    }
    if tab == "todo":
        rows = _lean(held.filter(state__in=OPEN_STATES).exclude(state=ObligationState.SUBMITTED))
        shown = prepared(rows.order_by("due_sort", "pk")[:MOST], scope.today)
        context["sections"] = _sections(shown, scope.today)
        context["cut_at"] = MOST if len(shown) == MOST else 0
        context["first"] = next((part for _title, parts in context["sections"] for part in parts), None)
    elif tab == "sent":
        rows = held.exclude(state__in=[*OPEN_STATES]) | held.filter(state=ObligationState.SUBMITTED)
        context["sent"] = prepared(_lean(rows).order_by("-submitted_on", "-pk")[:MOST], scope.today)
    else:
        context["panels"] = registry.panels_of("work.unit", request, unit)
    return render(request, "work/unit.html", context)


def _lean(rows: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """Fetch with each part what a row shows and nothing else: the page has hundreds."""
    return rows.select_related("task__source_document", "handler").only(*SHOWN)


def _sections(parts: list[Obligation], today: datetime.date) -> list[tuple[str, list[Obligation]]]:
    """Sort the open parts under what makes each urgent; a part stands once."""
    week_end = today + datetime.timedelta(days=6 - today.weekday())
    names = [_("Overdue"), _("More needed"), _("This week"), _("Later"), _("No deadline"), _("With the unit head")]
    found: list[list[Obligation]] = [[] for _name in names]
    for part in parts:
        if part.state == ObligationState.WITH_HEAD:
            index = 5
        elif part.timeliness == Timeliness.OVERDUE:
            index = 0
        elif part.state == ObligationState.MORE_NEEDED:
            index = 1
        elif part.due_on is None:
            index = 4
        else:
            index = 2 if part.due_on <= week_end else 3
        found[index].append(part)
    return [(name, rows) for name, rows in zip(names, found, strict=True) if rows]


def _people(request: Request, unit: Unit, day: datetime.date) -> list[Appointment]:
    """Return who holds which post in the unit on a day, those who receive its work first."""
    rows = Appointment.objects.visible_to(request.scope).on(day).filter(valid_on(day, "post__"), post__unit=unit)
    found = list(rows.select_related("post", "person").order_by("post__position", "pk")[:30])
    for appointment in found:
        appointment.receives = appointment.post.role in DOERS
    return sorted(found, key=lambda appointment: not appointment.receives)

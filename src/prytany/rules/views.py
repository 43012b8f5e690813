"""Rules with their basis: what the law and the office say, and the form for the office's own figures."""

import datetime
from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prytany.core import clock
from prytany.core.errors import DomainError
from prytany.core.once import led_to
from prytany.core.permissions import Permission
from prytany.core.web import Request
from prytany.organisation.models import Unit
from prytany.organisation.names import NAMELESS, UnitLabel, label_units, unit_labels
from prytany.organisation.reach import units
from prytany.rules import services
from prytany.rules.catalogue import GENERIC, catalogue
from prytany.rules.definitions import GROUPS, definition_of
from prytany.rules.forms import OwnRuleForm
from prytany.rules.lookup import NoRule, Rule, rule, rule_of_law, rules, units_with_own
from prytany.rules.models import RuleOverride

# A family with more members than this is folded.
FOLDED_ABOVE = 5


def _reachable(request: Request) -> QuerySet[Unit]:
    """Return the units whose settings the person edits; PermissionDenied where there are none."""
    if not request.scope.holds_anywhere(Permission.SETTINGS_EDIT):
        raise PermissionDenied("rules")
    return units(request.scope, Permission.SETTINGS_EDIT)


def _unit(request: Request) -> Unit:
    """Return the unit that the page is seen from: `unit` of the address, else the widest within reach."""
    reachable = _reachable(request)
    asked = request.GET.get("unit", "")
    if asked:
        try:
            return get_object_or_404(reachable, uid=UUID(asked))
        except ValueError:
            raise Http404 from None
    first = request.scope.reaches(Permission.SETTINGS_EDIT)[0]
    return get_object_or_404(reachable, pk=first.unit_id)


def _places(request: Request, unit: Unit) -> list[Unit]:
    """Return the units to choose from: the one shown, the widest, the person's own, those with figures of their own."""
    wanted = {unit.pk, request.scope.unit_id, *units_with_own("")}
    wanted |= {reach.unit_id for reach in request.scope.reaches(Permission.SETTINGS_EDIT)}
    places = list(_reachable(request).filter(pk__in=wanted))
    for place in places:
        place.place_id = place.pk  # type: ignore[attr-defined]
    label_units(places, "place")
    return places


class Line(NamedTuple):
    """A figure, and the name of the unit that set it."""

    rule: Rule
    set_in: UnitLabel | None


def _fold(lines: list[Line]) -> tuple[list[Line], list[tuple[object, list[Line]]]]:
    """Return the lines shown at once, and the families of many, each under its own heading."""
    families: dict[str, list[Line]] = {}
    for line in lines:
        if line.rule.definition.is_family:
            families.setdefault(line.rule.definition.key, []).append(line)
    large = {key: members for key, members in families.items() if len(members) > FOLDED_ABOVE}
    shown = [line for line in lines if line.rule.definition.key not in large]
    return shown, [(definition_of(key).label, members) for key, members in large.items()]


@require_GET
def rule_list(request: Request) -> HttpResponse:
    """All figures in force today, as they hold in one unit."""
    unit = _unit(request)
    found = rules(unit=unit)
    labels = unit_labels({one.set_in for one in found})
    groups = []
    for code, label in GROUPS.items():
        members = [Line(one, labels.get(one.set_in) if one.set_in else None) for one in found]
        members = [line for line in members if line.rule.definition.group == code]
        groups.append((label, *_fold(members)))
    context = {
        "groups": groups,
        "unit": unit,
        "places": _places(request, unit),
        "unconfirmed": sum(not one.is_confirmed for one in found),
        "rail": "administration",
    }
    return render(request, "rules/list.html", context)


def _rule_or_404(key: str, unit: Unit) -> Rule:
    try:
        return rule(key, unit=unit)
    except (KeyError, NoRule):
        raise Http404 from None


def _versions(key: str) -> list[Rule]:
    """Return what the law says and said, the latest first, generic figures last."""
    entries = sorted(catalogue().get(key, ()), key=lambda entry: entry.valid_from, reverse=True)
    return [rule_of_law(entry) for entry in sorted(entries, key=lambda entry: entry.jurisdiction == GENERIC)]


@require_http_methods(["GET", "POST"])
def rule_detail(request: Request, key: str) -> HttpResponse:
    """One rule: its versions in law, the office's own figures, the form for another."""
    unit = _unit(request)
    current = _rule_or_404(key, unit)
    form = OwnRuleForm(request.POST or None, definition=definition_of(key), value=current.value)
    if request.method == "POST" and form.is_valid():
        try:
            address = led_to(request.scope, form.cleaned_data["form_token"], lambda: _set(request, key, unit, form))
        except DomainError as refused:
            form.add_error("valid_from" if "valid_from" in refused.fields else None, str(refused.message))
        else:
            messages.success(request, _("Saved."))
            return redirect(address)
    own = list(
        RuleOverride.objects.visible_to(request.scope)
        .filter(key=key, unit__in=_reachable(request))
        .select_related("set_by")
        .order_by("unit_id", "-valid_from")
    )
    label_units(own, "unit")
    kind = definition_of(key).kind
    for row in own:
        row.rule = Rule(key, kind.clean(row.value), current.unit, row.legal_basis, "yes", row.valid_from, row.valid_to)
    context = {
        "rule": current,
        "form": form,
        "unit": unit,
        "unit_label": unit_labels([unit.pk]).get(unit.pk, NAMELESS),
        "versions": _versions(key),
        "own": own,
        "today": clock.today(),
        "rail": "administration",
    }
    return render(request, "rules/detail.html", context, status=422 if form.errors else 200)


def _set(request: Request, key: str, unit: Unit, form: OwnRuleForm) -> str:
    """Set the figure that was entered; return the address of the page on which it stands."""
    data = form.cleaned_data
    services.set_rule(
        scope=request.scope,
        unit=unit,
        key=key,
        value=data["value"],
        valid_from=data["valid_from"],
        valid_to=_day_after(data["valid_to"]),
        legal_basis=data["legal_basis"],
        note=data["note"],
    )
    return f"{reverse('rules:detail', args=[key])}?unit={unit.uid}"


def _day_after(day: datetime.date | None) -> datetime.date | None:
    """Return the first day after the last one that a person typed."""
    return day + datetime.timedelta(days=1) if day else None


@require_POST
def rule_end(request: Request, uid: UUID) -> HttpResponse:
    """Let a figure of an office's own end today."""
    override = get_object_or_404(RuleOverride.objects.visible_to(request.scope), uid=uid)
    services.end_rule(scope=request.scope, override=override, on=clock.today())
    messages.success(request, _("The figure no longer holds."))
    return redirect(f"{reverse('rules:detail', args=[override.key])}?unit={override.unit.uid}")

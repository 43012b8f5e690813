"""Who holds what: the list of people, the list of posts, one person, one post."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET

from prytany.core import registry
from prytany.core.fold import fold
from prytany.core.lists import Column, Filter, ListState, chosen_columns, count_up_to, declare_columns
from prytany.core.web import Request
from prytany.core.workbook import xlsx_response
from prytany.organisation import policies
from prytany.organisation.export import people_workbook
from prytany.organisation.models import Appointment, Person, Post, Substitution, Unit
from prytany.organisation.names import NAMELESS, unit_labels, with_titles
from prytany.organisation.reading.finding import units_called
from prytany.organisation.reading.holding import (
    absences_of,
    appointments_on,
    fill_holdings,
    fill_posts,
    held,
    person_states,
    read_post,
    split,
    within_unit,
)
from prytany.organisation.roles import CHOICES
from prytany.organisation.views.common import AsOf, as_of

EXPORTED_AT_MOST = 20_000

COLUMNS = declare_columns(
    "people",
    (
        Column("person", gettext_lazy("Person"), fixed=True, style="c-subj"),
        Column("post", gettext_lazy("Post"), style="c-st"),
        Column("unit", gettext_lazy("Unit"), style="c-unit"),
        Column("dates", gettext_lazy("From – to"), style="src num"),
        Column("fields", gettext_lazy("Fields in charge"), usual=False, style="c-more"),
        Column("decision", gettext_lazy("Decision"), usual=False, style="c-more"),
    ),
    label=gettext_lazy("People and posts"),
    url="people:list",
)


def _filters(request: Request, asked: AsOf, prefix: str = "post__") -> list[Filter]:
    """Return the filters of both lists; `prefix` leads from the row to its post."""

    def by_unit(rows: QuerySet, value: str) -> QuerySet:
        unit = Unit.objects.visible_to(request.scope).by_uid(value)
        if unit is None:
            raise ValueError(value)
        below = within_unit(unit.pk, asked.day).values("descendant_id")
        return rows.filter(**{f"{prefix}unit_id__in": below})

    def by_words(rows: QuerySet, value: str) -> QuerySet:
        words = fold(value)
        if not words:
            raise ValueError(value)
        found = Q(**{f"{prefix}title__icontains": value}) | Q(
            **{f"{prefix}unit_id__in": units_called(request.scope, words)}
        )
        if prefix:
            found |= Q(person__folded__contains=words)
        else:
            holders = Appointment.objects.visible_to(request.scope).on(asked.day)
            found |= Q(Exists(holders.filter(post=OuterRef("pk"), person__folded__contains=words)))
        return rows.filter(found)

    def by_role(rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(**{f"{prefix}role": value})

    return [
        Filter("q", _("Words"), by_words),
        Filter("unit", _("Unit"), by_unit),
        Filter("role", _("Role"), by_role, CHOICES),
    ]


@require_GET
def people_list(request: Request) -> HttpResponse:
    """Show who holds what on a date, by name."""
    asked, scope = as_of(request), request.scope
    away = Substitution.objects.visible_to(scope).on(asked.day).filter(absent=OuterRef("pk"), withdrawn_at=None)
    filters = [
        *_filters(request, asked),
        Filter("acting", _("Acting"), Q(kind=Appointment.Kind.ACTING), flag=True),
        Filter("away", _("Away"), Q(Exists(away)), flag=True),
    ]
    orders = {"name": (_("name"), ("name_key", "pk")), "newest": (_("newest first"), ("-valid_from", "-pk"))}
    state = ListState(request, filters=filters, order=orders)
    rows = state.apply(appointments_on(scope, asked.day))
    if request.GET.get("format") == "xlsx":
        holdings = fill_holdings(scope, rows.order_by("name_key", "pk")[:EXPORTED_AT_MOST], asked.day)
        name = f"{_('people-and-posts')}-{asked.day.isoformat()}.xlsx"
        return xlsx_response(name, people_workbook(holdings, asked.day))
    page = state.page(rows)
    page.rows[:] = fill_holdings(scope, page.rows, asked.day)
    return _list(request, asked, state, page, rows, "organisation/people.html", tab="people")


def _list(
    request: Request, asked: AsOf, state: ListState, page: Any, rows: QuerySet, template: str, *, tab: str
) -> HttpResponse:
    chips = [state.chip(name) for name, one in state.filters.items() if one.flag]
    context: dict[str, Any] = {
        "rail": "organisation",
        "asked": asked,
        "as_of": asked.shown,
        "state": state,
        "chips": chips,
        "page": page,
        "list": count_up_to(rows),
        "roles": [("", pgettext("any role", "All roles")), *CHOICES],
        "tab": tab,
        "columns": chosen_columns(request, "people", COLUMNS) if tab == "people" else [],
        "may_edit": policies.can_edit_organisation(request.scope),
        "with_state": person_states.get("account") is not None and policies.can_edit_organisation(request.scope),
        "unit": _unit_of(request, state),
    }
    return render(request, template, context)


def _unit_of(request: Request, state: ListState) -> tuple[Unit, str] | None:
    """Return the unit that the list is narrowed to, with its name."""
    unit = Unit.objects.visible_to(request.scope).by_uid(state.active["unit"]) if "unit" in state.active else None
    return (unit, unit_labels([unit.pk]).get(unit.pk, NAMELESS).name) if unit else None


@require_GET
def post_list(request: Request) -> HttpResponse:
    """Show the posts on a date, with who holds them; vacant ones on request."""
    asked, scope = as_of(request), request.scope
    holders = Appointment.objects.visible_to(scope).on(asked.day).filter(post=OuterRef("pk"))
    filters = [*_filters(request, asked, ""), Filter("vacant", _("Vacant"), ~Q(Exists(holders)), flag=True)]
    orders = {"unit": (_("unit"), ("unit_id", "pk")), "newest": (_("newest first"), ("-valid_from", "-pk"))}
    state = ListState(request, filters=filters, order=orders)
    rows = state.apply(Post.objects.visible_to(scope).on(asked.day))
    page = state.page(with_titles(rows))
    page.rows[:] = fill_posts(page.rows, asked.day)
    return _list(request, asked, state, page, rows, "organisation/posts.html", tab="posts")


@require_GET
def person_page(request: Request, uid: UUID) -> HttpResponse:
    """Show all that a person holds and held, and who stands in."""
    scope = request.scope
    person = get_object_or_404(Person.objects.visible_to(scope), uid=uid)
    absences = absences_of(person, scope.today)
    away: dict[int, list[Substitution]] = {}
    for absence in absences:
        if absence.valid_from <= scope.today:
            away.setdefault(absence.absent_id, []).append(absence)
    rows = held(Appointment.objects.visible_to(scope).filter(person=person)).order_by("-valid_from", "-pk")
    present, past = split(fill_holdings(scope, rows, scope.today, away=away), scope.today)
    context = {
        "rail": "organisation",
        "person": person,
        "present": present,
        "past": past,
        "absences": absences,
        "may_manage": policies.can_manage_person(scope, person),
        "may_edit": policies.can_edit_organisation(scope),
        "is_self": person.pk == scope.person_id,
        "panels": registry.panels_of("organisation.person", request, person),
    }
    return render(request, "organisation/person.html", context)


@require_GET
def post_page(request: Request, uid: UUID) -> HttpResponse:
    """Show one post: role, fields and units in charge, who holds and held it."""
    scope = request.scope
    post = get_object_or_404(with_titles(Post.objects.visible_to(scope)).select_related("unit"), uid=uid)
    context = {
        "rail": "organisation",
        "post": post,
        "line": read_post(post, scope.today),
        "may_edit": policies.can_edit_post(scope, post),
        "may_end": policies.can_edit_unit(scope, post.unit),
        "panels": registry.panels_of("organisation.post", request, post),
    }
    return render(request, "organisation/post.html", context)


@require_GET
def complete(request: Request) -> JsonResponse:
    """Return people for the completion of a field, each with a post."""
    words = fold(request.GET.get("q", ""))
    people = Person.objects.visible_to(request.scope)
    for word in words.split():
        people = people.filter(folded__contains=word)
    found = list(people.order_by("sort_key", "pk")[:12]) if words else []
    rows = appointments_on(request.scope, request.scope.today).filter(person__in=found).order_by("-pk")
    holdings = {h.appointment.person_id: h for h in fill_holdings(request.scope, rows, request.scope.today)}
    notes = {pk: f"{h.post.label}, {h.unit.name}" for pk, h in holdings.items()}
    results = [{"value": str(p.uid), "label": p.name, "note": notes.get(p.pk, "")} for p in found]
    return JsonResponse({"results": results})

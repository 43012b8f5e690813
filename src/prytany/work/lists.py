"""The lists of parts that pages, exports and the API share: views, chips, filters, order."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.organisation.reach import holds_root, within
from prytany.work import timeliness
from prytany.work.models import Follow, Obligation, ObligationState, RoleInTask, Task
from prytany.work.models.states import OPEN_STATES
from prytany.work.timeliness import Timeliness
from prytany.work.waiting import to_check


@dataclass(frozen=True)
class View:
    """A tab of the list: which parts, under which name; `offered` tells for whom."""

    code: str
    label: object
    rows: Callable[[Scope], QuerySet[Obligation]]
    offered: Callable[[Scope], bool]


def _all(scope: Scope) -> QuerySet[Obligation]:
    return Obligation.objects.visible_to(scope)


def counted(scope: Scope) -> QuerySet[Obligation]:
    """All parts in sight that stand in the figures: the list behind each of them."""
    return _all(scope).outward()


def mine(scope: Scope) -> QuerySet[Obligation]:
    """Parts that this person handles, or that lie in the tray of the unit whose work they distribute."""
    condition = Obligation.objects.keyed(Q(handler_id=scope.person_id))
    if scope.holds_anywhere(Permission.TASK_HANDLE):
        condition |= Q(holder_id=scope.unit_id, handler=None)
    return _all(scope).filter(condition)


def of_unit(scope: Scope) -> QuerySet[Obligation]:
    """Parts that the own unit, or one below it, holds."""
    return _all(scope).filter(within(scope, Permission.TASK_ANSWER, "holder"))


def followed(scope: Scope) -> QuerySet[Obligation]:
    """The lead's part of each task that this person chases or follows."""
    chased = Task.objects.filter(follower_id=scope.person_id).values("pk")
    heard_of = Follow.objects.filter(person_id=scope.person_id).values("task_id")
    return _all(scope).filter(task__in=chased.union(heard_of), role=RoleInTask.LEAD)


def assigned(scope: Scope) -> QuerySet[Obligation]:
    """The lead's part of each task that units within reach have assigned."""
    rows = _all(scope).filter(role=RoleInTask.LEAD)
    if holds_root(scope, Permission.TASK_READ):
        return rows
    return rows.filter(rows.keyed(within(scope, Permission.TASK_READ, "creditor")))


def _may(permission: Permission) -> Callable[[Scope], bool]:
    return lambda scope: scope.holds_anywhere(permission)


VIEWS = {
    view.code: view
    for view in (
        View("mine", _("Mine"), mine, _may(Permission.TASK_ANSWER)),
        View("unit", _("My unit"), of_unit, _may(Permission.TASK_ANSWER)),
        View("followed", _("I follow"), followed, _may(Permission.TASK_VERIFY)),
        View("check", _("Awaiting check"), to_check, _may(Permission.TASK_VERIFY)),
        View("all", _("All"), assigned, _may(Permission.TASK_READ)),
        View("parts", _("All parts"), counted, _may(Permission.TASK_READ)),
    )
}


def _week(scope: Scope) -> Q:
    monday = scope.today - datetime.timedelta(days=scope.today.weekday())
    return Q(due_on__range=(monday, monday + datetime.timedelta(days=6)), state__in=OPEN_STATES)


CHIPS: dict[str, tuple[object, Callable[[Scope], Q]]] = {
    "open": (_("Open"), lambda _scope: Q(state__in=OPEN_STATES)),
    "week": (_("This week"), _week),
    "unseen": (_("Not opened"), lambda _scope: Q(state=ObligationState.ISSUED)),
    "blocked": (_("Blocked"), lambda _scope: Q(is_blocked=True, state__in=OPEN_STATES)),
    "extended": (_("Extended"), lambda _scope: Q(extended_times__gt=0)),
    "waiting": (_("Awaiting check"), lambda _scope: Q(state=ObligationState.SUBMITTED)),
    "back": (_("More needed"), lambda _scope: Q(state=ObligationState.MORE_NEEDED)),
    "key": (_("Key tasks"), lambda _scope: Q(task__is_key=True)),
} | {
    which.value: (which.label, lambda scope, which=which: timeliness.condition(which, scope.today))
    for which in Timeliness
}


def offered_views(scope: Scope) -> list[View]:
    """Return the tabs for `scope`, in order."""
    return [view for view in VIEWS.values() if view.offered(scope)]


def filtered(rows: QuerySet[Obligation], scope: Scope, chips: list[str]) -> QuerySet[Obligation]:
    """Narrow `rows` by the chips named; unknown names are passed over."""
    for chip in chips:
        if chip in CHIPS:
            rows = rows.filter(CHIPS[chip][1](scope))
    return rows


def with_facts(rows: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """Fetch with each part what a row shows."""
    return rows.select_related("task__source_document", "handler").defer(
        "task__method", "task__local_note", "task__source_document__summary", "task__source_document__note"
    )

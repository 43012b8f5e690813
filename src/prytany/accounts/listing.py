"""The administrator's list of people with the state of their accounts."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from prytany.accounts.models import SignInSlip, SignInSlipQuerySet, User
from prytany.accounts.people import manageable_people
from prytany.core import clock
from prytany.core.fold import fold
from prytany.core.lists import Filter
from prytany.core.scope import Scope
from prytany.organisation.models import Appointment, Hierarchy, Person, UnitLink, UnitName
from prytany.organisation.names import unit_labels

ORDER = {"": (pgettext_lazy("order of a list", "By name"), ("sort_key", "pk"))}


class State(StrEnum):
    """How an account stands."""

    NONE = "none"
    SLIP = "slip"
    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"


class Look(NamedTuple):
    """How a state is shown."""

    icon: str
    word: Any


LOOKS: dict[State, Look] = {
    State.NONE: Look(icon="person-dash", word=pgettext_lazy("account", "No account")),
    State.SLIP: Look(icon="ticket-perforated", word=pgettext_lazy("account", "Slip not used yet")),
    State.WAITING: Look(icon="person-exclamation", word=pgettext_lazy("account", "No password")),
    State.OPEN: Look(icon="person-check", word=pgettext_lazy("account", "In use")),
    State.CLOSED: Look(icon="person-x", word=pgettext_lazy("account", "Closed")),
}


def people_list(scope: Scope) -> QuerySet[Person]:
    """Return the people whose accounts `scope` manages, with what the list shows of their accounts."""
    users = User.objects.filter(person=OuterRef("pk"))
    slips = SignInSlip.objects.open(clock.now()).filter(user__person=OuterRef("pk"))
    factors = Authenticator.objects.filter(
        user__person=OuterRef("pk"), type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    )
    return manageable_people(scope).annotate(
        username=Subquery(users.values("username")[:1]),
        account_open=Subquery(users.values("is_active")[:1]),
        secret=Subquery(users.values("password")[:1]),
        last_login=Subquery(users.values("last_login")[:1]),
        slip_until=Subquery(slips.order_by("-expires_at").values("expires_at")[:1]),
        has_factor=Exists(factors),
    )


def state_of(row: Any) -> State:
    """Return the state of the account in a row of `people_list`."""
    if row.username is None:
        return State.NONE
    if not row.account_open:
        return State.CLOSED
    if row.slip_until is not None:
        return State.SLIP
    return State.WAITING if row.secret.startswith("!") else State.OPEN


_NO_PASSWORD = Q(secret__startswith="!")  # noqa: S106 - how Django marks an account without a password
_STATES: dict[State, Q] = {
    State.NONE: Q(username=None),
    State.CLOSED: Q(account_open=False),
    State.SLIP: Q(account_open=True, slip_until__isnull=False),
    State.WAITING: Q(account_open=True, slip_until=None) & _NO_PASSWORD,
    State.OPEN: Q(account_open=True, slip_until=None) & ~_NO_PASSWORD,
}


def filters(scope: Scope) -> list[Filter]:
    """Return how the list is narrowed."""

    def by_state(_rows: QuerySet[Any], value: str) -> Q:
        return _STATES[State(value)]

    def by_text(_rows: QuerySet[Any], value: str) -> Q:
        condition = Q()
        for word in fold(value).split():
            condition &= Q(folded__contains=word) | Q(username__contains=word) | Q(pk__in=_in_units(scope, word))
        return condition

    def by_unit(_rows: QuerySet[Any], value: str) -> Q:
        return Q(pk__in=_below(scope, value))

    return [
        Filter("state", _("Account"), by_state, choices=[(state.value, look.word) for state, look in LOOKS.items()]),
        Filter("q", _("Person, unit or sign-in name"), by_text),
        Filter("unit", _("Unit"), by_unit),
        Filter("factor", _("Without second factor"), Q(has_factor=False, account_open=True), flag=True),
    ]


def without_slip(scope: Scope) -> QuerySet[Any]:
    """Return the people whose accounts wait for their first password, and for a slip."""
    return people_list(scope).filter(_STATES[State.WAITING])


def _below(scope: Scope, unit_uid: str) -> QuerySet[Any]:
    """Return people with a post today in a unit or below it."""
    below = UnitLink.objects.on(scope.today).filter(hierarchy=Hierarchy.LINE, ancestor__uid=UUID(unit_uid))
    held = Appointment.objects.on(scope.today).filter(post__unit__in=below.values("descendant"))
    return held.values("person")


def slips_of_unit(scope: Scope, slips: SignInSlipQuerySet, unit_uid: str) -> SignInSlipQuerySet:
    """Return those of `slips` whose people have a post today in a unit or below it; none for a damaged address."""
    try:
        return slips.filter(user__person__in=_below(scope, unit_uid))
    except ValueError:
        return slips.none()


def _in_units(scope: Scope, word: str) -> QuerySet[Any]:
    """Return people with a post today in a unit whose name holds `word`."""
    named = UnitName.objects.filter(folded__contains=word, version__unit__root_id=scope.root_id)
    held = Appointment.objects.on(scope.today).filter(post__unit__in=named.values("version__unit"))
    return held.values("person")


def complete(scope: Scope, rows: Iterable[Any]) -> list[Any]:
    """Set on each row its state with word and icon, and its posts with units; two queries for all."""
    rows = list(rows)
    held = Appointment.objects.on(scope.today).filter(person__in=[row.pk for row in rows]).select_related("post")
    appointments = list(held.order_by("valid_from", "pk"))
    labels = unit_labels([one.post.unit_id for one in appointments])
    by_person: dict[int, list[tuple[str, str]]] = {}
    for one in appointments:
        unit = labels[one.post.unit_id].name if one.post.unit_id in labels else ""
        by_person.setdefault(one.person_id, []).append((one.post.title, unit))
    for row in rows:
        state = state_of(row)
        row.state, row.look = state.value, LOOKS[state]
        row.posts_held = by_person.get(row.pk, [])
    return rows

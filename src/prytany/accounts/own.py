"""What belongs to the person who is signed in: for the pages of My account."""

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest

from prytany.accounts.devices import describe, device_of
from prytany.accounts.models import User
from prytany.core.scope import Scope
from prytany.organisation.models import Appointment, Person, Substitution
from prytany.organisation.names import unit_labels


@dataclass(frozen=True, slots=True)
class Session:
    """One browser in which a person is signed in."""

    browser: str
    address: str
    since: Any
    current: bool


@dataclass(frozen=True, slots=True)
class Factors:
    """The second factors of an account."""

    app: Authenticator | None
    passkeys: list[Authenticator]
    codes_left: int

    @property
    def any(self) -> bool:
        """Whether there is a second factor at all."""
        return self.app is not None or bool(self.passkeys)


def account_of(request: HttpRequest) -> User:
    """Return the account that is signed in; PermissionDenied for a visitor, whom the middleware lets nowhere near."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def person_of(request: HttpRequest) -> Person:
    """Return the person who is signed in."""
    person = account_of(request).person
    if person is None:
        raise PermissionDenied
    return person


def sessions_of(request: HttpRequest, user: User) -> list[Session]:
    """Return where `user` is signed in, this browser first."""
    rows = UserSession.objects.purge_and_list(user)
    here = request.session.session_key
    found = [
        Session(describe(row.user_agent), row.ip, row.created_at, row.session_key == here)
        for row in sorted(rows, key=lambda row: row.created_at, reverse=True)
    ]
    return sorted(found, key=lambda session: not session.current)


def factors_of(user: User) -> Factors:
    """Return the second factors of `user`."""
    rows = list(Authenticator.objects.filter(user=user).order_by("pk"))
    codes = next((row for row in rows if row.type == Authenticator.Type.RECOVERY_CODES), None)
    return Factors(
        app=next((row for row in rows if row.type == Authenticator.Type.TOTP), None),
        passkeys=[row for row in rows if row.type == Authenticator.Type.WEBAUTHN],
        codes_left=len(codes.wrap().get_unused_codes()) if codes else 0,
    )


def trusted_here(request: HttpRequest, user: User) -> int | None:
    """Return the key of the trusted device that this browser is, or None."""
    device = device_of(request, user)
    return device.pk if device else None


def absences_of(scope: Scope) -> QuerySet[Substitution]:
    """Return one's own absences, running or to come."""
    rows = Substitution.objects.filter(absent__person_id=scope.person_id, withdrawn_at=None, valid_to__gt=scope.today)
    return rows.select_related("substitute", "absent__post").order_by("valid_from", "pk")


def posts_of(scope: Scope) -> QuerySet[Appointment]:
    """Return the appointments a person holds today themselves."""
    rows = Appointment.objects.on(scope.today).filter(person_id=scope.person_id)
    return rows.select_related("post__unit").order_by("valid_from", "pk")


def substitutes_for(scope: Scope) -> QuerySet[Person]:
    """Return who may stand in: everybody else who holds a post of the same office today."""
    held = Appointment.objects.on(scope.today).filter(post__unit__root_id=scope.root_id)
    return Person.objects.filter(pk__in=held.values("person")).exclude(pk=scope.person_id).order_by("sort_key", "pk")


def notes_about(scope: Scope, people: list[Person]) -> dict[int, str]:
    """Return post and unit of each of `people`, by key, for telling namesakes apart."""
    held = Appointment.objects.on(scope.today).filter(person__in=people, post__unit__root_id=scope.root_id)
    rows = list(held.select_related("post").order_by("-valid_from"))
    labels = unit_labels([row.post.unit_id for row in rows])
    return {
        row.person_id: f"{row.post.title}, {labels[row.post.unit_id].name}"
        for row in rows
        if row.post.unit_id in labels
    }

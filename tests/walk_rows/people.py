"""Rows of people and accounts: personal ones, administration, the log."""

import datetime
from typing import Any

from allauth.mfa.models import Authenticator

from prytany.accounts.models import Clearance, NeedToKnow, SignInSlip, User
from prytany.accounts.scopes import scope_of
from prytany.accounts.services.api_tokens import create_token
from prytany.accounts.services.devices import trust_device
from prytany.audit.models import AuditEvent
from prytany.core import clock, levels
from prytany.notifications.models import Notice
from prytany.organisation.models import Person, Substitution
from prytany.organisation.tests.factories import SINCE, AppointmentFactory
from tests.walk_rows.case import Case, row


def _somebody(case: Case) -> Person:
    """Return a person with an account who holds a post in the row's unit."""
    appointment = AppointmentFactory(post__unit=case.unit, post__role="specialist", person__name="Người trong hàng")
    User.objects.create(username=f"row.{appointment.pk}", person=appointment.person, password="!")
    return appointment.person


@row("person")
def person(case: Case) -> dict[str, Any]:
    return {"uid": _somebody(case).uid}


@row("clearance")
def clearance(case: Case) -> dict[str, Any]:
    row = Clearance.objects.create(person=_somebody(case), level=levels.SECRET, basis="QĐ", valid_from=SINCE)
    return {"uid": row.uid}


@row("need")
def need(case: Case) -> dict[str, Any]:
    row = NeedToKnow.objects.create(
        person=_somebody(case),
        target_kind="document",
        target_uid=case.unit.uid,
        level=levels.SECRET,
        reason="Thụ lý",
        valid_from=SINCE,
    )
    return {"uid": row.uid}


@row("slip")
def slip(case: Case) -> dict[str, Any]:
    now = clock.now()
    user = User.objects.get(person=_somebody(case))
    SignInSlip.objects.create(user=user, digest=str(user.pk), created_at=now, expires_at=now + datetime.timedelta(1))
    return {}


@row("event")
def event(case: Case) -> dict[str, Any]:
    root = case.unit.root_id
    return {"uid": AuditEvent.objects.create(at=clock.now(), action="unit.change", root_id=root, channel="web").uid}


@row("logged_person")
def logged_person(case: Case) -> dict[str, Any]:
    somebody = _somebody(case)
    AuditEvent.objects.create(
        at=clock.now(), action="unit.change", root_id=case.unit.root_id, channel="web", actor_uid=somebody.uid
    )
    return {"uid": somebody.uid}


@row("absence", personal=True)
def absence(case: Case) -> dict[str, Any]:
    today = clock.today()
    row = Substitution.objects.create(
        absent=case.holder,
        substitute=case.world.person("deputy"),
        valid_from=today + datetime.timedelta(5),
        valid_to=today + datetime.timedelta(9),
    )
    return {"uid": row.uid}


@row("device", personal=True)
def device(case: Case) -> dict[str, Any]:
    scope = scope_of(case.holder)
    row, _token = trust_device(scope=scope, user=case.holder.person.user, days=3, label="Firefox")
    return {"uid": row.uid}


@row("token", personal=True)
def token(case: Case) -> dict[str, Any]:
    scope = scope_of(case.holder)
    held = [permission.value for permission in scope.grants][:1]
    row, _key = create_token(scope=scope, appointment=case.holder, name="x", permissions=held, expires_on=scope.today)
    return {"uid": row.uid}


@row("own_appointment", personal=True)
def own_appointment(case: Case) -> dict[str, Any]:
    return {"data": {"appointment": str(case.holder.uid)}}


@row("notice", personal=True)
def notice(case: Case) -> dict[str, Any]:
    row = Notice.objects.create(
        person=case.holder.person, act=case.unit.uid, kind="tasks_assigned", params={}, created_at=clock.now()
    )
    return {"uid": row.uid}


@row("passkey", personal=True)
def passkey(case: Case) -> dict[str, Any]:
    made = Authenticator.objects.create(
        user=case.holder.person.user, type=Authenticator.Type.WEBAUTHN, data={"name": "Khóa", "credential": {}}
    )
    return {"pk": made.pk}

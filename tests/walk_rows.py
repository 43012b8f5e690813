"""Rows for the walk over every address: one of each kind, belonging to a unit that the walk names.

A maker gets a Case and returns the arguments of the address, and under "data" what a POST has to carry. `place` is
"own" (the unit of the one who asks, or that very person for personal rows), "other" (another unit of the same office)
or "foreign" (another office).
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator

from prytany.accounts.models import Clearance, NeedToKnow, SignInSlip, User
from prytany.accounts.scopes import scope_of
from prytany.accounts.services.api_tokens import create_token
from prytany.accounts.services.devices import trust_device
from prytany.accounts.tests.world import World
from prytany.audit.models import AuditEvent
from prytany.core import clock, levels
from prytany.documents.tests.papers import enter
from prytany.notifications.models import Notice
from prytany.organisation.models import Appointment, Person, Substitution, Unit
from prytany.organisation.tests.factories import SINCE, AppointmentFactory
from prytany.work.models import HandOver, Obligation, Task
from prytany.work.tests.factories import make_task


@dataclass(frozen=True)
class Case:
    """Who asks, and to whom the row shall belong."""

    world: World
    actor: Appointment
    place: str

    @property
    def unit(self) -> Unit:
        """The unit of the row."""
        if self.place == "foreign":
            return self.world.units["elsewhere"]
        if self.place == "own":
            return self.actor.post.unit
        return self.world.units["works"]

    @property
    def holder(self) -> Appointment:
        """Whose a personal row is."""
        if self.place == "own":
            return self.actor
        return self.world.posts["stranger"] if self.place == "foreign" else self.world.posts["works_head"]


Maker = Callable[[Case], dict[str, Any]]
MAKERS: dict[str, Maker] = {}


def row(name: str) -> Callable[[Maker], Maker]:
    """Register the maker of a kind of row."""

    def register(maker: Maker) -> Maker:
        MAKERS[name] = maker
        return maker

    return register


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


@row("explained_unit")
def explained_unit(case: Case) -> dict[str, Any]:
    return {"kind": "unit", "uid": case.unit.uid}


@row("unit")
def unit(case: Case) -> dict[str, Any]:
    return {"uid": case.unit.uid}


@row("absence")
def absence(case: Case) -> dict[str, Any]:
    today = clock.today()
    row = Substitution.objects.create(
        absent=case.holder,
        substitute=case.world.person("deputy"),
        valid_from=today + datetime.timedelta(5),
        valid_to=today + datetime.timedelta(9),
    )
    return {"uid": row.uid}


@row("device")
def device(case: Case) -> dict[str, Any]:
    scope = scope_of(case.holder)
    row, _token = trust_device(scope=scope, user=case.holder.person.user, days=3, label="Firefox")
    return {"uid": row.uid}


@row("token")
def token(case: Case) -> dict[str, Any]:
    scope = scope_of(case.holder)
    held = [permission.value for permission in scope.grants][:1]
    row, _key = create_token(scope=scope, appointment=case.holder, name="x", permissions=held, expires_on=scope.today)
    return {"uid": row.uid}


@row("own_appointment")
def own_appointment(case: Case) -> dict[str, Any]:
    return {"data": {"appointment": str(case.holder.uid)}}


@row("notice")
def notice(case: Case) -> dict[str, Any]:
    row = Notice.objects.create(
        person=case.holder.person, act=case.unit.uid, kind="tasks_assigned", params={}, created_at=clock.now()
    )
    return {"uid": row.uid}


def _task(case: Case) -> Task:
    """Return an issued task whose only part is that of the row's unit; a foreign one lies in the other office whole."""
    task = make_task(case.world, [case.unit])
    if case.place == "foreign":
        moved = {"root": case.unit, "assigner_unit": case.unit, "assigner_post": case.world.posts["stranger"].post}
        people = {name: case.world.person("stranger") for name in ("assigner", "created_by", "follower")}
        Task.objects.filter(pk=task.pk).update(**moved, **people)
        Obligation.objects.filter(task=task).update(root=case.unit, creditor=case.unit)
    return task


@row("task")
def task(case: Case) -> dict[str, Any]:
    return {"uid": _task(case).uid}


@row("part")
def part(case: Case) -> dict[str, Any]:
    return {"uid": _task(case).obligations.get().uid}


def _entry(case: Case) -> Any:
    clerk = "clerk"
    if case.place == "foreign":
        appointment = AppointmentFactory(post__unit=case.unit, post__role="registry_clerk")
        return enter(scope_of(appointment), case.unit)
    return enter(case.world.scope(clerk), case.unit)


@row("document")
def document(case: Case) -> dict[str, Any]:
    return {"uid": _entry(case).document.uid}


@row("entry")
def entry(case: Case) -> dict[str, Any]:
    return {"uid": _entry(case).uid}


@row("passkey")
def passkey(case: Case) -> dict[str, Any]:
    made = Authenticator.objects.create(
        user=case.holder.person.user, type=Authenticator.Type.WEBAUTHN, data={"name": "Khóa", "credential": {}}
    )
    return {"pk": made.pk}


@row("hand_over")
def hand_over(case: Case) -> dict[str, Any]:
    """What somebody who held the post of the row's holder left."""
    held = case.holder.post
    left = AppointmentFactory(post=held, person__name="Người trước", valid_from=SINCE, valid_to=clock.today())
    row = HandOver.objects.create(outgoing=left, post=held, root_id=held.unit.root_id, prepared_at=clock.now())
    return {"uid": row.uid, "data": {"all": "1"}}


@row("own_hand_over")
def own_hand_over(case: Case) -> dict[str, Any]:
    """What the row's holder is handing over."""
    held = case.holder
    row = HandOver.objects.create(outgoing=held, post=held.post, root_id=held.post.unit.root_id)
    return {"uid": row.uid, "data": {"note": "x"}}


@row("list")
def a_list(case: Case) -> dict[str, Any]:
    """A list whose columns can be chosen; it belongs to nobody."""
    return {"name": "tasks"}

"""Building a Scope from a person's appointment: the only place where rights are made."""

import datetime
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import Aggregate, CharField, Exists, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from prytany.accounts.models import Clearance, NeedToKnow, Preference
from prytany.core import clock, levels
from prytany.core.models import valid_on
from prytany.core.permissions import Permission
from prytany.core.prepared import Prepared
from prytany.core.scope import Reach, Scope
from prytany.organisation.models import Appointment, Hierarchy, Person, PostCharge, Substitution, UnitLink, UnitRelation
from prytany.organisation.roles import ROLES, Over

# What a substitute with reading rights only keeps.
READING = frozenset({Permission.TASK_READ, Permission.DOCUMENT_READ})


class Joined(Aggregate):
    """The values of a group as one text, separated by commas."""

    function = "GROUP_CONCAT"
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Write it as PostgreSQL does."""
        template = "STRING_AGG(%(expressions)s::text, ',')"
        return self.as_sql(compiler, connection, template=template, **extra)


def appointments_of(person: Person, today: datetime.date | None = None) -> QuerySet[Appointment]:
    """Return the appointments from which `person` may act on `today`: their own, then those they stand in for.

    Each carries `served_id` (the body its unit, or the nearest unit above, serves), `cleared_to` (the person's
    clearance), `charge_ids` (units in the post's charge), `above_ids` (its unit and those above it in the line),
    `substitution_extent` (None for the person's own) and `keys_off` (whether the person switched single-letter keys
    off: the frame of every page asks).
    """
    today = today or clock.today()
    served = (
        UnitRelation.objects.on(today)
        .filter(hierarchy=Hierarchy.SERVES, unit__links_down__descendant=OuterRef("post__unit"))
        .filter(valid_on(today, "unit__links_down__"), unit__links_down__hierarchy=Hierarchy.LINE)
        .order_by("unit__links_down__depth")
        .values("parent_id")[:1]
    )
    cleared = (
        Clearance.objects.on(today)
        .filter(person=person)
        .order_by()
        .values("person")
        .annotate(top=Max("level"))
        .values("top")
    )
    charges = PostCharge.objects.filter(post=OuterRef("post")).order_by().values("post")
    above = UnitLink.objects.on(today).filter(hierarchy=Hierarchy.LINE, descendant=OuterRef("post__unit"))
    standing_in = _substitutions(person, today)
    # Two lists of keys, each read from its index: a join with either condition would read all appointments.
    theirs = Appointment.objects.filter(person=person).order_by()
    return (
        Appointment.objects.on(today)
        .filter(valid_on(today, "post__"))
        .filter(Q(pk__in=theirs.values("pk")) | Q(pk__in=standing_in.order_by().values("absent_id")))
        .annotate(
            served_id=Subquery(served),
            cleared_to=Coalesce(Subquery(cleared), Value(0), output_field=IntegerField()),
            keys_off=Exists(Preference.objects.filter(person=person, key="shortcuts", value=False)),
            charge_ids=Subquery(charges.annotate(ids=Joined("unit")).values("ids")),
            above_ids=Subquery(above.order_by().values("descendant").annotate(ids=Joined("ancestor")).values("ids")),
            substitution_extent=Subquery(standing_in.filter(absent=OuterRef("pk")).values("extent")[:1]),
        )
        .select_related("post__unit", "person")
        .order_by(F("substitution_extent").asc(nulls_first=True), "kind", "valid_from", "pk")
    )


_acting: Prepared[Appointment] = Prepared(lambda person, today: appointments_of(Person(pk=person), today))


def acting_appointments(person_id: int, today: datetime.date | None = None) -> list[Appointment]:
    """Return what `appointments_of` does, for every request: the statement is not put together each time."""
    return _acting(person_id, today or clock.today())


def _substitutions(person: Person, today: datetime.date) -> QuerySet:
    return Substitution.objects.on(today).filter(substitute=person, withdrawn_at=None)


def scope_of(
    appointment: Appointment,
    *,
    person: Person | None = None,
    channel: str = "web",
    request_id: str = "",
    language: str = "",
    permissions: Sequence[str] | None = None,
    today: datetime.date | None = None,
) -> Scope:
    """Return the Scope of `person` (default: the holder) acting from `appointment`.

    An appointment that did not come from `appointments_of` is looked up again. `permissions` narrows a token's scope.
    An appointment that is not in force today gives a scope without any right.
    """
    today = today or clock.today()
    person = person or appointment.person
    if not hasattr(appointment, "served_id"):
        found = appointments_of(person, today).filter(pk=appointment.pk).first()
        if found is None:
            return empty_scope(person, channel=channel, request_id=request_id, language=language, today=today)
        appointment = found
    post = appointment.post
    substitute = appointment.person_id != person.pk
    reading_only = substitute and appointment.substitution_extent == "read"
    places = {
        Over.OWN: Reach(post.unit_id, False),
        Over.BELOW: Reach(post.unit_id, True),
        Over.SERVED: Reach(appointment.served_id or post.unit_id, True),
    }
    grants: dict[Permission, tuple[Reach, ...]] = {}
    for permission, over in ROLES[post.role].permissions.items():
        if reading_only and permission not in READING:
            continue
        if permissions is not None and permission.value not in permissions:
            continue
        grants[permission] = (places[over],)
    return Scope(
        person_id=person.pk,
        person_uid=person.uid,
        appointment_id=appointment.pk,
        post_id=post.pk,
        post_uid=post.uid,
        unit_id=post.unit_id,
        root_id=post.unit.root_id or post.unit_id,
        role=post.role,
        grants=MappingProxyType(grants),
        clearance=max(appointment.cleared_to, levels.INTERNAL),
        need_to_know=_needs(person, today) if levels.is_secret(appointment.cleared_to) else frozenset(),
        charge_unit_ids=_numbers(appointment.charge_ids),
        acting_for=appointment.uid if substitute else None,
        channel=channel,
        request_id=request_id,
        language=language or person.language or "vi",
        today=today,
        memo={
            "keys_off": appointment.keys_off,
            ("ancestors", post.unit_id): _numbers(appointment.above_ids),
        },
    )


def _numbers(joined: str | None) -> frozenset[int]:
    """Return the keys of a group that `Joined` made one text of."""
    return frozenset(int(text) for text in (joined or "").split(",") if text)


def _needs(person: Person, today: datetime.date) -> frozenset[UUID]:
    return frozenset(NeedToKnow.objects.on(today).filter(person=person).values_list("target_uid", flat=True))


def empty_scope(
    person: Person,
    *,
    channel: str = "web",
    request_id: str = "",
    language: str = "",
    today: datetime.date | None = None,
) -> Scope:
    """Return the scope of a person without any appointment: it sees and may nothing."""
    return Scope(
        person_id=person.pk,
        person_uid=person.uid,
        appointment_id=None,
        post_id=None,
        post_uid=None,
        unit_id=None,
        root_id=None,
        channel=channel,
        request_id=request_id,
        language=language or person.language or "vi",
        today=today or clock.today(),
    )


def root_of(person: Person) -> int | None:
    """Return the root in which `person` holds, or last held, a post: where the log of their account belongs."""
    latest = Appointment.objects.filter(person=person).order_by(F("valid_to").desc(nulls_first=True), "-valid_from")
    root: int | None = latest.values_list("post__unit__root_id", flat=True).first()
    return root


def system_scope(root_id: int | None, *, channel: str = "job") -> Scope:
    """Return the scope under which scheduled jobs write to the log: no person, no rights."""
    return Scope(
        person_id=0,
        person_uid=UUID(int=0),
        appointment_id=None,
        post_id=None,
        post_uid=None,
        unit_id=None,
        root_id=root_id,
        channel=channel,
        today=clock.today(),
    )

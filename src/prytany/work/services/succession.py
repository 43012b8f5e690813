"""Open work follows what becomes of units: the one heir of an abolished unit answers for it, the owner stays.

Several heirs, or none, are for a person to decide: the assigner is told. Source: domain rules 9 (open tasks move to the
successor by a logged hand-over; figures can be shown as at then and as at now).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.db.models import F, QuerySet

from prytany.accounts.scopes import system_scope
from prytany.audit.recording import record_many
from prytany.core.scope import Scope
from prytany.organisation.models import Appointment, Unit
from prytany.organisation.succession import successors_on
from prytany.work import history, news
from prytany.work.models import EventKind, Obligation, ObligationEvent, StandingDuty
from prytany.work.models.states import OPEN_STATES
from prytany.work.services.recurrence import standing_for

# The question who answers is asked once for a part and holder, however often the job runs.
NAMESPACE = UUID("b1c7c6c0-7c1e-4b59-9f0e-0c6a3f0f6f5d")
BY = "succession"


@transaction.atomic
def follow_units(root_id: int, unit_ids: Collection[int] | None = None) -> int:
    """Give the open parts of abolished units to their heirs, and back where an act was undone; return how many.

    `unit_ids` narrows it to units that were touched. Runs twice without harm.
    """
    scope = system_scope(root_id)
    units = Unit.objects.filter(root_id=root_id)
    if unit_ids is not None:
        units = units.filter(pk__in=unit_ids)
    living = Unit.objects.existing_on(scope.today)
    gone = set(units.exclude(pk__in=living.values("pk")).values_list("pk", flat=True))
    moved = _give_back(scope, units.filter(pk__in=living.values("pk")))
    _ask_for_duties(scope)
    return moved + (_pass_on(scope, gone) if gone else 0)


def _open() -> QuerySet[Obligation]:
    return Obligation.objects.filter(state__in=OPEN_STATES).select_related("task").order_by("pk")


def _pass_on(scope: Scope, gone: set[int]) -> int:
    by_heirs: dict[tuple[int, ...], list[Obligation]] = defaultdict(list)
    heirs = successors_on(gone, scope.today)
    for part in _open().filter(holder_id__in=gone).select_for_update(of=("self",)):
        by_heirs[tuple(sorted(heirs[part.holder_id]))].append(part)
    moved = 0
    for found, parts in by_heirs.items():
        if len(found) == 1:
            _move(scope, parts, found[0])
            moved += len(parts)
        else:
            _ask(scope, parts)
    return moved


def _give_back(scope: Scope, owners: QuerySet[Unit]) -> int:
    """Give parts back to owners that live again: those that went to an heir by themselves, not by a person's act."""
    away = _open().filter(owner__in=owners).exclude(holder=F("owner")).select_for_update(of=("self",))
    by_owner: dict[int, list[Obligation]] = defaultdict(list)
    for part in away:
        last = part.events.filter(kind=EventKind.HANDED_OVER).order_by("-id").first()
        if last is not None and last.data.get("by") == BY:
            by_owner[part.owner_id].append(part)
    for owner, parts in by_owner.items():
        _move(scope, parts, owner)
    return sum(len(parts) for parts in by_owner.values())


def _move(scope: Scope, parts: list[Obligation], to: int) -> None:
    """Let the unit `to` answer; a handler stays who holds a post there."""
    act, unit = uuid4(), Unit.objects.get(pk=to)
    posts = Appointment.objects.on(scope.today).filter(post__unit__links_up__ancestor=unit)
    staff = set(posts.values_list("person_id", flat=True))
    data = {"to": str(unit.uid), "by": BY}
    kept = [part for part in parts if part.handler_id in staff]
    others = [part for part in parts if part.handler_id not in staff]
    history.apply_many(scope, kept, EventKind.HANDED_OVER, act, data=data, holder=unit)
    history.apply_many(scope, others, EventKind.HANDED_OVER, act, data=data, holder=unit, handler=None)
    record_many(scope, action="part.hand_over", targets=parts, data=data)
    news.parts_reminded(scope, parts, act, "parts_handed_over")


def _ask(scope: Scope, parts: Iterable[Obligation]) -> None:
    """Tell once who has to decide that these parts lie with a unit that is no more."""
    for part in parts:
        act = uuid5(NAMESPACE, f"{part.uid}:{part.holder_id}")
        if not ObligationEvent.objects.filter(act=act).exists():
            event = history.event_of(scope, part, EventKind.ESCALATED, act, data={"rung": "unit_gone"})
            event.save()
            news.decision_asked(scope, part, event, "part_without_unit")


def _ask_for_duties(scope: Scope) -> None:
    """Tell once who set a recurring duty up that its lead is no more and has no single heir."""
    duties = list(StandingDuty.objects.filter(root_id=scope.root_id, stopped_at=None).order_by("pk"))
    standing = standing_for(duties, scope.today) if duties else {}
    for duty in duties:
        lead = duty.pattern["lead"]
        if len(standing.get(lead, [])) != 1:
            news.duty_without_unit(scope, duty, lead, uuid5(NAMESPACE, f"{duty.uid}:{lead}"))


def follow_all() -> None:
    """Look after every root; for the schedule, since an act may come into force on a later day."""
    for root_id in Unit.objects.filter(root_id__isnull=False).values_list("root_id", flat=True).distinct():
        follow_units(root_id)

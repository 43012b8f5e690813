"""The ladder: who is told before and after a due date, in working days of the calendar (rules `tasks.escalation.*`)."""

import datetime
from collections import Counter
from collections.abc import Iterable
from uuid import UUID, uuid5

from django.db import transaction

from prytany.accounts.scopes import system_scope
from prytany.audit.recording import record_many
from prytany.core import bulk
from prytany.core.scope import Scope
from prytany.notifications.services import notify
from prytany.organisation.models import Appointment, Unit
from prytany.rules.lookup import rule
from prytany.work import history, news
from prytany.work.models import EventKind, Obligation, ObligationEvent
from prytany.work.models.states import OPEN_STATES, ObligationState
from prytany.workdays.calendar import is_working_day, working_days_between

# Acts of the ladder are named by root, day and rung, so that a job that runs twice tells nobody twice.
NAMESPACE = UUID("5f0c2a4e-5f4b-4d0e-9f53-6f4d4b2e7f10")
RUNGS = ("doer", "unit_head", "leader", "office")
EARLIEST, LATEST = datetime.timedelta(days=60), datetime.timedelta(days=30)


def offsets(rung: str, root_id: int, today: datetime.date) -> set[int]:
    """Return on which working days after (negative: before) the due date `rung` is told."""
    days = {int(day) for day in rule(f"tasks.escalation.{rung}", on=today, unit=root_id).value}
    repeat = int(rule("tasks.escalation_repeat_days", on=today, unit=root_id).value)
    last = max(days, default=0)
    if repeat and last > 0:
        days |= set(range(last + repeat, 60, repeat))
    return days


def due_days(rung: str, root_id: int, today: datetime.date) -> list[datetime.date]:
    """Return the due dates for which `rung` is told on `today`."""
    wanted = offsets(rung, root_id, today)
    found = []
    day = today - EARLIEST
    while day <= today + LATEST:
        if _offset(day, today, root_id) in wanted:
            found.append(day)
        day += datetime.timedelta(days=1)
    return found


def _offset(due: datetime.date, today: datetime.date, root_id: int) -> int:
    """Return how many working days `today` lies after `due`; negative before it."""
    if due <= today:
        return working_days_between(due, today, root_id)
    return -working_days_between(today, due, root_id)


def escalate(root_id: int) -> dict[str, int]:
    """Tell each rung of a root what concerns it today; return the number of parts by rung. Safe to run twice.

    Nothing happens on days off. Work that waits for its check is not chased: it is the checker's turn.
    """
    scope = system_scope(root_id)
    if not is_working_day(scope.today, root_id):
        return {}
    return {rung: _tell(scope, rung, root_id) for rung in RUNGS}


@transaction.atomic
def _tell(scope: Scope, rung: str, root_id: int) -> int:
    act = uuid5(NAMESPACE, f"{root_id}:{scope.today}:{rung}")
    if ObligationEvent.objects.filter(act=act).exists():
        return 0
    rows = Obligation.objects.filter(
        root_id=root_id, state__in=OPEN_STATES, due_on__in=due_days(rung, root_id, scope.today)
    ).exclude(state=ObligationState.SUBMITTED)
    parts = list(rows.select_related("task").order_by("pk"))
    if not parts:
        return 0
    people = _people(scope, rung, parts)
    kind = "parts_due" if rung == "doer" else "parts_escalated"
    content = parts[0].task.content[:160] if len(parts) == 1 and parts[0].level == 0 else ""
    notify(scope=scope, act=act, kind=kind, people=people, target=None, params={"content": content} if content else {})
    events = [history.event_of(scope, part, EventKind.ESCALATED, act, data={"rung": rung}) for part in parts]
    bulk.insert(events)
    record_many(scope, action="part.escalate", targets=parts, data={"rung": rung})
    return len(parts)


def _people(scope: Scope, rung: str, parts: Iterable[Obligation]) -> Counter[int]:
    """Return whom the rung tells, with how many parts each."""
    parts = list(parts)
    told: Counter[int] = Counter()
    by_unit = news.receivers(scope, {part.holder_id for part in parts}) if rung in ("doer", "unit_head") else {}
    posts = {part.task.leader_post_id or part.task.assigner_post_id for part in parts} if rung == "leader" else set()
    holders: dict[int | None, list[int]] = {}
    for post_id, person_id in (
        Appointment.objects.on(scope.today).filter(post__in=posts - {None}).values_list("post_id", "person_id")
    ):
        holders.setdefault(post_id, []).append(person_id)
    for part in parts:
        if rung == "doer":
            chosen = [part.handler_id] if part.handler_id else by_unit[part.holder_id]
        elif rung == "unit_head":
            chosen = by_unit[part.holder_id]
        elif rung == "leader":
            chosen = holders.get(part.task.leader_post_id or part.task.assigner_post_id, [])
        else:
            chosen = [part.task.follower_id or part.task.assigner_id or 0]
        for person in {person for person in chosen if person}:
            told[person] += 1
    return told


def escalate_all() -> None:
    """Climb the ladder of every root; for the schedule."""
    for root_id in Unit.objects.filter(root_id__isnull=False).values_list("root_id", flat=True).distinct():
        escalate(root_id)

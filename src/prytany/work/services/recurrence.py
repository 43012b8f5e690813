"""Standing duties: a rule of RFC 5545 that brings a dated task each period."""

import datetime
from collections.abc import Iterable, Mapping

from dateutil.rrule import rrulestr
from django.db import transaction
from django.utils.translation import gettext as _

from prytany.audit.recording import record
from prytany.core import clock
from prytany.core.errors import DomainError
from prytany.core.scope import Scope, authorise
from prytany.organisation.models import Unit
from prytany.organisation.succession import successors_on
from prytany.work import policies
from prytany.work.models import StandingDuty, Task
from prytany.work.services.drafting import Row, draft_task
from prytany.work.services.issuing import issue_task
from prytany.workdays.calendar import add_working_days

RULES = {
    StandingDuty.Preset.WEEKLY: "FREQ=WEEKLY",
    StandingDuty.Preset.MONTHLY: "FREQ=MONTHLY",
    StandingDuty.Preset.QUARTERLY: "FREQ=MONTHLY;INTERVAL=3",
    StandingDuty.Preset.HALF_YEARLY: "FREQ=MONTHLY;INTERVAL=6",
    StandingDuty.Preset.YEARLY: "FREQ=YEARLY",
}
PATTERN_UNITS = ("coordinating", "addressees", "information")


def rule_for(preset: str, first_due: datetime.date) -> str:
    """Return the RFC 5545 rule of a preset; a due date at the end of a month stays at the end of each month."""
    rule = RULES[StandingDuty.Preset(preset)]
    if "MONTHLY" in rule and (first_due + datetime.timedelta(days=1)).day == 1:
        return f"{rule};BYMONTHDAY=-1"
    if "MONTHLY" in rule and first_due.day > 28:
        days = ",".join(str(day) for day in range(28, first_due.day + 1))
        return f"{rule};BYMONTHDAY={days};BYSETPOS=-1"
    return rule


def due_dates(duty: StandingDuty, *, until: datetime.date) -> list[datetime.date]:
    """Return the due dates of a duty after its last instance, up to `until`."""
    start = datetime.datetime.combine(duty.starts_on, datetime.time())
    after = datetime.datetime.combine(duty.last_due_on, datetime.time()) if duty.last_due_on else None
    end = min(until, duty.ends_on) if duty.ends_on else until
    found = []
    for moment in rrulestr(duty.rrule, dtstart=start):
        if moment.date() > end:
            break
        if after is None or moment > after:
            found.append(moment.date())
    return found


@transaction.atomic
def create_duty(
    *,
    scope: Scope,
    unit: Unit,
    row: Row,
    preset: str,
    first_due: datetime.date,
    ends_on: datetime.date | None = None,
    lead_days: int = 10,
) -> StandingDuty:
    """Set up a recurring duty that `unit` assigns; its first instance is due on `first_due`."""
    authorise(policies.can_assign, scope, unit.pk)
    if row.lead is None:
        raise DomainError("lead", _("A recurring duty needs a lead."), {"lead": _("Choose a lead.")})
    pattern = {
        "content": row.content,
        "product": row.product,
        "method": row.method,
        "language": row.language,
        "lead": str(row.lead.uid),
        "due_precision": row.due_precision,
    } | {name: [str(u.uid) for u in getattr(row, name)] for name in PATTERN_UNITS}
    duty = StandingDuty(
        root_id=scope.root_id,
        unit=unit,
        post_id=scope.post_id,
        preset=preset,
        rrule=rule_for(preset, first_due),
        pattern=pattern,
        starts_on=first_due,
        ends_on=ends_on,
        lead_days=lead_days,
        created_by_id=scope.person_id,
    )
    duty.full_clean()
    duty.save()
    record(scope, action="duty.create", target=duty)
    return duty


@transaction.atomic
def stop_duty(*, scope: Scope, duty: StandingDuty) -> StandingDuty:
    """End a recurring duty; instances that exist stay."""
    duty = StandingDuty.objects.select_for_update().get(pk=duty.pk)
    authorise(lambda s, d: policies.can_assign(s, d.unit_id), scope, duty)
    duty.stopped_at = duty.stopped_at or clock.now()
    duty.save(update_fields=["stopped_at"])
    record(scope, action="duty.stop", target=duty)
    return duty


@transaction.atomic
def give_duty(*, scope: Scope, duty: StandingDuty, lead: Unit) -> StandingDuty:
    """Let another unit lead a recurring duty from its next instance on; instances that exist stay."""
    duty = StandingDuty.objects.select_for_update().get(pk=duty.pk)
    authorise(lambda s, d: policies.can_assign(s, d.unit_id), scope, duty)
    if duty.stopped_at:
        raise DomainError("stopped", _("This has ended already."))
    duty.pattern = duty.pattern | {"lead": str(lead.uid)}
    duty.save(update_fields=["pattern"])
    record(scope, action="duty.give", target=duty, data={"lead": str(lead.uid)})
    return duty


def standing_for(duties: Iterable[StandingDuty], on: datetime.date) -> Mapping[str, list[Unit]]:
    """Return for the uid of each unit that `duties` name the units that stand for it on a day; none: dissolved."""
    named = dict(Unit.objects.filter(uid__in={uid for duty in duties for uid in _uids(duty)}).values_list("pk", "uid"))
    heirs = successors_on(named, on)
    units = Unit.objects.in_bulk({pk for found in heirs.values() for pk in found})
    return {str(uid): [units[heir] for heir in heirs.get(pk, ())] for pk, uid in named.items()}


def _uids(duty: StandingDuty) -> list[str]:
    return [duty.pattern["lead"], *(uid for name in PATTERN_UNITS for uid in duty.pattern[name])]


@transaction.atomic
def bring_instances(*, scope: Scope, duty: StandingDuty) -> list[Task]:
    """Issue the instances whose time has come, in the name of the post that set the duty up; runs twice without harm.

    `scope` acts from that post. An instance comes `lead_days` working days before its due date. The heirs of a unit
    that is no more stand for it; DomainError `no_lead` where the lead has none, or several.
    """
    duty = StandingDuty.objects.select_for_update().get(pk=duty.pk)
    if duty.stopped_at:
        return []
    horizon = add_working_days(scope.today, duty.lead_days, duty.unit_id)
    made = []
    for due in due_dates(duty, until=horizon):
        duty.last_due_on = due
        if due < scope.today:
            continue  # the installation was down; a duty that is over is not assigned after the fact
        task = draft_task(scope=scope, unit=duty.unit, row=_row(duty, due, scope.today))
        Task.objects.filter(pk=task.pk).update(duty=duty)
        made.append(issue_task(scope=scope, task=task))
    duty.save(update_fields=["last_due_on"])
    return made


def _row(duty: StandingDuty, due: datetime.date, on: datetime.date) -> Row:
    pattern, standing = duty.pattern, standing_for([duty], on)
    leads = standing.get(pattern["lead"], [])
    if len(leads) != 1:
        raise DomainError("no_lead", _("A recurring duty needs a lead."), {"lead": _("Choose a lead.")})

    def units(name: str) -> list[Unit]:
        return list({unit.pk: unit for uid in pattern[name] for unit in standing.get(uid, [])}.values())

    return Row(
        content=pattern["content"],
        product=pattern["product"],
        method=pattern["method"],
        language=pattern["language"],
        due_on=due,
        due_precision=pattern["due_precision"],
        lead=leads[0],
        coordinating=units("coordinating"),
        addressees=units("addressees"),
        information=units("information"),
    )

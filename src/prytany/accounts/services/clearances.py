"""Clearances and needs to know: with basis and dates, never above one's own, never to oneself."""

import datetime
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from prytany.accounts import policies
from prytany.accounts.models import Clearance, NeedToKnow
from prytany.accounts.scopes import root_of, system_scope
from prytany.accounts.targets import ClassifiedTarget
from prytany.audit.recording import record
from prytany.core import levels
from prytany.core.errors import DomainError
from prytany.core.scope import Scope, authorise
from prytany.organisation.models import Person


def _range(first_day: datetime.date, last_day: datetime.date | None) -> datetime.date | None:
    """Return the day after `last_day`; DomainError if it lies before `first_day`."""
    if last_day is None:
        return None
    if last_day < first_day:
        message = _("The last day lies before the first.")
        raise DomainError("dates_reversed", message, {"last_day": message})
    return last_day + datetime.timedelta(days=1)


def _needs_text(value: str, field: str) -> str:
    value = value.strip()
    if not value:
        message = _("Name the basis, such as the decision and its date.")
        raise DomainError("basis_missing", message, {field: message})
    return value


@transaction.atomic
def grant_clearance(
    *,
    scope: Scope,
    person: Person,
    level: int,
    basis: str,
    first_day: datetime.date,
    last_day: datetime.date | None = None,
) -> Clearance:
    """Let `person` see records up to `level` from day to day; both days included.

    PermissionDenied above the granter's own clearance, to oneself, outside the subtree.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    authorise(policies.can_grant_clearance, scope, person, level)
    return _write_clearance(scope, person, level, basis, first_day, last_day)


@transaction.atomic
def grant_clearance_from_console(
    *, person: Person, level: int, basis: str, first_day: datetime.date, last_day: datetime.date | None = None
) -> Clearance:
    """Grant a clearance from the command line of the machine: the first one, which nobody could grant otherwise."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    scope = replace(system_scope(None, channel="console"), root_id=root_of(person))
    return _write_clearance(scope, person, level, basis, first_day, last_day)


def _write_clearance(
    scope: Scope, person: Person, level: int, basis: str, first_day: datetime.date, last_day: datetime.date | None
) -> Clearance:
    if level not in levels.ALL or level <= levels.INTERNAL:
        message = _("Everybody with a post sees open and internal records; choose a higher level.")
        raise DomainError("level_needs_no_clearance", message, {"level": message})
    clearance = Clearance.objects.create(
        person=person,
        level=level,
        basis=_needs_text(basis, "basis"),
        granted_by_id=scope.person_id or None,
        valid_from=first_day,
        valid_to=_range(first_day, last_day),
    )
    data = {"level": level, "from": first_day.isoformat(), "to": last_day.isoformat() if last_day else ""}
    record(scope, action="clearance.grant", target=person, data={**data, "basis": clearance.basis})
    return clearance


@transaction.atomic
def end_clearance(*, scope: Scope, clearance: Clearance) -> Clearance:
    """End a clearance today; it stays in the record with its dates."""
    clearance = Clearance.objects.select_for_update(of=("self",)).select_related("person").get(pk=clearance.pk)
    authorise(policies.can_end_clearance, scope, clearance.person)
    if clearance.valid_to is not None and clearance.valid_to <= scope.today:
        raise DomainError("clearance_ended", _("This clearance has ended already."))
    clearance.valid_to = max(scope.today, clearance.valid_from)
    clearance.save(update_fields=["valid_to"])
    record(scope, action="clearance.end", target=clearance.person, data={"level": clearance.level})
    return clearance


@transaction.atomic
def grant_need(
    *,
    scope: Scope,
    person: Person,
    target: ClassifiedTarget,
    reason: str,
    first_day: datetime.date,
    last_day: datetime.date | None = None,
) -> NeedToKnow:
    """Let `person` see one classified record, within the person's clearance.

    PermissionDenied unless the granter has the clearance and a need to know the record; DomainError if the person's
    clearance does not reach its level.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    authorise(policies.can_grant_need, scope, target.uid, target.level)
    cleared = Clearance.objects.on(first_day).filter(person=person, level__gte=target.level)
    if not cleared.exists():
        message = _("The clearance of this person does not reach the level of the record.")
        raise DomainError("clearance_too_low", message, {"person": message})
    return _write_need(scope, person, target, _needs_text(reason, "reason"), first_day, _range(first_day, last_day))


@transaction.atomic
def open_need(*, scope: Scope, target: ClassifiedTarget, reason: str) -> NeedToKnow:
    """Give the maker of a classified record its first need to know; for the service that creates the record.

    The caller has authorised the creation; without a clearance that reaches the level it would not have been allowed.
    """
    person = Person.objects.get(pk=scope.person_id)
    return _write_need(scope, person, target, reason, scope.today, None)


def _write_need(
    scope: Scope,
    person: Person,
    target: ClassifiedTarget,
    reason: str,
    first_day: datetime.date,
    valid_to: datetime.date | None,
) -> NeedToKnow:
    need = NeedToKnow.objects.create(
        person=person,
        target_kind=target.kind,
        target_uid=target.uid,
        level=target.level,
        reason=reason,
        granted_by_id=scope.person_id,
        valid_from=first_day,
        valid_to=valid_to,
    )
    data = {"record": str(target.uid), "kind": target.kind, "from": first_day.isoformat()}
    record(scope, action="need.grant", target=person, data=data)
    return need


@transaction.atomic
def end_need(*, scope: Scope, need: NeedToKnow) -> NeedToKnow:
    """End a need to know today."""
    need = NeedToKnow.objects.select_for_update(of=("self",)).select_related("person").get(pk=need.pk)
    authorise(policies.can_end_need, scope, need.person, need.target_uid)
    if need.valid_to is not None and need.valid_to <= scope.today:
        raise DomainError("need_ended", _("This has ended already."))
    need.valid_to = max(scope.today, need.valid_from)
    need.save(update_fields=["valid_to"])
    record(
        scope, action="need.end", target=need.person, data={"record": str(need.target_uid), "kind": need.target_kind}
    )
    return need

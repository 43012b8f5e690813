"""The ledger of numbers: opening a series, giving a number out, reserving, making void, explaining, closing.

Every number is given out under the lock of its series' row and in the transaction of the paper that bears it, so that a
crash leaves either both or neither. No number becomes free again (ADR 13).
"""

import datetime
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from prytany.accounts.scopes import system_scope
from prytany.audit.recording import record
from prytany.core import clock, levels
from prytany.core.errors import DomainError
from prytany.core.scope import Scope, authorise
from prytany.documents import numbering, policies
from prytany.documents.models import Document, LedgerNumber, NumberSeries, RegisterEntry
from prytany.documents.numbering import Issuer, SeriesKey
from prytany.documents.reasons import CLOSED, EXPIRED
from prytany.organisation.models import Person, Unit, UnitVersion
from prytany.organisation.names import unit_labels
from prytany.rules.lookup import NoRule, rule
from prytany.rules.services import keep_version
from prytany.workdays.calendar import add_by

State, Basis, Direction = LedgerNumber.State, LedgerNumber.Basis, RegisterEntry.Direction
# A gap is explained for so many numbers at once.
MOST_EXPLAINED = 1_000


def series_for(unit: Unit, key: SeriesKey, issuer: Issuer) -> QuerySet[NumberSeries]:
    """Return the series of a body under a key, whether it is open yet or not; at most one row."""
    rows = NumberSeries.objects.filter(
        unit=unit,
        direction=key.direction,
        family=key.family,
        period_type=key.period_type,
        period=key.period,
        group=key.group,
        is_secret=key.is_secret,
    )
    if key.direction != Direction.OUT:
        return rows
    # A symbol that was corrected within one version goes on in its series; a version with another symbol does not.
    return rows.filter(Q(issuer_key=issuer.key) | Q(issuer_version=issuer.version)).order_by("pk")


def next_number(unit: Unit, key: SeriesKey, on: datetime.date) -> int:
    """Return the number that would be given out next, without taking it."""
    series = series_for(unit, key, numbering.issuer_on(unit, on)).first()
    return series.next if series else 1


def lock_series(*, unit: Unit, key: SeriesKey, on: datetime.date, issuer: Issuer) -> NumberSeries:
    """Return the series locked, opened if this is its first number; `issuer` is the body as it stood on `on`.

    DomainError `unit_ended` where the body no longer stood on `on`: its numbers are closed, a successor counts from 1.
    """
    _refuse_ended(unit, issuer, on)
    found = series_for(unit, key, issuer).first()
    if found is None:
        found = _open(unit, key, issuer, on)
    return NumberSeries.objects.select_for_update().get(pk=found.pk)


def _refuse_ended(unit: Unit, issuer: Issuer, on: datetime.date) -> None:
    if issuer.ended_on is None:
        return
    label = unit_labels([unit.pk], on=on).get(unit.pk)
    message = _("%(unit)s ended; its numbers are closed. A paper of this date is numbered by its successor.") % {
        "unit": label.name if label else ""
    }
    raise DomainError("unit_ended", message, {"entered_on": message})


def _open(unit: Unit, key: SeriesKey, issuer: Issuer, on: datetime.date) -> NumberSeries:
    outgoing = key.direction == Direction.OUT
    scheme = None
    if outgoing:
        try:
            scheme = keep_version(rule(f"documents.numbering.{key.family}", on=on, unit=unit))
        except NoRule:
            scheme = None
    made, _is_new = NumberSeries.objects.get_or_create(
        unit=unit,
        direction=key.direction,
        issuer_key=issuer.key if outgoing else "",
        family=key.family,
        period_type=key.period_type,
        period=key.period,
        group=key.group,
        is_secret=key.is_secret,
        defaults={
            "root_id": unit.root_id,
            "issuer_version": issuer.version,
            "opened_on": on,
            "rule": scheme,
        },
    )
    made.closed_on = _end_of(made)
    made.save(update_fields=["closed_on"])
    return made


def take_number(
    *,
    scope: Scope,
    series: NumberSeries,
    document: Document,
    number: int | None = None,
    basis: str = "",
    reservation: UUID | None = None,
    joint: bool = False,
) -> LedgerNumber:
    """Give the next number of a locked series to a paper, or the one it bears already.

    `reservation` is the uid of the reserved number to be used; whoever it is reserved for needs not name it. `joint`
    lets a further issuer of a joint paper show the number that the paper has. DomainError `number_taken`,
    `number_reserved`.
    """
    number = number or series.next
    row = series.numbers.select_for_update().filter(number=number).first()
    if row is None:
        given = Basis.SYSTEM if number == series.next else Basis.MANUAL
        row = LedgerNumber.objects.create(
            series=series,
            number=number,
            state=State.USED,
            basis=basis or given,
            document=document,
            taken_by_id=scope.person_id,
        )
        if number > series.last:
            series.last = number
            series.save(update_fields=["last"])
        return row
    if joint and row.state == State.USED and row.document_id == document.pk:
        return row
    _refuse_not_reserved(scope, series, row, reservation)
    row.state, row.document, row.reserved_until = State.USED, document, None
    row.taken_at = clock.now()
    row.save(update_fields=["state", "document", "reserved_until", "taken_at"])
    return row


def _refuse_not_reserved(scope: Scope, series: NumberSeries, row: LedgerNumber, reservation: UUID | None) -> None:
    """Refuse a number that stands in the ledger, unless it is reserved and the caller may use it."""
    if row.state != State.RESERVED or row.expired(clock.today()):
        message = _("Number %(number)s is taken in this register; the next free one is %(free)s.") % {
            "number": row.number,
            "free": series.next,
        }
        raise DomainError("number_taken", message, {"number": message})
    if reservation != row.uid and row.owner_id != scope.person_id:
        message = _("Number %(number)s is reserved for %(person)s; the next free one is %(free)s.") % {
            "number": row.number,
            "person": row.owner.name if row.owner else "",
            "free": series.next,
        }
        raise DomainError("number_reserved", message, {"number": message})


def refuse_kind(*, unit: Unit, direction: str, family: str, kind: str, on: datetime.date, issuer: Issuer) -> None:
    """Raise DomainError `kind_not_issued`, with the basis, where a body may not issue papers of a kind."""
    if direction != Direction.OUT:
        return
    forbidding = numbering.may_issue(family, kind, issuer, unit, on)
    if forbidding is None:
        return
    label = unit_labels([unit.pk], on=on).get(unit.pk)
    message = _("%(unit)s does not issue papers of this kind, so none is numbered (%(basis)s).") % {
        "unit": label.name if label else "",
        "basis": forbidding.legal_basis,
    }
    raise DomainError("kind_not_issued", message, {"kind": message})


@transaction.atomic
def reserve_number(
    *,
    scope: Scope,
    unit: Unit,
    direction: str,
    family: str,
    kind: str,
    owner: Person,
    level: int = levels.OPEN,
    purpose: str = "",
    until: datetime.date | None = None,
    congress: bool = False,
) -> LedgerNumber:
    """Reserve the next number of a series for a person until a day (default: the rule's time).

    PermissionDenied unless the scope keeps the register of the body; DomainError `kind_not_issued`, `unit_ended`,
    `bad_until`, and `secret_level` where the purpose of a secret number is told.
    """
    authorise(lambda s: policies.can_register(s, unit.pk) and policies.can_enter_at(s, level), scope)
    today = clock.today()
    if levels.is_secret(level) and purpose.strip():
        message = _("At this classification only the register line is kept. Leave this empty.")
        raise DomainError("secret_level", message, {"purpose": message})
    issuer = numbering.issuer_on(unit, today)
    refuse_kind(unit=unit, direction=direction, family=family, kind=kind, on=today, issuer=issuer)
    key = numbering.series_key(direction, family=family, kind=kind, level=level, on=today, unit=unit, congress=congress)
    last_day = until or reservation_end(key, today, unit)
    _refuse_until(key, last_day, today)
    series = lock_series(unit=unit, key=key, on=today, issuer=issuer)
    row = LedgerNumber.objects.create(
        series=series,
        number=series.next,
        state=State.RESERVED,
        owner=owner,
        purpose=purpose.strip()[:200],
        reserved_until=last_day,
        taken_by_id=scope.person_id,
    )
    series.last = row.number
    series.save(update_fields=["last"])
    record(scope, action="number.reserve", target=row, data=_told(row) | {"until": last_day.isoformat()})
    return row


def reservation_end(key: SeriesKey, today: datetime.date, unit: Unit) -> datetime.date:
    """Return the last day of a reservation made today: by the rule, within the year of a yearly series."""
    last_day = add_by(rule("documents.reservation_days", on=today, unit=unit), today, unit)
    if key.period_type == NumberSeries.Period.YEAR:
        last_day = min(last_day, datetime.date(today.year, 12, 31))
    return last_day


def _refuse_until(key: SeriesKey, last_day: datetime.date, today: datetime.date) -> None:
    message = ""
    if last_day < today:
        message = _("A number cannot be reserved until a day that has passed.")
    elif key.period_type == NumberSeries.Period.YEAR and last_day.year != today.year:
        message = _("A number of this year can be used until 31 December at the latest.")
    if message:
        raise DomainError("bad_until", message, {"until": message})


@transaction.atomic
def void_number(*, scope: Scope, number: LedgerNumber, reason: str) -> LedgerNumber:
    """Make a reserved number void with a reason; it is never given out again. DomainError `not_reserved`, `empty`.

    A number that a paper bears becomes void with its line (`registration.void_entry`).
    """
    number = LedgerNumber.objects.select_for_update().select_related("series").get(pk=number.pk)
    authorise(policies.can_register, scope, number.series.unit_id)
    reason = _worded(reason)
    if number.state != State.RESERVED:
        raise DomainError("not_reserved", _("Only a reserved number is made void here; a used one with its line."))
    _make_void(number, reason)
    record(scope, action="number.void", target=number, data=_told(number))
    return number


def void_with_line(entry: RegisterEntry, reason: str) -> None:
    """Make the number of a line void, unless another line of a joint paper still shows it."""
    number = LedgerNumber.objects.select_for_update().get(pk=entry.taken_id)
    if not number.entries.filter(voided_at=None).exists():
        _make_void(number, reason)


def _make_void(number: LedgerNumber, reason: str) -> None:
    number.state, number.void_reason, number.voided_at = State.VOID, reason[:300], clock.now()
    number.save(update_fields=["state", "void_reason", "voided_at"])


def _worded(reason: str) -> str:
    reason = " ".join(reason.split())
    if not reason:
        message = _("Say why the number is void.")
        raise DomainError("empty", message, {"reason": message})
    return reason


@transaction.atomic
def explain_gap(*, scope: Scope, series: NumberSeries, first: int, last: int, reason: str) -> int:
    """Enter the numbers from `first` to `last` that the ledger lacks as void with a reason; return how many.

    A number typed from a paper may lie above the next one; those between are missing until entered or explained.
    DomainError `bad_range` outside the numbers of the series, `empty`, `no_gap`.
    """
    series = NumberSeries.objects.select_for_update().get(pk=series.pk)
    authorise(policies.can_register, scope, series.unit_id)
    reason = _worded(reason)
    if not (series.begins_at <= first <= last <= series.last) or last - first >= MOST_EXPLAINED:
        message = _("Give numbers from %(first)s to %(last)s, at most %(most)s at once.") % {
            "first": series.begins_at,
            "last": series.last,
            "most": MOST_EXPLAINED,
        }
        raise DomainError("bad_range", message, {"first": message})
    known = set(series.numbers.filter(number__range=(first, last)).values_list("number", flat=True))
    missing = [number for number in range(first, last + 1) if number not in known]
    if not missing:
        message = _("No number is missing there.")
        raise DomainError("no_gap", message, {"first": message})
    now = clock.now()
    LedgerNumber.objects.bulk_create(
        LedgerNumber(
            series=series,
            number=number,
            state=State.VOID,
            basis=Basis.MANUAL,
            void_reason=reason[:300],
            voided_at=now,
            taken_by_id=scope.person_id,
        )
        for number in missing
    )
    record(scope, action="series.explain", target=series, data={"first": first, "last": last, "count": len(missing)})
    return len(missing)


@transaction.atomic
def begin_series(*, scope: Scope, series: NumberSeries, number: int, basis: str) -> NumberSeries:
    """Let a series begin at a number, those below standing in a book on paper; `basis` names it. DomainError `begun`.

    For the year in which an office leaves its paper book. Possible while no number below stands in the ledger.
    """
    series = NumberSeries.objects.select_for_update().get(pk=series.pk)
    authorise(policies.can_register, scope, series.unit_id)
    basis = " ".join(basis.split())
    if not basis:
        message = _("Name the book on paper or the decision.")
        raise DomainError("empty", message, {"basis": message})
    if number < 1 or series.numbers.filter(number__lt=number).exists():
        message = _("Numbers below %(number)s stand in the ledger already.") % {"number": number}
        raise DomainError("begun", message, {"number": message})
    series.begins_at, series.begins_basis = number, basis[:300]
    series.save(update_fields=["begins_at", "begins_basis"])
    record(scope, action="series.begin", target=series, data={"number": number, "basis": series.begins_basis})
    return series


def expire_reservations() -> int:
    """Make reservations void whose time is over, or whose series is closed; return how many. A scheduled job."""
    today = clock.today()
    over = LedgerNumber.objects.filter(state=State.RESERVED)
    over = over.filter(Q(reserved_until__lt=today) | Q(series__closed_on__lte=today))
    count = 0
    for pk in list(over.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            row = LedgerNumber.objects.select_for_update(of=("self",)).select_related("series").get(pk=pk)
            if row.state != State.RESERVED:
                continue
            _make_void(row, EXPIRED if row.expired(today) else CLOSED)
            record(system_scope(row.series.root_id), action="number.expire", target=row, data=_told(row))
            count += 1
    return count


def follow_units(sender: Any, root_id: int, unit_ids: Iterable[int], **_kwargs: Any) -> None:
    """Close the series of bodies that ended or changed their symbol, and open again what an undone act had closed."""
    for series in NumberSeries.objects.filter(root_id=root_id, unit__in=set(unit_ids)):
        closed_on = _end_of(series)
        if closed_on != series.closed_on:
            series.closed_on = closed_on
            series.save(update_fields=["closed_on"])


def _end_of(series: NumberSeries) -> datetime.date | None:
    """Return the first day on which the body no longer stood as the series has it; None while it stands."""
    versions = list(UnitVersion.objects.filter(unit=series.unit_id).prefetch_related("names").order_by("valid_from"))
    if series.direction == Direction.OUT:
        versions = [
            version
            for version in versions
            if version.pk == series.issuer_version_id or numbering.issuer_key(version.names.all()) == series.issuer_key
        ]
    if not versions:
        return series.opened_on if series.issuer_version_id else None
    return versions[-1].valid_to


def _told(row: LedgerNumber) -> dict[str, object]:
    return {"direction": row.series.direction, "series": row.series.code, "number": row.number}

"""Entering papers in registers, and voiding lines."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from prytany.audit.recording import record
from prytany.core import clock
from prytany.core.errors import DomainError
from prytany.core.fold import fold
from prytany.core.permissions import Permission
from prytany.core.scope import Scope, authorise
from prytany.documents import numbering, policies
from prytany.documents.indexing import index_document
from prytany.documents.models import Document, LedgerNumber, NumberSeries, RegisterEntry
from prytany.documents.services import ledger
from prytany.documents.services.facts import Facts, write_facts
from prytany.files.models import StoredFile
from prytany.files.services import attach, refuse_content
from prytany.organisation.models import Unit
from prytany.organisation.names import unit_labels
from prytany.organisation.reach import covers
from prytany.rules.lookup import rule
from prytany.rules.models import RuleVersion
from prytany.rules.services import keep_version
from prytany.search.words import number_key

HOLDER = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What stands in the register beside the paper itself; without `number` the next free one is taken.

    `reservation` is the uid of a reserved number to be used, `basis` says where a number comes from that the system did
    not give (`LedgerNumber.Basis`), `congress` that the paper is one of the congress in session.
    """

    direction: str
    entered_on: datetime.date
    number: int | None = None
    basis: str = ""
    reservation: UUID | None = None
    congress: bool = False
    receiver: str = ""
    handler: str = ""
    copies: int | None = None
    forwarded_on: datetime.date | None = None
    note: str = ""


@transaction.atomic
def register_document(
    *,
    scope: Scope,
    unit: Unit,
    facts: Facts,
    line: Line,
    files: Iterable[StoredFile] = (),
    document: Document | None = None,
    knowing_duplicates: bool = False,
    joint_issuers: Sequence[Unit] = (),
) -> RegisterEntry:
    """Enter a paper in the register of `unit`; with `document` a paper that is known already gets a further line.

    An outgoing paper is numbered in the series of its issuer, where that is a unit of ours, else of `unit`; a further
    issuer of a joint paper shows the number it has. PermissionDenied unless the scope keeps that register and is
    cleared for the level. DomainError `number_taken`, `number_reserved`, `kind_not_issued`, `not_issuer`, `unit_ended`,
    `duplicate` (unless `knowing_duplicates`), `secret_level` for files at a state-secret level, and what
    `facts.write_facts` refuses. Files are attached and their text is read by the worker.
    """
    authorise(lambda s: policies.can_register(s, unit.pk) and policies.can_enter_at(s, facts.level), scope)
    files = list(files)
    if files:
        refuse_content(facts.level)
    known = document or facts
    kept = _kept_rules(unit, line, known.family, known.kind)
    if document is None:
        document = _make(scope, unit, facts)
        series = _series(scope, unit, document, line)
        if not knowing_duplicates:
            _refuse_duplicate(scope, document)
        document.save()
        if joint_issuers:
            document.joint_issuers.set(joint_issuers)
    else:
        document = Document.objects.select_for_update().get(pk=document.pk)
        _refuse_second_line(document, unit, line)
        series = _series(scope, unit, document, line)
    entry = _enter(scope, unit, document, line, series, kept)
    attach(scope, files, holder_kind=HOLDER, holder_uid=document.uid, level=document.level)
    record(scope, action="document.register", target=document, data=_summary_of(entry))
    index_document(document)
    return entry


@transaction.atomic
def take_in(*, scope: Scope, unit: Unit, facts: Facts, files: Iterable[StoredFile] = ()) -> Document:
    """Take a paper in for reading before it stands in any register, in `unit`, where the scope reads papers for tasks.

    It is seen by those who do so there until a line in a register opens it to the register's readers. Errors as
    `register_document`.
    """
    authorise(lambda s: covers(s, Permission.INTAKE_USE, unit.pk) and policies.can_enter_at(s, facts.level), scope)
    files = list(files)
    if files:
        refuse_content(facts.level)
    document = _make(scope, unit, facts)
    document.entered_in = unit
    document.save()
    attach(scope, files, holder_kind=HOLDER, holder_uid=document.uid, level=document.level)
    record(scope, action="document.take_in", target=document, data={"unit": str(unit.uid)})
    index_document(document)
    return document


def _make(scope: Scope, unit: Unit, facts: Facts) -> Document:
    document = Document(root_id=unit.root_id, created_by_id=scope.person_id)
    write_facts(document, facts, today=clock.today())
    if document.issuer_id and not document.issuer_name:
        labels = unit_labels([document.issuer_id], on=document.issued_on, language=document.language)
        document.issuer_name = labels[document.issuer_id].name
    return document


def _series(scope: Scope, unit: Unit, document: Document, line: Line) -> NumberSeries:
    """Return the locked series that the line takes its number from: clerks of one register wait for each other here."""
    _refuse_impossible_day(document, line)
    body = _numbering_body(scope, unit, document, line)
    issuer = numbering.issuer_on(body, line.entered_on)
    if line.basis != LedgerNumber.Basis.IMPORT:
        ledger.refuse_kind(
            unit=body,
            direction=line.direction,
            family=document.family,
            kind=document.kind,
            on=line.entered_on,
            issuer=issuer,
        )
    if line.congress and not numbering.congress_of(line.entered_on, body):
        message = _("No congress sits on this day; its name and dates are a rule that the office sets.")
        raise DomainError("no_congress", message, {"entered_on": message})
    key = numbering.series_key(
        line.direction,
        family=document.family,
        kind=document.kind,
        level=document.level,
        on=line.entered_on,
        unit=body,
        congress=line.congress,
    )
    return ledger.lock_series(unit=body, key=key, on=line.entered_on, issuer=issuer)


def _refuse_impossible_day(document: Document, line: Line) -> None:
    if line.entered_on > clock.today():
        message = _("A paper cannot be entered under a future date.")
        raise DomainError("date_in_future", message, {"entered_on": message})
    if line.direction == RegisterEntry.Direction.IN and document.issued_on and line.entered_on < document.issued_on:
        message = _("The paper cannot arrive before its own date.")
        raise DomainError("arrival_before_issue", message, {"entered_on": message})


def _numbering_body(scope: Scope, unit: Unit, document: Document, line: Line) -> Unit:
    """Return the body in whose series the line is numbered: of an outgoing paper its issuer, if a unit of ours."""
    issuer = document.issuer
    if line.direction != RegisterEntry.Direction.OUT or issuer is None or issuer.pk == unit.pk:
        return unit
    if _is_further_issuer(document, unit):
        return issuer
    if not policies.can_register(scope, issuer.pk):
        message = _("You do not keep the numbers of this body. Enter the paper as incoming, or in its own register.")
        raise DomainError("not_issuer", message, {"issuer_name": message})
    return issuer


def _is_further_issuer(document: Document, unit: Unit) -> bool:
    return document.pk is not None and document.joint_issuers.filter(pk=unit.pk).exists()


def _kept_rules(unit: Unit, line: Line, family: str, kind: str) -> dict[str, RuleVersion | None]:
    """Return the rules under which the line is made, as it keeps them; asked for before the series is locked."""
    found = numbering.kind_rule(family, kind, on=line.entered_on, unit=unit)
    book = rule(f"documents.book.{line.direction}", on=line.entered_on, unit=unit)
    return {"kind_rule": keep_version(found) if found else None, "book_rule": keep_version(book)}


def _enter(
    scope: Scope,
    unit: Unit,
    document: Document,
    line: Line,
    series: NumberSeries,
    kept: dict[str, RuleVersion | None],
) -> RegisterEntry:
    joint = series.unit_id != unit.pk and _is_further_issuer(document, unit)
    number = line.number
    if joint and number is None:
        number = series.numbers.filter(document=document).values_list("number", flat=True).first()
    taken = ledger.take_number(
        scope=scope,
        series=series,
        document=document,
        number=number,
        basis=line.basis,
        reservation=line.reservation,
        joint=joint,
    )
    return RegisterEntry.objects.create(
        root_id=unit.root_id,
        unit=unit,
        document=document,
        direction=line.direction,
        series=series,
        taken=taken,
        number=taken.number,
        entered_on=line.entered_on,
        receiver=line.receiver,
        handler=line.handler,
        copies=line.copies,
        forwarded_on=line.forwarded_on,
        note=line.note,
        entered_by_id=scope.person_id,
        **kept,
    )


def _refuse_second_line(document: Document, unit: Unit, line: Line) -> None:
    if document.entries.filter(unit=unit, direction=line.direction, voided_at=None).exists():
        raise DomainError("registered", _("This paper stands in this register already."))


def _summary_of(entry: RegisterEntry) -> dict[str, object]:
    return {
        "entry": str(entry.uid),
        "direction": entry.direction,
        "series": entry.series.code,
        "number": entry.number,
        "level": entry.document.level,
    }


def find_duplicates(
    *,
    scope: Scope,
    symbol: str,
    issuer_id: int | None = None,
    issuer_name: str = "",
    issued_on: datetime.date | None = None,
    family: str = "state",
    leave_out: UUID | None = None,
) -> list[Document]:
    """Return papers in sight with the same issuer, number and symbol in the same year (Party: the same term).

    What is not known yet, issuer or date, does not tell papers apart, so that the alert comes while one types. The
    triple is that of Decree 30/2020, Annex VI. Papers in registers that the scope does not read stay unsaid.
    """
    key = number_key(symbol)
    root_id = scope.root_id
    if not key or "-" not in key or root_id is None:
        return []
    lines = RegisterEntry.objects.visible_to(scope).filter(document=OuterRef("pk"), voided_at=None)
    rows = Document.objects.filter(root_id=root_id, symbol_key=key).exclude(uid=leave_out)
    rows = rows.filter(Exists(lines) | Q(pk__in=Document.objects.visible_to(scope).filter(symbol_key=key).values("pk")))
    rows = rows.order_by("-created_at")
    return [row for row in rows[:50] if same_paper(row, issuer_id, issuer_name, issued_on, family)]


def same_paper(
    row: Document, issuer_id: int | None, issuer_name: str, issued_on: datetime.date | None, family: str
) -> bool:
    """Tell whether a paper with the same number and symbol has the same issuer and year (Party: term), as far as known.

    What is not known does not tell papers apart.
    """
    if not _same_issuer(row, issuer_id, issuer_name):
        return False
    if issued_on is None or row.issued_on is None:
        return True
    return _period(row.issued_on, row.family, row.root_id) == _period(issued_on, family, row.root_id)


def _period(day: datetime.date, family: str, root_id: int) -> str:
    return numbering.term_of(day, root_id) if family == "party" else str(day.year)


def _same_issuer(row: Document, issuer_id: int | None, issuer_name: str) -> bool:
    if issuer_id and row.issuer_id:
        return row.issuer_id == issuer_id
    return not issuer_name or not row.issuer_name or fold(row.issuer_name) == fold(issuer_name)


def _refuse_duplicate(scope: Scope, document: Document) -> None:
    found = find_duplicates(
        scope=scope,
        symbol=document.symbol,
        issuer_id=document.issuer_id,
        issuer_name=document.issuer_name,
        issued_on=document.issued_on,
        family=document.family,
    )
    if found:
        message = _("A paper with this number and issuer is registered already. Check it, or say that this is another.")
        raise DomainError("duplicate", message, {"symbol": message})


@transaction.atomic
def void_entry(*, scope: Scope, entry: RegisterEntry, reason: str) -> RegisterEntry:
    """Void a line with a reason; it keeps its number for ever. DomainError `empty` without a reason, `voided` again.

    A paper left without any line is no longer found, and seen only where work is drawn from it.
    """
    rows = RegisterEntry.objects.select_for_update(of=("self",)).select_related("document", "series")
    entry = rows.get(pk=entry.pk)
    authorise(policies.can_void, scope, entry)
    reason = reason.strip()
    if not reason:
        message = _("Say why the line is void.")
        raise DomainError("empty", message, {"reason": message})
    if entry.voided_at:
        raise DomainError("voided", _("This line is void already."))
    entry.voided_at, entry.void_reason = clock.now(), reason[:300]
    entry.save(update_fields=["voided_at", "void_reason"])
    ledger.void_with_line(entry, reason)
    record(scope, action="register.void", target=entry.document, data=_summary_of(entry))
    index_document(entry.document)
    return entry

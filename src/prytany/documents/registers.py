"""Which registers a person keeps or reads, and what stands in them."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from prytany.core import wording
from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.documents.models import Document, DocumentRelation, RegisterEntry
from prytany.documents.titles import heading_of
from prytany.organisation.models import Unit
from prytany.organisation.names import unit_labels
from prytany.organisation.reach import covers, units
from prytany.rules.books import COLUMNS
from prytany.rules.lookup import Rule, rule
from prytany.search.backends import backend
from prytany.search.models import SearchEntry
from prytany.search.parsing import parse
from prytany.search.words import number_key

MOST_UNITS = 60
Direction = RegisterEntry.Direction


@dataclass(frozen=True, slots=True)
class RegisterUnit:
    """A unit with a register that the person reads."""

    pk: int
    uid: UUID
    label: str


def home_unit(scope: Scope, permission: Permission = Permission.DOCUMENT_REGISTER) -> Unit | None:
    """Return the unit whose register a person keeps (reads) first: that of the post, else the top of the reach."""
    if covers(scope, permission, scope.unit_id):
        return Unit.objects.get(pk=scope.unit_id)
    reaches = scope.reaches(permission)
    return Unit.objects.get(pk=reaches[0].unit_id) if reaches else None


def chosen_unit(scope: Scope, uid: str, permission: Permission = Permission.DOCUMENT_REGISTER) -> Unit | None:
    """Return the unit with `uid` where `permission` is held; else the first one."""
    if uid:
        try:
            found = units(scope, permission).filter(uid=uid).first()
        except (ValueError, TypeError):
            found = None
        if found is not None:
            return found
    return home_unit(scope, permission)


def known_units(scope: Scope, *also: Unit | None) -> list[RegisterUnit]:
    """Return the units whose registers hold lines that the scope reads, and `also`, by name: two queries."""
    lines = RegisterEntry.objects.visible_to(scope).order_by().values("unit", "unit__uid").annotate(lines=Count("pk"))
    found = dict(lines.order_by("-lines").values_list("unit", "unit__uid")[:MOST_UNITS])
    found |= {unit.pk: unit.uid for unit in also if unit is not None}
    labels = unit_labels(found)
    rows = [RegisterUnit(pk, uid, labels[pk].name) for pk, uid in found.items() if pk in labels]
    return sorted(rows, key=lambda row: labels[row.pk].sort_key)


def lines_of(scope: Scope, unit: Unit, direction: str) -> QuerySet[RegisterEntry]:
    """Return the lines of one register with their papers."""
    rows = RegisterEntry.objects.visible_to(scope).filter(unit=unit, direction=direction)
    return rows.select_related("document")


def years_of(scope: Scope, unit: Unit, direction: str) -> list[int]:
    """Return the years in which a register has lines, the latest first."""
    rows = RegisterEntry.objects.visible_to(scope).filter(unit=unit, direction=direction)
    return [day.year for day in rows.dates("entered_on", "year", order="DESC")]


def narrowed_by_words(rows: QuerySet[Any], text: str, path: str = "") -> QuerySet[Any]:
    """Return rows whose paper is found by `text`: by number and symbol, else by words as the search finds them.

    `path` leads from the row to its paper, as `document__`.
    """
    key = number_key(text)
    if key:
        return rows.filter(**{f"{path}symbol_key__startswith": key})
    query = parse(text)
    if not query:
        return rows
    found = SearchEntry.objects.filter(kind="document").filter(backend().matches(query.as_prefix()))
    return rows.filter(**{f"{path or ''}{'pk' if not path else 'id'}__in": found.values("target_id")})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a printed register: its head and how a line fills it."""

    head: Any
    name: str


# Books that are drawn from the lines of a register, beside the registers themselves.
BOOKS = {"follow_up": Direction.IN, "postal": Direction.OUT}
TITLES = {
    Direction.IN: pgettext_lazy("register", "Register of incoming papers"),
    Direction.OUT: pgettext_lazy("register", "Register of outgoing papers"),
    Direction.INTERNAL: pgettext_lazy("register", "Register of internal papers"),
    "follow_up": pgettext_lazy("register", "Follow-up of incoming papers"),
    "postal": pgettext_lazy("register", "Postal book"),
}


def book_rule(book: str, *, on: datetime.date, unit: Unit | int | None) -> Rule:
    """Return the rule that gives the columns of a book on a day."""
    return rule(f"documents.book.{book}", on=on, unit=unit)


def columns_of(found: Rule) -> list[Column]:
    """Return the columns of a book in their order."""
    return [Column(COLUMNS[name], name) for name in found.value["columns"]]


def in_book(lines: QuerySet[RegisterEntry], book: str) -> QuerySet[RegisterEntry]:
    """Return the lines of a register that stand in a book: the postal book holds what was sent on."""
    return lines.exclude(forwarded_on=None).filter(voided_at=None) if book == "postal" else lines


def know_answers(scope: Scope, lines: Iterable[RegisterEntry]) -> None:
    """Set on each line `answer`: number and symbol of the papers in sight that reply to its paper. One query."""
    lines = list(lines)
    replies = DocumentRelation.objects.filter(
        other__in={line.document_id for line in lines},
        kind=DocumentRelation.Kind.REPLIES,
        document__in=Document.objects.visible_to(scope),
    ).order_by("document__issued_on", "document_id")
    found: dict[int, list[str]] = {}
    for other, symbol in replies.values_list("other_id", "document__symbol"):
        found.setdefault(other, []).append(symbol or "—")
    for line in lines:
        line.answer = ", ".join(found.get(line.document_id, []))  # type: ignore[attr-defined]


def _progress(entry: RegisterEntry) -> str:
    if getattr(entry, "answer", ""):
        return _("Answered")
    return _("Routed") if entry.routed_at else _("Not routed")


def cell(entry: RegisterEntry, name: str, content: str) -> str | int | datetime.date | None:
    """Return what a line shows in a column; `content` is the paper's kind and summary. A void line says so."""
    document = entry.document
    if entry.voided_at and name == "note":
        return _("Void: %(reason)s") % {"reason": entry.void_reason}
    if name == "paper":
        day = wording.due(document.issued_on, document.issued_precision) if document.issued_on else ""
        return ", ".join(filter(None, [heading_of(document), day, document.issuer_name]))
    if name == "progress":
        return _progress(entry)
    values: dict[str, Any] = {
        "entered_on": entry.entered_on,
        "number": entry.number,
        "issuer": document.issuer_name,
        "symbol": document.symbol,
        "issued_on": document.issued_on,
        "content": content,
        "signer": " ".join(filter(None, [document.signer_title, document.signer_name])),
        "receiver": entry.receiver,
        "recipient": entry.receiver,
        "handler": entry.handler,
        "copies": entry.copies,
        "forwarded_on": entry.forwarded_on,
        "due_on": document.reply_due_on,
        "answer": getattr(entry, "answer", ""),
        "note": entry.note,
    }
    # What is written by hand on paper stays empty: signatures, envelopes.
    return values.get(name, "")

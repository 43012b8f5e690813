"""What is known of a paper, checked before it is written."""

import datetime
from dataclasses import dataclass, fields
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from prytany.core import levels
from prytany.core.errors import DomainError
from prytany.documents import kinds
from prytany.documents.models import Document
from prytany.organisation.models import Unit
from prytany.rules.lookup import rule
from prytany.search.words import number_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The fields of a paper that people type (domain-rules 1.7); `issuer` is a unit of ours, else `issuer_name`."""

    family: str = "party"
    kind: str = ""
    symbol: str = ""
    issuer: Unit | None = None
    issuer_name: str = ""
    issued_on: datetime.date | None = None
    issued_precision: str = Document.Precision.DAY
    issued_basis: str = Document.Basis.STATED
    summary: str = ""
    language: str = "vi"
    signer_title: str = ""
    signer_name: str = ""
    urgency: str = ""
    level: int = levels.OPEN
    circulation: str = ""
    pages: int | None = None
    copies: int | None = None
    reply_due_on: datetime.date | None = None
    note: str = ""
    source_url: str = ""


NAMES = tuple(field.name for field in fields(Facts))


def facts_of(document: Document) -> Facts:
    """Return the facts as they stand on a paper."""
    return Facts(**{name: getattr(document, name) for name in NAMES})


def write_facts(document: Document, facts: Facts, *, today: datetime.date) -> None:
    """Put `facts` on an unsaved or locked paper; DomainError names the field that cannot be.

    The number is taken from the symbol, `is_directive` from the kind.
    """
    known = kinds.kinds_of(facts.family, on=today)
    before = document.kind
    for name in NAMES:
        setattr(document, name, getattr(facts, name))
    if facts.kind not in known and facts.kind != before:
        raise DomainError("kind", _("Choose a kind of document."), {"kind": _("Choose a kind of document.")})
    if facts.kind in known:
        document.is_directive = known[facts.kind].is_directive
    if facts.level not in levels.ALL:
        raise DomainError("level", _("Choose a classification."), {"level": _("Choose a classification.")})
    document.number = number_of(facts.symbol)
    _refuse_impossible_dates(facts, today)
    _refuse_secret_summary(document, facts, today)
    if not (facts.symbol or facts.summary or levels.is_secret(facts.level)):
        message = _("Give a number and symbol, or a summary.")
        raise DomainError("nameless", message, {"summary": message})
    try:
        document.full_clean(exclude=["uid", "root", "created_by", "issuer", "entered_in"])
    except ValidationError as error:
        raise _as_refusal(error) from error


def number_of(symbol: str) -> int | None:
    """Return the number in a number and symbol; None where there is none."""
    lead = number_key(symbol).partition("-")[0]
    return int(lead) if lead.isdigit() and len(lead) < 9 else None


def _as_refusal(error: ValidationError) -> DomainError:
    by_field = {name: " ".join(messages) for name, messages in error.message_dict.items()}
    return DomainError("not_well_formed", " ".join(by_field.values()), by_field)


def _refuse_impossible_dates(facts: Facts, today: datetime.date) -> None:
    if facts.issued_on and facts.issued_precision == Document.Precision.DAY and facts.issued_on > today:
        message = _("The date of the paper lies in the future.")
        raise DomainError("date_in_future", message, {"issued_on": message})
    if facts.issued_on and facts.reply_due_on and facts.reply_due_on < facts.issued_on:
        message = _("A reply cannot be due before the date of the paper.")
        raise DomainError("due_before_issue", message, {"reply_due_on": message})


def _refuse_secret_summary(document: Document, facts: Facts, today: datetime.date) -> None:
    """At a state-secret level only the register line is kept; whether its summary may be is a rule, off by default."""
    if not levels.is_secret(facts.level):
        return
    kept: dict[str, Any] = {name: getattr(facts, name) for name in ("note", "source_url", "signer_name")}
    if facts.summary and not rule("documents.secret_summary", on=today, unit=document.root_id).value:
        kept["summary"] = facts.summary
    filled = [name for name, value in kept.items() if value]
    if filled:
        message = _("At this classification only the register line is kept. Leave this empty.")
        raise DomainError("secret_level", message, dict.fromkeys(filled, message))

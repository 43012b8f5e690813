"""Facts about a paper that were read in its text: offered, each with its words, until somebody takes or skips them."""

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from prytany.core import wording
from prytany.documents.kinds import kind_name, urgency_name
from prytany.documents.languages import LANGUAGES
from prytany.documents.models import Document
from prytany.documents.reading import propose
from prytany.documents.services.facts import facts_of
from prytany.intake.readings import Part
from prytany.organisation.matching import UnitMatcher
from prytany.organisation.models import Unit

FACT = "fact."
# What a text of a kind of report is as a paper.
KINDS = {
    "meeting_minutes": "minutes",
    "plan_announcement": "notice",
    "decision_announcement": "notice",
    "award_call": "notice",
    "official_letter_report": "notice",
    "response_to_petition": "official_letter",
}
REPORT = "report"


@dataclass(frozen=True, slots=True)
class Offer:
    """One fact: `words` for people, `values` for the fields of the paper (empty: it can only be shown), `quote` the
    words that led to it, `basis` whether they state it."""

    name: str
    label: str
    words: str
    values: dict[str, Any] = field(default_factory=dict)
    quote: str = ""
    basis: str = ""


def offers_of(
    document: Document, part: Part, text: str, *, decided: Collection[str], matcher: UnitMatcher
) -> list[Offer]:
    """Return what was read and is not among the names `decided`: what differs from the paper, and for one that was only
    taken in also what was filled in for the time being."""
    provisional = document.entered_in_id is not None and not document.entries.all()
    facts = facts_of(document)
    found = []
    for offer in _all(matcher, document, part, text):
        held = all(getattr(facts, name) == value for name, value in offer.values.items())
        if offer.name not in decided and (not held or (provisional and offer.name in ("language", "kind"))):
            found.append(offer)
    return found


def _all(matcher: UnitMatcher, document: Document, part: Part, text: str) -> Iterator[Offer]:
    reading = part.reading
    page = propose(text)
    official = page if "symbol" in page else {}
    if reading.language in dict(LANGUAGES):
        name = str(dict(LANGUAGES)[reading.language])
        yield Offer("language", _("Language"), name, {"language": reading.language})
    yield from _kind(document, part, official)
    if symbol := official.get("symbol"):
        yield Offer("symbol", _("Number and symbol"), symbol["value"], {"symbol": symbol["value"]}, symbol["quote"])
    yield from _issuer(matcher, part, official)
    yield from _date(part, official)
    if summary := official.get("summary"):
        yield Offer("summary", _("Summary"), summary["value"], {"summary": summary["value"]})
    if urgency := page.get("urgency"):
        value = urgency["value"]
        yield Offer("urgency", _("Urgency"), urgency_name(value), {"urgency": value}, urgency["quote"])
    if title := official.get("signer_title"):
        values = {"signer_title": title["value"], "signer_name": official.get("signer_name", {}).get("value", "")}
        yield Offer("signer", _("Signer"), ", ".join(filter(None, values.values())), values)


def _kind(document: Document, part: Part, official: dict[str, Any]) -> Iterator[Offer]:
    if kind := official.get("kind"):
        family = official["family"]["value"]
        words = kind_name(family, kind["value"])
        yield Offer("kind", _("Kind"), words, {"family": family, "kind": kind["value"]}, kind["quote"])
    elif read := part.reading.kind.value:
        code = KINDS.get(read, REPORT)
        family = "state" if code == "official_letter" else document.family
        quote = "; ".join(span.text for span in part.reading.kind.because[:1])
        yield Offer("kind", _("Kind"), kind_name(family, code), {"family": family, "kind": code}, quote)


def _issuer(matcher: UnitMatcher, part: Part, official: dict[str, Any]) -> Iterator[Offer]:
    name = official["issuer_name"]["value"] if "issuer_name" in official else part.reading.body.value
    if not name:
        return
    unit = matcher.match(name).best
    values: dict[str, Any] = {"issuer_name": name[:200]}
    if unit is not None:
        values["issuer"] = Unit(pk=unit.unit_id)  # compared by its key; `facts.settle` loads it
    yield Offer("issuer", _("Issuing body"), name, values)


def _date(part: Part, official: dict[str, Any]) -> Iterator[Offer]:
    label = pgettext("of a paper", "Date")
    if issued := official.get("issued_on"):
        day = datetime.date.fromisoformat(issued["value"])
        values = {"issued_on": day, "issued_precision": "day", "issued_basis": "stated"}
        yield Offer("date", label, wording.day(day), values, issued["quote"], _("stated"))
        return
    date = part.reading.event_date
    if date.iso is None:
        return
    quote = "; ".join(span.text for span in date.because[:1])
    basis = _("stated") if date.basis == "stated" else _("inferred")
    if date.iso.startswith("--"):
        words = _("%(day)s, the year is not stated") % {"day": quote or date.iso.strip("-")}
        yield Offer("date", label, words, {}, "", basis)
        return
    padded = {4: f"{date.iso}-01-01", 7: f"{date.iso}-01"}.get(len(date.iso), date.iso)
    day = datetime.date.fromisoformat(padded)
    values = {"issued_on": day, "issued_precision": date.precision, "issued_basis": date.basis}
    yield Offer("date", label, wording.due(day, date.precision), values, quote, basis)

"""What a form is filled with before a person types: next number, last values, facts read from the file."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db.models import Max

from prytany.core import clock, levels
from prytany.core.fold import fold
from prytany.core.scope import Scope
from prytany.documents import numbering
from prytany.documents.kinds import kinds_of
from prytany.documents.models import Document, RegisterEntry, TrayItem
from prytany.documents.services import ledger
from prytany.documents.services.facts import Facts
from prytany.organisation.models import Unit, UnitName
from prytany.organisation.names import unit_labels

Direction = RegisterEntry.Direction
# What goes on from one letter to the next where the file says nothing else.
CARRIED = ("entered_on", "receiver")
CARRIED_FOR_PAPER = (*CARRIED, "issuer_name", "issuer", "kind")


def propose_number(unit: Unit, direction: str, facts: Facts, day: datetime.date) -> int:
    """Return the next free number of the series that a paper belongs to."""
    body = facts.issuer if direction == Direction.OUT and facts.issuer else unit
    key = numbering.series_key(
        direction, family=facts.family, kind=facts.kind or "notice", level=facts.level, on=day, unit=body
    )
    return ledger.next_number(body, key, day)


def first_values(scope: Scope, unit: Unit, direction: str) -> dict[str, Any]:
    """Return what an empty form starts with."""
    today = clock.today()
    values: dict[str, Any] = {"entered_on": today, "level": levels.OPEN, "language": scope.language or "vi"}
    if direction == Direction.OUT:
        label = unit_labels([unit.pk]).get(unit.pk)
        values |= {"issuer": unit.uid, "issuer_name": label.name if label else "", "issued_on": today}
        last = RegisterEntry.objects.filter(unit=unit, direction=direction).order_by("-pk").select_related("document")
        if paper := last.first():
            facts = Facts(family=paper.document.family, kind=paper.document.kind)
            values["kind"] = f"{facts.family}.{facts.kind}"
            values["number"] = propose_number(unit, direction, facts, today)
            kind = kinds_of(facts.family, unit=unit).get(facts.kind)
            if kind and label and label.symbol:
                values["symbol"] = numbering.write_symbol(
                    facts.family, values["number"], kind.abbreviation, label.symbol, unit=unit
                )
    else:
        values["number"] = propose_number(unit, direction, Facts(), today)
    return values


def values_of_item(item: TrayItem, last: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the values of the form for a tray item and, by field, the words that a proposal was read from."""
    unit = item.unit
    values: dict[str, Any] = {"entered_on": clock.today(), "level": levels.OPEN, "language": "vi"}
    carried = CARRIED if item.file_id else CARRIED_FOR_PAPER
    values |= {name: last[name] for name in carried if last.get(name)}
    values["number"] = propose_number(unit, Direction.IN, Facts(), clock.today())
    guesses: dict[str, str] = {}
    fields = item.reading.get("fields", {})
    for name, found in fields.items():
        if name in {"family", "kind", "issuer"}:
            continue
        values[name], guesses[name] = _typed(name, found["value"]), found["quote"]
    guesses.pop("language", None)
    # Words that merely repeat the value beside them say nothing.
    guesses = {name: "" if quote.strip() == str(values[name]) else quote for name, quote in guesses.items()}
    if "kind" in fields:
        values["kind"] = f"{fields.get('family', {}).get('value', 'party')}.{fields['kind']['value']}"
        guesses["kind"] = fields["kind"]["quote"]
    if "issuer" in fields and (unit_of_issuer := Unit.objects.filter(uid=fields["issuer"]["value"]).first()):
        label = unit_labels([unit_of_issuer.pk]).get(unit_of_issuer.pk)
        values |= {"issuer": unit_of_issuer.uid, "issuer_name": label.name if label else ""}
        guesses["issuer_name"] = fields["issuer"]["quote"]
    return values, guesses


def _typed(name: str, value: Any) -> Any:
    if name == "issued_on":
        return datetime.date.fromisoformat(value).strftime("%d/%m/%Y")
    return value


def known_issuers(scope: Scope, text: str, *, limit: int = 10) -> list[dict[str, str]]:
    """Return bodies whose name holds `text`: units of ours first, then those whose papers came before."""
    words = fold(text)
    if len(words) < 2:
        return []
    names = UnitName.objects.filter(
        version__unit__root_id=scope.root_id, folded__contains=words, version__valid_to=None
    ).order_by("sort_key")
    found: dict[str, dict[str, str]] = {}
    for uid, name, symbol in names.values_list("version__unit__uid", "name", "symbol")[:limit]:
        found.setdefault(name, {"value": str(uid), "label": name, "note": symbol})
    used = (
        Document.objects.visible_to(scope)
        .filter(issuer=None, issuer_name__icontains=text.strip())
        .order_by()
        .values("issuer_name")
        .annotate(latest=Max("created_at"))
        .order_by("-latest")
    )
    for name in used.values_list("issuer_name", flat=True)[: limit - len(found)]:
        found.setdefault(name, {"value": "", "label": name, "note": ""})
    return list(found.values())[:limit]


def known_receivers(scope: Scope, text: str, *, limit: int = 10) -> list[dict[str, str]]:
    """Return units and earlier entries of the column "For" that hold `text`."""
    words = fold(text)
    if len(words) < 2:
        return []
    names = UnitName.objects.filter(
        version__unit__root_id=scope.root_id, folded__contains=words, version__valid_to=None
    ).order_by("sort_key")
    found = dict.fromkeys(names.values_list("name", flat=True)[:limit])
    used = RegisterEntry.objects.visible_to(scope).filter(receiver__icontains=text.strip()).order_by("-pk")
    found |= dict.fromkeys(used.values_list("receiver", flat=True)[:limit])
    return [{"value": name, "label": name, "note": ""} for name in list(found)[:limit]]

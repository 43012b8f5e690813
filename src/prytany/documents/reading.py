"""Proposing a paper's facts from its text: number and symbol, date, kind, issuer, summary, urgency, signer.

What is on the page is recognised by the one reader that an upper app registers (docs/adr/0010); here it meets the kinds
in force. Every proposal carries the words it was read from and is confirmed by a person before it counts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from prytany.core import levels
from prytany.core.errors import DomainError
from prytany.core.fold import fold
from prytany.documents.kinds import FAMILIES, kinds_of

EARLIEST = "1945-01-01"
# What is on the page by name -> (value as text, the words it was read from). Names: those of `services.facts.Facts`,
# `body` (the issuer's letters in the symbol), `abbreviation` (of the kind, there too), `kind_basis`.
Found = Mapping[str, tuple[str, str]]
# Takes a text and further names of kinds with their codes.
Reader = Callable[[str, Mapping[str, str]], Found]
_READERS: list[Reader] = []


def register_reader(reader: Reader) -> None:
    """Use `reader` for the pages of all papers."""
    _READERS[:] = [reader]


def _read(text: str) -> Found:
    names = {
        name: kind.code
        for family, _name in FAMILIES
        for kind in kinds_of(family).values()
        for name in kind.names.values()
    }
    return _READERS[0](text, names)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One fact read from a text, with the words it was read from."""

    value: Any
    quote: str

    def plain(self) -> dict[str, Any]:
        """Return the proposal as JSON keeps it."""
        return {"value": self.value, "quote": self.quote[:200]}


def kind_in_symbol(text: str) -> str:
    """Return `family.kind` where a typed number and symbol names a kind by its abbreviation; "" else."""
    found = _read(f"Số {text.upper()}")
    family = found["family"][0] if "family" in found else ""
    code = _kind_by_abbreviation(family, found)
    return f"{family}.{code}" if code else ""


def _kind_by_abbreviation(family: str, found: Found) -> str:
    """The kind in force that the office abbreviates so."""
    if not family or "abbreviation" not in found:
        return ""
    wanted = fold(found["abbreviation"][0])
    return next((kind.code for kind in kinds_of(family).values() if fold(kind.abbreviation) == wanted), "")


def propose(text: str) -> dict[str, dict[str, Any]]:
    """Return proposals by field of `services.facts.Facts`, plus `body` (the issuer's letters in the symbol)."""
    found = _read(text)
    family = found["family"][0] if "family" in found else "state"
    result = {
        name: Proposal(value, quote)
        for name, (value, quote) in found.items()
        if name not in ("family", "kind", "kind_basis", "abbreviation", "level", "issued_on")
    }
    result["family"] = Proposal(family, "")
    if "level" in found:
        result["level"] = Proposal(int(found["level"][0]), found["level"][1])
    if "issued_on" in found and found["issued_on"][0] >= EARLIEST:
        result["issued_on"] = Proposal(*found["issued_on"])
    if kind := _kind(family, found):
        result["kind"] = kind
    return {name: proposal.plain() for name, proposal in result.items()}


def _kind(family: str, found: Found) -> Proposal | None:
    """The kind the page names, else the one in force that its number abbreviates, else one its form tells."""
    code, quote = found.get("kind", ("", ""))
    stated = "kind_basis" in found and found["kind_basis"][0] == "stated"
    if not stated and (abbreviated := _kind_by_abbreviation(family, found)):
        return Proposal(abbreviated, found["abbreviation"][1])
    return Proposal(code, quote) if code in kinds_of(family) else None


def secret_stamp_in(text: str) -> str:
    """Return the words of the stamp of a state-secret level that the head of a text bears, "" for none."""
    value, quote = _read(text).get("level", ("0", ""))
    return quote if levels.is_secret(int(value)) else ""


# What a line in a register may say of a paper whose content is not kept; its summary is written by a person.
LINE_FACTS = ("family", "kind", "symbol", "issued_on", "issuer", "issuer_name", "level", "urgency")


def line_facts(fields: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return of the proposed facts those that a register line may keep at a state-secret level, without other words."""
    return {name: {"value": fields[name]["value"], "quote": ""} for name in LINE_FACTS if name in fields}


def refuse_stamped(text: str) -> None:
    """DomainError `secret_stamp` where the head of a text bears the stamp of a state-secret level."""
    if stamp := secret_stamp_in(text):
        message = _(
            "This text bears the stamp “%(stamp)s”. Its content is not stored here; enter the register line only."
        )
        message %= {"stamp": stamp}
        raise DomainError("secret_stamp", message, {"text": message})

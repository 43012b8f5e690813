"""Kinds of documents, levels, marks of urgency and circulation: rule-set data, named in the reader's language."""

import datetime
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from prytany.core import clock
from prytany.organisation.models import Unit
from prytany.rules.catalogue import catalogue
from prytany.rules.kinds import localised
from prytany.rules.lookup import Rule, rules_under

FAMILIES = (("party", _("Party")), ("state", _("State")))


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind in one family; `names` holds its name by language."""

    code: str
    family: str
    names: dict[str, str]
    abbreviation: str
    is_directive: bool

    @property
    def name(self) -> str:
        """The name in the active language."""
        return localised(self.names, translation.get_language() or "vi")


def _kind(rule: Rule) -> DocumentKind:
    value = rule.value
    code = rule.key.rpartition(".")[2]
    return DocumentKind(code, value["family"], dict(value["name"]), value["abbreviation"], value["is_directive"])


def kinds_of(
    family: str, *, on: datetime.date | None = None, unit: Unit | int | None = None
) -> dict[str, DocumentKind]:
    """Return the kinds of a family in force on `on` (default today) by code, in the order of the rule set."""
    found = rules_under(f"documents.kind.{family}.", on=on or clock.today(), unit=unit)
    return {kind.code: kind for kind in map(_kind, found)}


def kind_name(family: str, code: str) -> str:
    """Return the name of a kind in the active language, whenever it was in force; the code where none is known."""
    entries = catalogue().get(f"documents.kind.{family}.{code}", ())
    if not entries:
        found = kinds_of(family).get(code)
        return found.name if found else code
    return localised(entries[-1].value["name"], translation.get_language() or "vi")


def _named(prefix: str, on: datetime.date | None = None) -> dict[str, Rule]:
    return {rule.key.rpartition(".")[2]: rule for rule in rules_under(prefix, on=on or clock.today())}


def urgencies() -> dict[str, Rule]:
    """Return the marks of urgency by code, ascending."""
    return dict(sorted(_named("documents.urgency.").items(), key=lambda item: item[1].value["rank"]))


def circulations() -> dict[str, Rule]:
    """Return the marks of circulation by code."""
    return _named("documents.circulation.")


def level_rules() -> dict[int, Rule]:
    """Return the classification levels by value, ascending."""
    found = {rule.value["value"]: rule for rule in _named("documents.level.").values()}
    return dict(sorted(found.items()))


def urgency_name(code: str) -> str:
    """Return the mark in the active language, "" for none."""
    return _name(urgencies(), code)


def circulation_name(code: str) -> str:
    """Return the mark in the active language, "" for none."""
    return _name(circulations(), code)


def level_name(level: int) -> str:
    """Return the name of a classification level in the active language."""
    rules = level_rules()
    return rules[level].name if level in rules else str(level)


def _name(rules: dict[str, Rule], code: str) -> str:
    if not code:
        return ""
    return rules[code].name if code in rules else code

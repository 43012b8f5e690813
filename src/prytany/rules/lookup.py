"""Asking for a figure: what the law says on a date, unless the office nearest above the unit says otherwise."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils import translation
from django.utils.dates import WEEKDAYS as WEEKDAY_NAMES

from prytany.core import clock
from prytany.core.remembered import Remembered
from prytany.organisation.models import Hierarchy, Unit, UnitLink
from prytany.rules.catalogue import EVER, Entry, catalogue
from prytany.rules.definitions import UNITS_OF_MEASURE, WEEKDAYS, Definition, definition_of
from prytany.rules.kinds import BadValue, Table, in_words, localised
from prytany.rules.models import RuleOverride, RuleVersion

LAW, OFFICE = "law", "office"


class NoRule(LookupError):
    """No rule set holds the key on the date."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A figure with where it comes from.

    `confirmed` is "yes", "no" or "secondary"; `source` is "law" or "office", and of an office's own figure `set_in` is
    the unit, `set_by` the person and `override` the row's uid.
    """

    key: str
    value: Any
    unit: str
    legal_basis: str
    confirmed: str
    valid_from: datetime.date
    valid_to: datetime.date | None
    note: str = ""
    source: str = LAW
    jurisdiction: str = ""
    set_in: int | None = None
    set_by: int | None = None
    override: UUID | None = None

    @property
    def definition(self) -> Definition:
        """What kind of rule this is."""
        return definition_of(self.key)

    @property
    def label(self) -> str:
        """The rule's name in the active language."""
        definition = self.definition
        if not definition.is_family:
            return str(definition.label)
        member = self.key.removeprefix(definition.prefix)
        if member in definition.members:
            return str(definition.members[member])
        if isinstance(self.value, Mapping) and "name" in self.value:
            return f"{definition.label}: {self.name}"
        return f"{definition.label}: {member}"

    @property
    def member(self) -> str:
        """What tells the rule from the others of its family, in the active language."""
        definition = self.definition
        if isinstance(self.value, Mapping) and "name" in self.value:
            return self.name
        return str(definition.members.get(self.key.removeprefix(definition.prefix), self.label))

    @property
    def name(self) -> str:
        """The value's own name in the active language, for tables that hold one."""
        return localised(self.value["name"], translation.get_language() or "vi")

    @property
    def text(self) -> str:
        """The value as a screen shows it, without its unit of measure."""
        if self.unit == WEEKDAYS:
            numbers = self.value if isinstance(self.value, tuple) else (self.value,)
            return ", ".join(str(WEEKDAY_NAMES[number - 1]) for number in numbers)
        return in_words(self.definition.kind, self.value, translation.get_language() or "vi")

    @property
    def other_text(self) -> str:
        """As `text`, without the value's own name where there is more to it: for a line that bears the name already."""
        kind = self.definition.kind
        if not isinstance(kind, Table) or set(kind.columns) == {"name"}:
            return self.text
        rest = {name: column for name, column in kind.columns.items() if name != "name"}
        return in_words(Table(rest), self.value, translation.get_language() or "vi")

    @property
    def unit_label(self) -> str:
        """The unit of measure in the active language; "" where the value says it itself."""
        return "" if self.unit == WEEKDAYS else str(UNITS_OF_MEASURE[self.unit])

    @property
    def is_confirmed(self) -> bool:
        """Tell whether the figure was read in the act that it rests on, or set by the office itself."""
        return self.confirmed == "yes"

    @property
    def since_known(self) -> bool:
        """Tell whether the day from which it holds is known."""
        return self.valid_from != EVER

    @property
    def last_day(self) -> datetime.date | None:
        """The last day on which it holds, as screens show it; None until further notice."""
        return self.valid_to - datetime.timedelta(days=1) if self.valid_to else None

    def stamp(self) -> dict[str, Any]:
        """Return what a record keeps to say under which rule it was made."""
        return {
            "key": self.key,
            "value": self.definition.kind.plain(self.value),
            "unit": self.unit,
            "legal_basis": self.legal_basis,
            "confirmed": self.confirmed,
            "valid_from": None if self.valid_from == EVER else self.valid_from.isoformat(),
            "valid_to": self.valid_to.isoformat() if self.valid_to else None,
            "source": self.source,
        }


def _load_overrides() -> dict[str, list[RuleOverride]]:
    found: dict[str, list[RuleOverride]] = defaultdict(list)
    for row in RuleOverride.objects.order_by("valid_from", "pk"):
        found[row.key].append(row)
    return dict(found)


_overrides = Remembered(_load_overrides)
_lines: Remembered[dict[int, list[tuple[int, datetime.date, datetime.date | None]]]] = Remembered(dict)


def _forget(**_kwargs: Any) -> None:
    """Forget at once, for this transaction, and when it commits, for what another thread read meanwhile."""
    _overrides.forget()
    transaction.on_commit(_overrides.forget)


post_save.connect(_forget, sender=RuleOverride, dispatch_uid="rules.lookup")
post_delete.connect(_forget, sender=RuleOverride, dispatch_uid="rules.lookup")


def line_of(unit: Unit | int | None, on: datetime.date) -> list[int]:
    """Return the ids of `unit` and of the units above it in the line hierarchy on `on`, nearest first."""
    if unit is None:
        return []
    unit_id = unit if isinstance(unit, int) else unit.pk
    lines = _lines()
    if unit_id not in lines:
        links = UnitLink.objects.filter(hierarchy=Hierarchy.LINE, descendant=unit_id).order_by("depth")
        lines[unit_id] = list(links.values_list("ancestor_id", "valid_from", "valid_to"))
    line = [above for above, start, end in lines[unit_id] if start <= on and (end is None or on < end)]
    return line or [unit_id]


def warm_lines(unit_ids: Iterable[int]) -> None:
    """Read the lines of many units with one query, before a loop that asks for the figures of each."""
    lines = _lines()
    missing = {unit_id for unit_id in unit_ids if unit_id not in lines}
    if not missing or not _overrides():
        return
    for unit_id in missing:
        lines[unit_id] = []
    links = UnitLink.objects.filter(hierarchy=Hierarchy.LINE, descendant__in=missing).order_by("depth")
    for unit_id, *link in links.values_list("descendant_id", "ancestor_id", "valid_from", "valid_to"):
        lines[unit_id].append(tuple(link))


def units_with_own(prefix: str) -> frozenset[int]:
    """Return the units that set a figure of their own, on any date, whose key begins with `prefix`."""
    return frozenset(row.unit_id for key, rows in _overrides().items() if key.startswith(prefix) for row in rows)


def _holds(row: RuleOverride, day: datetime.date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or day < row.valid_to)


def _of_office(row: RuleOverride, law: Rule | None) -> Rule | None:
    definition = definition_of(row.key)
    try:
        value = definition.kind.clean(row.value)
    except BadValue:
        return None  # the kind of the rule changed since; the law's figure stands until the office sets its own again
    return Rule(
        key=row.key,
        value=value,
        unit=law.unit if law else definition.units[0],
        legal_basis=row.legal_basis,
        confirmed="yes",
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        note=row.note,
        source=OFFICE,
        set_in=row.unit_id,
        set_by=row.set_by_id,
        override=row.uid,
    )


def rule_of_law(entry: Entry) -> Rule:
    """Return an entry of a rule set as a rule."""
    return Rule(
        key=entry.key,
        value=entry.value,
        unit=entry.unit,
        legal_basis=entry.legal_basis,
        confirmed=entry.confirmed,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        note=entry.note,
        jurisdiction=entry.jurisdiction,
    )


def rule_of_version(version: RuleVersion) -> Rule | None:
    """Return a figure as a record was made under it; None where its kind is another one since."""
    kept = version.content
    try:
        value = definition_of(version.key).kind.clean(kept["value"])
    except (BadValue, KeyError):
        return None
    ends = kept["valid_to"]
    return Rule(
        key=version.key,
        value=value,
        unit=kept["unit"],
        legal_basis=kept["legal_basis"],
        confirmed=kept["confirmed"],
        valid_from=datetime.date.fromisoformat(kept["valid_from"]) if kept["valid_from"] else EVER,
        valid_to=datetime.date.fromisoformat(ends) if ends else None,
        source=kept["source"],
    )


def _of_law(entries: Iterable[Entry], day: datetime.date) -> Rule | None:
    entry = next((entry for entry in entries if entry.holds_on(day)), None)
    return rule_of_law(entry) if entry else None


def _find(key: str, day: datetime.date, unit: Unit | int | None) -> Rule | None:
    law = _of_law(catalogue().get(key, ()), day)
    rows = [row for row in _overrides().get(key, ()) if _holds(row, day)] if unit is not None else []
    if rows:
        by_unit = {row.unit_id: row for row in rows}
        for unit_id in line_of(unit, day):
            if unit_id in by_unit and (own := _of_office(by_unit[unit_id], law)):
                return own
    return law


def rule(key: str, *, on: datetime.date | None = None, unit: Unit | int | None = None) -> Rule:
    """Return the figure for `key` in `unit` (or its id; None: the law alone) on `on` (default today).

    NoRule where nothing holds on that date; KeyError for a key that is not defined at all.
    """
    day = on or clock.today()
    if found := _find(key, day, unit):
        return found
    definition_of(key)
    raise NoRule(f"{key} on {day}")


def rules_under(prefix: str, *, on: datetime.date | None = None, unit: Unit | int | None = None) -> list[Rule]:
    """Return the figures whose keys begin with `prefix` and hold on `on`, in the order of the files."""
    day = on or clock.today()
    keys = [key for key in catalogue() if key.startswith(prefix)]
    if unit is not None:
        keys += [key for key in _overrides() if key.startswith(prefix) and key not in catalogue()]
    return [found for key in keys if (found := _find(key, day, unit))]


def rules(*, on: datetime.date | None = None, unit: Unit | int | None = None) -> list[Rule]:
    """Return every figure that holds on `on`, for the administration page."""
    return rules_under("", on=on, unit=unit)

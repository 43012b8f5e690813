"""Reading the rule sets that come with the program: TOML files of a jurisdiction on top of the generic ones.

Each file holds entries of this shape; without `valid_from` an entry holds since ever, without `valid_to` until further
notice (`valid_to` is the first day on which it no longer holds):

    [[rule]]
    key = "tasks.due_soon_days"
    value = 5
    unit = "days"
    valid_from = 2020-01-01
    legal_basis = "…"
    confirmed = "yes"        # or "no", or "secondary": read only in a secondary source
    note = "…"
"""

import datetime
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation

from prytany.rules.definitions import definition_of
from prytany.rules.kinds import BadValue

HERE = Path(__file__).resolve().parent
GENERIC = "generic"
CONFIRMED = ("yes", "no", "secondary")
EVER = datetime.date.min
_FIELDS = {"key", "value", "unit", "valid_from", "valid_to", "legal_basis", "confirmed", "note"}


@dataclass(frozen=True)
class Entry:
    """One dated figure of a rule set."""

    key: str
    value: Any
    unit: str
    valid_from: datetime.date
    valid_to: datetime.date | None
    legal_basis: str
    confirmed: str
    note: str
    jurisdiction: str

    def holds_on(self, day: datetime.date) -> bool:
        """Tell whether the entry is in force on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


Catalogue = Mapping[str, tuple[Entry, ...]]


def _entry(raw: Mapping[str, Any], jurisdiction: str) -> Entry:
    """Return the typed entry; BadValue with a sentence where it is not well formed."""
    if unknown := set(raw) - _FIELDS:
        raise BadValue(f"does not know the field {', '.join(sorted(unknown))}")
    if missing := {"key", "value", "legal_basis", "confirmed"} - set(raw):
        raise BadValue(f"lacks {', '.join(sorted(missing))}")
    try:
        definition = definition_of(raw["key"])
    except KeyError:
        raise BadValue("has a key that prytany.rules.definitions does not define") from None
    value = definition.kind.clean(raw["value"])
    unit = raw.get("unit", definition.units[0])
    if unit not in definition.units:
        raise BadValue(f"has the unit {unit!r}; it may be {', '.join(map(repr, definition.units))}")
    start, end = raw.get("valid_from", EVER), raw.get("valid_to")
    if type(start) is not datetime.date or (end is not None and type(end) is not datetime.date):
        raise BadValue("has a date that is not written as 2026-01-31")
    if end is not None and end <= start:
        raise BadValue("ends before it begins")
    if raw["confirmed"] not in CONFIRMED:
        raise BadValue(f"has confirmed = {raw['confirmed']!r}; it may be {', '.join(CONFIRMED)}")
    basis, note = raw["legal_basis"], raw.get("note", "")
    if not isinstance(basis, str) or not isinstance(note, str):
        raise BadValue("has a legal basis or a note that is not a text")
    if raw["confirmed"] != "no" and not basis:
        raise BadValue("is confirmed without a legal basis")
    return Entry(raw["key"], value, unit, start, end, basis, raw["confirmed"], note, jurisdiction)


def read_file(path: Path, jurisdiction: str) -> list[Entry]:
    """Return the entries of one file; ImproperlyConfigured names file and entry that cannot be used."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"Rule set {path} cannot be read: {error}.") from None
    if set(raw) - {"rule"} or not isinstance(raw.get("rule", []), list):
        raise ImproperlyConfigured(f"Rule set {path} holds something other than [[rule]] entries.")
    entries = []
    for number, item in enumerate(raw.get("rule", []), start=1):
        try:
            with translation.override("en"):
                entries.append(_entry(item, jurisdiction))
        except BadValue as error:
            name = item.get("key", "without a key")
            raise ImproperlyConfigured(f"Rule set {path}, entry {number} ({name}): {error}") from None
    return entries


def _refuse_overlaps(entries: Iterable[Entry], folder: Path) -> None:
    by_key: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_key[entry.key].append(entry)
    for key, versions in by_key.items():
        versions.sort(key=lambda entry: entry.valid_from)
        for earlier, later in pairwise(versions):
            if earlier.valid_to is None or earlier.valid_to > later.valid_from:
                raise ImproperlyConfigured(
                    f"Rule set {folder}: two entries for {key} hold on {later.valid_from}; close the earlier one."
                )


def read_folder(folder: Path, jurisdiction: str) -> list[Entry]:
    """Return all entries of a jurisdiction; ImproperlyConfigured for a bad entry or dates that overlap."""
    if not folder.is_dir():
        known = sorted(path.parent.name for path in HERE.glob("*/*.toml"))
        raise ImproperlyConfigured(
            f"There is no rule set {jurisdiction!r}; PRYTANY_JURISDICTION may be {', '.join(sorted(set(known)))}."
        )
    entries = [entry for path in sorted(folder.glob("*.toml")) for entry in read_file(path, jurisdiction)]
    _refuse_overlaps(entries, folder)
    return entries


@lru_cache(maxsize=4)
def load(jurisdiction: str) -> Catalogue:
    """Return the entries by key, those of `jurisdiction` before the generic ones, in the order of the files."""
    found: dict[str, list[Entry]] = {}
    for name in dict.fromkeys((jurisdiction, GENERIC)):
        for entry in read_folder(HERE / name, name):
            found.setdefault(entry.key, []).append(entry)
    return {key: tuple(entries) for key, entries in found.items()}


def catalogue() -> Catalogue:
    """Return the rule sets of the installation's jurisdiction."""
    return load(settings.RULES_JURISDICTION)

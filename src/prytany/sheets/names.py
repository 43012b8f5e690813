"""Names of units in cells: each distinct name is matched once for all rows, what stays unknown is asked once."""

import difflib
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _

from prytany.core.fold import fold
from prytany.core.models import valid_on
from prytany.core.scope import Scope
from prytany.organisation.models import Unit, UnitAlias, UnitName
from prytany.organisation.names import UnitLabel, unit_labels
from prytany.sheets.models import NameMemory

CANDIDATES = 8
_HARD = re.compile(r"[;\n|]+|\s[+&]\s")
_NOT_WORD = re.compile(r"[^\w]+")


def name_key(text: str) -> str:
    """Return a name folded for comparing, without punctuation."""
    return _NOT_WORD.sub(" ", fold(text)).strip()


@dataclass
class NameRow:
    """A name that stands in `count` rows; `unit_id` once it is known, else `candidates` to choose from."""

    key: str
    text: str
    count: int = 0
    unit_id: int | None = None
    chosen: bool = False
    typed: str = ""  # typed for it, and no unit either
    candidates: list[tuple[UUID, UnitLabel]] = field(default_factory=list)


class Names:
    """The units that the cells of one import speak of."""

    def __init__(self, scope: Scope, chosen: Mapping[str, str]) -> None:
        self.scope = scope
        self.chosen = chosen
        self.rows: dict[str, NameRow] = {}

    @cached_property
    def _known(self) -> dict[str, set[int]]:
        """Every name, short name, symbol, code and alias of the units that exist today."""
        found: dict[str, set[int]] = defaultdict(set)
        names = UnitName.objects.filter(valid_on(self.scope.today, "version__"), version__withdrawn_at=None)
        names = names.filter(version__unit__root=self.scope.root_id)
        for unit, code, *texts in names.values_list("version__unit", "version__code", "name", "short", "symbol"):
            for text in (code, *texts):
                if text:
                    found[name_key(text)].add(unit)
        aliases = UnitAlias.objects.filter(unit__root=self.scope.root_id)
        for unit, text in aliases.values_list("unit", "alias"):
            found[name_key(text)].add(unit)
        return found

    @cached_property
    def _remembered(self) -> dict[str, int]:
        rows = NameMemory.objects.filter(unit=self.scope.unit_id, meant__root=self.scope.root_id)
        return dict(rows.values_list("folded", "meant"))

    @cached_property
    def _chosen_units(self) -> dict[str, int]:
        """Units chosen on the page, by name key."""
        uids = {key: value for key, value in self.chosen.items() if value and not value.startswith("?")}
        pks = dict(Unit.objects.visible_to(self.scope).filter(uid__in=set(uids.values())).values_list("uid", "pk"))
        return {key: pks[UUID(value)] for key, value in uids.items() if UUID(value) in pks}

    def find(self, text: str) -> int | None:
        """Return the unit that `text` names for certain: chosen, remembered, or the only one called so."""
        key = name_key(text)
        if key in self._chosen_units:
            return self._chosen_units[key]
        if key in self._remembered:
            return self._remembered[key]
        units = self._known.get(key, set())
        return next(iter(units)) if len(units) == 1 else None

    def split(self, text: str) -> list[str]:
        """Return the names in a cell that may hold several; a comma inside the name of a unit does not divide it."""
        names: list[str] = []
        for piece in _HARD.split(text):
            parts = [part.strip() for part in piece.split(",") if part.strip()]
            while parts:
                length = next((n for n in range(len(parts), 1, -1) if self.find(", ".join(parts[:n]))), 1)
                names.append(", ".join(parts[:length]))
                parts = parts[length:]
        return names

    def note(self, text: str) -> NameRow:
        """Count one more row in which `text` stands and return what is known of it."""
        key = name_key(text)
        if key not in self.rows:
            typed = self.chosen.get(key, "")
            self.rows[key] = NameRow(
                key,
                text,
                unit_id=self.find(text),
                chosen=key in self._chosen_units,
                typed=typed[1:] if typed.startswith("?") else "",
            )
        self.rows[key].count += 1
        return self.rows[key]

    @property
    def unknown(self) -> list[NameRow]:
        """The names that no unit has, and those chosen by hand, the most frequent first."""
        rows = [row for row in self.rows.values() if row.unit_id is None or row.chosen]
        return sorted(rows, key=lambda row: (row.unit_id is not None, -row.count, row.text))

    def uid_of(self, text: str) -> UUID | None:
        """Return the uid of the unit that `text`, typed beside an unknown name, names for certain."""
        found = self.find(text)
        return Unit.objects.visible_to(self.scope).values_list("uid", flat=True).get(pk=found) if found else None

    def suggest(self) -> None:
        """Fill the candidates of the unknown names: units called so (several), else those with a similar name."""
        wanted = {row.key: self._candidates(row.key) for row in self.unknown}
        pks = {pk for units in wanted.values() for pk in units}
        labels = unit_labels(pks)
        uids = dict(Unit.objects.visible_to(self.scope).filter(pk__in=pks).values_list("pk", "uid"))
        for row in self.unknown:
            row.candidates = [(uids[pk], labels[pk]) for pk in wanted[row.key] if pk in uids]

    def _candidates(self, key: str) -> list[int]:
        exact = self._known.get(key, set())
        words = set(key.split())
        scored: dict[int, float] = dict.fromkeys(exact, 9.0)
        matcher = difflib.SequenceMatcher(b=key)
        for known, units in self._known.items():
            matcher.set_seq1(known)
            shared = len(words & set(known.split())) / max(len(words), 1)
            score = (matcher.quick_ratio() if matcher.real_quick_ratio() > 0.4 else 0.0) + shared
            for unit in units:
                scored[unit] = max(scored.get(unit, 0.0), score)
        ranked = sorted(scored.items(), key=lambda item: (-item[1], item[0]))
        if (chosen := self._chosen_units.get(key)) is not None:
            ranked.insert(0, (chosen, 10.0))
        return list(dict.fromkeys(unit for unit, score in ranked if score > 0.6))[:CANDIDATES]

    def complaint(self, text: str) -> str:
        """Return why `text` is no unit."""
        if len(self._known.get(name_key(text), ())) > 1:
            return _("Several units are called “%(name)s”. Choose one above.") % {"name": text}
        return _("No unit is called “%(name)s”. Choose one above.") % {"name": text}

"""Names of units in cells: each distinct text is matched once for all rows, what stays open is asked once.

What a person chose before for a text, in the same office, goes before what the organisation's matcher makes of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _

from prytany.core.fold import fold
from prytany.core.scope import Scope
from prytany.organisation.matching import Match, UnitMatcher
from prytany.organisation.models import Unit
from prytany.organisation.names import UnitLabel, unit_labels
from prytany.sheets.models import NameMemory

CANDIDATES = 8
# In an office of up to so many units all are offered to choose from; beyond that one types the name.
ALL_OFFERED = 200


@dataclass
class NameRow:
    """A text that stands in `count` rows: the units it means, or `candidates` to choose from."""

    key: str
    text: str
    match: Match
    unit_ids: tuple[int, ...] = ()
    count: int = 0
    chosen: bool = False
    typed: str = ""  # typed for it, and no unit either
    candidates: list[tuple[UUID, UnitLabel]] = field(default_factory=list)

    @property
    def unit_id(self) -> int | None:
        """The one unit the text means; None for none or several."""
        return self.unit_ids[0] if len(self.unit_ids) == 1 else None


class Names:
    """The units that the cells of one import speak of."""

    def __init__(self, scope: Scope, chosen: Mapping[str, str]) -> None:
        self.scope = scope
        self.chosen = chosen
        self.rows: dict[str, NameRow] = {}
        self._lists: dict[str, list[NameRow]] = {}
        self.all_units: list[tuple[UUID, UnitLabel]] = []

    @cached_property
    def _matcher(self) -> UnitMatcher:
        return UnitMatcher(self.scope.root_id or 0, on=self.scope.today)

    @cached_property
    def _remembered(self) -> dict[str, int]:
        rows = NameMemory.objects.filter(unit=self.scope.unit_id, meant__root=self.scope.root_id)
        return dict(rows.values_list("folded", "meant"))

    @cached_property
    def _chosen_units(self) -> dict[str, int]:
        """Units chosen on the page, by key."""
        uids = {key: value for key, value in self.chosen.items() if value and not value.startswith("?")}
        pks = dict(Unit.objects.visible_to(self.scope).filter(uid__in=set(uids.values())).values_list("uid", "pk"))
        return {key: pks[UUID(value)] for key, value in uids.items() if UUID(value) in pks}

    def note(self, text: str) -> NameRow:
        """Count one more row in which `text` stands as the name of one unit, and return what is known of it."""
        return self._counted(self._row(" ".join(text.split())))

    def note_many(self, text: str) -> list[NameRow]:
        """Do so for a cell that may name several units, or all of a kind: "các xã, phường"."""
        text = " ".join(text.split()) if "\n" not in text else text
        if text not in self._lists:
            whole = self._known(fold(text))
            matches = [Match(text)] if whole else self._matcher.match_list(text)
            self._lists[text] = [self._row(match.text, match) for match in matches]
        return [self._counted(row) for row in self._lists[text]]

    @staticmethod
    def _counted(row: NameRow) -> NameRow:
        row.count += 1
        return row

    def _known(self, key: str) -> int | None:
        return self._chosen_units.get(key) or self._remembered.get(key)

    def _row(self, text: str, match: Match | None = None) -> NameRow:
        key = fold(text)
        if key not in self.rows:
            known = self._known(key)
            match = match or self._matcher.match(text)
            typed = self.chosen.get(key, "")
            self.rows[key] = NameRow(
                key,
                text,
                match,
                (known,) if known else match.unit_ids,
                chosen=key in self._chosen_units,
                typed=typed[1:] if typed.startswith("?") else "",
            )
        return self.rows[key]

    @property
    def unknown(self) -> list[NameRow]:
        """The texts that no unit has for certain, and those chosen by hand, the most frequent first."""
        rows = [row for row in self.rows.values() if not row.unit_ids or row.chosen]
        return sorted(rows, key=lambda row: (bool(row.unit_ids), -row.count, row.text))

    def uid_of(self, text: str) -> UUID | None:
        """Return the uid of the unit that `text`, typed beside an open name, names for certain."""
        found = self._matcher.match(text).unit_ids
        if len(found) != 1:
            return None
        return Unit.objects.visible_to(self.scope).values_list("uid", flat=True).get(pk=found[0])

    def suggest(self) -> None:
        """Fill the candidates of the open names, the chosen one first, and `all_units` where they are not too many."""
        if not self.unknown:
            return
        living = Unit.objects.visible_to(self.scope).existing_on(self.scope.today)
        if living.count() <= ALL_OFFERED:
            every = dict(living.values_list("pk", "uid"))
            named = sorted(unit_labels(every).items(), key=lambda item: item[1].sort_key)
            self.all_units = [(every[pk], label) for pk, label in named]
        wanted = {row.key: self._candidates(row) for row in self.unknown}
        pks = {pk for units in wanted.values() for pk in units}
        labels = unit_labels(pks)
        uids = dict(Unit.objects.visible_to(self.scope).filter(pk__in=pks).values_list("pk", "uid"))
        for row in self.unknown:
            row.candidates = [(uids[pk], labels[pk]) for pk in wanted[row.key] if pk in uids]

    def _candidates(self, row: NameRow) -> list[int]:
        likely = [candidate.unit_id for candidate in row.match.candidates if not candidate.has_ended]
        return list(dict.fromkeys([*row.unit_ids, *likely]))[:CANDIDATES]

    def complaint(self, row: NameRow) -> str:
        """Return why the text of `row` is no unit."""
        if any(candidate.has_ended for candidate in row.match.candidates[:1]):
            return _("“%(name)s” exists no longer. Choose its successor above.") % {"name": row.text}
        if len(row.match.candidates) > 1:
            return _("Several units may be meant by “%(name)s”. Choose one above.") % {"name": row.text}
        return _("No unit is called “%(name)s”. Choose one above.") % {"name": row.text}

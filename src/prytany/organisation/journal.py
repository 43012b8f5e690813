"""The rows an act wrote, closed or withdrew: what it did, and how to take it back."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

from prytany.core import clock

# What stands for the former end of a row that did not exist before.
NEW = "new"


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


@dataclass
class Journal:
    """What an act did, by model name: `ends` the end of each row before (or NEW) and after, `withdrawn` rows.

    `units` are the units it created, `added` rows without dates that an undo simply deletes.
    """

    units: list[int] = field(default_factory=list)
    ends: dict[str, dict[int, tuple[str | None, str | None]]] = field(default_factory=dict)
    withdrawn: dict[str, list[int]] = field(default_factory=dict)
    added: dict[str, list[int]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the journal as it is stored with a change act."""
        ends = {name: [[pk, *pair] for pk, pair in rows.items()] for name, rows in self.ends.items()}
        return {"units": self.units, "ends": ends, "withdrawn": self.withdrawn, "added": self.added}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Journal":
        """Return the journal of a stored act."""
        return cls(
            units=list(data.get("units", ())),
            ends={name: {pk: (a, b) for pk, a, b in rows} for name, rows in data.get("ends", {}).items()},
            withdrawn={name: list(rows) for name, rows in data.get("withdrawn", {}).items()},
            added={name: list(rows) for name, rows in data.get("added", {}).items()},
        )

    def opened(self, *rows: Any) -> None:
        """Remember rows that were written."""
        for row in rows:
            self.ends.setdefault(row._meta.model_name, {})[row.pk] = (NEW, _iso(getattr(row, "valid_to", None)))

    def add(self, *rows: Any) -> None:
        """Remember rows without dates of their own."""
        for row in rows:
            self.added.setdefault(row._meta.model_name, []).append(row.pk)

    def end(self, row: Any, on: datetime.date | None) -> None:
        """Let a dated row end on `on` (its last day is the day before; None: stay open); remember the former end."""
        rows = self.ends.setdefault(row._meta.model_name, {})
        before = rows[row.pk][0] if row.pk in rows else _iso(row.valid_to)
        row.valid_to = on
        row.save(update_fields=["valid_to"])
        rows[row.pk] = (before, _iso(on))

    def end_all(self, rows: Collection[Any], on: datetime.date) -> None:
        """Let many rows of one kind end on `on`, in one statement; remember their former ends."""
        for row in rows:
            kept = self.ends.setdefault(row._meta.model_name, {})
            kept[row.pk] = (kept[row.pk][0] if row.pk in kept else _iso(row.valid_to), _iso(on))
            row.valid_to = on
        for model in {type(row) for row in rows}:
            model._base_manager.filter(pk__in=[row.pk for row in rows]).update(valid_to=on)

    def withdraw(self, row: Any) -> None:
        """Mark a row as withdrawn and remember it."""
        row.withdrawn_at = clock.now()
        row.save(update_fields=["withdrawn_at"])
        rows = self.ends.get(row._meta.model_name, {})
        if rows.get(row.pk, ("",))[0] == NEW:
            del rows[row.pk]
        else:
            self.withdrawn.setdefault(row._meta.model_name, []).append(row.pk)

    def written(self, name: str) -> set[int]:
        """Return the keys of the rows of one kind that did not exist before."""
        return {pk for pk, (before, _after) in self.ends.get(name, {}).items() if before == NEW}

    def is_intact(self) -> bool:
        """Tell whether every row still is as the act left it."""
        for name, rows in self.ends.items():
            found = _ends(name, rows)
            left = rows.keys() - set(self.withdrawn.get(name, ()))
            if any(found.get(pk, "gone") != rows[pk][1] for pk in left):
                return False
        return True

    def take_back(self) -> None:
        """Withdraw what was written, give other rows their former end, let withdrawn rows stand again."""
        now = clock.now()
        for name, pks in self.added.items():
            _manager(name).filter(pk__in=pks).delete()
        for name in self.ends:
            _manager(name).filter(pk__in=self.written(name)).update(withdrawn_at=now)
        for name, rows in self.ends.items():
            for pk, (before, _after) in rows.items():
                if before != NEW:
                    _manager(name).filter(pk=pk).update(valid_to=_day(before))
        for name, pks in self.withdrawn.items():
            _manager(name).filter(pk__in=pks).update(withdrawn_at=None)


def _manager(name: str) -> "models.Manager[Any]":
    return apps.get_model("organisation", name)._base_manager


def _ends(name: str, pks: Iterable[int]) -> dict[int, str | None]:
    """Return the end of each standing row; rows without dates have none."""
    model = apps.get_model("organisation", name)
    standing = model._base_manager.filter(pk__in=list(pks), withdrawn_at=None)
    if not any(f.name == "valid_to" for f in model._meta.concrete_fields):
        return dict.fromkeys(standing.values_list("pk", flat=True))
    return {pk: _iso(end) for pk, end in standing.values_list("pk", "valid_to")}

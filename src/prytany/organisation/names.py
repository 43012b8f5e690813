"""Names of units and posts in the reader's language on a date: one query for a whole page."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone, translation

from prytany.organisation.models import UnitName


@dataclass(frozen=True, slots=True)
class UnitLabel:
    """What a unit is called: `name` in full, `short` where there is a short form, else the name."""

    name: str
    short: str
    symbol: str
    language: str
    sort_key: str = ""

    def __str__(self) -> str:
        return self.name


NAMELESS = UnitLabel("—", "—", "", "")


def unit_labels(
    unit_ids: Iterable[int | None], *, on: datetime.date | None = None, language: str | None = None
) -> Mapping[int, UnitLabel]:
    """Return the label of each unit on `on` (default today; for an abolished unit its last name).

    The reader's language is preferred, then Vietnamese, English, any.
    """
    wanted = {unit_id for unit_id in unit_ids if unit_id is not None}
    if not wanted:
        return {}
    on = on or timezone.localdate()
    preferred = [language or translation.get_language() or "vi", "vi", "en"]
    rows = UnitName.objects.filter(version__unit_id__in=wanted).filter(Q(version__valid_from__lte=on))
    found: dict[int, tuple[tuple[datetime.date, int], UnitLabel]] = {}
    for unit_id, since, lang, name, short, symbol, key in rows.values_list(
        "version__unit_id", "version__valid_from", "language", "name", "short", "symbol", "sort_key"
    ):
        rank = (since, -preferred.index(lang) if lang in preferred else -9)
        if unit_id not in found or rank > found[unit_id][0]:
            found[unit_id] = (rank, UnitLabel(name, short or name, symbol, lang, key))
    return {unit_id: label for unit_id, (_, label) in found.items()}


def label_units(rows: Iterable[Any], *fields: str, on: datetime.date | None = None) -> None:
    """Set `<field>_label` on each row for the units in `fields`, with one query for all."""
    rows = list(rows)
    labels = unit_labels({getattr(row, f"{field}_id") for row in rows for field in fields}, on=on)
    for row in rows:
        for field in fields:
            setattr(row, f"{field}_label", labels.get(getattr(row, f"{field}_id"), NAMELESS))

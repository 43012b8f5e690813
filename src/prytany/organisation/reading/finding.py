"""Finding units by a few letters of any of their names, with and without diacritics."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from prytany.core.fold import fold
from prytany.core.scope import Scope
from prytany.organisation.kinds import kind_label
from prytany.organisation.models import Hierarchy, Unit, UnitAlias, UnitName, UnitRelation, UnitVersion
from prytany.organisation.names import NAMELESS, unit_labels

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit that was found: `named` is the name that matched where it is another than the present one.

    `last_day` is set for a unit that no longer exists on the date asked for, `first_day` for one that begins later.
    """

    unit_id: int
    uid: UUID
    name: str
    named: str
    kind: str
    parent: str
    first_day: datetime.date | None = None
    last_day: datetime.date | None = None

    @property
    def kind_label(self) -> object:
        """The kind in words."""
        return kind_label(self.kind)


def find_units(scope: Scope, text: str, on: datetime.date) -> list[Hit]:
    """Return the units with all words of `text` in a name, alias or code; those that exist on the date first.

    Names typed with the right accents come before those that only fold to the same letters. Five queries.
    """
    words = fold(text).split()
    if not words:
        return []
    named = _named(scope, words)
    if not named:
        return []
    spans = _spans(named)
    ranked = sorted(named, key=lambda unit: _rank(named[unit], spans.get(unit), text, on))[:SHOWN]
    return _hits(ranked, named, spans, on)


def _named(scope: Scope, words: list[str]) -> dict[int, set[str]]:
    """Return for each unit the names that hold all words."""
    found: dict[int, set[str]] = {}
    in_names, in_aliases, in_codes = Q(), Q(), Q()
    for word in words:
        in_names &= Q(folded__contains=word)
        in_aliases &= Q(folded__contains=word)
        in_codes &= Q(code__icontains=word)
    names = UnitName.objects.filter(in_names, version__withdrawn_at=None, version__unit__root_id=scope.root_id)
    aliases = UnitAlias.objects.filter(in_aliases, unit__root_id=scope.root_id)
    codes = UnitVersion.objects.visible_to(scope).filter(in_codes)
    for rows in (
        names.values_list("version__unit_id", "name")[: SHOWN * 8],
        aliases.values_list("unit_id", "alias")[:SHOWN],
        codes.values_list("unit_id", "code")[:SHOWN] if len(words) == 1 and len(words[0]) > 1 else (),
    ):
        for unit, name in rows:
            found.setdefault(unit, set()).add(name)
    return found


def _spans(units: Iterable[int]) -> dict[int, tuple[UUID, str, datetime.date, datetime.date | None]]:
    """Return uid, last kind, first day and end of each unit."""
    spans: dict[int, tuple[UUID, str, datetime.date, datetime.date | None]] = {}
    versions = UnitVersion.objects.filter(unit_id__in=list(units)).order_by("unit_id", "valid_from")
    for unit, uid, kind, start, end in versions.values_list("unit_id", "unit__uid", "kind", "valid_from", "valid_to"):
        spans[unit] = (uid, kind, spans[unit][2] if unit in spans else start, end)
    return spans


def _rank(
    names: set[str], span: tuple[UUID, str, datetime.date, datetime.date | None] | None, text: str, on: datetime.date
) -> tuple:
    typed, folded = text.casefold().strip(), fold(text)
    exists = span is not None and span[2] <= on and (span[3] is None or span[3] > on)
    exact = any(typed in name.casefold() for name in names)
    begins = any(fold(name).startswith(folded) for name in names)
    return not exists, not exact, not begins, min(len(name) for name in names), min(names)


def _hits(
    ranked: list[int],
    named: dict[int, set[str]],
    spans: dict[int, tuple[UUID, str, datetime.date, datetime.date | None]],
    on: datetime.date,
) -> list[Hit]:
    line = UnitRelation.objects.filter(unit_id__in=ranked, hierarchy=Hierarchy.LINE).order_by("valid_from")
    parents: dict[int, int] = {}
    for unit, parent, start in line.values_list("unit_id", "parent_id", "valid_from"):
        if start <= on or unit not in parents:
            parents[unit] = parent
    labels = unit_labels([*ranked, *parents.values()], on=on)
    hits = []
    for unit in ranked:
        if unit not in spans:
            continue
        uid, kind, start, end = spans[unit]
        name = labels.get(unit, NAMELESS).name
        other = "" if name in named[unit] else sorted(named[unit])[0]
        hits.append(
            Hit(
                unit,
                uid,
                name,
                other,
                kind,
                labels[parents[unit]].name if parents.get(unit) in labels else "",
                start if start > on else None,
                end - datetime.timedelta(days=1) if end is not None and end <= on else None,
            )
        )
    return hits


def units_called(scope: Scope, words: str) -> QuerySet[Any]:
    """Return the keys of the units with all (folded) words in one name, for `unit_id__in`; one subquery."""
    named = UnitName.objects.filter(version__withdrawn_at=None, version__unit__root_id=scope.root_id)
    for word in words.split():
        named = named.filter(folded__contains=word)
    return named.values("version__unit_id")


def complete(scope: Scope, text: str, limit: int = 12) -> list[tuple[Unit, str, str]]:
    """Return (unit, name, where it stands) for the completion of a field: living units only, best first."""
    hits = [hit for hit in find_units(scope, text, scope.today) if hit.first_day is None and hit.last_day is None]
    counts: dict[str, int] = {}
    for hit in hits:
        counts[hit.name] = counts.get(hit.name, 0) + 1
    found = []
    for hit in hits[:limit]:
        # Of two units of one name each is told with its parent, which `UnitMatcher` reads back.
        name = f"{hit.name} ({hit.parent})" if counts[hit.name] > 1 and hit.parent else hit.name
        found.append((Unit(pk=hit.unit_id, uid=hit.uid), name, hit.parent if name == hit.name else ""))
    return found

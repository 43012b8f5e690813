"""Putting things into the index and taking them out, in the transaction that changes them."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from prytany.core import levels
from prytany.search.backends import backend
from prytany.search.models import SearchEntry
from prytany.search.words import folded, number_key


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be found: `number` is its number and symbol, `sort_on` the date by which hits are ordered."""

    target_id: int
    root_id: int
    title: str
    sort_on: datetime.date
    text: str = ""
    number: str = ""
    level: int = levels.OPEN


def _entry(kind: str, item: Item) -> SearchEntry:
    key = number_key(item.number)
    return SearchEntry(
        kind=kind,
        target_id=item.target_id,
        root_id=item.root_id,
        level=item.level,
        title=item.title,
        text=item.text,
        folded_title=folded(f"{key} {item.title}"),
        folded=folded(item.text),
        number_key=key,
        number_lead=key.partition("-")[0][:20],
        sort_on=item.sort_on,
    )


@transaction.atomic
def put(kind: str, items: Item | Iterable[Item], *, new: bool = False) -> None:
    """Index one or many things of `kind`, in place of what stood there for them; nothing did where they are `new`.

    At a state-secret level nothing is indexed; what stood there goes.
    """
    wanted = [items] if isinstance(items, Item) else list(items)
    if not wanted:
        return
    if not new:
        drop(kind, [item.target_id for item in wanted])
    rows = [_entry(kind, item) for item in wanted if not levels.is_secret(item.level)]
    backend().write(SearchEntry.objects.bulk_create(rows, batch_size=500))


@transaction.atomic
def drop(kind: str, target_ids: Sequence[int]) -> None:
    """Take things of `kind` out of the index; nothing happens for those that are not in it."""
    for start in range(0, len(target_ids), 500):
        known = SearchEntry.objects.select_for_update().filter(kind=kind, target_id__in=target_ids[start : start + 500])
        rows = list(known)
        if rows:
            backend().erase(rows)
            SearchEntry.objects.filter(pk__in=[row.pk for row in rows]).delete()


@transaction.atomic
def rebuild(kind: str = "") -> int:
    """Write the index anew from its entries (all, or those of one kind); return their number.

    For after an upgrade that folds words in another way, and for mending.
    """
    entries = SearchEntry.objects.filter(kind=kind) if kind else SearchEntry.objects.all()
    index = backend()
    if not kind:
        index.clear()
    count = 0
    rows: list[SearchEntry] = []
    for row in entries.order_by("pk").iterator(chunk_size=500):
        rows.append(row)
        if len(rows) == 500:
            count += _rewrite(rows, erase=bool(kind))
            rows = []
    return count + _rewrite(rows, erase=bool(kind))


def _rewrite(rows: list[SearchEntry], *, erase: bool) -> int:
    index = backend()
    if erase:
        index.erase(rows)
    for row in rows:
        row.folded_title, row.folded = folded(f"{row.number_key} {row.title}"), folded(row.text)
    SearchEntry.objects.bulk_update(rows, ["folded_title", "folded"], batch_size=500)
    index.write(rows)
    return len(rows)

"""Paging by key: a cursor holds the sort values of the last row, so that deep pages cost as little as the first."""

import base64
import binascii
import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from prytany.core.errors import DomainError


@dataclass(frozen=True)
class Page:
    """Some rows of a list; `next` and `previous` are cursors, None at the ends."""

    rows: list[Any] = field(default_factory=list)
    next: str | None = None
    previous: str | None = None


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date | datetime.datetime) else value


def make_cursor(values: Sequence[Any]) -> str:
    """Return an opaque text for the sort values of one row."""
    raw = json.dumps([_plain(value) for value in values], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def read_cursor(cursor: str, length: int) -> list[Any]:
    """Return the sort values of `make_cursor`; DomainError `bad_cursor` if the text is not one of ours."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError):
        values = None
    if not isinstance(values, list) or len(values) != length:
        raise DomainError("bad_cursor", "This link to a page of the list is damaged. Open the list from its start.")
    return values


def keyset_page(
    queryset: QuerySet[Any],
    order: Sequence[str],
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = 25,
) -> Page:
    """Return `size` rows of `queryset` in `order` (one non-null field, then "pk"), after or before a cursor.

    Both fields run in the same direction, as `("due_sort", "pk")` or `("-created_at", "-pk")`.
    """
    first, last = order[0], order[-1]
    descending = first.startswith("-")
    names = [first.lstrip("-"), last.lstrip("-")]
    backwards = before is not None
    if cursor := (before if backwards else after):
        value, pk = read_cursor(cursor, 2)
        down = descending != backwards
        bound, strict = ("lte", "lt") if down else ("gte", "gt")
        queryset = queryset.filter(**{f"{names[0]}__{bound}": value}).filter(
            Q(**{f"{names[0]}__{strict}": value}) | Q(**{f"{names[1]}__{strict}": pk})
        )
    ordered = queryset.order_by(*order)
    if backwards:
        ordered = ordered.reverse()
    rows = list(ordered[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    if not rows:
        return Page()

    def cursor_of(row: Any) -> str:
        return make_cursor([getattr(row, names[0]), row.pk])

    has_next = True if backwards else more
    has_previous = more if backwards else after is not None
    return Page(rows, cursor_of(rows[-1]) if has_next else None, cursor_of(rows[0]) if has_previous else None)

"""The page of notices: one line per record with its newest notice, unread first, paged by key."""

import datetime
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from prytany.core.pagination import Page, make_cursor, read_cursor
from prytany.core.scope import Scope
from prytany.notifications.models import Notice
from prytany.notifications.showing import Shown, show

SIZE = 25
MOST_EARLIER = 10
COUNT_CEILING = 99


@dataclass(slots=True)
class Group:
    """A record's newest notice, and the ones before it, newest first; `more` of those are not shown."""

    newest: Shown
    earlier: list[Shown] = field(default_factory=list)
    more: int = 0

    @property
    def is_unread(self) -> bool:
        """Notices of a record are marked read together, so the newest one speaks for all."""
        return self.newest.notice.read_at is None


def unread_count(scope: Scope) -> int:
    """Return how many notices the person has not read, at most one more than the ceiling."""
    return Notice.objects.filter(person_id=scope.person_id, read_at=None)[: COUNT_CEILING + 1].count()


def _newest(scope: Scope) -> QuerySet[Notice]:
    newer = Notice.objects.filter(person_id=scope.person_id, target_uid=OuterRef("target_uid"), pk__gt=OuterRef("pk"))
    unread = Case(When(read_at=None, then=Value(1)), default=Value(0), output_field=IntegerField())
    rows = Notice.objects.visible_to(scope).filter(Q(target_uid=None) | ~Exists(newer))
    return rows.annotate(unread=unread)


def _place(cursor: str, *, forwards: bool) -> Q:
    """Return the condition that a row comes after (or before) the one that `cursor` names."""
    unread, created_at, pk = read_cursor(cursor, 3)
    way = "lt" if forwards else "gt"
    here = Q(unread=unread)
    return (
        Q(**{f"unread__{way}": unread})
        | here & Q(**{f"created_at__{way}": created_at})
        | here & Q(created_at=created_at, **{f"pk__{way}": pk})
    )


def page_of(scope: Scope, *, after: str | None, before: str | None, size: int = SIZE) -> Page:
    """Return a page whose rows are the newest notices of `size` records."""
    rows = _newest(scope)
    backwards = before is not None
    if cursor := (before if backwards else after):
        rows = rows.filter(_place(cursor, forwards=not backwards))
    ordered = rows.order_by("-unread", "-created_at", "-pk")
    found = list((ordered.reverse() if backwards else ordered)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Page()

    def cursor_of(row: Notice) -> str:
        return make_cursor([row.unread, row.created_at, row.pk])

    return Page(
        found,
        cursor_of(found[-1]) if backwards or more else None,
        cursor_of(found[0]) if (more if backwards else after is not None) else None,
    )


def groups_of(page: Page, scopes: list[Scope]) -> list[Group]:
    """Return the rows of `page` with the earlier notices of the same records, each as its reader may see it."""
    newest = {row.pk for row in page.rows}
    uids = {row.target_uid for row in page.rows if row.target_uid}
    earlier = Notice.objects.visible_to(scopes[0]).filter(target_uid__in=uids).exclude(pk__in=newest)
    by_record: dict[UUID | None, list[Notice]] = {}
    for row in earlier.order_by("-pk")[: SIZE * MOST_EARLIER * 2] if uids else ():
        by_record.setdefault(row.target_uid, []).append(row)
    kept = {uid: rows[:MOST_EARLIER] for uid, rows in by_record.items()}
    shown = {
        item.notice.pk: item for item in show([*page.rows, *(row for rows in kept.values() for row in rows)], scopes)
    }
    return [
        Group(
            shown[row.pk],
            [shown[before.pk] for before in kept.get(row.target_uid, ())] if row.target_uid else [],
            max(len(by_record.get(row.target_uid, ())) - MOST_EARLIER, 0) if row.target_uid else 0,
        )
        for row in page.rows
    ]


def quarter_hours() -> list[datetime.time]:
    """Return the times at which a digest may come."""
    return [datetime.time(hour, minute) for hour in range(5, 21) for minute in (0, 15, 30, 45)]

"""Answering a search: what this scope may see, by kind, best first; and the jump from a number to its paper."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from prytany.core.lists import Count
from prytany.core.pagination import make_cursor, read_cursor
from prytany.core.scope import Scope
from prytany.search.backends import backend
from prytany.search.kinds import Card, Kind, kinds
from prytany.search.models import SearchEntry
from prytany.search.parsing import Query, parse
from prytany.search.snippets import Piece, mark, snippet
from prytany.search.words import looks_like_number, number_key

PAGE = 20
# Above this many hits of a kind they are no longer ranked, only shown newest first, exact accents before others.
RANKED = 2_000


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: title and text with the words marked."""

    kind: Kind
    target_id: int
    card: Card
    title: list[Piece]
    snippet: list[Piece]
    sort_on: datetime.date


@dataclass
class Results:
    """A page of hits; `counts` holds every kind that has some, `widened` says that words were taken as beginnings."""

    query: Query
    hits: list[Hit] = field(default_factory=list)
    counts: list[tuple[Kind, Count]] = field(default_factory=list)
    next: str | None = None
    widened: bool = False

    @property
    def total(self) -> Count:
        """Hits of all kinds."""
        return Count(sum(c.number for _, c in self.counts), any(c.capped for _, c in self.counts))


def _reads_all(scope: Scope) -> bool:
    """Tell whether some right of the scope reaches the whole root, so that most rows are visible to it."""
    return any(r.subtree and r.unit_id == scope.root_id for reaches in scope.grants.values() for r in reaches)


def _visible(scope: Scope, kind: Kind) -> Q:
    """Return the condition on entries that they are of `kind` and their record is visible.

    Who sees nearly all is asked about each hit; who sees little has it listed once.
    """
    rows = kind.visible(scope)
    if _reads_all(scope):
        return Q(kind=kind.code) & Q(Exists(rows.filter(pk=OuterRef("target_id"))))
    return Q(kind=kind.code, target_id__in=rows.order_by().values("pk"))


def _entries(scope: Scope) -> QuerySet[SearchEntry]:
    return SearchEntry.objects.filter(root_id=scope.root_id, level__lte=scope.clearance)


def _narrowed(scope: Scope, since: datetime.date | None, until: datetime.date | None) -> QuerySet[SearchEntry]:
    rows = _entries(scope)
    if since:
        rows = rows.filter(sort_on__gte=since)
    return rows.filter(sort_on__lte=until) if until else rows


def _count(by_kind: Sequence[tuple[Kind, QuerySet[SearchEntry]]]) -> dict[str, Count]:
    """Count the hits of each kind up to the ceiling, with one query for all."""
    parts: list[str] = []
    params: list[Any] = []
    for _kind, rows in by_kind:
        sql, values = rows.order_by().values("kind")[: RANKED + 1].query.sql_with_params()
        parts.append(f"SELECT * FROM ({sql}) AS one")  # noqa: S608 - compiled by the ORM
        params.extend(values)
    if not parts:
        return {}
    union = " UNION ALL ".join(parts)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT found.kind, COUNT(*) FROM ({union}) AS found GROUP BY found.kind", params)  # noqa: S608
        return {code: Count(min(n, RANKED), n > RANKED) for code, n in cursor.fetchall()}


def find(
    scope: Scope,
    text: str,
    *,
    kind: str = "",
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    after: str | None = None,
    size: int = PAGE,
) -> Results:
    """Return what `scope` may see of what `text` asks for, best first; with `kind` the hits of that kind alone.

    Order: accents as typed before others, words in the title before words in the text, newest first. Counts and
    snippets are of visible records only. Where whole words find nothing, they are taken as beginnings.
    """
    query = parse(text)
    results = _find(scope, query, kind, since, until, after, size)
    if query and not results.counts and not after:
        wider = query.widened()
        if wider != query:
            results = _find(scope, wider, kind, since, until, after, size)
            results.widened = bool(results.hits)
    return results


def _find(
    scope: Scope,
    query: Query,
    only: str,
    since: datetime.date | None,
    until: datetime.date | None,
    after: str | None,
    size: int,
) -> Results:
    if not query:
        return Results(query)
    index = backend()
    known = kinds()
    base = _narrowed(scope, since, until)
    conditions = {kind.code: _visible(scope, kind) for kind in known}
    matched = base.filter(index.matches(query))
    counts = _count([(kind, matched.filter(conditions[kind.code])) for kind in known])
    shown = [kind for kind in known if kind.code in counts and only in ("", kind.code)]
    results = Results(query, counts=[(kind, counts[kind.code]) for kind in known if kind.code in counts])
    if not shown:
        return results
    visible = _any(scope, shown)
    if any(counts[kind.code].capped for kind in shown):
        rows = _newest(base.filter(visible), query, after, size)
    else:
        rows = _ranked(matched.filter(visible), query, after, size)
    if len(rows) > size:
        last = rows[size - 1]
        results.next = make_cursor([last.tier, last.sort_on, last.pk])
    results.hits = _hits(scope, query, rows[:size], shown)
    return results


def _ranked(matched: QuerySet[SearchEntry], query: Query, after: str | None, size: int) -> list[SearchEntry]:
    """Return rows in the order of tier (2: accents as typed, 1: all words in the title), then newest first."""
    index = backend()
    tier: Any = Case(When(index.matches(query, title=True), then=1), default=0, output_field=IntegerField())
    exact = index.is_exact(query)
    if exact is not None:
        tier = tier + Case(When(exact, then=2), default=0, output_field=IntegerField())
    rows = matched.annotate(tier=tier)
    if after:
        rows = rows.filter(_beyond(*read_cursor(after, 3)))
    return list(rows.order_by("-tier", "-sort_on", "-pk").defer("folded", "folded_title")[: size + 1])


def _beyond(tier: int, sort_on: str, pk: int) -> Q:
    return Q(tier__lt=tier) | Q(tier=tier, sort_on__lt=sort_on) | Q(tier=tier, sort_on=sort_on, pk__lt=pk)


def _newest(visible: QuerySet[SearchEntry], query: Query, after: str | None, size: int) -> list[SearchEntry]:
    """Return rows newest first, those with the accents as typed before the others, without looking at all hits."""
    index = backend()
    rows: list[SearchEntry] = []
    exact = index.is_exact(query)
    place = read_cursor(after, 3) if after else None
    for tier, condition in ((2, exact), (0, None if exact is None else ~_as_q(exact))):
        if (tier and condition is None) or (place and place[0] < tier):
            continue
        part = visible.filter(index.matches_each(query)).annotate(tier=Value(tier))
        if condition is not None:
            part = part.filter(condition)
        if place and place[0] == tier:
            part = part.filter(_beyond(*place))
        wanted = size + 1 - len(rows)
        rows += part.order_by("-sort_on", "-pk").defer("folded", "folded_title")[:wanted]
        if len(rows) > size:
            break
    return rows


def _as_q(condition: Any) -> Q:
    return condition if isinstance(condition, Q) else Q(condition)


def _hits(
    scope: Scope, query: Query, rows: Iterable[SearchEntry], shown: Sequence[Kind], *, around: bool = True
) -> list[Hit]:
    rows = list(rows)
    by_code = {kind.code: kind for kind in shown}
    cards = {
        code: kind.cards(scope, [row.target_id for row in rows if row.kind == code])
        for code, kind in by_code.items()
        if any(row.kind == code for row in rows)
    }
    hits = []
    for row in rows:
        card = cards[row.kind].get(row.target_id)
        if card is not None:
            passage = snippet(row.text, query) if around and query else []
            hits.append(Hit(by_code[row.kind], row.target_id, card, mark(card.title, query), passage, row.sort_on))
    return hits


def numbered(scope: Scope, text: str, *, limit: int = 10) -> list[Hit]:
    """Return the visible records that carry the number in `text` (`118-TB`, `05/QĐ-UBND`), newest first.

    Only kinds that jump are asked: a task drawn from a paper is found by its words. A number without its end (`118-TB`
    of `118-TB/VPTU`) is enough; leading zeros do not matter. Empty where the text is not a number.
    """
    key = number_key(text)
    known = [kind for kind in kinds() if kind.jumps]
    if not known or not key or not (looks_like_number(text) or key.isdigit()):
        return []
    rows = _entries(scope).filter(_any(scope, known), number_lead=key.partition("-")[0])
    if not key.isdigit():
        rows = rows.filter(Q(number_key=key) | Q(number_key__startswith=f"{key}-") | _last_part_begins(key))
    found = list(rows.order_by("-sort_on", "-pk").defer("folded", "folded_title", "text")[:limit])
    return _hits(scope, Query(), found, known)


def _any(scope: Scope, known: Sequence[Kind]) -> Q:
    """Return the condition that an entry is of one of the kinds and its record is visible."""
    visible = Q()
    for kind in known:
        visible |= _visible(scope, kind)
    return visible


def _last_part_begins(key: str) -> Q:
    """Return the condition that the number goes on where `key` stops in the middle of a part: `118-t`."""
    return Q(number_key__startswith=key) if len(key.rpartition("-")[2]) < 3 else Q(pk__in=())


def jump(scope: Scope, text: str) -> Card | None:
    """Return where a number leads when exactly one visible record carries it."""
    if not looks_like_number(text):
        return None
    found = numbered(scope, text, limit=2)
    return found[0].card if len(found) == 1 else None


def suggest(scope: Scope, text: str, *, limit: int = 6) -> list[Hit]:
    """Return the first hits for what is typed so far, the last word taken as a beginning; titles alone are asked."""
    query, known = parse(text), kinds()
    if not query or not known or (len(query.terms) == 1 and len(query.terms[0].words[-1]) < 2):
        return []
    query = query.as_prefix()
    rows = _entries(scope).filter(_any(scope, known)).filter(backend().matches(query, title=True))
    found = list(rows.order_by("-sort_on", "-pk").defer("folded", "folded_title", "text")[:limit])
    return _hits(scope, query, found, known, around=False)

"""Answering a search: what this scope may see, by kind, best first; and the jump from a number to its paper."""

import datetime
from collections import Counter
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


def _each(scope: Scope, known: Iterable[Kind]) -> Q:
    """Return the condition that an entry is of one of the kinds and its record is visible, asked of each entry.

    For few entries, or for who sees nearly all.
    """
    visible = Q(pk__in=())
    for kind in known:
        visible |= Q(kind=kind.code) & Q(Exists(kind.visible(scope).filter(pk=OuterRef("target_id"))))
    return visible


def _listed(scope: Scope, known: Iterable[Kind]) -> Q:
    """Return the same condition, the visible records listed once: for many entries and who sees little."""
    visible = Q(pk__in=())
    for kind in known:
        visible |= Q(kind=kind.code, target_id__in=kind.visible(scope).order_by().values("pk"))
    return visible


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
    known = kinds()
    base = _narrowed(scope, since, until)
    few = backend().first(query, limit=RANKED + 1)
    if len(few) <= RANKED:
        counts, rows = _ranked(scope, base.filter(pk__in=few), known, query, only, after, size)
    else:
        counts, rows = _newest(scope, base, known, query, only, after, size)
    results = Results(query, counts=[(kind, counts[kind.code]) for kind in known if kind.code in counts])
    if len(rows) > size:
        last = rows[size - 1]
        results.next = make_cursor([last.tier, last.sort_on, last.pk])
    results.hits = _hits(scope, query, rows[:size], known)
    return results


def _ranked(
    scope: Scope,
    found: QuerySet[SearchEntry],
    known: Sequence[Kind],
    query: Query,
    only: str,
    after: str | None,
    size: int,
) -> tuple[dict[str, Count], list[SearchEntry]]:
    """Return counts by kind and a page of few hits: by tier (2: accents as typed, 1: all in the title), then newest."""
    index = backend()
    tier: Any = Case(When(index.matches(query, title=True), then=1), default=0, output_field=IntegerField())
    exact = index.is_exact(query)
    if exact is not None:
        tier = tier + Case(When(exact, then=2), default=0, output_field=IntegerField())
    visible = found.filter(_each(scope, known)).annotate(tier=tier)
    places = sorted(visible.values_list("tier", "sort_on", "pk", "kind"), reverse=True)
    counts = {code: Count(number) for code, number in Counter(place[3] for place in places).items()}
    if only:
        places = [place for place in places if place[3] == only]
    if after:
        places = [place for place in places if place[:3] < _place(after)]
    shown = places[: size + 1]
    rows = SearchEntry.objects.defer("folded", "folded_title").in_bulk([place[2] for place in shown])
    for rank, _day, pk, _kind in shown:
        rows[pk].tier = rank
    return counts, [rows[place[2]] for place in shown]


def _place(after: str) -> tuple[int, datetime.date, int]:
    """Return tier, date and key in a cursor; DomainError `bad_cursor` for one that is not ours."""
    values = read_cursor(after, 3)
    try:
        return int(values[0]), datetime.date.fromisoformat(values[1]), int(values[2])
    except (TypeError, ValueError):
        read_cursor("damaged", 3)
        raise


def _newest(
    scope: Scope,
    base: QuerySet[SearchEntry],
    known: Sequence[Kind],
    query: Query,
    only: str,
    after: str | None,
    size: int,
) -> tuple[dict[str, Count], list[SearchEntry]]:
    """Return counts up to the ceiling and a page of many hits: newest first, accents as typed before the others.

    Not all hits are looked at: entries are walked from the newest until enough are found.
    """
    index, walked = backend(), _reads_all(scope)
    condition = _each if walked else _listed
    matched = base.filter(index.matches(query))
    counts = _count([(kind, matched.filter(condition(scope, [kind]))) for kind in known])
    shown = [kind for kind in known if kind.code in counts and only in ("", kind.code)]
    visible = base.filter(condition(scope, shown)).filter(index.matches(query, walked=walked))
    exact = index.is_exact(query, walked=walked)
    place = _place(after) if after else None
    rows: list[SearchEntry] = []
    for tier, wanted in ((2, exact), (0, None if exact is None else ~_as_q(exact))):
        if (tier and wanted is None) or (place and place[0] < tier):
            continue
        part = visible.annotate(tier=Value(tier))
        if wanted is not None:
            part = part.filter(wanted)
        if place and place[0] == tier:
            part = part.filter(Q(sort_on__lt=place[1]) | Q(sort_on=place[1], pk__lt=place[2]))
        part = part.order_by("-sort_on", "-pk").defer("folded", "folded_title")
        rows += part[: size + 1 - len(rows)]
        if len(rows) > size:
            break
    return counts, rows


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
    rows = _entries(scope).filter(_each(scope, known), number_lead=key.partition("-")[0])
    if not key.isdigit():
        rows = rows.filter(Q(number_key=key) | Q(number_key__startswith=f"{key}-") | _last_part_begins(key))
    found = list(rows.order_by("-sort_on", "-pk").defer("folded", "folded_title", "text")[:limit])
    return _hits(scope, Query(), found, known)


def _last_part_begins(key: str) -> Q:
    """Return the condition that the number goes on where `key` stops in the middle of a part: `118-t`."""
    return Q(number_key__startswith=key) if len(key.rpartition("-")[2]) < 3 else Q(pk__in=())


def jump(scope: Scope, text: str) -> Card | None:
    """Return where a number leads when exactly one visible record carries it."""
    if not looks_like_number(text):
        return None
    found = numbered(scope, text, limit=2)
    return found[0].card if len(found) == 1 else None


def targets(kind: str, text: str) -> QuerySet[SearchEntry, Any]:
    """Return the keys of the records of a kind that hold every word of `text`, the last one taken as a beginning.

    For a list that is narrowed by words: which of them a person may see is asked by the list.
    """
    query = parse(text).as_prefix()
    rows = SearchEntry.objects.filter(backend().matches(query), kind=kind) if query else SearchEntry.objects.none()
    return rows.values("target_id")


def suggest(scope: Scope, text: str, *, limit: int = 6) -> list[Hit]:
    """Return the first hits for what is typed so far, the last word taken as a beginning; titles alone are asked."""
    query, known = parse(text), kinds()
    if not query or not known or (len(query.terms) == 1 and len(query.terms[0].words[-1]) < 2):
        return []
    query = query.as_prefix()
    few = backend().first(query, title=True, limit=RANKED)
    rows = _entries(scope).filter(_each(scope, known), pk__in=few)
    found = list(rows.order_by("-sort_on", "-pk").defer("folded", "folded_title", "text")[:limit])
    return _hits(scope, query, found, known, around=False)

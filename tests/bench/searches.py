"""Searches for rare and for common words, with the hand-written SQL that finds the same."""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.http import HttpResponse

from tests.bench import pages
from tests.bench.measure import Page, sql

RANKED, SHOWN = 2000, 20


def found(response: HttpResponse) -> Any:
    """Return the hits in their order with what is shown of each, and the counts by kind."""
    results = response.context["results"]
    hits = [(hit.kind.code, hit.target_id, hit.card.title) for hit in results.hits]
    return hits, {kind.code: int(count.number) + bool(count.capped) for kind, count in results.counts}


def _title() -> str:
    return (
        "CASE e.kind WHEN 'task' THEN (SELECT content FROM work_task WHERE id = e.target_id)"
        " WHEN 'passage' THEN (SELECT text FROM documents_clause WHERE id = e.target_id)"
        " ELSE (SELECT summary FROM documents_document WHERE id = e.target_id) END"
    )


def _match(words: list[str], *, title: bool = False) -> str:
    """Return the condition that all folded words are in the entry, or all in its title."""
    if connection.vendor == "sqlite":
        text = " AND ".join(f'"{word}"' for word in words)
        text = f"title : ({text})" if title else text
        return f"e.id IN (SELECT rowid FROM search_fts WHERE search_fts MATCH '{text}')"
    text = " & ".join(f"{word}:A" if title else word for word in words)
    return f"e.vector @@ '{text}'::tsquery"


def _exact(words: list[str]) -> str:
    if connection.vendor == "sqlite":
        text = " AND ".join(f'"{word}"' for word in words)
        return f"e.id IN (SELECT rowid FROM search_exact WHERE search_exact MATCH '{text}')"
    text = " & ".join(f"'{word}'" for word in words).replace("'", "''")
    return f"e.exact @@ '{text}'::tsquery"


def _few(sight: Callable[[], str], words: list[str], accented: list[str]) -> Any:
    """Rank all hits: accents as typed, then all words in the title, then the newest."""
    exact = _exact(accented) if accented else "1 = 0"
    rows = sql(
        f"SELECT e.kind, e.target_id, {_title()}, CASE WHEN {exact} THEN 2 ELSE 0 END"
        f" + CASE WHEN {_match(words, title=True)} THEN 1 ELSE 0 END AS tier, e.text FROM search_searchentry e"
        f" WHERE {_match(words)} AND e.root_id = 1 AND e.level <= 1 AND {sight()}"
        " ORDER BY tier DESC, e.sort_on DESC, e.id DESC"
    )
    counts: dict[str, int] = {}
    for row in rows:
        counts[row[0]] = counts.get(row[0], 0) + 1
    return [row[:3] for row in rows[:SHOWN]], counts


def _many(sight: Callable[[], str], words: list[str], accented: list[str]) -> Any:
    """Count each kind up to the ceiling; show the newest of those with accents as typed."""
    condition = f"{_match(words)} AND e.root_id = 1 AND e.level <= 1 AND {sight()}"
    counts = {}
    for kind in ("document", "passage", "task"):
        rows = sql(
            f"SELECT COUNT(*) FROM (SELECT 1 FROM search_searchentry e WHERE e.kind = '{kind}' AND {condition}"
            f" LIMIT {RANKED + 1}) AS counted"
        )
        if rows[0][0]:
            counts[kind] = rows[0][0]
    tail = f"ORDER BY e.sort_on DESC, e.id DESC LIMIT {SHOWN + 1}"
    exact = f" AND {_exact(accented)}" if accented else ""
    hits = sql(
        f"SELECT e.kind, e.target_id, {_title()}, e.text FROM search_searchentry e WHERE {condition}{exact} {tail}"
    )
    return [row[:3] for row in hits[:SHOWN]], counts


def floor(sight: Callable[[], str], words: list[str], accented: list[str]) -> Any:
    """Bring the hits and counts of a search; many hits are no longer ranked, as the page says."""
    hits = sql(
        f"SELECT COUNT(*) FROM (SELECT 1 FROM search_searchentry e WHERE {_match(words)} LIMIT {RANKED + 1}) AS counted"
    )
    return (_few if hits[0][0] <= RANKED else _many)(sight, words, accented)


def everything() -> str:
    """Return the sight of the chief: all issued tasks, all papers of the office's register and their passages."""
    paper = (
        "d.root_id = 1 AND d.level <= 1 AND EXISTS (SELECT 1 FROM documents_registerentry r"
        " WHERE r.document_id = d.id AND r.root_id = 1 AND r.voided_at IS NULL)"
    )
    return (
        "(e.kind = 'task' AND EXISTS (SELECT 1 FROM work_task t WHERE t.id = e.target_id AND t.root_id = 1"
        " AND t.level <= 1 AND t.parent_id IS NULL AND t.state IN ('issued', 'closed', 'cancelled'))"
        f" OR e.kind = 'document' AND EXISTS (SELECT 1 FROM documents_document d WHERE d.id = e.target_id AND {paper})"
        " OR e.kind = 'passage' AND EXISTS (SELECT 1 FROM documents_clause c"
        f" JOIN documents_document d ON d.id = c.document_id WHERE c.id = e.target_id AND {paper}))"
    )


def of_commune(unit: int) -> str:
    """Return the sight of a focal point: tasks of which the commune holds a part, their papers, cited passages."""
    tasks = f"SELECT o.task_id FROM work_obligation o WHERE {pages.own(unit)}"
    papers = f"SELECT t.source_document_id FROM work_task t WHERE t.id IN ({tasks})"
    passages = f"SELECT c.id FROM documents_clause c WHERE c.document_id IN ({papers})"
    kinds = {"task": tasks, "document": papers, "passage": passages}
    each = [f"(e.kind = '{kind}' AND e.target_id IN ({rows}))" for kind, rows in kinds.items()]
    return f"({' OR '.join(each)})"


def searches() -> list[Page]:
    """Return the searches."""
    unit = pages.commune()
    narrow = partial(of_commune, unit)

    def search(name: str, account: str, text: str, floor: Callable[[], Any]) -> Page:
        return Page(name, account, lambda: f"/search/?{urlencode({'q': text})}", found, floor)

    rare, common = ["cau", "treo"], ["chuyen", "doi"]
    return [
        search("search, rare words", pages.CHIEF, "cầu treo", partial(floor, everything, rare, ["cầu"])),
        search(
            "search, common words",
            pages.CHIEF,
            "chuyển đổi",
            partial(floor, everything, common, ["chuyển", "đổi"]),
        ),
        search("search, one common word", pages.CHIEF, "bao", partial(floor, everything, ["bao"], [])),
        search("search, rare, commune", pages.focal_of(unit), "cầu treo", partial(floor, narrow, rare, ["cầu"])),
        search(
            "search, common, commune",
            pages.focal_of(unit),
            "chuyển đổi",
            partial(floor, narrow, common, ["chuyển", "đổi"]),
        ),
    ]

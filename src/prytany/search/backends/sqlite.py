"""FTS5: one table of folded words with places, one of accented words without; both keep no text of their own."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from prytany.search.backends import Condition, in_batches
from prytany.search.models import SearchEntry
from prytany.search.parsing import Query, Term
from prytany.search.words import accented

_TOKENS = "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'\""
CREATE = (
    f"CREATE VIRTUAL TABLE search_fts USING fts5(title, body, content='', columnsize=0, prefix='2 3', {_TOKENS})",
    f"CREATE VIRTUAL TABLE search_exact USING fts5(words, content='', columnsize=0, detail=none, {_TOKENS})",
)
DROP = ("DROP TABLE IF EXISTS search_fts", "DROP TABLE IF EXISTS search_exact")
_FOUND = "SELECT rowid FROM search_fts WHERE search_fts MATCH %s"


def _term(term: Term) -> str:
    return f'"{" ".join(term.words)}"{"*" if term.prefix else ""}'


def _match(query: Query) -> str:
    return " AND ".join(_term(term) for term in query.terms)


def _condition(table: str, match: str, walked: bool) -> Condition:
    # The name of the table is one of two of our own; the words are a parameter.
    found = f"SELECT rowid FROM {table} WHERE {table} MATCH %s"  # noqa: S608
    if walked:
        # The sign keeps SQLite from starting at the hits: it goes through the entries in their order and stops early.
        return RawSQL(f"(+search_searchentry.id IN ({found}))", (match,), output_field=BooleanField())  # noqa: S611
    return Q(pk__in=RawSQL(found, (match,)))  # noqa: S611


class SQLite:
    """See `backends.Backend`."""

    def write(self, rows: Sequence[SearchEntry]) -> None:
        """Insert the words of new rows."""
        with connection.cursor() as cursor:
            for batch in in_batches(rows):
                cursor.executemany(
                    "INSERT INTO search_fts(rowid, title, body) VALUES (%s, %s, %s)",
                    [(row.pk, row.folded_title, row.folded) for row in batch],
                )
                cursor.executemany(
                    "INSERT INTO search_exact(rowid, words) VALUES (%s, %s)",
                    [(row.pk, " ".join(accented([row.title, row.text]))) for row in batch],
                )

    def erase(self, rows: Sequence[SearchEntry]) -> None:
        """Delete words; FTS5 without a text of its own wants to be told what it holds."""
        with connection.cursor() as cursor:
            for batch in in_batches(rows):
                cursor.executemany(
                    "INSERT INTO search_fts(search_fts, rowid, title, body) VALUES ('delete', %s, %s, %s)",
                    [(row.pk, row.folded_title, row.folded) for row in batch],
                )
                cursor.executemany(
                    "INSERT INTO search_exact(search_exact, rowid, words) VALUES ('delete', %s, %s)",
                    [(row.pk, " ".join(accented([row.title, row.text]))) for row in batch],
                )

    def first(self, query: Query, *, title: bool = False, limit: int) -> list[int]:
        """Return keys, the latest first."""
        match = f"title : ({_match(query)})" if title else _match(query)
        with connection.cursor() as cursor:
            cursor.execute(f"{_FOUND} ORDER BY rowid DESC LIMIT %s", (match, limit))
            return [row[0] for row in cursor.fetchall()]

    def matches(self, query: Query, *, title: bool = False, walked: bool = False) -> Condition:
        """Return the condition that an entry is among the hits, which are collected once."""
        match = f"title : ({_match(query)})" if title else _match(query)
        return _condition("search_fts", match, walked)

    def is_exact(self, query: Query, *, walked: bool = False) -> Condition | None:
        """Return the condition that every accented word stands there as typed."""
        if not query.accented:
            return None
        return _condition("search_exact", " AND ".join(f'"{word}"' for word in query.accented), walked)

    def clear(self) -> None:
        """Delete all words."""
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_fts(search_fts) VALUES ('delete-all')")
            cursor.execute("INSERT INTO search_exact(search_exact) VALUES ('delete-all')")

"""tsvector columns that Django does not know: `vector` with places and the title's weight, `exact` without places.

They are written as literals made in Python, so that PostgreSQL's parser of words is never asked.
"""

from collections.abc import Sequence

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from prytany.search.backends import Condition, in_batches
from prytany.search.models import SearchEntry
from prytany.search.parsing import Query, Term
from prytany.search.words import accented

CREATE = (
    "ALTER TABLE search_searchentry ADD COLUMN vector tsvector, ADD COLUMN exact tsvector",
    "CREATE INDEX search_entry_vector ON search_searchentry USING gin (vector)",
    "CREATE INDEX search_entry_exact ON search_searchentry USING gin (exact)",
)
DROP = (
    "DROP INDEX IF EXISTS search_entry_vector",
    "DROP INDEX IF EXISTS search_entry_exact",
    "ALTER TABLE search_searchentry DROP COLUMN IF EXISTS vector, DROP COLUMN IF EXISTS exact",
)
_LAST_PLACE = 16_383
_PLACES = 255


def vector_of(row: SearchEntry) -> str:
    """Return the literal of a row: `'word':1A,7 …`; words of the title carry weight A."""
    places: dict[str, list[str]] = {}
    title = row.folded_title.split()
    for number, word in enumerate(title, start=1):
        places.setdefault(word, []).append(f"{min(number, _LAST_PLACE)}A")
    # A gap, so that no phrase runs from the title into the text.
    for number, word in enumerate(row.folded.split(), start=len(title) + 10):
        known = places.setdefault(word, [])
        if len(known) < _PLACES and number <= _LAST_PLACE:
            known.append(str(number))
    return " ".join(f"'{word}':{','.join(found)}" if found else f"'{word}'" for word, found in places.items())


def _term(term: Term, weight: str) -> str:
    *before, last = [f"'{word}'" for word in term.words]
    marks = f"{'*' if term.prefix else ''}{weight}"
    words = [f"{word}:{weight}" if weight else word for word in before] + [f"{last}:{marks}" if marks else last]
    return f"({' <-> '.join(words)})"


def _match(query: Query, weight: str = "") -> str:
    return " & ".join(_term(term, weight) for term in query.terms)


class PostgreSQL:
    """See `backends.Backend`."""

    def write(self, rows: Sequence[SearchEntry]) -> None:
        """Fill the columns of new rows."""
        with connection.cursor() as cursor:
            for batch in in_batches(rows):
                cursor.executemany(
                    "UPDATE search_searchentry SET vector = %s::tsvector, exact = array_to_tsvector(%s::text[])"
                    " WHERE id = %s",
                    [(vector_of(row), accented([row.title, row.text]), row.pk) for row in batch],
                )

    def erase(self, rows: Sequence[SearchEntry]) -> None:
        """Empty the columns."""
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE search_searchentry SET vector = NULL, exact = NULL WHERE id = ANY(%s)", [[r.pk for r in rows]]
            )

    def first(self, query: Query, *, title: bool = False, limit: int) -> list[int]:
        """Return keys in no order: an order would lead the planner away from the index."""
        match = _match(query, "A" if title else "")
        with connection.cursor() as cursor:
            sql = "SELECT id FROM search_searchentry WHERE vector @@ %s::tsquery LIMIT %s"
            cursor.execute(sql, (match, limit))
            return [row[0] for row in cursor.fetchall()]

    def matches(self, query: Query, *, title: bool = False, walked: bool = False) -> Condition:
        """Return the condition; the planner decides from its statistics how to meet it, whatever `walked` says."""
        match = _match(query, "A" if title else "")
        sql = "vector @@ %s::tsquery"
        return RawSQL(sql, (match,), output_field=BooleanField())  # noqa: S611 - the words are a parameter

    def is_exact(self, query: Query, *, walked: bool = False) -> Condition | None:
        """Return the condition that every accented word stands there as typed."""
        if not query.accented:
            return None
        match = " & ".join(f"'{word}'" for word in query.accented)
        return RawSQL("search_searchentry.exact @@ %s::tsquery", (match,), output_field=BooleanField())

    def clear(self) -> None:
        """Empty the columns of all rows."""
        with connection.cursor() as cursor:
            cursor.execute("UPDATE search_searchentry SET vector = NULL, exact = NULL")

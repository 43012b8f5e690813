"""Two indexes behind one interface: FTS5 in SQLite, tsvector with GIN in PostgreSQL. Both hold the same words.

The words are cut and folded in Python (`search.words`), so neither database's own idea of a word plays a part.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import Combinable

from prytany.search.models import SearchEntry
from prytany.search.parsing import Query

Condition = Q | Combinable


class Backend(Protocol):
    """What an index can do. Rows are SearchEntry rows that stand in the table while it is asked to act."""

    def write(self, rows: Sequence[SearchEntry]) -> None:
        """Put the words of rows that are not in the index into it."""
        ...

    def erase(self, rows: Sequence[SearchEntry]) -> None:
        """Take the words of rows out of the index, as they stand on the rows."""
        ...

    def first(self, query: Query, *, title: bool = False, limit: int) -> list[int]:
        """Return the keys of up to `limit` hits, whoever may see them: a quick way to learn whether they are few."""
        ...

    def matches(self, query: Query, *, title: bool = False, walked: bool = False) -> Condition:
        """Return the condition on SearchEntry that all terms are found, with `title` all of them in the title.

        With `walked` in the form that is quick when entries are walked newest first until enough are found.
        """
        ...

    def is_exact(self, query: Query, *, walked: bool = False) -> Condition | None:
        """Return the condition that the accents are as asked; None where the query holds no accents."""
        ...

    def clear(self) -> None:
        """Empty the index."""
        ...


def backend() -> Backend:
    """Return the index of the database in use."""
    if connection.vendor == "postgresql":
        from prytany.search.backends.postgresql import PostgreSQL  # noqa: PLC0415 - one of the two is used

        return PostgreSQL()
    from prytany.search.backends.sqlite import SQLite  # noqa: PLC0415

    return SQLite()


def in_batches(rows: Sequence[SearchEntry], size: int = 200) -> Iterable[Sequence[SearchEntry]]:
    """Yield `rows` in slices."""
    return (rows[start : start + size] for start in range(0, len(rows), size))

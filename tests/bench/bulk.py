"""Writing many rows fast, alike on both databases: COPY on PostgreSQL, executemany on SQLite."""

import datetime
import itertools
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.core.management.color import no_style
from django.db import connection, models, transaction

from prytany.operations.backup.values import KINDS, NULL, kind_of

_BATCH = 20_000


def _moment(value: datetime.datetime) -> str:
    return str(value.astimezone(datetime.UTC).replace(tzinfo=None))


# Kind of column -> from a value of Python to the value that SQLite stores.
_STORED: dict[str, Callable[[Any], Any]] = {
    "moment": _moment,
    "date": str,
    "uuid": lambda value: value.hex if isinstance(value, UUID) else UUID(str(value)).hex,
    "json": lambda value: json.dumps(value, ensure_ascii=False),
    "bool": int,
}


class Table:
    """A model's table, with the defaults of its fields."""

    def __init__(self, model: type[models.Model]) -> None:
        self.fields = [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]
        self.kinds = [kind_of(field) for field in self.fields]
        self.stores = [_STORED.get(kind, lambda value: value) for kind in self.kinds]
        self.places = {field.attname: number for number, field in enumerate(self.fields)}
        defaults = [self._default(field) for field in self.fields]
        self.makers = [(number, default) for number, default in enumerate(defaults) if callable(default)]
        self.template = [
            None if default is None or callable(default) else store(default)
            for default, store in zip(defaults, self.stores, strict=True)
        ]

    @staticmethod
    def _default(field: models.Field) -> Any:
        """Return the field's default, or the function that makes it; None where a row has to bring the value."""
        if isinstance(field, models.DateTimeField) and (field.auto_now or field.auto_now_add):
            return datetime.datetime.now(datetime.UTC)
        if field.has_default():
            return field.default
        return "" if field.empty_strings_allowed and not field.null else None

    def stored(self, row: dict[str, Any]) -> tuple[Any, ...]:
        """Return the values of a row as SQLite stores them."""
        values = list(self.template)
        for name, value in row.items():
            place = self.places[name]
            values[place] = None if value is None else self.stores[place](value)
        for place, make in self.makers:
            if values[place] is None:
                values[place] = self.stores[place](make())
        return tuple(values)


def _line(row: tuple[Any, ...], writers: list[Callable[[Any], str]]) -> str:
    return "\t".join([NULL if value is None else write(value) for value, write in zip(row, writers, strict=True)])


def insert(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> int:
    """Write `rows` (column name -> value; what is left out has the field's default); return their number."""
    table = Table(model)
    columns = ", ".join(f'"{field.column}"' for field in table.fields)
    name = f'"{model._meta.db_table}"'
    count = 0
    with transaction.atomic(), connection.cursor() as cursor:
        for batch in _batches(table.stored(row) for row in rows):
            count += len(batch)
            if connection.vendor == "sqlite":
                marks = ", ".join(["%s"] * len(table.fields))
                cursor.executemany(f"INSERT INTO {name} ({columns}) VALUES ({marks})", batch)
                continue
            writers = [KINDS[kind][0] for kind in table.kinds]
            lines = [_line(row, writers) for row in batch]
            with cursor.copy(f"COPY {name} ({columns}) FROM STDIN") as copy:
                copy.write(("\n".join(lines) + "\n").encode())
    return count


def _batches(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    while batch := list(itertools.islice(rows, _BATCH)):
        yield batch


def finish(*tables: type[models.Model]) -> None:
    """Let numbering go on after the highest keys, and let the planner know the tables."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
        cursor.execute("ANALYZE")

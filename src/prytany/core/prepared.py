"""A query that nearly every request runs: its statement is put together once, and run with other values after.

Django puts a statement together anew each time, which for a wide query costs several times what running it does.
"""

import copy
import datetime
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import connections, models

M = TypeVar("M", bound=models.Model)

# What stands in the statement for the values of a request: nothing else in a query looks like these.
KEY = -7_340_033
DAY = datetime.date(1, 1, 2)


class Prepared(Generic[M]):
    """The rows of `build(key, day)`, a queryset of model instances in which both are values and decide nothing else."""

    def __init__(self, build: Callable[[int, datetime.date], "models.QuerySet[M]"]) -> None:
        self._build = build
        self._kept: tuple[models.QuerySet[M], Any, str, tuple[Any, ...]] | None = None

    def __call__(self, key: int, day: datetime.date) -> list[M]:
        """Return the rows for a key and a day; one query."""
        if self._kept is None:
            rows = self._build(KEY, DAY)
            compiler = rows.query.get_compiler(using=rows.db)
            sql, params = compiler.as_sql()
            self._kept = (rows, compiler, sql, tuple(params))
        rows, compiler, sql, params = self._kept
        values = tuple(_value(param, key, day) for param in params)
        found = rows.all()
        found.query.get_compiler = lambda *_args, **_options: _ready(compiler, sql, values)  # type: ignore[method-assign]
        return list(found)


def _value(param: Any, key: int, day: datetime.date) -> Any:
    """Return what takes the place of a parameter; SQLite gets days as text."""
    if param == KEY:
        return key
    if param == DAY:
        return day
    return day.isoformat() if param == DAY.isoformat() else param


def _ready(compiler: Any, sql: str, params: tuple[Any, ...]) -> Any:
    """Return the compiler as it is once it has written its statement, for the connection of this thread."""
    ready = copy.copy(compiler)
    ready.connection = connections[compiler.using]
    ready.as_sql = lambda *_args, **_options: (sql, params)
    return ready

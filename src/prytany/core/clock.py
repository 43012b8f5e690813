"""The time that services write. Tests and the demo set it, so that history is made through the same services."""

import contextlib
import contextvars
import datetime
from collections.abc import Iterator
from functools import lru_cache

from django.utils import timezone

_now: contextvars.ContextVar[datetime.datetime | None] = contextvars.ContextVar("clock", default=None)


def now() -> datetime.datetime:
    """Return the present instant, or the one set by `at`."""
    return _now.get() or timezone.now()


def today() -> datetime.date:
    """Return the date of `now` in the installation's time zone."""
    return _date_in(now().replace(second=0, microsecond=0), timezone.get_current_timezone())


# A list asks for each row; within a minute the date is the same.
@lru_cache(maxsize=16)
def _date_in(minute: datetime.datetime, zone: datetime.tzinfo) -> datetime.date:
    return timezone.localdate(minute, zone)


@contextlib.contextmanager
def at(instant: datetime.datetime) -> Iterator[None]:
    """Set the clock to `instant` for everything called inside."""
    token = _now.set(instant)
    try:
        yield
    finally:
        _now.reset(token)

"""Jobs that come round: `every("seal the log", minutes(10), seal_log)`, in an app's `schedules.py`.

A schedule is a series of moments (slots). Workers look every few seconds whether a slot has passed that was not
served. After a time without any worker the last slot missed is served once, not all of them. Which worker serves a
slot is decided by one conditional UPDATE in the transaction that queues the job, so it is exactly one.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from prytany.jobs.models import Schedule
from prytany.jobs.queue import prune
from prytany.jobs.tasks import Job, job


class Timetable(Protocol):
    """A series of moments."""

    @property
    def waits_at_first(self) -> bool:
        """Whether a schedule that is seen for the first time waits for its next slot."""
        ...

    def last_slot(self, now: datetime.datetime) -> datetime.datetime:
        """Return the latest moment of the series up to `now`, both with a time zone."""
        ...


@dataclass(frozen=True, slots=True)
class minutes:  # noqa: N801 - reads as a word where it is used
    """Every so many minutes, counted from the hour where that divides."""

    every: int
    waits_at_first: bool = False

    def last_slot(self, now: datetime.datetime) -> datetime.datetime:
        """Return the latest multiple of the interval since 1970."""
        step = self.every * 60
        return datetime.datetime.fromtimestamp(int(now.timestamp()) // step * step, datetime.UTC)


@dataclass(frozen=True, slots=True)
class at:  # noqa: N801 - reads as a word where it is used
    """At a time of the office's clock, "HH:MM", each day, or only on a weekday (0 is Monday) or a day of the month."""

    clock: str
    weekday: int | None = None
    day: int | None = None
    waits_at_first: bool = True

    def last_slot(self, now: datetime.datetime) -> datetime.datetime:
        """Return the latest such moment up to `now`."""
        time = datetime.time.fromisoformat(self.clock)
        day = timezone.localtime(now).date()
        while True:
            slot = timezone.make_aware(datetime.datetime.combine(day, time))
            if slot <= now and self._holds(day):
                return slot
            day -= datetime.timedelta(days=1)

    def _holds(self, day: datetime.date) -> bool:
        if self.weekday is not None and day.weekday() != self.weekday:
            return False
        return self.day is None or day.day == self.day


@dataclass(frozen=True, slots=True)
class Entry:
    """A schedule as an app declared it."""

    name: str
    timetable: Timetable
    target: Job | Callable[[], Any]

    def enqueue(self) -> None:
        """Queue the target: a job itself, a plain function through `run_schedule`."""
        if isinstance(self.target, Job):
            self.target.enqueue()
        else:
            run_schedule.enqueue(self.name)


_ENTRIES: dict[str, Entry] = {}


def every(name: str, timetable: Timetable, target: Job | Callable[[], Any]) -> None:
    """Declare that `target` (a job, or a function without arguments) runs at each slot of `timetable`.

    `name` is stored: renaming a schedule makes it a new one. ValueError if two schedules share a name.
    """
    entry = Entry(name, timetable, target)
    if _ENTRIES.get(name, entry) != entry:
        raise ValueError(f"two schedules are called {name!r}")
    _ENTRIES[name] = entry


def entries() -> list[Entry]:
    """Return all schedules, after loading the `schedules` module of every app."""
    autodiscover_modules("schedules")
    return list(_ENTRIES.values())


def tick(now: datetime.datetime | None = None) -> list[str]:
    """Queue what has come due since the last look; return the names. Safe with any number of workers."""
    now = now or timezone.now()
    served = dict(Schedule.objects.values_list("name", "last_slot"))
    return [entry.name for entry in _ENTRIES.values() if _serve(entry, served, now)]


def _serve(entry: Entry, served: dict[str, datetime.datetime | None], now: datetime.datetime) -> bool:
    slot = entry.timetable.last_slot(now)
    if entry.name not in served:
        first = slot if entry.timetable.waits_at_first else None
        row, _ = Schedule.objects.get_or_create(name=entry.name, defaults={"last_slot": first})
        served[entry.name] = row.last_slot
    last = served[entry.name]
    if last is not None and last >= slot:
        return False
    with transaction.atomic():
        unserved = Schedule.objects.filter(Q(last_slot=None) | Q(last_slot__lt=slot), name=entry.name)
        if not unserved.update(last_slot=slot, last_run_at=now):
            return False
        entry.enqueue()
    return True


@job(attempts=3)
def run_schedule(name: str) -> None:
    """Run the function of a schedule."""
    entry = {entry.name: entry for entry in entries()}[name]
    if not isinstance(entry.target, Job):
        entry.target()


every("prune the queue", at("03:40"), prune)

"""A year of work, act by act in the order of time, through the same services that people use.

Acts stand in a queue by their moment. Each runs with the clock set to that moment and in the scope of who acts, so that
history, log, notices and figures are what they would be had people worked all year. An act that would lie after the
present is not done: what is open then is what stays open.
"""

import datetime
import heapq
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from prytany.core import clock
from prytany.core.scope import Scope
from prytany.demo.organisation import Office
from prytany.workdays.calendar import add_working_days, is_working_day

Act = Callable[[datetime.datetime], None]


@dataclass(frozen=True)
class Mood:
    """How units take a task: how likely in time, how late otherwise (working days), how many never answer so far.

    `early` is how many working days before the due date answers come at the earliest; `talks` how likely they report
    in between, `stuck` how likely something stands in the way, `asks` how likely they ask for more time.
    """

    on_time: float
    late: tuple[int, int]
    silent: float = 0.0
    early: int = 8
    talks: float = 0.1
    stuck: float = 0.02
    asks: float = 0.0


MOODS: dict[str, Mood] = {
    "good": Mood(0.96, (1, 4)),
    "mixed": Mood(0.84, (1, 14), stuck=0.03),
    "late": Mood(0.35, (6, 25), talks=0.8, stuck=0.2, asks=0.5),
    "slow": Mood(0.3, (20, 60), talks=1.0, stuck=0.5, asks=0.8),
    "urgent": Mood(0.92, (1, 2), early=1, talks=0.0, stuck=0.02),
    "now": Mood(0.6, (4, 12), talks=1.0, early=3),
    "current": Mood(0.86, (2, 12), silent=0.06, early=9, stuck=0.04),
    "fresh": Mood(0.9, (2, 10), silent=0.2, early=14, talks=0.15, stuck=0.02),
    "open": Mood(1.0, (1, 3), silent=0.85, talks=0.6),
    "blocked": Mood(0.0, (20, 30), silent=1.0, talks=0.0, stuck=1.0),
    "extension": Mood(0.0, (20, 30), silent=1.0, talks=1.0, asks=1.0),
    "standing": Mood(1.0, (1, 2), silent=1.0, talks=1.0),
    "handed_back": Mood(1.0, (1, 2), silent=1.0, talks=0.0),
}


@dataclass
class Simulation:
    """The queue of acts, with dice that always fall alike."""

    office: Office
    now: datetime.datetime
    dice: random.Random = field(default_factory=lambda: random.Random(2026))  # noqa: S311 - the same demo for everybody
    queue: list[tuple[datetime.datetime, int, Act]] = field(default_factory=list)
    numbers: "itertools.count[int]" = field(default_factory=itertools.count)
    done: int = 0

    def at(self, moment: datetime.datetime, act: Act) -> None:
        """Put an act into the queue; one that lies in the future is dropped."""
        if moment <= self.now:
            heapq.heappush(self.queue, (moment, next(self.numbers), act))

    def run(self) -> None:
        """Do all acts in the order of time, those that acts bring forth among them."""
        while self.queue:
            moment, _number, act = heapq.heappop(self.queue)
            with clock.at(moment):
                act(moment)
            self.done += 1

    def scope(self, account: str, moment: datetime.datetime) -> Scope:
        """Return the scope of an account's holder at a moment."""
        return self.office.scope(account, moment.date())

    def working_day(self, day: datetime.date, days: int = 0) -> datetime.date:
        """Return the day `days` working days after `day` (before it, if negative), itself a working day."""
        root = self.office.root.pk
        while not is_working_day(day, root):
            day -= datetime.timedelta(days=1)
        return add_working_days(day, days, root)

    def hours(self, day: datetime.date, start: float = 7.5, end: float = 16.8) -> datetime.datetime:
        """Return a moment within office hours of a day."""
        minutes = int(self.dice.uniform(start, end) * 60)
        at = datetime.time(minutes // 60, minutes % 60, self.dice.randrange(60))
        return datetime.datetime.combine(day, at, tzinfo=self.now.tzinfo)

    def likely(self, chance: float) -> bool:
        """Throw the dice."""
        return self.dice.random() < chance

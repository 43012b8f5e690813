"""What a text was taken for."""

from dataclasses import dataclass

from prytany.organisation.matching.index import Reason

# From this score on, and so far ahead of the next, a candidate is taken without asking.
CERTAIN = 0.87
AHEAD = 0.015


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that a text may mean: `name` is the name that led to it, `has_ended` if it exists no longer."""

    unit_id: int
    score: float
    reason: Reason
    name: str
    has_ended: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """All units of some kinds or levels within a unit (None: the whole organisation), less the exceptions.

    `stated` is the number that the text gives ("65 xã"); `unit_ids` are those there are on the date.
    """

    kinds: frozenset[str]
    levels: frozenset[str]
    within: int | None
    stated: int | None
    unit_ids: tuple[int, ...]
    excepted: tuple[int, ...] = ()

    @property
    def count(self) -> int:
        """How many units there are."""
        return len(self.unit_ids)

    @property
    def agrees(self) -> bool:
        """Whether the stated number, if there is one, is the number of units."""
        return self.stated is None or self.stated == self.count


@dataclass(frozen=True, slots=True)
class Match:
    """What a text was taken for: candidates best first, or a group, or neither."""

    text: str
    candidates: tuple[Candidate, ...] = ()
    group: Group | None = None

    @property
    def best(self) -> Candidate | None:
        """The candidate that is certain and clearly ahead, among units that exist; else None."""
        if not self.candidates or self.candidates[0].score < CERTAIN or self.candidates[0].has_ended:
            return None
        rivals = self.candidates[1:2]
        if rivals and rivals[0].score > self.candidates[0].score - AHEAD:
            return None
        return self.candidates[0]

    @property
    def unit_ids(self) -> tuple[int, ...]:
        """The units to take without asking: the certain one or those of the group; empty if one has to ask."""
        if self.group is not None:
            return self.group.unit_ids
        return (self.best.unit_id,) if self.best else ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit or group named in running text, from `start` to `end`."""

    start: int
    end: int
    match: Match

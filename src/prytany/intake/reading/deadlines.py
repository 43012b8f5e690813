"""By when: the deadlines of a clause, of the closed list of kinds. A year that is not written is never made up."""

import datetime
import re
from dataclasses import dataclass, replace

from prytany.intake.reading.dates import Moment, moments
from prytany.intake.reading.model import Deadline
from prytany.intake.reading.pack import Pack, folded

# How far before and after a piece of time the words are looked for that say what it is.
_BEFORE, _AFTER = 34, 26


@dataclass(frozen=True, slots=True)
class Found:
    """A deadline with its span in the folded line."""

    deadline: Deadline
    start: int
    end: int
    rank: int


def deadline_in(text: str, start: int, end: int, pack: Pack, event: datetime.date | None) -> Found | None:
    """Return the deadline of the clause [start, end) of a folded line, or None where none is stated.

    `event` is the day of the event if its year is stated: a day without a year is then the next such day after it,
    and the deadline says that the year was inferred.
    """
    clause = text[start:end]
    found = _dated(clause, pack, event) + _undated(clause, pack)
    if not found:
        return None
    best = min(found, key=lambda item: (item.rank, item.start))
    again = next((item for item in found if item.deadline.kind == "recurring_event"), None)
    if again and again.start < best.start and _has_no_year(best):
        # "Every year before 15 October": the day comes round again.
        best = again
    if again and best.deadline.kind == "relative_event":
        # "Before each examination", "weekly after the holidays": what comes round again is the rhythm.
        best = again
    return replace(best, start=best.start + start, end=best.end + start)


def _has_no_year(found: Found) -> bool:
    deadline = found.deadline
    return deadline.iso is not None and (deadline.inferred or deadline.iso.startswith("--"))


def _look(pack: Pack, side: str, key: str, text: str) -> re.Match[str] | None:
    known = pack.known(f"{side[:4]}:{key}")
    if known is not None:
        return known.search(text)
    words = getattr(pack, side).get(key)
    if not words:
        return None
    joined = "|".join(folded(word) for word in words)
    if side == "prepositions":
        pattern = pack.cached(f"prep:{key}", rf"(?<!\w)(?:{joined})\s*(?:{pack.between})?\s*[\"'(]?$")
    else:
        pattern = pack.cached(f"post:{key}", rf"^\s*(?:{pack.between_after})?\s*(?:{joined})(?!\w)")
    return pattern.search(text)


def _kind(clause: str, moment: Moment, pack: Pack) -> tuple[str, int, int, bool] | None:
    """Return (kind, start, end, whether the end of the period is meant) by the words around a moment."""
    before = clause[max(0, moment.start - _BEFORE) : moment.start]
    after = clause[moment.end : moment.end + _AFTER]
    start, end, last = moment.start, moment.end, False
    edge = _look(pack, "prepositions", "end", before)
    if edge:
        last = True
        start = moment.start - len(before) + edge.start()
        before = before[: edge.start()]
    edge = _look(pack, "postpositions", "end", after)
    if edge:
        last = True
        end += edge.end()
        after = after[edge.end() :]
    for key, kind in (("before", "before"), ("by", "on_or_before"), ("from", "start"), ("after", "start")):
        found = _look(pack, "prepositions", key, before)
        if found:
            return kind, start - len(before) + found.start(), end, last
        found = _look(pack, "postpositions", key, after)
        if found:
            return kind, start, end + found.end(), last
    found = _look(pack, "prepositions", "in", before)
    if found:
        return "in", start - len(before) + found.start(), end, last
    found = _look(pack, "postpositions", "in", after)
    if found:
        return "in", start, end + found.end(), last
    return ("end" if last else "bare"), start, end, last


def is_limit(text: str, moment: Moment, pack: Pack) -> bool:
    """Whether a date is one to come: "by 20 April", "20 अप्रैल तक"."""
    kind = _kind(text, moment, pack)
    return kind is not None and kind[0] in ("before", "on_or_before")


_CITED = 60


def _is_cited(clause: str, moment: Moment, pack: Pack) -> bool:
    pattern = pack.pattern("citation")
    if pattern is None:
        return False
    window = clause[max(0, moment.start - _CITED) : moment.end + 45]
    offset = max(0, moment.start - _CITED)
    return any(m.start() + offset <= moment.start < m.end() + offset for m in pattern.finditer(window))


def _is_named_period(clause: str, moment: Moment, pack: Pack) -> bool:
    """Whether the years belong to the name of a term, a plan or a congress."""
    pattern = pack.pattern("period_names")
    if pattern is None:
        return False
    near = clause[max(0, moment.start - 30) : moment.start] + " | " + clause[moment.end : moment.end + 22]
    return bool(pattern.search(near))


def _dated(clause: str, pack: Pack, event: datetime.date | None) -> list[Found]:
    found = []
    for moment in moments(clause, pack):
        if _is_cited(clause, moment, pack):
            continue
        kind, start, end, last = _kind(clause, moment, pack) or ("bare", moment.start, moment.end, False)
        deadline = _deadline(moment, kind, last, clause, pack, event)
        if deadline is None:
            continue
        rank = {"before": 0, "on_or_before": 0, "start": 3, "period": 2, "year": 4}[deadline.kind]
        found.append(Found(deadline, start, end, rank))
    return found


def _deadline(
    moment: Moment, kind: str, last: bool, clause: str, pack: Pack, event: datetime.date | None
) -> Deadline | None:
    moment, inferred = with_year(moment, event)
    if moment.precision == "day":
        if kind in ("before", "on_or_before", "start"):
            return Deadline(kind, None, moment.iso(), inferred=inferred)
        return Deadline("on_or_before", None, moment.iso(), inferred=inferred) if kind in ("in", "end") else None
    if moment.precision == "year":
        return _of_year(moment, kind, last, clause, pack, event)
    if moment.precision == "range":
        past = event is not None and (moment.until or 0) < event.year
        if past or _is_named_period(clause, moment, pack) or (kind == "bare" and moment.start > 12):
            return None
        return Deadline("period", None, moment.iso(), moment.iso_end())
    # A month, a quarter, a half-year.
    if kind == "before":
        return Deadline("before", None, moment.iso_end() if last else moment.iso(), inferred=inferred)
    if kind == "start":
        return Deadline("start", None, moment.iso(), inferred=inferred)
    if kind == "on_or_before" or last:
        return Deadline("on_or_before", None, moment.iso_end() or moment.iso(), inferred=inferred)
    if kind == "bare" and moment.precision == "month" and moment.year is None:
        return None
    return Deadline("period", None, moment.iso(), moment.iso_end(), inferred=inferred)


def _of_year(
    moment: Moment, kind: str, last: bool, clause: str, pack: Pack, event: datetime.date | None
) -> Deadline | None:
    if event and moment.year and moment.year < event.year:
        return None
    if kind in ("before", "start"):
        return Deadline(kind, None, moment.iso())
    if last:
        return Deadline("on_or_before", None, f"{moment.year}-12-31")
    if kind == "on_or_before":
        return Deadline("on_or_before", None, moment.iso())
    named = _is_named_period(clause, moment, pack)
    if named and kind == "bare":
        return None
    return Deadline("year", None, moment.iso())


def with_year(moment: Moment, event: datetime.date | None) -> tuple[Moment, bool]:
    """Return the moment with the year of its next such day after `event`, and whether a year was so added."""
    if moment.year is not None or event is None or moment.precision in ("year", "range"):
        return moment, False
    if moment.precision == "day":
        year = event.year if (moment.month, moment.day) >= (event.month, event.day) else event.year + 1
        if moment.month == 2 and moment.day == 29 and not _leap(year):
            return moment, False
        return replace(moment, year=year), True
    number = moment.month or 3 * (moment.part or 1)
    return replace(moment, year=event.year if number >= event.month else event.year + 1), True


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _undated(clause: str, pack: Pack) -> list[Found]:
    found = []
    for expression in pack.each("durations"):
        for m in expression.finditer(clause):
            unit = _time_unit(m.group("u"), pack)
            count = _number(m.group("n"), pack)
            if unit and count:
                found.append(Found(Deadline("relative_duration", duration=_iso(count, unit)), m.start(), m.end(), 1))
    for number, name in ((2, "durations_of_two"), (1, "durations_of_one")):
        for expression in pack.each(name):
            for m in expression.finditer(clause):
                unit = _time_unit(m.group("u"), pack)
                if unit:
                    told = Deadline("relative_duration", duration=_iso(number, unit))
                    found.append(Found(told, m.start(), m.end(), 1))
    for name, kind, rank in (
        ("relative", "relative_event", 2),
        ("recurring", "recurring_event", 5),
        ("asap", "asap", 6),
    ):
        pattern = pack.pattern(name)
        said = pattern.search(clause) if pattern else None
        if said:
            found.append(Found(Deadline(kind), said.start(), said.end(), rank))
    return _without_repeats(found)


def _without_repeats(found: list[Found]) -> list[Found]:
    """ "Every two weeks" is no "within two weeks"."""
    again = [item for item in found if item.deadline.kind == "recurring_event"]
    return [
        item
        for item in found
        if item.deadline.kind != "relative_duration" or not any(r.start <= item.start < r.end for r in again)
    ]


def _iso(number: int, unit: str) -> str:
    return f"PT{number}H" if unit == "H" else f"P{number}{unit}"


def _number(text: str, pack: Pack) -> int | None:
    words = text.replace("-", " ").split()
    got = pack.number_at(words, 0) if words else None
    return got[0] if got and got[1] == len(words) else None


def _time_unit(text: str, pack: Pack) -> str | None:
    for word, unit in pack.units_of_time.items():
        if text.startswith(folded(word)):
            return unit
    return None

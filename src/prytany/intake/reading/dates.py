"""Dates, quarters, halves, periods and years in a folded line, in digits of any script; never a year that is not there."""

import calendar
import datetime
import re
from dataclasses import dataclass, replace

from prytany.intake.reading.pack import Pack

_YEAR = r"(?:19|20)\d{2}"
_NUMERIC = re.compile(
    rf"(?<![\d/.\w-])(\d{{1,2}})\s?([/.-])\s?(\d{{1,2}})(?:\s?\2\s?({_YEAR}|\d{{2}}))?(?![\d/]|\.\d|-\d|\s?[/-]\s?[^\W\d])"
)
_ISO = re.compile(rf"(?<!\d)({_YEAR})-(\d{{2}})-(\d{{2}})(?!\d)")
_MONTH_YEAR = re.compile(rf"(?<![\d/.-])(\d{{1,2}})\s?[/-]\s?({_YEAR})(?![\d]|\s?/|-[^\W\d])")
_RANGE = re.compile(rf"(?<![\d/-])({_YEAR})\s?(?:-|/|to|a|den|से|تک|الي|حتي|تا)\s?({_YEAR})(?![\d/])")
_ALONE = re.compile(rf"(?<![\d/.,-])({_YEAR})(?![\d/]|[.,]\d|-\d)")


# The 45th of March: no date, and what is left of it without its day is none either.
NO_DAY = "no day"


@dataclass(frozen=True, slots=True)
class Moment:
    """A piece of time found in a line. `precision` is day, month, quarter, half, year or range."""

    start: int
    end: int
    precision: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: int | None = None  # number of the quarter or half
    until: int | None = None  # last year of a range
    last: int | None = None  # last month of several

    def iso(self) -> str | None:
        """Return the first day as far as it is known; `--12-10` where there is no year."""
        if self.precision == "day":
            tail = f"{self.month:02}-{self.day:02}"
            return f"{self.year}-{tail}" if self.year else f"--{tail}"
        if self.year is None:
            return f"--{self.month:02}" if self.precision == "month" else None
        if self.precision in ("year", "range"):
            return str(self.year)
        if self.precision == "month":
            return f"{self.year}-{self.month:02}-01"
        first = 3 * (self.part or 1) - 2 if self.precision == "quarter" else 6 * (self.part or 1) - 5
        return f"{self.year}-{first:02}-01"

    def iso_end(self) -> str | None:
        """Return the last day, or the last year of a range."""
        if self.precision == "range":
            return str(self.until)
        if self.year is None or self.precision in ("day", "year"):
            return None
        if self.precision == "month":
            last = self.last or self.month or 12
        else:
            last = 3 * (self.part or 1) if self.precision == "quarter" else 6 * (self.part or 1)
        return f"{self.year}-{last:02}-{calendar.monthrange(self.year, last)[1]:02}"


def _full_year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def _valid(year: int | None, month: int, day: int) -> bool:
    try:
        datetime.date(year or 2024, month, day)
    except ValueError:
        return False
    return True


def _numeric(text: str) -> list[Moment]:
    found = []
    year: int | None
    for m in _ISO.finditer(text):
        year, month, day = int(m.group(1)), int(m.group(2)), int(m.group(3))
        if _valid(year, month, day):
            found.append(Moment(m.start(), m.end(), "day", year, month, day))
    for m in _NUMERIC.finditer(text):
        day, month, year = int(m.group(1)), int(m.group(3)), _full_year(m.group(4))
        if month > 12 >= day and year is not None:
            day, month = month, day
        # Without a year only a slash makes a date; 3.5 and 10-12 are as often figures.
        if year is None and m.group(2) != "/" and not _dated_before(text, m.start()):
            continue
        if _valid(year, month, day):
            found.append(Moment(m.start(), m.end(), "day", year, month, day))
    found += [
        Moment(m.start(), m.end(), "month", int(m.group(2)), int(m.group(1)))
        for m in _MONTH_YEAR.finditer(text)
        if 1 <= int(m.group(1)) <= 12
    ]
    found += [
        Moment(m.start(), m.end(), "range", int(m.group(1)), until=int(m.group(2)))
        for m in _RANGE.finditer(text)
        if 0 < int(m.group(2)) - int(m.group(1)) <= 40
    ]
    found += [Moment(m.start(), m.end(), "year", int(m.group(1))) for m in _ALONE.finditer(text)]
    return found


_DATED = re.compile(r"(?:ngày|sáng|chiều|tối|hôm nay|date|le|on|दिनांक|تاریخ|يوم|بتاريخ|مورخہ|dated|du)\s*:?\s*\(?$")


def _dated_before(text: str, start: int) -> bool:
    return bool(_DATED.search(text[max(0, start - 14) : start]))


_PARTS = (("first", 1), ("second", 2), ("third", 3), ("fourth", 4))
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def _worded(text: str, pack: Pack) -> list[Moment]:
    found = []
    # Where months have no names of their own (Vietnamese numbers them) the patterns stand alone.
    if not pack.month_words or any(word in text for word in pack.month_words):
        for expression in pack.each("date_patterns"):
            for m in expression.finditer(text):
                moment = _from_groups(m, pack)
                if moment:
                    found.append(moment)
    for expression in pack.each("quarter_patterns"):
        for m in expression.finditer(text):
            groups = m.groupdict()
            part = next((number for name, number in _PARTS if groups.get(name)), None)
            if part is None and groups.get("q"):
                part = _ROMAN.get(groups["q"]) or (int(groups["q"]) if groups["q"].isdigit() else None)
            if part and 1 <= part <= 4:
                found.append(Moment(m.start(), m.end(), "quarter", _full_year(groups.get("y")), part=part))
    for expression in pack.each("half_patterns"):
        for m in expression.finditer(text):
            groups = m.groupdict()
            part = 1 if groups.get("h1") else 2
            found.append(Moment(m.start(), m.end(), "half", _full_year(groups.get("y")), part=part))
    return found


def _from_groups(m: re.Match[str], pack: Pack) -> Moment | None:
    groups = m.groupdict()
    year = _full_year(groups.get("y"))
    month = groups.get("mon")
    number = int(month) if month and month.isdigit() else pack.month_words.get((month or "").rstrip("."))
    if not number or not 1 <= number <= 12:
        return None
    if groups.get("d"):
        day = int(groups["d"])
        return Moment(m.start(), m.end(), "day" if _valid(year, number, day) else NO_DAY, year, number, day)
    return Moment(m.start(), m.end(), "month", year, number)


def moments(text: str, pack: Pack) -> list[Moment]:
    """Return the pieces of time in a folded text, in order; where two overlap the longer and finer one stays."""
    if not any(c.isdigit() for c in text) and not _has_quarter(text, pack):
        return []
    rank = {"day": 0, NO_DAY: 0, "month": 1, "quarter": 1, "half": 1, "range": 2, "year": 3}
    found = sorted(
        [_from_month(m, text, pack) for m in _worded(text, pack)] + _numeric(text),
        key=lambda m: (-(m.end - m.start), rank[m.precision]),
    )
    kept: list[Moment] = []
    for moment in found:
        if all(moment.end <= other.start or moment.start >= other.end for other in kept):
            kept.append(moment)
    return sorted((moment for moment in kept if moment.precision != NO_DAY), key=lambda m: m.start)


_TO = r"\s*(?:to|through|until|-|–|au|à|jusqu'à|jusqu'en|đến|से|तक|تا|سے|الي|حتي)\s*$"


def _from_month(moment: Moment, text: str, pack: Pack) -> Moment:
    """ "July to September 2025": a period from the first of the months."""
    if moment.precision != "month" or moment.year is None or not pack.month_words:
        return moment
    names = "|".join(re.escape(word) for word in sorted(pack.month_words, key=len, reverse=True))
    before = pack.cached("from month", rf"(?<!\w)({names}){_TO}").search(text, max(0, moment.start - 30), moment.start)
    first = pack.month_words[before.group(1)] if before else None
    if before is None or first is None or not first < (moment.month or 0):
        return moment
    return replace(moment, start=before.start(), month=first, last=moment.month)


def _has_quarter(text: str, pack: Pack) -> bool:
    return any(pattern.search(text) for pattern in pack.each("quarter_patterns"))

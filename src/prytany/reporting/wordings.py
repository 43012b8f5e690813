"""Phrases that status report and reminder letter share, in the active language."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from prytany.core import timing, wording
from prytany.core.marks import BLOCKED, STATES
from prytany.reporting.papers.paper import Annex, Column, Group, isolated, named
from prytany.work.timeliness import Timeliness
from prytany.workdays.periods import PeriodKind

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


def roman(number: int) -> str:
    """Return a section's number; sections have Roman numbers (Decree 30/2020, Appendix I)."""
    return _ROMAN[number - 1]


def period_name(kind: str, year: int, number: int) -> str:
    """Return the name of a period as a title says it: November 2026, quarter IV of 2026, the first half of 2026."""
    values = {"year": wording.digits(str(year)), "number": wording.digits(str(number))}
    if kind == PeriodKind.WEEK:
        return pgettext("reporting period", "week %(number)s of %(year)s") % values
    if kind == PeriodKind.MONTH:
        month = dateformat.format(datetime.date(year, number, 1), "F")
        # Translators: use month_name, or number, with year.
        return pgettext("reporting period", "%(month_name)s %(year)s") % {**values, "month_name": month}
    if kind == PeriodKind.QUARTER:
        # Translators: use number (1 to 4) or roman (I to IV).
        return pgettext("reporting period", "quarter %(roman)s of %(year)s") % {**values, "roman": roman(number)}
    if kind == PeriodKind.HALF_YEAR:
        if number == 1:
            return pgettext("reporting period", "the first six months of %(year)s") % values
        return pgettext("reporting period", "the last six months of %(year)s") % values
    if kind == PeriodKind.NINE_MONTHS:
        return pgettext("reporting period", "nine months of %(year)s") % values
    return pgettext("reporting period", "the year %(year)s") % values


def share(part: int, whole: int) -> str:
    """Return a count with its denominator and the rate: 12 of 240 (5%)."""
    if not whole:
        return wording.count(part)
    return _("%(part)s of %(whole)s (%(percent)s)") % {
        "part": wording.count(part),
        "whole": wording.count(whole),
        "percent": wording.percent(100 * part / whole),
    }


def parts(number: int) -> str:
    """Return a number of parts."""
    return ngettext("%(count)s part", "%(count)s parts", number) % {"count": wording.count(number)}


def tasks(number: int) -> str:
    """Return a number of tasks."""
    return ngettext("%(count)s task", "%(count)s tasks", number) % {"count": wording.count(number)}


def date_of(text: str | None) -> datetime.date | None:
    """Return a stored date."""
    return datetime.date.fromisoformat(text) if text else None


def standing_words(row: Mapping[str, Any], day: datetime.date) -> str:
    """Return how a row stands: 3 days overdue, blocked, awaiting check."""
    due, submitted = date_of(row["due"]), date_of(row["submitted"])
    reached = submitted if row["state"] in ("submitted", "verified", "nothing") and submitted else day
    days = abs((reached - due).days) if due else 0
    kind = row["timeliness"]
    words = [timing.Standing(kind, days).words() if kind else str(STATES[row["state"]].word)]
    if row["state"] in ("submitted", "more_needed", "nothing"):
        words.append(str(STATES[row["state"]].word))
    if row["blocked"]:
        words.append(str(BLOCKED.word))
    return "; ".join(words)


def six_columns() -> list[str]:
    """Return the heads of the six counts, as in `Timeliness`."""
    return [timing.class_words(which) for which in Timeliness]


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of people's own words."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def lines(text: str) -> list[str]:
    """Return the lines that a person typed, one entry each."""
    return paragraphs(text)


def annex_of(rows: Sequence[Mapping[str, Any]], day: datetime.date, *, title: str, note: str, foot: str) -> Annex:
    """Return the list behind a paper, grouped by unit."""
    columns = (
        Column(pgettext("column", "No."), 0.4, figures=True),
        Column(pgettext("column", "Source"), 1.1),
        Column(pgettext("column", "Content"), 3.4),
        Column(pgettext("column", "Due"), 0.9),
        Column(pgettext("column", "Standing"), 1.2),
        Column(pgettext("column", "Last word"), 2.2),
    )
    groups: dict[str, list[tuple[str, ...]]] = {}
    for number, row in enumerate(rows, start=1):
        groups.setdefault(row["unit"], []).append(
            (
                wording.digits(str(number)),
                isolated(row["source"]),
                named(row["content"]),
                _due(row),
                standing_words(row, day),
                named(row["last_word"]) or "—",
            )
        )
    return Annex(title, note, columns, tuple(Group(unit, tuple(found)) for unit, found in groups.items()), foot)


def _due(row: Mapping[str, Any]) -> str:
    due = wording.due(date_of(row["due"]), row["precision"]) or "—"
    first = date_of(row["original_due"])
    if first and row["due"] != row["original_due"]:
        return _("%(due)s (first %(first)s)") % {"due": isolated(due), "first": isolated(wording.day(first))}
    return isolated(due)

"""Series and numbers of registers (domain-rules 1.1): which series a paper belongs to, the next free number in it,
and how a number and symbol is written."""

import datetime

from django.db.models import Max

from prytany.core import levels
from prytany.documents.models import RegisterEntry
from prytany.organisation.models import Unit
from prytany.rules.lookup import NoRule, rule

Direction = RegisterEntry.Direction


def term_of(day: datetime.date, unit: Unit | int | None) -> str:
    """Return the committee term that `day` falls in; the year where none is set."""
    try:
        return str(rule("documents.term", on=day, unit=unit).value) or str(day.year)
    except NoRule:
        return str(day.year)


def series_of(direction: str, *, family: str, kind: str, level: int, on: datetime.date, unit: Unit | int | None) -> str:
    """Return the series of a line: the year for incoming and internal papers; for outgoing ones what the rules say.

    Incoming: one series a year, paper and electronic alike (Decree 30/2020, Article 22); state-secret papers apart.
    """
    secret = "/secret" if levels.is_secret(level) else ""
    if direction != Direction.OUT:
        return f"{on.year}{secret}"
    scheme = rule(f"documents.numbering.{family}", on=on, unit=unit).value
    period = term_of(on, unit) if scheme["period"] == "term" else str(on.year)
    per_kind = f"/{family}.{_series_kind(kind)}" if scheme["per_kind"] else f"/{family}"
    return f"{period}{per_kind}{secret if scheme['secret_apart'] else ''}"


def _series_kind(kind: str) -> str:
    """Return the kind under whose name numbers run: a conclusion notice is numbered among the notices."""
    return "notice" if kind == "conclusion_notice" else kind


def next_number(unit: Unit | int, direction: str, series: str) -> int:
    """Return the number after the highest taken one; void lines keep theirs."""
    unit_id = unit if isinstance(unit, int) else unit.pk
    taken = RegisterEntry.objects.filter(unit=unit_id, direction=direction, series=series)
    return (taken.aggregate(top=Max("number"))["top"] or 0) + 1


def write_symbol(family: str, number: int, abbreviation: str, body: str, drafter: str = "") -> str:
    """Return a number and symbol: `05/QĐ-UBND` for the State family, `127-QĐ/TU` for the Party.

    State: numbers below 10 have two digits; an official letter has no abbreviation but body and drafting unit
    (`05/BNV-VP`). Source: Decree 30/2020, Annexes I and III; Guidance 36-HD/VPTW.
    """
    if family == "party":
        return f"{number}-{abbreviation}/{body}" if abbreviation else f"{number}/{body}"
    if not abbreviation:
        return f"{number:02d}/{body}-{drafter}" if drafter else f"{number:02d}/{body}"
    return f"{number:02d}/{abbreviation}-{body}"

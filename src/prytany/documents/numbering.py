"""Which series a number comes from (domain-rules 1.1), which kinds a body may number, how a symbol is written."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from prytany.core import levels
from prytany.core.fold import fold
from prytany.documents.models import NumberSeries, RegisterEntry
from prytany.organisation.models import Hierarchy, Unit, UnitLink, UnitName, UnitVersion
from prytany.rules.lookup import NoRule, Rule, rule

Direction = RegisterEntry.Direction
Period = NumberSeries.Period


def term_of(day: datetime.date, unit: Unit | int | None) -> str:
    """Return the committee term that `day` falls in; the year where none is set."""
    try:
        return str(rule("documents.term", on=day, unit=unit).value) or str(day.year)
    except NoRule:
        return str(day.year)


def congress_of(day: datetime.date, unit: Unit | int | None) -> str:
    """Return the congress that sits on `day`; "" where none does."""
    return str(rule("documents.congress", on=day, unit=unit).value)


@dataclass(frozen=True, slots=True)
class SeriesKey:
    """What tells the series of one body apart."""

    direction: str
    period_type: str
    period: str
    family: str = ""
    group: str = ""
    is_secret: bool = False


def series_key(
    direction: str,
    *,
    family: str,
    kind: str,
    level: int,
    on: datetime.date,
    unit: Unit | int | None,
    congress: bool = False,
) -> SeriesKey:
    """Return the series of a line: the year for incoming and internal papers; for outgoing ones what the rules say.

    Incoming: one series a year, paper and electronic alike (Decree 30/2020, Article 22); state-secret papers apart.
    Papers of a congress have one series for all kinds (Guidance 36-HD/VPTW, II.1.3).
    """
    secret = levels.is_secret(level)
    if direction != Direction.OUT:
        return SeriesKey(direction, Period.YEAR, str(on.year), is_secret=secret)
    scheme = rule(f"documents.numbering.{family}", on=on, unit=unit).value
    apart = secret and scheme["secret_apart"]
    if congress:
        return SeriesKey(direction, Period.CONGRESS, congress_of(on, unit), family, is_secret=apart)
    by_term = scheme["period"] == "term"
    found = kind_rule(family, kind, on=on, unit=unit)
    among = (found.value["numbered_as"] if found else "") or kind
    group = among if scheme["per_kind"] or (found and found.value["apart"]) else ""
    period = term_of(on, unit) if by_term else str(on.year)
    return SeriesKey(direction, Period.TERM if by_term else Period.YEAR, period, family, group, apart)


def kind_rule(family: str, kind: str, *, on: datetime.date, unit: Unit | int | None) -> Rule | None:
    """Return the rule of a kind on a day; None where the kind was not in force."""
    key = f"documents.kind.{family}.{kind}"
    try:
        return rule(key, on=on, unit=unit)
    except NoRule:
        return None


def issuer_key(names: Iterable[UnitName]) -> str:
    """Return what numbers of a body go by: its symbol, without one its name, in Vietnamese if it has one there."""
    rows = sorted(names, key=lambda row: (not row.symbol, row.language != "vi", row.pk))
    if not rows:
        return ""
    return (rows[0].symbol.strip().upper() or fold(rows[0].name))[:200]


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body as it stood on a day: its version, what its numbers go by, what it was."""

    version: UnitVersion | None
    key: str
    ended_on: datetime.date | None = None


def issuer_on(unit: Unit | int, day: datetime.date) -> Issuer:
    """Return the body as it stood on `day`; one that begins later as it begins; one that ended says when."""
    unit_id = unit if isinstance(unit, int) else unit.pk
    versions = list(UnitVersion.objects.filter(unit=unit_id).prefetch_related("names").order_by("valid_from"))
    if not versions:
        return Issuer(None, "")
    begun = [version for version in versions if version.valid_from <= day] or versions[:1]
    version = begun[-1]
    ended = version.valid_to if version.valid_to and version.valid_to <= day else None
    return Issuer(version, issuer_key(version.names.all()), ended)


def may_issue(family: str, kind: str, issuer: Issuer, unit: Unit, day: datetime.date) -> Rule | None:
    """Return the rule by which a body may not issue a kind on `day`; None where it may, or no rule speaks of it.

    The rule is that of the body's level and kind (Regulation 66-QĐ/TW, Article 7). It may name another body whose kinds
    the first one issues too while that body is no unit of its own below it.
    """
    if issuer.version is None:
        return None
    level, body = issuer.version.level, issuer.version.kind
    found = _matrix(family, level, body, day, unit)
    if found is None:
        return None
    known = kind_rule(family, kind, on=day, unit=unit)
    among = (known.value["numbered_as"] if known else "") or kind
    allowed = set(found.value["kinds"])
    other = found.value["also_for"]
    if among not in allowed and other and not _has_below(unit, other, day):
        also = _matrix(family, level, other, day, unit)
        allowed |= set(also.value["kinds"]) if also else set()
    return None if among in allowed else found


def _matrix(family: str, level: str, body: str, day: datetime.date, unit: Unit) -> Rule | None:
    key = f"documents.may_issue.{family}.{level}.{body}"
    try:
        return rule(key, on=day, unit=unit)
    except NoRule:
        return None


def _has_below(unit: Unit, kind: str, day: datetime.date) -> bool:
    below = UnitLink.objects.on(day).filter(hierarchy=Hierarchy.LINE, ancestor=unit, depth=1).values("descendant")
    return UnitVersion.objects.on(day).filter(unit__in=below, kind=kind).exists()


def write_symbol(
    family: str,
    number: int,
    abbreviation: str,
    body: str,
    drafter: str = "",
    *,
    on: datetime.date | None = None,
    unit: Unit | int | None = None,
) -> str:
    """Return a number and symbol by the pattern of the family: `05/QĐ-UBND` for the State, `127-QĐ/TU` for the Party.

    A kind without an abbreviation has a pattern of its own (`05/BNV-VP`: body and drafting unit); the sign before a
    place that stays empty goes with it. Source: Decree 30/2020, Annexes I and III; Guidance 36-HD/VPTW.
    """
    pattern = rule(f"documents.symbol.{family}", on=on, unit=unit).value
    places = {
        "number": f"{number:0{pattern['least_digits']}d}",
        "kind": abbreviation,
        "body": body,
        "drafter": drafter,
    }
    text = pattern["with_kind"] if abbreviation else pattern["without_kind"]
    for place, filled in places.items():
        for empty in (f"-{{{place}}}", f"/{{{place}}}") if not filled else ():
            text = text.replace(empty, "")
        text = text.replace(f"{{{place}}}", filled)
    return text

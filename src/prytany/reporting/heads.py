"""The head of an office's papers: its letterhead on a date, set as the layout rule of its family says."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from prytany.accounts.models import Letterhead
from prytany.core import wording
from prytany.organisation.models import Appointment, Unit
from prytany.organisation.names import NAMELESS, unit_labels
from prytany.organisation.roles import ROLES
from prytany.reporting.papers.paper import Head, isolated
from prytany.rules.kinds import localised
from prytany.rules.lookup import Rule, line_of, rule

HEADS = [code for code, role in ROLES.items() if role.is_head]


@dataclass(frozen=True)
class Office:
    """Who issues a paper: the letterhead's lines, the layout rule, who signs."""

    family: str
    superior: str
    issuer: str
    symbol: str
    place: str
    authority: str
    signer_title: str
    signer_name: str
    layout: Rule


def office_of(unit: Unit, on: datetime.date, language: str) -> Office:
    """Return the office that issues papers for `unit` on `on`: the nearest letterhead up the line.

    Without a letterhead the names of the unit and of the one above it stand in.
    """
    line = line_of(unit, on)
    found = {row.unit_id: row for row in Letterhead.objects.on(on).filter(unit_id__in=line)}
    letterhead = next((found[unit_id] for unit_id in line if unit_id in found), None)
    issuer_id = letterhead.unit_id if letterhead else unit.pk
    head = (
        Appointment.objects.on(on)
        .filter(post__unit_id=issuer_id, post__role__in=HEADS, kind=Appointment.Kind.HOLDER)
        .select_related("person", "post")
        .order_by("post__position", "pk")
        .first()
    )
    if letterhead is None:
        labels = unit_labels(line, on=on, language=language)
        above = labels.get(line[1], NAMELESS).name if len(line) > 1 else ""
        own = labels.get(unit.pk, NAMELESS)
        letterhead = Letterhead(
            unit=unit,
            superior=above,
            issuer=own.name,
            symbol=own.symbol,
            signer_title=head.post.title if head else "",
        )
    return Office(
        family=letterhead.family,
        superior=letterhead.superior,
        issuer=letterhead.issuer,
        symbol=letterhead.symbol,
        place=letterhead.place,
        authority=letterhead.authority,
        signer_title=letterhead.signer_title,
        signer_name=head.person.name if head else "",
        layout=rule(f"reports.layout.{letterhead.family}", on=on, unit=unit),
    )


def letter_date(day: datetime.date) -> str:
    """Return a date as it stands in the head of a paper, in the active language.

    Days below 10 and the months January and February have a leading zero in Vietnamese (Decree 30/2020, Appendix I).
    """
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    # Translators: use day (05 or 22), month (01, 02, 3 … 12) or month_name, and year.
    text = pgettext("date of a paper", "%(day)s %(month_name)s %(year)s") % {
        "day": f"{day.day:02d}",
        "month": month,
        "month_name": dateformat.format(day, "F"),
        "year": day.year,
    }
    return wording.digits(text)


def number_line(office: Office, kind: str, number: str) -> str:
    """Return the line of number and symbol: `Số 12-CV/VPTU`, `Số: 12/BC-UBND`, `Số: 05/BNV-VP` (domain-rules 1.1).

    `kind` is the abbreviation, "" for a State letter, which has none. Without a number a gap is left for the pen.
    """
    gap = "\u00a0" * 6
    if office.family == Letterhead.Family.PARTY:
        text = f"{number or gap}-{kind or 'CV'}/{office.symbol}"
        return pgettext("Party paper", "No. %(number)s") % {"number": isolated(text)}
    padded = f"{int(number):02d}" if number.isdecimal() else number
    text = f"{padded or gap}/{f'{kind}-' if kind else ''}{office.symbol}"
    return pgettext("State paper", "No.: %(number)s") % {"number": isolated(text)}


def head_of(
    office: Office,
    *,
    language: str,
    on: datetime.date,
    number: str,
    abbreviation: str,
    kind: str = "",
    summary: str = "",
    subject: str = "",
) -> Head:
    """Return the head of a paper, in the active language."""
    layout = office.layout.value
    place_date = letter_date(on)
    if office.place:
        place_date = pgettext("head of a paper", "%(place)s, %(date)s") % {"place": office.place, "date": place_date}
    return Head(
        title=localised(layout["title"], language),
        motto=localised(layout["motto"], language),
        superior=office.superior,
        issuer=office.issuer,
        asterisk=layout["asterisk"],
        number=number_line(office, abbreviation, number),
        place_date=place_date,
        kind=kind,
        summary=summary,
        subject=_("Re: %(subject)s") % {"subject": subject} if subject else "",
    )


def sizes(office: Office) -> dict[str, Any]:
    """Return the numbers of the layout: margins and sizes."""
    return {name: value for name, value in office.layout.value.items() if isinstance(value, int)}


def language_of(asked: str) -> str:
    """Return a language of the product."""
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE

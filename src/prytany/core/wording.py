"""Dates, instants and numbers as a reader's language writes them: the one place for what the filters show.

Only Arabic writes other digits than 0 to 9 by default (Unicode CLDR 46, default numbering systems: ar `arab`; vi, en,
fr, hi and ur `latn`). Symbols, codes and exports never pass through here: they keep ASCII digits.
"""

import datetime
from collections.abc import Mapping
from functools import lru_cache

from django.utils import dateformat, formats, timezone, translation
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from prytany.core import clock

_DIGITS: Mapping[str, dict[int, int]] = {"ar": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")}
_ROMAN = ("I", "II", "III", "IV")


def digits(text: str) -> str:
    """Return `text` with the digits of the active language."""
    table = _DIGITS.get((translation.get_language() or "")[:2])
    return text.translate(table) if table else text


def count(number: int | float) -> str:
    """Return a number grouped and with the digits of the active language: 1 392, 1,392, ١٬٣٩٢."""
    return _count(number, translation.get_language())


# Tables hold hundreds of numbers, most of them small.
@lru_cache(maxsize=4096, typed=True)
def _count(number: int | float, _language: str | None) -> str:
    return digits(formats.number_format(number, use_l10n=True, force_grouping=True))


def _date(value: object) -> datetime.date | None:
    """Return the date of a date, instant or ISO text, in the installation's time zone."""
    if isinstance(value, datetime.datetime):
        return timezone.localdate(value) if timezone.is_aware(value) else value.date()
    if isinstance(value, str):
        return parse_date(value)
    return value if isinstance(value, datetime.date) else None


def day(value: object) -> str:
    """Return a date as 21/11/2026 in the active language's order and digits; "" for nothing."""
    date = _date(value)
    return digits(formats.date_format(date, "DATE_FORMAT")) if date else ""


def weekday(value: object) -> str:
    """Return a date with its weekday: Fri, 20/11/2026."""
    date = _date(value)
    # Translators: Django's date format characters; l is the weekday in full, D in short.
    return digits(dateformat.format(date, pgettext("date format", "D, d/m/Y"))) if date else ""


def day_short(value: object, today: datetime.date | None = None) -> str:
    """Return a date as a person near to it says it: Today, Yesterday, Fri, 20/11; farther 02/03 or 02/03/2024."""
    date = _date(value)
    if date is None:
        return ""
    distance = (date - (today or clock.today())).days
    if distance == 0:
        return _("Today")
    if distance == -1:
        return _("Yesterday")
    if distance == 1:
        return _("Tomorrow")
    if abs(distance) < 7:
        # Translators: Django's date format characters; l is the weekday in full, D in short.
        pattern = pgettext("date format", "D, d/m")
    elif date.year == (today or clock.today()).year:
        pattern = pgettext("date format", "d/m")
    else:
        return day(date)
    return digits(dateformat.format(date, pattern))


def clock_time(value: datetime.datetime) -> str:
    """Return the time of day of an instant: 08:10."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return digits(dateformat.format(local, "H:i"))


def moment(value: object, today: datetime.date | None = None) -> str:
    """Return an instant as Today, 08:10; Fri, 20/11, 15:05; 02/03/2024, 09:00. A bare date has no time."""
    if not isinstance(value, datetime.datetime):
        return day_short(value, today)
    return pgettext("instant", "%(day)s, %(time)s") % {"day": day_short(value, today), "time": clock_time(value)}


def instant(value: datetime.datetime) -> str:
    """Return an instant in full, for paper: 23/11/2026, 12:00."""
    return pgettext("instant", "%(day)s, %(time)s") % {"day": day(value), "time": clock_time(value)}


def due(value: object, precision: str = "day") -> str:
    """Return a due date to its precision: 22/12/2026, 12/2026, Q4/2026, 2026; "" for none."""
    date = _date(value)
    if date is None or precision == "standing":
        return ""
    if precision == "month":
        return digits(dateformat.format(date, pgettext("date format", "m/Y")))
    if precision == "quarter":
        number = (date.month + 2) // 3
        return digits(
            # Translators: use %(quarter)s (1 to 4) or %(roman)s (I to IV).
            pgettext("quarter of a year", "Q%(quarter)s/%(year)s")
            % {"quarter": number, "roman": _ROMAN[number - 1], "year": date.year}
        )
    if precision == "year":
        return digits(str(date.year))
    return day(date)


def of(part: int, whole: int) -> str:
    """Return a count with its denominator, to be set in a left-to-right isolate: 3 / 24."""
    return f"{count(part)}\u00a0/\u00a0{count(whole)}"


def size(number: int) -> str:
    """Return a file size: 280 kB, 4.1 MB."""
    if number < 1000:
        return _("%(size)s bytes") % {"size": count(number)}
    if number < 1_000_000:
        return _("%(size)s kB") % {"size": count(round(number / 1000))}
    if number < 1_000_000_000:
        amount = formats.number_format(round(number / 1_000_000, 1), decimal_pos=1, use_l10n=True)
        return _("%(size)s MB") % {"size": digits(amount)}
    amount = formats.number_format(round(number / 1_000_000_000, 1), decimal_pos=1, use_l10n=True)
    return _("%(size)s GB") % {"size": digits(amount)}


def percent(value: float) -> str:
    """Write a percentage with one decimal: 5.8 %, 5,8%; in Arabic and Urdu with the word."""
    number = digits(formats.number_format(round(value, 1), decimal_pos=1))
    return pgettext("percentage", "%(number)s%%") % {"number": number}

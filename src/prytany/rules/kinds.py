"""Kinds of values that a rule may have: each checks what a file or a form gives and returns the typed value."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from prytany.core import wording
from prytany.core.wording import digits

LANGUAGES = ("vi", "en", "fr", "hi", "ar", "ur")

COLUMNS: Mapping[str, Any] = {
    "name": gettext_lazy("Name"),
    "abbreviation": gettext_lazy("Abbreviation"),
    "family": gettext_lazy("Family"),
    "is_directive": gettext_lazy("Directing document"),
    "rank": gettext_lazy("Rank"),
    "at_once": gettext_lazy("Told at once"),
    "value": gettext_lazy("Level"),
    "years": gettext_lazy("Years"),
    "month": gettext_lazy("Month"),
    "day": gettext_lazy("Day"),
    "days": gettext_lazy("Days"),
    "off": gettext_lazy("Days off"),
    "working": gettext_lazy("Days worked instead"),
    "from_day": gettext_lazy("From day"),
    "from_month": gettext_lazy("Of month"),
    "to_day": gettext_lazy("To day"),
    "period": gettext_lazy("Numbers run"),
    "title": gettext_lazy("Heading of the State or the Party"),
    "motto": gettext_lazy("Motto under it"),
    "asterisk": gettext_lazy("Asterisk under the issuing body"),
    "margin_top": gettext_lazy("Margin at the top, mm"),
    "margin_bottom": gettext_lazy("Margin at the bottom, mm"),
    "margin_start": gettext_lazy("Margin at the bound side, mm"),
    "margin_end": gettext_lazy("Margin at the outer side, mm"),
    "title_size": gettext_lazy("Heading, points"),
    "motto_size": gettext_lazy("Motto, points"),
    "superior_size": gettext_lazy("Superior body, points"),
    "issuer_size": gettext_lazy("Issuing body, points"),
    "number_size": gettext_lazy("Number and symbol, points"),
    "place_size": gettext_lazy("Place and date, points"),
    "kind_size": gettext_lazy("Kind of document, points"),
    "summary_size": gettext_lazy("Summary, points"),
    "subject_size": gettext_lazy("Subject of a letter, points"),
    "body_size": gettext_lazy("Text, points"),
    "signer_size": gettext_lazy("Signer, points"),
    "recipients_size": gettext_lazy("Word for recipients, points"),
    "list_size": gettext_lazy("List of recipients, points"),
    "page_size": gettext_lazy("Page number, points"),
    "numbered_as": gettext_lazy("Numbered among the papers of the kind"),
    "apart": gettext_lazy("Always a series of its own"),
    "with_kind": gettext_lazy("Symbol of a kind with an abbreviation"),
    "without_kind": gettext_lazy("Symbol of a kind without an abbreviation"),
    "least_digits": gettext_lazy("Digits of a number at least"),
    "kinds": gettext_lazy("Kinds of documents"),
    "also_for": gettext_lazy("Issues also for this body, where it is no unit of its own"),
    "columns": gettext_lazy("Columns"),
    "per_kind": gettext_lazy("One series per kind"),
    "secret_apart": gettext_lazy("Secret papers apart"),
}


class BadValue(ValueError):
    """The value is not of its kind; the message is a sentence for whoever wrote it."""


class Kind:
    """One kind of value; values are immutable, so that a rule handed out cannot be changed by its reader."""

    def clean(self, value: Any) -> Any:
        """Return the typed value; BadValue where `value` is not of this kind."""
        raise NotImplementedError

    def plain(self, value: Any) -> Any:
        """Return `value` as JSON keeps it; `clean(plain(value)) == value`."""
        return value


@dataclass(frozen=True)
class Integer(Kind):
    """A whole number within bounds."""

    low: int
    high: int

    def clean(self, value: Any) -> int:
        """Return `value` if it is a whole number within the bounds."""
        if isinstance(value, bool) or not isinstance(value, int):
            raise BadValue(_("Write a whole number."))
        if not self.low <= value <= self.high:
            raise BadValue(_("Write a whole number from %(low)s to %(high)s.") % {"low": self.low, "high": self.high})
        return value


@dataclass(frozen=True)
class Integers(Kind):
    """Whole numbers in ascending order, each once."""

    low: int
    high: int

    def clean(self, value: Any) -> tuple[int, ...]:
        """Return the numbers; an empty list is allowed."""
        if not isinstance(value, list | tuple):
            raise BadValue(_("Write whole numbers."))
        one = Integer(self.low, self.high)
        numbers = tuple(one.clean(item) for item in value)
        if list(numbers) != sorted(set(numbers)):
            raise BadValue(_("Write the numbers in ascending order, each once."))
        return numbers

    def plain(self, value: Any) -> Any:
        """Return a list."""
        return list(value)


@dataclass(frozen=True)
class Flag(Kind):
    """Yes or no."""

    def clean(self, value: Any) -> bool:
        """Return `value` if it is true or false."""
        if not isinstance(value, bool):
            raise BadValue(_("Write yes or no."))
        return value


@dataclass(frozen=True)
class Text(Kind):
    """One line of text, possibly empty."""

    longest: int = 200

    def clean(self, value: Any) -> str:
        """Return `value` if it is a text of one line."""
        if not isinstance(value, str) or "\n" in value:
            raise BadValue(_("Write one line of text."))
        if len(value) > self.longest:
            raise BadValue(_("Write at most %(longest)s characters.") % {"longest": self.longest})
        return value


@dataclass(frozen=True)
class Texts(Kind):
    """A text in several languages; `optional` allows none at all."""

    optional: bool = False

    def clean(self, value: Any) -> Mapping[str, str]:
        """Return language to text, for languages of the product only."""
        if not isinstance(value, Mapping) or not (value or self.optional) or not set(value) <= set(LANGUAGES):
            raise BadValue(_("Write the text for at least one language."))
        line = Text()
        return MappingProxyType({language: line.clean(value[language]) for language in LANGUAGES if language in value})

    def plain(self, value: Any) -> Any:
        """Return a dict."""
        return dict(value)


@dataclass(frozen=True)
class Choice(Kind):
    """One of some codes."""

    options: Mapping[str, Any]

    def clean(self, value: Any) -> str:
        """Return `value` if it is one of the codes."""
        if value not in self.options:
            raise BadValue(_("Choose one of: %(options)s.") % {"options": ", ".join(self.options)})
        return str(value)


@dataclass(frozen=True)
class Codes(Kind):
    """Some codes in an order that counts, each once; `options` names them, else any well-formed code may stand."""

    options: Mapping[str, Any] | None = None

    def clean(self, value: Any) -> tuple[str, ...]:
        """Return the codes, at least one."""
        if not isinstance(value, list | tuple) or not value:
            raise BadValue(_("Write at least one code."))
        for code in value:
            if not isinstance(code, str) or not re.fullmatch(r"[a-z][a-z_]{0,39}", code):
                raise BadValue(
                    _("Write codes of small letters, such as: %(example)s.") % {"example": "official_letter"}
                )
            if self.options is not None and code not in self.options:
                raise BadValue(_("Choose one of: %(options)s.") % {"options": ", ".join(self.options)})
        if len(set(value)) != len(value):
            raise BadValue(_("Write each code once."))
        return tuple(value)

    def plain(self, value: Any) -> Any:
        """Return a list."""
        return list(value)


@dataclass(frozen=True)
class Pattern(Kind):
    """How a number and symbol is written: a text with the places `{number}`, `{kind}`, `{body}`, `{drafter}`."""

    places: tuple[str, ...] = ("number", "kind", "body", "drafter")

    def clean(self, value: Any) -> str:
        """Return the pattern; it holds `{number}`, and no place that is not known."""
        text = Text(60).clean(value)
        found = re.findall(r"\{([^{}]*)\}", text)
        if "number" not in found or re.sub(r"\{[^{}]*\}", "", text).count("{") or not set(found) <= set(self.places):
            raise BadValue(
                _("Write a pattern with these places: %(places)s.")
                % {"places": ", ".join(f"{{{place}}}" for place in self.places)}
            )
        return text


@dataclass(frozen=True)
class Time(Kind):
    """A time of day, written HH:MM, on a quarter of an hour."""

    def clean(self, value: Any) -> datetime.time:
        """Return the time."""
        if isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):(00|15|30|45)", value):
            value = datetime.time.fromisoformat(value)
        if not isinstance(value, datetime.time) or value.minute % 15 or value.second:
            raise BadValue(_("Write a time of day on a quarter of an hour, such as 07:30."))
        return value

    def plain(self, value: Any) -> str:
        """Return HH:MM."""
        return f"{value:%H:%M}"


@dataclass(frozen=True)
class Dates(Kind):
    """Dates in ascending order, each once."""

    def clean(self, value: Any) -> tuple[datetime.date, ...]:
        """Return the dates, at least one."""
        if not isinstance(value, list | tuple) or not value:
            raise BadValue(_("Write at least one date."))
        try:
            days = tuple(datetime.date.fromisoformat(day) if isinstance(day, str) else day for day in value)
        except ValueError:
            raise BadValue(_("Write dates as 2026-01-31.")) from None
        if any(type(day) is not datetime.date for day in days) or list(days) != sorted(set(days)):
            raise BadValue(_("Write the dates in ascending order, each once."))
        return days

    def plain(self, value: Any) -> Any:
        """Return a list of ISO dates."""
        return [day.isoformat() for day in value]


@dataclass(frozen=True)
class Table(Kind):
    """Named columns, each of a kind; all have to be given."""

    columns: Mapping[str, Kind]

    def clean(self, value: Any) -> Mapping[str, Any]:
        """Return column to typed value."""
        if not isinstance(value, Mapping) or set(value) != set(self.columns):
            raise BadValue(_("Give these columns: %(columns)s.") % {"columns": ", ".join(self.columns)})
        cleaned = {}
        for name, kind in self.columns.items():
            try:
                cleaned[name] = kind.clean(value[name])
            except BadValue as error:
                raise BadValue(f"{name}: {error}") from None
        return MappingProxyType(cleaned)

    def plain(self, value: Any) -> Any:
        """Return a dict of plain values."""
        return {name: kind.plain(value[name]) for name, kind in self.columns.items()}


def in_words(kind: Kind, value: Any, language: str) -> str:
    """Return `value` as a screen shows it in the active language."""
    if isinstance(kind, Flag):
        return pgettext("rule value", "yes") if value else pgettext("rule value", "no")
    if isinstance(kind, Choice):
        return str(kind.options[value])
    if isinstance(kind, Integers):
        signed = kind.low < 0
        return ", ".join(digits(f"{number:+d}" if signed and number else str(number)) for number in value)
    if isinstance(kind, Texts):
        return localised(value, language)
    if isinstance(kind, Codes):
        return ", ".join(str((kind.options or {}).get(code, code)) for code in value)
    if isinstance(kind, Dates):
        return ", ".join(wording.day(day) for day in value)
    if isinstance(kind, Table):
        return "; ".join(
            in_words(column, value[name], language)
            if name == "name"
            else _("%(column)s: %(value)s")
            % {"column": column_label(name), "value": in_words(column, value[name], language) or "—"}
            for name, column in kind.columns.items()
        )
    if isinstance(kind, Integer):
        return digits(str(value))
    if isinstance(kind, Time):
        return digits(kind.plain(value))
    return str(kind.plain(value))


def column_label(name: str) -> str:
    """Return the name of a table's column in the active language; its code for one that only code reads."""
    return str(COLUMNS.get(name, name))


def localised(texts: Mapping[str, str], language: str) -> str:
    """Return the text in `language`, else in Vietnamese, English or any."""
    for wanted in (language, "vi", "en"):
        if texts.get(wanted):
            return texts[wanted]
    return next(iter(texts.values()), "")

"""The cells of a row as people type them, and what they mean."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prytany.core import dates, timing, wording
from prytany.core.dates import DueDate
from prytany.core.fields import strip_controls
from prytany.core.fold import fold
from prytany.core.scope import Scope
from prytany.intake.suggesting import COLUMNS
from prytany.organisation.matching import UnitMatcher
from prytany.organisation.models import Unit
from prytany.work.forms.units import resolve
from prytany.work.services.drafting import Row

LONGEST = {"content": 4_000, "lead": 300, "coordinating": 4_000, "due": 60, "product": 200}
_DIVIDED = re.compile(r"[;\n؛]+")
Why = tuple[str, dict[str, Any]]
_NO_DEADLINE = frozenset({"-", "–", "—", "∞", "0"})


@dataclass
class Understood:
    """A row for the drafting service; by column why it could not be understood, as code and values (`why`), and what is
    worth saying (`notes`)."""

    row: Row
    cells: dict[str, str]
    why: dict[str, Why] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def wrong(self) -> dict[str, str]:
        """What could not be understood, by column, in the reader's language."""
        return said_of(self.why)


def said_of(why: Mapping[str, Sequence[Any]]) -> dict[str, str]:
    """Return sentences in the reader's language for what was kept by `Understood.why`."""
    return {column: _say(str(why[column][0]), why[column][1]) for column in COLUMNS if column in why}


def _say(code: str, values: Mapping[str, Any]) -> str:
    if code == "several":
        return _("Name one unit only.")
    if code == "group":
        return _("These are many units. Name the one that leads, and these as coordinating.")
    if code == "unclear":
        return _("“%(name)s” is not clear. Did you mean: %(near)s?") % values
    if code == "unknown":
        return _("There is no unit “%(name)s”.") % values
    try:
        dates.read(values.get("text", ""))
    except ValidationError as error:
        return str(error.messages[0])
    return _("Write the date as 5/12, +7, Q4 or 12/2026.")


def cleaned(cells: Mapping[str, object]) -> dict[str, str]:
    """Return the text of each column without control characters, cut to what a column holds."""
    found = {}
    for name in COLUMNS:
        text = strip_controls(str(cells.get(name) or ""))
        text = text if name in ("content", "coordinating") else " ".join(text.split())
        found[name] = text.strip()[: LONGEST[name]]
    return found


def understand(scope: Scope, cells: Mapping[str, object], *, base: Row | None = None) -> Understood:
    """Return what `cells` mean, over the other fields of `base`; nothing is written.

    A cell that cannot be understood leaves its field empty; `why` tells.
    """
    typed = cleaned(cells)
    found = Understood(replace(base or Row(""), content=typed["content"], product=typed["product"]), typed)
    matcher = UnitMatcher(scope.root_id or 0, on=scope.today)
    leads = _units(typed["lead"], matcher, found, "lead")
    found.row.lead = leads[0] if leads else None
    found.row.coordinating = _units(typed["coordinating"], matcher, found, "coordinating")
    _take_due(found, scope.today)
    return found


def _units(text: str, matcher: UnitMatcher, found: Understood, column: str) -> list[Unit]:
    names = names_in(text)
    if column == "lead" and len(names) > 1:
        found.why[column] = ("several", {})
        return []
    ids: list[int] = []
    try:
        for name in names:
            ids += resolve(matcher, name, many=column != "lead")
    except ValidationError as error:
        many = column == "lead" and matcher.match(names[0]).group is not None
        found.why[column] = ("group", {}) if many else (error.code or "unknown", dict(error.params or {}))
        return []
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=ids)}
    kept = [units[pk] for pk in dict.fromkeys(ids) if pk in units]
    if len(kept) > len(names):
        found.notes[column] = number_of_units(len(kept))
    return kept


def names_in(text: str) -> list[str]:
    """Return the names that a cell for units holds."""
    return [part.strip() for part in _DIVIDED.split(text) if part.strip()]


def number_of_units(number: int) -> str:
    """Return how many units the words of a cell mean."""
    return ngettext("%(count)s unit", "%(count)s units", number) % {"count": wording.count(number)}


def worth_saying(due: DueDate, today: datetime.date) -> str:
    """Return what the text of a date does not show: its last day, that it is a day off, that it has gone by."""
    if due.date is None:
        return ""
    said = [_("to %(day)s") % {"day": wording.day(due.date)}] if due.precision != "day" else []
    if timing.is_day_off(due.date):
        said.append(_("day off"))
    if due.date < today:
        said.append(_("this day is past"))
    return ", ".join(said)


def _take_due(found: Understood, today: datetime.date) -> None:
    text, row = found.cells["due"], found.row
    row.due_on, row.due_precision, row.is_standing = None, "day", False
    if not text:
        return
    if text in _NO_DEADLINE or fold(text) in {fold(_("No deadline")), "no deadline"}:
        row.is_standing = True
        found.notes["due"] = _("No deadline")
        return
    try:
        due: DueDate = dates.read(text)
    except ValidationError:
        found.why["due"] = ("date", {"text": text})
        return
    row.due_on, row.due_precision = due.date, due.precision
    found.cells["due"] = dates.as_typed(due)
    found.notes["due"] = worth_saying(due, today)

"""Two people changed one draft: each field that differs, in words, as it stands and as it was typed."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import pgettext

from prytany.core import wording
from prytany.organisation.models import Person, Post, Unit
from prytany.organisation.names import NAMELESS, unit_labels
from prytany.work.forms import TaskForm
from prytany.work.models import Task
from prytany.work.services.drafting import Row

Difference = tuple[Any, str, str]
UNITS = ("lead", "coordinating", "addressees", "information")
FIELDS = (
    *("content", *UNITS, "due", "is_standing", "product", "method", "local_note", "kind", "is_key"),
    *("leader_post", "follower"),
)


def differences(form: TaskForm, stored: Row, typed: Row) -> list[Difference]:
    """Return label, stored and typed words of each field of `form` in which two rows differ."""
    units = [unit for row in (stored, typed) for name in UNITS for unit in _units(getattr(row, name))]
    labels = unit_labels({unit.pk for unit in units})

    def words(row: Row, name: str) -> str:
        if name in UNITS:
            return "; ".join(sorted(labels.get(unit.pk, NAMELESS).name for unit in _units(getattr(row, name))))
        return _words(row, name)

    found = ((form.fields[name].label, words(stored, name), words(typed, name)) for name in FIELDS)
    return [one for one in found if one[1] != one[2]]


def _units(value: Unit | Iterable[Unit] | None) -> list[Unit]:
    if value is None:
        return []
    return [value] if isinstance(value, Unit) else list(value)


def _words(row: Row, name: str) -> str:
    if name == "due":
        return wording.due(row.due_on, row.due_precision) if row.due_on else ""
    value = getattr(row, name)
    if isinstance(value, bool):
        return pgettext("answer", "yes") if value else pgettext("answer", "no")
    if name == "kind":
        return str(Task.Kind(value).label)
    if isinstance(value, Post):
        value = value.title
    if isinstance(value, Person):
        value = value.name
    return " ".join(str(value or "").split())

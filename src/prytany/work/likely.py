"""What a leader most likely wants to say about a paper, offered as chips: units, days, phrases."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prytany.core import wording
from prytany.core.dates import DueDate, as_typed
from prytany.core.scope import Scope
from prytany.documents.models import Document, RegisterEntry
from prytany.organisation.matching import UnitMatcher
from prytany.organisation.models import UnitVersion
from prytany.organisation.names import UnitLabel, unit_labels
from prytany.work.models import Obligation
from prytany.workdays.calendar import add_working_days

MOST_UNITS = 8
LOOK_BACK = datetime.timedelta(days=365)
WORKING_DAYS = (3, 5, 10)


@dataclass(frozen=True, slots=True)
class Day:
    """A due date that one press chooses: as it would be typed, as it is read, and why it is offered."""

    value: str
    label: str
    note: str


def units(scope: Scope, entry: RegisterEntry) -> list[UnitLabel]:
    """Return the units that the paper most likely goes to, the likeliest first.

    Those its summary names; those that papers of the same issuer went to within a year; those that most papers went
    to; then the units beside the register's own, in the order of the organisation.
    """
    found: dict[int, None] = dict.fromkeys(_named(scope, entry.document))
    found |= dict.fromkeys(_usual(scope, entry))
    alive = UnitVersion.objects.on(scope.today).filter(unit__root_id=scope.root_id)
    kept = [pk for pk in found if pk in set(alive.filter(unit__in=found).values_list("unit_id", flat=True))]
    if len(kept) < MOST_UNITS:
        kept += _beside(alive, entry, without={*kept, entry.unit_id, entry.root_id})
    labels = unit_labels(kept[:MOST_UNITS])
    return [labels[pk] for pk in kept[:MOST_UNITS] if pk in labels]


def _named(scope: Scope, document: Document) -> list[int]:
    if not document.summary:
        return []
    mentions = UnitMatcher(scope.root_id or 0, on=scope.today).find_in(document.summary)
    return [one.match.best.unit_id for one in mentions if one.match.group is None and one.match.best]


def _usual(scope: Scope, entry: RegisterEntry) -> Iterable[int]:
    same = Q(task__source_document__issuer_name=entry.document.issuer_name)
    parts = Obligation.objects.issued().filter(
        creditor_id=entry.unit_id, task__source_document__isnull=False, issued_on__gte=scope.today - LOOK_BACK
    )
    ranked = parts.values("owner").annotate(same=Count("pk", filter=same), number=Count("pk"))
    return ranked.order_by("-same", "-number", "owner").values_list("owner", flat=True)[:MOST_UNITS]


def _beside(alive: Iterable, entry: RegisterEntry, *, without: set[int]) -> list[int]:
    level = UnitVersion.objects.filter(unit_id=entry.unit_id).order_by("-valid_from").values("level")[:1]
    rows = alive.filter(level=level).exclude(unit__in=without)  # type: ignore[attr-defined]
    return list(rows.order_by("position", "unit_id").values_list("unit_id", flat=True)[:MOST_UNITS])


def days(scope: Scope, entry: RegisterEntry) -> list[Day]:
    """Return the days that a leader says most: what the paper itself asks for, a few working days, the month's end."""
    found: dict[datetime.date, str] = {}
    asked = entry.document.reply_due_on
    if asked and asked >= scope.today:
        found[asked] = _("asked by the paper")
    for number in WORKING_DAYS:
        words = ngettext("%(count)s working day", "%(count)s working days", number)
        found.setdefault(add_working_days(scope.today, number, entry.unit_id), words % {"count": wording.count(number)})
    following = (scope.today.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
    end = following - datetime.timedelta(days=1)
    if end > scope.today:
        found.setdefault(end, _("end of the month"))
    return [Day(as_typed(DueDate(day)), wording.day_short(day, scope.today), note) for day, note in found.items()]

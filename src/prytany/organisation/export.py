"""Units and people as workbooks, as they stand on a date."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from prytany.core import wording
from prytany.core.scope import Scope
from prytany.core.workbook import Column, workbook
from prytany.organisation.kinds import kind_label, level_label
from prytany.organisation.models import Hierarchy, UnitLink, UnitRelation, UnitVersion
from prytany.organisation.names import NAMELESS, unit_labels
from prytany.organisation.reading.heads import heads_of
from prytany.organisation.reading.holding import Holding
from prytany.organisation.reading.record import last_day


def units_workbook(scope: Scope, on: datetime.date) -> bytes:
    """Return every unit of the root on a date: name, code, kind, level, where it stands, since when, who heads it."""
    columns = [
        Column(_("Code"), "code", 14),
        Column(_("Name"), "text", 44),
        Column(_("Symbol"), "code", 14),
        Column(pgettext("kind of unit", "Kind"), "text", 18),
        Column(_("Level"), "text", 18),
        Column(_("Stands under"), "text", 36),
        Column(_("Depth"), "number", 8),
        Column(_("From"), "date", 12),
        Column(_("Last day"), "date", 12),
        Column(_("Decision"), "code", 20),
        Column(_("Head"), "text", 30),
    ]
    note = _("As of %(day)s") % {"day": wording.day(on)}
    return workbook(_("Organisation"), columns, _unit_rows(scope, on), note=note)


def _unit_rows(scope: Scope, on: datetime.date) -> Iterator[list[Any]]:
    versions = list(UnitVersion.objects.on(on).visible_to(scope))
    units = [version.unit_id for version in versions]
    labels = unit_labels(units, on=on)
    relations = UnitRelation.objects.on(on).visible_to(scope).filter(hierarchy=Hierarchy.LINE)
    parents = dict(relations.values_list("unit_id", "parent_id"))
    links = UnitLink.objects.on(on).filter(hierarchy=Hierarchy.LINE, ancestor_id=scope.root_id)
    depths = dict(links.values_list("descendant_id", "depth"))
    own = {unit: head for unit, head in heads_of(units, on).items() if head.inherited_from is None}
    versions.sort(key=lambda v: _path(v.unit_id, parents, {x.unit_id: x.position for x in versions}, labels))
    for version in versions:
        label = labels.get(version.unit_id, NAMELESS)
        head = own.get(version.unit_id)
        yield [
            version.code,
            label.name,
            label.symbol,
            str(kind_label(version.kind)),
            str(level_label(version.level)),
            labels.get(parents.get(version.unit_id, 0), NAMELESS).name if version.unit_id in parents else "",
            depths.get(version.unit_id),
            version.valid_from,
            last_day(version.valid_to),
            version.decision,
            f"{head.appointment.person.name}, {head.appointment.post.title}" if head else "",
        ]


def _path(unit: int | None, parents: dict[int, int], positions: dict[int, int], labels: Any) -> list[tuple[int, str]]:
    """Return the place of a unit when the tree is read from above."""
    path: list[tuple[int, str]] = []
    while unit is not None:
        path.append((positions.get(unit, 0), labels.get(unit, NAMELESS).sort_key))
        unit = parents.get(unit)
    return path[::-1]


def people_workbook(holdings: Iterable[Holding], on: datetime.date) -> bytes:
    """Return who holds what on a date."""
    columns = [
        Column(_("Person"), "text", 32),
        Column(_("Post"), "text", 36),
        Column(_("Unit"), "text", 40),
        Column(_("As"), "text", 12),
        Column(_("From"), "date", 12),
        Column(_("Last day"), "date", 12),
        Column(_("Decision"), "code", 20),
        Column(_("E-mail"), "code", 28),
        Column(_("Telephone"), "code", 18),
    ]
    rows = (
        [
            h.person.name,
            h.post.label,
            h.unit.name,
            h.kind_label,
            h.appointment.valid_from,
            h.until,
            h.appointment.decision,
            h.person.email,
            h.person.phone,
        ]
        for h in holdings
    )
    return workbook(_("People and posts"), columns, rows, note=_("As of %(day)s") % {"day": wording.day(on)})

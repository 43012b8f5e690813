"""Bringing a sheet in: start, choose, apply in one transaction, undo."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prytany.audit.recording import record
from prytany.core.errors import DomainError, StaleRecord
from prytany.core.scope import Scope, authorise
from prytany.sheets import policies
from prytany.sheets.choosing import Plan, first_choices, make_plan, part_choice, store_tables, tables_of
from prytany.sheets.matching import OFFICE, OWN, Memory, heading_key
from prytany.sheets.models import ColumnMemory, ImportSession, NameMemory
from prytany.sheets.reading import Table
from prytany.sheets.registry import Importer, Outcome, importer_of


@dataclass(frozen=True)
class Change:
    """What a person changed on the page; what is None stays.

    `tables` and `headings` hold part -> index of the sheet (None: this part is not in the file) and row of headings,
    `columns` part -> {column: field key or ""}, `names` folded name -> uid of a unit, `edits` part -> {"12:content":
    text}, `left_out` part -> row numbers, `taken` part -> title rows wanted after all, `options` whatever the importer
    asks.
    """

    tables: Mapping[str, int | None] = field(default_factory=dict)
    headings: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    names: Mapping[str, str] | None = None
    edits: Mapping[str, Mapping[str, str]] | None = None
    left_out: Mapping[str, Sequence[int]] | None = None
    taken: Mapping[str, Sequence[int]] | None = None
    options: Mapping[str, Any] | None = None


def known_importer(kind: str) -> Importer:
    """Return the importer of `kind`; DomainError if the module that brings it is not in use."""
    importer = importer_of(kind)
    if importer is None:
        raise DomainError("unknown_import", _("This kind of sheet cannot be imported here."))
    return importer


@transaction.atomic
def start_import(*, scope: Scope, kind: str, tables: Sequence[Table], name: str) -> ImportSession:
    """Keep the cells of `tables` and propose what they hold; nothing is brought in yet.

    DomainError where the importer refuses what stands there; nothing is kept then.
    """
    importer = known_importer(kind)
    authorise(policies.can_import, scope, importer)
    for table in tables:
        importer.refuse("\n".join(str(cell) for row in table.rows for cell in row if cell not in (None, "")))
    session = ImportSession.objects.create(
        root_id=scope.root_id,
        unit_id=scope.unit_id,
        person_id=scope.person_id,
        kind=kind,
        name=name[:200],
        tables=store_tables(tables),
        choices=first_choices(scope, importer, tables, column_memory(scope, kind), name),
    )
    rows = sum(len(table.rows) for table in tables)
    record(scope, action="import.start", target=session, data={"kind": kind, "sheets": len(tables), "rows": rows})
    return session


@transaction.atomic
def change_choices(*, scope: Scope, session: ImportSession, change: Change, version: int) -> ImportSession:
    """Store what the person chose on the page; StaleRecord if the page is older than the last change."""
    session = _locked(scope, session, version)
    importer = known_importer(session.kind)
    choices, tables = session.choices, None
    for part in importer.parts:
        choice = choices["parts"].setdefault(part.key, {"table": None, "heading": 0, "columns": {}})
        moved = part.key in change.tables and change.tables[part.key] != choice["table"]
        shifted = part.key in change.headings and change.headings[part.key] != choice["heading"]
        if moved or shifted:
            tables = tables if tables is not None else tables_of(session)
            index = change.tables[part.key] if moved else choice["table"]
            heading = None if moved else change.headings[part.key]
            known = column_memory(scope, session.kind).get(part.key, {})
            choices["parts"][part.key] = part_choice(part, tables, index, known, heading)
        elif part.key in change.columns:
            keys = {f.key for f in part.fields}
            wanted = {str(c): key for c, key in sorted(change.columns[part.key].items()) if key in keys}
            choice["columns"] = _last_chosen(wanted, choice["columns"])
    for name in ("names", "options"):
        if (value := getattr(change, name)) is not None:
            choices[name] = {**choices.get(name, {}), **value}
    for name in ("left_out", "taken"):
        if (value := getattr(change, name)) is not None:
            choices[name] = {**choices.get(name, {}), **{key: sorted(set(rows)) for key, rows in value.items()}}
    for key, typed in (change.edits or {}).items():
        choices.setdefault("edits", {})[key] = {**choices.get("edits", {}).get(key, {}), **typed}
    session.version += 1
    session.save(update_fields=["choices", "version", "changed_at"])
    return session


def _last_chosen(wanted: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    """Return `wanted` with each field in one column: a field chosen for a second column leaves the first."""
    kept: dict[str, str] = {}
    for column, key in sorted(wanted.items(), key=lambda item: before.get(item[0]) == item[1]):
        if key not in kept.values():
            kept[column] = key
    return dict(sorted(kept.items(), key=lambda item: int(item[0])))


@transaction.atomic
def apply_import(
    *, scope: Scope, session: ImportSession, version: int, leave_out_faulty: bool = False
) -> ImportSession:
    """Bring in every row that is not left out, or none.

    A second call for the same session returns the first result. DomainError where a required column is missing, where
    rows have errors (unless `leave_out_faulty`), or where a service refuses one of them: then nothing is written.
    """
    locked = ImportSession.objects.select_for_update().get(pk=session.pk)
    if locked.state == ImportSession.State.APPLIED:
        return locked
    session = _locked(scope, session, version)
    importer = known_importer(session.kind)
    plan = make_plan(scope, session, importer)
    _refuse_unready(plan, leave_out_faulty)
    outcome = importer.apply(scope, plan.batch)
    _keep(session, outcome)
    remember(scope, session, plan)
    record(scope, action="import.apply", target=session, data={"kind": session.kind, "counts": outcome.counts})
    return session


def _refuse_unready(plan: Plan, leave_out_faulty: bool) -> None:
    if plan.missing:
        fields = ", ".join(f"“{f.label}”" for _part, f in plan.missing)
        raise DomainError("columns_missing", _("No column is chosen for: %(fields)s.") % {"fields": fields})
    if plan.faulty and not leave_out_faulty:
        count = len(plan.faulty)
        message = ngettext(
            "%(count)s row has an error. Mend it or leave it out.",
            "%(count)s rows have errors. Mend them or leave them out.",
            count,
        )
        raise DomainError("rows_faulty", message % {"count": count})
    if not plan.new:
        raise DomainError("nothing_to_import", _("There is nothing to bring in: everything is there already."))


def _keep(session: ImportSession, outcome: Outcome) -> None:
    session.state = ImportSession.State.APPLIED
    session.applied_at = timezone.now()
    session.counts, session.undo, session.url = outcome.counts, outcome.undo, outcome.url
    session.version += 1
    session.save()


@transaction.atomic
def undo_import(*, scope: Scope, session: ImportSession) -> ImportSession:
    """Take back everything an import brought in; DomainError where something hangs on it already."""
    session = ImportSession.objects.select_for_update().get(pk=session.pk)
    authorise(policies.can_change, scope, session)
    if session.state == ImportSession.State.UNDONE:
        return session
    if session.state != ImportSession.State.APPLIED:
        raise DomainError("not_applied", _("This sheet has not been brought in."))
    known_importer(session.kind).undo(scope, session.undo)
    session.state = ImportSession.State.UNDONE
    session.undone_at = timezone.now()
    session.version += 1
    session.save(update_fields=["state", "undone_at", "version", "changed_at"])
    record(scope, action="import.undo", target=session, data={"kind": session.kind})
    return session


@transaction.atomic
def discard_import(*, scope: Scope, session: ImportSession) -> None:
    """Forget a sheet that was not brought in."""
    session = ImportSession.objects.select_for_update().get(pk=session.pk)
    authorise(policies.can_change, scope, session)
    if session.state != ImportSession.State.OPEN:
        raise DomainError("already_applied", _("This sheet has been brought in; undo it instead."))
    record(scope, action="import.discard", target=session, data={"kind": session.kind})
    session.delete()


def forget_cells(*, before: datetime.datetime) -> int:
    """Drop unfinished imports, and the cells of finished ones, that nobody touched since `before`; return how many."""
    old = ImportSession.objects.filter(changed_at__lt=before).exclude(tables=[])
    dropped, _rows = old.filter(state=ImportSession.State.OPEN).delete()
    return dropped + old.update(tables=[], choices={})


def _locked(scope: Scope, session: ImportSession, version: int) -> ImportSession:
    session = ImportSession.objects.select_for_update().get(pk=session.pk)
    authorise(policies.can_change, scope, session)
    if session.state != ImportSession.State.OPEN:
        raise DomainError("already_applied", _("This sheet has been brought in already."))
    if session.version != version:
        raise StaleRecord("stale", _("This import was changed in another window. Look at it again."))
    return session


def column_memory(scope: Scope, kind: str) -> dict[str, Memory]:
    """Return what headings meant before, by part: the person's own choices before those of the office."""
    found: dict[str, dict[str, tuple[str, float]]] = {}
    rows = ColumnMemory.objects.filter(unit=scope.unit_id, kind=kind).order_by("used_at")
    for part, heading, chosen, person in rows.values_list("part", "heading", "field", "person"):
        weight = OWN if person == scope.person_id else OFFICE
        known = found.setdefault(part, {})
        if heading not in known or known[heading][1] <= weight:
            known[heading] = (chosen, weight)
    return dict(found)


def remember(scope: Scope, session: ImportSession, plan: Plan) -> None:
    """Keep which heading held what, and which unit was meant by which name."""
    now = timezone.now()
    columns: dict[tuple[str, str], ColumnMemory] = {}
    for view in plan.parts:
        for column, label in enumerate(view.heading.labels if view.heading else ()):
            if not (key := heading_key(label)[:200]):
                continue
            held = view.columns.get(column)
            if held is None and (view.part.key, key) in columns:
                continue
            columns[view.part.key, key] = ColumnMemory(
                unit_id=scope.unit_id,
                person_id=scope.person_id,
                kind=session.kind,
                part=view.part.key,
                heading=key,
                field=held.key if held else "",
                used_at=now,
            )
    ColumnMemory.objects.bulk_create(
        columns.values(),
        update_conflicts=True,
        unique_fields=["person", "unit", "kind", "part", "heading"],
        update_fields=["field", "used_at"],
    )
    NameMemory.objects.bulk_create(
        [
            NameMemory(
                unit_id=scope.unit_id,
                folded=row.key[:200],
                meant_id=row.unit_id,
                chosen_by_id=scope.person_id,
                used_at=now,
            )
            for row in plan.names.rows.values()
            if row.chosen and row.unit_id is not None
        ],
        update_conflicts=True,
        unique_fields=["unit", "folded"],
        update_fields=["meant", "chosen_by", "used_at"],
    )

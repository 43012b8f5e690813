"""From the cells as read and the choices made on the page to the rows that go in: always computed, never stored.

`choices` is a dict of plain values:

    parts     {part: {"table": index or None, "heading": row, "columns": {"0": field key}}}
    names     {folded name: uid of a unit, "" while the person has not chosen, "?text" for what they typed in vain}
    edits     {part: {"12:content": "text typed in place of the cell"}}
    left_out  {part: [row numbers]}
    taken     {part: [row numbers of title rows that the person wants in after all]}
    options   whatever the importer asks for
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from prytany.core.fold import fold
from prytany.core.scope import Scope
from prytany.sheets.matching import (
    Heading,
    Memory,
    assign_tables,
    find_heading,
    heading_at,
    is_title_row,
    match_columns,
)
from prytany.sheets.models import ImportSession
from prytany.sheets.names import Names
from prytany.sheets.reading import Cell, Note, Table, as_text, from_json, to_json
from prytany.sheets.registry import BadCell, Batch, Field, Importer, Line, Part
from prytany.sheets.values import parse_day, parse_due

MAX_TEXT = 4_000
EXCEL_ERRORS = {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"}


def tables_of(session: ImportSession) -> list[Table]:
    """Return the tables of a session as they were read."""
    return [
        Table(
            table["name"],
            [[from_json(cell) for cell in row] for row in table["rows"]],
            [Note(note["code"], note["params"]) for note in table["notes"]],
            [(span[0], span[1], span[2], span[3]) for span in table["spans"]],
        )
        for table in session.tables
    ]


def store_tables(tables: Sequence[Table]) -> list[dict[str, Any]]:
    """Return tables for `ImportSession.tables`."""
    return [
        {
            "name": table.name,
            "rows": [[to_json(cell) for cell in row] for row in table.rows],
            "notes": [note.as_json() for note in table.notes],
            "spans": [list(span) for span in table.spans],
        }
        for table in tables
    ]


def first_choices(
    scope: Scope, importer: Importer, tables: Sequence[Table], memory: Mapping[str, Memory], name: str
) -> dict[str, Any]:
    """Return what the page proposes: which sheet is which part, where its headings stand, what its columns hold."""
    parts: dict[str, Any] = {}
    assigned = assign_tables(tables, importer.parts, memory)
    for part in importer.parts:
        index = assigned.get(part.key)
        if index is None and part.required:
            index = next((i for i in range(len(tables)) if i not in assigned.values()), None)
        parts[part.key] = part_choice(part, tables, index, memory.get(part.key, {}))
    options = {option.key: option.first(scope, name) for option in importer.options}
    return {"parts": parts, "names": {}, "edits": {}, "left_out": {}, "taken": {}, "options": options}


def part_choice(
    part: Part, tables: Sequence[Table], index: int | None, known: Memory, heading: int | None = None
) -> dict[str, Any]:
    """Return the proposal for one part read from table `index`, with the headings in row `heading` if given."""
    if index is None or index >= len(tables):
        return {"table": None, "heading": 0, "columns": {}}
    table = tables[index]
    found = find_heading(table, part, known) if heading is None else heading_at(table, heading)
    columns = match_columns(found.labels, part, known)
    return {
        "table": index,
        "heading": found.row,
        "columns": {str(column): key for column, key in sorted(columns.items())},
    }


@dataclass
class PartView:
    """One part as the page shows it: its table, headings, which column holds what, and its rows."""

    part: Part
    table_index: int | None
    table: Table | None
    heading: Heading | None
    columns: dict[int, Field] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    @property
    def missing(self) -> list[Field]:
        """Required fields that no column holds."""
        held = {f.key for f in self.columns.values()}
        return [f for f in self.part.fields if f.required and f.key not in held]

    def column_of(self, key: str) -> int | None:
        """Return the column that holds field `key`."""
        return next((column for column, f in self.columns.items() if f.key == key), None)


@dataclass
class Plan:
    """Everything the page shows and the import acts on."""

    importer: Importer
    parts: list[PartView]
    names: Names
    batch: Batch

    @property
    def lines(self) -> list[Line]:
        """The rows of all parts, those left out too."""
        return list(self.batch.every())

    @property
    def ready(self) -> list[Line]:
        """The rows that would be brought in."""
        return [line for line in self.lines if not line.left_out and not line.has_errors]

    @property
    def new(self) -> list[Line]:
        """The rows that would change anything."""
        return [line for line in self.ready if line.fate != "same"]

    @property
    def faulty(self) -> list[Line]:
        """The rows with an error that are not left out."""
        return [line for line in self.lines if line.has_errors and not line.left_out]

    @property
    def missing(self) -> list[tuple[Part, Field]]:
        """Required fields without a column, in parts that have a table or must have one."""
        return [
            (view.part, f) for view in self.parts if view.table is not None or view.part.required for f in view.missing
        ]


def make_plan(scope: Scope, session: ImportSession, importer: Importer) -> Plan:
    """Return the rows of `session`, each cell read, each name matched, each row checked by the importer."""
    tables = tables_of(session)
    choices = session.choices
    views = [_part_view(part, tables, choices) for part in importer.parts]
    names = Names(scope, choices.get("names", {}))
    for view in views:
        for line in view.lines:
            if not line.left_out:
                _read_line(scope, view, line, names)
    batch = Batch({view.part.key: view.lines for view in views}, choices.get("options", {}))
    importer.check(scope, batch)
    for line in batch.every():
        _tidy_issues(line)
    return Plan(importer, views, names, batch)


def _tidy_issues(line: Line) -> None:
    """Say nothing of a row that is left out, and of a cell with an error nothing but the error."""
    if line.left_out:
        line.issues = []
        return
    wrong = {issue.field for issue in line.issues if issue.is_error}
    line.issues = [issue for issue in line.issues if issue.is_error or issue.field not in wrong]


def _part_view(part: Part, tables: Sequence[Table], choices: Mapping[str, Any]) -> PartView:
    choice = choices["parts"].get(part.key) or {"table": None, "heading": 0, "columns": {}}
    index = choice["table"]
    if index is None or index >= len(tables):
        return PartView(part, None, None, None)
    table = tables[index]
    heading = heading_at(table, choice["heading"])
    columns = {
        int(column): found
        for column, key in choice["columns"].items()
        if (found := part.field(key)) is not None and int(column) < table.width
    }
    view = PartView(part, index, table, heading, columns)
    view.lines = list(_lines(view, choices))
    return view


def _lines(view: PartView, choices: Mapping[str, Any]) -> Iterator[Line]:
    """Yield a row for each row of the table with anything in its columns; titles across the table are left out."""
    table, heading, key = view.table, view.heading, view.part.key
    if table is None or heading is None:
        return
    edits = choices.get("edits", {}).get(key, {})
    left_out = set(choices.get("left_out", {}).get(key, ()))
    wanted = set(choices.get("taken", {}).get(key, ()))
    for index in range(heading.data, len(table.rows)):
        row, number = table.rows[index], index + 1
        raw: dict[str, Cell] = {f.key: row[column] for column, f in view.columns.items()}
        for name in raw:
            if (edit := edits.get(f"{number}:{name}")) is not None:
                raw[name] = edit or None
        if all(cell is None for cell in raw.values()):
            continue
        title = is_title_row(table, index)
        yield Line(number, raw, left_out=number in left_out or (title and number not in wanted), is_title=title)


def _read_line(scope: Scope, view: PartView, line: Line, names: Names) -> None:
    """Fill `line.values` from its cells; what cannot be read becomes an issue at the cell."""
    for f in view.columns.values():
        cell = line.raw.get(f.key)
        if cell is None:
            if f.required:
                line.refuse(f.key, _("“%(field)s” is missing.") % {"field": f.label})
            continue
        try:
            line.values[f.key] = _read_cell(scope, f, cell, line, names)
        except BadCell as error:
            line.refuse(f.key, error.message)


def _read_cell(scope: Scope, f: Field, cell: Cell, line: Line, names: Names) -> Any:
    text = as_text(cell)
    if text in EXCEL_ERRORS:
        raise BadCell(
            _("Excel shows the error %(code)s here. Correct the formula, or type the value.") % {"code": text}
        )
    if f.parse is not None:
        return f.parse(cell, scope)
    if f.kind == "unit":
        found = names.note(text)
        if len(found.unit_ids) > 1:
            raise BadCell(_("“%(name)s” are several units; here one is asked for.") % {"name": found.text})
        if found.unit_id is None:
            raise BadCell(names.complaint(found))
        return found.unit_id
    if f.kind == "units":
        return _read_units(text, names)
    if f.kind == "date":
        return parse_day(cell)
    if f.kind == "due":
        return parse_due(cell)
    if f.kind == "choice":
        return _read_choice(f, text)
    if f.kind == "number":
        return _read_number(cell, text)
    limit = f.max_length or MAX_TEXT
    if len(text) > limit:
        raise BadCell(
            _("This text has %(count)s characters; at most %(limit)s are kept.") % {"count": len(text), "limit": limit}
        )
    if f.kind == "email":
        return _read_email(text)
    if f.kind == "phone":
        return _read_phone(cell, text, line, f.key)
    return text if f.kind == "long" else " ".join(text.split())


def _read_units(text: str, names: Names) -> list[int]:
    found = names.note_many(text)
    for row in found:
        if not row.unit_ids:
            raise BadCell(names.complaint(row))
    return list(dict.fromkeys(unit for row in found for unit in row.unit_ids))


def _read_choice(f: Field, text: str) -> str:
    key = fold(text)
    choices = f.choices() if f.choices else ()
    for choice in choices:
        if key in {fold(choice.value), fold(str(choice.label)), *(fold(word) for word in choice.synonyms)}:
            return choice.value
    known = ", ".join(str(choice.label) for choice in choices)
    raise BadCell(_("“%(text)s” is not one of: %(known)s.") % {"text": text, "known": known})


def _read_number(cell: Cell, text: str) -> int:
    if isinstance(cell, int) and not isinstance(cell, bool):
        return cell
    digits = fold(text).replace(" ", "").rstrip("%")
    if digits.isdigit():
        return int(digits)
    raise BadCell(_("“%(text)s” is not a whole number.") % {"text": text})


def _read_email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise BadCell(_("“%(text)s” is not an e-mail address.") % {"text": text}) from None
    return text


def _read_phone(cell: Cell, text: str, line: Line, key: str) -> str:
    """Return a telephone number; Excel drops the leading zero of one that it takes for a number."""
    if isinstance(cell, int) and not isinstance(cell, bool) and len(text) == 9:
        line.warn(key, _("The leading zero is put back: %(number)s.") % {"number": f"0{text}"})
        return f"0{text}"
    if sum(character.isdigit() for character in text) < 3:
        raise BadCell(_("“%(text)s” is not a telephone number.") % {"text": text})
    return text[:40]


def cell_for_edit(value: Any) -> str:
    """Return a cell for the input in which a person corrects it."""
    if isinstance(value, datetime.date | datetime.datetime):
        return as_text(value)
    return as_text(value) if value is not None else ""

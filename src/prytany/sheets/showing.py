"""An import as the page shows it: columns with their choice of field, rows with their cells and what is wrong there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prytany.core import wording
from prytany.core.scope import Scope
from prytany.sheets.choosing import PartView, Plan, cell_for_edit
from prytany.sheets.models import ImportSession
from prytany.sheets.reading import as_text
from prytany.sheets.reading.xlsx import column_letters
from prytany.sheets.registry import Field, Importer, Issue, Line, Option
from prytany.sheets.words import note_text

ROWS = 200
WHICH = ("all", "faulty", "warned", "left")


@dataclass(frozen=True)
class ShownCell:
    """One cell: its text, what is wrong with it, and, where it may be corrected here, the name of its input."""

    text: str
    is_date: bool = False
    mapped: bool = False
    issues: tuple[Issue, ...] = ()
    edit: str = ""
    typed: str = ""
    choices: tuple[tuple[str, Any], ...] = ()

    @property
    def is_faulty(self) -> bool:
        """Whether the cell keeps its row out."""
        return any(issue.is_error for issue in self.issues)


@dataclass(frozen=True)
class ShownRow:
    """One row of the grid; `issues` are those of the row as a whole and of fields that have no column."""

    line: Line
    cells: tuple[ShownCell, ...]
    issues: tuple[Issue, ...]

    @property
    def title(self) -> str:
        """The text of a row that is one cell across the table."""
        return next((cell.text for cell in self.cells if cell.text), "")


@dataclass(frozen=True)
class ShownColumn:
    """The head of a column: its letter, its heading in the sheet, and the field it holds."""

    index: int
    letter: str
    label: str
    field: Field | None


@dataclass
class ShownPart:
    """One sheet of the import with the rows asked for."""

    view: PartView
    columns: list[ShownColumn]
    rows: list[ShownRow]
    which: str
    start: int
    total: int
    counts: dict[str, int]
    notes: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The key of the part."""
        return self.view.part.key

    @property
    def next_start(self) -> int | None:
        """Where the next page of rows begins, if there is one."""
        return self.start + ROWS if self.start + ROWS < self.total else None

    @property
    def previous_start(self) -> int | None:
        """Where the page before begins, if there is one."""
        return max(0, self.start - ROWS) if self.start else None

    @property
    def numbers(self) -> str:
        """The numbers of the rows shown, for the form."""
        return " ".join(str(row.line.number) for row in self.rows)

    @property
    def chips(self) -> list[tuple[str, str, int]]:
        """(code, label, count) of the ways to narrow the rows; those without any row are not offered."""
        labels = {"all": _("All"), "faulty": _("With errors"), "warned": _("With remarks"), "left": _("Left out")}
        return [(code, labels[code], self.counts[code]) for code in WHICH if code == "all" or self.counts[code]]


def show_part(view: PartView, which: str, start: int, edited: dict[str, str]) -> ShownPart:
    """Return the rows of one part for the page: up to 200, narrowed by `which`."""
    groups = {
        "all": view.lines,
        "faulty": [line for line in view.lines if line.has_errors and not line.left_out],
        "warned": [line for line in view.lines if line.issues and not line.has_errors and not line.left_out],
        "left": [line for line in view.lines if line.left_out],
    }
    counts = {code: len(lines) for code, lines in groups.items()}
    if which not in WHICH or not counts[which]:
        # Of many rows those that need a hand come first; few are shown whole.
        which = "faulty" if counts["faulty"] and counts["all"] > ROWS and which != "all" else "all"
    start = min(start, max(0, counts[which] - 1)) // ROWS * ROWS
    rows = [_row(view, line, edited) for line in groups[which][start : start + ROWS]]
    notes = [text for note in view.table.notes if (text := note_text(note.code, note.params))] if view.table else []
    return ShownPart(view, list(_columns(view)), rows, which, start, counts[which], counts, notes)


def _columns(view: PartView) -> Iterator[ShownColumn]:
    for index, label in enumerate(view.heading.labels if view.heading else ()):
        yield ShownColumn(index, column_letters(index), label, view.columns.get(index))


def _row(view: PartView, line: Line, edited: dict[str, str]) -> ShownRow:
    cells = []
    row = view.table.rows[line.number - 1] if view.table else []
    for index, raw in enumerate(row):
        held = view.columns.get(index)
        if held is None:
            cells.append(ShownCell(as_text(raw)))
            continue
        value = line.raw.get(held.key)
        issues = tuple(issue for issue in line.issues if issue.field == held.key)
        name = f"{line.number}:{held.key}"
        correct = not line.left_out and (name in edited or any(issue.is_error for issue in issues))
        cells.append(
            ShownCell(
                as_text(value),
                is_date=held.kind in {"date", "due"},
                mapped=True,
                issues=issues,
                edit=f"edit-{view.part.key}-{line.number}-{held.key}" if correct else "",
                typed=cell_for_edit(value),
                choices=tuple((c.value, c.label) for c in held.choices()) if held.choices and correct else (),
            )
        )
    held_keys = {f.key for f in view.columns.values()}
    return ShownRow(line, tuple(cells), tuple(issue for issue in line.issues if issue.field not in held_keys))


@dataclass(frozen=True)
class ShownOption:
    """One of the importer's options with what is chosen."""

    option: Option
    value: str
    choices: tuple[tuple[str, Any], ...]


def shown_options(scope: Scope, importer: Importer, chosen: Mapping[str, str]) -> list[ShownOption]:
    """Return the importer's options for the page."""
    return [
        ShownOption(option, chosen.get(option.key, ""), tuple(option.choices(scope)) if option.choices else ())
        for option in importer.options
    ]


def facts(session: ImportSession, plan: Plan) -> list[str]:
    """Return what the line under the heading says: file, rows, how they stand."""
    lines = plan.lines
    known = len([line for line in lines if not line.left_out])
    words = [
        session.name,
        ngettext("%(count)s row", "%(count)s rows", known) % {"count": wording.count(known)},
    ]
    if same := sum(line.fate == "same" for line in plan.ready):
        words.append(ngettext("%(count)s unchanged", "%(count)s unchanged", same) % {"count": wording.count(same)})
    if left := len(lines) - known:
        words.append(ngettext("%(count)s left out", "%(count)s left out", left) % {"count": wording.count(left)})
    return words

"""A table as it was read: rectangular rows of plain values, with notes on what the reader did to it."""

import datetime
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from prytany.core.errors import DomainError
from prytany.core.fields import strip_controls

Cell = str | int | float | bool | datetime.date | datetime.datetime | None

MAX_BYTES = 20 * 1024 * 1024
MAX_SHEETS = 40
MAX_ROWS = 12_000
MAX_COLUMNS = 60
MAX_CELL = 20_000

_BLANK = re.compile(r"[ \t\u00a0\u2007\u202f]+")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class UnreadableSheet(DomainError):
    """The file or the pasted text holds no table that can be read; the message says what to do instead."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader did or left out; `code` is rendered by `sheets.words` in the reader's language."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the note for storing."""
        return {"code": self.code, "params": self.params}


@dataclass(slots=True)
class Table:
    """One sheet, one table of a document, or what was pasted.

    `spans` holds the merged areas as (first row, last row, first column, last column), counted from 0 in `rows`; their
    cells are already filled with the value of the first one.
    """

    name: str
    rows: list[list[Cell]]
    notes: list[Note] = field(default_factory=list)
    spans: list[tuple[int, int, int, int]] = field(default_factory=list)

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.rows[0]) if self.rows else 0


def tidy_text(text: str) -> str:
    """Return `text` composed (NFC), without control characters, with single blanks and without outer space."""
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
    text = strip_controls(text.replace("\r\n", "\n").replace("\r", "\n"))
    return _BLANK.sub(" ", unicodedata.normalize("NFC", text)).strip()


def tidy_cell(value: Any) -> Cell:
    """Return `value` as a Cell: texts tidied (empty ones None), whole floats as ints, midnights as dates."""
    if isinstance(value, str):
        if len(value) > MAX_CELL:
            raise UnreadableSheet(
                "cell_too_long",
                _("A cell holds more than %(limit)s characters. Shorten it, or attach the text as a file.")
                % {"limit": MAX_CELL},
            )
        return tidy_text(value) or None
    if isinstance(value, datetime.datetime):
        return value.date() if value.time() == datetime.time() else value
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return None
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    return value if isinstance(value, bool | int | datetime.date) else None


def build_table(
    name: str,
    rows: Sequence[Sequence[Any]],
    *,
    notes: Iterable[Note] = (),
    spans: Iterable[tuple[int, int, int, int]] = (),
) -> Table:
    """Return the table of `rows`: tidied, merged areas filled, empty outer rows and columns cut off.

    UnreadableSheet where it has more rows or columns than can be brought in at once.
    """
    notes, spans = list(notes), list(spans)
    grid = [[tidy_cell(value) for value in row] for row in rows]
    _fill(grid, spans)
    height = max((i for i, row in enumerate(grid) if any(cell is not None for cell in row)), default=-1) + 1
    width = max((j for row in grid for j, cell in enumerate(row) if cell is not None), default=-1) + 1
    if height > MAX_ROWS:
        raise UnreadableSheet(
            "too_many_rows",
            _("The sheet “%(name)s” has %(rows)s rows; %(limit)s can be brought in at once. Divide it.")
            % {"name": name, "rows": height, "limit": MAX_ROWS},
        )
    if width > MAX_COLUMNS:
        raise UnreadableSheet(
            "too_many_columns",
            _("The sheet “%(name)s” has %(columns)s columns; at most %(limit)s are read. Delete those not needed.")
            % {"name": name, "columns": width, "limit": MAX_COLUMNS},
        )
    cut = [list(row[:width]) + [None] * (width - len(row[:width])) for row in grid[:height]]
    return Table(name, cut, notes, [span for span in spans if span[0] < height and span[2] < width])


def _fill(grid: list[list[Cell]], spans: Iterable[tuple[int, int, int, int]]) -> None:
    """Write the value of the first cell of each merged area into all of its cells."""
    for top, bottom, start, end in spans:
        if top >= len(grid) or start >= len(grid[top]):
            continue
        value = grid[top][start]
        for row in grid[top : bottom + 1]:
            row.extend([None] * (min(end, MAX_COLUMNS) + 1 - len(row)))
            for column in range(start, min(end, MAX_COLUMNS) + 1):
                row[column] = value


def to_json(value: Cell) -> Any:
    """Return `value` for storing as JSON: dates and times are marked."""
    if isinstance(value, datetime.datetime):
        return {"at": value.isoformat(timespec="minutes")}
    if isinstance(value, datetime.date):
        return {"on": value.isoformat()}
    return value


def from_json(value: Any) -> Cell:
    """Return the Cell that `to_json` stored."""
    if isinstance(value, dict):
        if "on" in value:
            return datetime.date.fromisoformat(value["on"])
        return datetime.datetime.fromisoformat(value["at"])
    return value  # type: ignore[no-any-return]


def as_text(value: Cell) -> str:
    """Return `value` as a person would type it: dates as 05/12/2026, yes and no as 1 and 0."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime.datetime):
        return value.strftime("%d/%m/%Y %H:%M")
    if isinstance(value, datetime.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)

"""Excel workbooks: values of cells, dates as dates, merged areas filled, hidden sheets left out and said so.

Read part by part instead of through a library: merged areas, hidden rows and formulas without a stored value have to be
told to the person, and the web process stays small.
"""

import datetime
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from prytany.sheets.reading.archive import Archive, attribute, local
from prytany.sheets.reading.grid import MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, Note, Table, UnreadableSheet, build_table

# Numbers of built-in formats that show a date or a time (ECMA-376 part 1, 18.8.30, with the East Asian ones).
_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_NOT_DATE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|General', re.IGNORECASE)
_DATE_LETTER = re.compile(r"[dmyhs]", re.IGNORECASE)
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})$")
_EPOCH = {False: datetime.datetime(1899, 12, 30), True: datetime.datetime(1904, 1, 1)}  # noqa: DTZ001 - a wall clock


@dataclass(slots=True)
class _Styles:
    """For each cell style: whether it shows a date, and how many digits a code of zeros ("00000") pads to."""

    dates: list[bool] = field(default_factory=list)
    digits: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Sheet:
    rows: list[list[Any]] = field(default_factory=list)
    spans: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: int = 0
    no_value: list[str] = field(default_factory=list)


def read_xlsx(archive: Archive) -> list[Table]:
    """Return the visible sheets of a workbook that hold anything; UnreadableSheet if it cannot be read."""
    workbook = archive.part("xl/workbook.xml")
    if workbook is None:
        raise UnreadableSheet("no_workbook", _("This file holds no worksheets."))
    strings = _shared_strings(archive)
    styles = _styles(archive)
    base_1904 = any(
        local(element) == "workbookPr" and attribute(element, "date1904") in {"1", "true"} for element in workbook
    )
    tables: list[Table] = []
    hidden: list[str] = []
    for name, path, is_hidden in list(_sheets(archive, workbook))[:MAX_SHEETS]:
        if is_hidden:
            hidden.append(name)
            continue
        sheet = _read_sheet(archive, path, strings, styles, base_1904)
        table = build_table(name, sheet.rows, notes=_notes(sheet), spans=sheet.spans)
        if table.rows:
            tables.append(table)
    if tables and hidden:
        tables[0].notes.append(Note("hidden_sheets", {"names": ", ".join(hidden), "count": len(hidden)}))
    return tables


def _sheets(archive: Archive, workbook: Any) -> Iterator[tuple[str, str, bool]]:
    """Yield (name, part, hidden) of each worksheet in the order of the tabs; charts are skipped."""
    relations = archive.part("xl/_rels/workbook.xml.rels")
    targets = {
        attribute(r, "Id"): (attribute(r, "Target") or "", attribute(r, "Type") or "")
        for r in ([] if relations is None else relations)
    }
    for element in workbook.iter("{*}sheet"):
        target, kind = targets.get(attribute(element, "id"), ("", ""))
        if not kind.endswith("/worksheet"):
            continue
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        yield attribute(element, "name") or "", path, attribute(element, "state") in {"hidden", "veryHidden"}


def _shared_strings(archive: Archive) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.names:
        return []
    return [_string(item) for item in archive.elements("xl/sharedStrings.xml", "si")]


def _string(element: Any) -> str:
    """Return the text of a string item: plain or in runs; readings of East Asian letters are left out."""
    parts = []
    for child in element:
        if local(child) == "t":
            parts.append(child.text or "")
        elif local(child) == "r":
            parts.extend(t.text or "" for t in child if local(t) == "t")
    return "".join(parts)


def _styles(archive: Archive) -> _Styles:
    root = archive.part("xl/styles.xml")
    styles = _Styles()
    if root is None:
        return styles
    codes = {int(attribute(f, "numFmtId") or 0): attribute(f, "formatCode") or "" for f in root.iter("{*}numFmt")}
    for formats in root.iter("{*}cellXfs"):
        for style in formats:
            number = int(attribute(style, "numFmtId") or 0)
            code = codes.get(number, "")
            # A colour or a condition in brackets is no date; an elapsed time such as [h]:mm keeps its other letters.
            styles.dates.append(
                bool(_DATE_LETTER.search(_NOT_DATE.sub("", code.split(";")[0]))) if code else number in _BUILT_IN_DATES
            )
            styles.digits.append(len(code) if re.fullmatch("0{2,}", code) else 0)
    return styles


def _read_sheet(archive: Archive, path: str, strings: list[str], styles: _Styles, base_1904: bool) -> _Sheet:
    sheet = _Sheet()
    for element in archive.elements(path, "row", "mergeCell"):
        if local(element) == "mergeCell":
            _add_span(sheet, attribute(element, "ref") or "")
            continue
        number = int(attribute(element, "r") or len(sheet.rows) + 1)
        # Formatting alone may reach down to row 1,048,576; what is too far down is refused only where it has content.
        cells = _row(element, number, strings, styles, base_1904, sheet)
        if not any(value not in (None, "") for value in cells):
            continue
        if number > MAX_ROWS * 4:
            raise UnreadableSheet(
                "too_far_down",
                _("The sheet has content in row %(row)s, far below the table. Delete it, or copy the table out.")
                % {"row": number},
            )
        sheet.rows.extend([] for _missing in range(number - len(sheet.rows) - 1))
        if number <= len(sheet.rows):
            continue
        sheet.rows.append(cells)
        sheet.hidden_rows += attribute(element, "hidden") in {"1", "true"}
    return sheet


def _row(element: Any, number: int, strings: list[str], styles: _Styles, base_1904: bool, sheet: _Sheet) -> list[Any]:
    cells: list[Any] = []
    for cell in element:
        if local(cell) != "c":
            continue
        match = _REFERENCE.match(cell.get("r") or "")
        column = _column(match[1]) if match else len(cells)
        if column > MAX_COLUMNS * 20:
            continue
        cells.extend([None] * (column - len(cells)))
        value = _value(cell, strings, styles, base_1904)
        if value is None and any(local(child) == "f" for child in cell):
            sheet.no_value.append(f"{column_letters(column)}{number}")
        if column < len(cells):
            cells[column] = value
        else:
            cells.append(value)
    return cells


def _value(cell: Any, strings: list[str], styles: _Styles, base_1904: bool) -> Any:
    kind = cell.get("t") or "n"
    raw = next((child.text for child in cell if local(child) == "v"), None)
    if kind == "inlineStr":
        return next((_string(child) for child in cell if local(child) == "is"), None)
    if raw is None:
        return None
    try:
        if kind == "s":
            return strings[int(raw)]
        if kind == "b":
            return raw.strip() == "1"
        if kind == "d":
            return datetime.datetime.fromisoformat(raw.strip())
        if kind != "n":
            return raw
        return _number(float(raw), int(cell.get("s") or 0), styles, base_1904)
    except (ValueError, IndexError, OverflowError):
        return raw


def _number(value: float, style: int, styles: _Styles, base_1904: bool) -> Any:
    """Return a number, or the date or the padded code that the cell's style makes of it."""
    if style < len(styles.dates) and styles.dates[style]:
        if 0 <= value < 1:
            return value
        # Excel counts a 29 February 1900 that never was.
        shift = 1 if not base_1904 and value < 60 else 0
        moment = _EPOCH[base_1904] + datetime.timedelta(days=int(value) + shift)
        seconds = round((value % 1) * 86_400)
        return moment + datetime.timedelta(seconds=seconds)
    if style < len(styles.digits) and styles.digits[style] and value.is_integer() and value >= 0:
        return f"{int(value):0{styles.digits[style]}d}"
    return value


def _add_span(sheet: _Sheet, reference: str) -> None:
    first, _colon, last = reference.partition(":")
    start, end = _REFERENCE.match(first), _REFERENCE.match(last)
    if start and end and int(end[2]) <= MAX_ROWS * 4:
        sheet.spans.append((int(start[2]) - 1, int(end[2]) - 1, _column(start[1]), _column(end[1])))


def _notes(sheet: _Sheet) -> list[Note]:
    notes = []
    if sheet.spans:
        notes.append(Note("merged_filled", {"count": len(sheet.spans)}))
    if sheet.hidden_rows:
        notes.append(Note("hidden_rows", {"count": sheet.hidden_rows}))
    if sheet.no_value:
        notes.append(Note("formula_without_value", {"count": len(sheet.no_value), "cells": _few(sheet.no_value)}))
    return notes


def _few(names: list[str]) -> str:
    return ", ".join(names[:5]) + ("…" if len(names) > 5 else "")


def _column(letters: str) -> int:
    """Return the column of `letters`, counted from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters

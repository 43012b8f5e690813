"""Tables of Word documents: merged cells filled, deleted text left out, tables inside cells left aside."""

from typing import Any

from prytany.sheets.reading.archive import Archive, attribute, local
from prytany.sheets.reading.grid import MAX_COLUMNS, MAX_SHEETS, Note, Table, build_table


def read_docx(archive: Archive) -> list[Table]:
    """Return the tables of the document's body, in order, each named by its place and the paragraph before it."""
    root = archive.part("word/document.xml")
    body = None if root is None else next(iter(root), None)
    if body is None:
        return []
    tables: list[Table] = []
    title = ""
    for element in body.iter("{*}tbl", "{*}p"):
        if any(local(parent) == "tbl" for parent in element.iterancestors()):
            continue
        if local(element) == "p":
            title = _text(element).strip() or title
            continue
        table = _read_table(element, title)
        if table.rows and len(tables) < MAX_SHEETS:
            tables.append(table)
            title = ""
    return tables


def _read_table(element: Any, title: str) -> Table:
    rows: list[list[Any]] = []
    spans: list[tuple[int, int, int, int]] = []
    for row in _own(element, "tr", "tbl"):
        cells: list[Any] = [None] * _skipped(row)
        for cell in _own(row, "tc", "tr"):
            width, merge = _cell_shape(cell)
            value: Any = _BELOW if merge == "continue" else _text(cell)
            if width > 1 and value is not _BELOW:
                spans.append((len(rows), len(rows), len(cells), len(cells) + width - 1))
            cells.extend([value] + [_BELOW if value is _BELOW else None] * (width - 1))
            if len(cells) > MAX_COLUMNS + 1:
                break
        rows.append(cells)
    spans.extend(_vertical(rows))
    rows = [[None if cell is _BELOW else cell for cell in row] for row in rows]
    notes = [Note("merged_filled", {"count": len(spans)})] if spans else []
    name = title if len(title) <= 60 else f"{title[:59]}…"
    return build_table(name, rows, notes=notes, spans=spans)


class _Below:
    """Stands in a cell that continues the one above it."""


_BELOW = _Below()


def _own(element: Any, tag: str, holder: str) -> list[Any]:
    """Return the elements `tag` of `element` itself, not of an inner `holder`; content controls are seen through."""
    found = element.iter(f"{{*}}{tag}")
    return [item for item in found if next((p for p in item.iterancestors() if local(p) == holder), None) is element]


def _skipped(row: Any) -> int:
    """Return how many columns the row leaves out before its first cell."""
    for element in row.iter("{*}gridBefore"):
        return min(int(attribute(element, "val") or 0), MAX_COLUMNS)
    return 0


def _cell_shape(cell: Any) -> tuple[int, str]:
    """Return how many columns a cell spans, and whether it begins ("restart") or continues a vertical merge."""
    width, merge = 1, ""
    for properties in cell:
        if local(properties) != "tcPr":
            continue
        for item in properties:
            if local(item) == "gridSpan":
                width = max(1, min(int(attribute(item, "val") or 1), MAX_COLUMNS))
            elif local(item) == "vMerge":
                merge = attribute(item, "val") or "continue"
    return width, merge


def _vertical(rows: list[list[Any]]) -> list[tuple[int, int, int, int]]:
    """Return the areas of vertical merges, one a column."""
    areas: dict[tuple[int, int], int] = {}
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell is not _BELOW or number == 0:
                continue
            top = number - 1
            while top > 0 and column < len(rows[top]) and rows[top][column] is _BELOW:
                top -= 1
            areas[(top, column)] = number
    return [(top, bottom, column, column) for (top, column), bottom in areas.items()]


def _text(element: Any) -> str:
    """Return the text of a cell or paragraph: paragraphs on lines, deleted runs and inner tables left out."""
    if local(element) == "p":
        return "".join(_runs(element))
    return "\n".join("".join(_runs(paragraph)) for paragraph in _own(element, "p", "tc"))


def _runs(paragraph: Any) -> list[str]:
    parts = []
    for node in paragraph.iter("{*}t", "{*}tab", "{*}br", "{*}cr", "{*}noBreakHyphen"):
        if any(local(parent) in {"del", "moveFrom", "tabs"} for parent in node.iterancestors()):
            continue
        kind = local(node)
        parts.append({"t": node.text or "", "tab": " ", "noBreakHyphen": "-"}.get(kind, "\n"))
    return parts

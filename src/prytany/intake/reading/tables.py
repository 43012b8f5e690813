"""A table of tasks pasted as text: a row of headings that name a task and who or when, and the rows below it."""

import datetime
import re
from collections.abc import Iterator

from prytany.intake.reading.dates import moments
from prytany.intake.reading.deadlines import deadline_in, with_year
from prytany.intake.reading.model import Actor, Deadline, Matter, Span, TaskProposal
from prytany.intake.reading.pack import Pack
from prytany.intake.reading.segments import Line
from prytany.intake.reading.shadow import fold_line

_GAP = re.compile(r"\s*[|\t]\s*|\s{3,}")
LONGEST_HEADING = 60
SHORTEST_TASK = 4


def tasks_of_tables(lines: list[Line], pack: Pack, event: datetime.date | None) -> list[TaskProposal]:
    """Return the tasks of the tables among `lines` and mark the lines of tables, headings included."""
    found: list[TaskProposal] = []
    columns: dict[str, int] = {}
    heading: Line | None = None
    for line in lines:
        cells = _cells(line.shadow.raw)
        named = _columns(line.shadow.raw, cells, pack)
        if named:
            columns, heading = named, line
            line.table, line.furniture = True, ""
        elif columns and heading and len(cells) >= 2 and columns["task"] < len(cells):
            line.table, line.furniture = True, ""
            found += _row(line, cells, columns, heading, pack, event)
        else:
            columns = {}
    return found


def requests_of_tables(lines: list[Line], pack: Pack) -> list[Matter]:
    """Return the requests of the tables that say what became of each, and mark the lines of these tables."""
    found: list[Matter] = []
    columns: dict[str, int] = {}
    for line in lines:
        cells = _cells(line.shadow.raw)
        named = _request_columns(line.shadow.raw, cells, pack)
        if named:
            columns = named
            line.table, line.furniture = True, ""
        elif columns and len(cells) >= 2 and max(columns.values()) < len(cells):
            # Short cells between bars look like the menu of a page.
            line.table, line.furniture = True, ""
            found.append(_request(line, cells, columns, pack))
        else:
            columns = {}
    return found


def _request_columns(raw: str, cells: list[tuple[int, int]], pack: Pack) -> dict[str, int]:
    """Which cell names the request, which the decision; empty unless both are named. `by` is the first of the others."""
    if len(cells) < 2 or any(b - a > LONGEST_HEADING for a, b in cells):
        return {}
    found: dict[str, int] = {}
    for place, (start, end) in enumerate(cells):
        text = fold_line(raw[start:end]).strip(" .:*")
        name = next((name for name, pattern in pack.request_columns().items() if pattern.match(text)), "")
        if name:
            found.setdefault(name, place)
        elif any(c.isalpha() for c in text) and text not in ("no", "stt", "tt", "n°"):
            found.setdefault("by", place)
    return found if {"request", "decision"} <= set(found) else {}


def _request(line: Line, cells: list[tuple[int, int]], columns: dict[str, int], pack: Pack) -> Matter:
    raw = line.shadow.raw

    def cell(name: str) -> Span | None:
        start, end = cells[columns[name]] if name in columns else (0, 0)
        return Span(line.number, start, end, raw[start:end]) if any(c.isalnum() for c in raw[start:end]) else None

    request, decision, by = cell("request"), cell("decision"), cell("by")
    told = fold_line(decision.text) if decision else ""
    outcome = next((name for name, pattern in pack.answer_patterns() if pattern.search(told)), "open")
    return Matter(
        span=request,
        text=request.text if request else None,
        by=by.text if by else None,
        decision=decision,
        outcome=outcome,
        because=(decision,) if decision else (),
    )


def _cells(raw: str) -> list[tuple[int, int]]:
    """The spans of the cells of a line; a bar at its edge parts nothing."""
    start = len(raw) - len(raw.lstrip(" |\t"))
    end = len(raw.rstrip(" |\t"))
    cells = []
    for gap in _GAP.finditer(raw, start, end):
        cells.append((start, gap.start()))
        start = gap.end()
    return [*cells, (start, end)] if end > start else cells


def _columns(raw: str, cells: list[tuple[int, int]], pack: Pack) -> dict[str, int]:
    """Which cell names which column; empty unless one names the task and another who or when."""
    if len(cells) < 2 or any(b - a > LONGEST_HEADING for a, b in cells):
        return {}
    found: dict[str, int] = {}
    for place, (start, end) in enumerate(cells):
        text = fold_line(raw[start:end]).strip(" .:*")
        for name, pattern in pack.keyed("columns").items():
            if pattern.match(text):
                found.setdefault(name, place)
                break
    return found if "task" in found and {"lead", "due"} & set(found) else {}


def _row(
    line: Line,
    cells: list[tuple[int, int]],
    columns: dict[str, int],
    heading: Line,
    pack: Pack,
    event: datetime.date | None,
) -> Iterator[TaskProposal]:
    raw = line.shadow.raw

    def cell(name: str) -> Span | None:
        place = columns.get(name)
        if place is None or place >= len(cells):
            return None
        start, end = cells[place]
        if _says(raw[start:end], "cells_unknown", pack):
            return None
        return Span(line.number, start, end, raw[start:end]) if any(c.isalnum() for c in raw[start:end]) else None

    if any(_says(raw[a:b], "cells_settled", pack) for a, b in cells):
        return

    task, lead, partner = cell("task"), cell("lead"), cell("with")
    if task is None or len(task.text) < SHORTEST_TASK or not any(c.isalpha() for c in task.text):
        return
    start, end = _cells(heading.shadow.raw)[columns["task"]]
    because = Span(heading.number, start, end, heading.shadow.raw[start:end])
    yield TaskProposal(
        span=task,
        content=task.text,
        lead=Actor(lead.text, "stated", lead) if lead else None,
        cooperating=(Actor(partner.text, "stated", partner),) if partner else (),
        deadline=_due(cell("due"), pack, event),
        voice="key task list",
        because=(because,),
        certainty=0.8,
    )


def _says(text: str, name: str, pack: Pack) -> bool:
    """Whether a cell as a whole is of the kind `name`: nobody named yet, settled already."""
    pattern = pack.pattern(name)
    return bool(pattern and pattern.fullmatch(fold_line(text).strip(" .*()-")))


def _due(cell: Span | None, pack: Pack, event: datetime.date | None) -> Deadline:
    """What a cell under "by when" says; a bare day there is the last one."""
    if cell is None:
        return Deadline()
    text = fold_line(cell.text)
    said = deadline_in(text, 0, len(text), pack, event)
    if said is None:
        days = [m for m in moments(text, pack) if m.precision == "day"]
        if not days:
            return Deadline()
        moment, inferred = with_year(days[-1], event)
        return Deadline("on_or_before", cell.text, moment.iso(), inferred=inferred, span=cell)
    found = said.deadline
    return Deadline(found.kind, cell.text, found.iso, found.iso_end, found.duration, found.inferred, cell)

"""Finding the heading row of a table and what each of its columns holds."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import translation

from prytany.core.fold import fold
from prytany.sheets.reading import Cell, Table, as_text
from prytany.sheets.registry import Field, Part

LOOKED_THROUGH = 25
_REMARK = re.compile(r"\(.*?\)|\[.*?\]")
_NOT_WORD = re.compile(r"[^\w]+")
_COUNTER = re.compile(r"\(?(\d{1,2}|[A-Z]|[IVX]{1,4})\)?$")
# What a person remembered counts before what the office did, and that before any likeness.
OWN, OFFICE, SAME = 4.0, 3.0, 2.0
# Heading keys with the field chosen for them before ("": a column that is not wanted) and how much that weighs.
Memory = Mapping[str, tuple[str, float]]


@dataclass(frozen=True)
class Heading:
    """Where the headings stand: first row, how many rows, the first row of data, and the text of each column."""

    row: int
    depth: int
    data: int
    labels: tuple[str, ...]


def heading_key(text: str) -> str:
    """Return a heading folded for comparing: without remarks in brackets, punctuation and case."""
    folded = fold(text)
    plain = _NOT_WORD.sub(" ", _REMARK.sub(" ", folded)).strip()
    return plain or _NOT_WORD.sub(" ", folded).strip()


def find_heading(table: Table, part: Part, memory: Memory) -> Heading:
    """Return the row among the first 25 whose cells name the most fields; else the first with two texts or more."""
    best, best_score = None, 0.0
    for row in range(min(LOOKED_THROUGH, len(table.rows))):
        labels = heading_at(table, row).labels
        if sum(1 for label in labels if label) < 1:
            continue
        found = match_columns(labels, part, memory)
        score = len(set(found.values())) - row * 0.01
        if found and score > best_score:
            best, best_score = row, score
    if best is None:
        texts = [sum(isinstance(cell, str) for cell in row) for row in table.rows[:LOOKED_THROUGH]]
        best = next((i for i, count in enumerate(texts) if count > 1), 0)
    return heading_at(table, best)


def heading_at(table: Table, row: int) -> Heading:
    """Return the headings that begin in `row`: of two rows where cells of the first span several columns."""
    row = max(0, min(row, len(table.rows) - 1)) if table.rows else 0
    top = table.rows[row] if table.rows else []
    labels = [as_text(cell).replace("\n", " ") for cell in top]
    depth = 1
    wide = [s for s in table.spans if s[0] == row and s[3] > s[2] and s[3] - s[2] + 1 < table.width]
    if wide and row + 1 < len(table.rows) and _is_sub_heading(table.rows[row + 1]):
        depth = 2
        for column, cell in enumerate(table.rows[row + 1]):
            below = as_text(cell).replace("\n", " ")
            if below and below != labels[column]:
                labels[column] = f"{labels[column]}: {below}" if labels[column] else below
    data = row + depth
    if data < len(table.rows) and _is_counter_row(table.rows[data]):
        data += 1
    return Heading(row, depth, data, tuple(labels))


def _is_sub_heading(row: Sequence[Cell]) -> bool:
    return any(isinstance(cell, str) for cell in row) and not any(
        isinstance(cell, int | float) and not isinstance(cell, bool) for cell in row
    )


def _is_counter_row(row: Sequence[Cell]) -> bool:
    """Tell a row that only numbers the columns: (1), (2), (3) or A, B, 1, 2."""
    texts = [as_text(cell) for cell in row if cell is not None]
    numbers = [text.strip("()") for text in texts]
    return len(texts) > 2 and len(set(numbers)) == len(numbers) and all(_COUNTER.match(text) for text in texts)


def is_title_row(table: Table, row: int) -> bool:
    """Tell a row that is one merged cell across the table: a title between rows, not a record."""
    return any(
        top == bottom == row and end - start + 1 >= max(2, table.width - 1) for top, bottom, start, end in table.spans
    )


def match_columns(labels: Sequence[str], part: Part, memory: Memory) -> dict[int, str]:
    """Return which field each column holds, by column; a field is given to one column only, the likeliest."""
    keys = [heading_key(label) for label in labels]
    words = {f.key: field_words(f) for f in part.fields}
    scored: list[tuple[float, int, str]] = []
    for column, key in enumerate(keys):
        if not key:
            continue
        if key in memory:
            remembered, weight = memory[key]
            if remembered == "":
                continue
            if remembered in words:
                scored.append((weight, column, remembered))
                continue
        scored.extend((score, column, name) for name, known in words.items() if (score := _likeness(key, known)))
    found: dict[int, str] = {}
    for _score, column, name in sorted(scored, key=lambda item: (-item[0], item[1])):
        if column not in found and name not in found.values():
            found[column] = name
    return found


def field_words(field: Field) -> set[str]:
    """Return the folded headings that mean `field`: its own name in the reader's language and its synonyms."""
    with translation.override("en"):
        english = str(field.label)
    return {heading_key(word) for word in (*field.synonyms, str(field.label), english)} - {""}


def _likeness(key: str, known: set[str]) -> float:
    """Return 2 for the same words, 1 to 2 for one text within the other, up to 1 for a slip of the pen, else 0."""
    if key in known:
        return SAME
    best = 0.0
    for word in known:
        if len(word) > 3 and re.search(rf"\b{re.escape(word)}\b", key):
            best = max(best, 1 + len(word) / len(key) * 0.9)
        elif len(key) > 5 and re.search(rf"\b{re.escape(key)}\b", word):
            best = max(best, 1 + len(key) / len(word) * 0.5)
        elif len(key) > 4 and (ratio := difflib.SequenceMatcher(None, key, word).ratio()) >= 0.86:
            best = max(best, ratio)
    return best


def assign_tables(tables: Sequence[Table], parts: Sequence[Part], memory: Mapping[str, Memory]) -> dict[str, int]:
    """Return which table holds which part: by the name of the sheet, else where the headings fit best.

    A part that may be missing is only given a table that has all columns it needs.
    """
    found: dict[str, int] = {}
    for part in parts:
        names = {heading_key(word) for word in (*part.synonyms, str(part.label))}
        for index, table in enumerate(tables):
            if index not in found.values() and heading_key(table.name) in names:
                found[part.key] = index
                break
    scored = []
    for order, part in enumerate(parts):
        known = memory.get(part.key, {})
        for index, table in enumerate(tables):
            held = set(match_columns(find_heading(table, part, known).labels, part, known).values())
            complete = all(f.key in held for f in part.fields if f.required)
            if held and (complete or part.required):
                scored.append((-complete, -len(held), order, index, part.key))
    for _complete, _held, _order, index, key in sorted(scored):
        if key not in found and index not in found.values():
            found[key] = index
    return found

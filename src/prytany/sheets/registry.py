"""What can be imported: each upper app registers an importer; pages and mechanism know only this."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from prytany.core.errors import DomainError
from prytany.core.scope import Scope
from prytany.sheets.reading import Cell

# A text, or one that is translated when it is shown.
Words = Any

Kind = Literal["text", "long", "date", "due", "number", "choice", "unit", "units", "email", "phone"]


@dataclass(frozen=True)
class Choice:
    """One value of a field with few: what is stored, what is shown, and the other words people write for it."""

    value: str
    label: Words
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """One thing a column can hold.

    `synonyms` are headings in the six languages, compared folded. A `unit` cell names one unit, `units` several; both
    are matched once for all rows. A `date` is a day, a `due` cell a DueDate (12/2026, Q4, no deadline). `parse` turns a
    cell into the value for the importer and may raise `BadCell`.
    """

    key: str
    label: Words
    synonyms: tuple[str, ...] = ()
    kind: Kind = "text"
    required: bool = False
    example: Words = ""
    choices: Callable[[], Sequence[Choice]] | None = None
    parse: Callable[[Cell, Scope], Any] | None = None
    max_length: int | None = None


class BadCell(Exception):
    """Raised by a parser: the cell cannot be understood; the message is a whole sentence."""

    def __init__(self, message: Any) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True)
class Part:
    """One sheet of what is imported. Most importers have one; a workbook of the organisation has three."""

    key: str
    label: Words
    fields: tuple[Field, ...]
    synonyms: tuple[str, ...] = ()
    required: bool = True

    def field(self, key: str) -> Field | None:
        """Return the field `key`."""
        return next((f for f in self.fields if f.key == key), None)


@dataclass(frozen=True)
class Option:
    """Something asked once for all rows: one of `choices`, or a text. `first` is what the page proposes."""

    key: str
    label: Words
    choices: Callable[[Scope], Sequence[tuple[str, Words]]] | None = None
    first: Callable[[Scope, str], str] = field(default=lambda scope, name: "")


@dataclass(frozen=True)
class Issue:
    """What is wrong with a cell (or, without `field`, with a row)."""

    field: str
    message: Any
    is_error: bool = True


@dataclass
class Line:
    """One row on its way in: `number` is its number in the sheet, `values` are parsed, by field key.

    `raw` holds the cells as they stood. `fate` tells what the import will do with the row.
    """

    number: int
    raw: dict[str, Cell]
    values: dict[str, Any] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    left_out: bool = False
    is_title: bool = False  # one text across the table: a heading between rows
    fate: str = "new"  # new, same (already there), changes

    def refuse(self, key: str, message: Any) -> None:
        """Add an error at the cell `key`."""
        self.issues.append(Issue(key, message))

    def warn(self, key: str, message: Any) -> None:
        """Add a warning at the cell `key`; the row is brought in all the same."""
        self.issues.append(Issue(key, message, is_error=False))

    @property
    def has_errors(self) -> bool:
        """Whether the row cannot be brought in as it is."""
        return any(issue.is_error for issue in self.issues)

    def get(self, key: str, default: Any = None) -> Any:
        """Return the parsed value of field `key`."""
        return self.values.get(key, default)


@dataclass
class Batch:
    """All rows of one import, by part, with the choices made on the page."""

    parts: dict[str, list[Line]]
    options: Mapping[str, Any] = field(default_factory=dict)
    memo: dict[str, Any] = field(default_factory=dict)  # what an importer's check found out, for its apply

    def lines(self, part: str) -> list[Line]:
        """Return the rows of `part` that are to be brought in and can be."""
        return [line for line in self.parts.get(part, []) if not line.left_out and not line.has_errors]

    def every(self) -> Iterable[Line]:
        """Return the rows of all parts."""
        return (line for lines in self.parts.values() for line in lines)


@dataclass(frozen=True)
class Outcome:
    """What an import did: `counts` by word for the message, `undo` whatever the importer needs to take it back."""

    counts: dict[str, int]
    undo: dict[str, Any]
    url: str = ""


class Importer:
    """Base class of importers; one instance is registered for each `kind`."""

    kind: ClassVar[str]
    label: ClassVar[Words]
    # What the page asks for, in one sentence.
    intro: ClassVar[Words] = ""
    parts: ClassVar[tuple[Part, ...]]
    options: ClassVar[tuple[Option, ...]] = ()
    rail: ClassVar[str] = "tasks"
    # Whether `export` gives the workbook back.
    exports: ClassVar[bool] = False

    def can_import(self, scope: Scope) -> bool:
        """Tell whether `scope` may import at all; each row is checked again when it is brought in."""
        raise NotImplementedError

    def refuse(self, text: str) -> None:
        """Raise DomainError where what stands in a source, line by line, may not be kept; asked before it is."""

    def check(self, scope: Scope, batch: Batch) -> None:
        """Add issues and fates to the rows: everything the form of a single record would refuse."""

    def apply(self, scope: Scope, batch: Batch) -> Outcome:
        """Bring the rows in through services; called inside one transaction."""
        raise NotImplementedError

    def undo(self, scope: Scope, undo: Mapping[str, Any]) -> None:
        """Take back what `apply` did; DomainError where something hangs on it already. Inside one transaction."""
        raise NotImplementedError

    def summary(self, counts: Mapping[str, int]) -> str:
        """Return one sentence on what was brought in."""
        raise NotImplementedError

    def button(self, count: int) -> str:
        """Return the words of the button that brings `count` rows in."""
        raise NotImplementedError

    def export(self, scope: Scope) -> bytes | None:
        """Return what is there as a workbook that can be brought in again; None where there is no way back."""
        return None

    def back_url(self) -> str:
        """Return the page this import belongs to."""
        raise NotImplementedError

    def back_label(self) -> Words:
        """Return the name of that page."""
        raise NotImplementedError

    def next_label(self) -> Words:
        """Return the words of the button that leads on from a finished import."""
        return self.back_label()

    def links(self, scope: Scope, counts: Mapping[str, int]) -> list[tuple[Words, str]]:
        """Return further steps (words, address) for the page of a finished import."""
        return []


@contextmanager
def at_row(line: Line) -> Iterator[None]:
    """Say in which row of the sheet a service refused: wrap the call for each row in it."""
    try:
        yield
    except DomainError as error:
        message = _("Row %(row)s: %(problem)s") % {"row": line.number, "problem": error.message}
        raise DomainError(error.code, message) from error
    except PermissionDenied as error:
        message = _("Row %(row)s asks for something that you may not do.") % {"row": line.number}
        raise DomainError("row_not_allowed", message) from error


_IMPORTERS: dict[str, Importer] = {}


def register(importer: Importer) -> None:
    """Make `importer` known; call from AppConfig.ready."""
    _IMPORTERS[importer.kind] = importer


def unregister(kind: str) -> None:
    """Forget the importer of `kind`; for tests."""
    _IMPORTERS.pop(kind, None)


def importer_of(kind: str) -> Importer | None:
    """Return the importer registered for `kind`."""
    return _IMPORTERS.get(kind)


def importers() -> list[Importer]:
    """Return all importers."""
    return list(_IMPORTERS.values())

"""How values stand in a backup: the text format of PostgreSQL's COPY, also when the database is SQLite.

PostgreSQL writes and reads it by itself; for SQLite the two functions of each kind translate. So a backup of one
database can be restored into the other, which is how an office grows from one to the other.
"""

import re
from collections.abc import Callable
from typing import Any

from django.db.models import Field

NULL = r"\N"
# COPY's text format: backslash, and the characters that end columns and rows or could be changed on the way.
_ESCAPES = {"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r", "\b": r"\b", "\f": r"\f", "\v": r"\v"}
_TO_ESCAPE = str.maketrans(_ESCAPES)
_SPECIAL = re.compile(r"[\\\t\n\r\b\f\v]")
_ESCAPED = re.compile(r"\\(.)")
_LITERAL = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}


def escape(text: str) -> str:
    """Return `text` as one column."""
    return text.translate(_TO_ESCAPE) if _SPECIAL.search(text) else text


def unescape(text: str) -> str:
    """Return the text of one column."""
    return _ESCAPED.sub(lambda m: _LITERAL.get(m[1], m[1]), text) if "\\" in text else text


def _moment_out(value: str) -> str:
    whole, dot, fraction = value.partition(".")
    fraction = fraction.rstrip("0")
    return f"{whole}{dot}{fraction}+00" if fraction else f"{whole}+00"


def _moment_in(value: str) -> str:
    """Return a moment as Django writes it to SQLite: without zone, with six digits of a second or none."""
    whole, dot, fraction = value.removesuffix("+00").partition(".")
    return f"{whole}.{fraction.ljust(6, '0')}" if dot else whole


def _uuid_out(value: str) -> str:
    return f"{value[:8]}-{value[8:12]}-{value[12:16]}-{value[16:20]}-{value[20:]}"


def _bytes_out(value: bytes) -> str:
    return rf"\\x{bytes(value).hex()}"


def _bytes_in(value: str) -> bytes:
    return bytes.fromhex(value[3:])


# Kind -> (value of SQLite to column, column to value of SQLite); None is handled by the callers.
KINDS: dict[str, tuple[Callable[[Any], str], Callable[[str], Any]]] = {
    "int": (str, int),
    "text": (escape, unescape),
    "bool": (lambda value: "t" if value else "f", lambda column: int(column == "t")),
    "date": (str, str),
    "time": (str, str),
    "moment": (_moment_out, _moment_in),
    "uuid": (_uuid_out, lambda column: column.replace("-", "")),
    "json": (escape, unescape),
    "number": (str, str),
    "float": (repr, float),
    "bytes": (_bytes_out, _bytes_in),
}
_BY_TYPE = {
    "DateField": "date",
    "TimeField": "time",
    "DateTimeField": "moment",
    "UUIDField": "uuid",
    "JSONField": "json",
    "DecimalField": "number",
    "FloatField": "float",
    "BinaryField": "bytes",
    "BooleanField": "bool",
    **dict.fromkeys(["CharField", "TextField", "SlugField", "FileField", "GenericIPAddressField"], "text"),
}


def kind_of(field: Field) -> str:
    """Return the kind of a model field's column; NotImplementedError for a type that no table has used so far."""
    while field.remote_field is not None:
        field = field.target_field
    name = field.get_internal_type()
    kind = _BY_TYPE.get(name, "int" if "Integer" in name or "AutoField" in name else "")
    if not kind:
        raise NotImplementedError(
            f"backup does not know columns of type {name} ({field.model._meta.label}.{field.name})"
        )
    return kind


def to_line(row: tuple[Any, ...], writers: list[Callable[[Any], str]]) -> str:
    """Return one row of SQLite as a line."""
    return "\t".join([NULL if value is None else write(value) for value, write in zip(row, writers, strict=True)])


def from_line(line: str, readers: list[Callable[[str], Any]]) -> tuple[Any, ...]:
    """Return a line as one row for SQLite."""
    columns = line.split("\t")
    return tuple([None if column == NULL else read(column) for column, read in zip(columns, readers, strict=True)])

"""Reading tables from what people have: a workbook, a CSV file, a table in a document, cells they paste."""

from pathlib import PurePath

from django.utils.translation import gettext as _

from prytany.sheets.reading.archive import Archive, locked
from prytany.sheets.reading.docx import read_docx
from prytany.sheets.reading.grid import MAX_BYTES, Cell, Note, Table, UnreadableSheet, as_text, from_json, to_json
from prytany.sheets.reading.text import ENCODINGS, read_csv, read_pasted
from prytany.sheets.reading.xlsx import read_xlsx

__all__ = [
    "ENCODINGS",
    "MAX_BYTES",
    "Cell",
    "Note",
    "Table",
    "UnreadableSheet",
    "as_text",
    "from_json",
    "read_pasted",
    "read_tables",
    "to_json",
]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The stream in which Office keeps an encrypted package, as its directory names it.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_tables(data: bytes, name: str, *, language: str = "vi", encoding: str = "") -> list[Table]:
    """Return the tables in a file called `name`, by its content, not by its name.

    UnreadableSheet, with a sentence that says what to do, for a file that is empty, too big, locked, damaged or of
    another kind, and for one that holds no table.
    """
    if not data:
        raise UnreadableSheet("empty", _("This file is empty."))
    if len(data) > MAX_BYTES:
        raise UnreadableSheet(
            "too_big", _("This file is larger than %(limit)s MB.") % {"limit": MAX_BYTES // 1024 // 1024}
        )
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise locked()
        raise UnreadableSheet(
            "old_format",
            _("This file is in the format of Office 97–2003. Open it, save it as .xlsx or .docx, and try again."),
        )
    if data.startswith(b"PK"):
        tables = _read_archive(Archive(data))
    elif data.startswith((b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8", b"MZ", b"\x7fELF")):
        raise _not_a_table()
    else:
        tables = [read_csv(data, PurePath(name).stem, language, encoding)]
    tables = [table for table in tables if table.rows]
    if not tables:
        raise UnreadableSheet("no_table", _("No table was found in this file."))
    return tables


def _read_archive(archive: Archive) -> list[Table]:
    if "xl/workbook.xml" in archive.names:
        return read_xlsx(archive)
    if "word/document.xml" in archive.names:
        return read_docx(archive)
    if "xl/workbook.bin" in archive.names or "content.xml" in archive.names:
        raise UnreadableSheet(
            "other_office",
            _("Save this file as an Excel workbook (.xlsx) or as a Word document (.docx) and try again."),
        )
    raise _not_a_table()


def _not_a_table() -> UnreadableSheet:
    return UnreadableSheet(
        "not_a_table", _("This kind of file holds no table. Choose an .xlsx, .csv or .docx file, or paste the cells.")
    )

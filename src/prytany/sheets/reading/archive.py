"""Opening an office file (a zip of XML parts) that may be broken, enormous, encrypted or something else."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from prytany.sheets.reading.grid import UnreadableSheet

MAX_MEMBERS = 3_000
MAX_UNPACKED = 250 * 1024 * 1024
# Office XML packs some 10:1, at most 60:1 in sheets of one repeated value; bombs start at 1,000:1.
MAX_RATIO = 400


class Archive:
    """The parts of an office file, by name; nothing is unpacked before the sizes were looked at."""

    def __init__(self, data: bytes) -> None:
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError):
            raise _broken() from None
        members = self.zip.infolist()
        total = sum(member.file_size for member in members)
        if len(members) > MAX_MEMBERS or total > MAX_UNPACKED or total > max(len(data), 4096) * MAX_RATIO:
            raise UnreadableSheet(
                "too_large",
                _("This file unpacks to far more than a table needs. Copy the table into a new file and try again."),
            )
        if any(member.flag_bits & 0x1 for member in members):
            raise locked()
        self.names = {member.filename for member in members}

    def part(self, name: str) -> etree._Element | None:
        """Return the root of the XML part `name`; None if there is none."""
        if name not in self.names:
            return None
        try:
            root = etree.fromstring(self.zip.read(name), _parser())
        except (etree.XMLSyntaxError, zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
            raise _broken() from None
        _refuse_doctype(root)
        return root

    def elements(self, name: str, *tags: str) -> Iterator[Any]:
        """Yield each element whose local name is in `tags` as the part `name` streams by; forget it afterwards."""
        try:
            with self.zip.open(name) as stream:
                events = etree.iterparse(
                    stream,
                    events=("end",),
                    tag=[f"{{*}}{tag}" for tag in tags],
                    resolve_entities=False,
                    no_network=True,
                    huge_tree=False,
                    load_dtd=False,
                )
                for _event, element in events:
                    yield element
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
                if events.root is not None:
                    _refuse_doctype(events.root)
        except (etree.XMLSyntaxError, zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, KeyError):
            raise _broken() from None


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)


def _refuse_doctype(root: etree._Element) -> None:
    """Office files have no document type; one that has is up to something (entity expansion)."""
    if root.getroottree().docinfo.doctype:
        raise _broken()


def _broken() -> UnreadableSheet:
    return UnreadableSheet(
        "broken",
        _("This file is damaged and cannot be opened. Open it in Excel, Word or LibreOffice, save it again, retry."),
    )


def locked() -> UnreadableSheet:
    """Return the refusal of a file that asks for a password."""
    return UnreadableSheet(
        "locked", _("This file is protected with a password. Save it without a password and try again.")
    )


def local(element: Any) -> str:
    """Return the name of `element` without its namespace (the strict and the usual format differ in it)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str | None:
    """Return the attribute with the local name `name`, whatever its namespace."""
    for key, value in element.attrib.items():
        if key == name or key.endswith(f"}}{name}"):
            return str(value)
    return None

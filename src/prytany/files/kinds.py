"""The kinds of file that may be stored, what they are called, and how each is sent to a browser."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _

from prytany.files.names import split_ending

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ODT = "application/vnd.oasis.opendocument.text"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_OPAQUE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file.

    `served_as` is the type told to browsers (never one that can run script), `inline` whether a browser may show it,
    `reader` names the text extractor, empty where there is none.
    """

    code: str
    media_type: str
    endings: tuple[str, ...]
    label: Any
    served_as: str
    inline: bool = False
    reader: str = ""
    icon: str = "file-earmark"


_ALL = (
    Kind("pdf", "application/pdf", (".pdf",), _("PDF"), "application/pdf", True, "pdf", icon="file-earmark-pdf"),
    Kind("docx", _WORD, (".docx",), _("Word document"), _WORD, reader="docx", icon="file-earmark-text"),
    Kind("odt", _ODT, (".odt",), _("OpenDocument text"), _ODT, reader="odt", icon="file-earmark-text"),
    Kind("xlsx", _EXCEL, (".xlsx",), _("Excel workbook"), _EXCEL, icon="file-earmark-spreadsheet"),
    Kind("ods", _ODS, (".ods",), _("OpenDocument spreadsheet"), _ODS, icon="file-earmark-spreadsheet"),
    Kind(
        "csv", "text/csv", (".csv", ".tsv"), _("CSV table"), "text/csv", reader="txt", icon="file-earmark-spreadsheet"
    ),
    Kind("txt", "text/plain", (".txt", ".text", ".md"), _("plain text"), "text/plain", reader="txt", icon="file-text"),
    # A page saved from the web is read for its text; it is never sent as a page, so that it cannot run script.
    Kind("html", "text/html", (".html", ".htm"), _("saved web page"), _OPAQUE, reader="html", icon="file-text"),
    Kind("png", "image/png", (".png",), _("PNG image"), "image/png", True, icon="file-earmark-image"),
    Kind("jpeg", "image/jpeg", (".jpg", ".jpeg"), _("JPEG photograph"), "image/jpeg", True, icon="file-earmark-image"),
    Kind("webp", "image/webp", (".webp",), _("WebP image"), "image/webp", True, icon="file-earmark-image"),
)
KINDS: Mapping[str, Kind] = MappingProxyType({kind.code: kind for kind in _ALL})
IMAGES = frozenset({"png", "jpeg", "webp"})
TEXTS = frozenset({"txt", "csv", "html"})
BY_ENDING: Mapping[str, Kind] = MappingProxyType({ending: kind for kind in _ALL for ending in kind.endings})
# What a file field offers to choose from. Phones turn HEIC photographs into JPEG when only JPEG is asked for.
ACCEPT = ",".join(ending for kind in _ALL for ending in kind.endings)
OTHER = Kind("other", _OPAQUE, (), _("file"), _OPAQUE)


def kind_of(name: str) -> Kind:
    """Return the kind of a stored file by its name; one that is only ever downloaded where it is not on the list.

    Two names may share bytes (a page saved as .txt and as .html), so the kind belongs to the name, not to the bytes.
    """
    return BY_ENDING.get(split_ending(name)[1], OTHER)

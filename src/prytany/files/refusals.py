"""Why a file is not taken: one sentence per reason, for the field it was given in."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from prytany.core.errors import DomainError

MESSAGES: dict[str, Any] = {
    "empty": _("“%(name)s” is empty. Check the file and choose it again."),
    "too_large": _("“%(name)s” is larger than %(limit)s MB. Make it smaller or split it, then choose it again."),
    "not_allowed": _(
        "“%(name)s” is of a kind that is not taken. Taken are PDF, Word (.docx), Excel (.xlsx), OpenDocument, "
        "plain text, CSV, saved web pages, and PNG, JPEG and WebP images."
    ),
    "program": _("“%(name)s” is a program. Programs are not taken."),
    "archive": _("“%(name)s” is an archive. Unpack it and choose the files inside."),
    "macros": _("“%(name)s” holds macros. Save it without macros (as .docx, .xlsx, .odt or .ods) and choose it again."),
    "old_office": _("“%(name)s” is in an old Office format. Save it as .docx or .xlsx and choose it again."),
    "drawing": _("“%(name)s” is a drawing that can carry programs. Save it as PNG or PDF and choose it again."),
    "photo_format": _("“%(name)s” is a photograph in a format that many programs cannot open. Save it as JPEG."),
    "image_format": _("“%(name)s” is an image of a kind that is not taken. Save it as PNG, JPEG or PDF."),
    "disguised": _(
        "The name “%(name)s” says one kind of file, its content is another (%(found)s). Give it its true ending."
    ),
    "encrypted": _("“%(name)s” is protected by a password. Ask the sender for a copy without one."),
    "broken": _("“%(name)s” is damaged and cannot be opened. Ask the sender for the file again."),
    "bomb": _("“%(name)s” unpacks to an unreasonable size. It is not taken."),
    "image_too_large": _("“%(name)s” has too many pixels. Scan it at 300 dpi or less, or photograph it anew."),
    "encoding": _("The letters of “%(name)s” cannot be told. Save it as UTF-8 text and choose it again."),
    "secret_stamp": _(
        "“%(name)s” bears the stamp “%(stamp)s”. It was not stored and nothing of it is kept. Enter the paper without "
        "a file: only its line in the register may stand here."
    ),
}


class FileRefused(DomainError):
    """A file is not taken; nothing of it is kept. `code` is a key of MESSAGES."""

    def __init__(self, code: str, name: str, **values: Any) -> None:
        self.name = name
        self.values = values
        super().__init__(code, MESSAGES[code] % {"name": name, **values})

"""What papers tell lower apps: what can be found, who may open their files, what to do when a text was read."""

from typing import Any

from prytany.documents import indexing
from prytany.documents.models import Document, TrayItem
from prytany.documents.services.registration import HOLDER
from prytany.documents.services.texts import take_reading
from prytany.documents.services.tray import HOLDER as TRAY
from prytany.documents.services.tray import read_item
from prytany.files import holders
from prytany.files.models import StoredFile, TextVersion
from prytany.files.signals import text_read


def text_was_read(sender: Any, file: StoredFile, text: TextVersion, **_kwargs: Any) -> None:
    """Keep the text with the paper that holds the file; of a file in the tray, propose its facts."""
    if file.holder_kind == HOLDER:
        take_reading(file=file, text=text)
    elif file.holder_kind == TRAY:
        read_item(file=file, text=text)


def register() -> None:
    """Called once when all apps are loaded."""
    indexing.register()
    holders.register(HOLDER, Document.objects.visible_to)
    holders.register(TRAY, TrayItem.objects.visible_to)
    text_read.connect(text_was_read, dispatch_uid="documents.text_was_read")

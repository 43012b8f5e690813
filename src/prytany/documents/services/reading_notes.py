"""Reads of classified papers stand in the log."""

from prytany.audit.recording import record
from prytany.core import levels
from prytany.core.scope import Scope
from prytany.documents.models import Document


def note_reading(scope: Scope, document: Document) -> None:
    """Write to the log that a paper above `open` was opened."""
    if document.level > levels.OPEN:
        record(scope, action="document.read", target=document)

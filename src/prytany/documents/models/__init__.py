"""Registered papers, their lines in registers, and the ledger of numbers under which they stand there."""

from prytany.documents.models.ledger import LedgerNumber, NumberSeries
from prytany.documents.models.papers import (
    EXTRA_SIGHT,
    Clause,
    Document,
    DocumentRelation,
    DocumentText,
    RegisterEntry,
    TrayItem,
)

__all__ = [
    "EXTRA_SIGHT",
    "Clause",
    "Document",
    "DocumentRelation",
    "DocumentText",
    "LedgerNumber",
    "NumberSeries",
    "RegisterEntry",
    "TrayItem",
]

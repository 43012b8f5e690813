"""The columns that a book of the registry may have; which ones a book has, and in which order, is a rule.

Source of the books and their columns: Decree 30/2020, Annex IV (domain-rules 1.4).
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

BOOKS: Mapping[str, Any] = {
    "in": _("Columns of the register of incoming papers"),
    "out": _("Columns of the register of outgoing papers"),
    "internal": _("Columns of the register of internal papers"),
    "follow_up": _("Columns of the book that follows up incoming papers"),
    "postal": _("Columns of the postal book"),
    "kept_copies": _("Columns of the book of kept copies lent for use"),
}

COLUMNS: Mapping[str, Any] = {
    "entered_on": _("Arrived on"),
    "number": _("Register number"),
    "issuer": _("Issuing body"),
    "symbol": _("Number and symbol"),
    "issued_on": _("Date of the paper"),
    "content": _("Kind and summary"),
    "paper": _("Kind, number and symbol, date, issuing body"),
    "signer": _("Signer"),
    "receiver": _("Receivers"),
    "recipient": _("Unit or person receiving"),
    "handler": _("Unit or person keeping the file copy"),
    "copies": _("Copies"),
    "envelopes": _("Envelopes"),
    "forwarded_on": _("Passed on"),
    "signature": _("Received (signature)"),
    "due_on": _("Time limit"),
    "progress": _("Progress"),
    "answer": _("Number and symbol of the answer"),
    "note": _("Note"),
    "day": pgettext_lazy("book", "Date"),
    "borrower": _("Name of the user"),
    "purpose": _("What for"),
    "file": _("File"),
    "returned_on": _("Returned on"),
    "permitted_by": _("Permitted by"),
}

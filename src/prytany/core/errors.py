"""The outcomes of an act that did not go through (a row out of sight is 404, a right not held is 403)."""

from collections.abc import Mapping
from typing import Any


class DomainError(Exception):
    """The state of the record forbids the act: a message on the page, 409 in the API.

    `code` is stable and machine-readable, `message` is a whole sentence for the person, `fields` names the
    form fields the message belongs to (empty: the whole form).
    """

    def __init__(self, code: str, message: Any, fields: Mapping[str, Any] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.fields = dict(fields or {})

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class StaleRecord(DomainError):
    """Somebody else saved the record since the form was opened; the page shows both texts and loses neither."""

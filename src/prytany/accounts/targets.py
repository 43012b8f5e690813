"""A classified record as seen from below the app that holds it."""

from typing import NamedTuple
from uuid import UUID


class ClassifiedTarget(NamedTuple):
    """Kind (model name in lower case), uid and level of a record."""

    kind: str
    uid: UUID
    level: int

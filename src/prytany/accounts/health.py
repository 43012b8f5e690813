"""Signs of health for administrators; apps register theirs. A sign says in one sentence what is and what to do."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


class State(StrEnum):
    """How a sign stands."""

    GOOD = "good"
    WATCH = "watch"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sign shows now."""

    state: State
    text: str


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: its title and how it is read."""

    code: str
    title: Any
    read: Callable[[], Reading]
    weight: int = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """A sign as read."""

    code: str
    title: Any
    state: State
    text: str


_signs: dict[str, Sign] = {}


def register(sign: Sign) -> None:
    """Add a sign; one with the same code is replaced."""
    _signs[sign.code] = sign


def readings() -> list[Shown]:
    """Read all signs. One that cannot be read is bad, and does not hide the others."""
    return [_read(sign) for sign in sorted(_signs.values(), key=lambda sign: sign.weight)]


def _read(sign: Sign) -> Shown:
    try:
        reading = sign.read()
    except Exception:
        logger.exception("sign of health %s cannot be read", sign.code)
        reading = Reading(State.BAD, _("This could not be read; the program's log says why."))
    return Shown(sign.code, sign.title, reading.state, reading.text)

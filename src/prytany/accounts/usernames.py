"""Sign-in names: lower-case ASCII made from a person's name, unique whatever the case."""

import re
from collections.abc import Iterable

from anyascii import anyascii

from prytany.core.fold import fold

LONGEST = 40
PATTERN = re.compile(r"[a-z0-9]([a-z0-9._-]{0,58}[a-z0-9])?")


def normal(username: str) -> str:
    """Return a typed sign-in name as it is stored and compared."""
    return username.strip().casefold()


def proposed(name: str, taken: Iterable[str]) -> str:
    """Return a free sign-in name for a person called `name`: `nguyen.van.an`, `nguyen.van.an.2`."""
    plain = anyascii(fold(name)).lower()
    stem = re.sub(r"[^a-z0-9]+", ".", plain).strip(".")
    while len(stem) > LONGEST and "." in stem:
        stem = stem.rpartition(".")[0]
    stem = stem[:LONGEST].strip(".") or "account"
    used = set(taken)
    candidate, number = stem, 1
    while candidate in used:
        number += 1
        candidate = f"{stem}.{number}"
    return candidate

"""What an event was about, as the reader may know it.

The log holds only kind and uid of a record. Its title is content: it is asked of the app that has the record, which
answers through its own `visible_to`, so that an administrator who reads the log reads no content.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from prytany.core.scope import Scope


@dataclass(frozen=True, slots=True)
class Target:
    """How a record is called and where it is, for one reader."""

    label: str
    url: str = ""


Resolver = Callable[[Scope, Collection[UUID]], Mapping[UUID, Target]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its word, and who names records of it."""

    code: str
    word: Any
    resolve: Resolver | None = None


_kinds: dict[str, Kind] = {}


def target_kind(code: str, word: Any, resolve: Resolver | None = None) -> None:
    """Register a kind: `code` is the model's name in lower case, `word` a lazy text such as "task"."""
    _kinds[code] = Kind(code, word, resolve)


def word_of(code: str) -> str:
    """Return the word for a kind; its code where nobody registered it."""
    kind = _kinds.get(code)
    return str(kind.word) if kind else code


def targets_of(scope: Scope, wanted: Iterable[tuple[str, UUID | None]]) -> dict[UUID, Target]:
    """Return the records among `wanted` (kind, uid) that `scope` may see."""
    by_kind: dict[str, set[UUID]] = {}
    for code, uid in wanted:
        if uid is not None and code in _kinds:
            by_kind.setdefault(code, set()).add(uid)
    found: dict[UUID, Target] = {}
    for code, uids in by_kind.items():
        if resolve := _kinds[code].resolve:
            found.update(resolve(scope, uids))
    return found

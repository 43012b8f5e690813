"""Small tables that nearly every request asks for, kept in the process for a few seconds."""

import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

# Another process sees a change after at most so long; the process that made it sees it at once, through `forget`.
SECONDS = 5.0

_all: "list[Remembered | RememberedBy]" = []


class Remembered(Generic[T]):
    """The result of `load`, loaded again when it is older than SECONDS or forgotten."""

    def __init__(self, load: Callable[[], T]) -> None:
        self._load = load
        self._kept: tuple[float, T] | None = None
        _all.append(self)

    def __call__(self) -> T:
        """Return the value, at most SECONDS old."""
        kept = self._kept
        moment = time.monotonic()
        if kept is None or moment - kept[0] > SECONDS:
            kept = (moment, self._load())
            self._kept = kept
        return kept[1]

    def forget(self) -> None:
        """Load again when next asked; called by whoever changes what `load` reads, and once more on commit."""
        self._kept = None


class RememberedBy(Generic[K, T]):
    """The result of `load(key)` for each key, loaded again when it is older than `seconds`; for names and the like."""

    def __init__(self, load: Callable[[K], T], *, seconds: float = 60.0, most: int = 2000) -> None:
        self._load, self._seconds, self._most = load, seconds, most
        self._kept: dict[K, tuple[float, T]] = {}
        _all.append(self)

    def __call__(self, key: K) -> T:
        """Return the value for `key`, at most `seconds` old."""
        moment = time.monotonic()
        kept = self._kept.get(key)
        if kept is None or moment - kept[0] > self._seconds:
            if len(self._kept) >= self._most:
                self._kept.clear()
            kept = self._kept[key] = (moment, self._load(key))
        return kept[1]

    def forget(self) -> None:
        """Load again when next asked."""
        self._kept.clear()


def forget_all() -> None:
    """Forget everything: between tests, whose rows are rolled back."""
    for remembered in _all:
        remembered.forget()

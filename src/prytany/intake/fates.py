"""What became of each field that was read: kept, changed, skipped, or written by a person where nothing was read."""

from collections.abc import Mapping

from prytany.intake.models import Decision, Fate

FIELDS = ("content", "lead", "coordinating", "due")


def fates(outcome: str, proposed: Mapping[str, str], kept: Mapping[str, str]) -> dict[str, str]:
    """Return by field of a task what became of it, "" where it was neither read nor written.

    A field that was read and emptied counts as changed.
    """
    return {name: _fate(outcome, _plain(proposed.get(name)), _plain(kept.get(name))) for name in FIELDS}


def _fate(outcome: str, proposed: str, kept: str) -> str:
    if not proposed:
        return Fate.ADDED if kept else ""
    if outcome == Decision.Outcome.SKIPPED:
        return Fate.SKIPPED
    return Fate.KEPT if proposed == kept else Fate.CHANGED


def _plain(words: str | None) -> str:
    return " ".join((words or "").split())

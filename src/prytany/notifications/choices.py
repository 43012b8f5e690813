"""How each person wants to be told: per subject at once, daily or not by e-mail; when the digest comes; quiet days."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from prytany.accounts.models import Preference
from prytany.notifications.kinds import AT_ONCE, DAILY, OFF, SUBJECTS, Subject

KEY = "notices"
MODES = (AT_ONCE, DAILY, OFF)


@dataclass(frozen=True)
class Choices:
    """What a person chose; without a choice the subject's own mode and the office's hour hold.

    On a quiet weekday (1 is Monday) nothing comes by e-mail: what would have come at once waits for the digest.
    """

    modes: Mapping[str, str] = field(default_factory=dict)
    digest_at: datetime.time | None = None
    quiet: frozenset[int] = frozenset()

    def mode(self, subject: Subject, *, urgent: bool, day: datetime.date) -> str:
        """Return how a notice comes that was made on `day`; what is urgent comes at once unless switched off."""
        mode = self.modes.get(subject.code, subject.mode)
        if urgent and mode != OFF:
            mode = AT_ONCE
        return DAILY if mode == AT_ONCE and day.isoweekday() in self.quiet else mode

    def plain(self) -> dict[str, Any]:
        """Return what is stored."""
        return {
            "modes": dict(self.modes),
            "digest_at": f"{self.digest_at:%H:%M}" if self.digest_at else "",
            "quiet": sorted(self.quiet),
        }


NONE_MADE = Choices()


def _read(value: Any) -> Choices:
    """Return stored choices; what does not make sense any more counts as not chosen."""
    if not isinstance(value, dict):
        return NONE_MADE
    modes = value.get("modes")
    modes = modes if isinstance(modes, dict) else {}
    try:
        at = datetime.time.fromisoformat(value["digest_at"]) if value.get("digest_at") else None
    except (TypeError, ValueError):
        at = None
    quiet = value.get("quiet")
    return Choices(
        {subject: mode for subject, mode in modes.items() if subject in SUBJECTS and mode in MODES},
        at,
        frozenset(day for day in quiet if day in range(1, 8)) if isinstance(quiet, list) else frozenset(),
    )


def choices_of(person_ids: Collection[int]) -> dict[int, Choices]:
    """Return the choices of those among `person_ids` who made any; one query."""
    rows = Preference.objects.filter(key=KEY)
    if len(person_ids) < 500:
        rows = rows.filter(person_id__in=person_ids)
    return {person: _read(value) for person, value in rows.values_list("person_id", "value")}


def choices_for(person_id: int) -> Choices:
    """Return the choices of one person."""
    return choices_of([person_id]).get(person_id, NONE_MADE)

"""What this app shows on the pages of lower apps."""

from typing import Any

from django.http import HttpRequest
from django.utils.dates import WEEKDAYS

from prytany.core import wording
from prytany.core.registry import Panel
from prytany.notifications.choices import choices_for
from prytany.notifications.kinds import AT_ONCE, OFF, SUBJECTS
from prytany.rules.lookup import rule


def account_panel(request: HttpRequest, user: Any) -> Panel:
    """Return how notices come, in short, for the page of the person's account."""
    scope = request.scope  # type: ignore[attr-defined]
    chosen = choices_for(scope.person_id)
    modes = {subject.label: chosen.modes.get(code, subject.mode) for code, subject in SUBJECTS.items()}
    hour = chosen.digest_at or rule("notices.digest_at", on=scope.today, unit=scope.unit_id).value
    return Panel(
        "notifications/_account_panel.html",
        {
            "at_once": [label for label, mode in modes.items() if mode == AT_ONCE],
            "off": [label for label, mode in modes.items() if mode == OFF],
            "hour": wording.digits(f"{hour:%H:%M}"),
            "quiet": [WEEKDAYS[number - 1] for number in sorted(chosen.quiet)],
            "address": user.person.email,
        },
    )

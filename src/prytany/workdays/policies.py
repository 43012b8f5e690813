"""Who may keep a unit's calendar."""

from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.organisation.reach import covers


def can_keep_calendar(scope: Scope, unit_id: int | None) -> bool:
    """Those who edit settings, for units within their reach."""
    return covers(scope, Permission.SETTINGS_EDIT, unit_id)

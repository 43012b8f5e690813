"""Who may set an office's own figures."""

from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.organisation.reach import covers


def can_set_rules(scope: Scope, unit_id: int | None) -> bool:
    """Those who edit settings, for units within their reach."""
    return covers(scope, Permission.SETTINGS_EDIT, unit_id)

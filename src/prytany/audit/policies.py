"""Who may do what with the log."""

from prytany.core.permissions import Permission
from prytany.core.scope import Scope


def can_read_log(scope: Scope) -> bool:
    """The log is read by auditors and administrators."""
    return scope.holds_anywhere(Permission.LOG_READ)


def can_erase_name(scope: Scope) -> bool:
    """A name is erased by who manages accounts and reads the log."""
    return can_read_log(scope) and scope.holds_anywhere(Permission.ACCOUNT_MANAGE) and scope.acting_for is None

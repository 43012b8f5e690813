"""What counts as the same account for the lock on guessing."""

from typing import Any

from django.http import HttpRequest

from prytany.accounts.usernames import normal


def username_of(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Return the sign-in name tried, as it is stored: other capitals are not another account."""
    name = (credentials or {}).get("username") or request.POST.get("login", "")
    return normal(str(name))[:60]

"""What counts as the same account and the same address for the locks on guessing."""

from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest

from prytany.accounts.usernames import normal

# Wrong codes of slips from one address; a code has eighty random bits, so this only keeps the noise down.
RATES = {"slip": "60/5m/ip"}


def username_of(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Return the sign-in name tried, as it is stored: other capitals are not another account."""
    name = (credentials or {}).get("username") or request.POST.get("login", "")
    return normal(str(name))[:60]


def address_of(request: HttpRequest) -> str:
    """Return the address the request came from, past as many of our own proxies as the settings say."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    proxies = settings.PROXIES
    if proxies and len(hops) >= proxies:
        return hops[-proxies][:45]
    return str(request.META.get("REMOTE_ADDR", ""))


def too_many(request: HttpRequest, action: str) -> bool:
    """Count one attempt at `action` from this address; tell whether there were too many."""
    return not ratelimit.consume(request, app="prytany.accounts", action=action, config=RATES)

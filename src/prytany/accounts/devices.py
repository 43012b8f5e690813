"""Trusted devices in the browser: the cookie, how long, and how a device is called."""

import re
from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from prytany.accounts.models import TrustedDevice, User
from prytany.accounts.services.devices import digest_of
from prytany.core import clock
from prytany.organisation.models import Appointment
from prytany.organisation.roles import ROLES

COOKIE = "prytany_device"
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def device_of(request: HttpRequest, user: User) -> TrustedDevice | None:
    """Return the trusted device of `user` from which the request comes, or None."""
    token = request.COOKIES.get(COOKIE, "")
    if not token:
        return None
    rows = TrustedDevice.objects.filter(user=user, digest=digest_of(token), until__gt=clock.now())
    found: TrustedDevice | None = rows.first()
    return found


def trusted_days(appointments: Iterable[Appointment]) -> int:
    """Return for how many days a device may be trusted: the fewest of the roles from which the person may act."""
    days = [ROLES[appointment.post.role].trusted_days for appointment in appointments]
    return min(days, default=0)


def needs_second_factor(appointments: Iterable[Appointment]) -> bool:
    """Tell whether one of the roles from which the person may act demands a second factor here."""
    if not settings.MFA_REQUIRED:
        return False
    return any(ROLES[appointment.post.role].second_factor for appointment in appointments)


def remember(response: HttpResponse, token: str, days: int) -> None:
    """Set the device's cookie."""
    response.set_cookie(
        COOKIE, token, max_age=days * 86400, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


def label_of(request: HttpRequest) -> str:
    """Return what a browser calls itself, in short: "Firefox, Android"."""
    agent = request.headers.get("User-Agent", "")
    return describe(agent)


def describe(agent: str) -> str:
    """Return browser and system of a User-Agent header."""
    browser = next((name for mark, name in _BROWSERS if re.search(rf"\b{mark}", agent)), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    if browser and system:
        return pgettext("browser on system", "%(browser)s, %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown browser")

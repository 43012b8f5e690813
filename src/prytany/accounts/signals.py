"""What the sign-in libraries tell, written to the log; devices lose their trust when the second factor changes."""

import datetime
from typing import Any

from allauth.mfa import signals as mfa
from axes.signals import user_locked_out
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest

from prytany.accounts.models import User
from prytany.accounts.services.slips import person_scope
from prytany.accounts.usernames import normal
from prytany.audit.models import AuditEvent
from prytany.audit.recording import record
from prytany.core import clock

LOCK = datetime.timedelta(hours=settings.AXES_COOLOFF_TIME)


def log(user: User | None, action: str, request: HttpRequest | None, **data: Any) -> None:
    """Write an event about an account in the log of the person's root."""
    if user is None or user.person is None:
        return
    record(person_scope(user, getattr(request, "request_id", "")), action=action, target=user, data=data)


@receiver(user_locked_out, dispatch_uid="accounts.session_lock")
def note_lock(sender: Any, request: HttpRequest, username: str = "", **_kwargs: Any) -> None:
    """Too many wrong passwords for one account from one address: told once, not at every further try."""
    user = User.objects.filter(username=normal(username or "")).first()
    if user is None:
        return
    told = AuditEvent.objects.filter(target_uid=user.uid, action="session.lock", at__gt=clock.now() - LOCK)
    if not told.exists():
        log(user, "session.lock", request)


@receiver(mfa.authenticator_added, dispatch_uid="accounts.factor_add")
def note_factor_added(sender: Any, request: HttpRequest, user: User, authenticator: Any, **_kwargs: Any) -> None:
    """A second factor was added."""
    log(user, "factor.add", request, kind=str(authenticator.type))


@receiver(mfa.authenticator_removed, dispatch_uid="accounts.factor_remove")
def note_factor_removed(sender: Any, request: HttpRequest, user: User, authenticator: Any, **_kwargs: Any) -> None:
    """A second factor was removed: no device is trusted any longer."""
    user.trusted_devices.all().delete()
    request.session.pop("has_second_factor", None)
    log(user, "factor.remove", request, kind=str(authenticator.type))


@receiver(mfa.authenticator_reset, dispatch_uid="accounts.factor_renew")
def note_factor_renewed(sender: Any, request: HttpRequest, user: User, authenticator: Any, **_kwargs: Any) -> None:
    """Recovery codes were made anew."""
    log(user, "factor.renew", request, kind=str(authenticator.type))

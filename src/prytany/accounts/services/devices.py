"""Devices that need no second factor for some days."""

import datetime
import hashlib
import secrets

from django.db import transaction

from prytany.accounts import policies
from prytany.accounts.models import TrustedDevice, User
from prytany.audit.recording import record
from prytany.core import clock
from prytany.core.scope import Scope, authorise


def digest_of(token: str) -> str:
    """Return under which digest a device's cookie is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def trust_device(*, scope: Scope, user: User, days: int, label: str) -> tuple[TrustedDevice, str]:
    """Trust the browser `label` of `user` for `days`; return the device and the token for its cookie."""
    token = secrets.token_urlsafe(32)
    device = TrustedDevice.objects.create(
        user=user,
        digest=digest_of(token),
        label=label[:120],
        until=clock.now() + datetime.timedelta(days=days),
    )
    TrustedDevice.objects.filter(user=user, until__lte=clock.now()).delete()
    record(scope, action="device.trust", target=user, data={"days": days})
    return device, token


@transaction.atomic
def forget_device(*, scope: Scope, device: TrustedDevice) -> None:
    """Trust a device no longer."""
    authorise(policies.can_forget_device, scope, device)
    user = device.user
    device.delete()
    record(scope, action="device.forget", target=user)

"""Keys for programs: bound to one appointment and to some of its rights, shown once."""

import datetime
import hashlib
import secrets
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from prytany.accounts import policies
from prytany.accounts.models import ApiToken
from prytany.audit.recording import record
from prytany.core import clock
from prytany.core.errors import DomainError
from prytany.core.scope import Scope, authorise
from prytany.organisation.models import Appointment

PREFIX = "pry_"
LONGEST_DAYS = 366


def digest_of(key: str) -> str:
    """Return under which digest a key is stored. The key has 256 random bits: no salt is needed."""
    return hashlib.sha256(key.encode()).hexdigest()


@transaction.atomic
def create_token(
    *, scope: Scope, appointment: Appointment, name: str, permissions: Collection[str], expires_on: datetime.date
) -> tuple[ApiToken, str]:
    """Create a key; return its row and the key itself, which is stored nowhere.

    PermissionDenied unless it is bound to one's own appointment, acted from now, with rights it holds.
    """
    authorise(policies.can_create_token, scope, appointment, permissions)
    if not permissions:
        message = _("Choose at least one right.")
        raise DomainError("no_permission_chosen", message, {"permissions": message})
    if not scope.today <= expires_on <= scope.today + datetime.timedelta(days=LONGEST_DAYS):
        message = _("A key lasts at least until today and at most one year.")
        raise DomainError("expiry_out_of_range", message, {"expires_on": message})
    key = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        appointment=appointment,
        name=name.strip(),
        digest=digest_of(key),
        permissions=sorted(permissions),
        expires_on=expires_on,
    )
    data = {"permissions": token.permissions, "until": expires_on.isoformat()}
    record(scope, action="token.create", target=token, data=data)
    return token, key


@transaction.atomic
def revoke_token(*, scope: Scope, token: ApiToken) -> ApiToken:
    """Make a key void at once; DomainError if it is already."""
    token = ApiToken.objects.select_for_update(of=("self",)).select_related("appointment__person").get(pk=token.pk)
    authorise(policies.can_revoke_token, scope, token)
    if token.revoked_at is not None:
        raise DomainError("token_revoked", _("This key is void already."))
    token.revoked_at = clock.now()
    token.save(update_fields=["revoked_at"])
    record(scope, action="token.revoke", target=token)
    return token


def touch_token(*, token: ApiToken) -> None:
    """Note the day of use, once a day: a write per request would cost more than it tells. Not logged."""
    today = clock.today()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)

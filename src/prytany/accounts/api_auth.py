"""Keys for programs on the REST API: `auth=ApiTokenAuth()`. A key acts from one appointment with some of its rights."""

import hmac

from django.http import HttpRequest
from ninja.security import HttpBearer

from prytany.accounts.models import ApiToken
from prytany.accounts.scopes import acting_appointments, scope_of
from prytany.accounts.services.api_tokens import PREFIX, digest_of, touch_token
from prytany.core import clock
from prytany.core.scope import Scope


class ApiTokenAuth(HttpBearer):
    """Reads `Authorization: Bearer pry_…` and sets `request.scope`; anything wrong with the key is 401."""

    openapi_description = "A key made on the page “My account”, bound to one appointment and to some of its rights."

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """Return the key's row, or None."""
        found = find_token(token)
        if found is None:
            return None
        scope = scope_of_token(found, request_id=getattr(request, "request_id", ""))
        if scope is None:
            return None
        request.scope = scope  # type: ignore[attr-defined]
        request.appointment = found.appointment  # type: ignore[attr-defined]
        touch_token(token=found)
        return found


def find_token(key: str) -> ApiToken | None:
    """Return the row of a key that is neither revoked nor expired and whose account is open.

    The row is found by the key's digest; the last comparison takes the same time wherever two digests differ.
    """
    if not key.startswith(PREFIX) or len(key) > 200:
        return None
    digest = digest_of(key)
    rows = ApiToken.objects.filter(digest=digest, revoked_at=None, appointment__person__user__is_active=True)
    found: ApiToken | None = rows.select_related("appointment__person").first()
    if found is None or not hmac.compare_digest(found.digest, digest):
        return None
    if found.expires_on is not None and found.expires_on < clock.today():
        return None
    return found


def scope_of_token(token: ApiToken, request_id: str = "") -> Scope | None:
    """Return the scope of a key, narrowed to its permissions; None when its appointment is not in force today."""
    person = token.appointment.person
    theirs = (one for one in acting_appointments(person.pk) if one.person_id == person.pk)
    appointment = next((one for one in theirs if one.pk == token.appointment_id), None)
    if appointment is None:
        return None
    return scope_of(appointment, person=person, channel="api", request_id=request_id, permissions=token.permissions)

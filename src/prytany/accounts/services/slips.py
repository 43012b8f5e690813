"""Sign-in slips: a code on paper with which a person sets a password, once."""

import base64
import datetime
import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from prytany.accounts import policies
from prytany.accounts.models import SignInSlip, User
from prytany.accounts.people import manageable_people
from prytany.accounts.scopes import empty_scope, root_of, system_scope
from prytany.accounts.services.sessions import end_sessions
from prytany.audit.recording import record, record_many
from prytany.core import clock
from prytany.core.errors import DomainError
from prytany.core.scope import Scope, authorise

VALID_DAYS = 14
# Crockford's alphabet: no I, L, O, U; what is typed in their place is read as meant.
_TO_PAPER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
_AS_MEANT = str.maketrans("ILOU", "110V")


def code_of(slip: SignInSlip) -> str:
    """Return the code of a slip, four groups of four (80 bits), derived from its uid and the installation's secret.

    Nothing in the database alone gives the code; an administrator can print the slip again while it is valid.
    """
    raw = salted_hmac("prytany.slip", str(slip.uid), algorithm="sha256").digest()[:10]
    text = base64.b32encode(raw).decode().translate(_TO_PAPER)
    return "-".join(text[i : i + 4] for i in range(0, 16, 4))


def digest_of(code: str) -> str:
    """Return under which digest the slip of a typed code is stored; spaces, hyphens and case do not matter."""
    plain = re.sub(r"[\s-]", "", code).upper().translate(_AS_MEANT)
    return hashlib.sha256(plain.encode()).hexdigest()


@transaction.atomic
def issue_slips(
    *, scope: Scope, users: Iterable[User], reset: bool = False, second_factor: bool = False
) -> list[SignInSlip]:
    """Make one slip per account, voiding earlier ones; return them in the order of the people's names.

    Accounts with a password get one only with `reset`: the password is void at once, sessions end, devices are trusted
    no longer; with `second_factor` its second factors are removed too (a lost telephone). Accounts that `scope` does
    not manage, closed ones and one's own are passed over. PermissionDenied if it manages none at all.
    """
    authorise(policies.can_manage_accounts, scope)
    wanted = {user.pk for user in users}
    mine = (
        User.objects.select_for_update(of=("self",))
        .filter(pk__in=wanted, is_active=True, person__in=manageable_people(scope))
        .exclude(person_id=scope.person_id)
        .order_by("person__sort_key", "pk")
    )
    chosen = [user for user in mine if reset or not user.has_usable_password()]
    if reset:
        for user in chosen:
            _void(scope, user, second_factor)
    return _write(scope, chosen)


@transaction.atomic
def issue_slips_from_console(*, user: User, second_factor: bool = False) -> SignInSlip:
    """Reset an account from the command line of the machine: the way back in for the last administrator."""
    user = User.objects.select_for_update().get(pk=user.pk)
    scope = scope_in(system_scope(None, channel="console"), root_of(user.person) if user.person else None)
    _void(scope, user, second_factor)
    return _write(scope, [user])[0]


def _write(scope: Scope, chosen: list[User]) -> list[SignInSlip]:
    """Write one slip for each account, in place of earlier ones."""
    SignInSlip.objects.filter(user__in=chosen, used_at=None).delete()
    now = clock.now()
    slips = []
    for user in chosen:
        slip = SignInSlip(user=user, created_at=now, expires_at=now + datetime.timedelta(days=VALID_DAYS))
        slip.digest = digest_of(code_of(slip))
        slips.append(slip)
    SignInSlip.objects.bulk_create(slips, batch_size=1000)
    record_many(scope, action="slip.issue", targets=chosen)
    return slips


def _void(scope: Scope, user: User, second_factor: bool) -> None:
    """Make the password of `user` void and everything that was opened with it."""
    if user.has_usable_password():
        user.password = make_password(None)
        user.save(update_fields=["password"])
    user.trusted_devices.all().delete()
    ended = end_sessions(user=user)
    removed = 0
    if second_factor:
        removed = Authenticator.objects.filter(user=user).delete()[0]
    record(scope, action="account.reset", target=user, data={"sessions": ended, "second_factor": bool(removed)})


def note_printing(*, scope: Scope, count: int) -> None:
    """Log that codes of slips were shown; codes are secrets until they are used."""
    authorise(policies.can_manage_accounts, scope)
    record(scope, action="slip.print", data={"count": count})


def find_slip(code: str) -> SignInSlip | None:
    """Return the open slip of a typed code, or None."""
    slips = SignInSlip.objects.open(clock.now()).filter(digest=digest_of(code))
    return slips.select_related("user__person").first()


@transaction.atomic
def use_slip(*, code: str, password: str, request_id: str = "") -> User:
    """Set the first (or new) password with a code; DomainError if the code is unknown, used or too old.

    Of two that use one slip at once the second is told that it is used.
    """
    slip = SignInSlip.objects.select_for_update().open(clock.now()).filter(digest=digest_of(code)).first()
    if slip is None:
        message = _("This code is not known, was used, or is too old. Ask for a new slip.")
        raise DomainError("slip_unknown", message, {"code": message})
    user = User.objects.select_for_update().get(pk=slip.user_id)
    slip.used_at = clock.now()
    slip.save(update_fields=["used_at"])
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    end_sessions(user=user)
    record(person_scope(user, request_id), action="slip.use", target=user)
    return user


def person_scope(user: User, request_id: str = "", channel: str = "web") -> Scope:
    """Return a scope without rights under which acts around the sign-in of `user` are logged, in their root."""
    if user.person is None:
        raise ValueError("an account without a person does nothing")
    scope = empty_scope(user.person, channel=channel, request_id=request_id)
    return scope_in(scope, root_of(user.person))


def scope_in(scope: Scope, root_id: int | None) -> Scope:
    """Return `scope` with its root set, so that what it records stands in that root's log."""
    return replace(scope, root_id=root_id)

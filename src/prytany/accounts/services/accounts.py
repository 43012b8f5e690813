"""Creating, closing and opening accounts; changing a password."""

from collections.abc import Iterable

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from prytany.accounts import policies, usernames
from prytany.accounts.models import TrustedDevice, User
from prytany.accounts.people import manageable_people
from prytany.accounts.services.sessions import end_sessions
from prytany.audit.recording import record, record_many
from prytany.core.errors import DomainError
from prytany.core.locks import transaction_lock
from prytany.core.scope import Scope, authorise
from prytany.organisation.models import Person


@transaction.atomic
def create_accounts(*, scope: Scope, people: Iterable[Person]) -> list[User]:
    """Give an account without a password to each of `people` who has none; return the new accounts.

    PermissionDenied if `scope` does not manage accounts; people outside its subtree are passed over silently, as if
    they did not exist.
    """
    authorise(policies.can_manage_accounts, scope)
    transaction_lock("accounts.usernames")
    wanted = {person.pk for person in people}
    mine = manageable_people(scope).filter(pk__in=wanted, user=None).order_by("sort_key", "pk")
    taken = set(User.objects.values_list("username", flat=True))
    users = []
    for person in mine:
        username = usernames.proposed(person.name, taken)
        taken.add(username)
        users.append(User(username=username, person=person, password=make_password(None)))
    created = User.objects.bulk_create(users, batch_size=1000)
    record_many(scope, action="account.create", targets=created)
    return created


def _locked(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


@transaction.atomic
def rename_account(*, scope: Scope, user: User, username: str) -> User:
    """Change the sign-in name; DomainError if it is not well formed or taken."""
    user = _locked(user)
    authorise(policies.can_create_account, scope, user.person)
    username = usernames.normal(username)
    if not usernames.PATTERN.fullmatch(username):
        message = _("A sign-in name has letters a to z, digits, dots and hyphens.")
        raise DomainError("username_malformed", message, {"username": message})
    if User.objects.filter(username__iexact=username).exclude(pk=user.pk).exists():
        message = _("This sign-in name is taken.")
        raise DomainError("username_taken", message, {"username": message})
    before, user.username = user.username, username
    user.save(update_fields=["username"])
    record(scope, action="account.rename", target=user, data={"changed": before != username})
    return user


@transaction.atomic
def close_account(*, scope: Scope, user: User) -> User:
    """Close an account: its sessions end at once, slips and trusted devices are void, keys of programs stop working."""
    user = _locked(user)
    authorise(policies.can_close_account, scope, user.person)
    if not user.is_active:
        raise DomainError("account_closed", _("This account is closed already."))
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.slips.filter(used_at=None).delete()
    user.trusted_devices.all().delete()
    ended = end_sessions(user=user)
    record(scope, action="account.close", target=user, data={"sessions": ended})
    return user


@transaction.atomic
def open_account(*, scope: Scope, user: User) -> User:
    """Open a closed account again; the password is what it was."""
    user = _locked(user)
    authorise(policies.can_close_account, scope, user.person)
    if user.is_active:
        raise DomainError("account_open", _("This account is open already."))
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(scope, action="account.open", target=user)
    return user


@transaction.atomic
def remove_accounts(*, scope: Scope, users: Iterable[User]) -> None:
    """Delete accounts that were made by mistake; DomainError once anybody signed in or set a password with one."""
    rows = list(User.objects.select_for_update(of=("self",)).filter(pk__in=[user.pk for user in users]))
    for user in rows:
        authorise(policies.can_close_account, scope, user.person)
    if any(user.has_usable_password() or user.last_login is not None for user in rows):
        raise DomainError("account_in_use", _("An account is in use already. Close it instead."))
    record_many(scope, action="account.remove", targets=rows)
    User.objects.filter(pk__in=[user.pk for user in rows]).delete()


@transaction.atomic
def change_password(*, scope: Scope, user: User, password: str, keep_session: str) -> None:
    """Set one's own new password (checked by the form); other sessions end, devices are trusted no longer."""
    user = _locked(user)
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    user.slips.filter(used_at=None).delete()
    TrustedDevice.objects.filter(user=user).delete()
    ended = end_sessions(user=user, keep=keep_session)
    record(scope, action="password.change", target=user, data={"sessions": ended})

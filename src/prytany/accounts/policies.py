"""Who may do what with accounts, clearances, tokens and settings. Reach: see `people.manageable_people`."""

from collections.abc import Iterable
from uuid import UUID

from prytany.accounts.models import ApiToken, TrustedDevice
from prytany.accounts.people import is_manageable
from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.organisation.models import Appointment, Person
from prytany.organisation.reach import covers


def can_administer(scope: Scope) -> bool:
    """The pages of administration are for who manages accounts or settings."""
    return scope.holds_anywhere(Permission.ACCOUNT_MANAGE) or scope.holds_anywhere(Permission.SETTINGS_EDIT)


def can_manage_accounts(scope: Scope) -> bool:
    """Accounts are managed by administrators."""
    return scope.holds_anywhere(Permission.ACCOUNT_MANAGE)


def can_create_account(scope: Scope, person: Person) -> bool:
    """An administrator gives accounts to people all of whose appointments lie in the subtree."""
    return is_manageable(scope, person)


def can_reset_account(scope: Scope, person: Person) -> bool:
    """As for creating; one's own password is changed on My account, never by a slip made for oneself."""
    return person.pk != scope.person_id and is_manageable(scope, person)


def can_close_account(scope: Scope, person: Person) -> bool:
    """As for a reset: nobody shuts themselves out."""
    return can_reset_account(scope, person)


def can_grant_clearance(scope: Scope, person: Person, level: int) -> bool:
    """Never above one's own clearance, never to oneself, never while standing in for somebody."""
    return (
        scope.acting_for is None
        and person.pk != scope.person_id
        and level <= scope.clearance
        and is_manageable(scope, person)
    )


def can_end_clearance(scope: Scope, person: Person) -> bool:
    """Who manages the account may end a clearance, of any level."""
    return person.pk != scope.person_id and is_manageable(scope, person)


def can_grant_need(scope: Scope, target_uid: UUID, level: int) -> bool:
    """Only who may see a classified record lets others see it, from their own post."""
    return scope.acting_for is None and level <= scope.clearance and target_uid in scope.need_to_know


def can_end_need(scope: Scope, person: Person, target_uid: UUID) -> bool:
    """Ended by who may see the record, or by who manages the person's account."""
    return target_uid in scope.need_to_know or is_manageable(scope, person)


def can_edit_settings(scope: Scope, unit_id: int) -> bool:
    """Settings of a unit are edited by who holds that right there."""
    return covers(scope, Permission.SETTINGS_EDIT, unit_id)


def can_create_token(scope: Scope, appointment: Appointment, permissions: Iterable[str]) -> bool:
    """A key is bound to an appointment of one's own, acted from now, with rights that this appointment holds."""
    held = {permission.value for permission in scope.grants}
    return (
        scope.acting_for is None
        and appointment.pk == scope.appointment_id
        and appointment.person_id == scope.person_id
        and set(permissions) <= held
    )


def can_revoke_token(scope: Scope, token: ApiToken) -> bool:
    """One's own key, or that of a person whose account one manages."""
    return token.appointment.person_id == scope.person_id or is_manageable(scope, token.appointment.person)


def can_forget_device(scope: Scope, device: TrustedDevice) -> bool:
    """One's own device."""
    return device.user.person_id == scope.person_id

"""Accounts made by mistake can be removed until somebody uses them."""

import pytest
from django.core.exceptions import PermissionDenied

from prytany.accounts.models import User
from prytany.accounts.services import create_accounts, remove_accounts
from prytany.core.errors import DomainError
from prytany.organisation.services import create_person


def test_remove_accounts_deletes_unused_ones_only(world):
    scope = world.scope("admin")
    person, _held = create_person(scope=scope, name="Nhầm", post=world.posts["home_head"].post, on=scope.today)
    (user,) = create_accounts(scope=scope, people=[person])
    with pytest.raises(DomainError, match="account_in_use"):
        remove_accounts(scope=scope, users=[user, world.user("chief")])
    assert User.objects.filter(pk=user.pk).exists()
    remove_accounts(scope=scope, users=[user])
    assert not User.objects.filter(pk=user.pk).exists()


def test_remove_accounts_of_others_is_not_allowed(world):
    with pytest.raises(PermissionDenied):
        remove_accounts(scope=world.scope("admin"), users=[world.user("stranger")])

"""Fixtures for all tests of the package."""

import pytest

from prytany.accounts.tests.world import make_world
from prytany.core import remembered


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Start each test without what the process kept of the rows of the test before."""
    remembered.forget_all()


@pytest.fixture
def world(db):
    """A small province: see `accounts.tests.world`."""
    return make_world()


@pytest.fixture
def client_of(client, world):
    """Return a function that signs the test client in as the holder of a post of the world."""

    def sign_in(name):
        client.force_login(world.user(name), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in

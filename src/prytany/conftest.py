"""Fixtures for all tests of the package."""

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation

from prytany.accounts.tests.world import make_world
from prytany.core import remembered
from prytany.core.tests.installation import empty_installation, installation, migrated_template, postgres_server
from prytany.jobs.worker import drain

# A property is true or not; how long a busy machine takes to say so is no part of it.
hypothesis.settings.register_profile("prytany", deadline=None)
hypothesis.settings.load_profile("prytany")

__all__ = ["empty_installation", "installation", "migrated_template", "postgres_server"]


def pytest_collection_modifyitems(config, items):
    """Leave out on SQLite what is about PostgreSQL alone: it is not skipped there, it has no meaning."""
    if connection.vendor == "postgresql":
        return
    left_out = [item for item in items if item.get_closest_marker("postgresql")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Start each test without what the process kept of the test before: its rows, its language."""
    remembered.forget_all()
    translation.activate(settings.LANGUAGE_CODE)


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


@pytest.fixture
def run_jobs(db):
    """Return a function that runs all jobs that are ready, and those they queue, in the test's transaction."""
    return drain

"""Fixtures of the import tests."""

import pytest

from prytany.sheets import registry
from prytany.sheets.tests.importers import AliasImporter


@pytest.fixture
def aliases(world):
    """The test importer, known for the time of a test."""
    importer = AliasImporter()
    registry.register(importer)
    yield importer
    registry.unregister(importer.kind)

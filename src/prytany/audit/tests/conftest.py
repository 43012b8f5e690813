"""Keys and heads of the log in a directory of the test's own."""

import pytest


@pytest.fixture(autouse=True)
def keys_dir(settings, tmp_path):
    """Return the directory of the keys."""
    settings.KEYS_DIR = tmp_path / "keys"
    settings.AUDIT_HEADS_FILE = tmp_path / "heads.jsonl"
    return settings.KEYS_DIR

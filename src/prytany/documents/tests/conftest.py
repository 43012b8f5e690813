"""Stored bytes of tests stand in a folder of their own."""

import pytest


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"

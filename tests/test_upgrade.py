"""From what an earlier version left behind to the present one, on the database of this run.

Each release leaves the backup of a filled office in `tests/upgrade/` (see `make.py` there). Here every one of them is
taken in, which makes its tables as they were, fills them, and applies what has come since.
"""

import subprocess
from pathlib import Path

import pytest

from prytany.core.tests.installation import (
    Installation,
    copy_of,
    empty_installation,
    migrated_template,
    postgres_server,
)
from prytany.operations.backup import archive
from prytany.operations.tests import records

__all__ = ["empty_installation", "migrated_template", "postgres_server"]

pytestmark = pytest.mark.slow
RELEASES = Path(__file__).parent / "upgrade"


def take_in(installation, backup):
    """Restore `backup`; everything has to be at the present version, in order, and all there."""
    said = installation.run("restore", str(backup))
    assert "Warning" not in said
    assert "All " in installation.run("verify")
    installation.run("migrate", "--check")
    return said


def test_every_release_can_be_taken_in(tmp_path, postgres_server):
    for backup in sorted(RELEASES.glob("*.tar.gz")):
        var = tmp_path / backup.name
        var.mkdir()
        database = postgres_server.create() if postgres_server else f"sqlite:///{var}/prytany.sqlite3"
        take_in(Installation(var, database), backup)


def test_every_tag_has_left_its_records():
    asked = subprocess.run(
        ["git", "tag", "--list", "v*"], cwd=RELEASES, capture_output=True, text=True, check=False
    )  # fmt: skip
    tags = {tag.removeprefix("v") for tag in asked.stdout.split()}
    assert tags <= {path.name.removesuffix(".tar.gz") for path in RELEASES.glob("*.tar.gz")}


def test_backup_from_before_a_migration_is_brought_forward(
    migrated_template, empty_installation, tmp_path, postgres_server
):
    """The way every upgrade goes, tried on a migration that is there: jobs.0002 is taken back before the backup."""
    old = copy_of(migrated_template, tmp_path / "old", postgres_server)
    old.python(records.CODE)
    old.run("migrate", "jobs", "0001", "-v0")
    backup = tmp_path / "old.tar.gz"
    old.run("backup", str(backup))
    assert ("jobs", "0001_initial") in archive.verify(backup)[0].migrations
    take_in(empty_installation, backup)
    applied = empty_installation.python(
        "from django.db.migrations.recorder import MigrationRecorder as R; from django.db import connection\n"
        "print(('jobs', '0002_ready_index') in R(connection).applied_migrations())"
    )
    assert applied == "True\n"
    again = tmp_path / "again.tar.gz"
    empty_installation.run("backup", str(again))
    before, after = archive.verify(backup)[1].tables, archive.verify(again)[1].tables
    assert {name: rows for name, rows in after.items() if name != "audit_auditevent"} == {
        name: rows for name, rows in before.items() if name != "audit_auditevent"
    }

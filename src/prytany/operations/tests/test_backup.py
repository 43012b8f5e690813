"""Backup and restore of whole installations through the command line, on both databases and between them."""

import gzip
import hashlib
import io
import json
import signal
import tarfile
import time

import pytest

from prytany.core.tests.installation import Installation, copy_of
from prytany.operations.backup import archive
from prytany.operations.tests import records

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def template(tmp_path_factory, migrated_template, postgres_server):
    """An installation with records of every awkward kind."""
    template = copy_of(migrated_template, tmp_path_factory.mktemp("records") / "var", postgres_server)
    template.python(records.CODE)
    return template


@pytest.fixture(scope="module")
def saved(template, tmp_path_factory):
    """A backup of it."""
    path = tmp_path_factory.mktemp("saved") / "saved.tar.gz"
    template.run("backup", str(path))
    return path


@pytest.fixture
def office(template, tmp_path, postgres_server):
    """A copy of it, to change."""
    return copy_of(template, tmp_path / "office", postgres_server)


LOG = "audit_auditevent"


def content(path):
    """Tables and files of a backup; the log apart, in which making and restoring it are told."""
    head, manifest = archive.verify(path)
    tables = {name: table for name, table in manifest.tables.items() if name != LOG}
    with archive.reading(path) as members:
        files = {name: hashlib.sha256(data.read()).hexdigest() for name, data in members if name.startswith("files/")}
    return head.migrations, head.tables, tables, files


def told(installation):
    """What the log says of backups."""
    return installation.python(
        "from prytany.audit.models import AuditEvent as E\n"
        "print(*E.objects.filter(action__startswith='backup').order_by('pk').values_list('action', flat=True))"
    ).split()


def stored_files(installation):
    return {path.name: path.read_bytes() for path in (installation.var / "files").glob("??/??/*")}


def test_backup_restored_into_an_empty_installation_is_the_same(office, saved, empty_installation, tmp_path):
    said = empty_installation.run("restore", str(saved))
    assert said.startswith("Restored ")
    assert "Warning" not in said
    again = tmp_path / "again.tar.gz"
    empty_installation.run("backup", str(again))
    assert content(again) == content(saved)
    assert stored_files(empty_installation) == stored_files(office)
    rows = archive.verify(saved)[1].tables
    assert rows["organisation_unit"]["rows"] == 9
    assert rows["accounts_preference"]["rows"] == 9
    assert rows["django_tasks_database_dbtaskresult"]["rows"] == 3
    assert rows["files_blob"]["rows"] == len(stored_files(office)) == 3
    assert told(empty_installation) == ["backup.restore"] * 2 + ["backup.make"] * 2  # in both roots
    assert archive.verify(again)[1].tables[LOG]["rows"] == rows[LOG]["rows"] + 2


def test_restored_installation_goes_on_numbering(saved, empty_installation):
    empty_installation.run("restore", str(saved))
    made = empty_installation.python(
        "from prytany.organisation.models import Unit\n"
        "highest = Unit.objects.order_by('-pk').first().pk\n"
        "print(Unit.objects.create().pk - highest)"
    )
    assert made == "1\n"


def test_restored_installation_runs_the_jobs_that_waited(saved, empty_installation):
    empty_installation.run("restore", str(saved))
    assert empty_installation.run("worker", "--once", "--queues", "default") == "1 jobs run.\n"
    states = empty_installation.python(
        "from prytany.jobs import queue; from django_tasks_db.models import DBTaskResult as R\n"
        "from prytany.jobs.models import Lease; Lease.objects.update(expires_at='2020-01-01T00:00Z'); queue.reap()\n"
        "print(sorted(R.objects.values_list('status', flat=True)))"
    )
    assert states.splitlines()[-1] == "['READY', 'READY', 'SUCCESSFUL']"


@pytest.mark.postgresql
def test_backup_moves_between_sqlite_and_postgresql_and_back(office, saved, empty_installation, tmp_path):
    (tmp_path / "lite").mkdir()
    lite = Installation(tmp_path / "lite", f"sqlite:///{tmp_path}/lite/prytany.sqlite3")
    lite.run("restore", str(saved))
    from_lite = tmp_path / "lite.tar.gz"
    lite.run("backup", str(from_lite))
    empty_installation.run("restore", str(from_lite))
    back = tmp_path / "back.tar.gz"
    empty_installation.run("backup", str(back))
    assert content(back) == content(saved)
    plain = {
        name for name, table in archive.verify(saved)[0].tables.items() if "json" not in dict(table.columns).values()
    }
    there, here = archive.verify(from_lite)[1].tables, archive.verify(saved)[1].tables
    assert {name: there[name] for name in plain} == {name: here[name] for name in plain}


def test_restore_refuses_an_installation_that_holds_records(office, saved, tmp_path):
    refused = office.run("restore", str(saved), status=1)
    assert "There are records here already." in refused
    office.python("from prytany.organisation.models import Person; Person.objects.create(name='added afterwards')")
    office.run("restore", str(saved), "--force")
    again = tmp_path / "again.tar.gz"
    office.run("backup", str(again))
    assert content(again) == content(saved)


def altered(path, target, change):
    """Write the backup at `path` to `target` with each member passed through `change(name, data)`; None drops it."""
    buffer = io.BytesIO()
    with tarfile.open(path) as source, tarfile.open(fileobj=buffer, mode="w") as out:
        for info in source:
            data = change(info.name, source.extractfile(info).read())
            if data is not None:
                info.size = len(data)
                out.addfile(info, io.BytesIO(data))
    target.write_bytes(gzip.compress(buffer.getvalue()))
    return target


def rename_unit(name, data):
    return data.replace("Xã Mẫu Sơn".encode(), "Xã Mẫu Sớn".encode()) if name.startswith("tables/organ") else data


def drop_unit_rows(name, data):
    return None if name.startswith("tables/organisation_unitname/") else data


def change_file(name, data):
    return data + b"!" if name.startswith("files/") else data


def newer_migration(data):
    head = json.loads(data)
    head["migrations"].append(["work", "9999_from_the_future"])
    return json.dumps(head).encode()


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (rename_unit, "organisation_unitname do not agree"),
        (drop_unit_rows, "organisation_unitname do not agree"),
        (change_file, "was altered or damaged"),
        (lambda name, data: None if name == "manifest.json" else data, "its last part is missing"),
        (lambda name, data: None if name == "backup.json" else data, "This is not a backup of Prytany."),
        (lambda name, data: newer_migration(data) if name == "backup.json" else data, "do not agree"),
        (lambda name, data: data.replace(b'"format": 1', b'"format": 9'), "reads format 1"),
    ],
)
def test_altered_backup_does_not_verify(saved, tmp_path, change, found):
    broken = altered(saved, tmp_path / "broken.tar.gz", change)
    with pytest.raises(archive.BrokenBackup, match=found):
        archive.verify(broken)


def test_cut_off_backup_and_other_files_do_not_verify(saved, tmp_path):
    for length in (100, 5000, -100, -8):
        cut = tmp_path / "cut.tar.gz"
        cut.write_bytes(saved.read_bytes()[:length])
        with pytest.raises(archive.BrokenBackup, match="damaged"):
            archive.verify(cut)
    (tmp_path / "other.tar.gz").write_bytes(b"something else")
    with pytest.raises(archive.BrokenBackup, match="not a backup"):
        archive.verify(tmp_path / "other.tar.gz")


def test_restore_of_an_altered_backup_changes_nothing(saved, empty_installation, tmp_path):
    broken = altered(saved, tmp_path / "broken.tar.gz", rename_unit)
    assert "organisation_unitname do not agree" in empty_installation.run("restore", str(broken), status=1)
    assert not (empty_installation.var / "files").exists()
    assert not (empty_installation.var / "prytany.sqlite3.restoring").exists()
    assert "There is no file" in empty_installation.run("restore", str(tmp_path / "none.tar.gz"), status=1)


def test_verify_reads_the_whole_backup(saved, empty_installation):
    assert "Whole and unaltered" in empty_installation.run("backup", str(saved), "--verify")


def test_backup_is_tried_on_a_database_of_its_own(office, saved):
    said = office.run("backup", str(saved), "--test")
    assert "Restored " in said
    assert "checks passed." in said
    assert told(office)[-2:] == ["backup.test", "backup.test"]
    assert [path.name for path in office.var.iterdir() if path.name.startswith("trial")] == []


def test_backup_whose_records_do_not_agree_fails_its_trial(office, tmp_path):
    office.python("from prytany.organisation.models import UnitLink; UnitLink.objects.filter(depth=1).delete()")
    path = tmp_path / "unsound.tar.gz"
    office.run("backup", str(path))
    assert "found   organisation.closure" in office.run("backup", str(path), "--test", status=1)
    assert "backup.test" not in told(office)


def test_nightly_backup_proves_itself_and_keeps_the_newest(office):
    office.extra["PRYTANY_BACKUP_KEEP"] = "2"
    folder = office.var / "backups"
    folder.mkdir()
    for day in (1, 2, 3):
        (folder / f"prytany-2026010{day}-013000.tar.gz").touch()
    (folder / "of another kind.tar.gz").touch()
    office.python("from prytany.operations.backup.daily import back_up; back_up.enqueue()")
    office.run("worker", "--drain", "--queues", "default")
    names = sorted(path.name for path in folder.iterdir())
    assert names[:2] == ["of another kind.tar.gz", "prytany-20260103-013000.tar.gz"]
    assert len(names) == 3
    assert archive.verify(folder / names[2])[1].rows > 100
    assert told(office)[-2:] == ["backup.make", "backup.make"]


def test_backup_of_a_newer_version_is_refused(saved, tmp_path, empty_installation):
    newer = forged(saved, tmp_path / "newer.tar.gz", head=newer_migration)
    refused = empty_installation.run("restore", str(newer), status=1)
    assert "is newer than this program (it knows work.9999_from_the_future)" in refused


def test_rows_that_do_not_fit_change_nothing(office, saved, tmp_path):
    """A backup that proves whole but breaks a reference: the records that are there stay as they are."""
    lost = forged(saved, tmp_path / "forged.tar.gz", table="organisation_person")
    assert "Nothing was changed." in office.run("restore", str(lost), "--force", status=1)
    after = tmp_path / "after.tar.gz"
    office.run("backup", str(after))
    assert content(after) == content(saved)


def forged(path, target, *, table=None, head=lambda data: data):
    """Drop the rows of `table`, pass the head through `head`, and mend the manifest, as a forger would."""
    digests = {}

    def change(name, data):
        if name.startswith(f"tables/{table}/"):
            return None
        if name == "backup.json":
            data = head(data)
            digests["head"] = hashlib.sha256(data).hexdigest()
        if name == "manifest.json":
            manifest = {**json.loads(data), **digests}
            if table:
                manifest["tables"][table] = archive.TableDigest().as_json()
            data = json.dumps(manifest).encode()
        return data

    return altered(path, target, change)


def test_interrupted_backup_leaves_no_file(office, tmp_path):
    office.python(
        "from prytany.accounts.models import Draft; from prytany.organisation.models import Person; import secrets\n"
        "p = Person.objects.first()\n"
        "Draft.objects.bulk_create([Draft(person=p, form=str(n), data={'text': secrets.token_hex(40000)}) "
        "for n in range(600)])"
    )
    folder = tmp_path / "backups"
    folder.mkdir()
    process = office.start("backup", str(folder))
    until = time.monotonic() + 30
    while not list(folder.iterdir()):
        assert time.monotonic() < until
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 143
    assert list(folder.iterdir()) == []


def test_backup_names_files_that_are_gone(office, tmp_path, empty_installation):
    gone = next((office.var / "files").glob("??/??/*"))
    gone.unlink()
    path = tmp_path / "saved.tar.gz"
    said = office.run("backup", str(path))
    assert f"Warning: the stored file {gone.name} is not on disk" in said
    assert f"Warning: the stored file {gone.name} was missing" in empty_installation.run("restore", str(path))


def test_backup_is_consistent_while_others_write(office, tmp_path, empty_installation):
    """Pairs of rows written in one transaction are in the backup both or not at all."""
    writer = office.start(
        "shell", "--no-imports", "-v0", "-c",
        "from django.db import transaction\nfrom prytany.organisation.models import Person\n"
        "from prytany.accounts.models import User\nimport itertools\n"
        "for n in itertools.count():\n"
        "    with transaction.atomic():\n"
        "        User.objects.create(username=f'writer{n}', person=Person.objects.create(name=f'writer {n}'))\n",
    )  # fmt: skip
    try:
        time.sleep(2)
        path = tmp_path / "busy.tar.gz"
        office.run("backup", str(path))
    finally:
        writer.kill()
        writer.wait()
    empty_installation.run("restore", str(path))
    counts = empty_installation.python(
        "from prytany.organisation.models import Person; from prytany.accounts.models import User\n"
        "print(Person.objects.filter(name__startswith='writer').count(), "
        "User.objects.filter(username__startswith='writer').count())"
    ).split()
    assert counts[0] == counts[1] != "0"


def test_keys_are_in_the_backup_only_where_asked_for(office, tmp_path, empty_installation):
    path = tmp_path / "keys.tar.gz"
    assert "Keys are not in it" in office.run("backup", str(tmp_path / "plain.tar.gz"))
    office.run("backup", str(path), "--keys")
    secret = (office.var / "secret-key").read_text()
    (empty_installation.var / "secret-key").unlink(missing_ok=True)
    empty_installation.extra["PRYTANY_SECRET_KEY"] = "other"
    empty_installation.run("restore", str(path))
    assert (empty_installation.var / "secret-key").read_text() == secret


def test_backup_refuses_bad_targets(office, tmp_path):
    assert "ends with .tar.gz" in office.run("backup", str(tmp_path / "x.zip"), status=1)
    assert "There is no folder" in office.run("backup", str(tmp_path / "no" / "x.tar.gz"), status=1)
    (tmp_path / "x.tar.gz").touch()
    assert "exists already" in office.run("backup", str(tmp_path / "x.tar.gz"), status=1)
    assert "backups/prytany-" in office.run("backup")

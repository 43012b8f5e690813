import pytest
from django.core.management import CommandError, call_command

from prytany.core import consistency
from prytany.files import blobs
from prytany.files.models import Blob
from prytany.organisation.consistency import rebuild_all
from prytany.organisation.models import UnitLink

pytestmark = pytest.mark.django_db


def run(capsys, *arguments):
    """Run `prytany verify` and return its exit status and its lines."""
    status = 0
    try:
        call_command("verify", *arguments)
    except SystemExit as leaving:
        status = leaving.code
    return status, capsys.readouterr().out.splitlines()


@pytest.fixture
def stored(settings, tmp_path):
    """Store two blobs; return their hashes."""
    settings.FILES_DIR = tmp_path / "files"
    hashes = []
    for content in (b"one", b"two"):
        with blobs.arriving() as arrival:
            blobs.write(arrival, [content])
            blobs.settle(arrival)
            blobs.place(arrival)
        Blob.objects.create(sha256=arrival.sha256, size=arrival.size)
        hashes.append(arrival.sha256)
    return hashes


def test_sound_records_pass(world, stored, capsys):
    rebuild_all()  # the small world makes the line alone
    status, lines = run(capsys)
    assert status == 0
    assert {line.split()[0] for line in lines[:-1]} == {"ok"}
    assert lines[-1] == f"All {len(lines) - 1} checks passed."


def test_gone_and_altered_files_are_found(stored, capsys):
    blobs.path_of(stored[0]).unlink()
    path = blobs.path_of(stored[1])
    path.chmod(0o600)
    path.write_bytes(b"tow")
    status, lines = run(capsys, "files.bytes")
    assert status == 1
    assert [line.strip() for line in lines[1:3]] == [f"{stored[0]} is missing", f"{stored[1]} was altered"]
    assert lines[-1] == "1 of 1 checks found faults."


def test_wrong_closure_is_found_and_rebuilt(world, capsys):
    rebuild_all()
    UnitLink.objects.filter(hierarchy="line", descendant=world.mau_son, depth=1).delete()
    UnitLink.objects.create(
        hierarchy="line", ancestor=world.home, descendant=world.works, depth=1, valid_from="2020-01-01"
    )
    status, lines = run(capsys, "organisation.closure")
    assert status == 1
    assert lines[1].strip() == (
        f"line: missing unit {world.mau_son.pk} 1 steps below unit {world.root.pk} from 2020-01-01 to …"
    )
    assert lines[2].strip() == (
        f"line: unfounded unit {world.works.pk} 1 steps below unit {world.home.pk} from 2020-01-01 to …"
    )
    status, lines = run(capsys, "organisation.closure", "--repair")
    assert (status, lines[0]) == (0, "rebuilt organisation.closure")
    assert run(capsys, "organisation.closure")[0] == 0


def test_unknown_check_is_refused_and_all_are_named(capsys):
    with pytest.raises(CommandError, match=r"There is no check files\.colour"):
        call_command("verify", "files.colour")
    _, lines = run(capsys, "--list")
    assert [line.split()[0] for line in lines] == [check.key for check in consistency.checks()]

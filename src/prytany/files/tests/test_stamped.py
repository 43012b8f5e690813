"""Files that bear the stamp of a state-secret level are not stored, by whichever door they come."""

import logging

import pytest
from django.urls import reverse

from prytany.audit.models import AuditEvent
from prytany.documents.models import Document, DocumentText, TrayItem
from prytany.documents.services import tray
from prytany.documents.tests.papers import uploaded
from prytany.files import blobs, guards
from prytany.files.extraction.reader import Reading
from prytany.files.models import Blob, StoredFile, TextVersion
from prytany.files.refusals import FileRefused
from prytany.files.tests import samples
from prytany.intake.services.taking import take_text

STAMPED = """ĐẢNG BỘ TỈNH LẠNG SƠN
VĂN PHÒNG TỈNH ỦY
*
Số 12-TB/VPTU
TỐI MẬT

THÔNG BÁO
về một việc riêng

Nơi cất giấu là hang thứ ba."""
FILES = [
    ("giao ban.txt", STAMPED.encode()),
    ("giao ban.txt", STAMPED.encode("utf-16")),
    ("giao ban.pdf", samples.pdf(*STAMPED.split("\n\n")[:1], "Nơi cất giấu là hang thứ ba.")),
    ("giao ban.docx", samples.docx_of(*STAMPED.split("\n"))),
]


def left_on_disk():
    return [path for path in blobs.folder().rglob("*") if path.is_file()]


@pytest.mark.parametrize(("name", "content"), FILES)
def test_a_stamped_file_is_refused_before_it_is_stored(world, name, content):
    clerk = world.scope("clerk")
    with pytest.raises(FileRefused, match="secret_stamp") as refused:
        uploaded(clerk, name=name, content=content)
    assert "TỐI MẬT" in str(refused.value.message)
    assert "without a file" in str(refused.value.message)
    assert (StoredFile.objects.count(), Blob.objects.count(), left_on_disk()) == (0, 0, [])


def test_a_file_without_a_stamp_is_stored(world):
    uploaded(world.scope("clerk"), name="giao ban.txt", content=STAMPED.replace("TỐI MẬT\n", "").encode())
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize(("path", "login"), [("/read/", "specialist"), ("/files/upload/", "clerk")])
def test_pages_say_what_happened_and_keep_nothing(world, client_of, path, login):
    client = client_of(login)
    page = client.post(path, {"text": "", "files": [samples.upload("a.txt", STAMPED.encode())]}).content.decode()
    assert "It was not stored and nothing of it is kept" in page
    assert (StoredFile.objects.count(), Document.objects.count(), left_on_disk()) == (0, 0, [])


@pytest.fixture
def unread(monkeypatch):
    """The beginning of a file cannot be read in time while it is uploaded."""
    with monkeypatch.context() as patch:
        patch.setattr(guards, "read_head", lambda *_a, **_k: Reading(problem="too_slow"))
        yield


def test_the_worker_removes_what_could_not_be_read_in_time_from_the_tray(world, unread, run_jobs, caplog):
    clerk = world.scope("clerk")
    content = samples.pdf(STAMPED)
    (item,) = tray.receive_files(scope=clerk, unit=world.office, files=[uploaded(clerk, content=content)])
    with caplog.at_level(logging.INFO):
        run_jobs()
    item.refresh_from_db()
    assert (item.file_id, item.reading["stamp"]) == (None, "TỐI MẬT")
    found = {name: proposal["value"] for name, proposal in item.reading["fields"].items()}
    assert (found["level"], found["symbol"]) == (20, "12-TB/VPTU")
    assert {proposal["quote"] for proposal in item.reading["fields"].values()} == {""}
    assert "summary" not in found
    assert (StoredFile.objects.count(), Blob.objects.count(), TextVersion.objects.count()) == (0, 0, 0)
    assert [path for path in left_on_disk() if "pages" not in path.parts] == []
    assert list(AuditEvent.objects.filter(action="file.remove_stamped").values_list("data__holder", flat=True)) == [
        "tray"
    ]
    assert "hang thứ ba" not in caplog.text


def test_the_tray_says_what_happened(world, unread, run_jobs, client_of):
    clerk = world.scope("clerk")
    tray.receive_files(scope=clerk, unit=world.office, files=[uploaded(clerk, content=samples.pdf(STAMPED))])
    run_jobs()
    page = client_of("clerk").get(reverse("documents:tray_item", args=[TrayItem.objects.get().uid])).content.decode()
    assert "It was removed and nothing of it is kept" in page


def test_the_worker_removes_it_from_a_paper_that_is_read_for_tasks(world, unread, run_jobs, client_of):
    specialist = world.scope("specialist")
    file = uploaded(specialist, content=samples.pdf(STAMPED))
    document = take_text(scope=specialist, unit=world.office, text="", files=[file])
    run_jobs()
    document.refresh_from_db()
    assert (StoredFile.objects.count(), DocumentText.objects.count(), left_on_disk()) == (0, 0, [])
    page = client_of("specialist").get(f"/read/{document.uid}/").content.decode()
    assert "A file with the stamp “TỐI MẬT” was removed" in page

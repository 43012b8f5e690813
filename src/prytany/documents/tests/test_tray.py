"""The incoming tray."""

import datetime
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from prytany.core import levels
from prytany.core.errors import DomainError
from prytany.documents.models import Document, DocumentText, TrayItem
from prytany.documents.services import tray
from prytany.documents.tests.papers import facts, line, uploaded
from prytany.documents.tests.test_reading import PARTY
from prytany.files.models import StoredFile
from prytany.files.pictures import is_drawn
from prytany.files.tests import samples


@pytest.fixture
def clerk(world):
    return world.scope("clerk")


@pytest.fixture
def item(world, clerk):
    return tray.receive_files(scope=clerk, unit=world.office, files=[uploaded(clerk, content=samples.pdf(PARTY))])[0]


def test_receive_files_reads_each_and_proposes_its_facts(world, clerk, item, run_jobs):
    assert (item.reading, list(TrayItem.objects.visible_to(clerk).waiting())) == ({}, [item])
    run_jobs()
    item.refresh_from_db()
    found = {name: proposal["value"] for name, proposal in item.reading["fields"].items()}
    assert found["symbol"] == "118-TB/VPTU"
    assert found["issuer"] == str(world.office.uid)
    assert found["pages"] == 1
    assert is_drawn(item.file, 1)


def test_file_without_text_says_why(world, clerk, run_jobs):
    (item,) = tray.receive_files(scope=clerk, unit=world.office, files=[uploaded(clerk, content=samples.scanned_pdf())])
    run_jobs()
    item.refresh_from_db()
    assert item.reading == {"fields": {}, "problem": "scan"}


def test_tray_is_for_who_keeps_the_register(world, clerk, item):
    for name in ("specialist", "mau_son_focal", "inspector", "stranger"):
        assert not TrayItem.objects.visible_to(world.scope(name)).exists()
        assert not StoredFile.objects.visible_to(world.scope(name)).exists()
        with pytest.raises(PermissionDenied):
            tray.discard_item(scope=world.scope(name), item=item)
        with pytest.raises(PermissionDenied):
            tray.receive_papers(scope=world.scope(name), unit=world.office)


def test_register_item_passes_file_and_text_on(world, clerk, item, run_jobs):
    run_jobs()
    entry = tray.register_item(scope=clerk, item=item, facts=facts(), line=line())
    run_jobs()
    file = StoredFile.objects.get()
    assert (file.holder_kind, file.holder_uid) == ("document", entry.document.uid)
    assert DocumentText.objects.get().document == entry.document
    assert not TrayItem.objects.waiting().exists()
    with pytest.raises(DomainError, match="not_waiting"):
        tray.register_item(scope=clerk, item=item, facts=facts(symbol="1-TB/X"), line=line())


def test_register_item_of_a_known_paper_adds_a_line(world, clerk, item):
    other = tray.receive_papers(scope=clerk, unit=world.mau_son)[0]
    entry = tray.register_item(scope=clerk, item=item, facts=facts(), line=line("out"))
    again = tray.register_item(scope=clerk, item=other, facts=facts(), line=line(), document=entry.document)
    assert (again.document, Document.objects.count()) == (entry.document, 1)


def test_refused_item_keeps_waiting_with_its_file(world, clerk, item):
    with pytest.raises(DomainError):
        tray.register_item(scope=clerk, item=item, facts=facts(kind="poem"), line=line())
    item.refresh_from_db()
    assert (item.document_id, item.file.holder_kind, Document.objects.count()) == (None, "tray", 0)


def test_secret_paper_is_registered_without_its_file(world, clerk, item):
    cleared = replace(clerk, clearance=levels.SECRET)
    secret = facts(level=levels.SECRET, summary="")
    with pytest.raises(DomainError, match="secret_level"):
        tray.register_item(scope=cleared, item=item, facts=secret, line=line())
    tray.register_item(scope=cleared, item=item, facts=secret, line=line(), without_file=True)
    assert not StoredFile.objects.exists()


def test_discarded_item_can_be_taken_back_for_a_month(world, clerk, item):
    tray.discard_item(scope=clerk, item=item, reason="Quảng cáo")
    assert not TrayItem.objects.waiting().exists()
    tray.restore_item(scope=clerk, item=item)
    assert TrayItem.objects.waiting().exists()
    tray.discard_item(scope=clerk, item=item)
    assert tray.forget_discarded() == 0
    TrayItem.objects.update(discarded_at=timezone.now() - datetime.timedelta(days=31))
    assert tray.forget_discarded() == 1
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("count", [0, 101, -1])
def test_receive_papers_in_reasonable_number(world, clerk, count):
    with pytest.raises(DomainError, match="count"):
        tray.receive_papers(scope=clerk, unit=world.office, count=count)
    assert len(tray.receive_papers(scope=clerk, unit=world.office, count=3, note="Túi số 2")) == 3

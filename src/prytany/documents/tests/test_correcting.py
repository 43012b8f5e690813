"""Correcting papers and lines; two editors at once."""

import datetime
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from prytany.audit.models import AuditEvent
from prytany.core import levels
from prytany.core.errors import DomainError, StaleRecord
from prytany.documents.models import Document
from prytany.documents.services.correcting import Change, correct_document, correct_line
from prytany.documents.services.facts import facts_of
from prytany.documents.services.files import withdraw_file
from prytany.documents.services.relations import relate, unrelate
from prytany.documents.services.texts import add_text
from prytany.documents.tests.papers import DAY, TODAY, enter, paper, uploaded
from prytany.files.models import StoredFile
from prytany.search.finding import find, jump


@pytest.fixture
def clerk(world):
    return world.scope("clerk")


def test_correct_document_writes_changed_facts_and_the_index(world, clerk):
    document = paper(clerk, world.office)
    corrected = correct_document(
        scope=clerk,
        document=document,
        version=1,
        facts=replace(facts_of(document), symbol="119-TB/VPTU", summary="Mới"),
    )
    assert (corrected.version, corrected.number, corrected.symbol_key) == (2, 119, "119-tb-vptu")
    assert AuditEvent.objects.latest("pk").data == {"fields": ["symbol", "summary"], "version": 2}
    assert jump(clerk, "118-TB") is None
    assert jump(clerk, "119-TB").lead == "119-TB/VPTU"
    assert find(clerk, "giao ban").hits == []


def test_correct_document_without_a_change_writes_nothing(world, clerk):
    document = paper(clerk, world.office)
    events = AuditEvent.objects.count()
    assert correct_document(scope=clerk, document=document, version=1, facts=facts_of(document)).version == 1
    assert AuditEvent.objects.count() == events


def test_second_editor_sees_both_texts_and_loses_neither(world, clerk):
    document = paper(clerk, world.office)
    before = facts_of(document)
    correct_document(scope=clerk, document=document, version=1, facts=replace(before, summary="Của người thứ nhất"))
    with pytest.raises(StaleRecord) as caught:
        correct_document(scope=clerk, document=document, version=1, facts=replace(before, summary="Của người thứ hai"))
    assert caught.value.fields == {"summary": Change("summary", "Của người thứ nhất", "Của người thứ hai")}
    assert Document.objects.get().summary == "Của người thứ nhất"


def test_correct_document_is_for_who_keeps_the_register(world, clerk):
    document = paper(clerk, world.office)
    for name in ("specialist", "inspector", "mau_son_focal", "admin", "stranger"):
        with pytest.raises(PermissionDenied):
            correct_document(scope=world.scope(name), document=document, version=1, facts=facts_of(document))


def test_raising_a_paper_to_a_secret_level_first_asks_for_its_content_to_be_taken_out(world, clerk):
    cleared = replace(clerk, clearance=levels.SECRET)
    document = enter(cleared, world.office, files=[uploaded(cleared)]).document
    secret = replace(facts_of(document), level=levels.SECRET, summary="")
    with pytest.raises(DomainError) as caught:
        correct_document(scope=cleared, document=document, version=1, facts=secret)
    assert (caught.value.code, list(caught.value.fields)) == ("content_kept", ["level"])
    withdraw_file(scope=cleared, document=document, file=StoredFile.objects.get())
    correct_document(scope=cleared, document=document, version=1, facts=secret)
    assert find(cleared, "giao ban").hits == []
    assert jump(cleared, "118-TB") is None


def test_raising_to_internal_raises_files_and_entries(world, clerk):
    document = enter(clerk, world.office, files=[uploaded(clerk)]).document
    correct_document(
        scope=clerk, document=document, version=1, facts=replace(facts_of(document), level=levels.INTERNAL)
    )
    assert StoredFile.objects.get().level == levels.INTERNAL
    assert find(replace(clerk, clearance=0), "giao ban").hits == []
    assert len(find(clerk, "giao ban").hits) == 1


def test_correct_line_never_changes_the_number(world, clerk):
    entry = enter(clerk, world.office)
    corrected = correct_line(
        scope=clerk, entry=entry, version=1, values={"receiver": "Phòng Tổng hợp", "entered_on": TODAY, "number": 9}
    )
    assert (corrected.receiver, corrected.entered_on, corrected.number) == ("Phòng Tổng hợp", TODAY, 1)
    with pytest.raises(StaleRecord) as caught:
        correct_line(scope=clerk, entry=entry, version=1, values={"receiver": "Khác"})
    assert caught.value.fields == {"receiver": Change("receiver", "Phòng Tổng hợp", "Khác")}


@pytest.mark.parametrize("day", [TODAY + datetime.timedelta(days=1), DAY.replace(year=DAY.year - 1)])
def test_correct_line_refuses_a_date_outside_the_register(world, clerk, day):
    entry = enter(clerk, world.office)
    with pytest.raises(DomainError) as caught:
        correct_line(scope=clerk, entry=entry, version=1, values={"entered_on": day})
    assert list(caught.value.fields) == ["entered_on"]


def test_relations_are_said_once_and_taken_back(world, clerk):
    one, two = paper(clerk, world.office), paper(clerk, world.office, symbol="119-TB/VPTU")
    for _twice in range(2):
        relate(scope=clerk, document=two, other=one, kind="replies")
    assert list(two.relations.values_list("other", "kind")) == [(one.pk, "replies")]
    with pytest.raises(DomainError, match="same"):
        relate(scope=clerk, document=one, other=one, kind="amends")
    with pytest.raises(DomainError, match="kind"):
        relate(scope=clerk, document=one, other=two, kind="admires")
    unrelate(scope=clerk, document=two, other=one, kind="replies")
    assert not two.relations.exists()
    assert [e.action for e in AuditEvent.objects.filter(target_uid=two.uid).order_by("pk")] == [
        "document.register",
        "document.relate",
        "document.unrelate",
    ]


def test_text_of_a_corrected_paper_stays_found(world, clerk):
    document = paper(clerk, world.office)
    add_text(scope=clerk, document=document, text="Một câu hiếm gặp.")
    correct_document(scope=clerk, document=document, version=1, facts=replace(facts_of(document), note="ghi chú"))
    assert len(find(clerk, "hiếm gặp").hits) == 1

"""Pages of papers and registers: who sees what, what a refusal says, how many queries a page takes."""

import io
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from prytany.accounts.models import Clearance, NeedToKnow
from prytany.audit.models import AuditEvent
from prytany.core import levels
from prytany.documents.models import Document, RegisterEntry, TrayItem
from prytany.documents.services import tray
from prytany.documents.services.clauses import cite
from prytany.documents.services.registration import void_entry
from prytany.documents.services.relations import relate
from prytany.documents.services.texts import add_text
from prytany.documents.tests.papers import DAY, enter, paper, uploaded
from prytany.documents.tests.test_texts import TEXT
from prytany.files.models import StoredFile
from prytany.files.tests import samples

LIST, REGISTERS, TRAY = reverse("documents:list"), reverse("documents:registers"), reverse("documents:tray")


def detail(document):
    return reverse("documents:detail", args=[document.uid])


@pytest.fixture
def clerk(world):
    return world.scope("clerk")


def typed(**values):
    """A filled form."""
    given = {
        "number": "1",
        "entered_on": f"{DAY:%d/%m/%Y}",
        "symbol": "118-TB/VPTU",
        "issued_on": f"{DAY:%d/%m/%Y}",
        "issuer_name": "Văn phòng Trung ương",
        "kind": "party.notice",
        "summary": "Kết luận hội nghị",
        "receiver": "Phòng Tổng hợp",
        "level": "0",
        "form_token": uuid4().hex,
    }
    return {**given, **values}


def test_list_shows_papers_in_sight_narrowed_by_the_address(world, client_of, clerk):
    paper(clerk, world.office, summary="Thông báo một", kind="conclusion_notice")
    paper(clerk, world.mau_son, symbol="2-TB/X", summary="Việc hai", urgency="urgent")

    def shown(name, **query):
        page = client_of(name).get(LIST, query)
        return {row.summary for row in page.context["page"].rows}

    assert shown("chief") == {"Thông báo một", "Việc hai"}
    assert shown("mau_son_focal") == {"Việc hai"}
    assert shown("stranger") == set()
    assert shown("chief", kind="party.conclusion_notice") == {"Thông báo một"}
    assert shown("chief", directive="1") == {"Thông báo một"}
    assert shown("chief", urgent="1") == {"Việc hai"}
    assert shown("chief", q="viec ha") == {"Việc hai"}
    assert shown("chief", q="118-TB") == {"Thông báo một"}
    assert shown("chief", direction="out") == set()
    assert shown("chief", year="1999") == set()
    assert shown("chief", year="soon", kind="x", direction="up") == {"Thông báo một", "Việc hai"}


def test_detail_is_404_out_of_sight(world, client_of, clerk):
    document = paper(clerk, world.office)
    assert client_of("chief").get(detail(document)).status_code == 200
    for name in ("mau_son_focal", "home_head", "stranger", "admin"):
        assert client_of(name).get(detail(document)).status_code == 404


def test_detail_shows_text_passages_relations_and_history(world, client_of, clerk):
    document = paper(clerk, world.office)
    other = paper(clerk, world.office, symbol="2-TB/X", summary="Việc khác")
    hidden = paper(world.scope("stranger"), world.elsewhere, symbol="3-TB/X")
    add_text(scope=clerk, document=document, text=TEXT)
    clause = cite(scope=clerk, document=document, start=0, end=24)
    relate(scope=clerk, document=document, other=other, kind="replies")
    relate(scope=clerk, document=document, other=hidden, kind="amends")
    page = client_of("chief").get(detail(document)).content.decode()
    assert "<mark>" not in page
    asked = client_of("chief").get(detail(document), {"passage": clause.uid}).content.decode()
    assert f"<mark>{clause.text}</mark>" in asked
    assert detail(other) in page
    assert detail(hidden) not in page
    history = client_of("chief").get(detail(document), {"tab": "history"})
    assert [str(entry.what) for entry in history.context["entries"]] == [
        "Relation added",
        "Relation added",
        "Text added",
        "Entered in a register",
    ]


def test_detail_of_a_secret_paper_is_for_who_needs_to_know_and_is_logged(world, client_of):
    person = world.person("clerk")
    since = {"valid_from": DAY.replace(year=DAY.year - 1)}
    Clearance.objects.create(person=person, level=levels.SECRET, basis="x", **since)
    document = paper(world.scope("clerk"), world.office, level=levels.SECRET, summary="")
    assert client_of("clerk").get(detail(document)).status_code == 404
    NeedToKnow.objects.create(
        person=person, target_kind="document", target_uid=document.uid, level=levels.SECRET, reason="x", **since
    )
    page = client_of("clerk").get(detail(document)).content.decode()
    assert "only the register line is kept here" in page
    assert 'type="file"' not in page
    assert AuditEvent.objects.filter(action="document.read", target_uid=document.uid).count() == 1
    assert client_of("chief").get(detail(document)).status_code == 404
    assert document.symbol not in client_of("chief").get(REGISTERS, {"unit": world.office.uid}).content.decode()
    register = client_of("clerk").get(REGISTERS, {"unit": world.office.uid}).content.decode()
    assert document.symbol in register


def test_correcting_shows_both_texts_and_keeps_what_was_typed(world, client_of, clerk):
    document = paper(clerk, world.office)
    client = client_of("clerk")
    url = reverse("documents:correct", args=[document.uid])
    version = {"version": "1"}
    assert client.post(url, typed(summary="Của người một", **version)).status_code == 302
    page = client.post(url, typed(summary="Của người hai", **version)).content.decode()
    assert "Somebody else changed this meanwhile" in page
    assert "Của người một" in page
    assert "Của người hai" in page
    assert client.post(url, typed(summary="Của người hai", version="2")).status_code == 302
    document.refresh_from_db()
    assert document.summary == "Của người hai"
    assert client_of("specialist").post(url, typed(**version)).status_code == 403


def test_entering_a_paper_twice_by_a_double_submit_enters_it_once(world, client_of):
    client = client_of("clerk")
    url = reverse("documents:register")
    sent = typed(direction="out", unit=str(world.office.uid))
    for _twice in range(2):
        assert client.post(url, sent).status_code == 302
    assert RegisterEntry.objects.get().direction == "out"


def test_outgoing_form_proposes_number_and_symbol_after_the_last(world, client_of, clerk):
    url = reverse("documents:register")
    enter(clerk, world.office, direction="out", number=7)
    initial = client_of("clerk").get(url, {"direction": "out", "unit": world.office.uid}).context["form"].initial
    assert (initial["number"], initial["symbol"], initial["kind"]) == (8, "8-TB/VPTU", "party.notice")


def test_refused_form_keeps_everything_and_says_why_at_the_field(world, client_of, clerk):
    enter(clerk, world.office, symbol="9-TB/X")
    client = client_of("clerk")
    url = reverse("documents:register")
    file = SimpleUploadedFile("a.txt", "một".encode())
    response = client.post(
        url, typed(direction="in", unit=str(world.office.uid), files=[file], issued_on="31/2/2026", number="1")
    )
    page = response.content.decode()
    assert "There is no day 31 in 02/2026" in page
    assert "Kết luận hội nghị" in page
    waiting = StoredFile.objects.get(holder_uid=None)
    assert f'value="{waiting.uid}"' in page
    response = client.post(url, typed(direction="in", unit=str(world.office.uid), file=[str(waiting.uid)], number="1"))
    assert "Number 1 is taken in this register; the next free one is 2." in response.content.decode()
    response = client.post(url, typed(direction="in", unit=str(world.office.uid), file=[str(waiting.uid)], number="2"))
    assert response.status_code == 302
    waiting.refresh_from_db()
    assert waiting.holder_kind == "document"


def test_secret_level_in_the_form_removes_the_file_at_once(world, client_of):
    Clearance.objects.create(
        person=world.person("clerk"), level=levels.SECRET, basis="x", valid_from=DAY.replace(year=DAY.year - 1)
    )
    client = client_of("clerk")
    client.post(reverse("files:upload"), {"files": [SimpleUploadedFile("a.txt", b"x")]})
    ahead = str(StoredFile.objects.get().uid)
    sent = typed(direction="in", unit=str(world.office.uid), level="10", summary="", file=[ahead])
    response = client.post(reverse("documents:register"), sent)
    assert not StoredFile.objects.exists()
    assert response.status_code in {200, 302}


@pytest.mark.parametrize("name", ["specialist", "mau_son_focal", "inspector", "admin"])
def test_registers_are_kept_only_by_those_who_may(world, client_of, clerk, name):
    entry = enter(clerk, world.office)
    client = client_of(name)
    client.post(reverse("documents:register"), typed(direction="in", unit=str(world.office.uid)))
    for url in (reverse("documents:void", args=[entry.uid]), reverse("documents:line", args=[entry.uid])):
        assert client.post(url, {"reason": "x", "entered_on": "1/1/2026"}).status_code in {403, 404}
    assert RegisterEntry.objects.count() == 1


def test_void_line_stays_in_the_register_with_its_reason(world, client_of, clerk):
    entry = enter(clerk, world.office)
    client = client_of("clerk")
    url = reverse("documents:void", args=[entry.uid])
    assert client.post(url, {"reason": " "}).status_code == 200
    assert client.post(url, {"reason": "Vào sổ nhầm"}).status_code == 302
    page = client.get(REGISTERS, {"unit": world.office.uid}).content.decode()
    assert "Void: Vào sổ nhầm" in page
    assert client.get(REGISTERS, {"unit": world.office.uid, "void": "1"}).context["page"].rows == [entry]


def test_line_is_corrected_beside_its_number(world, client_of, clerk):
    entry = enter(clerk, world.office)
    url = reverse("documents:line", args=[entry.uid])
    sent = {"entered_on": f"{DAY:%d/%m/%Y}", "receiver": "Sở Nội vụ", "version": "1"}
    assert client_of("clerk").post(url, sent).status_code == 302
    page = client_of("clerk").post(url, {**sent, "receiver": "Sở Xây dựng"}).content.decode()
    assert "Somebody else changed this meanwhile" in page
    entry.refresh_from_db()
    assert entry.receiver == "Sở Nội vụ"


def test_register_is_printed_and_taken_along_with_its_legal_columns(world, client_of, clerk):
    enter(clerk, world.office, symbol="2-TB/X", summary="=1+1")
    void_entry(scope=clerk, entry=enter(clerk, world.office), reason="Nhầm")
    client = client_of("clerk")
    page = client.get(reverse("documents:register_print"), {"unit": world.office.uid})
    assert len(page.context["columns"]) == 10
    assert "Void: Nhầm" in page.content.decode()
    book = client.get(reverse("documents:register_xlsx"), {"unit": world.office.uid}).content
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    rows = list(sheet.iter_rows(min_row=5, values_only=True))
    assert [row[1] for row in rows] == [1, 2]
    assert (rows[0][0].date(), rows[0][3], rows[0][5]) == (DAY, "2-TB/X", "Thông báo. =1+1")
    assert rows[1][9] == "Void: Nhầm"


def test_register_of_another_unit_is_not_shown(world, client_of, clerk):
    enter(clerk, world.office)
    page = client_of("mau_son_focal").get(REGISTERS, {"unit": world.office.uid})
    assert page.context["page"].rows == []
    assert page.context["unit"] == world.mau_son
    assert client_of("admin").get(REGISTERS).context["no_register"]


def test_tray_registers_and_goes_on_to_the_next(world, client_of, clerk, run_jobs):
    items = tray.receive_files(
        scope=clerk, unit=world.office, files=[uploaded(clerk, f"{n}.pdf", samples.pdf(f"Tờ {n}")) for n in range(2)]
    )
    run_jobs()
    client = client_of("clerk")
    assert client.get(TRAY)["Location"] == reverse("documents:tray_item", args=[items[0].uid])
    response = client.post(reverse("documents:tray_item", args=[items[0].uid]), typed())
    assert response["Location"] == reverse("documents:tray_item", args=[items[1].uid])
    page = client.get(response["Location"])
    assert page.context["form"].initial["receiver"] == "Phòng Tổng hợp"
    assert page.context["form"].initial["number"] == 2
    again = client.post(reverse("documents:tray_item", args=[items[0].uid]), typed())
    assert again["Location"] == TRAY
    response = client.post(reverse("documents:tray_item", args=[items[1].uid]), typed(symbol="2-TB/X", number="2"))
    assert response["Location"] == TRAY
    assert "Nothing waits" in client.get(TRAY).content.decode()


def test_tray_says_when_the_paper_is_registered_already(world, client_of, clerk):
    known = paper(clerk, world.office)
    (item,) = tray.receive_papers(scope=clerk, unit=world.mau_son)
    client = client_of("clerk")
    url = reverse("documents:tray_item", args=[item.uid])
    page = client.post(url, typed()).content.decode()
    assert "A paper with this number and issuer is registered already" in page
    assert f'value="{known.uid}"' in page
    client.post(url, typed(same_as=str(known.uid)))
    assert sorted(known.entries.values_list("unit", flat=True)) == sorted([world.office.pk, world.mau_son.pk])
    alert = client.get(reverse("documents:duplicates"), {"symbol": "118-tb/vptu"}).content.decode()
    assert "Such a paper is registered already" in alert
    silent = client_of("mau_son_focal").get(reverse("documents:duplicates"), {"symbol": "118-tb/vptu"})
    assert "Such a paper" in silent.content.decode()
    stranger = client_of("stranger").get(reverse("documents:duplicates"), {"symbol": "118-tb/vptu"})
    assert "Such a paper" not in stranger.content.decode()


def test_tray_takes_files_and_papers_and_puts_them_aside(world, client_of):
    client = client_of("clerk")
    receive = reverse("documents:tray_receive")
    sent = [SimpleUploadedFile("a.txt", b"a"), SimpleUploadedFile("b.exe", b"MZ")]
    client.post(receive, {"files": sent, "unit": world.office.uid})
    client.post(receive, {"count": "2", "note": "Túi 1", "unit": world.office.uid})
    assert TrayItem.objects.waiting().count() == 3
    item = TrayItem.objects.first()
    client.post(reverse("documents:tray_discard", args=[item.uid]))
    assert TrayItem.objects.waiting().count() == 2
    client.post(reverse("documents:tray_restore", args=[item.uid]))
    assert TrayItem.objects.waiting().count() == 3
    assert client_of("specialist").post(reverse("documents:tray_discard", args=[item.uid])).status_code == 404


def test_a_form_of_the_tray_sent_twice_counts_once(world, client_of):
    client = client_of("clerk")
    receive = reverse("documents:tray_receive")
    common = {"unit": world.office.uid, "form_token": "t"}
    answers = [client.post(receive, common | {"files": [SimpleUploadedFile("a.txt", b"a")]}) for _twice in range(2)]
    told = [answer.headers["Location"] for answer in answers]
    assert told[0] == told[1] == reverse("documents:tray_item", args=[TrayItem.objects.get().uid])
    client.post(receive, common | {"files": [SimpleUploadedFile("b.txt", b"b")]})
    assert TrayItem.objects.count() == 2
    for _twice in range(2):
        client.post(receive, common | {"count": "2"})
    assert TrayItem.objects.count() == 4


def test_names_are_completed_from_units_and_earlier_papers(world, client_of, clerk):
    paper(clerk, world.office, issuer_name="Sở Ngoại vụ tỉnh bạn")
    found = client_of("clerk").get(reverse("documents:issuers"), {"q": "so n"}).json()["results"]
    assert {"value": str(world.home.uid), "label": "Sở Nội vụ", "note": "SNV"} in found
    found = client_of("clerk").get(reverse("documents:issuers"), {"q": "Ngoại"}).json()["results"]
    assert found == [{"value": "", "label": "Sở Ngoại vụ tỉnh bạn", "note": ""}]


def test_files_are_attached_and_withdrawn_on_the_page(world, client_of, clerk):
    document = paper(clerk, world.office)
    client = client_of("clerk")
    url = reverse("documents:attach", args=[document.uid])
    client.post(url, {"files": [SimpleUploadedFile("a.txt", b"a"), SimpleUploadedFile("b.exe", b"MZ")]})
    file = StoredFile.objects.get()
    assert (file.holder_kind, file.holder_uid) == ("document", document.uid)
    page = client.get(detail(document)).content.decode()
    assert "“b.exe” is a program." in page
    assert 'name="form_token"' in page
    client.post(reverse("documents:withdraw_file", args=[document.uid, file.uid]))
    assert not StoredFile.objects.exists()
    for _twice in range(2):
        client.post(url, {"files": [SimpleUploadedFile("c.txt", b"c")], "form_token": "t"})
    assert StoredFile.objects.filter(holder_uid=document.uid).count() == 1
    client.post(url, {"files": [SimpleUploadedFile("d.txt", b"dd")], "form_token": "t"})
    assert StoredFile.objects.filter(holder_uid=document.uid).count() == 2


def test_text_is_pasted_on_a_page(world, client_of, clerk):
    document = paper(clerk, world.office)
    url = reverse("documents:text", args=[document.uid])
    sent = {"text": TEXT, "language": "vi", "form_token": "t"}
    for _twice in range(2):
        assert client_of("specialist").post(url, sent).status_code == 302
    assert document.texts.count() == 1
    assert client_of("mau_son_focal").post(url, sent).status_code == 404


def test_relations_are_added_by_number(world, client_of, clerk):
    one, two = paper(clerk, world.office), paper(clerk, world.office, symbol="96-TB/VPTU")
    client = client_of("clerk")
    client.post(reverse("documents:relate", args=[one.uid]), {"kind": "implements", "symbol": "Số 96-tb/vptu"})
    assert list(one.relations.values_list("other", "kind")) == [(two.pk, "implements")]
    client.post(reverse("documents:unrelate", args=[one.uid, two.uid]), {"kind": "implements"})
    assert not one.relations.exists()
    client.post(reverse("documents:relate", args=[one.uid]), {"kind": "implements", "symbol": "1-TB/NOWHERE"})
    assert not one.relations.exists()


@pytest.mark.parametrize("count", [1, 6])
def test_pages_take_at_most_twelve_queries(world, client_of, clerk, run_jobs, django_assert_max_num_queries, count):
    documents = []
    for number in range(count):
        files = [uploaded(clerk, f"{number}-{n}.txt", f"Câu {number} {n}.".encode()) for n in range(2)]
        documents.append(enter(clerk, world.office, symbol=f"{number}-TB/X", files=files).document)
        relate(scope=clerk, document=documents[number], other=documents[0], kind="replies") if number else None
    tray.receive_papers(scope=clerk, unit=world.office, count=count)
    run_jobs()
    add_text(scope=clerk, document=documents[0], text=TEXT)
    cite(scope=clerk, document=documents[0], start=0, end=24, text=documents[0].texts.get(file=None))
    client = client_of("chief")
    item = TrayItem.objects.waiting().first()
    pages = [LIST, REGISTERS, detail(documents[0]), f"{detail(documents[0])}?tab=history"]
    pages += [reverse("documents:tray_item", args=[item.uid]), reverse("documents:register")]
    for page in pages:
        client.get(page)
        with django_assert_max_num_queries(12, info=page):
            assert client.get(page).status_code == 200


def test_no_paper_is_named_to_a_visitor(world, client, clerk):
    document = paper(clerk, world.office)
    for url in (LIST, REGISTERS, TRAY, detail(document), reverse("documents:register_xlsx")):
        assert client.get(url).status_code == 302
    assert Document.objects.count() == 1

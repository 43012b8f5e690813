"""The minutes of a hand-over: drawn up from what was handed over and accepted, set for both sides to sign."""

import datetime
import io
from uuid import uuid4

import docx as python_docx
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from prytany.accounts.models import User
from prytany.core import clock
from prytany.core.errors import DomainError
from prytany.organisation.models import Appointment
from prytany.reporting import services
from prytany.reporting.models import Report
from prytany.reporting.papers import docx, pdf
from prytany.reporting.papers.paper import paper_from
from prytany.work.models import HandOver, StandingDuty
from prytany.work.services import handing
from prytany.work.tests.test_handing import come, laden, leave, scope

__all__ = ["laden"]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Files go to a folder of the test."""
    settings.FILES_DIR = tmp_path


@pytest.fixture
def taken(laden):
    """The deputy has gone, with a note; the next one has accepted one thing of four."""
    mine = Appointment.objects.get(pk=laden.posts["deputy"].pk)
    row = handing.open_hand_over(scope=laden.scope("deputy"), appointment=mine)
    duty = StandingDuty.objects.get()
    notes = {("duty", duty.uid): "Gửi trước thứ Năm"}
    handing.prepare(scope=laden.scope("deputy"), hand_over=row, note="Chìa khóa ở văn thư", notes=notes, ready=True)
    leave(laden, "deputy")
    new = come(laden, "deputy")
    handing.accept(scope=scope(new), hand_over=row, chosen={("duty", duty.uid)})
    return HandOver.objects.select_related("post__unit", "outgoing__person").get(), new


def test_minutes_hold_both_sides_each_thing_its_note_and_acceptance(taken, run_jobs):
    row, new = taken
    report = services.start_minutes(scope=scope(new), hand_over=row, language="vi")
    run_jobs()
    report.refresh_from_db()
    facts = report.facts
    assert (report.state, report.docx is not None, report.pdf is not None) == ("made", True, True)
    assert (facts["outgoing"]["name"], [side["name"] for side in facts["incoming"]], facts["complete"]) == (
        "Phó Chánh Văn phòng (thử)",
        ["Người mới"],
        False,
    )
    assert [(r["section"], r["note"], r["accepted_by"], r["accepted_on"]) for r in facts["rows"]] == [
        ("open", "", "", None),
        ("decisions", "", "", None),
        ("drafts", "", "", None),
        ("duties", "Gửi trước thứ Năm", "Người mới", clock.now().date().isoformat()),
    ]
    signers = [(one["title"], one["name"].strip("\u2068\u2069")) for one in report.paper["signers"]]
    assert [name for _title, name in signers] == ["Phó Chánh Văn phòng (thử)", "Người mới"]


@pytest.mark.parametrize("language", ["vi", "en", "hi", "ur"])
def test_minutes_are_set_in_each_script(taken, language):
    row, new = taken
    report = services.start_minutes(scope=scope(new), hand_over=row, language=language)
    services.save_words(
        scope=scope(new), report=report, words={"witness_title": "Chánh Văn phòng", "witness_name": "Người chứng kiến"}
    )
    paper = paper_from(services.make_paper(scope=scope(new), report=report).paper)
    document = python_docx.Document(io.BytesIO(docx.render(paper)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert len(paper.signers) == 3
    assert [name for name in ("Người mới", "Người chứng kiến") if not any(name in cell for cell in cells)] == []
    assert pdf.render(paper).startswith(b"%PDF")


def test_minutes_wait_until_something_was_handed_over(laden):
    mine = Appointment.objects.get(pk=laden.posts["deputy"].pk)
    row = handing.open_hand_over(scope=laden.scope("deputy"), appointment=mine)
    with pytest.raises(DomainError) as refused:
        services.start_minutes(scope=laden.scope("deputy"), hand_over=row)
    assert refused.value.code == "nothing_yet"


def test_minutes_are_made_by_the_two_sides_and_seen_by_them_and_the_head(laden, taken, client_of):
    row, new = taken
    with pytest.raises(PermissionDenied):
        services.start_minutes(scope=laden.scope("chief"), hand_over=row)
    report = services.start_minutes(scope=scope(new), hand_over=row)
    url = reverse("reporting:report", args=[report.uid])
    seen = {name: client_of(name).get(url).status_code for name in ("chief", "leader", "specialist", "home_head")}
    assert seen == {"chief": 200, "leader": 404, "specialist": 404, "home_head": 404}


def test_page_draws_the_minutes_up_once_and_keeps_words(taken, client, run_jobs):
    row, new = taken
    client.force_login(User.objects.get(person=new.person), backend=BACKEND)
    page = client.get(reverse("work:hand_over", args=[row.uid]))
    assert reverse("reporting:minutes", args=[row.uid]) in page.content.decode()
    data = {"language": "vi", "form_token": "một lần"}
    first, second = (client.post(reverse("reporting:minutes", args=[row.uid]), data) for _time in range(2))
    assert (first.status_code, first["Location"]) == (302, second["Location"])
    report = Report.objects.get()
    run_jobs()
    page = client.get(first["Location"])
    assert page.status_code == 200
    words = {"opening": "Hôm nay", "closing": "Hết", "witness_name": "Ai đó", "number": "3", "act": "make"}
    words["version"] = str(report.version)
    assert client.post(first["Location"], words).status_code == 302
    run_jobs()
    report.refresh_from_db()
    assert (report.words["opening"], report.paper["blocks"][0]["text"], report.state) == (
        "Hôm nay",
        "\u2068Hôm nay\u2069",
        "made",
    )
    again = client.get(reverse("reporting:file", kwargs={"uid": report.uid, "ending": "pdf"}))
    assert again["Content-Type"] == "application/pdf"
    assert client.post(reverse("reporting:minutes", args=[uuid4()])).status_code == 404


def test_things_closed_since_they_were_accepted_stay_in_the_minutes(taken):
    row, new = taken
    duty = StandingDuty.objects.get()
    duty.stopped_at = datetime.datetime.now(tz=datetime.UTC)
    duty.save()
    report = services.start_minutes(scope=scope(new), hand_over=row)
    assert [r["section"] for r in report.facts["rows"] if r["accepted_by"]] == ["duties"]

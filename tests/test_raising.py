"""A paper raised after tasks were drawn from it: it is shown to nobody below, and at a secret level no word stays.

Every door that shows a task is looked at before, so that there was something to hide.
"""

import datetime
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import prytany
from prytany.accounts.models import Clearance
from prytany.accounts.services.api_tokens import create_token
from prytany.core import levels
from prytany.core.errors import DomainError
from prytany.documents.models import Clause, Document, DocumentText
from prytany.documents.raising import REMOVED
from prytany.documents.services.clauses import cite
from prytany.documents.services.correcting import correct_document, losses_of
from prytany.documents.services.facts import facts_of
from prytany.documents.services.texts import add_text
from prytany.documents.sight import shown
from prytany.documents.tests.papers import paper
from prytany.files import services as files
from prytany.files.models import StoredFile
from prytany.notifications.models import Notice
from prytany.organisation.tests.factories import SINCE
from prytany.reporting import services as reporting
from prytany.reporting.models import Report
from prytany.search import finding
from prytany.search.models import SearchEntry
from prytany.work.models import Evidence, Obligation, ObligationEvent, Obstacle, Remark, Task
from prytany.work.services import answering, exchange, issuing
from prytany.work.services.drafting import Row

SYMBOL = "118-TB/VPTU"
SENTENCE = "Giao đơn vị lập danh sách tuyến đường Xyzqk."
DUE = datetime.date(2099, 12, 15)


@pytest.fixture
def drawn(world, run_jobs):
    """Return a paper with a task drawn from its one sentence, answered with a file and talked about."""
    clerk, chief, head = world.scope("clerk"), world.scope("chief"), world.scope("home_head")
    document = paper(clerk, world.office, symbol=SYMBOL, summary="Tóm tắt Xyzqk")
    text = add_text(scope=clerk, document=document, text=SENTENCE)
    clause = cite(scope=chief, document=document, start=0, end=len(SENTENCE), text=text)
    row = Row(content=SENTENCE, lead=world.home, due_on=DUE, source_document=document, source_clause=clause)
    task = issuing.draft_and_issue(scope=chief, unit=world.office, row=row, issue=True)
    part = Obligation.objects.get(task=task)
    exchange.add_remark(scope=head, task=task, text="Hỏi về Xyzqk", audience="all")
    file = files.store(head, SimpleUploadedFile("xyzqk.txt", b"Xyzqk"))
    answering.report_progress(scope=head, obligation=part, text="Đã rà Xyzqk", files=[file])
    answering.raise_obstacle(scope=head, obligation=part, cause="Thiếu Xyzqk", wish="Xin Xyzqk")
    run_jobs()
    document.refresh_from_db()
    return document


def doors(client_of, world):
    """Return everything that `home_head` and `specialist` are shown of the work, by the door."""
    task, part = Task.objects.get(), Obligation.objects.get()
    pages = {
        "list": "/tasks/?view=parts",
        "task": f"/tasks/{task.uid}/",
        "unit": f"/units/{part.holder.uid}/",
        "desk": "/desk/",
        "overview": "/overview/",
        "by document": "/overview/?by=document",
        "overdue": "/overview/overdue/",
        "slip": f"/reports/slips/{task.uid}/",
        "search": "/search/?q=118-TB",
        "notices": "/notices/",
    }
    found = {}
    for who in ("home_head", "specialist", "chief"):
        client = client_of(who)
        for name, address in pages.items():
            found[who, name] = client.get(address, follow=True).content.decode()
        chosen = {"row": [str(part.uid)]}
        found[who, "print"] = client.post("/tasks/bulk/", chosen | {"act": "print"}).content.decode()
        response = client.post("/tasks/bulk/", chosen | {"act": "xlsx"})
        rows = openpyxl.load_workbook(io.BytesIO(response.content)).active.values
        found[who, "export"] = json.dumps([[str(cell) for cell in row] for row in rows], ensure_ascii=False)
    return found


def showing(found, *words):
    """Return the doors that show one of the words."""
    return {key for key, text in found.items() if any(word in text for word in words)}


def test_no_door_shows_a_paper_above_the_clearance_beside_its_task(world, client_of, drawn):
    before = showing(doors(client_of, world), SYMBOL, "Tóm tắt Xyzqk")
    assert {name for _who, name in before} >= {"list", "task", "unit", "by document", "slip", "search", "export"}
    # As it may stand after a restore, or by somebody's grant: the paper is out of sight, the task is not.
    Document.objects.update(level=levels.SECRET)
    assert showing(doors(client_of, world), SYMBOL, "Tóm tắt Xyzqk") == set()


def test_need_to_know_and_clearance_show_it_again(world, drawn):
    Document.objects.update(level=levels.SECRET)
    document = Document.objects.get()
    scope = world.scope("chief")
    cleared = replace(scope, clearance=levels.SECRET)
    knowing = replace(cleared, need_to_know=frozenset({document.uid}))
    assert [shown(one, document) for one in (scope, cleared, knowing)] == [None, None, document]
    for one in (scope, cleared, knowing):
        assert (shown(one, document) is not None) == Document.objects.visible_to(one).exists()


def secret(document):
    return replace(facts_of(document), level=levels.SECRET)


def test_raising_to_secret_tells_first_what_it_removes_and_changes_nothing(world, drawn):
    clerk = replace(world.scope("clerk"), clearance=levels.SECRET)
    with pytest.raises(DomainError) as caught:
        correct_document(scope=clerk, document=drawn, version=drawn.version, facts=secret(drawn))
    assert caught.value.code == "content_kept"
    told = {str(loss.label): loss.number for loss in losses_of(drawn)}
    assert told == {
        "Texts of the paper": 1,
        "Passages cited from it": 1,
        "Words of tasks drawn from it": 1,
        "Answers and remarks on these tasks": 3,
        "Files behind answers and remarks": 1,
    }
    drawn.refresh_from_db()
    assert (drawn.level, Task.objects.get().content) == (levels.OPEN, SENTENCE)


def test_raising_to_secret_leaves_no_word_of_it(world, drawn, run_jobs):
    reporting.start_reminder(scope=world.scope("chief"), parts=Obligation.objects.all(), language="vi")
    run_jobs()
    report = Report.objects.get()
    assert SENTENCE in json.dumps(report.paper, ensure_ascii=False)
    clerk = replace(world.scope("clerk"), clearance=levels.SECRET)
    correct_document(scope=clerk, document=drawn, version=drawn.version, facts=secret(drawn), remove_content=True)
    run_jobs()
    task, part = Task.objects.get(), Obligation.objects.get()
    assert (task.level, part.level, part.due_on) == (levels.SECRET, levels.SECRET, DUE)
    assert (task.content, task.source_clause, part.last_word) == (REMOVED, None, "")
    assert (Clause.objects.count(), DocumentText.objects.count(), Evidence.objects.count()) == (0, 0, 0)
    assert set(ObligationEvent.objects.values_list("text", flat=True)) == {""}
    assert not any("wish" in event.data for event in ObligationEvent.objects.all())
    assert Obstacle.objects.values_list("cause", "wish").get() == (REMOVED, "")
    assert set(Remark.objects.values_list("text", flat=True)) == {REMOVED}
    assert not SearchEntry.objects.filter(kind__in=["document", "task", "passage"]).exists()
    assert not any(notice.params.get("content") for notice in Notice.objects.all())
    after = Report.objects.get()
    assert (after.digest != report.digest, after.state) == (True, "made")
    kept = json.dumps([after.facts, after.words, after.paper, after.title], ensure_ascii=False)
    assert [word for word in (SENTENCE, SYMBOL, "Xyzqk") if word in kept] == []
    # What is stored is the letter set anew; neither the evidence nor the letter as it was.
    assert set(StoredFile.objects.values_list("pk", flat=True)) == {after.docx_id, after.pdf_id}
    drawn.refresh_from_db()
    assert (drawn.symbol, drawn.summary, drawn.level) == (SYMBOL, "", levels.SECRET)


def test_raising_to_internal_raises_the_tasks_and_keeps_their_words(world, drawn):
    clerk = world.scope("clerk")
    facts = replace(facts_of(drawn), level=levels.INTERNAL)
    correct_document(scope=clerk, document=drawn, version=drawn.version, facts=facts)
    task, part = Task.objects.get(), Obligation.objects.get()
    assert (task.level, part.level, task.content) == (levels.INTERNAL, levels.INTERNAL, SENTENCE)
    assert StoredFile.objects.get().level == levels.INTERNAL
    assert finding.find(replace(world.scope("home_head"), clearance=levels.OPEN), "Xyzqk").hits == []
    assert finding.jump(world.scope("specialist"), SYMBOL) is not None


def test_page_lists_what_goes_before_it_goes(world, client_of, drawn):
    Clearance.objects.create(person=world.person("clerk"), level=levels.SECRET, basis="QĐ", valid_from=SINCE)
    client = client_of("clerk")
    address = f"/documents/{drawn.uid}/correct/"
    page = client.get(address)
    form = page.context["form"]
    data = {name: value for name, value in form.initial.items() if value is not None}
    data |= {"level": levels.SECRET, "version": drawn.version}
    asked = client.post(address, data).content.decode()
    assert "Words of tasks drawn from it" in asked
    assert 'name="remove_content"' in asked
    assert Task.objects.get().content == SENTENCE
    assert client.post(address, data | {"remove_content": "on"}).status_code == 302
    assert Task.objects.get().content == REMOVED


def test_api_names_no_paper_out_of_sight(world, client, drawn):
    scope = world.scope("chief")
    _row, key = create_token(
        scope=scope,
        appointment=world.posts["chief"],
        name="test",
        permissions=[permission.value for permission in scope.grants],
        expires_on=scope.today,
    )
    headers = {"Authorization": f"Bearer {key}"}

    def items(query=""):
        return client.get(f"/api/v1/tasks{query}", headers=headers).json()["items"]

    assert [item["document"] for item in items()] == [str(drawn.uid)]
    assert len(items(f"?document={drawn.uid}")) == 1
    Document.objects.update(level=levels.SECRET)
    assert [item["document"] for item in items()] == [None]
    assert items(f"?document={drawn.uid}") == []


def test_no_template_prints_a_source_past_the_rule():
    """What stands beside a task goes through `shown_paper`, or comes from a view that asked `shown`."""
    direct = re.compile(r"\{\{[^}]*(?:source_document|source_clause\.document|sheet\.document)\.[a-z]")
    root = Path(prytany.__file__).parent
    found = [path.name for path in root.rglob("templates/**/*.html") if direct.search(path.read_text(encoding="utf-8"))]
    assert found == []

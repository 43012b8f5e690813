"""Nothing but a register line is kept at a state-secret level: every door of tasks and answers refuses content."""

import datetime
import json
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from prytany.accounts.models import Clearance
from prytany.accounts.services.api_tokens import create_token
from prytany.core import levels
from prytany.core.errors import DomainError
from prytany.documents.models import RegisterEntry
from prytany.documents.tests.papers import paper
from prytany.files import services as files
from prytany.files.models import StoredFile
from prytany.organisation.tests.factories import SINCE
from prytany.sheets.models import ImportSession
from prytany.sheets.reading import read_pasted
from prytany.sheets.services import start_import
from prytany.work.models import AssignmentSheet, Evidence, Obligation, ObligationEvent, Obstacle, Remark, Task
from prytany.work.services import answering, drafting, exchange, issuing, routing
from prytany.work.services.drafting import Row
from prytany.work.tests.test_importing import TRACKER
from prytany.work.tests.test_loop import issued, part_of

DUE = datetime.date(2099, 12, 15)


@pytest.fixture
def cleared(world):
    """Return a function that gives a scope cleared for the secret level."""

    def make(name):
        return replace(world.scope(name), clearance=levels.ULTRA_SECRET)

    return make


@pytest.fixture
def secret_paper(world, cleared):
    """A secret paper in the register: a line without summary."""
    return paper(cleared("clerk"), world.office, level=levels.SECRET, summary="")


@pytest.fixture
def secret_part(world):
    """A part of a task that stands at the secret level, as a restored or raised record may."""
    task = issued(world)
    Task.objects.filter(pk=task.pk).update(level=levels.SECRET)
    Obligation.objects.filter(task=task).update(level=levels.SECRET)
    return Obligation.objects.select_related("task").get(pk=part_of(task, world.home).pk)


def row(world, **changes):
    return Row(content="Việc mật", lead=world.home, due_on=DUE, **changes)


def test_no_task_is_drawn_from_a_secret_paper(world, cleared, secret_paper):
    scope = cleared("specialist")
    with pytest.raises(DomainError, match="secret_content"):
        drafting.draft_task(scope=scope, unit=world.office, row=row(world, source_document=secret_paper))
    with pytest.raises(DomainError, match="secret_content"):
        issuing.draft_and_issue(
            scope=cleared("chief"), unit=world.office, row=row(world, source_document=secret_paper), issue=True
        )
    draft = drafting.draft_task(scope=scope, unit=world.office, row=row(world))
    with pytest.raises(DomainError, match="secret_content"):
        drafting.update_draft(scope=scope, task=draft, row=row(world, source_document=secret_paper))
    draft.refresh_from_db()
    assert (Task.objects.count(), draft.source_document, draft.level) == (1, None, levels.OPEN)


def test_no_opinion_is_written_on_a_secret_paper_that_becomes_a_task(world, cleared, secret_paper):
    entry = RegisterEntry.objects.get(document=secret_paper)
    with pytest.raises(DomainError, match="secret_content"):
        routing.route(scope=cleared("chief"), entry=entry, opinion="Giao Sở Nội vụ", lead=world.home, due_on=DUE)
    entry.refresh_from_db()
    assert (Task.objects.count(), entry.routed_at) == (0, None)


def test_api_refuses_a_task_drawn_from_a_secret_paper(world, client, secret_paper):
    person = world.person("chief")
    Clearance.objects.create(person=person, level=levels.SECRET, basis="QĐ", valid_from=SINCE)
    scope = world.scope("chief")
    _row, key = create_token(
        scope=scope,
        appointment=world.posts["chief"],
        name="test",
        permissions=[permission.value for permission in scope.grants],
        expires_on=scope.today,
    )
    body = {"content": "Việc mật", "lead": str(world.home.uid), "due_on": "2099-12-15", "issue": True}
    headers = {"Authorization": f"Bearer {key}"}

    def send(**more):
        data = json.dumps(body | more)
        return client.post("/api/v1/tasks", data, content_type="application/json", headers=headers)

    refused = send(document=str(secret_paper.uid))
    assert refused.status_code in (404, 409)
    assert Task.objects.count() == 0
    assert send().status_code == 201


def test_sub_task_is_as_classified_as_its_task(world):
    task = issued(world)
    Task.objects.filter(pk=task.pk).update(level=levels.INTERNAL)
    task.refresh_from_db()
    inner = drafting.draft_task(
        scope=world.scope("home_head"), unit=world.home, row=Row(content="Việc trong sở"), parent=task
    )
    assert inner.level == levels.INTERNAL


def test_answers_progress_and_obstacles_are_refused_with_text_and_with_files(world, cleared, secret_part):
    scope = cleared("home_head")
    file = files.store(scope, SimpleUploadedFile("a.txt", b"mat"))
    before = ObligationEvent.objects.count()
    acts = [
        lambda: answering.submit_answer(scope=scope, obligation=secret_part, text="Đã xong"),
        lambda: answering.submit_answer(scope=scope, obligation=secret_part, files=[file]),
        lambda: answering.report_progress(scope=scope, obligation=secret_part, text="Được nửa"),
        lambda: answering.raise_obstacle(scope=scope, obligation=secret_part, cause="Thiếu người"),
    ]
    for act in acts:
        with pytest.raises(DomainError, match="secret_level"):
            act()
    kept = (ObligationEvent.objects.count(), Evidence.objects.count(), Obstacle.objects.count())
    assert kept == (before, 0, 0)
    assert StoredFile.objects.get().holder_uid is None


def test_remark_on_a_secret_task_is_refused(world, cleared, secret_part):
    with pytest.raises(DomainError, match="secret_level"):
        exchange.add_remark(scope=cleared("home_head"), task=secret_part.task, text="Xin hỏi", audience="all")
    assert Remark.objects.count() == 0


def test_tracker_with_a_secret_stamp_is_refused_before_anything_is_kept(world, client_of):
    stamped = f"TUYỆT MẬT\n{TRACKER}"
    with pytest.raises(DomainError, match="secret_stamp"):
        start_import(scope=world.scope("specialist"), kind="tasks", tables=[read_pasted(stamped)], name="Dán")
    client = client_of("specialist")
    response = client.post("/import/tasks/", {"cells": stamped})
    assert response.status_code == 422
    assert response.context["form"].errors["cells"]
    assert (ImportSession.objects.count(), AssignmentSheet.objects.count()) == (0, 0)
    assert client.post("/import/tasks/", {"cells": TRACKER}).status_code == 302

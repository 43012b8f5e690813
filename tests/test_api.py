"""The REST API keeps the same rules as the pages, and never answers with anything but JSON of its schema."""

import datetime
import io
import json
import zipfile

import pytest
import schemathesis
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import ignored_auth

from prytany.accounts.services.api_tokens import create_token
from prytany.config.api import openapi_document
from prytany.config.wsgi import application
from prytany.core.problems import Problem
from prytany.files.api import FileOut
from prytany.files.models import StoredFile
from prytany.work.models import Obligation, Task
from prytany.work.tests.test_loop import DUE, issued, part_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def key_of(world):
    """Return a function that makes a key with all rights of a post."""

    def make(name):
        scope = world.scope(name)
        _row, key = create_token(
            scope=scope,
            appointment=world.posts[name],
            name="test",
            permissions=[p.value for p in scope.grants],
            expires_on=scope.today,
        )
        return key

    return make


@pytest.fixture
def call(client, key_of):
    """Return a function that calls the API as a post."""
    keys = {}

    def do(post, method, path, body=None):
        if post not in keys:
            keys[post] = key_of(post)
        send = getattr(client, method)
        extra = {"headers": {"Authorization": f"Bearer {keys[post]}"}}
        if body is not None:
            extra |= {"data": json.dumps(body), "content_type": "application/json"}
        return send(f"/api/v1{path}", **extra)

    return do


def test_no_key_is_401_and_a_problem(client):
    response = client.get("/api/v1/tasks")
    assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json")
    assert response.json()["code"] == "unauthorised"


def test_openapi_document_needs_a_key(client, call):
    assert client.get("/api/v1/openapi.json").status_code == 401
    assert call("chief", "get", "/openapi.json").json()["info"]["title"] == "Prytany"


def test_create_and_issue_in_one_call(world, call):
    body = {
        "content": "Lập danh mục",
        "lead": str(world.home.uid),
        "due_on": "2099-12-15",
        "addressees": [str(world.mau_son.uid)],
        "issue": True,
    }
    response = call("chief", "post", "/tasks", body)
    assert (response.status_code, response.json()["state"]) == (201, "issued")
    assert Obligation.objects.filter(state="issued").count() == 2


def test_what_is_not_clear_is_409_and_nothing_is_written(world, call):
    response = call("chief", "post", "/tasks", {"content": "Lập danh mục", "issue": True})
    assert (response.status_code, response.json()["code"]) == (409, "not_clear")
    assert not Task.objects.exists()


def test_specialist_may_draft_and_not_assign(world, call):
    body = {"content": "Lập danh mục", "lead": str(world.home.uid), "due_on": "2099-12-15"}
    draft = call("specialist", "post", "/tasks", body)
    assert draft.status_code == 201
    assert call("specialist", "post", f"/tasks/{draft.json()['uid']}/issue").status_code == 403


def test_rows_out_of_sight_are_404_and_not_listed(world, call):
    task = issued(world)
    theirs = part_of(task, world.khanh_khe)
    assert call("mau_son_focal", "get", f"/parts/{theirs.uid}").status_code == 404
    assert [row["owner"]["name"] for row in call("mau_son_focal", "get", "/parts").json()["items"]] == ["Xã Mẫu Sơn"]
    assert call("stranger", "get", "/tasks").json() == {"items": [], "next": None}


def test_a_unit_of_another_root_cannot_be_named(world, call):
    body = {"content": "X", "lead": str(world.elsewhere.uid)}
    assert call("chief", "post", "/tasks", body).status_code == 404


def test_pages_follow_each_other_without_gap_or_repeat(world, call):
    for number in range(5):
        issued(world, content=f"Việc {number}", due_on=DUE + datetime.timedelta(days=number % 2))
    seen, cursor = [], None
    while True:
        page = call("chief", "get", f"/tasks?size=2{f'&after={cursor}' if cursor else ''}").json()
        seen += [row["uid"] for row in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert (len(seen), len(set(seen))) == (5, 5)


def test_answer_and_confirmation_by_different_people(world, call):
    part = part_of(issued(world), world.mau_son)
    assert (
        call("mau_son_focal", "post", f"/parts/{part.uid}/answer", {"choice": "done", "text": "Xong"}).status_code
        == 200
    )
    assert call("mau_son_focal", "post", f"/parts/{part.uid}/verify").status_code == 403
    assert call("specialist", "post", f"/parts/{part.uid}/verify").json()["state"] == "verified"


def test_damaged_cursor_and_bad_values_are_problems(world, call):
    assert call("chief", "get", "/tasks?after=%21%21").json()["code"] == "bad_cursor"
    assert call("chief", "get", "/tasks?size=1000").status_code == 422
    assert call("chief", "get", "/tasks/not-a-uid").status_code == 404


def test_overview_is_the_same_as_on_the_page(world, call):
    issued(world)
    body = call("leader", "get", "/overview").json()
    assert (body["total"], body["within"]) == (3, 3)


@pytest.fixture
def send_file(client, key_of):
    """Return a function that sends a file ahead as a post."""

    def send(post, name, content):
        headers = {"Authorization": f"Bearer {key_of(post)}"}
        return client.post("/api/v1/files", {"file": SimpleUploadedFile(name, content)}, headers=headers)

    return send


def test_evidence_is_sent_ahead_named_in_the_answer_and_read_by_who_sees_it(world, call, send_file):
    part = part_of(issued(world), world.mau_son)
    sent = send_file("mau_son_focal", "báo cáo.txt", "Đã xong".encode())
    assert (sent.status_code, sent.json()["name"], sent.json()["kind"]) == (201, "báo cáo.txt", "txt")
    uid = sent.json()["uid"]
    assert call("chief", "get", f"/files/{uid}").status_code == 404
    answer = {"choice": "done", "text": "", "files": [uid]}
    assert call("mau_son_focal", "post", f"/parts/{part.uid}/answer", answer).json()["state"] == "submitted"
    last = call("chief", "get", f"/parts/{part.uid}/words").json()["items"][0]
    assert (last["kind"], [file["uid"] for file in last["files"]]) == ("submitted", [uid])
    bytes_ = call("chief", "get", f"/files/{uid}")
    assert (b"".join(bytes_.streaming_content).decode(), bytes_["X-Content-Type-Options"]) == ("Đã xong", "nosniff")
    assert bytes_["Content-Disposition"].startswith("attachment")
    assert call("khanh_khe_focal", "get", f"/files/{uid}").status_code == 404
    assert call("khanh_khe_focal", "get", f"/parts/{part.uid}/words").status_code == 404
    assert call("mau_son_focal", "delete", f"/files/{uid}").status_code == 403
    assert call("mau_son_focal", "post", f"/parts/{part.uid}/answer", answer).status_code == 404


def test_hostile_files_are_refused_and_nothing_is_kept(world, send_file, settings):
    settings.UPLOAD_MAX_BYTES = 1000
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 300_000_000)
    refused = {
        "disguised.pdf": b"MZ\x90\x00 program",
        "empty.txt": b"",
        "large.txt": b"a" * 1001,
    }
    codes = {name: send_file("chief", name, content) for name, content in refused.items()}
    settings.UPLOAD_MAX_BYTES = 10_000_000
    codes["bomb.docx"] = send_file("chief", "bomb.docx", bomb.getvalue())
    assert {name: response.status_code for name, response in codes.items() if response.status_code != 409} == {}
    assert all(response["Content-Type"] == "application/problem+json" for response in codes.values())
    assert not StoredFile.objects.exists()


def test_somebody_elses_waiting_file_cannot_be_named(world, call, send_file):
    part = part_of(issued(world), world.mau_son)
    uid = send_file("chief", "a.txt", b"a").json()["uid"]
    answer = {"choice": "done", "text": "Xong", "files": [uid]}
    assert call("mau_son_focal", "post", f"/parts/{part.uid}/answer", answer).status_code == 404
    assert call("mau_son_focal", "delete", f"/files/{uid}").status_code == 404
    assert call("chief", "delete", f"/files/{uid}").status_code == 204
    assert not StoredFile.objects.exists()


def test_remarks_are_said_and_read_as_far_as_they_were_said_to(world, call, send_file):
    task = issued(world)
    uid = send_file("mau_son_focal", "a.txt", b"a").json()["uid"]
    path = f"/tasks/{task.uid}/remarks"
    said = call("mau_son_focal", "post", path, {"text": "Xin hỏi", "files": [uid]})
    assert (said.status_code, said.json()["unit"], said.json()["files"][0]["uid"]) == (201, "Xã Mẫu Sơn", uid)
    assert call("mau_son_focal", "post", path, {"text": "Nội bộ", "audience": "unit"}).status_code == 201
    assert call("inspector", "post", path, {"text": "Tôi"}).status_code == 403
    assert call("stranger", "get", path).status_code == 404

    def texts(post):
        return [row["text"] for row in call(post, "get", path).json()["items"]]

    assert (texts("mau_son_focal"), texts("chief")) == (["Nội bộ", "Xin hỏi"], ["Xin hỏi"])
    page = call("mau_son_focal", "get", f"{path}?size=1").json()
    assert [row["text"] for row in call("mau_son_focal", "get", f"{path}?after={page['next']}").json()["items"]] == [
        "Xin hỏi"
    ]


@pytest.fixture
def kept_connection():
    """Keep the test's connection open where whole requests end, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.usefixtures("kept_connection")
@pytest.mark.parametrize("post", ["chief", "mau_son_focal"])
def test_fuzzed_calls_keep_to_the_schema(world, key_of, post):
    issued(world)
    schema = schemathesis.openapi.from_dict(openapi_document())
    schema.app = application
    # What calls the application here does not unpack answers.
    headers = {"Authorization": f"Bearer {key_of(post)}", "Accept-Encoding": "identity"}

    for found in schema.get_all_operations():
        operation = found.ok()
        # Files come in their own made-up calls below: what calls the application here sends them as plain fields.
        if "multipart/form-data" not in operation.get_request_payload_content_types():
            fuzz(operation, headers)


@pytest.mark.slow
def test_made_up_files_are_taken_or_refused_as_the_schema_says(world, client, key_of):
    headers = {"Authorization": f"Bearer {key_of('chief')}"}
    starts = st.sampled_from([b"", b"%PDF-1.7", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"MZ", b"<html>"])
    names = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(lambda name: f"{name}.pdf")

    @settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(start=starts, content=st.binary(max_size=200), name=names | st.sampled_from(["a.txt", "../b.docx", "c.svg"]))
    def run(start, content, name):
        file = SimpleUploadedFile("x", start + content)
        file.name = name
        answer = client.post("/api/v1/files", {"file": file}, headers=headers)
        assert answer.status_code in {201, 409, 422}
        (FileOut if answer.status_code == 201 else Problem).model_validate(answer.json())

    run()


def fuzz(operation, headers):
    """Send made-up calls of one operation and hold each answer against the schema."""

    @settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def run(case):
        response = case.call(headers=headers)
        case.validate_response(response, excluded_checks=[ignored_auth])

    run()

"""The REST API keeps the same rules as the pages, and never answers with anything but JSON of its schema."""

import datetime
import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import ignored_auth

from prytany.accounts.services.api_tokens import create_token
from prytany.config.api import openapi_document
from prytany.config.wsgi import application
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

    for operation in schema.get_all_operations():
        fuzz(operation.ok(), headers)


def fuzz(operation, headers):
    """Send made-up calls of one operation and hold each answer against the schema."""

    @settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def run(case):
        response = case.call(headers=headers)
        case.validate_response(response, excluded_checks=[ignored_auth])

    run()

"""Form tokens, drafts, preferences."""

import datetime
import threading
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prytany.accounts import drafts, preferences
from prytany.accounts.models import Draft, FormToken, Preference
from prytany.accounts.tokens import forget_tokens, keep_result, once
from prytany.core.errors import DomainError
from prytany.organisation.models import PostTitle

pytestmark = pytest.mark.django_db


def act(scope, token, post, result):
    """Do something once: add a title; return (whether it was done, the result)."""
    with once(scope, token) as earlier:
        if earlier is not None:
            return False, earlier
        PostTitle.objects.create(post=post, language=result, title=result)
        keep_result(scope, token, result)
        return True, result


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(submits=st.lists(st.tuples(st.sampled_from(["chief", "deputy"]), st.sampled_from("abc")), max_size=12))
def test_once_gives_every_later_submit_the_first_result_of_that_person(world, submits):
    FormToken.objects.all().delete()
    PostTitle.objects.all().delete()
    expected = {}
    for number, (name, token) in enumerate(submits):
        done, result = act(world.scope(name), token, world.posts["chief"].post, str(number))
        assert done is ((name, token) not in expected)
        assert result == expected.setdefault((name, token), str(number))
    assert PostTitle.objects.count() == len(expected)


def test_once_leaves_nothing_where_the_act_failed(world):
    scope = world.scope("chief")

    def fail():
        with once(scope, "t"):
            PostTitle.objects.create(post=world.posts["chief"].post, language="en", title="x")
            raise DomainError("no", "No.")

    with pytest.raises(DomainError):
        fail()
    assert not PostTitle.objects.exists()
    assert act(scope, "t", world.posts["chief"].post, "vi") == (True, "vi")


def test_once_counts_a_form_without_token_every_time(world):
    scope = world.scope("chief")
    post = world.posts["chief"].post
    assert [act(scope, "", post, code)[0] for code in ("vi", "en")] == [True, True]


def test_forget_tokens_removes_old_ones(world):
    scope = world.scope("chief")
    for token in ("old", "new"):
        act(scope, token, world.posts["chief"].post, token)
    FormToken.objects.filter(token="old").update(used_at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
    assert forget_tokens() == 1
    assert list(FormToken.objects.values_list("token", flat=True)) == ["new"]


@pytest.mark.django_db(transaction=True)
def test_two_submits_at_once_do_it_once():
    if connection.vendor != "postgresql":
        pytest.skip("needs two connections that can wait for each other")
    from prytany.accounts.tests.world import make_world

    world = make_world()
    scope, post = world.scope("chief"), world.posts["chief"].post
    barrier, results = threading.Barrier(2), []

    def submit(code):
        try:
            barrier.wait()
            results.append(act(scope, "t", post, code))
        finally:
            connection.close()

    threads = [threading.Thread(target=submit, args=(code,)) for code in ("vi", "en")]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sorted(done for done, _ in results) == [False, True]
    assert len({result for _, result in results}) == 1
    assert PostTitle.objects.count() == 1


def test_draft_is_kept_per_person_and_form(world):
    scope = world.scope("chief")
    drafts.save(scope, "work.answer:7", {"text": "Đã\0 làm", "password1": "x", "form_token": "t", "empty": ""})
    drafts.save(world.scope("deputy"), "work.answer:7", {"text": "Khác"})
    assert drafts.load(scope, "work.answer:7").data == {"text": "Đã làm", "empty": ""}
    assert drafts.load(scope, "work.answer:8") is None
    drafts.drop(scope, "work.answer:7")
    assert list(Draft.objects.values_list("person__user__username", flat=True)) == ["deputy"]


def test_empty_form_drops_its_draft(world):
    scope = world.scope("chief")
    drafts.save(scope, "work.task", {"text": "Đã làm"})
    assert drafts.save(scope, "work.task", {"text": "", "more": []}) is None
    assert drafts.load(scope, "work.task") is None


@pytest.mark.parametrize("data", [{"level": "10"}, {"doc-level": "20"}, {"level": ["0", "30"]}, {"level": 10}])
def test_draft_of_a_classified_form_is_refused_and_the_earlier_one_dropped(world, data):
    scope = world.scope("clerk")
    drafts.save(scope, "documents.register", {"summary": "Chưa mật", "level": "1"})
    with pytest.raises(DomainError, match="draft_classified"):
        drafts.save(scope, "documents.register", {"summary": "Mật", **data})
    assert not Draft.objects.exists()


def test_draft_guard_of_an_app_is_asked_when_saving_and_when_loading(world, monkeypatch):
    monkeypatch.setattr(drafts, "_guards", {})
    secret = uuid4()
    classified = set()
    drafts.draft_guard("work.task")(lambda scope, key, data: key.endswith(tuple(classified)) if classified else False)
    scope = world.scope("chief")
    drafts.save(scope, f"work.task:{secret}", {"text": "x"})
    drafts.save(scope, "work.other", {"text": "y"})
    classified.add(str(secret))
    assert drafts.load(scope, f"work.task:{secret}") is None
    with pytest.raises(DomainError, match="draft_classified"):
        drafts.save(scope, f"work.task:{secret}", {"text": "x"})
    assert list(Draft.objects.values_list("form", flat=True)) == ["work.other"]


@pytest.mark.parametrize("key", ["", "Work", "a b", "x:y:z:w", "../x", "a" * 300])
def test_draft_refuses_other_keys(world, key):
    with pytest.raises(DomainError, match="draft_key"):
        drafts.save(world.scope("chief"), key, {"text": "x"})


def test_draft_refuses_what_is_far_too_long_and_keeps_the_newest_hundred(world, monkeypatch):
    scope = world.scope("chief")
    with pytest.raises(DomainError, match="draft_too_long"):
        drafts.save(scope, "work.task", {"text": "x" * 200_001})
    monkeypatch.setattr(drafts, "MOST_PER_PERSON", 3)
    for number in range(5):
        drafts.save(scope, f"work.task:{number}", {"text": "x"})
    assert set(Draft.objects.values_list("form", flat=True)) == {"work.task:2", "work.task:3", "work.task:4"}


def test_forget_drafts_removes_old_ones(world):
    drafts.save(world.scope("chief"), "work.task", {"text": "x"})
    Draft.objects.update(saved_at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
    assert drafts.forget_drafts() == 1


def test_preference_has_a_default_and_takes_only_what_passes_its_check(world):
    scope = world.scope("chief")
    assert preferences.get(scope, "shortcuts") is True
    preferences.put(scope, "shortcuts", False)
    preferences.put(scope, "phrases", ["Đồng ý"])
    assert preferences.get_many(scope.person_id, ["shortcuts", "phrases"]) == {
        "shortcuts": False,
        "phrases": ["Đồng ý"],
    }
    assert preferences.get(world.scope("deputy"), "shortcuts") is True
    with pytest.raises(ValueError, match="shortcuts"):
        preferences.put(scope, "shortcuts", "yes")
    Preference.objects.filter(key="shortcuts").update(value="broken")
    assert preferences.get(scope, "shortcuts") is True
    with pytest.raises(KeyError):
        preferences.get(scope, "unheard_of")


def test_default_of_a_preference_cannot_be_changed_by_who_reads_it(world):
    preferences.get(world.scope("chief"), "phrases").append("x")
    assert preferences.get(world.scope("chief"), "phrases") == []

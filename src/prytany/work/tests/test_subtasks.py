"""A unit's sub-tasks: seen and worked on inside it, unseen from above, in no figure of others or its own."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from prytany.core import clock
from prytany.organisation import closure
from prytany.organisation.tests.factories import AppointmentFactory, make_unit
from prytany.search.finding import find
from prytany.work import counts, lists
from prytany.work.models import Obligation, Task
from prytany.work.services import drafting, issuing
from prytany.work.services.drafting import Row
from prytany.work.tests.test_loop import issued

DUE = datetime.date(2099, 12, 15)
ABOVE = ("leader", "chief", "deputy", "specialist", "inspector", "auditor")
BESIDE = ("works_head", "mau_son_head", "mau_son_focal", "stranger")


@pytest.fixture
def below(world):
    """A section of Sở Nội vụ with a specialist."""
    section = make_unit("Phòng Cải cách", under=world.home, kind="section", level="province")
    closure.rebuild()
    world.units["reform"] = section
    world.posts["reformer"] = AppointmentFactory(post__unit=section, post__role="unit_head", post__title="Trưởng phòng")
    return section


@pytest.fixture
def subtask(world, below):
    """A sub-task that Sở Nội vụ gives its section under a task of the office."""
    parent = issued(world)
    row = Row(content="Đếm hồ sơ kho lưu trữ phụ", lead=below, due_on=DUE)
    scope = world.scope("home_head")
    return issuing.draft_and_issue(scope=scope, unit=world.home, row=row, issue=True, parent=parent)


def test_subtask_is_seen_inside_the_unit_and_by_the_section_that_owes_it(world, subtask):
    for name in ("home_head", "reformer"):
        scope = world.scope(name)
        assert Task.objects.visible_to(scope).filter(pk=subtask.pk).exists(), name
        assert Obligation.objects.visible_to(scope).filter(task=subtask).count() == 1, name
        assert [hit.card.title for hit in find(scope, "kho lưu trữ phụ").hits] == [subtask.content], name


@pytest.mark.parametrize("name", [*ABOVE, *BESIDE])
def test_subtask_is_unseen_above_and_beside_in_every_way(world, subtask, name):
    scope = world.scope(name)
    assert not Task.objects.visible_to(scope).filter(pk=subtask.pk).exists()
    assert not Obligation.objects.visible_to(scope).filter(task=subtask).exists()
    assert not lists.VIEWS["all"].rows(scope).filter(task=subtask).exists()
    assert find(scope, "kho lưu trữ phụ").counts == []


def test_draft_of_a_subtask_is_unseen_above_too(world, below):
    parent = issued(world)
    row = Row(content="Dự thảo", lead=below, due_on=DUE)
    task = drafting.draft_task(scope=world.scope("home_head"), unit=world.home, row=row, parent=parent)
    assert Task.objects.visible_to(world.scope("home_head")).filter(pk=task.pk).exists()
    assert not Task.objects.visible_to(world.scope("chief")).filter(pk=task.pk).exists()
    assert not Obligation.objects.visible_drafts(world.scope("chief")).filter(task=task).exists()


def test_subtask_stands_in_no_figure(world, subtask):
    for name in ("chief", "home_head"):
        scope = world.scope(name)
        whole = Obligation.objects.visible_to(scope).outward().counted().count()
        assert counts.facts(scope).total().total == whole
        assert lists.VIEWS["parts"].rows(scope).filter(task=subtask).count() == 0
        with clock.at(clock.now() + datetime.timedelta(days=2)):
            past = world.scope(name)
            assert counts.facts(past, as_of=scope.today).total().total == whole


def test_task_page_lists_subtasks_to_the_unit_alone(client_of, subtask):
    address = f"/tasks/{subtask.parent.uid}/"
    assert "Đếm hồ sơ kho lưu trữ phụ" in client_of("home_head").get(address).content.decode()
    assert "Đếm hồ sơ kho lưu trữ phụ" not in client_of("chief").get(address).content.decode()


def test_subtask_is_offered_to_those_who_may_draft_in_their_unit(client_of, subtask):
    offered = f"?parent={subtask.parent.uid}"
    assert offered in client_of("home_head").get(f"/tasks/{subtask.parent.uid}/").content.decode()
    assert offered not in client_of("mau_son_focal").get(f"/tasks/{subtask.parent.uid}/").content.decode()


def test_subtask_is_refused_where_the_own_unit_holds_no_part(world, client_of, below):
    others = issued(world)
    assert not Obligation.objects.filter(task=others, holder=world.office).exists()
    client = client_of("chief")
    assert Task.objects.visible_to(world.scope("chief")).filter(pk=others.pk).exists()
    assert f"?parent={others.uid}" not in client.get(f"/tasks/{others.uid}/").content.decode()
    address = f"/tasks/new/?parent={others.uid}"
    assert client.get(address).status_code == 403
    assert client.post(address, {"content": "Trong văn phòng"}).status_code == 403
    assert client.get("/tasks/new/?parent=x").status_code == 404
    row = Row(content="Đếm", lead=below, due_on=DUE)
    with pytest.raises(PermissionDenied):
        drafting.draft_task(scope=world.scope("chief"), unit=world.office, row=row, parent=others)


def test_who_sees_a_draft_is_not_promised_beyond_what_holds(world, client_of, below):
    parent = issued(world)
    inside = client_of("home_head").post(
        f"/tasks/new/?parent={parent.uid}", {"content": "Trong sở", "kind": "execute"}, follow=True
    )
    assert "Nobody outside your office sees it yet." in inside.content.decode()
    assert not Task.objects.visible_to(world.scope("chief")).filter(content="Trong sở").exists()
    outside = client_of("home_head").post("/tasks/new/", {"content": "Của sở", "kind": "execute"}, follow=True)
    assert "The draft has been saved." in outside.content.decode()
    assert "Nobody outside your office sees it yet." not in outside.content.decode()

"""Checking answers: what is left out and why, asking many for more, and taking a check back at once."""

import datetime

import pytest
from django.urls import reverse

from prytany.core import clock
from prytany.core.errors import DomainError
from prytany.notifications.models import Notice
from prytany.work.history import rebuilt
from prytany.work.models import Obligation, ObligationEvent, Task
from prytany.work.services import answering, checking, undoing
from prytany.work.tests.test_loop import issued, part_of

KEPT = ("state", "answer", "submitted_on", "completed_on", "waiting_since", "last_word", "is_blocked", "due_on")


def answered(world, **fields):
    """Return the parts of a task that two communes and its lead have answered."""
    task = issued(world, **fields)
    holders = {"mau_son_focal": world.mau_son, "khanh_khe_focal": world.khanh_khe, "home_head": world.home}
    with clock.at(clock.now()):
        for name, unit in holders.items():
            answering.submit_answer(scope=world.scope(name), obligation=part_of(task, unit), text=f"Xong, {name}")
    return task


def kept(task):
    return list(task.obligations.order_by("pk").values_list(*KEPT))


@pytest.mark.parametrize("check", ["verify", "send_back"])
def test_check_taken_back_leaves_everything_as_it_was_but_the_history(world, check):
    task = answered(world)
    before, scope = kept(task), world.scope("chief")
    extra = {"reason": "Thiếu danh mục."} if check == "send_back" else {}
    outcome = getattr(checking, check)(scope=scope, parts=task.obligations.all(), **extra)
    assert kept(task) != before
    undone = undoing.undo_check(scope=scope, act=outcome.act)
    assert (len(undone.done), undone.left) == (3, [])
    assert kept(task) == before
    assert Task.objects.get(pk=task.pk).state == "issued"
    for part in task.obligations.all():
        assert rebuilt(part) == {name: getattr(part, name) for name in rebuilt(part)}
    assert ObligationEvent.objects.filter(kind="corrected", supersedes__act=outcome.act).count() == 3
    assert not Notice.objects.filter(act=outcome.act).exists()


def test_confirmed_result_sent_back_by_mistake_is_confirmed_again(world):
    task = answered(world)
    scope = world.scope("chief")
    checking.verify(scope=scope, parts=task.obligations.all())
    before = kept(task)
    outcome = checking.send_back(scope=scope, parts=task.obligations.all(), reason="Nhầm")
    assert Task.objects.get(pk=task.pk).state == "issued"
    undoing.undo_check(scope=scope, act=outcome.act)
    assert kept(task) == before
    assert Task.objects.get(pk=task.pk).state == "closed"


def test_part_that_has_moved_on_stays(world):
    task = answered(world)
    scope = world.scope("chief")
    outcome = checking.send_back(scope=scope, parts=task.obligations.all(), reason="Thiếu")
    answering.submit_answer(
        scope=world.scope("mau_son_focal"), obligation=part_of(task, world.mau_son), text="Đã bổ sung"
    )
    undone = undoing.undo_check(scope=scope, act=outcome.act)
    assert len(undone.done) == 2
    assert [row.owner_id for row, _reason in undone.left] == [world.mau_son.pk]
    assert part_of(task, world.mau_son).last_word == "Đã bổ sung"


def test_nobody_takes_back_the_check_of_another(world):
    task = answered(world)
    outcome = checking.verify(scope=world.scope("chief"), parts=task.obligations.all())
    assert undoing.undo_check(scope=world.scope("deputy"), act=outcome.act).done == []
    assert set(task.obligations.values_list("state", flat=True)) == {"verified"}


def test_day_to_answer_again_is_told_and_moves_no_due_date(world, client_of):
    task = answered(world)
    part = part_of(task, world.mau_son)
    day = clock.today() + datetime.timedelta(days=5)
    checking.send_back(scope=world.scope("chief"), parts=[part], reason="Thiếu danh mục.", again_by=day)
    due = part.due_on
    part.refresh_from_db()
    assert (part.due_on, part.events.get(kind="sent_back").again_by) == (due, day)
    page = client_of("mau_son_focal").get(reverse("work:answer", args=[part.uid])).content.decode()
    assert f"To be sent again by {day:%d/%m/%Y}" in page
    page = client_of("chief").get(reverse("work:part", args=[part.uid])).content.decode()
    assert f"to be sent again by {day:%d/%m/%Y}" in page


def test_day_to_answer_again_lies_ahead(world):
    task = answered(world)
    yesterday = clock.today() - datetime.timedelta(days=1)
    with pytest.raises(DomainError, match="past"):
        checking.send_back(scope=world.scope("chief"), parts=task.obligations.all(), reason="Thiếu", again_by=yesterday)


def test_page_names_what_it_leaves_out_and_undoes_from_its_bar_only(world, client_of):
    task = answered(world)
    part = part_of(task, world.mau_son)
    answering.take_back_answer(scope=world.scope("mau_son_focal"), obligation=part)
    answering.submit_answer(scope=world.scope("mau_son_focal"), obligation=part, answer="nothing", text="Không có")
    client = client_of("specialist")
    page = client.get(reverse("work:check", args=[task.uid])).content.decode()
    assert "Selected 1 of 3." in page
    assert "Left out 2: without evidence 2" in page
    assert page.index('data-odd="evidence"') < page.index(str(part.uid))
    rows = [str(uid) for uid in task.obligations.exclude(pk=part.pk).values_list("uid", flat=True)]
    fields = {"row": rows, "task": str(task.uid), "reason": "Thiếu danh mục.", "again": "+7"}
    page = client.post(reverse("work:send_back"), fields, follow=True).content.decode()
    assert Obligation.objects.filter(state="more_needed").count() == 2
    act = str(ObligationEvent.objects.filter(kind="sent_back").first().act)
    client.post(reverse("work:undo_check"), {"act": act, "task": str(task.uid)})
    assert Obligation.objects.filter(state="more_needed").count() == 2
    token = page.split('name="undo" value="')[1].split('"')[0]
    client.post(reverse("work:undo_check"), {"act": act, "task": str(task.uid), "undo": token})
    assert Obligation.objects.filter(state="submitted").count() == 3

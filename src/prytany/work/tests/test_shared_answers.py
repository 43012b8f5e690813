"""Who reads the answers of other units on one task: the lead, who consolidates; others once the assigner lets them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from prytany.files.models import StoredFile
from prytany.files.services import store
from prytany.work.models import Obligation
from prytany.work.services import answering, exchange, issuing
from prytany.work.tests.test_loop import issued, part_of

WORD = "Đã đếm xong 310 hồ sơ"


@pytest.fixture
def answered(world):
    """A task led by Sở Nội vụ that Xã Mẫu Sơn has answered with a file."""
    task = issued(world)
    part, scope = part_of(task, world.mau_son), world.scope("mau_son_focal")
    file = store(scope, SimpleUploadedFile("ds.txt", b"310"), root_id=task.root_id, level=task.level)
    answering.submit_answer(scope=scope, obligation=part, text=WORD, files=[file])
    return task


def reads(client, task, unit):
    """Return whether the person signed in reads what `unit` answered: on the task, on the part, in the file."""
    part = part_of(task, unit)
    file = StoredFile.objects.get(holder_uid=part.uid)
    pages = [client.get(f"/tasks/{task.uid}/"), client.get(f"/parts/{part.uid}/")]
    found = {WORD in page.content.decode() for page in pages}
    found.add(client.get(f"/files/{file.uid}/").status_code == 200)
    assert len(found) == 1
    if found == {True}:
        assert all(f"/files/{file.uid}/" in page.content.decode() for page in pages[1:])
    return found.pop()


def test_lead_reads_what_the_others_answer(client_of, world, answered):
    assert reads(client_of("home_head"), answered, world.mau_son)


def test_units_of_a_fan_out_read_each_other_once_the_assigner_opens_the_answers(client_of, world, answered):
    assert not reads(client_of("khanh_khe_focal"), answered, world.mau_son)
    exchange.share_answers(scope=world.scope("chief"), task=answered, on=True)
    assert reads(client_of("khanh_khe_focal"), answered, world.mau_son)
    exchange.share_answers(scope=world.scope("chief"), task=answered, on=False)
    assert not reads(client_of("khanh_khe_focal"), answered, world.mau_son)


def test_open_answers_are_for_those_who_take_part(client_of, world, answered):
    exchange.share_answers(scope=world.scope("chief"), task=answered, on=True)
    part = part_of(answered, world.mau_son)
    for name in ("ky_lua_focal", "works_head", "stranger"):
        assert client_of(name).get(f"/parts/{part.uid}/").status_code == 404, name
    issuing.recall_parts(scope=world.scope("chief"), parts=[part_of(answered, world.khanh_khe)])
    assert client_of("khanh_khe_focal").get(f"/parts/{part.uid}/").status_code == 404


def test_answers_of_others_stand_in_no_list_and_give_no_right(world, answered):
    exchange.share_answers(scope=world.scope("chief"), task=answered, on=True)
    part = part_of(answered, world.mau_son)
    for name in ("home_head", "khanh_khe_focal"):
        scope = world.scope(name)
        assert not Obligation.objects.visible_to(scope).filter(pk=part.pk).exists()
        with pytest.raises(PermissionDenied):
            answering.take_back_answer(scope=scope, obligation=part)

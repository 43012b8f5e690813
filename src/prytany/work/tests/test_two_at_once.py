"""Forms of work sent twice, and two people at one form: done once, nothing lost, nothing written over unseen."""

import pytest
from django.urls import reverse

from prytany.work.models import EventKind, Extension, ObligationEvent
from prytany.work.services import answering, deciding, drafting
from prytany.work.services.drafting import Row
from prytany.work.tests.test_loop import issued, part_of

STALE = "Something changed here since you opened the form. Your text is kept; look again."


@pytest.fixture
def part(world):
    return part_of(issued(world), world.mau_son)


@pytest.fixture
def obstacle(world, part):
    return answering.raise_obstacle(scope=world.scope("mau_son_focal"), obligation=part, cause="Hỏng máy quét")


def hidden(page, name):
    """Return the value of a hidden field of a page."""
    return page.split(f'name="{name}" value="', 1)[1].split('"', 1)[0]


def events(part, kind):
    return ObligationEvent.objects.filter(obligation=part, kind=kind).count()


def test_an_answer_from_a_stale_form_shows_both_and_may_be_sent_again(world, client_of, part):
    client, url = client_of("mau_son_focal"), reverse("work:answer", args=[part.uid])
    seen = hidden(client.get(url).content.decode(), "version")
    answering.report_progress(scope=world.scope("mau_son_focal"), obligation=part, text="Người kia đã quét")
    for choice in ("obstacle", "done"):
        page = client.post(url, {"choice": choice, "text": "Tôi thiếu máy", "version": seen})
        assert page.status_code == 422
        text = page.content.decode()
        assert STALE in text
        assert "Người kia đã quét" in text
        assert "Tôi thiếu máy" in text
    assert not part.obstacles.exists()
    sent = {"choice": "obstacle", "text": "Tôi thiếu máy", "version": hidden(text, "version")}
    assert client.post(url, sent).status_code == 302
    assert part.obstacles.get().cause == "Tôi thiếu máy"


def test_an_obstacle_answered_by_another_meanwhile_shows_both(world, client_of, part, obstacle):
    client, url = client_of("chief"), reverse("work:obstacle", args=[obstacle.uid])
    name = f"o{obstacle.pk}"
    seen = hidden(client.get(reverse("work:part", args=[part.uid])).content.decode(), f"{name}-version")
    deciding.answer_obstacle(scope=world.scope("deputy"), obstacle=obstacle, answer="Mượn máy văn phòng")
    sent = {f"{name}-answer": "Mua máy khác", f"{name}-version": seen}
    page = client.post(url, sent)
    assert page.status_code == 422
    text = page.content.decode()
    assert STALE in text
    assert "Mượn máy văn phòng" in text
    assert "Mua máy khác" in text
    obstacle.refresh_from_db()
    assert obstacle.answer == "Mượn máy văn phòng"
    assert client.post(url, sent | {f"{name}-version": hidden(text, f"{name}-version")}).status_code == 302
    obstacle.refresh_from_db()
    assert obstacle.answer == "Mua máy khác"


def test_an_obstacle_removed_meanwhile_keeps_what_was_typed(world, client_of, obstacle):
    deciding.close_obstacle(scope=world.scope("deputy"), obstacle=obstacle)
    url, name = reverse("work:obstacle", args=[obstacle.uid]), f"o{obstacle.pk}"
    page = client_of("chief").post(url, {f"{name}-answer": "Mua máy khác"})
    assert page.status_code == 422
    assert "This obstacle is removed already." in page.content.decode()
    assert "Mua máy khác" in page.content.decode()


def test_an_obstacle_is_answered_once_for_a_form_sent_twice(client_of, part, obstacle):
    url, name = reverse("work:obstacle", args=[obstacle.uid]), f"o{obstacle.pk}"
    sent = {f"{name}-answer": "Mua máy khác", f"{name}-version": "0", f"{name}-form_token": "t"}
    for _twice in range(2):
        assert client_of("chief").post(url, sent).status_code == 302
    assert events(part, EventKind.OBSTACLE_ANSWERED) == 1


def test_more_time_is_asked_and_decided_once_for_a_form_sent_twice(client_of, part):
    ask = {"due": "31/12/2099", "reason": "Mưa lũ", "form_token": "t"}
    for _twice in range(2):
        assert client_of("mau_son_focal").post(reverse("work:ask_extension", args=[part.uid]), ask).status_code == 302
    extension = Extension.objects.get()
    grant = {"due": "31/12/2099", "grant": "1", "form_token": "t"}
    for _twice in range(2):
        address = client_of("chief").post(reverse("work:extension", args=[extension.uid]), grant)
        assert address.status_code == 302
    part.refresh_from_db()
    assert part.extended_times == 1


def test_an_extension_decided_by_another_meanwhile_shows_both_and_loses_no_word(world, client_of, part):
    ask = {"due": "31/12/2099", "reason": "Mưa lũ", "form_token": "t"}
    client_of("mau_son_focal").post(reverse("work:ask_extension", args=[part.uid]), ask)
    extension = Extension.objects.get()
    deciding.decide_extension(scope=world.scope("deputy"), extension=extension, grant=False, text="Đã hết hạn cho phép")
    url = reverse("work:extension", args=[extension.uid])
    page = client_of("chief").post(url, {"due": "30/12/2099", "text": "Cho thêm một tuần", "grant": "1"})
    assert page.status_code == 422
    text = page.content.decode()
    assert [words for words in ("Đã hết hạn cho phép", "Cho thêm một tuần", "30/12/2099") if words not in text] == []
    said = {"text": "Cho thêm một tuần", "audience": "task", "form_token": hidden(text, "form_token")}
    assert client_of("chief").post(reverse("work:remark", args=[part.task.uid]), said).status_code == 302
    assert part.task.remarks.get().text == "Cho thêm một tuần"
    extension.refresh_from_db()
    assert extension.decision == Extension.Decision.REFUSED


def test_an_extension_to_a_day_in_the_past_comes_back_with_the_words(client_of, part):
    ask = {"due": "31/12/2099", "reason": "Mưa lũ", "form_token": "t"}
    client_of("mau_son_focal").post(reverse("work:ask_extension", args=[part.uid]), ask)
    extension = Extension.objects.get()
    url = reverse("work:extension", args=[extension.uid])
    page = client_of("chief").post(url, {"due": "1/1/2020", "text": "Cho thêm", "grant": "1"})
    assert page.status_code == 422
    assert "Cho thêm" in page.content.decode()
    sent = {"due": "30/12/2099", "text": "Cho thêm", "grant": "1"}
    assert client_of("chief").post(url, sent).status_code == 302
    extension.refresh_from_db()
    assert extension.decision == Extension.Decision.GRANTED


def test_a_draft_changed_by_another_meanwhile_shows_every_field_that_differs(world, client_of):
    task = drafting.draft_task(
        scope=world.scope("specialist"), unit=world.office, row=Row(content="Lập danh sách", lead=world.home)
    )
    client, url = client_of("specialist"), reverse("work:edit", args=[task.uid])
    seen = hidden(client.get(url).content.decode(), "version")
    theirs = Row(content="Lập danh sách", lead=world.works, product="Danh mục", coordinating=[world.home], is_key=True)
    drafting.update_draft(scope=world.scope("deputy"), task=task, row=theirs)
    sent = {"content": "Lập danh sách", "lead": "Sở Nội vụ", "product": "Báo cáo", "kind": "execute"}
    sent |= {"version": seen, "follower": world.person("specialist").pk}
    page = client.post(url, sent)
    assert page.status_code == 422
    changes = {str(label): (str(stored), str(typed)) for label, stored, typed in page.context["changes"]}
    assert changes == {
        "Lead": ("Sở Xây dựng", "Sở Nội vụ"),
        "Coordinating": ("Sở Nội vụ", ""),
        "Expected product": ("Danh mục", "Báo cáo"),
        "Key task": ("yes", "no"),
    }
    text = page.content.decode()
    assert client.post(url, sent | {"version": hidden(text, "version")}).status_code == 302
    task.refresh_from_db()
    assert (task.product, task.is_key) == ("Báo cáo", False)


def test_a_unit_is_reminded_once_for_a_button_pressed_twice(client_of, part):
    client, url = client_of("chief"), reverse("work:remind", args=[part.uid])
    token = hidden(client.get(reverse("work:part", args=[part.uid])).content.decode(), "form_token")
    for _twice in range(2):
        assert client.post(url, {"form_token": token}).status_code == 302
    part.refresh_from_db()
    assert part.reminded_times == 1

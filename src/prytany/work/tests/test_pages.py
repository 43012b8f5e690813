"""Every page of work opens for who may see it, in few queries, whatever it shows."""

import datetime

import pytest
from django.urls import reverse

from prytany.core import clock, levels
from prytany.documents.models import Document
from prytany.documents.tests.papers import paper
from prytany.organisation import closure
from prytany.organisation import services as organisation
from prytany.organisation.models import Unit
from prytany.organisation.specs import VersionSpec, named
from prytany.organisation.tests.factories import make_unit
from prytany.work import counts
from prytany.work.models import Obligation, StandingDuty, Task
from prytany.work.services import answering, deciding, drafting, issuing
from prytany.work.tests.factories import make_task
from prytany.work.tests.test_loop import DUE, draft, issued, part_of

MOST_QUERIES = 12
# My desk gathers six kinds of things that wait, each a list of its own.
MOST_QUERIES_OF_DESK = 15


@pytest.fixture
def busy(world):
    """A world in which something waits for everybody."""
    task = issued(world)
    answering.submit_answer(scope=world.scope("mau_son_focal"), obligation=part_of(task, world.mau_son), text="Xong")
    answering.raise_obstacle(scope=world.scope("home_head"), obligation=part_of(task, world.home), cause="Hỏng máy")
    deciding.ask_extension(
        scope=world.scope("khanh_khe_focal"),
        obligation=part_of(task, world.khanh_khe),
        due_on=DUE.replace(year=2100),
        reason="Mưa",
    )
    sheet = drafting.create_sheet(scope=world.scope("specialist"), unit=world.office, title="Hai việc", stated_total=2)
    row = drafting.Row(content="Một", lead=world.home, due_on=DUE)
    drafting.draft_task(scope=world.scope("specialist"), unit=world.office, row=row, sheet=sheet)
    issuing.submit_sheet(scope=world.scope("specialist"), sheet=sheet, approver=world.posts["chief"].post)
    return world


PAGES = [
    ("chief", "work:desk", None),
    ("specialist", "work:desk", None),
    ("home_head", "work:desk", None),
    ("chief", "work:tasks", None),
    ("specialist", "work:tasks", None),
    ("mau_son_head", "work:tasks", None),
    ("leader", "work:overview", None),
    ("inspector", "work:overview", None),
    ("mau_son_focal", "work:our_unit", None),
    ("specialist", "work:sheets", None),
    ("specialist", "work:check_all", None),
    ("chief", "work:new", None),
    ("chief", "work:duties", None),
    ("chief", "work:templates", None),
]


@pytest.mark.parametrize(("post", "name", "_none"), PAGES)
def test_page_opens_within_its_queries(busy, client_of, django_assert_max_num_queries, post, name, _none):
    client = client_of(post)
    client.get(reverse(name))  # what is cached by process is read once
    with django_assert_max_num_queries(MOST_QUERIES_OF_DESK if name == "work:desk" else MOST_QUERIES):
        response = client.get(reverse(name))
    assert response.status_code == 200


@pytest.mark.parametrize("post", ["chief", "specialist", "home_head", "mau_son_focal", "leader"])
def test_task_page_opens_for_everybody_on_it(busy, client_of, post):
    task = Task.objects.get(content__startswith="Hoàn thành")
    response = client_of(post).get(reverse("work:task", args=[task.uid]))
    assert response.status_code == 200


@pytest.mark.parametrize(("post", "status"), [("works_head", 404), ("stranger", 404), ("admin", 404)])
def test_task_page_does_not_exist_for_others(busy, client_of, post, status):
    task = Task.objects.get(content__startswith="Hoàn thành")
    assert client_of(post).get(reverse("work:task", args=[task.uid])).status_code == status


def test_parts_of_other_units_are_not_on_the_page_of_one_unit(busy, client_of):
    task = Task.objects.get(content__startswith="Hoàn thành")
    page = client_of("mau_son_focal").get(reverse("work:task", args=[task.uid])).content.decode()
    assert "Xã Khánh Khê" not in page
    assert "Mưa" not in page


def test_answer_by_form_is_sent_once_however_often_the_button_is_pressed(world, client_of):
    part = part_of(issued(world), world.mau_son)
    client = client_of("mau_son_focal")
    url = reverse("work:answer", args=[part.uid])
    form = client.get(url).context["form"]
    data = {"choice": "done", "text": "Đã quét 310 hồ sơ", "form_token": form["form_token"].value()}
    part.refresh_from_db()
    for _time in range(2):
        assert client.post(url, data | {"version": part.version}).status_code == 302
    part.refresh_from_db()
    assert (part.state, part.events.filter(kind="submitted").count()) == ("submitted", 1)


def test_answer_without_words_or_file_keeps_the_choice_and_says_what_is_missing(world, client_of):
    part = part_of(issued(world), world.mau_son)
    response = client_of("mau_son_focal").post(reverse("work:answer", args=[part.uid]), {"choice": "done", "text": ""})
    assert response.status_code == 422
    assert response.context["form"].errors == {"text": ["Say in a line what was done, or attach the result."]}


def test_overview_figures_open_the_list_behind_them(busy, client_of):
    client = client_of("chief")
    six = client.get(reverse("work:overview")).context["six"]
    rows = client.get(reverse("work:tasks"), {"view": "parts", "chip": "within"}).context["page"].rows
    assert (six.total, six.counts["within"], len(rows)) == (3, 3, 3)


def test_check_page_confirms_and_sends_back(busy, client_of):
    task = Task.objects.get(content__startswith="Hoàn thành")
    part = part_of(task, busy.mau_son)
    client = client_of("specialist")
    client.post(reverse("work:confirm"), {"row": [part.uid], "task": task.uid})
    part.refresh_from_db()
    assert part.state == "verified"
    client.post(reverse("work:send_back_one", args=[part.uid]), {f"reason-{part.uid}": "Thiếu biểu", "task": task.uid})
    part.refresh_from_db()
    assert (part.state, part.last_word) == ("more_needed", "Thiếu biểu")


def test_bulk_reminder_shows_whom_it_reaches_before_it_goes(busy, client_of):
    client = client_of("specialist")
    parts = Obligation.objects.filter(state="in_progress")
    data = {"act": "remind", "row": [part.uid for part in parts]}
    preview = client.post(reverse("work:bulk"), data)
    assert (preview.status_code, preview.context["number"]) == (200, parts.count())
    assert not parts.filter(reminded_times__gt=0).exists()
    client.post(reverse("work:bulk"), data | {"go": "1"})
    assert parts.filter(reminded_times=1).count() == parts.count()


def test_issue_from_form_names_what_is_missing(world, client_of):
    response = client_of("chief").post(
        reverse("work:new"), {"content": "Lập danh mục", "kind": "execute", "act": "issue"}
    )
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"lead", "due"}


def test_form_assigns_to_every_commune_by_level(world, client_of):
    data = {
        "content": "Lập danh mục",
        "lead": "Sở Nội vụ",
        "levels": ["commune"],
        "due": "15/12/2099",
        "kind": "execute",
        "act": "issue",
    }
    client = client_of("chief")
    preview = client.post(reverse("work:new"), data)
    assert (preview.status_code, preview.context["reach"]["number"]) == (200, 3)
    names = [label.name for label in preview.context["reach"]["units"]]
    assert sorted(names) == ["Phường Kỳ Lừa", "Xã Khánh Khê", "Xã Mẫu Sơn"]
    assert not Task.objects.exists()
    response = client.post(reverse("work:new"), data | {"reach": preview.context["reach"]["mark"]})
    assert response.status_code == 302
    task = Task.objects.get(content="Lập danh mục")
    assert task.obligations.filter(role="addressee", state="issued").count() == 3


def test_form_assigns_to_all_units_below_one_and_shows_a_changed_set_again(world, client_of):
    data = {
        "content": "Lập danh mục",
        "lead": "Sở Nội vụ",
        "below": "Tỉnh ủy thử",
        "due": "15/12/2099",
        "kind": "execute",
        "act": "issue",
    }
    client = client_of("chief")
    first = client.post(reverse("work:new"), data).context["reach"]
    below = set(
        Unit.objects.within(world.root.pk, clock.today()).exclude(pk=world.root.pk).values_list("pk", flat=True)
    )
    assert first["number"] == len(below) == 7
    again = client.post(reverse("work:new"), data | {"below": "", "levels": ["commune"], "reach": first["mark"]})
    assert again.context["reach"]["number"] == 3
    assert client.post(reverse("work:new"), data | {"reach": first["mark"]}).status_code == 302
    parts = Task.objects.get(content="Lập danh mục").obligations.filter(state="issued")
    assert set(parts.values_list("owner", flat=True)) == below


def test_unit_named_wrongly_is_refused_with_what_is_near(world, client_of):
    response = client_of("chief").post(reverse("work:new"), {"content": "X", "lead": "Sở Nội", "kind": "execute"})
    assert "Sở Nội vụ" in response.context["form"].errors["lead"][0]


def test_draft_saved_by_two_people_shows_both_texts(world, client_of):
    task = draft(world)
    client = client_of("specialist")
    url = reverse("work:edit", args=[task.uid])
    drafting.update_draft(scope=world.scope("chief"), task=task, row=drafting.Row(content="Của người khác"))
    response = client.post(url, {"content": "Của tôi", "kind": "execute", "version": "1"})
    assert response.status_code == 422
    assert next(change[1:] for change in response.context["changes"]) == ("Của người khác", "Của tôi")
    assert response.context["form"]["content"].value() == "Của tôi"


def test_tabs_say_how_much_they_hold(world, client_of):
    for number in range(3):
        make_task(world, [], lead=world.home, content=f"Việc {number}")
    make_task(world, [world.mau_son], lead=world.works)
    make_task(world, [], lead=world.home, state="handed_back", content="Đã trả")
    for who in ("home_head", "chief", "inspector"):
        tabs = client_of(who).get(reverse("work:tasks")).context["views"]
        counted = {tab.code: str(number) for tab, number in tabs if number is not None}
        assert counted == {tab.code: str(tab.rows(world.scope(who)).open().count()) for tab, n in tabs if n is not None}
        # What the units below have assigned among each other is counted for nobody but who reads the whole.
        assert {tab.code for tab, n in tabs if n is None} == ({"all"} if who == "home_head" else set())
    held = {tab.code: str(number) for tab, number in client_of("home_head").get(reverse("work:tasks")).context["views"]}
    assert held["unit"] == "3"
    unasked, opened, whole = (
        [row.task.content for row in client_of("home_head").get(reverse("work:tasks") + query).context["page"].rows]
        for query in ("", "?view=mine&chip=open", "?view=mine")
    )
    assert unasked == opened
    shown = [chip for chip, _label, _on in client_of("home_head").get(reverse("work:tasks")).context["chips"]]
    assert len(shown) == len(set(shown))
    assert set(whole) - set(opened) == {"Đã trả"}


def test_card_of_a_row_offers_what_this_person_would_do_with_it(world, client_of):
    late = clock.today() - datetime.timedelta(days=9)
    make_task(world, [], lead=world.home, due=late, content="Quá hạn")
    make_task(world, [], lead=world.home, state="submitted", content="Chờ", due=clock.today())
    Task.objects.filter(content="Chờ").update(follower=world.person("chief"), state="issued")
    make_task(world, [], lead=world.home, state="handed_back", content="Xong")

    def acts(who):
        rows = client_of(who).get(reverse("work:tasks") + "?view=parts").context["page"].rows
        return {row.task.content: row.row_act.label for row in rows}

    assert acts("chief") == {"Quá hạn": "Remind", "Chờ": "Check", "Xong": "Look"}
    assert acts("home_head") == {"Quá hạn": "Answer", "Chờ": "Look", "Xong": "Look"}
    assert acts("inspector") == {"Quá hạn": "Look", "Chờ": "Look", "Xong": "Look"}


def test_forms_that_make_something_do_so_once_however_often_they_are_sent(client_of, world):
    client, token = client_of("chief"), {"form_token": "one-and-the-same"}
    duty = {
        "content": "Báo cáo tháng",
        "lead": "Sở Nội vụ",
        "preset": "monthly",
        "first_due": "31/12",
        "lead_days": "5",
    }
    answers = [client.post(reverse("work:duties"), {**duty, **token})["Location"] for _time in range(2)]
    assert answers == [reverse("work:duties")] * 2
    assert StandingDuty.objects.count() == 1


def test_reminder_of_one_list_goes_out_once(client_of, world):
    part = make_task(world, [world.home]).obligations.get()
    sent = {"act": "remind", "go": "1", "row": str(part.uid), "form_token": "one-and-the-same"}
    for _time in range(2):
        assert client_of("chief").post(reverse("work:bulk"), sent).status_code == 302
    part.refresh_from_db()
    assert part.reminded_times == 1


def test_sub_task_of_a_unit_is_unseen_above_it(client_of, world):
    parent = make_task(world, [world.home])
    inside = make_task(world, [world.home], parent=parent)
    inside.obligations.update(creditor=world.home, is_inner=True)
    Task.objects.filter(pk=inside.pk).update(assigner_unit=world.home)
    page = reverse("work:task", args=[inside.uid])
    assert client_of("home_head").get(page).status_code == 200
    assert client_of("chief").get(page).status_code == 404
    assert counts.facts(world.scope("chief")).total().total == 1


def bulk(client, act, parts, **data):
    return client.post(reverse("work:bulk"), {"act": act, "row": [part.uid for part in parts], **data})


def test_bulk_preview_names_first_what_will_be_left_out(world, client_of):
    task = issued(world)
    opened, unopened = part_of(task, world.mau_son), part_of(task, world.khanh_khe)
    answering.open_part(scope=world.scope("mau_son_focal"), obligation=opened)
    preview = bulk(client_of("chief"), "recall", [opened, unopened])
    assert preview.context["uids"] == [str(unopened.uid)]
    reason = "The unit has opened this; it can be cancelled, not recalled."
    assert [(why, [part.pk for part in left]) for why, left in preview.context["left"]] == [(reason, [opened.pk])]
    page = preview.content.decode()
    assert page.index(reason) < page.index('name="reason"')


def test_one_part_is_recalled_until_its_unit_opens_it(world, client_of):
    task = issued(world)
    part = part_of(task, world.khanh_khe)
    client = client_of("chief")
    assert ("recall", "Recall from this unit") in client.get(reverse("work:part", args=[part.uid])).context["part_acts"]
    bulk(client, "recall", [part], go="1", reason="Giao nhầm")
    states = {unit: part_of(task, unit).state for unit in (world.khanh_khe, world.mau_son, world.home)}
    assert states == {world.khanh_khe: "cancelled", world.mau_son: "issued", world.home: "issued"}
    opened = part_of(task, world.mau_son)
    answering.open_part(scope=world.scope("mau_son_focal"), obligation=opened)
    offered = [act for act, _label in client.get(reverse("work:part", args=[opened.uid])).context["part_acts"]]
    assert offered == ["extend", "reassign", "hand_over"]


def test_work_handed_back_is_given_to_another_unit_from_its_page(world, client_of):
    task = issued(world)
    part = part_of(task, world.home)
    answering.hand_back(scope=world.scope("home_head"), obligation=part, reason="Không thuộc thẩm quyền")
    client = client_of("chief")
    offered = [act for act, _label in client.get(reverse("work:part", args=[part.uid])).context["part_acts"]]
    assert offered == ["reassign"]
    bulk(client, "reassign", [part], go="1", to="Sở Xây dựng", reason="")
    assert (part_of(task, world.works).role, part_of(task, world.works).state) == ("lead", "issued")


def test_another_unit_answers_and_the_owner_stays(world, client_of):
    part = part_of(issued(world), world.mau_son)
    bulk(client_of("chief"), "hand_over", [part], go="1", to="Phường Kỳ Lừa", reason="")
    part.refresh_from_db()
    assert (part.owner, part.holder) == (world.mau_son, world.ky_lua)


def test_bulk_act_on_too_many_says_so_and_does_nothing(busy, client_of, monkeypatch):
    monkeypatch.setattr("prytany.work.views.bulk.MOST", 1)
    client = client_of("chief")
    for act in ("remind", "xlsx", "print"):
        response = client.post(reverse("work:bulk") + "?view=parts", {"act": act, "all": "1"}, follow=True)
        assert "More than 1 are selected" in response.content.decode()
    assert not Obligation.objects.filter(reminded_times__gt=0).exists()


def test_obstacle_carries_what_the_unit_asks_for_and_progress_its_percentage(world, client_of):
    part = part_of(issued(world), world.mau_son)
    client, url = client_of("mau_son_focal"), reverse("work:answer", args=[part.uid])
    page = client.get(url).content.decode()
    assert 'name="wish"' in page
    assert 'name="percent"' in page
    client.post(url, {"choice": "progress", "text": "Đã quét", "percent": "40"})
    client.post(url, {"choice": "obstacle", "text": "Thiếu máy quét", "wish": "Cho mượn máy"})
    part.refresh_from_db()
    obstacle = part.obstacles.get()
    assert (part.percent, obstacle.cause, obstacle.wish) == (40, "Thiếu máy quét", "Cho mượn máy")
    assert "Cho mượn máy" in client_of("chief").get(reverse("work:part", args=[part.uid])).content.decode()


def test_unit_page_shows_name_parent_people_and_figures_of_the_day_asked_for(world, client_of):
    other = make_unit("Khu Biên giới", under=world.root, kind="department", level="province")
    closure.rebuild()
    admin, day = world.scope("admin"), world.scope("admin").today
    organisation.change_unit(scope=admin, unit=world.mau_son, on=day, spec=VersionSpec(named("Xã Mẫu Sơn Mới")))
    organisation.move_unit(scope=admin, unit=world.mau_son, parent=other, on=day)
    held = world.posts["mau_son_head"]
    organisation.end_appointment(scope=admin, appointment=held, on=day, reason="")
    chief = client_of("chief")
    before = (day - datetime.timedelta(days=40)).isoformat()
    for page in ("work:unit", "organisation:unit"):
        past = chief.get(reverse(page, args=[world.mau_son.uid]), {"as_of": before}).content.decode()
        present = chief.get(reverse(page, args=[world.mau_son.uid])).content.decode()
        assert ("Xã Mẫu Sơn Mới" in past, "Xã Mẫu Sơn Mới" in present) == (False, True)
        assert ("Khu Biên giới" in past, "Khu Biên giới" in present) == (False, True)
        assert (held.person.name in past, held.person.name in present) == (True, False)
        assert ("clock-history" in past, "clock-history" in present) == (True, False)


def test_overview_names_no_document_that_is_out_of_sight(client_of, world):
    document = paper(world.scope("clerk"), world.office, summary="Nội dung nay là mật")
    make_task(world, [world.home], lead=world.works, source_document=document)
    address = reverse("work:overview") + "?by=document"
    assert "Nội dung nay là mật" in client_of("leader").get(address).content.decode()
    Document.objects.filter(pk=document.pk).update(level=levels.SECRET)
    page = client_of("leader").get(address).content.decode()
    assert "Nội dung nay là mật" not in page
    assert "out of your sight" in page


def test_words_narrow_the_list_without_accents_and_find_what_was_cancelled(client_of, world):
    kept, cancelled = (issued(world, content=f"Rà soát hồ sơ đất đai, đợt {number}") for number in ("một", "hai"))
    issuing.cancel_task(scope=world.scope("chief"), task=cancelled, reason="Trùng")
    issued(world, content="Tổ chức hội nghị giao ban")

    def found(text: str) -> set[str]:
        page = client_of("chief").get(reverse("work:tasks"), {"view": "parts", "q": text}).context["page"]
        return {part.task.content for part in page.rows}

    assert len(found("")) == 3
    assert found("Rà soát hồ sơ") == {kept.content, cancelled.content}
    assert found("ra soat ho s") == found("dat dai ra soat") == {kept.content}
    assert found("khong co viec nay") == found("—") == set()

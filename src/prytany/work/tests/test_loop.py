"""The core loop through the services: draft, issue, answer, check, extend, obstacle, recall."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from prytany.audit.models import AuditEvent
from prytany.core import clock
from prytany.core.errors import DomainError, StaleRecord
from prytany.notifications.models import Notice
from prytany.work.history import rebuilt
from prytany.work.models import EventKind, Extension, Obligation, ObligationState, Task
from prytany.work.services import answering, checking, deciding, drafting, issuing
from prytany.work.services.drafting import Row

DUE = datetime.date(2099, 12, 15)


def draft(world, **fields):
    """Return a draft task of the office, led by Sở Nội vụ, to two communes, unless `fields` says otherwise."""
    values = {
        "content": "Hoàn thành số hóa hồ sơ lưu trữ",
        "lead": world.home,
        "due_on": DUE,
        "addressees": [world.mau_son, world.khanh_khe],
    } | fields
    return drafting.draft_task(scope=world.scope("specialist"), unit=world.office, row=Row(**values))


def issued(world, **fields):
    return issuing.issue_task(scope=world.scope("chief"), task=draft(world, **fields))


def part_of(task, unit):
    return task.obligations.get(owner=unit)


def test_issue_sends_one_part_event_log_line_and_notice_to_each_unit(world):
    task = issued(world)
    parts = {part.owner: (part.role, part.state, part.due_on) for part in task.obligations.all()}
    assert parts == {
        world.home: ("lead", "issued", DUE),
        world.mau_son: ("addressee", "issued", DUE),
        world.khanh_khe: ("addressee", "issued", DUE),
    }
    assert [e.kind for p in task.obligations.all() for e in p.events.all()] == [EventKind.ISSUED] * 3
    assert AuditEvent.objects.filter(action="part.assign").count() == 3
    told = {world.person(n) for n in ("home_head", "mau_son_head", "mau_son_focal", "khanh_khe_focal")}
    assert {notice.person for notice in Notice.objects.filter(kind="tasks_assigned")} == told


@pytest.mark.parametrize(
    ("fields", "lacking"),
    [
        ({"lead": None}, ["lead"]),
        ({"due_on": None}, ["due"]),
        ({"content": " "}, ["content"]),
        ({"due_on": datetime.date(2020, 1, 1)}, ["due"]),
    ],
)
def test_issue_names_what_is_not_clear_and_writes_nothing(world, fields, lacking):
    task = draft(world, **fields)
    with pytest.raises(issuing.NotClear) as refused:
        issuing.issue_task(scope=world.scope("chief"), task=task)
    assert [item.field for item in refused.value.missing] == lacking
    assert set(task.obligations.values_list("state", flat=True)) == {ObligationState.DRAFT}


def test_no_deadline_said_on_purpose_is_clear(world):
    assert issued(world, due_on=None, is_standing=True).state == "issued"


def test_specialist_drafts_and_does_not_issue(world):
    with pytest.raises(PermissionDenied):
        issuing.issue_task(scope=world.scope("specialist"), task=draft(world))


def test_product_is_report_in_the_language_of_the_task_unless_said(world):
    assert draft(world, language="en").product == "Report"


def test_abolished_unit_is_named_before_issue(world):
    version = world.khanh_khe.versions.get()
    version.valid_to = datetime.date(2025, 7, 1)
    version.save()
    with pytest.raises(issuing.NotClear) as refused:
        issuing.issue_task(scope=world.scope("chief"), task=draft(world))
    assert "Xã Khánh Khê" in refused.value.missing[0].message


def test_answer_is_confirmed_by_somebody_else_and_closes_the_task_of_the_lead(world):
    task = issued(world)
    part = part_of(task, world.home)
    answering.open_part(scope=world.scope("home_head"), obligation=part)
    answering.report_progress(scope=world.scope("home_head"), obligation=part, text="Đã quét 310 trên 480 hồ sơ")
    answering.submit_answer(scope=world.scope("home_head"), obligation=part, text="Xong")
    outcome = checking.verify(scope=world.scope("specialist"), parts=[part])
    part.refresh_from_db()
    task.refresh_from_db()
    assert (len(outcome.done), part.state, task.state) == (1, ObligationState.VERIFIED, "closed")
    kinds = [event.kind for event in part.events.order_by("id")]
    assert kinds == ["issued", "opened", "progress", "submitted", "verified"]
    assert rebuilt(part) == {name: getattr(part, name) for name in rebuilt(part)}


def test_nothing_to_report_is_confirmed_as_such(world):
    part = part_of(issued(world), world.mau_son)
    answering.submit_answer(scope=world.scope("mau_son_focal"), obligation=part, answer="nothing")
    checking.verify(scope=world.scope("specialist"), parts=[part])
    part.refresh_from_db()
    assert part.state == ObligationState.NOTHING


def test_doer_cannot_confirm_their_own_answer(world):
    task = issued(world, lead=world.office, addressees=[])
    part = part_of(task, world.office)
    answering.submit_answer(scope=world.scope("chief"), obligation=part, text="Xong")
    outcome = checking.verify(scope=world.scope("chief"), parts=[part])
    assert (outcome.done, len(outcome.left)) == ([], 1)


def test_unit_head_who_checks_first_gets_the_answer(world):
    world.mau_son.head_checks = True
    world.mau_son.save()
    head, focal = world.posts["mau_son_head"], world.posts["mau_son_focal"]
    head.post.unit.refresh_from_db()
    focal.post.role = "specialist"
    focal.post.save()
    part = part_of(issued(world), world.mau_son)
    answering.submit_answer(scope=world.scope("mau_son_focal"), obligation=part, text="Xong")
    part.refresh_from_db()
    assert (part.state, part.submitted_on) == (ObligationState.WITH_HEAD, None)
    answering.approve_answer(scope=world.scope("mau_son_head"), obligation=part)
    part.refresh_from_db()
    assert part.state == ObligationState.SUBMITTED


def test_sent_back_answer_can_be_answered_again(world):
    part = part_of(issued(world), world.mau_son)
    answering.submit_answer(scope=world.scope("mau_son_focal"), obligation=part, text="Xong")
    checking.send_back(scope=world.scope("specialist"), parts=[part], reason="Thiếu biểu mẫu")
    part.refresh_from_db()
    assert (part.state, part.submitted_on, part.last_word) == (ObligationState.MORE_NEEDED, None, "Thiếu biểu mẫu")
    answering.submit_answer(scope=world.scope("mau_son_focal"), obligation=part, text="Đã bổ sung")


def test_unit_cannot_see_or_answer_for_another(world):
    task = issued(world)
    theirs = part_of(task, world.khanh_khe)
    assert theirs not in Obligation.objects.visible_to(world.scope("mau_son_focal"))
    with pytest.raises(PermissionDenied):
        answering.submit_answer(scope=world.scope("mau_son_focal"), obligation=theirs, text="Xong")


def test_stranger_of_another_root_sees_nothing(world):
    issued(world)
    assert not Task.objects.visible_to(world.scope("stranger")).exists()
    assert not Obligation.objects.visible_to(world.scope("stranger")).exists()


def test_extension_keeps_the_original_date_and_is_not_decided_by_who_asked(world):
    task = issued(world, due_on=DUE)
    part = part_of(task, world.home)
    later = DUE + datetime.timedelta(days=7)
    extension = deciding.ask_extension(
        scope=world.scope("home_head"), obligation=part, due_on=later, reason="Hỏng máy quét"
    )
    with pytest.raises(PermissionDenied):
        deciding.decide_extension(scope=world.scope("home_head"), extension=extension, grant=True)
    deciding.decide_extension(scope=world.scope("chief"), extension=extension, grant=True)
    part.refresh_from_db()
    task.refresh_from_db()
    assert (part.original_due_on, part.due_on, task.due_on, part.extended_times) == (DUE, later, later, 1)
    assert Extension.objects.get().decision == "granted"


def test_obstacle_blocks_until_answered_as_removed(world):
    part = part_of(issued(world), world.mau_son)
    obstacle = answering.raise_obstacle(
        scope=world.scope("mau_son_focal"), obligation=part, cause="Hỏng máy quét", wish="Cho mượn máy"
    )
    part.refresh_from_db()
    assert part.is_blocked
    deciding.answer_obstacle(scope=world.scope("chief"), obstacle=obstacle, answer="Đã cho mượn", closes=True)
    part.refresh_from_db()
    assert not part.is_blocked


def test_recall_takes_back_what_no_unit_has_opened(world):
    task = issued(world)
    opened = part_of(task, world.mau_son)
    answering.open_part(scope=world.scope("mau_son_focal"), obligation=opened)
    assert issuing.recall_parts(scope=world.scope("chief"), parts=task.obligations.all()) == 2
    states = set(task.obligations.values_list("owner", "state"))
    assert states == {
        (world.home.pk, "cancelled"),
        (world.khanh_khe.pk, "cancelled"),
        (world.mau_son.pk, "received"),
    }


def test_reassign_gives_the_lead_to_another_unit_and_keeps_the_old_part(world):
    task = issued(world)
    deciding.reassign(scope=world.scope("chief"), parts=[part_of(task, world.home)], to=world.works, reason="Đúng việc")
    roles = set(task.obligations.filter(role="lead").values_list("owner", "state"))
    assert roles == {(world.home.pk, "cancelled"), (world.works.pk, "issued")}


def test_lead_hands_back_within_the_days_of_the_rule_only(world):
    task = issued(world)
    part = part_of(task, world.home)
    late = world.scope("home_head", today=clock.today() + datetime.timedelta(days=40))
    with pytest.raises(DomainError, match="too_late"):
        answering.hand_back(scope=late, obligation=part, reason="Không đúng chức năng")
    answering.hand_back(scope=world.scope("home_head"), obligation=part, reason="Không đúng chức năng")
    part.refresh_from_db()
    assert part.state == ObligationState.HANDED_BACK


def test_two_people_with_one_form_open_do_not_overwrite_each_other(world):
    part = part_of(issued(world), world.mau_son)
    answering.report_progress(scope=world.scope("mau_son_focal"), obligation=part, text="Một", version=part.version)
    with pytest.raises(StaleRecord):
        answering.report_progress(scope=world.scope("mau_son_head"), obligation=part, text="Hai", version=part.version)


def test_sheet_goes_to_the_chief_and_is_issued_in_one_act_with_one_notice_a_person(world):
    scope = world.scope("specialist")
    sheet = drafting.create_sheet(scope=scope, unit=world.office, title="Sáu nhiệm vụ", stated_total=2)
    for content in ("Một", "Hai"):
        row = Row(content=content, lead=world.home, due_on=DUE, addressees=[world.mau_son])
        drafting.draft_task(scope=scope, unit=world.office, sheet=sheet, row=row)
    issuing.submit_sheet(scope=scope, sheet=sheet, approver=world.posts["chief"].post)
    issuing.issue_sheet(scope=world.scope("chief"), sheet=sheet)
    sheet.refresh_from_db()
    assert sheet.state == "issued"
    notices = Notice.objects.filter(kind="tasks_assigned", person=world.person("mau_son_focal"))
    assert [notice.count for notice in notices] == [2]


@pytest.mark.parametrize(
    ("granted", "expected"),
    [
        (None, (datetime.date(2100, 3, 31), "quarter")),
        (datetime.date(2100, 1, 20), (datetime.date(2100, 1, 20), "day")),
    ],
)
def test_extension_is_granted_as_exactly_as_it_was_asked_or_for_a_day(world, granted, expected):
    part = part_of(issued(world), world.home)
    asked = deciding.ask_extension(
        scope=world.scope("home_head"),
        obligation=part,
        due_on=datetime.date(2100, 2, 1),
        precision="quarter",
        reason="Chờ kinh phí",
    )
    deciding.decide_extension(scope=world.scope("chief"), extension=asked, grant=True, due_on=granted)
    part.refresh_from_db()
    assert (part.due_on, part.due_precision) == (part.task.due_on, part.task.due_precision) == expected


def test_a_bulk_act_makes_an_open_form_stale(world):
    part = part_of(issued(world), world.home)
    scope = world.scope("home_head")
    answering.submit_answer(scope=scope, obligation=part, text="Xong")
    part.refresh_from_db()
    version = part.version
    checking.send_back(scope=world.scope("specialist"), parts=[part], reason="Thiếu danh sách")
    with pytest.raises(StaleRecord):
        answering.report_progress(scope=scope, obligation=part, text="Đang làm", version=version)

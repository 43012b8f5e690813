"""A leader's opinion on a paper: who may give it, what it becomes, what the page offers for it."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from prytany.core import clock
from prytany.documents import registers
from prytany.documents.models import RegisterEntry
from prytany.documents.tests.papers import enter
from prytany.work import likely
from prytany.work.services import routing
from prytany.work.tests.factories import make_task
from prytany.workdays.calendar import add_working_days

MONDAY = datetime.datetime(2026, 11, 23, 2, tzinfo=datetime.UTC)


def letter(world, **values):
    return enter(world.scope("clerk"), world.office, issuer_name="Sở Xây dựng", **values)


@pytest.fixture(autouse=True)
def on_monday():
    with clock.at(MONDAY):
        yield


def test_leader_routes_without_the_right_to_draft_anything_else(world):
    entry = letter(world)
    task = routing.route(
        scope=world.scope("leader"), entry=entry, opinion="Rà soát", lead=world.home, coordinating=[world.works]
    )
    roles = set(task.obligations.values_list("owner", "role", "state"))
    assert roles == {(world.home.pk, "lead", "issued"), (world.works.pk, "coordinating", "issued")}


def test_specialist_does_not_route(world):
    with pytest.raises(PermissionDenied):
        routing.route(scope=world.scope("specialist"), entry=letter(world), opinion="Rà soát", lead=world.home)


def test_units_named_in_the_paper_come_first_then_those_its_issuer_led_to(world):
    earlier = letter(world, symbol="7/SXD-VP").document
    make_task(world, [world.ky_lua, world.khanh_khe], source_document=earlier, due=clock.today())
    entry = letter(world, summary="V/v Sở Nội vụ rà soát biên chế của Xã Mẫu Sơn")
    names = [unit.name for unit in likely.units(world.scope("leader"), entry)]
    assert names[:2] == ["Sở Nội vụ", "Xã Mẫu Sơn"]
    assert set(names[2:4]) == {"Phường Kỳ Lừa", "Xã Khánh Khê"}
    assert len(names) == len(set(names))
    assert "Văn phòng Tỉnh ủy thử" not in names


def test_days_are_those_the_paper_asks_for_and_working_days(world):
    entry = letter(world, reply_due_on=datetime.date(2026, 12, 18))
    days = likely.days(world.scope("leader"), entry)
    working = [f"{add_working_days(clock.today(), number, world.office):%d/%m/%Y}" for number in (3, 5, 10)]
    assert [day.value for day in days] == ["18/12/2026", *working, "30/11/2026"]


def test_page_offers_units_days_and_own_phrases_in_few_queries(world, client_of, django_assert_max_num_queries):
    from prytany.accounts import preferences

    preferences.put(world.scope("leader"), "phrases", ["Giao khẩn, báo cáo trong tuần."])
    address = reverse("work:route", args=[letter(world, summary="V/v Sở Nội vụ").uid])
    client = client_of("leader")
    client.get(address)
    with django_assert_max_num_queries(24):
        page = client.get(address).content.decode()
    assert 'data-value="Sở Nội vụ"' in page
    assert 'data-value="Giao khẩn, báo cáo trong tuần."' in page
    assert 'data-value="30/11/2026"' in page


def test_the_follow_up_book_tells_lead_time_and_state_of_the_task_that_a_letter_became(world):
    entry = letter(world)
    due = clock.today() + datetime.timedelta(days=9)
    routing.route(scope=world.scope("leader"), entry=entry, opinion="Rà soát", lead=world.home, due_on=due)
    line = RegisterEntry.objects.get(pk=entry.pk)
    registers.know_answers(world.scope("clerk"), [line])
    columns = ("recipient", "due_on", "progress", "answer")
    assert [registers.cell(line, column, "") for column in columns] == ["Sở Nội vụ", due, "New", ""]

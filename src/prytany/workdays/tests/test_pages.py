"""Keeping the calendar."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from prytany.audit.models import AuditEvent
from prytany.workdays.calendar import is_working_day, mark_of
from prytany.workdays.models import CalendarDay
from prytany.workdays.services import mark_day, unmark_day
from prytany.workdays.showing import marked_days, working_days_in, year_of
from prytany.workdays.signals import calendar_changed

DAY = datetime.date(2026, 11, 20)


def test_mark_day_holds_below_is_logged_and_announced(world):
    heard = []

    def hear(sender, **news):
        heard.append((news["unit_id"], news["on"]))

    calendar_changed.connect(hear)
    mark_day(scope=world.scope("admin"), unit=world.root, on=DAY, kind="off", name="Bão")
    assert not is_working_day(DAY, world.mau_son)
    day = mark_day(scope=world.scope("admin"), unit=world.root, on=DAY, kind="working")
    assert is_working_day(DAY, world.mau_son)
    unmark_day(scope=world.scope("admin"), day=day)
    assert not CalendarDay.objects.exists()
    assert heard == [(world.root.pk, DAY)] * 3
    assert [e.action for e in AuditEvent.objects.order_by("pk")] == [
        "calendar_day.mark",
        "calendar_day.mark",
        "calendar_day.unmark",
    ]


@pytest.mark.parametrize(("who", "unit"), [("chief", "root"), ("admin", "elsewhere")])
def test_mark_day_is_for_who_edits_settings_there(world, who, unit):
    with pytest.raises(PermissionDenied):
        mark_day(scope=world.scope(who), unit=world.units[unit], on=DAY, kind="off")


def test_year_counts_and_lists_what_is_marked(world):
    year = year_of(2026, world.root)
    assert working_days_in(year) == 249
    assert [day.on for day in marked_days(year)][:3] == [datetime.date(2026, 1, n) for n in (1, 2, 10)]
    assert sum(1 for month in year for week in month.weeks for day in week if day) == 365


def test_page_marks_confirms_and_takes_back(world, client_of):
    client, address = client_of("admin"), reverse("workdays:calendar")
    assert client.post(address, {"on": "31/2/2026", "kind": "off"}).status_code == 422
    for _twice in range(2):
        sent = {"on": "20/11/2026", "kind": "off", "name": "Bão", "form_token": "t"}
        assert client.post(address, sent).status_code == 302
    assert AuditEvent.objects.filter(action="calendar_day.mark").count() == 1
    assert not is_working_day(DAY, world.mau_son)
    day = CalendarDay.objects.get()
    unsure = datetime.date(2027, 9, 3)
    assert not mark_of(unsure, world.root).is_confirmed
    client.post(reverse("workdays:confirm", args=[unsure]))
    assert mark_of(unsure, world.root).is_confirmed
    assert client.post(reverse("workdays:confirm", args=[unsure])).status_code == 404
    assert client.post(reverse("workdays:confirm", args=[datetime.date(2026, 11, 19)])).status_code == 404
    client.post(reverse("workdays:unmark", args=[day.uid]))
    assert list(CalendarDay.objects.values_list("on", flat=True)) == [unsure]


def test_page_says_when_a_year_is_not_entered(client_of):
    page = client_of("admin").get(reverse("workdays:calendar"), {"year": "2029"}).content.decode()
    assert "are not entered for this year yet" in page


@pytest.mark.parametrize("who", ["chief", "mau_son_focal"])
def test_page_is_for_who_edits_settings(world, client_of, who):
    client = client_of(who)
    day = CalendarDay.objects.create(unit=world.root, on=DAY, kind="off")
    assert client.get(reverse("workdays:calendar")).status_code == 403
    assert client.post(reverse("workdays:confirm", args=[datetime.date(2027, 9, 3)])).status_code == 403
    assert client.post(reverse("workdays:unmark", args=[day.uid])).status_code == 403


def test_page_does_not_reach_another_root(world, client_of):
    day = CalendarDay.objects.create(unit=world.elsewhere, on=DAY, kind="off")
    client = client_of("admin")
    assert client.get(reverse("workdays:calendar"), {"unit": world.elsewhere.uid}).status_code == 404
    assert client.post(reverse("workdays:unmark", args=[day.uid])).status_code == 404


def test_page_asks_few_queries(world, client_of, django_assert_max_num_queries):
    CalendarDay.objects.create(unit=world.root, on=DAY, kind="off")
    client = client_of("admin")
    with django_assert_max_num_queries(14):
        assert client.get(reverse("workdays:calendar")).status_code == 200

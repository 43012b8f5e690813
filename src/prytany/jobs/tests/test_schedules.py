import datetime
from zoneinfo import ZoneInfo

import pytest
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from prytany.jobs import schedules
from prytany.jobs.models import Schedule
from prytany.jobs.tests import probes

OFFICE = ZoneInfo("Asia/Ho_Chi_Minh")
RAN = []


def note_run():
    RAN.append("ran")


def moment(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=OFFICE)


@pytest.fixture
def declared(monkeypatch):
    """No schedules but those the test declares."""
    entries = {}
    monkeypatch.setattr(schedules, "_ENTRIES", entries)
    RAN.clear()
    return entries


@pytest.mark.parametrize(
    ("timetable", "now", "slot"),
    [
        (schedules.at("05:30"), "2026-11-22T05:30:00", "2026-11-22T05:30:00"),
        (schedules.at("05:30"), "2026-11-22T05:29:59", "2026-11-21T05:30:00"),
        (schedules.at("00:05"), "2026-11-22T00:00:01", "2026-11-21T00:05:00"),
        (schedules.at("07:00", weekday=0), "2026-11-22T09:00:00", "2026-11-16T07:00:00"),
        (schedules.at("07:00", day=1), "2026-03-01T06:59:00", "2026-02-01T07:00:00"),
        (schedules.at("07:00", day=31), "2026-06-15T00:00:00", "2026-05-31T07:00:00"),
        (schedules.minutes(15), "2026-11-22T09:44:59", "2026-11-22T09:30:00"),
        (schedules.minutes(60), "2026-11-22T09:44:59", "2026-11-22T09:00:00"),
    ],
)
def test_last_slot(timetable, now, slot):
    assert timetable.last_slot(moment(now)) == moment(slot)


@given(
    seconds=st.integers(1_577_836_800, 2_208_988_800),  # 2020 to 2040
    timetable=st.one_of(
        st.builds(schedules.minutes, st.sampled_from([1, 5, 7, 60, 1440])),
        st.builds(schedules.at, st.sampled_from(["00:00", "05:30", "23:59"])),
        st.builds(schedules.at, st.just("12:00"), weekday=st.integers(0, 6)),
        st.builds(schedules.at, st.just("12:00"), day=st.integers(1, 31)),
    ),
)
def test_last_slot_is_past_and_its_own_last_slot(seconds, timetable):
    now = datetime.datetime.fromtimestamp(seconds, OFFICE)
    slot = timetable.last_slot(now)
    assert slot <= now
    assert timetable.last_slot(slot) == slot


@pytest.mark.django_db
def test_tick_serves_each_slot_once_and_the_last_missed_one_after_downtime(declared, run_jobs):
    schedules.every("count", schedules.at("06:00"), note_run)
    assert schedules.tick(moment("2026-11-20T05:00")) == []  # seen for the first time: waits for its next slot
    assert schedules.tick(moment("2026-11-20T06:00")) == ["count"]
    assert schedules.tick(moment("2026-11-20T06:01")) == []
    assert schedules.tick(moment("2026-11-25T09:00")) == ["count"]  # five days down: once
    assert schedules.tick(moment("2026-11-25T09:01")) == []
    assert run_jobs() == 2
    assert RAN == ["ran", "ran"]
    assert Schedule.objects.get().last_slot == moment("2026-11-25T06:00")


@pytest.mark.django_db
def test_interval_runs_at_once_and_queues_jobs_themselves(declared):
    schedules.every("link", schedules.minutes(10), probes.note)
    with pytest.raises(TypeError):
        probes.note.call()
    assert schedules.tick(moment("2026-11-20T05:03")) == ["link"]
    assert schedules.tick(moment("2026-11-20T05:09")) == []
    assert schedules.tick(moment("2026-11-20T05:10")) == ["link"]
    assert set(DBTaskResult.objects.values_list("task_path", flat=True)) == {probes.note.module_path}


@pytest.mark.django_db
def test_clock_set_back_serves_nothing_twice(declared):
    schedules.every("count", schedules.minutes(10), note_run)
    assert schedules.tick(moment("2026-11-20T05:10")) == ["count"]
    assert schedules.tick(moment("2026-11-20T04:10")) == []
    assert schedules.tick(moment("2026-11-20T05:19")) == []
    assert schedules.tick(moment("2026-11-20T05:20")) == ["count"]


def test_two_schedules_of_one_name_are_refused(declared):
    schedules.every("count", schedules.minutes(10), note_run)
    schedules.every("count", schedules.minutes(10), note_run)
    with pytest.raises(ValueError, match="two schedules"):
        schedules.every("count", schedules.minutes(5), note_run)

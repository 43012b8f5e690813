"""What comes round: recurring duties, the ladder, and what the figures were on a past date."""

import datetime
import itertools

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from prytany.core import clock
from prytany.notifications.models import Notice
from prytany.work import counts, escalation
from prytany.work.integrity import columns_follow_events
from prytany.work.models import Obligation, ObligationEvent, StandingDuty, Task
from prytany.work.recurring import bring_all
from prytany.work.services import answering, checking, deciding, drafting, issuing, recurrence
from prytany.work.services.drafting import Row

MONDAY = datetime.date(2026, 11, 23)


def at(day):
    """Set the clock to nine o'clock of `day`."""
    return clock.at(timezone.make_aware(datetime.datetime.combine(day, datetime.time(9))))


def issue(world, day, due, **fields):
    with at(day):
        row = Row(**({"content": "Báo cáo", "lead": world.home, "due_on": due} | fields))
        task = drafting.draft_task(scope=world.scope("specialist"), unit=world.office, row=row)
        return issuing.issue_task(scope=world.scope("chief"), task=task)


def test_ladder_tells_each_rung_once_however_often_it_runs(world):
    issue(world, MONDAY - datetime.timedelta(days=30), MONDAY - datetime.timedelta(days=3))
    with at(MONDAY):
        first = escalation.escalate(world.root.pk)
        told = set(Notice.objects.filter(kind__in=["parts_due", "parts_escalated"]).values_list("kind", "person__name"))
        again = escalation.escalate(world.root.pk)
    assert first == {"doer": 1, "unit_head": 1, "leader": 0, "office": 0}
    assert again == {"doer": 0, "unit_head": 0, "leader": 0, "office": 0}
    assert told == {("parts_due", "Giám đốc Sở Nội vụ (thử)"), ("parts_escalated", "Giám đốc Sở Nội vụ (thử)")}


def test_ladder_rests_on_days_off(world):
    issue(world, MONDAY - datetime.timedelta(days=30), MONDAY - datetime.timedelta(days=3))
    with at(MONDAY - datetime.timedelta(days=1)):
        assert escalation.escalate(world.root.pk) == {}


def test_ladder_leaves_answers_that_wait_for_their_check(world):
    task = issue(world, MONDAY - datetime.timedelta(days=30), MONDAY - datetime.timedelta(days=3))
    with at(MONDAY - datetime.timedelta(days=4)):
        answering.submit_answer(scope=world.scope("home_head"), obligation=task.obligations.get(), text="Xong")
    with at(MONDAY):
        assert escalation.escalate(world.root.pk) == {"doer": 0, "unit_head": 0, "leader": 0, "office": 0}


def test_duty_brings_each_instance_once_in_the_name_of_its_post(world):
    with at(MONDAY):
        duty = recurrence.create_duty(
            scope=world.scope("chief"),
            unit=world.office,
            row=Row(content="Báo cáo tháng", lead=world.home),
            preset="monthly",
            first_due=datetime.date(2026, 11, 30),
            lead_days=10,
        )
        assert (bring_all(), bring_all()) == (1, 0)
    with at(datetime.date(2026, 12, 21)):
        assert bring_all() == 1
    tasks = Task.objects.filter(duty=duty).order_by("due_on").values_list("due_on", "state", "assigner_post")
    post = world.posts["chief"].post_id
    assert list(tasks) == [
        (datetime.date(2026, 11, 30), "issued", post),
        (datetime.date(2026, 12, 31), "issued", post),
    ]


@given(
    first=st.dates(datetime.date(2026, 1, 1), datetime.date(2027, 12, 31)),
    preset=st.sampled_from(StandingDuty.Preset.values),
)
def test_due_dates_of_a_preset_never_skip_a_period_and_keep_the_end_of_month(first, preset):
    duty = StandingDuty(preset=preset, rrule=recurrence.rule_for(preset, first), starts_on=first)
    dates = recurrence.due_dates(duty, until=first + datetime.timedelta(days=800))
    months = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}
    assert dates[0] == first
    for earlier, later in itertools.pairwise(dates):
        if preset == "weekly":
            assert (later - earlier).days == 7
        elif not (preset == "yearly" and first.month == 2 and first.day == 29):
            apart = (later.year - earlier.year) * 12 + later.month - earlier.month
            assert apart == months[preset]


def test_figures_of_a_past_date_are_those_of_that_date(world):
    start, due = datetime.date(2026, 9, 1), datetime.date(2026, 10, 15)
    task = issue(world, start, due, addressees=[world.mau_son, world.khanh_khe])
    with at(datetime.date(2026, 10, 20)):
        part = task.obligations.get(owner=world.mau_son)
        answering.submit_answer(scope=world.scope("mau_son_focal"), obligation=part, text="Xong")
        checking.verify(scope=world.scope("specialist"), parts=[part])
        deciding.extend(
            scope=world.scope("chief"), parts=[task.obligations.get(owner=world.khanh_khe)], due_on=MONDAY, reason="Mưa"
        )

    def figures(day):
        total = counts.facts(world.scope("chief", today=MONDAY), as_of=day).total()
        return {name: number for name, number in total.counts.items() if number}

    assert figures(datetime.date(2026, 8, 1)) == {}
    assert figures(datetime.date(2026, 9, 10)) == {"within": 3}
    assert figures(datetime.date(2026, 10, 16)) == {"overdue": 3}
    assert figures(datetime.date(2026, 10, 21)) == {"overdue": 1, "within": 1, "done_late": 1}
    live = counts.facts(world.scope("chief", today=datetime.date(2026, 10, 21))).total()
    assert {name: number for name, number in live.counts.items() if number} == figures(datetime.date(2026, 10, 21))


def test_figures_as_known_on_a_day_leave_out_what_was_recorded_later(world, client_of):
    start, due = datetime.date(2026, 9, 1), datetime.date(2026, 10, 15)
    issue(world, start, due, addressees=[world.mau_son])
    part = Obligation.objects.get(owner=world.mau_son)
    with at(datetime.date(2026, 10, 20)):
        answering.submit_answer(scope=world.scope("mau_son_focal"), obligation=part, text="Xong")
    # Recorded on 20 October, in force since 10 October.
    part.events.filter(kind="submitted").update(
        effective_on=datetime.date(2026, 10, 10), submitted_after=datetime.date(2026, 10, 10)
    )

    def page(**asked):
        with at(MONDAY):
            response = client_of("chief").get(reverse("work:overview"), asked)
        assert response.status_code == 200
        return response.context

    def waiting(**asked):
        return page(**asked)["six"].waiting

    assert waiting(as_of="12/10/2026") == 1
    assert waiting(as_of="12/10/2026", known_on="19/10/2026") == 0
    assert waiting(as_of="2026-10-12", known_on="20/10/2026") == 1
    assert page(known_on="19/10/2026")["six"].waiting == 0
    wrong = page(as_of="31/2/2026", known_on="x" * 500)
    assert (wrong["as_of"], wrong["past"].known_on, bool(wrong["past"].wrong)) == (None, None, True)


def test_columns_that_drift_from_their_history_are_found(world):
    task = issue(world, MONDAY, MONDAY)
    assert list(columns_follow_events()) == []
    task.obligations.update(state="in_progress")
    part = task.obligations.get()
    assert list(columns_follow_events()) == [f"part {part.uid}: state differ from its history"]


def test_history_is_only_added_to(world):
    task = issue(world, MONDAY, MONDAY)
    part = task.obligations.get()
    before = list(ObligationEvent.objects.values_list("pk", "kind"))
    with at(MONDAY):
        answering.open_part(scope=world.scope("home_head"), obligation=part)
    assert list(ObligationEvent.objects.values_list("pk", "kind"))[: len(before)] == before


@pytest.mark.parametrize("by", ["owner_id", "task__source_document_id"])
def test_groups_sum_to_the_total(world, by):
    issue(world, MONDAY, MONDAY, addressees=[world.mau_son, world.khanh_khe])
    source = counts.facts(world.scope("chief", today=MONDAY))
    assert counts.sum_of(source.group_by(by).values()) == source.total()

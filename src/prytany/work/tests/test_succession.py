"""Open work follows what becomes of its units."""

import datetime
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from prytany.core import clock
from prytany.notifications.models import Notice
from prytany.organisation import impact, services
from prytany.organisation.acts.plan import Step, StepKind
from prytany.organisation.models import Unit
from prytany.organisation.specs import UnitSpec, named
from prytany.organisation.tests.test_acts import applied
from prytany.work.history import rebuilt
from prytany.work.models import Obligation
from prytany.work.recurring import bring_all
from prytany.work.services import deciding, recurrence
from prytany.work.services.drafting import Row
from prytany.work.services.succession import follow_all, follow_units
from prytany.work.tests.test_loop import issued, part_of


def state(task, unit):
    part = part_of(task, unit)
    assert rebuilt(part) == {name: getattr(part, name) for name in rebuilt(part)}
    return part.owner, part.holder


@pytest.fixture
def spec():
    return UnitSpec(named("Xã Mới"), "commune", "commune", code="99")


def test_one_heir_answers_for_what_two_merged_communes_owe(world, spec):
    task = issued(world)
    step = Step(StepKind.MERGE, units=(world.mau_son.uid, world.khanh_khe.uid), new=(spec,), carry_posts=True)
    applied(world, step, on=clock.today())
    heir = Unit.objects.get(uid=spec.uid)
    assert [state(task, unit) for unit in (world.mau_son, world.khanh_khe)] == [
        (world.mau_son, heir),
        (world.khanh_khe, heir),
    ]
    assert state(task, world.home) == (world.home, world.home)
    told = Notice.objects.filter(kind="parts_handed_over", person=world.person("mau_son_focal"))
    assert [notice.count for notice in told] == [2]


def test_the_preview_of_an_act_counts_the_open_work(world):
    issued(world)
    lines = {str(line.label): line.total for line in impact.impact_of({world.mau_son.pk}, clock.today())}
    assert lines["Open tasks"] == 1


def test_an_act_in_force_later_moves_the_work_on_its_day(world, spec):
    task = issued(world)
    later = clock.today() + datetime.timedelta(days=10)
    applied(world, Step(StepKind.MERGE, units=(world.mau_son.uid, world.khanh_khe.uid), new=(spec,)), on=later)
    follow_all()
    assert state(task, world.mau_son) == (world.mau_son, world.mau_son)
    with clock.at(clock.now() + datetime.timedelta(days=10)):
        follow_all()
        assert state(task, world.mau_son)[1].uid == spec.uid


def test_confirmed_work_stays_where_it_was_done(world, spec):
    task = issued(world)
    Obligation.objects.filter(pk=part_of(task, world.mau_son).pk).update(state="verified", completed_on=clock.today())
    applied(world, Step(StepKind.MERGE, units=(world.mau_son.uid, world.khanh_khe.uid), new=(spec,)), on=clock.today())
    assert part_of(task, world.mau_son).holder == world.mau_son


def test_without_a_single_heir_the_assigner_is_asked_once(world):
    task = issued(world)
    applied(world, Step(StepKind.ABOLISH, units=(world.mau_son.uid,)), on=clock.today())
    follow_units(world.root.pk)
    follow_units(world.root.pk)
    assert state(task, world.mau_son) == (world.mau_son, world.mau_son)
    asked = Notice.objects.filter(kind="part_without_unit").values_list("person__user__username", flat=True)
    assert sorted(asked) == ["chief", "specialist"]


def test_an_act_taken_back_gives_the_work_back(world):
    task = issued(world)
    step = Step(StepKind.MERGE, units=(world.mau_son.uid,), into=(world.khanh_khe.uid,))
    act = applied(world, step, on=clock.today())
    assert state(task, world.mau_son) == (world.mau_son, world.khanh_khe)
    services.undo_change_act(scope=world.scope("admin"), act=act)
    assert state(task, world.mau_son) == (world.mau_son, world.mau_son)


def test_what_a_person_handed_over_stays_there(world):
    task = issued(world)
    deciding.hand_over(scope=world.scope("chief"), parts=[part_of(task, world.mau_son)], to=world.ky_lua)
    follow_units(world.root.pk)
    assert state(task, world.mau_son) == (world.mau_son, world.ky_lua)


def duty_of(world, lead, **units):
    return recurrence.create_duty(
        scope=world.scope("chief"),
        unit=world.office,
        row=Row(content="Báo cáo tháng", lead=lead, **units),
        preset="monthly",
        first_due=clock.today() + datetime.timedelta(days=3),
    )


def test_recurring_duty_of_an_abolished_unit_asks_once_and_goes_to_the_unit_that_is_chosen(world, client_of):
    duty = duty_of(world, world.mau_son)
    other = duty_of(world, world.home)
    applied(world, Step(StepKind.ABOLISH, units=(world.mau_son.uid,)), on=clock.today())
    follow_units(world.root.pk)
    follow_all()
    told = Notice.objects.filter(target_uid=duty.uid)
    assert [notice.person for notice in told] == [world.person("chief")]
    assert not Notice.objects.filter(target_uid=other.uid).exists()
    assert bring_all() == 1
    chief = client_of("chief")
    page = chief.get(reverse("work:duties"))
    stuck = [duty for duty in page.context["duties"] if getattr(duty, "lead_gone", "")]
    assert stuck == [duty]
    assert stuck[0].lead_gone in unescape(page.content.decode())
    wrong = chief.post(reverse("work:give_duty", args=[duty.uid]), {f"{duty.uid}-lead": "Không có"}, follow=True)
    assert [str(m) for m in wrong.context["messages"]] != []
    duty.refresh_from_db()
    assert duty.pattern["lead"] == str(world.mau_son.uid)
    chief.post(reverse("work:give_duty", args=[duty.uid]), {f"{duty.uid}-lead": "Sở Xây dựng"})
    duty.refresh_from_db()
    assert duty.pattern["lead"] == str(world.works.uid)
    assert bring_all() == 1
    assert duty.instances.get().obligations.get().owner == world.works


def test_recurring_duty_follows_a_single_heir_by_itself(world, spec):
    duty = duty_of(world, world.mau_son, addressees=[world.khanh_khe])
    applied(world, Step(StepKind.MERGE, units=(world.mau_son.uid, world.khanh_khe.uid), new=(spec,)), on=clock.today())
    assert not Notice.objects.filter(target_uid=duty.uid).exists()
    heir = Unit.objects.get(uid=spec.uid)
    standing = recurrence.standing_for([duty], clock.today())
    assert standing == {str(world.mau_son.uid): [heir], str(world.khanh_khe.uid): [heir]}


def test_nobody_gives_away_a_duty_of_a_unit_for_which_they_do_not_assign(world, client_of):
    duty = duty_of(world, world.home)
    assert client_of("mau_son_focal").post(reverse("work:give_duty", args=[duty.uid])).status_code in (403, 404)
    with pytest.raises(PermissionDenied):
        recurrence.give_duty(scope=world.scope("mau_son_focal"), duty=duty, lead=world.works)

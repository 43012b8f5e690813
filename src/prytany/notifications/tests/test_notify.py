"""Telling people of an act."""

from collections import Counter
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django_tasks_db.models import DBTaskResult

from prytany.accounts.models import Preference
from prytany.core import levels
from prytany.notifications.kinds import KINDS, SUBJECTS, html_sentence, plain_sentence
from prytany.notifications.models import Delivery, Notice
from prytany.notifications.services import forget_content, notify
from prytany.notifications.tests.factories import Probe
from prytany.organisation.models import Person, Substitution


def with_mail(world, *names):
    people = [world.person(name) for name in names]
    for person in people:
        person.email = f"person{person.pk}@example.test"
        person.save()
    return people


def tell(world, *people, kind="tasks_assigned", **kwargs):
    kwargs.setdefault("act", uuid4())
    return notify(scope=world.scope("chief"), kind=kind, people=people, **kwargs)


def test_notify_writes_one_notice_a_person_however_many_records(world):
    one, two = world.person("mau_son_focal"), world.person("ky_lua_focal")
    act = uuid4()
    told = notify(
        scope=world.scope("chief"), act=act, kind="tasks_assigned", people=Counter({one.pk: 3, two.pk: 1}), urgent=True
    )
    assert told == 2
    assert list(Notice.objects.order_by("person_id").values_list("person_id", "act", "count", "urgent")) == [
        (one.pk, act, 3, True),
        (two.pk, act, 1, True),
    ]


def test_notify_twice_tells_once(world):
    person, act = world.person("mau_son_focal"), uuid4()
    for _ in range(2):
        tell(world, person, act=act)
    tell(world, person, act=act, kind="remark")
    assert sorted(Notice.objects.values_list("kind", flat=True)) == ["remark", "tasks_assigned"]


def test_notify_refuses_an_unknown_kind(world):
    with pytest.raises(KeyError):
        tell(world, world.person("deputy"), kind="nothing_of_the_kind")


def test_notify_keeps_no_content_above_open(world):
    person = world.person("mau_son_focal")
    tell(world, person, params={"content": "Sửa cầu", "unit": world.home.pk}, target=Probe())
    tell(world, person, params={"content": "Kế hoạch mật", "unit": world.home.pk}, target=Probe(levels.INTERNAL))
    tell(world, person, params={"title": "Kế hoạch mật"}, level=levels.SECRET)
    stored = list(Notice.objects.order_by("pk").values_list("params", "level"))
    assert stored == [
        ({"content": "Sửa cầu", "unit": world.home.pk}, levels.OPEN),
        ({"unit": world.home.pk}, levels.INTERNAL),
        ({}, levels.SECRET),
    ]


def test_forget_content_when_a_level_rises(world):
    probe = Probe()
    tell(world, world.person("deputy"), params={"content": "Sửa cầu"}, target=probe)
    forget_content(target_uids=[probe.uid])
    notice = Notice.objects.get()
    assert (notice.params, notice.level) == ({}, levels.INTERNAL)


def test_notify_copies_to_who_stands_in_today(world):
    today = world.scope("chief").today
    deputy, clerk = world.person("deputy"), world.person("clerk")
    Substitution.objects.create(
        absent=world.posts["leader"], substitute=deputy, valid_from=today, valid_to=today + timedelta(days=1)
    )
    Substitution.objects.create(
        absent=world.posts["leader"], substitute=clerk, valid_from=date(2020, 1, 1), valid_to=date(2020, 2, 1)
    )
    notify(
        scope=world.scope("chief"), act=uuid4(), kind="tasks_assigned", people=Counter({world.person("leader").pk: 4})
    )
    assert list(Notice.objects.order_by("pk").values_list("person_id", "count", "as_substitute")) == [
        (world.person("leader").pk, 4, False),
        (deputy.pk, 4, True),
    ]


def test_notify_gives_the_substitute_their_own_notice_where_they_are_told_anyway(world):
    today = world.scope("chief").today
    Substitution.objects.create(absent=world.posts["leader"], substitute=world.person("deputy"), valid_from=today)
    tell(world, world.person("leader"), world.person("deputy"))
    assert Notice.objects.filter(as_substitute=True).count() == 0
    assert Notice.objects.count() == 2


@pytest.mark.parametrize(
    ("kind", "urgent", "mode", "mail"),
    [
        ("tasks_assigned", False, None, "daily"),
        ("tasks_assigned", True, None, "now"),
        ("extension_asked", False, None, "now"),
        ("parts_sent_back", False, None, "now"),
        ("parts_sent_back", False, "daily", "daily"),
        ("tasks_assigned", False, "now", "now"),
        ("tasks_assigned", False, "off", ""),
        ("tasks_assigned", True, "off", ""),
        ("tasks_assigned", True, "daily", "now"),
    ],
)
def test_what_comes_at_once(world, kind, urgent, mode, mail):
    (person,) = with_mail(world, "mau_son_focal")
    if mode:
        Preference.objects.create(
            person=person,
            key="notices",
            value={"modes": {KINDS[kind].subject.code: mode}, "digest_at": "", "quiet": []},
        )
    tell(world, person, kind=kind, urgent=urgent)
    assert Notice.objects.get().mail == mail
    assert Delivery.objects.count() == DBTaskResult.objects.count() == (1 if mail == "now" else 0)


def test_on_a_quiet_day_what_would_come_at_once_waits(world):
    (person,) = with_mail(world, "mau_son_focal")
    Preference.objects.create(person=person, key="notices", value={"quiet": [world.scope("chief").today.isoweekday()]})
    tell(world, person, urgent=True)
    assert Notice.objects.get().mail == "daily"
    assert not Delivery.objects.exists()


def test_at_once_queues_nothing_for_who_has_no_address(world):
    tell(world, world.person("mau_son_focal"), urgent=True)
    assert Notice.objects.count() == 1
    assert not Delivery.objects.exists()


def test_notify_of_a_fan_out_takes_few_queries(world, django_assert_max_num_queries):
    Person.objects.bulk_create(
        [Person(name=f"Người {n}", sort_key="", folded="", email="a@example.test") for n in range(3321)]
    )
    people = list(Person.objects.filter(name__startswith="Người").values_list("pk", flat=True))
    scope = world.scope("chief")
    with django_assert_max_num_queries(70):
        assert notify(scope=scope, act=uuid4(), kind="tasks_assigned", people=people) == 3321
    assert Notice.objects.filter(mail="daily").count() == 3321


@pytest.mark.parametrize("language", ["vi", "en", "ar"])
@pytest.mark.parametrize("code", sorted(KINDS))
@pytest.mark.parametrize("params", [{}, {"content": "<b>Sửa</b> 100%", "title": "<b>Sửa</b> 100%"}])
@pytest.mark.parametrize("count", [1, 2, 11])
def test_every_kind_makes_a_sentence(language, code, params, count, settings):
    from django.utils import translation

    with translation.override(language):
        text = plain_sentence(code, count, params, "Sở Nội vụ")
        html = html_sentence(code, count, params, "Sở Nội vụ")
    assert "%(" not in text + html
    assert "<b>" not in html
    assert text


def test_a_kind_no_longer_known_still_says_something():
    assert plain_sentence("gone", 1, {"content": "x"}) == "There is news on a record."


def test_every_subject_has_a_kind_or_is_for_upper_apps():
    assert {kind.subject.code for kind in KINDS.values()} >= set(SUBJECTS) - {"papers", "office"}

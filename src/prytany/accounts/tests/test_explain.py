"""Why may I see this: the sentences, and who gets none."""

import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from prytany.accounts import explain
from prytany.accounts.models import Clearance, NeedToKnow
from prytany.audit.models import AuditEvent
from prytany.audit.recording import record
from prytany.core import levels
from prytany.organisation.models import Substitution, Unit
from prytany.organisation.reach import within
from prytany.organisation.tests.factories import SINCE

pytestmark = pytest.mark.django_db


def told(answer):
    return [re.sub(r"\s+", " ", strip_tags(sentence)) for sentence in answer.sentences]


def why(world, name, kind, row, **kwargs):
    appointment = world.posts[name]
    scope = world.scope(name)
    return explain.why(scope, kind, row, person=appointment.person, appointment=appointment, **kwargs)


@pytest.fixture
def event(world):
    return record(world.scope("chief"), action="setup.finish", target=world.user("chief"))


@pytest.fixture
def english(settings):
    from django.utils import translation

    with translation.override("en"):
        yield


def test_why_names_post_rule_reach_and_level(world, event, english):
    answer = why(world, "auditor", "auditevent", event)
    assert answer.visible
    assert told(answer) == [
        "Kiểm toán nội bộ (thử) holds the post Kiểm toán nội bộ, Tỉnh ủy thử, since 01/01/2020.",
        "The role Auditor may read the log of Tỉnh ủy thử and all units below it.",
        "The log of the whole office is open to who may read it.",
        "Its level is open, which needs no clearance.",
    ]


def test_why_not_names_what_is_missing(world, event, english):
    answer = why(world, "chief", "auditevent", event)
    assert not answer.visible
    assert told(answer)[1:] == [
        "The record belongs to Tỉnh ủy thử.",
        "The role Chief of office may not read the log.",
        "So this record lies outside the reach of the post.",
        "Its level is open, which needs no clearance.",
    ]


def test_why_tells_clearance_with_basis_and_dates(world, english):
    AuditEvent.objects.bulk_create(
        [AuditEvent(at=record(world.scope("chief"), action="x").at, action="y", root_id=world.root.pk, level=10)]
    )
    row = AuditEvent.objects.get(action="y")
    assert told(why(world, "auditor", "auditevent", row))[-1] == (
        "Its level is secret, and no clearance in force reaches that."
    )
    Clearance.objects.create(person=world.person("auditor"), level=levels.SECRET, basis="12-QĐ/TU", valid_from=SINCE)
    NeedToKnow.objects.create(
        person=world.person("auditor"),
        target_kind="auditevent",
        target_uid=row.uid,
        level=10,
        reason="Kiểm tra",
        valid_from=SINCE,
    )
    answer = why(world, "auditor", "auditevent", row)
    assert answer.visible
    assert told(answer)[-2:] == [
        "Its level is secret. Clearance up to secret, basis: 12-QĐ/TU, since 01/01/2020.",
        "Need to know: Kiểm tra, since 01/01/2020.",
    ]


def test_why_says_for_whom_one_stands_in(world, event, english):
    from prytany.accounts.scopes import appointments_of, scope_of

    deputy = world.person("deputy")
    Substitution.objects.create(absent=world.posts["auditor"], substitute=deputy, valid_from=SINCE)
    appointment = appointments_of(deputy).get(pk=world.posts["auditor"].pk)
    scope = scope_of(appointment, person=deputy)
    answer = explain.why(scope, "auditevent", event, person=deputy, appointment=appointment)
    assert told(answer)[0] == (
        "Phó Chánh Văn phòng (thử) stands in for Kiểm toán nội bộ (thử) as Kiểm toán nội bộ, Tỉnh ủy thử."
    )


def test_why_somebody_without_a_post_sees_nothing(world, event, english):
    appointment = world.posts["auditor"]
    appointment.valid_to = world.scope("chief").today
    appointment.save()
    (answer,) = explain.why_somebody("auditevent", event, appointment.person, world.scope("chief").today)
    assert (answer.visible, told(answer)) == (
        False,
        ["Kiểm toán nội bộ (thử) holds no post today, and rights come from posts alone."],
    )


def test_sentences_escape_what_people_typed(world, event):
    person = world.person("auditor")
    person.name = "<script>x</script>"
    person.save()
    world.posts["auditor"].refresh_from_db()
    assert "<script>" not in "".join(why(world, "auditor", "auditevent", event).sentences)


def test_reach_below_a_unit_is_told_with_its_date(world, english):
    from prytany.core.permissions import Permission

    explain.register(
        "test",
        Unit,
        [explain.Way("t", Permission.TASK_READ, lambda s: within(s, Permission.TASK_READ, "root"), "%(place)s.")],
        place=lambda unit: unit.pk,
    )
    try:
        speaker = explain._Speaker(
            world.scope("chief"), world.person("chief"), world.posts["chief"], explain.entry_of("test")
        )
        sentences = speaker.lies(world.mau_son.pk, world.scope("chief").reaches(Permission.TASK_READ))
    finally:
        explain._explained.pop("test")
    assert [strip_tags(s) for s in sentences] == ["Xã Mẫu Sơn has stood below Tỉnh ủy thử since 01/01/2020."]


@pytest.mark.parametrize("kind", ["unit", "auditevent"])
def test_ways_are_what_visible_to_says(world, event, kind):
    entry = explain.entry_of(kind)
    for name in world.posts:
        scope = world.scope(name)
        open_rows = entry.model.objects.filter(explain.covered_by(scope, kind))
        assert set(open_rows) == set(entry.model.objects.visible_to(scope))


def test_page_answers_who_sees_the_record_and_is_404_for_others(client_of, world, event):
    address = reverse("accounts:why", args=["auditevent", event.uid])
    assert client_of("chief").get(address).status_code == 404
    assert client_of("stranger").get(address).status_code == 404
    response = client_of("auditor").get(address, {"person": world.person("chief").name})
    assert response.status_code == 200
    assert [answer.visible for answer in response.context["answers"]] == [False]
    assert client_of("auditor").get(address, {"person": "Không ai"}).status_code == 422
    unknown = reverse("accounts:why", args=["nothing", event.uid])
    assert client_of("auditor").get(unknown).status_code == 404

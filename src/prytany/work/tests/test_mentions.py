"""Names after an @: those are offered who may read the entry, and those are mentioned whose name stands there."""

import pytest
from django.urls import reverse

from prytany.organisation.models import Person
from prytany.work import mentions, sight
from prytany.work.models import Mention, Remark
from prytany.work.tests.test_loop import issued


def names(found):
    return {person.name.removesuffix(" (thử)") for person in found}


def test_offered_are_those_who_may_read_the_entry(world):
    task = issued(world)
    for post in ("specialist", "mau_son_focal", "home_head"):
        scope = world.scope(post)
        for audience in Remark.Audience.values:
            for person in mentions.offered(scope, task, audience, ""):
                assert sight.person_sees(person, task, audience, scope), (post, audience, person)


def test_a_unit_is_offered_its_own_people_and_the_office_but_not_other_units(world):
    task = issued(world)
    scope = world.scope("mau_son_focal")
    assert names(mentions.offered(scope, task, "task", "chu tich")) == {"Chủ tịch xã"}
    assert names(mentions.offered(scope, task, "task", "Chánh Văn")) == {"Chánh Văn phòng", "Phó Chánh Văn phòng"}
    assert names(mentions.offered(scope, task, "task", "giám đốc")) == set()
    assert names(mentions.offered(scope, task, "unit", "")) == {"Chủ tịch xã"}


def test_words_that_fit_nobody_offer_nobody(world):
    task = issued(world)
    assert mentions.offered(world.scope("specialist"), task, "task", "không ai tên thế %_\\") == []


def test_people_of_another_office_are_never_offered(world):
    task = issued(world)
    assert names(mentions.offered(world.scope("specialist"), task, "task", "khác")) == set()
    assert Person.objects.filter(name__contains="khác").exists()


@pytest.mark.parametrize(
    "text",
    [
        "Nhờ @Chánh Văn phòng (thử), xem giúp",
        "@Chánh Văn phòng (thử) xem giúp",
        "(@chanh van phong (thu). Cảm ơn",
        "@Chánh Văn phòng (thử)!\nHết",
    ],
)
def test_a_name_is_found_whatever_follows_it(world, text):
    assert mentions.mentioned_in(text, Person.objects.all()) == [world.person("chief")]


def test_a_name_with_a_comma_is_found_whole(world):
    person = world.person("chief")
    person.name = "Chánh Văn phòng, bản thử"
    person.save()
    assert mentions.mentioned_in("@Chánh Văn phòng, bản thử, xem nhé", Person.objects.all()) == [person]


def test_people_address_answers_the_field_and_a_chosen_name_is_a_mention(world, client_of):
    task = issued(world)
    client = client_of("specialist")
    url = reverse("work:people", args=[task.uid])
    page = client.get(reverse("work:task", args=[task.uid])).content.decode()
    assert f'data-mentions="{url}"' in page
    found = client.get(url, {"q": "pho chanh", "audience": "task"}).json()["results"]
    assert [(one["label"], one["note"]) for one in found] == [
        ("Chánh Văn phòng (thử)", "Chánh Văn phòng, Văn phòng Tỉnh ủy thử"),
        ("Phó Chánh Văn phòng (thử)", "Phó Chánh Văn phòng, Văn phòng Tỉnh ủy thử"),
    ]
    text = f"@{found[1]['label']} xem giúp"
    client.post(reverse("work:remark", args=[task.uid]), {"text": text, "audience": "task"})
    assert [mention.person for mention in Mention.objects.all()] == [world.person("deputy")]


@pytest.mark.parametrize(("post", "status"), [("works_head", 404), ("stranger", 404), ("inspector", 403)])
def test_people_address_is_for_who_may_speak_on_the_task(world, client_of, post, status):
    url = reverse("work:people", args=[issued(world).uid])
    assert client_of(post).get(url, {"q": "a"}).status_code == status


def test_an_audience_that_does_not_exist_is_the_narrow_one(world, client_of):
    url = reverse("work:people", args=[issued(world).uid])
    found = client_of("mau_son_focal").get(url, {"q": "", "audience": "x" * 300}).json()["results"]
    assert [one["label"] for one in found] == ["Chủ tịch xã (thử)"]

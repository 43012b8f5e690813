"""The page Search and what the header's field offers."""

from django.urls import reverse

from prytany.accounts.models import Preference
from prytany.documents.tests.papers import enter
from prytany.search.services import KEY


def find(client, text, **query):
    return client.get(reverse("search:find"), {"q": text, **query})


def test_number_leads_straight_to_its_paper(world, client_of):
    document = enter(world.scope("clerk"), world.office).document
    client = client_of("chief")
    response = find(client, "118-TB")
    assert (response.status_code, response["Location"]) == (302, reverse("documents:detail", args=[document.uid]))
    assert find(client, "118-TB", all="1").status_code == 200
    assert find(client_of("stranger"), "118-TB").status_code == 200


def test_hits_are_shown_with_their_words_marked_and_counted(world, client_of):
    enter(world.scope("clerk"), world.office)
    page = find(client_of("chief"), "hoi nghi").content.decode()
    assert "<mark>hội nghị</mark>" in page
    assert "Nothing found that you may see" not in page
    assert "Nothing found that you may see" in find(client_of("mau_son_focal"), "hoi nghi").content.decode()


def test_people_text_is_escaped(world, client_of):
    enter(world.scope("clerk"), world.office, summary="<script>alert(1)</script> hội nghị")
    page = find(client_of("chief"), "hội <b>nghị</b>").content.decode()
    assert "<script>alert(1)" not in page
    assert "<b>nghị" not in page


def test_suggestions_lead_to_papers_in_sight(world, client_of):
    document = enter(world.scope("clerk"), world.office).document
    url = reverse("search:suggest")
    (offer,) = client_of("chief").get(url, {"q": "giao b"}).json()["results"]
    assert offer["value"] == reverse("documents:detail", args=[document.uid])
    assert offer["label"] == "\u2066118-TB/VPTU\u2069 Kết luận hội nghị giao ban quý IV"
    assert client_of("mau_son_focal").get(url, {"q": "giao b"}).json() == {"results": []}
    assert client_of("chief").get(url, {"q": ""}).json() == {"results": []}


def test_searches_are_saved_and_forgotten(world, client_of):
    client = client_of("chief")
    for text in ("số hóa", "đường liên thôn", "số hóa"):
        client.post(reverse("search:save"), {"q": text})
    assert Preference.objects.get(key=KEY).value == ["số hóa", "đường liên thôn"]
    assert "đường liên thôn" in client.get(reverse("search:find")).content.decode()
    client.post(reverse("search:drop"), {"saved": "số hóa"})
    assert Preference.objects.get(key=KEY).value == ["đường liên thôn"]
    assert not Preference.objects.filter(person=world.person("clerk")).exists()


def test_search_takes_few_queries_however_many_hits(world, client_of, django_assert_max_num_queries):
    clerk = world.scope("clerk")
    for number in range(25):
        enter(clerk, world.office, symbol=f"{number}-TB/VPTU")
    client = client_of("chief")
    find(client, "hội nghị")
    with django_assert_max_num_queries(12):
        response = find(client, "hội nghị")
    assert len(response.context["results"].hits) == 20

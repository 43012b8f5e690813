"""Columns of a list and single keys: each person's own choice, kept, and read with the page."""

from django.urls import reverse

from prytany.accounts import preferences


def heads(client):
    return [column.key for column in client.get(reverse("work:tasks")).context["columns"]]


def test_columns_chosen_are_shown_to_this_person_alone(world, client_of):
    client, url = client_of("specialist"), reverse("accounts:columns", args=["tasks"])
    assert heads(client) == ["source", "content", "unit", "state", "due"]
    page = client.get(url)
    assert [(column.key, on) for column, on in page.context["choices"]][4:7] == [
        ("due", True),
        ("role", False),
        ("handler", False),
    ]
    answer = client.post(url, {"column": ["due", "handler", "due", "nothing"], "next": "/tasks/?view=all"})
    assert (answer.status_code, answer["Location"]) == (302, "/tasks/?view=all")
    assert heads(client) == ["due", "content", "handler"]
    assert heads(client_of("chief")) == ["source", "content", "unit", "state", "due"]


def test_usual_columns_come_back_and_no_column_means_the_usual(world, client_of):
    client, url = client_of("specialist"), reverse("accounts:columns", args=["tasks"])
    client.post(url, {"column": ["due"]})
    client.post(url, {"act": "usual", "column": ["due"]})
    assert heads(client) == ["source", "content", "unit", "state", "due"]
    client.post(url, {})
    assert heads(client) == ["source", "content", "unit", "state", "due"]
    assert preferences.get(world.scope("specialist"), "columns") == {}


def test_columns_of_no_list_are_not_there_and_next_stays_here(world, client_of):
    client = client_of("specialist")
    assert client.get(reverse("accounts:columns", args=["nothing"])).status_code == 404
    url = reverse("accounts:columns", args=["tasks"])
    answer = client.post(url, {"column": ["due"], "next": "https://elsewhere.example/"})
    assert answer["Location"] == reverse("work:tasks")


def test_single_keys_are_off_for_who_switched_them_off(world, client_of):
    client = client_of("specialist")
    assert "data-single-keys" not in client.get(reverse("work:tasks")).content.decode()
    client.post(reverse("accounts:set_shortcuts"), {})
    assert 'data-single-keys="off"' in client.get(reverse("work:tasks")).content.decode()
    assert "data-single-keys" not in client_of("chief").get(reverse("work:tasks")).content.decode()
    client.post(reverse("accounts:set_shortcuts"), {"shortcuts": "on"})
    assert "data-single-keys" not in client.get(reverse("work:tasks")).content.decode()

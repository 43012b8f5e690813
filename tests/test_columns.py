"""Each list with more than its five columns to offer lets a person choose them."""

import pytest
from django.urls import reverse

from prytany.documents.tests.papers import enter


@pytest.mark.parametrize(
    ("name", "page", "who", "chosen", "shown"),
    [
        ("documents", "documents:list", "clerk", ["pages", "signer"], ["Kind and summary", "Pages", "Signer's post"]),
        ("registers", "documents:registers", "clerk", ["note", "copies"], ["Kind and summary", "Note", "Copies"]),
        ("people", "people:list", "admin", ["decision"], ["Person", "Decision"]),
    ],
)
def test_every_list_with_more_to_offer_lets_its_columns_be_chosen(world, client_of, name, page, who, chosen, shown):
    enter(world.scope("clerk"), world.office, pages=7, signer_title="Trưởng Ban Xyzqk")
    client, url = client_of(who), reverse("accounts:columns", args=[name])
    usual = client.get(reverse(page))
    assert url in usual.content.decode()
    client.post(url, {"column": chosen})
    answer = client.get(reverse(page))
    assert [column.key for column in usual.context["columns"]] != [column.key for column in answer.context["columns"]]
    assert {str(column.label) for column in answer.context["columns"]} == set(shown)
    table = answer.content.decode().split("<table", 1)[1].split("</table", 1)[0]
    assert ("Trưởng Ban Xyzqk" in table) is (name == "documents")
    assert table.count("<tr") > 1

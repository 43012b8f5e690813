"""The header names the body one works for."""

import pytest

from prytany.organisation.models import PostTitle


@pytest.mark.parametrize(
    ("post", "office"),
    [
        ("specialist", "Văn phòng Tỉnh ủy thử"),
        ("chief", "Văn phòng Tỉnh ủy thử"),
        ("mau_son_focal", "Xã Mẫu Sơn"),
        ("leader", "Tỉnh ủy thử"),
    ],
)
def test_header_names_the_body_and_not_its_section(client_of, post, office):
    frame = client_of(post).get("/nowhere/").context["frame"]
    assert frame.office == office


def test_post_is_shown_in_the_readers_language(client_of, world):
    post = world.posts["chief"].post
    PostTitle.objects.create(post=post, language="fr", title="Chef de cabinet")
    person = world.person("chief")
    for language, title in (("fr", "Chef de cabinet"), ("ur", "Chánh Văn phòng")):
        person.language = language
        person.save()
        assert client_of("chief").get("/nowhere/").context["frame"].post == title

"""The list component: the address holds its state."""

from uuid import uuid4

import pytest
from django.db.models import Q
from django.test import RequestFactory
from django.utils import translation

from prytany.accounts.models import User
from prytany.core import registry
from prytany.core.lists import Column, Count, Filter, ListState, chosen_columns, count_up_to, selected
from prytany.organisation.models import Person

FILTERS = (
    Filter("name", "Name", lambda rows, value: Q(name__icontains=value)),
    Filter("mail", "With mail", ~Q(email=""), flag=True),
    Filter(
        "language", "Language", lambda rows, value: rows.filter(language=value), choices=[("vi", "vi"), ("ur", "ur")]
    ),
    Filter("pk", "Key", lambda rows, value: Q(pk=int(value))),
)
ORDER = {"name": ("name", ("sort_key", "pk")), "newest": ("newest", ("-pk",))}


def state(query=""):
    return ListState(RequestFactory().get(f"/people/?{query}"), filters=FILTERS, order=ORDER, size=2)


@pytest.fixture
def people(db):
    return [
        Person.objects.create(name=name, language=language, email=email)
        for name, language, email in (
            ("An", "vi", "an@example.org"),
            ("Bình", "vi", ""),
            ("Chi", "ur", "chi@example.org"),
            ("Dung", "vi", ""),
        )
    ]


def test_active_filters_narrow_and_senseless_ones_are_dropped(people):
    assert [p.name for p in state("language=vi&mail=1").apply(Person.objects.all())] == ["An"]
    dropped = state("language=xx&mail=yes&pk=abc&nobody=1")
    assert dropped.active == {"pk": "abc"}
    assert dropped.apply(Person.objects.all()).count() == 4
    assert dropped.active == {}


def test_pages_follow_the_order_in_the_address(people):
    first = state("order=name").page(Person.objects.all())
    assert [p.name for p in first.rows] == ["An", "Bình"]
    second = state(f"order=name&after={first.next}").page(Person.objects.all())
    assert [p.name for p in second.rows] == ["Chi", "Dung"]
    back = state(f"order=name&before={second.previous}").page(Person.objects.all())
    assert [p.name for p in back.rows] == ["An", "Bình"]
    assert [p.name for p in state("order=nonsense").page(Person.objects.all()).rows] == ["An", "Bình"]


def test_addresses_keep_the_rest_and_start_at_the_first_page():
    here = state("language=vi&order=newest&after=abc")
    assert here.url(mail=1) == "/people/?language=vi&order=newest&mail=1"
    assert here.url(language=None, order="") == "/people/"
    chip = here.chip("language", "vi", "Vietnamese", 3)
    assert (chip.on, chip.url, chip.count) == (True, "/people/?order=newest", 3)
    assert [link.on for link in here.order_links()] == [False, True]


def test_counts_have_a_ceiling(people):
    with translation.override("en"):
        assert count_up_to(Person.objects.all()) == Count(4)
        assert str(count_up_to(Person.objects.all(), 3)) == "3+"
        assert not count_up_to(Person.objects.none())


def test_selected_takes_the_ticked_rows_or_all_of_the_narrowed(people):
    def post(**data):
        return RequestFactory().post("/", data)

    visible = Person.objects.exclude(pk=people[3].pk)
    chosen = selected(post(row=[str(people[0].uid), str(people[3].uid), "no-uid", str(uuid4())]), visible)
    assert [p.name for p in chosen] == ["An"]
    assert selected(post(all="1"), visible).count() == 3
    assert selected(post(), visible).count() == 0


def test_chosen_columns_are_the_persons_own_else_the_usual(world):
    columns = [Column("a", "A"), Column("b", "B"), Column("c", "C", usual=False)]
    request = RequestFactory().get("/")
    request.scope = world.scope("chief")
    before = registry.frame.get("columns")
    try:
        registry.frame.register("columns")(
            lambda scope, name: {"tasks": ["c", "gone", "a"], "empty": ["gone"]}.get(name)
        )
        assert [c.key for c in chosen_columns(request, "tasks", columns)] == ["c", "a"]
        assert [c.key for c in chosen_columns(request, "empty", columns)] == ["a", "b"]
        assert [c.key for c in chosen_columns(request, "other", columns)] == ["a", "b"]
    finally:
        registry.frame.remove("columns")
        if before:
            registry.frame.register("columns")(before)
    assert User.objects.exists()

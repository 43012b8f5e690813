"""Cells as people type and paste them."""

import datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from prytany.core.fields import strip_controls
from prytany.intake.cells import LONGEST, cleaned, said_of, understand
from prytany.intake.suggesting import COLUMNS

SIGNS = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=80)


@given(st.dictionaries(st.sampled_from([*COLUMNS, "other"]), st.one_of(SIGNS, st.none(), st.integers()), max_size=6))
def test_cleaned_cells_hold_what_can_be_stored(cells):
    found = cleaned(cells)
    assert list(found) == list(COLUMNS)
    for name, text in found.items():
        assert text == text.strip()
        assert text == strip_controls(text)
        assert len(text) <= LONGEST[name]
        if name not in ("content", "coordinating"):
            assert "\n" not in text
    assert cleaned(found) == found


@given(st.text(alphabet=st.sampled_from("ab \u202b\u202e\x00\x07"), max_size=40))
def test_controls_never_reach_a_task(text):
    assert cleaned({"content": text})["content"] == strip_controls(text).strip()


@pytest.fixture
def read(world):
    """Return a function that understands cells as the specialist types them."""
    scope = world.scope("specialist")
    return lambda **cells: understand(scope, cells)


def test_a_group_says_how_many_units_it_is(world):
    with translation.override("en"):
        found = understand(world.scope("specialist"), {"coordinating": "các xã, phường"})
    assert found.notes == {"coordinating": "3 units"}


def test_units_are_found_by_their_names_one_leads_and_a_group_coordinates(world, read):
    found = read(content="Việc", lead="so noi vu", coordinating="Sở Xây dựng; các xã, phường", due="5/12/2099")
    assert found.row.lead == world.home
    assert {unit.pk for unit in found.row.coordinating} == {
        world.works.pk, world.mau_son.pk, world.khanh_khe.pk, world.ky_lua.pk,
    }  # fmt: skip
    assert (found.row.due_on, found.row.due_precision) == (datetime.date(2099, 12, 5), "day")
    assert found.wrong == {}


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"lead": "Sở Nội vụ; Sở Xây dựng"}, "lead", "several"),
        ({"lead": "các xã, phường"}, "lead", "group"),
        ({"lead": "Sở Không có"}, "lead", "unknown"),
        ({"coordinating": "Sở Nội vụ; Cục Vô danh"}, "coordinating", "unknown"),
        ({"due": "31/2/2099"}, "due", "date"),
        ({"due": "khi nào xong"}, "due", "date"),
    ],
)
def test_what_cannot_be_understood_is_kept_and_told(read, cells, column, code):
    found = read(content="Việc", **cells)
    assert {name: why[0] for name, why in found.why.items()} == {column: code}
    assert found.cells[column] == cells[column]
    assert said_of(found.why) == found.wrong
    assert found.wrong[column]
    assert found.row.lead is None
    assert list(found.row.coordinating) == []
    assert found.row.due_on is None


@pytest.mark.parametrize("text", ["-", "–", "∞", "No deadline", "không có hạn", "Không có thời hạn"])
def test_no_deadline_is_said_in_several_ways(read, text):
    found = read(content="Việc", due=text)
    if found.why:  # the words of the present language only
        assert text not in ("-", "–", "∞", "No deadline")
    else:
        assert (found.row.is_standing, found.row.due_on) == (True, None)


def test_dates_are_taken_to_their_precision_and_say_their_last_day(read):
    found = {text: read(content="Việc", due=text) for text in ("Q4/2099", "12/2099", "2099")}
    assert [(one.row.due_on, one.row.due_precision) for one in found.values()] == [
        (datetime.date(2099, 12, 31), "quarter"),
        (datetime.date(2099, 12, 31), "month"),
        (datetime.date(2099, 12, 31), "year"),
    ]
    assert all("31/12/2099" in one.notes["due"] for one in found.values())

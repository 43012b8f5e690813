"""The closure against a plain recomputation, over any history of relations."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from prytany.organisation import closure
from prytany.organisation.models import Hierarchy, Unit, UnitLink, UnitName, UnitRelation, UnitVersion

DAYS = [datetime.date(2020, 1, 1) + datetime.timedelta(days=n) for n in range(8)]
COUNT = 5


@st.composite
def histories(draw):
    """Draw lives of units and line relations (unit, parent, from, to), at most one parent of a unit a day."""
    lives, relations = [], []
    for unit in range(COUNT):
        start = draw(st.integers(0, 3))
        end = draw(st.one_of(st.none(), st.integers(start + 1, 7)))
        lives.append((start, end))
        day = start
        while day < 7 and draw(st.booleans()):
            until = draw(st.one_of(st.none(), st.integers(day + 1, 7)))
            parent = draw(st.integers(0, COUNT - 1).filter(lambda n, unit=unit: n != unit))
            relations.append((unit, parent, day, until))
            if until is None:
                break
            day = until
    return lives, relations


def parent_on(relations, unit, day):
    found = [p for u, p, since, until in relations if u == unit and since <= day and (until is None or until > day)]
    assert len(found) <= 1
    return found[0] if found else None


def lives_on(lives, unit, day):
    since, until = lives[unit]
    return since <= day and (until is None or until > day)


def above_on(lives, relations, unit, day):
    """Return {ancestor: depth} on a day by walking up; None where the walk comes back to a unit it has passed."""
    found, here, depth = {}, unit, 0
    while here is not None:
        if here in found:
            return None
        found[here] = depth
        here, depth = parent_on(relations, here, day), depth + 1
    return found


def store(lives, relations):
    units = [Unit.objects.create() for _ in range(COUNT)]
    Unit.objects.filter(pk__in=[u.pk for u in units]).update(root=units[0])
    for unit, (start, end) in zip(units, lives, strict=True):
        UnitVersion.objects.create(
            unit=unit, kind="office", level="x", valid_from=DAYS[start], valid_to=None if end is None else DAYS[end]
        )
    for unit, parent, start, end in relations:
        UnitRelation.objects.create(
            hierarchy=Hierarchy.LINE,
            unit=units[unit],
            parent=units[parent],
            valid_from=DAYS[start],
            valid_to=None if end is None else DAYS[end],
        )
    return units


class ClosureTests(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(histories())
    def test_closure_agrees_with_walking_up_on_every_day(self, history):
        lives, relations = history
        units = store(lives, relations)
        everyday = [
            above_on(lives, relations, unit, day)
            for unit in range(COUNT)
            for day in range(8)
            if lives_on(lives, unit, day)
        ]
        if None in everyday:
            with pytest.raises(closure.CycleOfUnits):
                closure.rebuild()
            return
        closure.rebuild()
        number = {unit.pk: index for index, unit in enumerate(units)}
        for day in range(8):
            stored = {
                (number[a], number[d], depth)
                for a, d, depth in UnitLink.objects.on(DAYS[day]).values_list("ancestor", "descendant", "depth")
            }
            expected = {
                (above, unit, depth)
                for unit in range(COUNT)
                if lives_on(lives, unit, day)
                for above, depth in above_on(lives, relations, unit, day).items()
            }
            assert stored == expected
            for top in range(COUNT):
                below = {number[u.pk] for u in Unit.objects.all().within(units[top].pk, DAYS[day])}
                assert below == {unit for above, unit, _ in expected if above == top}

    @settings(max_examples=30, deadline=None)
    @given(histories(), histories())
    def test_rebuild_after_any_change_leaves_what_a_rebuild_from_nothing_gives(self, before, after):
        units = store(*before)
        try:
            closure.rebuild()
        except closure.CycleOfUnits:
            UnitLink.objects.all().delete()
        UnitRelation.every_row.all().delete()
        UnitVersion.every_row.all().delete()
        lives, relations = after
        for unit, (start, end) in zip(units, lives, strict=True):
            UnitVersion.objects.create(unit=unit, valid_from=DAYS[start], valid_to=None if end is None else DAYS[end])
        for unit, parent, start, end in relations:
            UnitRelation.objects.create(
                hierarchy=Hierarchy.LINE,
                unit=units[unit],
                parent=units[parent],
                valid_from=DAYS[start],
                valid_to=None if end is None else DAYS[end],
            )
        try:
            expected = closure.expected_links()
        except closure.CycleOfUnits:
            return
        changed = closure.rebuild()
        assert closure.stored_links() == expected
        assert changed >= 0
        assert closure.rebuild() == 0


@pytest.mark.django_db
def test_rebuild_of_one_root_leaves_the_other_alone(world):
    UnitLink.objects.filter(descendant=world.elsewhere).delete()
    UnitLink.objects.filter(descendant=world.home).delete()
    closure.rebuild("line", world.root.pk)
    assert UnitLink.objects.filter(descendant=world.home).count() == 2
    assert not UnitLink.objects.filter(descendant=world.elsewhere).exists()


@pytest.mark.django_db
def test_withdrawn_rows_are_no_part_of_the_closure(world):
    row = UnitRelation.objects.get(unit=world.home)
    row.withdrawn_at = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    row.save()
    closure.rebuild()
    assert set(UnitLink.objects.filter(descendant=world.home).values_list("ancestor", flat=True)) == {world.home.pk}


@pytest.mark.django_db
def test_gap_in_the_life_of_a_unit_is_a_gap_in_the_closure(world):
    first = world.home.versions.get()
    first.valid_to = datetime.date(2022, 1, 1)
    first.save()
    again = UnitVersion.objects.create(unit=world.home, kind="department", valid_from=datetime.date(2024, 1, 1))
    UnitName.objects.create(version=again, language="vi", name="Sở Nội vụ")
    closure.rebuild()
    spans = UnitLink.objects.filter(ancestor=world.root, descendant=world.home).order_by("valid_from")
    assert list(spans.values_list("valid_from", "valid_to")) == [
        (datetime.date(2020, 1, 1), datetime.date(2022, 1, 1)),
        (datetime.date(2024, 1, 1), None),
    ]


@pytest.mark.django_db
def test_once_at_the_end_rebuilds_when_the_outer_block_ends(world):
    UnitLink.objects.all().delete()
    with closure.once_at_the_end():
        closure.refresh(world.root.pk)
        with closure.once_at_the_end():
            closure.refresh(world.root.pk)
        assert not UnitLink.objects.exists()
    assert closure.stored_links("line", world.root.pk) == closure.expected_links("line", world.root.pk)


@pytest.mark.django_db
def test_once_at_the_end_does_nothing_after_an_error(world):
    UnitLink.objects.all().delete()

    def fail():
        with closure.once_at_the_end():
            closure.refresh(world.root.pk)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert not UnitLink.objects.exists()


@pytest.mark.django_db
def test_other_hierarchies_hold_only_units_that_take_part(world):
    UnitRelation.objects.create(
        hierarchy=Hierarchy.GUIDES, unit=world.mau_son, parent=world.home, valid_from=datetime.date(2021, 1, 1)
    )
    closure.rebuild(Hierarchy.GUIDES)
    found = UnitLink.objects.filter(hierarchy=Hierarchy.GUIDES).values_list("ancestor", "descendant", "depth")
    home, mau_son = world.home.pk, world.mau_son.pk
    assert set(found) == {(home, home, 0), (mau_son, mau_son, 0), (home, mau_son, 1)}

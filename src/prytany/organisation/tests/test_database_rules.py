"""What the database itself refuses, on both kinds; and two connections that decide at the same time."""

import datetime
import threading

import pytest
from django.db import IntegrityError, connection, connections, transaction

from prytany.accounts.scopes import system_scope
from prytany.core.errors import DomainError
from prytany.organisation import closure, services
from prytany.organisation.models import (
    Appointment,
    Hierarchy,
    Succession,
    UnitMandate,
    UnitRelation,
    UnitVersion,
)
from prytany.organisation.specs import UnitSpec, named

D = datetime.date


def refused(create):
    with pytest.raises(IntegrityError), transaction.atomic():
        create()


@pytest.mark.django_db
def test_versions_of_a_unit_never_overlap(world):
    make = lambda start, end=None: UnitVersion.objects.create(unit=world.home, valid_from=start, valid_to=end)  # noqa: E731
    refused(lambda: make(D(2026, 1, 1)))
    refused(lambda: make(D(2019, 1, 1), D(2020, 1, 2)))
    make(D(2019, 1, 1), D(2020, 1, 1))
    refused(lambda: make(D(2018, 1, 1), D(2018, 1, 1)))
    refused(lambda: UnitVersion.objects.filter(unit=world.home, valid_from=D(2019, 1, 1)).update(valid_to=None))


@pytest.mark.django_db
def test_withdrawn_versions_are_outside_the_rule_until_they_stand_again(world):
    old = world.home.versions.get()
    old.withdrawn_at = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    old.save()
    UnitVersion.objects.create(unit=world.home, valid_from=D(2021, 1, 1))
    refused(lambda: UnitVersion.every_row.filter(pk=old.pk).update(withdrawn_at=None))


@pytest.mark.django_db
def test_a_unit_has_one_parent_a_day_in_the_line_and_several_elsewhere(world):
    make = lambda hierarchy, parent, year=2026: UnitRelation.objects.create(  # noqa: E731
        hierarchy=hierarchy, unit=world.home, parent=parent, valid_from=D(year, 1, 1)
    )
    refused(lambda: make(Hierarchy.LINE, world.works))
    make(Hierarchy.GUIDES, world.works)
    make(Hierarchy.GUIDES, world.office)
    refused(lambda: make(Hierarchy.GUIDES, world.office, 2027))
    refused(lambda: make(Hierarchy.SERVES, world.home))


@pytest.mark.django_db
def test_a_person_holds_a_post_once_at_a_time(world):
    held = world.posts["chief"]
    make = lambda: Appointment.objects.create(person=held.person, post=held.post, valid_from=D(2026, 1, 1))  # noqa: E731
    refused(make)
    held.withdrawn_at = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    held.save()
    make()


@pytest.mark.django_db
def test_mandates_do_not_overlap_and_successions_are_told_once(world):
    UnitMandate.objects.create(unit=world.home, basis="A", valid_from=D(2020, 1, 1))
    refused(lambda: UnitMandate.objects.create(unit=world.home, basis="B", valid_from=D(2021, 1, 1)))
    told = {"predecessor": world.home, "successor": world.works, "kind": "merge", "on": D(2026, 1, 1)}
    Succession.objects.create(**told)
    refused(lambda: Succession.objects.create(**told))
    refused(lambda: Succession.objects.create(predecessor=world.home, kind="merge", on=D(2026, 1, 1)))


def in_parallel(*acts):
    """Run acts in threads of their own, each with its own connection; return what each raised (None: nothing)."""
    barrier = threading.Barrier(len(acts))
    outcomes: list[Exception | None] = [None] * len(acts)

    def run(number, act):
        barrier.wait()
        try:
            act()
        except Exception as error:
            outcomes[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number, act)) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


@pytest.fixture
def two_connections(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one transaction write at a time")


@pytest.fixture
def country(two_connections):
    root = services.create_root(
        scope=system_scope(None), spec=UnitSpec(named("Tỉnh ủy thử"), "committee", "province"), on=D(2020, 1, 1)
    )
    specs = [UnitSpec(named(f"Sở {letter}"), "department", "province", parent=root.uid) for letter in "ABC"]
    units = services.create_units(scope=system_scope(root.pk), root=root, specs=specs, on=D(2020, 1, 1))
    return root, units


def moving(root, unit, parent):
    return lambda: services.move_unit(scope=system_scope(root.pk), unit=unit, parent=parent, on=D(2026, 1, 1))


def creating(root, name, parent):
    spec = UnitSpec(named(name), "section", "province", code="K1", parent=parent.uid)
    return lambda: services.create_unit(scope=system_scope(root.pk), root=root, spec=spec, on=D(2026, 1, 1))


def test_two_moves_at_the_same_time_make_no_cycle(country):
    root, (a, b, _c) = country
    outcomes = in_parallel(moving(root, a, b), moving(root, b, a))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["DomainError", "NoneType"]
    assert next(outcome for outcome in outcomes if outcome).code == "unit_cycle"
    assert closure.stored_links("line", root.pk) == closure.expected_links("line", root.pk)


def test_two_changes_at_the_same_time_follow_each_other(country):
    root, (a, b, c) = country
    outcomes = in_parallel(creating(root, "Phòng 1", a), creating(root, "Phòng 2", b))
    assert sorted(getattr(outcome, "code", "") for outcome in outcomes) == ["", "unit_code_taken"]
    outcomes = in_parallel(
        lambda: services.move_unit(scope=system_scope(root.pk), unit=b, parent=a, on=D(2026, 1, 1)),
        lambda: services.abolish_unit(scope=system_scope(root.pk), unit=c, on=D(2026, 1, 1)),
    )
    assert outcomes == [None, None]
    assert closure.stored_links("line", root.pk) == closure.expected_links("line", root.pk)


def test_two_overlapping_versions_never_commit_both(country):
    _root, (a, _b, _c) = country
    UnitVersion.objects.filter(unit=a).update(valid_to=D(2025, 1, 1))
    make = lambda: UnitVersion.objects.create(unit=a, valid_from=D(2026, 1, 1))  # noqa: E731
    outcomes = in_parallel(make, make)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["IntegrityError", "NoneType"]


def test_two_roots_are_rebuilt_side_by_side(country):
    root, (a, b, _c) = country
    other = services.create_root(
        scope=system_scope(None), spec=UnitSpec(named("Tỉnh ủy khác"), "committee", "province"), on=D(2020, 1, 1)
    )

    def create():
        for number in range(5):
            spec = UnitSpec(named(f"Sở {number}"), "department", "province", parent=other.uid)
            services.create_unit(scope=system_scope(other.pk), root=other, spec=spec, on=D(2020, 1, 1))

    def move():
        for year in range(2026, 2031):
            parent = a if year % 2 == 0 else root
            services.move_unit(scope=system_scope(root.pk), unit=b, parent=parent, on=D(year, 1, 1))

    assert in_parallel(create, move) == [None, None]
    for each in (root, other):
        assert closure.stored_links("line", each.pk) == closure.expected_links("line", each.pk)


def test_refusals_in_parallel_are_domain_errors(country):
    root, (a, _b, _c) = country
    abolish = lambda: services.abolish_unit(scope=system_scope(root.pk), unit=a, on=D(2026, 1, 1))  # noqa: E731
    outcomes = in_parallel(abolish, abolish)
    assert sorted(type(outcome) is DomainError for outcome in outcomes) == [False, True]

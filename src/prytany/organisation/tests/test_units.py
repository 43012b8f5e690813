"""Creating, changing, correcting, moving and ending units."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prytany.accounts.scopes import system_scope
from prytany.audit.models import AuditEvent
from prytany.core.errors import DomainError, StaleRecord
from prytany.organisation import closure, services
from prytany.organisation.models import Hierarchy, Succession, Unit, UnitAlias, UnitRelation, UnitVersion
from prytany.organisation.names import unit_labels
from prytany.organisation.specs import NameSpec, UnitSpec, VersionSpec, named
from prytany.organisation.tests.factories import AppointmentFactory, PostFactory

D = datetime.date
DAY = D(2026, 1, 1)
pytestmark = pytest.mark.django_db


def label(unit, on):
    return unit_labels([unit.pk], on=on, language="vi")[unit.pk].name


def versions(unit):
    return list(unit.versions.order_by("valid_from").values_list("code", "level", "valid_from", "valid_to"))


def line(unit):
    rows = UnitRelation.objects.filter(unit=unit, hierarchy=Hierarchy.LINE).order_by("valid_from")
    return list(rows.values_list("parent", "valid_from", "valid_to"))


def is_sound(root):
    return closure.stored_links("line", root.pk) == closure.expected_links("line", root.pk)


def new(world, name="Sở Y tế", *, under="root", **kwargs):
    parent = world.units[under].uid if under else None
    return UnitSpec(named(name), "department", "province", parent=parent, **kwargs)


def test_create_unit_stands_under_its_parent_and_is_logged(world):
    unit = services.create_unit(
        scope=world.scope("admin"),
        root=world.root,
        spec=new(world, code="H01", serves=world.root.uid),
        on=D(2026, 1, 1),
    )
    assert label(unit, D(2026, 1, 1)) == "Sở Y tế"
    assert versions(unit) == [("H01", "province", D(2026, 1, 1), None)]
    assert line(unit) == [(world.root.pk, D(2026, 1, 1), None)]
    assert Unit.objects.all().within(world.root.pk, D(2026, 2, 1)).filter(pk=unit.pk).exists()
    assert not Unit.objects.all().within(world.root.pk, D(2025, 12, 31)).filter(pk=unit.pk).exists()
    assert list(AuditEvent.objects.values_list("action", "target_uid")) == [("unit.create", unit.uid)]
    assert is_sound(world.root)


def test_create_units_may_stand_under_each_other_in_any_order(world):
    top = new(world, "Sở Y tế")
    below = UnitSpec(named("Phòng Nghiệp vụ"), "section", "province", parent=top.uid, aliases=("Phòng NV",))
    section, department = services.create_units(
        scope=world.scope("admin"), root=world.root, specs=[below, top], on=D(2026, 1, 1)
    )
    assert line(section) == [(department.pk, D(2026, 1, 1), None)]
    assert list(section.aliases.values_list("alias", flat=True)) == ["Phòng NV"]


@pytest.mark.parametrize("post", ["chief", "leader", "home_head", "specialist", "stranger", "auditor"])
def test_create_unit_is_refused_to_all_but_administrators(world, post):
    with pytest.raises(PermissionDenied):
        services.create_unit(scope=world.scope(post), root=world.root, spec=new(world), on=D(2026, 1, 1))


def local_admin(world, unit="home"):
    """Return the scope of an administrator of a department alone."""
    from prytany.accounts.scopes import scope_of

    return scope_of(AppointmentFactory(post=PostFactory(unit=world.units[unit], role="administrator")))


def test_an_administrator_of_a_department_edits_that_department_only(world):
    scope = local_admin(world)
    inside = services.create_unit(
        scope=scope, root=world.root, spec=new(world, "Phòng Nội bộ", under="home"), on=D(2026, 1, 1)
    )
    services.change_unit(scope=scope, unit=inside, on=D(2026, 2, 1), spec=VersionSpec(named("Phòng Chung")))
    refused = [
        lambda: services.create_unit(scope=scope, root=world.root, spec=new(world), on=D(2026, 1, 1)),
        lambda: services.create_unit(scope=scope, root=world.root, spec=new(world, under=None), on=D(2026, 1, 1)),
        lambda: services.change_unit(scope=scope, unit=world.works, on=D(2026, 1, 1), spec=VersionSpec(code="X")),
        lambda: services.move_unit(scope=scope, unit=inside, parent=world.works, on=D(2026, 3, 1)),
        lambda: services.move_unit(scope=scope, unit=world.works, parent=inside, on=D(2026, 3, 1)),
        lambda: services.abolish_unit(scope=scope, unit=world.works, on=D(2026, 3, 1)),
        lambda: services.add_alias(scope=scope, unit=world.works, alias="Sở XD"),
    ]
    for act in refused:
        with pytest.raises(PermissionDenied):
            act()


def test_an_administrator_edits_a_unit_that_begins_later_or_has_ended(world):
    scope = local_admin(world)
    later = D.today() + datetime.timedelta(days=400)
    unit = services.create_unit(scope=scope, root=world.root, spec=new(world, "Phòng Mới", under="home"), on=later)
    services.change_unit(scope=scope, unit=unit, on=later, spec=VersionSpec(code="P1"))
    gone = services.create_unit(
        scope=scope, root=world.root, spec=new(world, "Phòng Cũ", under="home"), on=D(2020, 6, 1)
    )
    services.abolish_unit(scope=scope, unit=gone, on=D(2021, 6, 1))
    services.add_alias(scope=scope, unit=gone, alias="Phòng cũ của Sở")
    with pytest.raises(PermissionDenied):
        services.add_alias(scope=local_admin(world, "works"), unit=gone, alias="Khác")


def test_units_of_another_root_are_out_of_reach(world):
    with pytest.raises(PermissionDenied):
        services.change_unit(
            scope=world.scope("admin"), unit=world.elsewhere, on=D(2026, 1, 1), spec=VersionSpec(code="X")
        )


def test_change_unit_closes_the_old_version_and_opens_a_new_one(world):
    services.change_unit(
        scope=world.scope("admin"),
        unit=world.home,
        on=D(2025, 3, 1),
        spec=VersionSpec(named("Sở Tổ chức", short="STC"), code="H02"),
        decision="12-QĐ/TU",
    )
    assert versions(world.home) == [
        ("", "province", D(2020, 1, 1), D(2025, 3, 1)),
        ("H02", "province", D(2025, 3, 1), None),
    ]
    assert [label(world.home, day) for day in (D(2025, 2, 28), D(2025, 3, 1))] == ["Sở Nội vụ", "Sở Tổ chức"]
    assert world.home.versions.get(valid_to=None).decision == "12-QĐ/TU"


def test_a_change_between_others_holds_until_the_next(world):
    scope = world.scope("admin")
    services.change_unit(scope=scope, unit=world.home, on=D(2027, 1, 1), spec=VersionSpec(code="C"))
    services.change_unit(scope=scope, unit=world.home, on=D(2026, 1, 1), spec=VersionSpec(code="B"))
    assert [(code, since, until) for code, _level, since, until in versions(world.home)] == [
        ("", D(2020, 1, 1), D(2026, 1, 1)),
        ("B", D(2026, 1, 1), D(2027, 1, 1)),
        ("C", D(2027, 1, 1), None),
    ]


def test_a_second_change_on_the_same_day_replaces_the_first_and_keeps_it_marked(world):
    scope = world.scope("admin")
    services.change_unit(scope=scope, unit=world.home, on=D(2026, 1, 1), spec=VersionSpec(code="A"))
    services.change_unit(scope=scope, unit=world.home, on=D(2026, 1, 1), spec=VersionSpec(code="B"))
    assert [row[0] for row in versions(world.home)] == ["", "B"]
    assert UnitVersion.every_row.filter(unit=world.home).exclude(withdrawn_at=None).get().code == "A"


def test_correct_version_alters_the_past_and_keeps_what_was_entered(world):
    version = world.home.versions.get()
    new_version = services.correct_version(
        scope=world.scope("admin"), version=version, spec=VersionSpec(code="H09"), start=D(2021, 5, 1)
    )
    assert versions(world.home) == [("H09", "province", D(2021, 5, 1), None)]
    assert line(world.home) == [(world.root.pk, D(2021, 5, 1), None)]
    assert is_sound(world.root)
    assert UnitVersion.every_row.get(pk=version.pk).withdrawn_at is not None
    assert new_version.names.get().name == "Sở Nội vụ"


def test_a_unit_cannot_begin_before_its_parent(world):
    with pytest.raises(DomainError) as caught:
        services.correct_version(
            scope=world.scope("admin"), version=world.section.versions.get(), spec=VersionSpec(), start=D(2019, 1, 1)
        )
    assert caught.value.code == "unit_without_parent"
    assert "Văn phòng Tỉnh ủy thử" in str(caught.value.message)
    assert versions(world.section) == [("", "province", D(2020, 1, 1), None)]


def test_correct_version_moves_the_boundary_to_the_version_before(world):
    scope = world.scope("admin")
    version = services.change_unit(scope=scope, unit=world.home, on=D(2026, 1, 1), spec=VersionSpec(code="B"))
    services.correct_version(scope=scope, version=version, spec=VersionSpec(), start=D(2025, 7, 1))
    assert [(row[0], *row[2:]) for row in versions(world.home)] == [
        ("", D(2020, 1, 1), D(2025, 7, 1)),
        ("B", D(2025, 7, 1), None),
    ]


def test_withdraw_version_lets_the_one_before_hold_on(world):
    scope = world.scope("admin")
    version = services.change_unit(scope=scope, unit=world.home, on=D(2026, 1, 1), spec=VersionSpec(code="B"))
    services.withdraw_version(scope=scope, version=version)
    assert versions(world.home) == [("", "province", D(2020, 1, 1), None)]
    with pytest.raises(StaleRecord):
        services.withdraw_version(scope=scope, version=version)
    with pytest.raises(DomainError, match="first_version"):
        services.withdraw_version(scope=scope, version=world.home.versions.get())


def test_a_form_that_showed_another_version_is_refused(world):
    scope = world.scope("admin")
    shown = world.home.versions.get().uid
    services.change_unit(scope=scope, unit=world.home, on=D(2026, 1, 1), spec=VersionSpec(code="B"))
    with pytest.raises(StaleRecord):
        services.change_unit(scope=scope, unit=world.home, on=D(2026, 2, 1), spec=VersionSpec(code="C"), expected=shown)


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("nothing_changed", lambda s, w: services.change_unit(scope=s, unit=w.home, on=DAY, spec=VersionSpec())),
        (
            "unit_not_there",
            lambda s, w: services.change_unit(scope=s, unit=w.home, on=D(2019, 1, 1), spec=VersionSpec(code="A")),
        ),
        (
            "date_out_of_range",
            lambda s, w: services.change_unit(scope=s, unit=w.home, on=D(226, 1, 1), spec=VersionSpec(code="A")),
        ),
        (
            "unit_nameless",
            lambda s, w: services.change_unit(scope=s, unit=w.home, on=D(2026, 1, 1), spec=VersionSpec(names=())),
        ),
        (
            "unit_nameless",
            lambda s, w: services.create_unit(scope=s, root=w.root, spec=new(w, " … "), on=D(2026, 1, 1)),
        ),
        (
            "not_well_formed",
            lambda s, w: services.create_unit(scope=s, root=w.root, spec=new(w, "Sở \u202eY tế"), on=D(2026, 1, 1)),
        ),
        (
            "not_well_formed",
            lambda s, w: services.create_unit(scope=s, root=w.root, spec=new(w, "S" * 201), on=D(2026, 1, 1)),
        ),
        (
            "unit_name_twice",
            lambda s, w: services.change_unit(
                scope=s,
                unit=w.home,
                on=D(2026, 1, 1),
                spec=VersionSpec((NameSpec("vi", "A sở"), NameSpec("vi", "B sở"))),
            ),
        ),
        (
            "unknown_language",
            lambda s, w: services.change_unit(
                scope=s, unit=w.home, on=D(2026, 1, 1), spec=VersionSpec(named("X sở", language="xx"))
            ),
        ),
        (
            "unit_name_taken",
            lambda s, w: services.create_unit(scope=s, root=w.root, spec=new(w, "Sở Nội Vụ"), on=DAY),
        ),
        ("root_stays", lambda s, w: services.move_unit(scope=s, unit=w.root, parent=w.home, on=D(2026, 1, 1))),
        ("root_stays", lambda s, w: services.abolish_unit(scope=s, unit=w.root, on=D(2026, 1, 1))),
        ("nothing_changed", lambda s, w: services.move_unit(scope=s, unit=w.home, parent=w.root, on=D(2026, 1, 1))),
        ("unit_without_parent", lambda s, w: services.abolish_unit(scope=s, unit=w.office, on=D(2026, 1, 1))),
        ("unit_ended", lambda s, w: (
            services.abolish_unit(scope=s, unit=w.home, on=D(2026, 1, 1)),
            services.abolish_unit(scope=s, unit=w.home, on=D(2026, 1, 1)),
        )),
    ],
)  # fmt: skip
def test_impossible_changes_are_refused(world, code, act):
    with pytest.raises(DomainError) as caught:
        act(world.scope("admin"), world)
    assert caught.value.code == code


def test_a_code_stands_for_one_unit_at_a_time(world):
    scope = world.scope("admin")
    services.change_unit(scope=scope, unit=world.home, on=D(2025, 1, 1), spec=VersionSpec(code="H1"))
    with pytest.raises(DomainError) as caught:
        services.change_unit(scope=scope, unit=world.works, on=D(2026, 1, 1), spec=VersionSpec(code="H1"))
    assert (caught.value.code, set(caught.value.fields)) == ("unit_code_taken", {"code"})
    services.change_unit(scope=scope, unit=world.home, on=D(2026, 1, 1), spec=VersionSpec(code="H2"))
    services.change_unit(scope=scope, unit=world.works, on=D(2026, 1, 1), spec=VersionSpec(code="H1"))


def test_move_unit_takes_all_below_along_from_a_date(world):
    services.move_unit(scope=world.scope("admin"), unit=world.office, parent=world.home, on=D(2026, 5, 1))
    below = lambda day: set(Unit.objects.all().within(world.home.pk, day))  # noqa: E731
    assert below(D(2026, 4, 30)) == {world.home}
    assert below(D(2026, 5, 1)) == {world.home, world.office, world.section}
    assert line(world.office) == [(world.root.pk, D(2020, 1, 1), D(2026, 5, 1)), (world.home.pk, D(2026, 5, 1), None)]
    assert is_sound(world.root)


def test_move_unit_into_what_is_below_it_names_the_units(world):
    with pytest.raises(DomainError) as caught:
        services.move_unit(scope=world.scope("admin"), unit=world.office, parent=world.section, on=D(2026, 5, 1))
    assert caught.value.code == "unit_cycle"
    assert "Phòng Tổng hợp" in str(caught.value.message)
    assert "Văn phòng Tỉnh ủy thử" in str(caught.value.message)
    assert line(world.office) == [(world.root.pk, D(2020, 1, 1), None)]
    assert is_sound(world.root)


def test_a_cycle_in_the_future_is_refused_too(world):
    scope = world.scope("admin")
    services.move_unit(scope=scope, unit=world.home, parent=world.works, on=D(2030, 1, 1))
    with pytest.raises(DomainError, match="unit_cycle"):
        services.move_unit(scope=scope, unit=world.works, parent=world.home, on=D(2026, 1, 1))
    assert is_sound(world.root)


def test_a_unit_may_stand_under_none_and_is_still_reached_from_the_root(world):
    scope = world.scope("admin")
    services.move_unit(scope=scope, unit=world.works, parent=None, on=D(2025, 1, 1))
    assert not Unit.objects.all().within(world.root.pk, D(2026, 1, 1)).filter(pk=world.works.pk).exists()
    services.change_unit(scope=world.scope("admin"), unit=world.works, on=D(2026, 1, 1), spec=VersionSpec(code="P1"))


def test_other_hierarchies_allow_several_parents_and_no_cycle(world):
    scope = world.scope("admin")
    for parent in (world.home, world.works):
        services.relate_units(
            scope=scope, hierarchy=Hierarchy.GUIDES, unit=world.mau_son, parent=parent, on=D(2026, 1, 1)
        )
    guided = Unit.objects.all().within(world.home.pk, D(2026, 6, 1), Hierarchy.GUIDES)
    assert set(guided) == {world.home, world.mau_son}
    with pytest.raises(DomainError, match="relation_exists"):
        services.relate_units(
            scope=scope, hierarchy=Hierarchy.GUIDES, unit=world.mau_son, parent=world.home, on=D(2026, 2, 1)
        )
    with pytest.raises(DomainError, match="unit_cycle"):
        services.relate_units(
            scope=scope, hierarchy=Hierarchy.GUIDES, unit=world.home, parent=world.mau_son, on=D(2026, 2, 1)
        )
    relation = UnitRelation.objects.get(unit=world.mau_son, parent=world.home)
    services.end_relation(scope=scope, relation=relation, on=D(2026, 4, 1))
    assert set(Unit.objects.all().within(world.home.pk, D(2026, 4, 1), Hierarchy.GUIDES)) == {world.home}


def test_abolish_unit_ends_its_posts_and_relations_and_leaves_the_past(world):
    scope = world.scope("admin")
    services.relate_units(
        scope=scope, hierarchy=Hierarchy.GUIDES, unit=world.mau_son, parent=world.home, on=D(2021, 1, 1)
    )
    services.abolish_unit(scope=scope, unit=world.home, on=D(2026, 1, 1), decision="7-QĐ/TU")
    assert versions(world.home) == [("", "province", D(2020, 1, 1), D(2026, 1, 1))]
    assert line(world.home) == [(world.root.pk, D(2020, 1, 1), D(2026, 1, 1))]
    assert world.posts["home_head"].post.__class__.objects.get(unit=world.home).valid_to == D(2026, 1, 1)
    world.posts["home_head"].refresh_from_db()
    assert world.posts["home_head"].valid_to == D(2026, 1, 1)
    assert UnitRelation.objects.get(hierarchy=Hierarchy.GUIDES).valid_to == D(2026, 1, 1)
    assert list(Succession.objects.values_list("predecessor", "successor", "kind", "on")) == [
        (world.home.pk, None, "dissolve", D(2026, 1, 1))
    ]
    assert Unit.objects.all().existing_on(D(2025, 12, 31)).filter(pk=world.home.pk).exists()


def test_withdraw_unit_takes_back_a_slip_and_only_that(world):
    scope = world.scope("admin")
    slip = services.create_unit(scope=scope, root=world.root, spec=new(world), on=D(2026, 1, 1))
    services.withdraw_unit(scope=scope, unit=slip)
    assert not Unit.objects.all().existing_on(D(2026, 2, 1)).filter(pk=slip.pk).exists()
    assert UnitVersion.every_row.filter(unit=slip).count() == 1
    with pytest.raises(DomainError, match="unit_in_use"):
        services.withdraw_unit(scope=scope, unit=world.home)
    services.create_unit(scope=scope, root=world.root, spec=new(world), on=D(2026, 1, 1))


def test_aliases_are_kept_once_and_removed(world):
    scope = world.scope("admin")
    first = services.add_alias(scope=scope, unit=world.home, alias="  Sở  NV ")
    assert services.add_alias(scope=scope, unit=world.home, alias="Sở NV") == first
    assert list(UnitAlias.objects.values_list("alias", "folded")) == [("Sở NV", "so nv")]
    with pytest.raises(DomainError, match="alias_empty"):
        services.add_alias(scope=scope, unit=world.home, alias="  ")
    services.remove_alias(scope=scope, alias=first)
    assert not UnitAlias.objects.exists()


def test_heads_set_up_their_own_unit_and_no_other(world):
    services.set_up_unit(scope=world.scope("home_head"), unit=world.home, head_checks=True, contact="0205 000 0101")
    world.home.refresh_from_db()
    assert (world.home.head_checks, world.home.contact) == (True, "0205 000 0101")
    for post, unit in (("home_head", "works"), ("mau_son_focal", "mau_son"), ("specialist", "section")):
        with pytest.raises(PermissionDenied):
            services.set_up_unit(scope=world.scope(post), unit=world.units[unit], head_checks=True)


def test_mandates_follow_each_other_and_are_withdrawn(world):
    scope = world.scope("admin")
    write = lambda on, basis: services.set_mandate(  # noqa: E731
        scope=scope, unit=world.home, on=on, basis=basis, mission="Tham mưu về tổ chức bộ máy."
    )
    write(D(2021, 1, 1), "Quy định 1")
    second = write(D(2025, 1, 1), "Quy định 2")
    rows = lambda: list(  # noqa: E731
        world.home.mandates.order_by("valid_from").values_list("basis", "valid_from", "valid_to")
    )
    assert rows() == [("Quy định 1", D(2021, 1, 1), D(2025, 1, 1)), ("Quy định 2", D(2025, 1, 1), None)]
    services.withdraw_mandate(scope=scope, mandate=second)
    assert rows() == [("Quy định 1", D(2021, 1, 1), None)]
    with pytest.raises(DomainError, match="mandate_empty"):
        services.set_mandate(scope=scope, unit=world.home, on=D(2026, 1, 1), basis="Quy định 3")


def test_a_root_is_founded_by_the_system_only(world):
    spec = UnitSpec(named("Tỉnh ủy mới"), "committee", "province")
    with pytest.raises(PermissionDenied):
        services.create_root(scope=world.scope("admin"), spec=spec, on=D(2026, 1, 1))
    root = services.create_root(scope=system_scope(None), spec=spec, on=D(2026, 1, 1))
    assert (root.root_id, label(root, D(2026, 1, 1))) == (root.pk, "Tỉnh ủy mới")
    assert is_sound(root)


def test_every_change_marks_the_organisation(world):
    scope = world.scope("admin")
    seen = {Unit.objects.get(pk=world.root.pk).revision}
    services.add_alias(scope=scope, unit=world.home, alias="Sở NV")
    seen.add(Unit.objects.get(pk=world.root.pk).revision)
    services.change_unit(scope=scope, unit=world.home, on=D(2026, 1, 1), spec=VersionSpec(code="A"))
    seen.add(Unit.objects.get(pk=world.root.pk).revision)
    assert len(seen) == 3


def test_creating_units_takes_as_many_queries_for_many_as_for_one(world):
    scope = world.scope("admin")
    counts = []
    for size in (1, 3):
        specs = [new(world, f"Sở số {size} {n}") for n in range(size)]
        with CaptureQueriesContext(connection) as captured:
            services.create_units(scope=scope, root=world.root, specs=specs, on=D(2026, 1, 1))
        counts.append(len(captured))
    assert counts[0] == counts[1]

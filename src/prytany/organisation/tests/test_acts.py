"""Change acts: many steps, one date; previewed, applied, undone."""

import datetime
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prytany.audit.models import AuditEvent
from prytany.core.errors import DomainError, StaleRecord
from prytany.core.permissions import Permission
from prytany.organisation import closure, impact, services
from prytany.organisation.acts.plan import Step, StepKind
from prytany.organisation.models import (
    Appointment,
    ChangeAct,
    Hierarchy,
    Post,
    Substitution,
    Succession,
    Unit,
    UnitLink,
    UnitRelation,
    UnitVersion,
)
from prytany.organisation.names import unit_labels
from prytany.organisation.specs import UnitSpec, VersionSpec, named
from prytany.organisation.succession import boundaries, predecessors_of, successors_on
from prytany.organisation.tests.factories import AppointmentFactory, PostFactory

D = datetime.date
DAY = D(2026, 3, 1)
pytestmark = pytest.mark.django_db


def draft(world, *steps, on=DAY, decision="983-QĐ/TU"):
    act = services.draft_change_act(
        scope=world.scope("admin"), root=world.root, title="Sắp xếp các cơ quan", in_force_on=on, decision=decision
    )
    for step in steps:
        act = services.add_step(scope=world.scope("admin"), act=act, step=step)
    return act


def applied(world, *steps, **kwargs):
    return services.apply_change_act(scope=world.scope("admin"), act=draft(world, *steps, **kwargs))


def merger(world, *, carry=False, name="Sở Nội vụ và Xây dựng"):
    spec = UnitSpec(named(name), "department", "province", code="H10")
    return Step(StepKind.MERGE, units=(world.home.uid, world.works.uid), new=(spec,), carry_posts=carry), spec


def snapshot():
    """Return every row of the organisation that stands, to compare before and after."""
    return {
        model.__name__: set(model.objects.values_list(*(f.attname for f in model._meta.concrete_fields)))
        for model in (UnitVersion, UnitRelation, Succession, Post, Appointment)
    } | {"UnitLink": set(UnitLink.objects.values_list("ancestor", "descendant", "depth", "valid_from", "valid_to"))}


def names(on):
    units = Unit.objects.all().existing_on(on)
    return {label.name for label in unit_labels(units.values_list("pk", flat=True), on=on, language="vi").values()}


def test_a_merger_ends_the_old_units_and_notes_what_became_of_them(world):
    step, spec = merger(world)
    act = applied(world, step)
    successor = Unit.objects.get(uid=spec.uid)
    assert {"Sở Nội vụ", "Sở Xây dựng"} < names(D(2026, 2, 28))
    assert "Sở Nội vụ và Xây dựng" in names(DAY)
    assert not {"Sở Nội vụ", "Sở Xây dựng"} & names(DAY)
    assert set(Succession.objects.values_list("predecessor", "successor", "kind", "on", "change_act")) == {
        (world.home.pk, successor.pk, "merge", DAY, act.pk),
        (world.works.pk, successor.pk, "merge", DAY, act.pk),
    }
    assert UnitRelation.objects.get(unit=successor).parent == world.root
    assert successors_on([world.home.pk, world.mau_son.pk], DAY) == {
        world.home.pk: (successor.pk,),
        world.mau_son.pk: (world.mau_son.pk,),
    }
    assert successors_on([world.home.pk], D(2026, 2, 28)) == {world.home.pk: (world.home.pk,)}
    assert boundaries([world.home.pk, world.works.pk], DAY) == {successor.pk: (world.home.pk, world.works.pk)}
    assert predecessors_of([successor.pk]) == {successor.pk: (world.home.pk, world.works.pk)}
    events = AuditEvent.objects.exclude(action="change_act.draft").values_list("action", "target_uid")
    assert set(events) == {
        ("change_act.apply", act.uid),
        ("unit.create", successor.uid),
        ("unit.abolish", world.home.uid),
        ("unit.abolish", world.works.uid),
    }


def test_rights_end_with_the_posts_of_a_merged_unit(world):
    assert world.scope("home_head").grants
    step, _spec = merger(world)
    applied(world, step, on=D.today())
    assert not world.scope("home_head").grants
    assert world.scope("home_head", today=D.today() - datetime.timedelta(days=1)).grants


def test_carried_posts_keep_people_titles_and_absences(world):
    head = world.posts["home_head"]
    head.post.titles.create(language="en", title="Director")
    head.post.charges.create(unit=world.mau_son)
    clerk = AppointmentFactory(post=PostFactory(unit=world.home, title="Chuyên viên Sở Nội vụ"))
    Substitution.objects.create(
        absent=head, substitute=clerk.person, valid_from=D(2026, 2, 20), valid_to=D(2026, 3, 10)
    )
    step, spec = merger(world, carry=True)
    applied(world, step)
    successor = Unit.objects.get(uid=spec.uid)
    held = Appointment.objects.filter(post__unit=successor).order_by("pk")
    assert [(a.person, a.post.title, a.valid_from, a.valid_to) for a in held] == [
        (head.person, "Giám đốc Sở Nội vụ", DAY, None),
        (clerk.person, "Chuyên viên Sở Nội vụ", DAY, None),
        (world.person("works_head"), "Giám đốc Sở Xây dựng", DAY, None),
    ]
    new_post = held[0].post
    assert list(new_post.titles.values_list("language", "title")) == [("en", "Director")]
    assert list(new_post.charges.values_list("unit", flat=True)) == [world.mau_son.pk]
    absence = Substitution.objects.get(absent=held[0])
    assert (absence.substitute, absence.valid_from, absence.valid_to) == (clerk.person, DAY, D(2026, 3, 10))
    head.refresh_from_db()
    assert (head.valid_to, head.post.__class__.objects.get(pk=head.post_id).valid_to) == (DAY, DAY)


def test_posts_that_looked_after_an_ended_unit_look_after_its_successor(world):
    world.posts["deputy"].post.charges.create(unit=world.home)
    step, spec = merger(world)
    act = applied(world, step)
    successor = Unit.objects.get(uid=spec.uid)
    charge = set(world.posts["deputy"].post.charges.values_list("unit", flat=True))
    assert charge == {world.home.pk, successor.pk}
    services.undo_change_act(scope=world.scope("admin"), act=act)
    assert set(world.posts["deputy"].post.charges.values_list("unit", flat=True)) == {world.home.pk}


def test_one_act_does_all_kinds_of_steps_in_any_order(world):
    new_section = UnitSpec(named("Phòng Thư ký"), "section", "province", parent=world.home.uid)
    parts = (
        UnitSpec(named("Xã Khánh Khê Đông"), "commune", "commune"),
        UnitSpec(named("Xã Khánh Khê Tây"), "commune", "commune"),
    )
    act = applied(
        world,
        Step(StepKind.ABOLISH, units=(world.works.uid,)),
        Step(StepKind.MERGE, units=(world.mau_son.uid,), into=(world.ky_lua.uid,)),
        Step(StepKind.SPLIT, units=(world.khanh_khe.uid,), new=parts, share="chia theo thôn"),
        Step(StepKind.MOVE, units=(world.section.uid,), parent=world.home.uid),
        Step(StepKind.RENAME, units=(world.home.uid,), values=VersionSpec(named("Sở Tổng hợp"), code="H5")),
        Step(StepKind.CREATE, new=(new_section,)),
        Step(StepKind.TRANSFER, units=(world.office.uid,), into=(world.home.uid,), share="công tác lưu trữ"),
    )
    assert act.state == ChangeAct.State.APPLIED
    assert names(DAY) == {
        "Tỉnh ủy thử", "Văn phòng Tỉnh ủy thử", "Phòng Tổng hợp", "Sở Tổng hợp", "Phòng Thư ký", "Phường Kỳ Lừa",
        "Xã Khánh Khê Đông", "Xã Khánh Khê Tây", "Tỉnh ủy khác",
    }  # fmt: skip
    below = Unit.objects.all().within(world.home.pk, DAY)
    assert {unit.uid for unit in below} == {world.home.uid, world.section.uid, new_section.uid}
    kinds = set(Succession.objects.values_list("predecessor", "kind"))
    assert kinds == {
        (world.works.pk, "dissolve"), (world.mau_son.pk, "merge"), (world.khanh_khe.pk, "split"),
        (world.office.pk, "transfer"),
    }  # fmt: skip
    ended = [world.works.pk, world.mau_son.pk, world.khanh_khe.pk, world.office.pk]
    walked = successors_on(ended, DAY)
    east, west = (Unit.objects.get(uid=spec.uid).pk for spec in parts)
    assert walked == {ended[0]: (), ended[1]: (world.ky_lua.pk,), ended[2]: (east, west), ended[3]: (world.office.pk,)}
    assert closure.stored_links("line", world.root.pk) == closure.expected_links("line", world.root.pk)


def test_a_split_unit_may_go_on_beside_its_successor(world):
    part = UnitSpec(named("Xã Mẫu Sơn Mới"), "commune", "commune")
    applied(world, Step(StepKind.SPLIT, units=(world.mau_son.uid,), new=(part,), keeps=True))
    assert {"Xã Mẫu Sơn", "Xã Mẫu Sơn Mới"} < names(DAY)
    assert successors_on([world.mau_son.pk], DAY) == {world.mau_son.pk: (world.mau_son.pk,)}
    assert world.scope("mau_son_focal").grants


def test_a_parent_and_all_below_it_end_in_one_act(world):
    act = applied(
        world, Step(StepKind.ABOLISH, units=(world.office.uid,)), Step(StepKind.ABOLISH, units=(world.section.uid,))
    )
    assert act.state == ChangeAct.State.APPLIED
    assert not {"Văn phòng Tỉnh ủy thử", "Phòng Tổng hợp"} & names(DAY)


def test_new_units_may_stand_under_new_units(world):
    top = UnitSpec(named("Đặc khu Thử"), "special_zone", "commune", parent=world.root.uid)
    below = UnitSpec(named("Văn phòng Đặc khu"), "office", "commune", parent=top.uid, serves=top.uid)
    applied(world, Step(StepKind.CREATE, new=(below,)), Step(StepKind.CREATE, new=(top,)))
    unit = Unit.objects.get(uid=below.uid)
    assert set(UnitRelation.objects.filter(unit=unit).values_list("hierarchy", "parent__uid")) == {
        ("line", top.uid),
        ("serves", top.uid),
    }


def test_preview_says_what_would_happen_and_leaves_everything_as_it_was(world):
    before = snapshot()
    step, _spec = merger(world)
    act = draft(world, step, Step(StepKind.MOVE, units=(world.office.uid,), parent=world.mau_son.uid))
    preview = services.preview_change_act(scope=world.scope("admin"), act=act)
    assert snapshot() == before
    assert preview.problems == []
    assert [(line.after, line.parent_after) for line in preview.created] == [("Sở Nội vụ và Xây dựng", "Tỉnh ủy thử")]
    assert [(line.before, line.successors) for line in preview.ended] == [
        ("Sở Nội vụ", ("Sở Nội vụ và Xây dựng",)),
        ("Sở Xây dựng", ("Sở Nội vụ và Xây dựng",)),
    ]
    moved = preview.moved[0]
    assert (moved.before, moved.parent_before, moved.parent_after, moved.below) == (
        "Văn phòng Tỉnh ủy thử", "Tỉnh ủy thử", "Xã Mẫu Sơn", 1,
    )  # fmt: skip
    assert [(line.person, line.unit) for line in preview.people_leaving] == [
        ("Giám đốc Sở Nội vụ (thử)", "Sở Nội vụ"),
        ("Giám đốc Sở Xây dựng (thử)", "Sở Xây dựng"),
    ]
    assert [(str(line.label), line.total) for line in preview.impact] == [("Posts", 2), ("People in these posts", 2)]


def test_preview_counts_what_the_apps_above_register(world):
    @impact.counters.register("test")
    def count(unit_ids, on):
        yield impact.ImpactLine("Việc đang mở", {world.home.pk: 4})

    try:
        step, _spec = merger(world)
        preview = services.preview_change_act(scope=world.scope("admin"), act=draft(world, step))
    finally:
        impact.counters.remove("test")
    assert [(str(line.label), line.total) for line in preview.impact][-1] == ("Việc đang mở", 4)


def test_preview_names_every_problem_with_its_step(world):
    act = draft(
        world,
        Step(StepKind.MOVE, units=(world.office.uid,), parent=world.section.uid),
        Step(StepKind.ABOLISH, units=(world.home.uid,)),
        Step(StepKind.ABOLISH, units=(world.home.uid,)),
        Step(StepKind.RENAME, units=(world.works.uid,), values=VersionSpec(named("Sở Xây dựng", symbol="SXD"))),
    )
    preview = services.preview_change_act(scope=world.scope("admin"), act=act)
    assert [problem.step for problem in preview.problems] == [3, 2]
    with pytest.raises(DomainError) as caught:
        services.apply_change_act(scope=world.scope("admin"), act=act)
    assert (caught.value.code, len(caught.value.fields["problems"])) == ("act_impossible", 2)
    act.refresh_from_db()
    assert act.state == ChangeAct.State.DRAFT
    assert "Sở Nội vụ" in names(DAY)


def test_a_cycle_is_found_when_the_whole_plan_is_looked_at(world):
    act = draft(world, Step(StepKind.MOVE, units=(world.office.uid,), parent=world.section.uid))
    preview = services.preview_change_act(scope=world.scope("admin"), act=act)
    assert [problem.step for problem in preview.problems] == [None]
    assert "Phòng Tổng hợp" in preview.problems[0].message


def test_an_abolished_parent_with_units_left_under_it_is_a_problem(world):
    act = draft(world, Step(StepKind.ABOLISH, units=(world.office.uid,)))
    with pytest.raises(DomainError) as caught:
        services.apply_change_act(scope=world.scope("admin"), act=act)
    assert "Phòng Tổng hợp" in str(caught.value.message)


@pytest.mark.parametrize(
    "step",
    [
        Step(StepKind.CREATE),
        Step(StepKind.RENAME),
        Step(StepKind.MERGE),
        Step(StepKind.SPLIT),
        Step(StepKind.MOVE),
        Step(StepKind.TRANSFER),
        Step(StepKind.ABOLISH),
    ],
    ids=lambda step: str(step.kind),
)
def test_an_incomplete_step_is_refused_when_it_is_added(world, step):
    act = draft(world)
    with pytest.raises(DomainError, match="step_incomplete"):
        services.add_step(scope=world.scope("admin"), act=act, step=step)


def test_a_unit_that_ends_takes_over_from_nobody(world):
    act = draft(
        world,
        Step(StepKind.MERGE, units=(world.mau_son.uid,), into=(world.ky_lua.uid,)),
        Step(StepKind.ABOLISH, units=(world.ky_lua.uid,)),
    )
    preview = services.preview_change_act(scope=world.scope("admin"), act=act)
    assert [problem.step for problem in preview.problems] == [1]
    assert "Phường Kỳ Lừa" in preview.problems[0].message


def test_an_act_takes_hardly_more_queries_for_many_units_than_for_few(world):
    counts = []
    for size in (2, 20):
        specs = [
            UnitSpec(named(f"Xã {size} {n}"), "commune", "commune", parent=world.root.uid) for n in range(size * 2)
        ]
        units = services.create_units(scope=world.scope("admin"), root=world.root, specs=specs, on=D(2021, 1, 1))
        for unit in units:
            AppointmentFactory(post=PostFactory(unit=unit))
        steps = [
            Step(
                StepKind.MERGE,
                units=(one.uid, other.uid),
                new=(UnitSpec(named(f"Xã mới {size} {n}"), "commune", "commune", parent=world.root.uid),),
            )
            for n, (one, other) in enumerate(zip(units[::2], units[1::2], strict=True))
        ]
        act = draft(world, *steps)
        with CaptureQueriesContext(connection) as captured:
            services.apply_change_act(scope=world.scope("admin"), act=act)
        counts.append(len(captured))
    assert counts[1] <= counts[0] + 10


def test_undo_restores_everything_and_marks_what_was_written(world):
    before = snapshot()
    step, spec = merger(world, carry=True)
    act = applied(world, step, Step(StepKind.MOVE, units=(world.section.uid,), parent=world.mau_son.uid))
    assert services.reasons_against_undo(act) == []
    services.undo_change_act(scope=world.scope("admin"), act=act)
    after = snapshot()
    # What ended keeps the reason that was noted; all else is as before.
    assert {key: len(rows) for key, rows in after.items()} == {key: len(rows) for key, rows in before.items()}
    for key in ("UnitVersion", "UnitRelation", "Succession", "Post", "UnitLink"):
        assert after[key] == before[key], key
    assert UnitVersion.every_row.get(unit__uid=spec.uid).withdrawn_at is not None
    act.refresh_from_db()
    assert act.state == ChangeAct.State.UNDONE
    assert world.scope("home_head").grants
    with pytest.raises(DomainError):
        services.undo_change_act(scope=world.scope("admin"), act=act)


def test_undo_is_refused_once_something_was_built_upon_the_act(world):
    admin = world.scope("admin")
    step, spec = merger(world)
    act = applied(world, step)
    successor = Unit.objects.get(uid=spec.uid)
    post = services.create_post(scope=admin, unit=successor, role="unit_head", title="Giám đốc Sở", on=DAY)
    with pytest.raises(DomainError, match="act_built_upon"):
        services.undo_change_act(scope=admin, act=act)
    services.remove_post(scope=admin, post=post)
    services.change_unit(scope=admin, unit=successor, on=D(2026, 5, 1), spec=VersionSpec(code="H11"))
    assert len(services.reasons_against_undo(act)) == 2
    services.withdraw_version(scope=admin, version=successor.versions.get(code="H11"))
    services.undo_change_act(scope=admin, act=act)


def test_an_app_above_may_hold_an_act(world):
    @impact.holds.register("test")
    def hold(unit_ids, since):
        return ["Đã ban hành văn bản."]

    try:
        step, _spec = merger(world)
        act = applied(world, step)
        assert services.reasons_against_undo(act) == ["Đã ban hành văn bản."]
    finally:
        impact.holds.remove("test")


def test_drafts_are_edited_with_care_and_only_by_administrators(world):
    admin = world.scope("admin")
    step, spec = merger(world)
    act = draft(world, step)
    services.edit_change_act(scope=admin, act=act, title="Sắp xếp lại", in_force_on=D(2026, 4, 1), version=act.version)
    with pytest.raises(StaleRecord):
        services.edit_change_act(scope=admin, act=act, title="Khác", in_force_on=DAY, version=act.version)
    for post in ("chief", "leader", "stranger"):
        with pytest.raises(PermissionDenied):
            services.apply_change_act(scope=world.scope(post), act=act)
        with pytest.raises(PermissionDenied):
            services.preview_change_act(scope=world.scope(post), act=act)
    copy = services.copy_change_act(scope=admin, act=act)
    assert copy.plan[0]["new"][0]["uid"] != str(spec.uid)
    assert copy.plan[0]["new"][0]["names"] == act.plan[0]["new"][0]["names"]
    services.apply_change_act(scope=admin, act=act)
    with pytest.raises(DomainError, match="act_not_draft"):
        services.remove_step(scope=admin, act=act, step=step.uid)
    services.remove_step(scope=admin, act=copy, step=UUID(copy.plan[0]["uid"]))
    with pytest.raises(DomainError, match="act_empty"):
        services.apply_change_act(scope=admin, act=copy)
    services.discard_change_act(scope=admin, act=copy)
    assert list(ChangeAct.objects.all()) == [act]


def test_a_step_is_removed_by_its_name_and_never_another_in_its_place(world):
    admin = world.scope("admin")
    first, second = (Step(StepKind.ABOLISH, units=(unit.uid,)) for unit in (world.home, world.works))
    act = draft(world, first, second)
    seen = act.version
    act = services.remove_step(scope=admin, act=act, step=first.uid, version=seen)
    # The other editor still sees two steps and presses the second; then the first, which is gone.
    for step in (second, first):
        with pytest.raises(StaleRecord):
            services.remove_step(scope=admin, act=act, step=step.uid, version=seen)
    assert [step["uid"] for step in act.plan] == [str(second.uid)]
    with pytest.raises(DomainError, match="no_such_step"):
        services.remove_step(scope=admin, act=act, step=first.uid, version=act.version)
    assert services.remove_step(scope=admin, act=act, step=second.uid, version=act.version).plan == []


def test_an_administrator_of_a_part_cannot_touch_units_outside_it(world):
    from prytany.accounts.scopes import scope_of

    scope = scope_of(AppointmentFactory(post=PostFactory(unit=world.home, role="administrator")))
    step, _spec = merger(world)
    act = services.draft_change_act(scope=scope, root=world.root, title="Sắp xếp", in_force_on=DAY)
    with pytest.raises(PermissionDenied):
        services.add_step(scope=scope, act=act, step=step)
    act.plan = [step.to_json()]
    act.save()
    with pytest.raises(PermissionDenied):
        services.apply_change_act(scope=scope, act=act)
    assert scope.holds_anywhere(Permission.ORGANISATION_EDIT)


def test_drafts_are_hidden_from_all_but_administrators(world):
    act = draft(world)
    seen = {post: list(ChangeAct.objects.visible_to(world.scope(post))) for post in ("admin", "chief", "stranger")}
    assert seen == {"admin": [act], "chief": [], "stranger": []}


def test_an_act_may_lie_in_the_future_and_changes_nothing_before(world):
    later = D.today() + datetime.timedelta(days=90)
    step, _spec = merger(world, carry=True)
    applied(world, step, on=later)
    assert "Sở Nội vụ" in names(D.today())
    assert world.scope("home_head").grants
    assert "Sở Nội vụ" not in names(later)


def test_an_act_in_the_past_carries_appointments_that_began_after_it(world):
    late = AppointmentFactory(post=PostFactory(unit=world.home, title="Phó Giám đốc"), valid_from=D(2026, 4, 1))
    step, spec = merger(world, carry=True)
    applied(world, step)
    new = Appointment.objects.get(person=late.person)
    assert (new.post.unit.uid, new.valid_from, new.valid_to) == (spec.uid, D(2026, 4, 1), None)


def test_succession_walks_through_several_steps_and_dissolution(world):
    step, spec = merger(world)
    applied(world, step, on=D(2024, 1, 1))
    again = UnitSpec(named("Sở Tổng hợp"), "department", "province")
    other = UnitSpec(named("Sở Hạ tầng"), "department", "province")
    applied(world, Step(StepKind.SPLIT, units=(spec.uid,), new=(again, other)), on=D(2025, 1, 1))
    applied(world, Step(StepKind.ABOLISH, units=(other.uid,)), on=D(2026, 1, 1))
    middle, first, second = (Unit.objects.get(uid=s.uid).pk for s in (spec, again, other))
    walk = lambda day: successors_on([world.home.pk], day)[world.home.pk]  # noqa: E731
    assert walk(D(2023, 6, 1)) == (world.home.pk,)
    assert walk(D(2024, 6, 1)) == (middle,)
    assert walk(D(2025, 6, 1)) == (first, second)
    assert walk(D(2026, 6, 1)) == (first,)
    assert predecessors_of([first])[first] == (middle, world.home.pk, world.works.pk)
    assert predecessors_of([first], D(2024, 6, 1))[first] == (middle,)
    assert UnitRelation.objects.filter(unit=first, hierarchy=Hierarchy.LINE, parent=world.root).exists()


def test_successions_that_run_in_a_circle_end(world):
    services.abolish_unit(scope=world.scope("admin"), unit=world.home, on=D(2025, 1, 1))
    services.abolish_unit(scope=world.scope("admin"), unit=world.works, on=D(2025, 1, 1))
    Succession.objects.create(predecessor=world.home, successor=world.works, kind="merge", on=D(2025, 1, 1))
    Succession.objects.create(predecessor=world.works, successor=world.home, kind="merge", on=D(2025, 1, 1))
    assert successors_on([world.home.pk], DAY) == {world.home.pk: ()}
    assert predecessors_of([world.home.pk]) == {world.home.pk: (world.works.pk,)}

"""The pages: what they show, who may open which form, and that they ask few questions of the database."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prytany.organisation import closure, services
from prytany.organisation.acts.plan import Step, StepKind
from prytany.organisation.models import Appointment, ChangeAct, Hierarchy, Person, Post, Substitution, Unit
from prytany.organisation.specs import UnitSpec, VersionSpec, named
from prytany.organisation.tests.factories import AppointmentFactory, PostFactory, make_unit

D = datetime.date
TODAY = D.today()
pytestmark = pytest.mark.django_db


def text(response):
    return " ".join(response.content.decode().split())


def url(name, *args, **query):
    address = reverse(name, args=args)
    return f"{address}?{'&'.join(f'{k}={v}' for k, v in query.items())}" if query else address


@pytest.fixture
def admin(client_of):
    return client_of("admin")


@pytest.fixture
def merged(world):
    """An applied act: two departments became one last month."""
    scope = world.scope("admin")
    act = services.draft_change_act(
        scope=scope, root=world.root, title="Hợp nhất hai sở", in_force_on=D(2026, 1, 1), decision="983-QĐ/TU"
    )
    spec = UnitSpec(named("Sở Tổng hợp"), "department", "province")
    services.add_step(
        scope=scope,
        act=act,
        step=Step(StepKind.MERGE, units=(world.home.uid, world.works.uid), new=(spec,), carry_posts=True),
    )
    services.apply_change_act(scope=scope, act=act)
    return act, Unit.objects.get(uid=spec.uid)


def test_tree_shows_the_units_under_the_root_and_not_those_of_others(client_of, world):
    response = client_of("chief").get(url("organisation:tree"))
    page = text(response)
    assert response.status_code == 200
    for shown in ("Tỉnh ủy thử", "Sở Nội vụ", "Xã Mẫu Sơn", "Văn phòng Tỉnh ủy thử"):
        assert f"<bdi>{shown}</bdi>" in page
    for hidden in ("Tỉnh ủy khác", "Phòng Tổng hợp"):
        assert hidden not in page


def test_branch_is_fetched_when_it_is_opened(client_of, world):
    response = client_of("chief").get(url("organisation:branch", world.office.uid))
    assert [node.name for node in response.context["branch"].nodes] == ["Phòng Tổng hợp"]
    assert client_of("stranger").get(url("organisation:branch", world.office.uid)).status_code == 404


def test_tree_of_a_unit_opens_the_way_down_to_it(client_of, world):
    node = client_of("chief").get(url("organisation:part", world.section.uid)).context["node"]
    office = next(child for child in node.children.nodes if child.uid == world.office.uid)
    assert [(child.name, child.is_current) for child in office.children.nodes] == [("Phòng Tổng hợp", True)]


def test_a_long_branch_is_gathered_by_kind_and_paged(client_of, world):
    specs = [UnitSpec(named(f"Xã số {n:03}"), "commune", "commune", parent=world.root.uid) for n in range(230)]
    services.create_units(scope=world.scope("admin"), root=world.root, specs=specs, on=D(2021, 1, 1))
    chief = client_of("chief")
    node = chief.get(url("organisation:tree")).context["node"]
    groups = {group.kind: (group.count, group.branch) for group in node.children.kinds}
    assert groups["commune"] == (232, None)
    assert groups["department"][0] == 2
    opened = chief.get(url("organisation:branch", world.root.uid, kind="commune")).context["branch"]
    assert (len(opened.nodes), opened.more) == (200, 200)
    rest = chief.get(url("organisation:branch", world.root.uid, kind="commune", start=200)).context["branch"]
    assert (len(rest.nodes), rest.more) == (32, None)
    names = [node.name for node in opened.nodes + rest.nodes]
    assert len(set(names)) == 232
    shown = chief.get(url("organisation:part", world.mau_son.uid)).context["node"]
    commune = next(group for group in shown.children.kinds if group.kind == "commune")
    assert any(node.is_current for node in commune.branch.nodes)


def test_the_tree_is_as_it_was_on_a_date(client_of, world, merged):
    chief = client_of("chief")
    before = chief.get(url("organisation:tree", on="31/12/2025"))
    after = chief.get(url("organisation:tree", on="2026-01-01"))
    assert "Sở Nội vụ" in text(before)
    assert "Sở Tổng hợp" not in text(before)
    assert "Sở Tổng hợp" in text(after)
    assert before.context["as_of"] == D(2025, 12, 31)
    assert 'class="band"' in text(before)
    assert chief.get(url("organisation:tree")).context["as_of"] is None
    wrong = chief.get(url("organisation:tree", on="31/31"))
    assert (wrong.status_code, wrong.context["as_of"]) == (200, None)
    assert wrong.context["asked"].wrong
    assert chief.get(url("organisation:tree", on="1/1/2001")).context["node"] is None


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Mẫu Sơn", ["Xã Mẫu Sơn"]),
        ("mau son", ["Xã Mẫu Sơn"]),
        ("SNV", ["Sở Nội vụ"]),
        ("noi vu", ["Sở Nội vụ"]),
        ("vu noi", ["Sở Nội vụ"]),
        ("khác", []),
        ("…", []),
    ],
)
def test_units_are_found_with_and_without_diacritics(client_of, words, found):
    hits = client_of("chief").get(reverse("organisation:tree"), {"q": words}).context["hits"]
    assert [hit.name for hit in hits] == found


def test_units_are_found_under_names_they_had_and_after_their_end(client_of, world, merged):
    services.change_unit(
        scope=world.scope("admin"), unit=world.mau_son, on=D(2026, 2, 1), spec=VersionSpec(named("Xã Đỉnh Mẫu"))
    )
    chief = client_of("chief")
    (ended,) = chief.get(url("organisation:tree", q="Nội vụ")).context["hits"]
    assert (ended.name, ended.last_day) == ("Sở Nội vụ", D(2025, 12, 31))
    (renamed,) = chief.get(url("organisation:tree", q="Mẫu Sơn")).context["hits"]
    assert (renamed.name, renamed.named, renamed.last_day) == ("Xã Đỉnh Mẫu", "Xã Mẫu Sơn", None)


def test_exact_accents_come_first(client_of, world):
    for name in ("Xã Thạch Hạ", "Xã Thạch Hà", "Xã Thách Hà"):
        make_unit(name, under=world.root, kind="commune", level="commune")
    closure.rebuild()
    hits = client_of("chief").get(url("organisation:tree", q="Thạch Hà")).context["hits"]
    assert [hit.name for hit in hits] == ["Xã Thạch Hà", "Xã Thách Hà", "Xã Thạch Hạ"]


def test_completion_offers_living_units_and_tells_namesakes_apart(client_of, world, merged):
    chief = client_of("chief")
    ask = lambda q: [r["label"] for r in chief.get(reverse("organisation:complete"), {"q": q}).json()["results"]]  # noqa: E731
    assert ask("mau") == ["Xã Mẫu Sơn"]
    assert ask("nội vụ") == []
    twin = services.create_unit(
        scope=world.scope("admin"),
        root=world.root,
        spec=UnitSpec(named("Phòng Tổng hợp"), "section", "province", parent=merged[1].uid),
        on=D(2026, 1, 1),
    )
    assert set(ask("tổng hợp")) == {
        "Sở Tổng hợp",
        "Phòng Tổng hợp (Sở Tổng hợp)",
        "Phòng Tổng hợp (Văn phòng Tỉnh ủy thử)",
    }
    from prytany.organisation.matching import UnitMatcher

    matcher = UnitMatcher(world.root.pk, on=TODAY)
    assert matcher.match("Phòng Tổng hợp (Sở Tổng hợp)").unit_ids == (twin.pk,)
    assert matcher.match("Phòng Tổng hợp").unit_ids == ()


def test_unit_page_shows_who_holds_what_and_what_is_vacant(client_of, world):
    PostFactory(unit=world.home, title="Phó Giám đốc")
    Substitution.objects.create(
        absent=world.posts["home_head"],
        substitute=world.person("clerk"),
        valid_from=TODAY,
        valid_to=TODAY + datetime.timedelta(days=3),
    )
    response = client_of("chief").get(url("organisation:unit", world.home.uid))
    lines = {line.post.title: line for line in response.context["posts"]}
    assert [h.person.name for h in lines["Giám đốc Sở Nội vụ"].holdings] == ["Giám đốc Sở Nội vụ (thử)"]
    assert [s.substitute for s in lines["Giám đốc Sở Nội vụ"].holdings[0].substitutions] == [world.person("clerk")]
    assert lines["Phó Giám đốc"].holdings == []
    assert "Văn thư (thử)" in text(response)
    assert client_of("stranger").get(url("organisation:unit", world.home.uid)).status_code == 404


def test_unit_page_in_place_is_a_part_with_its_title(client_of, world):
    response = client_of("chief").get(url("organisation:unit", world.home.uid), headers={"HX-Request": "true"})
    page = text(response)
    assert page.startswith("<title>Sở Nội vụ</title>")
    assert "<html" not in page


def test_record_shows_names_dates_relations_and_successions(client_of, world, merged):
    act, successor = merged
    admin = world.scope("admin")
    assert ChangeAct.objects.get(pk=act.pk).state == "applied"
    services.add_alias(scope=admin, unit=successor, alias="Sở TH")
    services.relate_units(
        scope=admin, hierarchy=Hierarchy.GUIDES, unit=world.mau_son, parent=successor, on=D(2026, 2, 1)
    )
    services.set_mandate(scope=admin, unit=successor, on=D(2026, 2, 1), basis="12-QĐi/TU", mission="Tham mưu tổng hợp.")
    response = client_of("chief").get(url("organisation:unit", successor.uid, tab="record"))
    record = response.context["record"]
    assert [line.label.name for line in record.came_from] == ["Sở Nội vụ", "Sở Xây dựng"]
    assert [(str(line.word), line.label.name) for line in record.other_relations] == [
        (str(record.other_relations[0].word), "Xã Mẫu Sơn")
    ]
    assert record.mandate.mission == "Tham mưu tổng hợp."
    page = text(response)
    assert "983-QĐ/TU" in page
    assert "Sở TH" in page
    old = client_of("chief").get(url("organisation:unit", world.home.uid, tab="record"))
    assert [line.label.name for line in old.context["record"].became] == ["Sở Tổng hợp"]
    assert old.context["exists"] is False
    part = client_of("chief").get(url("organisation:record", successor.uid))
    assert "Tham mưu tổng hợp." in text(part)


def test_the_unit_page_of_tasks_has_a_place_for_the_record(client_of, world):
    page = text(client_of("chief").get(f"{reverse('work:unit', args=[world.home.uid])}?tab=record"))
    assert reverse("organisation:record", args=[world.home.uid]) in page


FORMS = [
    ("organisation:new", None),
    ("organisation:new_act", None),
    ("organisation:change", "unit"),
    ("organisation:move", "unit"),
    ("organisation:relate", "unit"),
    ("organisation:alias", "unit"),
    ("organisation:mandate", "unit"),
    ("organisation:succession", "unit"),
    ("organisation:abolish", "unit"),
    ("organisation:withdraw", "unit"),
    ("organisation:correct", "version"),
    ("organisation:withdraw_version", "version"),
    ("people:new_post", None),
    ("people:edit_post", "post"),
    ("people:end_post", "post"),
    ("people:remove_post", "post"),
    ("people:appoint", "post"),
    ("people:new_person", "post"),
    ("people:end_appointment", "appointment"),
    ("people:correct_appointment", "appointment"),
    ("people:withdraw_appointment", "appointment"),
    ("people:edit_person", "person"),
]


def subject(world, kind):
    held = world.posts["works_head"]
    rows = {
        None: [],
        "unit": [world.works.uid],
        "version": [world.works.versions.get().uid],
        "post": [held.post.uid],
        "appointment": [held.uid],
        "person": [held.person.uid],
    }
    return rows[kind]


@pytest.mark.parametrize(("name", "kind"), FORMS)
def test_forms_open_for_administrators_only(client_of, world, name, kind):
    address = reverse(name, args=subject(world, kind))
    assert client_of("admin").get(address).status_code == 200
    part = client_of("admin").get(address, headers={"HX-Request": "true"})
    assert "<html" not in text(part)
    for post in ("chief", "leader", "specialist", "works_head"):
        assert client_of(post).get(address).status_code == 403
        assert client_of(post).post(address, {}).status_code == 403
    if kind:
        assert client_of("stranger").get(address).status_code == 404


def test_create_a_unit_from_the_form(admin, world):
    address = url("organisation:new", under=world.home.uid)
    form = {
        "name": "Phòng Công chức", "kind": "section", "level": "province", "on": "1/1/2026", "parent": "Sở Nội vụ",
        "symbol": "", "name_en": "Civil service section", "aliases": "Phòng CC; Phòng công chức viên chức",
    }  # fmt: skip
    response = admin.post(address, form)
    unit = Unit.objects.get(versions__names__name="Phòng Công chức")
    assert response.url == reverse("organisation:unit", args=[unit.uid])
    assert set(unit.versions.get().names.values_list("language", "name")) == {
        ("vi", "Phòng Công chức"),
        ("en", "Civil service section"),
    }
    assert unit.aliases.count() == 2
    twice = admin.post(address, form)
    assert twice.status_code == 422
    assert "Sở Nội vụ" in str(twice.context["form"].errors["name"])


def test_a_form_sent_twice_leads_to_the_first_result(admin, world):
    form = {"name": "Phòng Mới", "kind": "section", "level": "province", "on": "1/1/2026", "form_token": "abc"}
    first, second = (admin.post(url("organisation:new"), form) for _ in range(2))
    assert first.url == second.url
    assert Unit.objects.filter(versions__names__name="Phòng Mới").count() == 1


@pytest.mark.parametrize(
    ("typed", "says"),
    [("Sở Không có", "Sở Không có"), ("xã Mẫu Sơm", "Xã Mẫu Sơn"), ("các xã", ""), ("Sở Y học; Sở Nội vụ", "")],
)
def test_a_unit_that_is_not_clear_is_asked_back_at_its_field(admin, world, typed, says):
    response = admin.post(url("organisation:move", world.works.uid), {"parent": typed, "on": "1/1/2026"})
    assert response.status_code == 422
    assert says in str(response.context["form"].errors["parent"])
    assert typed in response.content.decode()


def test_a_unit_abolished_last_month_is_named_with_its_last_day(admin, world, merged):
    response = admin.post(url("organisation:move", world.office.uid), {"parent": "Sở Nội vụ", "on": "1/3/2026"})
    assert "31/12/2025" in str(response.context["form"].errors["parent"])


def test_change_and_stale_form(admin, world):
    address = url("organisation:change", world.home.uid)
    shown = admin.get(address).context["form"]
    form = {
        "name": "Sở Tổ chức", "kind": "department", "level": "province", "on": "1/2/2026",
        "expected": shown["expected"].value(),
    }  # fmt: skip
    assert admin.post(address, form).status_code == 302
    assert admin.post(address, {**form, "name": "Sở Khác", "on": "1/3/2026"}).status_code == 422
    assert world.home.versions.count() == 2


def test_withdraw_correct_and_other_small_forms(admin, world):
    uid = world.home.uid
    post = lambda name, data, *args: admin.post(reverse(name, args=args or [uid]), data)  # noqa: E731
    assert post("organisation:alias", {"alias": "Sở NV"}).status_code == 302
    alias = world.home.aliases.get()
    assert post("organisation:remove_alias", {}, alias.uid).status_code == 302
    assert (
        post("organisation:relate", {"hierarchy": "guides", "parent": "Sở Xây dựng", "on": "1/1/2026"}).status_code
        == 302
    )
    relation = world.home.relations_up.get(hierarchy="guides")
    assert post("organisation:end_relation", {"last_day": "31/1/2026"}, relation.uid).status_code == 302
    relation.refresh_from_db()
    assert relation.valid_to == D(2026, 2, 1)
    assert post("organisation:mandate", {"basis": "QĐ 1", "on": "1/1/2026", "mission": "Tham mưu"}).status_code == 302
    mandate = world.home.mandates.get()
    assert post("organisation:withdraw_mandate", {}, mandate.uid).status_code == 302
    version = world.home.versions.get()
    correction = {"name": "Sở Nội vụ", "kind": "department", "level": "province", "code": "H1", "start": "1/1/2020"}
    assert post("organisation:correct", correction, version.uid).status_code == 302
    assert world.home.versions.get().code == "H1"
    gone = {"direction": "from", "on": "1/1/2020", "other": "Sở Xây dựng", "kind": "merge"}
    refused = post("organisation:succession", gone)
    assert refused.status_code == 422
    gone["on"] = "1/1/2026"
    assert post("organisation:succession", gone).status_code == 302
    row = world.home.successions_in.get()
    assert post("organisation:withdraw_succession", {}, row.uid).status_code == 302
    assert post("organisation:move", {"parent": "Văn phòng Tỉnh ủy thử", "on": "1/1/2026"}).status_code == 302
    assert post("organisation:set_up", {"contact": "Số 1 đường Hùng Vương", "head_checks": "on"}).status_code == 302
    assert post("organisation:withdraw", {}).status_code == 422
    assert post("organisation:abolish", {"on": "1/6/2026"}).status_code == 302


def test_the_head_of_a_unit_sets_it_up(client_of, world):
    address = url("organisation:set_up", world.home.uid)
    assert client_of("home_head").post(address, {"contact": "Phòng 101"}).status_code == 302
    assert client_of("works_head").get(address).status_code == 403


# Change acts


def test_an_act_from_the_first_form_to_applied_and_undone(admin, world):
    response = admin.post(
        url("organisation:new_act"),
        {"title": "Hợp nhất", "in_force_on": "1/3/2026", "decision": "983-QĐ/TU", "decided_on": "12/2/2026"},
    )
    act = ChangeAct.objects.get()
    assert response.url == reverse("organisation:act", args=[act.uid])
    page = admin.get(response.url, {"step": "merge"})
    assert page.context["form"] is not None
    step = {"step": "merge", "units": "Sở Nội vụ; Sở XD", "name": "Sở Tổng hợp", "carry_posts": "on"}
    wrong = admin.post(response.url, step | {"units": "Sở Nội vụ; Sở Xây dựn"})
    assert wrong.status_code == 422
    assert "Sở Xây dựng" in str(wrong.context["form"].errors["units"])
    assert admin.post(response.url, step | {"units": "Sở Nội vụ; Sở Xây dựng"}).status_code == 302
    preview = admin.get(response.url, {"preview": "1"})
    assert preview.context["preview"].problems == []
    assert "Sở Tổng hợp" in text(preview)
    assert not Unit.objects.filter(versions__names__name="Sở Tổng hợp").exists()
    act.refresh_from_db()
    assert admin.post(url("organisation:apply_act", act.uid), {"version": act.version}).status_code == 302
    assert Unit.objects.filter(versions__names__name="Sở Tổng hợp").exists()
    shown = admin.get(response.url)
    assert shown.context["against_undo"] == []
    assert admin.post(url("organisation:undo_act", act.uid)).status_code == 302
    act.refresh_from_db()
    assert act.state == "undone"


def test_many_mergers_are_pasted_at_once(admin, world):
    act = services.draft_change_act(
        scope=world.scope("admin"), root=world.root, title="Sắp xếp xã", in_force_on=D(2026, 3, 1)
    )
    address = url("organisation:act", act.uid)
    lines = "Xã Mẫu Sơn; Xã Khánh Khê → Xã Công Sơn\nPhường Kỳ Lừa\tPhường Lương Văn Tri"
    assert admin.post(address, {"step": "merge", "lines": lines}).status_code == 302
    act.refresh_from_db()
    assert [(len(step["units"]), step["new"][0]["names"][0][1], step["new"][0]["kind"]) for step in act.plan] == [
        (2, "Xã Công Sơn", "commune"),
        (1, "Phường Lương Văn Tri", "ward"),
    ]
    wrong = admin.post(address, {"step": "merge", "lines": "Xã Mẫu Sơn\nXã Mẫu Sơm → Xã Mới"})
    assert len(wrong.context["form"].errors["lines"]) == 2


@pytest.mark.parametrize(
    ("kind", "data", "expected"),
    [
        ("rename", {"unit": "Sở Nội vụ", "name": "Sở Tổ chức"}, StepKind.RENAME),
        ("move", {"units": "Xã Mẫu Sơn; Phường Kỳ Lừa", "parent": "Sở Nội vụ"}, StepKind.MOVE),
        ("split", {"unit": "Sở Nội vụ", "names": "Sở A1\nSở B1"}, StepKind.SPLIT),
        ("create", {"name": "Sở Mới", "unit_kind": "department", "level": "province"}, StepKind.CREATE),
        ("transfer", {"unit": "Sở Nội vụ", "into": "Sở Xây dựng", "share": "lưu trữ"}, StepKind.TRANSFER),
        ("abolish", {"units": "các xã"}, StepKind.ABOLISH),
    ],
)  # fmt: skip
def test_every_kind_of_step_has_its_form_and_applies(admin, world, kind, data, expected):
    act = services.draft_change_act(
        scope=world.scope("admin"), root=world.root, title="Sắp xếp", in_force_on=D(2026, 3, 1)
    )
    address = url("organisation:act", act.uid)
    assert admin.get(address, {"step": kind}).status_code == 200
    assert admin.post(address, {"step": kind}).status_code == 422
    response = admin.post(address, {"step": kind, **data})
    assert response.status_code == 302, response.context["form"].errors
    act.refresh_from_db()
    assert [step["kind"] for step in act.plan] == [expected]
    services.apply_change_act(scope=world.scope("admin"), act=act)
    assert admin.get(address).status_code == 200


def test_a_step_may_name_what_an_earlier_step_creates(admin, world):
    act = services.draft_change_act(
        scope=world.scope("admin"), root=world.root, title="Sắp xếp", in_force_on=D(2026, 3, 1)
    )
    address = url("organisation:act", act.uid)
    create = {"name": "Sở Mới", "parent": "Tỉnh ủy thử", "unit_kind": "department", "level": "province"}
    admin.post(address, {"step": "create", **create})
    assert admin.post(address, {"step": "move", "units": "Phòng Tổng hợp", "parent": "sở mới"}).status_code == 302
    services.apply_change_act(scope=world.scope("admin"), act=act)
    assert Unit.objects.all().within(Unit.objects.get(versions__names__name="Sở Mới").pk, D(2026, 3, 1)).count() == 2


def test_acts_are_listed_and_drafts_are_the_administrators_own(client_of, world, merged):
    draft = services.draft_change_act(
        scope=world.scope("admin"), root=world.root, title="Bản nháp", in_force_on=D(2027, 1, 1)
    )
    assert [act.title for act in client_of("admin").get(url("organisation:acts")).context["page"].rows] == [
        "Bản nháp",
        "Hợp nhất hai sở",
    ]
    assert [act.title for act in client_of("chief").get(url("organisation:acts")).context["page"].rows] == [
        "Hợp nhất hai sở"
    ]
    assert client_of("chief").get(url("organisation:act", merged[0].uid)).status_code == 200
    assert client_of("chief").get(url("organisation:act", draft.uid)).status_code == 404
    assert client_of("chief").post(url("organisation:act", merged[0].uid), {"step": "move"}).status_code == 403
    for name in ("apply_act", "undo_act", "copy_act", "discard_act", "remove_step"):
        assert client_of("chief").post(url(f"organisation:{name}", merged[0].uid)).status_code == 403


# People and posts


def test_people_are_listed_by_name_filtered_and_exported(client_of, world):
    chief = client_of("chief")
    rows = lambda **query: [h.person.name for h in chief.get(url("people:list", **query)).context["page"].rows]  # noqa: E731
    assert len(rows()) == 16
    assert rows(q="giám đốc") == ["Giám đốc Sở Nội vụ (thử)", "Giám đốc Sở Xây dựng (thử)"]
    assert rows(q="giam doc so noi") == ["Giám đốc Sở Nội vụ (thử)"]
    assert rows(q="mẫu sơn") == ["Chủ tịch xã (thử)", "Công chức văn phòng (thử)"]
    assert len(rows(unit=world.office.uid)) == 5
    assert rows(role="leader") == ["Phó Bí thư (thử)"]
    assert rows(away="1") == []
    Substitution.objects.create(
        absent=world.posts["chief"], substitute=world.person("deputy"),
        valid_from=TODAY, valid_to=TODAY + datetime.timedelta(days=5),
    )  # fmt: skip
    assert rows(away="1") == ["Chánh Văn phòng (thử)"]
    workbook = chief.get(url("people:list", format="xlsx", q="giám đốc"))
    assert workbook["Content-Type"].startswith("application/vnd.openxmlformats")
    assert workbook.content[:2] == b"PK"
    assert "Chánh Văn phòng khác" not in text(chief.get(url("people:list")))


def test_people_as_of_a_date(client_of, world):
    services.end_appointment(scope=world.scope("admin"), appointment=world.posts["home_head"], on=D(2025, 6, 1))
    chief = client_of("chief")
    names = lambda **query: {h.person.name for h in chief.get(url("people:list", **query)).context["page"].rows}  # noqa: E731
    assert "Giám đốc Sở Nội vụ (thử)" not in names()
    assert "Giám đốc Sở Nội vụ (thử)" in names(on="31/5/2025")


def test_vacant_posts_are_listed(client_of, world):
    PostFactory(unit=world.home, title="Phó Giám đốc")
    services.end_appointment(scope=world.scope("admin"), appointment=world.posts["works_head"], on=TODAY)
    page = client_of("chief").get(url("people:posts", vacant="1")).context["page"]
    assert {line.post.title for line in page.rows} == {"Phó Giám đốc", "Giám đốc Sở Xây dựng"}


def test_posts_are_opened_filled_changed_and_closed(admin, world):
    response = admin.post(
        url("people:new_post"),
        {
            "title": "Phó Giám đốc", "role": "unit_head", "unit": "Sở Nội vụ", "on": "1/1/2026", "title_en": "Deputy",
            "charge": "Xã Mẫu Sơn; Phường Kỳ Lừa",
        },
    )  # fmt: skip
    post = Post.objects.get(title="Phó Giám đốc")
    assert response.url == reverse("people:post", args=[post.uid])
    assert set(post.charge.all()) == {world.mau_son, world.ky_lua}
    response = admin.post(
        url("people:new_person", post.uid), {"name": "Phó Giám đốc (mới)", "on": "1/1/2026", "kind": "holder"}
    )
    person = Person.objects.get(name="Phó Giám đốc (mới)")
    assert response.url == reverse("people:person", args=[person.uid])
    assert (
        admin.post(url("people:edit_person", person.uid), {"name": "Phó Giám đốc A", "phone": "0205"}).status_code
        == 302
    )
    form = {"person": "Phó Giám đốc A", "on": "1/2/2026", "last_day": "31/3/2027", "kind": "acting"}
    assert admin.post(url("people:appoint", world.posts["council"].post.uid), form).status_code == 302
    held = Appointment.objects.get(person=person, kind="acting")
    assert held.valid_to == D(2027, 4, 1)
    assert admin.post(url("people:end_appointment", held.uid), {"last_day": "30/6/2026"}).status_code == 302
    held.refresh_from_db()
    assert held.valid_to == D(2026, 7, 1)
    assert (
        admin.post(url("people:edit_post", post.uid), {"title": "Phó Giám đốc Sở", "role": "unit_head"}).status_code
        == 302
    )
    assert admin.post(url("people:end_post", post.uid), {"last_day": "31/12/2026"}).status_code == 302
    post.refresh_from_db()
    assert (post.title, post.valid_to) == ("Phó Giám đốc Sở", D(2027, 1, 1))
    page = admin.get(url("people:post", post.uid))
    assert [h.person.name for h in page.context["line"].present] == ["Phó Giám đốc A"]


def test_people_of_one_name_are_chosen_from_the_list(admin, world):
    first, second = (AppointmentFactory(post__unit=world.home, person__name="Trùng tên") for _ in range(2))
    address = url("people:appoint", world.posts["council"].post.uid)
    form = {"person": "Trùng tên", "on": "1/2/2026", "kind": "holder"}
    assert "person" in admin.post(address, form).context["form"].errors
    assert admin.post(address, form | {"person-chosen": str(second.person.uid)}).status_code == 302
    assert second.person.appointments.count() == 2
    assert first.person.appointments.count() == 1
    found = admin.get(reverse("people:complete"), {"q": "trung"}).json()["results"]
    assert {one["value"] for one in found} == {str(first.person.uid), str(second.person.uid)}


def test_an_absence_is_set_by_its_person_and_warned_about_once(client_of, world):
    days = lambda n: (TODAY + datetime.timedelta(days=n)).strftime("%d/%m/%Y")  # noqa: E731
    services.set_absence(
        scope=world.scope("deputy"), appointments=[world.posts["deputy"]], substitute=world.person("clerk"),
        on=TODAY, until=TODAY + datetime.timedelta(days=9),
    )  # fmt: skip
    address = url("people:absence", world.posts["chief"].uid)
    form = {"substitute": "Phó Chánh Văn phòng (thử)", "on": days(0), "last_day": days(3), "extent": "all"}
    assert client_of("specialist").get(address).status_code == 403
    warned = client_of("chief").post(address, form)
    assert warned.status_code == 200
    assert not Substitution.objects.filter(absent=world.posts["chief"]).exists()
    assert 'name="warned" value="1"' in text(warned)
    assert client_of("chief").post(address, form | {"warned": "1"}).status_code == 302
    row = Substitution.objects.get(absent=world.posts["chief"])
    assert row.valid_to == TODAY + datetime.timedelta(days=4)
    assert client_of("chief").post(url("people:withdraw_absence", row.uid)).status_code == 302
    row.refresh_from_db()
    assert row.withdrawn_at is not None


def test_person_page_shows_present_and_past_posts(client_of, world):
    admin = world.scope("admin")
    services.appoint(scope=admin, person=world.person("clerk"), post=world.posts["council"].post, on=TODAY)
    services.end_appointment(scope=admin, appointment=world.posts["clerk"], on=TODAY)
    page = client_of("chief").get(url("people:person", world.person("clerk").uid))
    assert [h.post.title for h in page.context["present"]] == ["Ủy viên hội đồng"]
    assert [h.post.title for h in page.context["past"]] == ["Văn thư"]
    assert client_of("stranger").get(url("people:person", world.person("clerk").uid)).status_code == 404


def test_export_of_units_is_a_workbook_as_of_the_date(client_of, world, merged):
    import io

    import openpyxl

    chief = client_of("chief")
    book = openpyxl.load_workbook(io.BytesIO(chief.get(url("organisation:export", on="31/12/2025")).content))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows(min_row=2)]
    assert rows[0][1] == "Tỉnh ủy thử"
    assert {"Sở Nội vụ", "Phòng Tổng hợp"} < {row[1] for row in rows}
    assert "Sở Tổng hợp" not in {row[1] for row in rows}
    section = next(row for row in rows if row[1] == "Phòng Tổng hợp")
    assert (section[5], section[6], section[7].date()) == ("Văn phòng Tỉnh ủy thử", 2, D(2020, 1, 1))


# Queries

PAGES = [
    ("organisation:tree", None, ""),
    ("organisation:tree", None, "?q=xa"),
    ("organisation:tree", None, "?on=2025-06-30"),
    ("organisation:figures", None, ""),
    ("organisation:unit", "unit", ""),
    ("organisation:unit", "unit", "?tab=record"),
    ("organisation:part", "unit", ""),
    ("organisation:branch", "unit", ""),
    ("organisation:record", "unit", ""),
    ("organisation:acts", None, ""),
    ("people:list", None, ""),
    ("people:posts", None, ""),
    ("people:person", "person", ""),
    ("people:post", "post", ""),
    ("organisation:complete", None, "?q=xa"),
    ("people:complete", None, "?q=chu"),
]


def count_queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize(("name", "kind", "query"), PAGES)
def test_pages_ask_few_questions_however_many_rows(client_of, world, name, kind, query):
    address = reverse(name, args=subject(world, kind)) + query
    chief, counts = client_of("chief"), []
    for size in (1, 3):
        for number in range(size):
            below = make_unit(f"Xã dưới {size} {number}", under=world.works, kind="commune", level="commune")
            make_unit(f"Thôn {size} {number}", under=below, kind="branch", level="grassroots")
            post = PostFactory(unit=world.works, title=f"Chuyên viên {size} {number}")
            holder = AppointmentFactory(post=post)
            AppointmentFactory(post=world.posts["works_head"].post)
            AppointmentFactory(person=world.person("works_head"), post=PostFactory(unit=below))
            Substitution.objects.create(
                absent=holder,
                substitute=world.person("clerk"),
                valid_from=TODAY,
                valid_to=TODAY + datetime.timedelta(9),
            )
            services.add_alias(scope=world.scope("admin"), unit=world.works, alias=f"Sở {size} {number}")
        closure.rebuild()
        counts.append(count_queries(chief, address))
    assert counts[0] == counts[1]
    assert counts[1] <= 12

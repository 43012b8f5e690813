"""The organisation from one workbook: an empty installation is filled, a filled one is left as it is, and undone."""

import datetime
import io

import openpyxl
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from prytany.accounts.models import User
from prytany.accounts.scopes import scope_of
from prytany.core.errors import DomainError
from prytany.organisation import closure
from prytany.organisation.models import Appointment, Person, Post, Unit, UnitAlias
from prytany.organisation.names import unit_labels
from prytany.organisation.tests.factories import AppointmentFactory, make_unit
from prytany.sheets.choosing import make_plan
from prytany.sheets.organisation.export import export_workbook
from prytany.sheets.organisation.fields import kind_of_name
from prytany.sheets.reading import read_tables
from prytany.sheets.registry import importer_of
from prytany.sheets.services import Change, apply_import, change_choices, start_import, undo_import
from prytany.sheets.tests.samples import workbook

UNITS = ["Mã", "Tên đơn vị", "Tên tiếng Anh", "Loại", "Trực thuộc", "Giúp việc"]
POSTS = ["Đơn vị", "Chức vụ", "Vai trò", "Đơn vị phụ trách"]
PEOPLE = ["Họ và tên", "Đơn vị", "Chức vụ", "Vai trò", "Email", "Điện thoại", "Tài khoản"]


def begin(scope, sheets, name="tổ chức.xlsx"):
    data = sheets if isinstance(sheets, bytes) else workbook(sheets)
    return start_import(scope=scope, kind="organisation", tables=read_tables(data, name), name=name)


def plan_of(scope, session):
    return make_plan(scope, session, importer_of("organisation"))


def bring_in(scope, sheets):
    session = begin(scope, sheets)
    return apply_import(scope=scope, session=session, version=1)


def issues(plan):
    return [
        (view.part.key, line.number, issue.field)
        for view in plan.parts
        for line in view.lines
        for issue in line.issues
        if issue.is_error
    ]


def messages(plan):
    return [str(issue.message) for line in plan.lines for issue in line.issues]


def empty_office():
    root = make_unit("Tỉnh ủy Lạng Sơn", kind="committee", level="province")
    closure.rebuild()
    admin = AppointmentFactory(post__unit=root, post__role="administrator", post__title="Quản trị")
    return root, scope_of(Appointment.objects.get(pk=admin.pk))


def province(communes=65):
    """Return a workbook as an administrator types it: an office, 65 communes, two people each."""
    units = [["VP", "Văn phòng Tỉnh ủy", "Office", None, None, "Tỉnh ủy Lạng Sơn"]]
    units += [["", "Phòng Tổng hợp", "", None, "VP", None]]
    units += [[(5900 + n,), f"Xã Thử {n}", f"Trial {n}", None, None, None] for n in range(communes)]
    posts = [["VP", "Chánh Văn phòng", "Chief of office", "Xã Thử 0; Xã Thử 1"]]
    people = [["Chánh Văn phòng, thử", "VP", "Chánh Văn phòng", None, "chief@example.org", None, "chief"]]
    for n in range(communes):
        people.append([f"Chủ tịch {n}", f"Xã Thử {n}", "Chủ tịch", "Unit head", None, 912000000 + n, "x"])
        people.append([f"Công chức {n}", f"Xã Thử {n}", "Công chức", "Focal point", f"cc{n}@example.org", None, "có"])
    return {"Đơn vị": [UNITS, *units], "Chức vụ": [POSTS, *posts], "Nhân sự": [PEOPLE, *people]}


@pytest.mark.django_db
def test_one_workbook_fills_an_empty_installation():
    root, scope = empty_office()
    session = bring_in(scope, province())
    assert session.counts == {"units": 67, "posts": 131, "people": 131, "accounts": 131}
    labels = {str(label): label for label in unit_labels(Unit.objects.values_list("pk", flat=True)).values()}
    assert "Xã Thử 64" in labels
    commune = Unit.objects.get(versions__names__name="Xã Thử 7")
    version = commune.versions.get()
    assert (version.code, version.kind, version.level) == ("05907", "commune", "commune")
    assert commune.relations_up.get(hierarchy="line").parent == root
    section = Unit.objects.get(versions__names__name="Phòng Tổng hợp")
    office = Unit.objects.get(versions__code="VP")
    assert section.relations_up.get().parent == office
    assert office.relations_up.get(hierarchy="serves").parent == root
    head = Person.objects.get(name="Chủ tịch 7")
    assert (head.phone, head.user.username) == ("0912000007", "chu.tich.7")
    assert User.objects.get(person__name="Chánh Văn phòng, thử").username == "chief"
    assert {u.versions.get().code for u in Post.objects.get(title="Chánh Văn phòng").charge.all()} == {"05900", "05901"}
    assert closure.stored_links() == closure.expected_links()


@pytest.mark.django_db
def test_undo_leaves_the_office_as_it_was():
    _root, scope = empty_office()
    before = export_rows(scope)
    session = bring_in(scope, province(3))
    undo_import(scope=scope, session=session)
    assert export_rows(scope) == before
    assert (Person.objects.count(), User.objects.count(), Post.objects.count()) == (1, 0, 1)
    again = bring_in(scope, province(3))
    assert again.counts["people"] == 7


@pytest.mark.django_db
def test_undo_is_refused_once_somebody_has_signed_in():
    _root, scope = empty_office()
    session = bring_in(scope, province(2))
    user = User.objects.get(username="chief")
    user.set_password("a-long-test-password")
    user.save()
    with pytest.raises(DomainError, match="account_in_use"):
        undo_import(scope=scope, session=session)
    assert Unit.objects.count() == 5


def export_rows(scope, language="en"):
    with translation.override(language):
        book = openpyxl.load_workbook(io.BytesIO(export_workbook(scope)))
    return {page.title: [list(row) for row in page.iter_rows(values_only=True)] for page in book}


@pytest.mark.parametrize("language", ["vi", "en", "fr", "hi", "ar", "ur"])
def test_what_goes_out_comes_in_again_and_changes_nothing(world, language):
    scope = world.scope("admin")
    with translation.override(language):
        data = export_workbook(scope)
        session = begin(scope, data)
        plan = plan_of(scope, session)
        assert issues(plan) == []
        assert messages(plan) == []
        assert {line.fate for line in plan.lines} == {"same"}
        assert plan.missing == []
        with pytest.raises(DomainError, match="nothing_to_import"):
            apply_import(scope=scope, session=session, version=1)


@pytest.mark.django_db
def test_what_goes_out_of_one_office_fills_another():
    _root, scope = empty_office()
    bring_in(scope, province(4))
    UnitAlias.objects.create(unit=Unit.objects.get(versions__names__name="Xã Thử 1"), alias="Thử Một")
    first = export_rows(scope)
    data = export_workbook(scope)
    _other, elsewhere = empty_office()
    for user in User.objects.all():
        User.objects.filter(pk=user.pk).update(username=f"old{user.pk}")
    bring_in(elsewhere, data)
    second = export_rows(elsewhere)
    assert second["Units"] == first["Units"]
    assert second["Posts"] == first["Posts"]
    own = Person.objects.get(pk=elsewhere.person_id).name
    assert [row for row in second["People"] if row[0] != own] == first["People"]


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        ({"Đơn vị": [UNITS, ["", "", "", "Xã", None, None]]}, [("units", 2, "name_vi")]),
        ({"Đơn vị": [UNITS, ["", "Zzz", "", None, None, None]]}, [("units", 2, "kind")]),
        ({"Đơn vị": [UNITS, ["", "Xã A", "", None, "Không có", None]]}, [("units", 2, "parent")]),
        ({"Đơn vị": [UNITS, ["", "Xã A", "", None, "Xã A", None]]}, [("units", 2, "parent")]),
        (
            {"Đơn vị": [UNITS, ["", "Xã A", "", None, "Xã B", None], ["", "Xã B", "", None, "Xã A", None]]},
            [("units", 2, "parent"), ("units", 3, "parent")],
        ),
        (
            {"Đơn vị": [UNITS, ["", "Xã A", "", None, None, None], ["", "xã a", "", None, None, None]]},
            [("units", 3, "")],
        ),
        (
            {"Đơn vị": [UNITS, ["K", "Xã A", "", None, None, None], ["K", "Xã B", "", None, None, None]]},
            [("units", 3, "code")],
        ),
        ({"Chức vụ": [POSTS, ["Sở Không Có", "Giám đốc", "Unit head", None]]}, [("posts", 2, "unit")]),
        ({"Chức vụ": [POSTS, ["SNV", "Trưởng phòng", "Vua", None]]}, [("posts", 2, "role")]),
        ({"Chức vụ": [POSTS, ["SNV", "X", "Unit head", "Xã Đâu"]]}, [("posts", 2, "charge")]),
        (
            {"Chức vụ": [POSTS, ["SNV", "X", "Unit head", None], ["SNV", "x", "Unit head", None]]},
            [("posts", 3, "title")],
        ),
        ({"Nhân sự": [PEOPLE, ["A", "SNV", "Không có", None, None, None, None]]}, [("people", 2, "role")]),
        ({"Nhân sự": [PEOPLE, ["A", "SNV", "Giám đốc Sở Nội vụ", None, "a@", None, None]]}, [("people", 2, "email")]),
        ({"Nhân sự": [PEOPLE, ["A", "SNV", "Giám đốc Sở Nội vụ", None, None, None, "ÁÂ"]]}, [("people", 2, "account")]),
        (
            {"Nhân sự": [PEOPLE, ["A", "SNV", "Giám đốc Sở Nội vụ", None, None, None, "chief"]]},
            [("people", 2, "account")],
        ),
        (
            {
                "Nhân sự": [
                    PEOPLE,
                    ["A", "SNV", "Giám đốc Sở Nội vụ", None, None, None, "aa"],
                    ["B", "SNV", "Giám đốc Sở Nội vụ", None, None, None, "aa"],
                ]
            },
            [("people", 3, "account")],
        ),
    ],
)
def test_what_is_wrong_is_said_at_the_cell(world, sheets, expected):
    scope = world.scope("admin")
    assert issues(plan_of(scope, begin(scope, sheets))) == expected


def test_a_misspelt_unit_is_answered_with_the_one_that_may_be_meant(world):
    scope = world.scope("admin")
    sheets = {"Nhân sự": [PEOPLE, ["A", "Sở Nội vu tỉnh", "Giám đốc", "Unit head", None, None, None]]}
    assert any("Sở Nội vụ" in text for text in messages(plan_of(scope, begin(scope, sheets))))


def test_a_unit_with_other_facts_is_left_as_it_is_and_that_is_said(world):
    scope = world.scope("admin")
    session = begin(scope, {"Đơn vị": [[*UNITS, "Tên khác"], ["SNV2", "Sở Nội vụ", "", "Xã", None, None, "Sở NV"]]})
    plan = plan_of(scope, session)
    assert [(i.field, i.is_error) for i in plan.lines[0].issues] == [("kind", False), ("code", False)]
    session = apply_import(scope=scope, session=session, version=1)
    assert session.counts == {"changed": 1}
    assert world.home.versions.get().kind == "department"
    assert world.home.aliases.get().alias == "Sở NV"
    undo_import(scope=scope, session=session)
    assert not world.home.aliases.exists()


def test_a_person_who_is_there_gets_what_the_sheet_adds_and_loses_it_by_the_undo(world):
    scope = world.scope("admin")
    chief = world.person("chief")
    rows = [
        [chief.name, "Văn phòng Tỉnh ủy thử", "Chánh Văn phòng", None, "chief@example.org", "0205 3812 345", "chief"],
        [chief.name, "SXD", "Giám đốc Sở Xây dựng", None, "chief@example.org", None, None],
    ]
    session = bring_in(scope, {"Nhân sự": [PEOPLE, *rows]})
    chief.refresh_from_db()
    assert (chief.email, chief.phone, chief.appointments.count()) == ("chief@example.org", "0205 3812 345", 2)
    undo_import(scope=scope, session=session)
    chief.refresh_from_db()
    assert (chief.email, chief.phone, chief.appointments.count()) == ("", "", 1)


def test_two_rows_with_the_same_name_and_address_are_one_person(world):
    scope = world.scope("admin")
    rows = [
        ["Người mới", "SNV", "Giám đốc Sở Nội vụ", None, "n@example.org", None, "x"],
        ["Người mới", "SXD", "Giám đốc Sở Xây dựng", None, "n@example.org", None, None],
        ["Người mới", "Phường Kỳ Lừa", "Công chức văn phòng", None, None, None, None],
    ]
    session = bring_in(scope, {"Nhân sự": [PEOPLE, *rows]})
    assert session.counts == {"people": 2, "appointments": 1, "accounts": 1}


def test_dates_of_a_person_are_kept_to_the_last_day(world):
    scope = world.scope("admin")
    heads = ["Họ và tên", "Đơn vị", "Chức vụ", "Từ ngày", "Đến ngày", "Hình thức"]
    row = ["P", "SNV", "Giám đốc Sở Nội vụ", datetime.date(2026, 1, 5), datetime.date(2026, 6, 30), "Quyền"]
    bring_in(scope, {"Nhân sự": [heads, row]})
    held = Appointment.objects.get(person__name="P")
    assert (held.valid_from, held.valid_to, held.kind) == (
        datetime.date(2026, 1, 5),
        datetime.date(2026, 7, 1),
        "acting",
    )


def test_a_unit_that_begins_before_its_parent_is_refused(world):
    scope = world.scope("admin")
    rows = [
        ["Sở Mới", "Sở", None, datetime.date(2026, 3, 1)],
        ["Phòng Cũ", "Phòng", "Sở Mới", datetime.date(2026, 1, 1)],
    ]
    plan = plan_of(scope, begin(scope, {"Đơn vị": [["Tên đơn vị", "Loại", "Trực thuộc", "Từ ngày"], *rows]}))
    assert issues(plan) == [("units", 3, "since")]


def test_units_of_the_same_name_are_told_apart_by_path(world):
    scope = world.scope("admin")
    units = [["", "Phòng Tổng hợp", "", "Phòng", "SNV", None]]
    people = [
        ["A", "Phòng Tổng hợp", "Trưởng phòng", "Unit head", None, None, None],
        ["B", "Sở Nội vụ / Phòng Tổng hợp", "Trưởng phòng", "Unit head", None, None, None],
    ]
    plan = plan_of(scope, begin(scope, {"Đơn vị": [UNITS, *units], "Nhân sự": [PEOPLE, *people]}))
    assert issues(plan) == [("people", 2, "unit")]


def test_one_sheet_alone_is_enough_and_others_may_be_set_aside(world):
    scope = world.scope("admin")
    session = begin(scope, province(1))
    session = change_choices(
        scope=scope, session=session, change=Change(tables={"posts": None, "people": None}), version=1
    )
    plan = plan_of(scope, session)
    assert {view.part.key: len(view.lines) for view in plan.parts} == {"units": 3, "posts": 0, "people": 0}


def test_administrators_reach_no_further_than_their_own_part(world):
    below = AppointmentFactory(post__unit=world.home, post__role="administrator", post__title="Quản trị Sở")
    scope = scope_of(Appointment.objects.get(pk=below.pk))
    rows = [["A", "SXD", "Giám đốc Sở Xây dựng", None, None, None, None]]
    assert issues(plan_of(scope, begin(scope, {"Nhân sự": [PEOPLE, *rows]}))) == [("people", 2, "unit")]
    units = [["", "Phòng Một", "", "Phòng", "SXD", None], ["", "Phòng Hai", "", "Phòng", "SNV", None]]
    assert issues(plan_of(scope, begin(scope, {"Đơn vị": [UNITS, *units]}))) == [("units", 2, "parent")]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Xã Mẫu Sơn", "commune"),
        ("Phường Kỳ Lừa", "ward"),
        ("Văn phòng Tỉnh ủy", "office"),
        ("Sở Nội vụ", "department"),
        ("Ban Thường vụ Tỉnh ủy", "standing_committee"),
        ("Ban Tổ chức Tỉnh ủy", "board"),
        ("Commune", ""),
    ],
)
def test_kind_of_name(name, kind):
    assert kind_of_name(name) == kind


@given(st.text())
def test_kind_of_name_takes_any_text(text):
    kind_of_name(text)

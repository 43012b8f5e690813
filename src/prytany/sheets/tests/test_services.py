"""An import shows everything before it writes anything, writes all or nothing, remembers, and can be taken back."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from prytany.audit.models import AuditEvent
from prytany.core.errors import DomainError, StaleRecord
from prytany.organisation.models import UnitAlias
from prytany.sheets.choosing import make_plan
from prytany.sheets.models import ColumnMemory, ImportSession, NameMemory
from prytany.sheets.reading import read_pasted, read_tables
from prytany.sheets.services import (
    Change,
    apply_import,
    change_choices,
    discard_import,
    forget_cells,
    start_import,
    undo_import,
)
from prytany.sheets.tests.samples import workbook

pytestmark = pytest.mark.usefixtures("aliases")
GOOD = "Tên gọi\tĐơn vị\nSở NV\tSở Nội vụ\nSXD tỉnh\tSở Xây dựng\n"


def begin(scope, text=GOOD, name="Dán"):
    return start_import(scope=scope, kind="aliases", tables=[read_pasted(text)], name=name)


def plan_of(scope, session, importer):
    return make_plan(scope, session, importer)


def issues(plan):
    return [(line.number, issue.field, issue.is_error) for line in plan.lines for issue in line.issues]


def test_apply_import_brings_in_every_row_and_says_so_in_the_log(world, aliases):
    scope = world.scope("admin")
    session = apply_import(scope=scope, session=begin(scope), version=1)
    assert (session.state, session.counts, session.url) == ("applied", {"aliases": 2}, "/somewhere/")
    assert set(UnitAlias.objects.values_list("alias", "unit")) == {
        ("Sở NV", world.home.pk),
        ("SXD tỉnh", world.works.pk),
    }
    events = AuditEvent.objects.filter(target_uid=session.uid).order_by("pk")
    assert list(events.values_list("action", flat=True)) == ["import.start", "import.apply"]


def test_apply_import_twice_gives_the_first_result(world):
    scope = world.scope("admin")
    session = begin(scope)
    first = apply_import(scope=scope, session=session, version=1)
    assert apply_import(scope=scope, session=session, version=1) == first
    assert UnitAlias.objects.count() == 2


def test_row_errors_keep_everything_out_until_they_are_mended_or_left_out(world, aliases):
    scope = world.scope("admin")
    session = begin(
        scope, "Tên gọi\tĐơn vị\tTừ ngày\nA\tSở Nội vụ\t31/02/2026\n\tSở Xây dựng\t\nC\tKhông có\t\nD\tSNV\t\n"
    )
    plan = plan_of(scope, session, aliases)
    assert issues(plan) == [(2, "on", True), (3, "alias", True), (4, "unit", True)]
    with pytest.raises(DomainError, match="rows_faulty"):
        apply_import(scope=scope, session=session, version=1)
    assert UnitAlias.objects.count() == 0
    mended = Change(edits={"aliases": {"2:on": "28/02/2026"}}, left_out={"aliases": [3]})
    session = change_choices(scope=scope, session=session, change=mended, version=1)
    session = apply_import(scope=scope, session=session, version=2, leave_out_faulty=True)
    assert list(UnitAlias.objects.order_by("pk").values_list("alias", flat=True)) == ["A", "D"]


def test_a_refusal_by_a_service_writes_nothing_and_names_the_row(world):
    scope = world.scope("admin")
    session = begin(scope, GOOD + "explode\tSở Nội vụ\n")
    with pytest.raises(DomainError) as caught:
        apply_import(scope=scope, session=session, version=1)
    assert str(caught.value.message).startswith("Row 4: ") or "4" in str(caught.value.message)
    assert (UnitAlias.objects.count(), ImportSession.objects.get().state) == (0, "open")
    assert not ColumnMemory.objects.exists()


def test_a_name_is_matched_once_for_all_rows_and_remembered_for_the_office(world, aliases):
    scope = world.scope("admin")
    text = "Tên gọi\tĐơn vị\nA\tSở NV cũ\nB\tsở nv  CŨ\nC\tSở Xây dựng\n"
    session = begin(scope, text)
    plan = plan_of(scope, session, aliases)
    assert [(row.text, row.count) for row in plan.names.unknown] == [("Sở NV cũ", 2)]
    plan.names.suggest()
    assert world.home.uid in [uid for uid, _label in plan.names.all_units]
    change = Change(names={plan.names.unknown[0].key: str(world.home.uid)})
    session = change_choices(scope=scope, session=session, change=change, version=1)
    apply_import(scope=scope, session=session, version=2)
    assert UnitAlias.objects.filter(unit=world.home).count() == 2
    assert list(NameMemory.objects.values_list("folded", "meant")) == [("so nv cu", world.home.pk)]
    again = plan_of(scope, begin(scope, text), aliases)
    assert again.names.unknown == []


def test_a_name_that_two_units_bear_is_asked(world, aliases):
    UnitAlias.objects.create(unit=world.home, alias="Sở ta")
    UnitAlias.objects.create(unit=world.works, alias="Sở ta")
    plan = plan_of(world.scope("admin"), begin(world.scope("admin"), "Tên gọi\tĐơn vị\nA\tSở ta\n"), aliases)
    plan.names.suggest()
    assert {uid for uid, _label in plan.names.unknown[0].candidates[:2]} == {world.home.uid, world.works.uid}


def test_words_for_many_units_mean_all_of_them(world, aliases):
    text = "Tên gọi\tĐơn vị\tPhối hợp\nA\tSNV\tcác xã, phường\nB\tcác xã\t\n"
    plan = plan_of(world.scope("admin"), begin(world.scope("admin"), text), aliases)
    assert set(plan.lines[0].get("others")) == {world.mau_son.pk, world.khanh_khe.pk, world.ky_lua.pk}
    assert issues(plan) == [(3, "unit", True)]


def test_units_of_another_root_are_never_matched(world, aliases):
    plan = plan_of(world.scope("admin"), begin(world.scope("admin"), "Tên gọi\tĐơn vị\nA\tTỉnh ủy khác\n"), aliases)
    plan.names.suggest()
    assert [(row.unit_id, world.elsewhere.uid in dict(row.candidates)) for row in plan.names.unknown] == [(None, False)]


def test_a_cell_with_several_units_is_cut_at_commas_but_not_inside_a_name(world, aliases):
    UnitAlias.objects.create(unit=world.home, alias="Sở Văn hóa, Thể thao và Du lịch")
    text = "Tên gọi\tĐơn vị\tPhối hợp\nA\tSNV\tSở Xây dựng, Sở Văn hóa, Thể thao và Du lịch; Xã Mẫu Sơn\n"
    plan = plan_of(world.scope("admin"), begin(world.scope("admin"), text), aliases)
    assert plan.ready[0].get("others") == [world.works.pk, world.home.pk, world.mau_son.pk]


def test_columns_chosen_by_hand_are_remembered_for_the_person_and_offered_to_the_office(world, aliases):
    scope = world.scope("admin")
    text = "Cột một\tCột hai\nA\tSở Nội vụ\n"
    session = begin(scope, text)
    assert [f.key for _part, f in plan_of(scope, session, aliases).missing] == ["alias", "unit"]
    with pytest.raises(DomainError, match="columns_missing"):
        apply_import(scope=scope, session=session, version=1)
    change = Change(columns={"aliases": {0: "alias", 1: "unit"}})
    session = change_choices(scope=scope, session=session, change=change, version=1)
    apply_import(scope=scope, session=session, version=2)
    assert plan_of(scope, begin(scope, text), aliases).missing == []


def test_a_field_chosen_for_a_second_column_leaves_the_first(world, aliases):
    scope = world.scope("admin")
    session = begin(scope, "Tên gọi\tĐơn vị\tKhác\nA\tSNV\tB\n")
    change = Change(columns={"aliases": {0: "alias", 1: "unit", 2: "alias"}})
    session = change_choices(scope=scope, session=session, change=change, version=1)
    assert session.choices["parts"]["aliases"]["columns"] == {"1": "unit", "2": "alias"}


def test_cells_of_every_kind_are_read_and_wrong_ones_named(world, aliases):
    rows = [
        ["Tên gọi", "Đơn vị", "Ngôn ngữ", "Từ ngày", "Thời hạn", "Điện thoại", "Thư điện tử", "Số lượng"],
        ["A", "SNV", "Tiếng Anh", datetime.date(2026, 3, 2), "Q4/2026", 912345678, "a@b.vn", 3],
        ["B", "SNV", "Nga", "#REF!", "mai kia", "x", "a@", "ba"],
    ]
    scope = world.scope("admin")
    tables = read_tables(workbook({"Tên": rows}), "a.xlsx")
    session = start_import(scope=scope, kind="aliases", tables=tables, name="a.xlsx")
    plan = plan_of(scope, session, aliases)
    good = plan.lines[0]
    assert (good.get("language"), good.get("on"), good.get("phone"), good.get("count")) == (
        "en",
        datetime.date(2026, 3, 2),
        "0912345678",
        3,
    )
    assert good.get("due") == (datetime.date(2026, 12, 31), "quarter")
    assert issues(plan) == [
        (2, "phone", False),
        (3, "language", True),
        (3, "on", True),
        (3, "due", True),
        (3, "phone", True),
        (3, "email", True),
        (3, "count", True),
    ]


def test_title_rows_are_left_out_until_wanted(world, aliases):
    rows = [["Tên gọi", "Đơn vị"], ["I. Nhóm một", None], ["A", "SNV"]]
    scope = world.scope("admin")
    tables = read_tables(workbook({"S": rows}, merge=[("S", 1, 0, 1, 1)]), "a.xlsx")
    session = start_import(scope=scope, kind="aliases", tables=tables, name="a.xlsx")
    assert [line.number for line in plan_of(scope, session, aliases).ready] == [3]
    session = change_choices(scope=scope, session=session, change=Change(taken={"aliases": [2]}), version=1)
    assert [line.number for line in plan_of(scope, session, aliases).faulty] == [2]


def test_change_choices_from_an_old_page_is_refused(world):
    scope = world.scope("admin")
    session = begin(scope)
    change_choices(scope=scope, session=session, change=Change(left_out={"aliases": [2]}), version=1)
    with pytest.raises(StaleRecord):
        change_choices(scope=scope, session=session, change=Change(left_out={"aliases": [3]}), version=1)


def test_another_sheet_of_the_file_is_read_anew(world, aliases):
    scope = world.scope("admin")
    pages = {"Bìa": [["Danh sách", "2026"]], "Khác": [["Tên gọi", "Đơn vị"], ["A", "SNV"]]}
    session = start_import(scope=scope, kind="aliases", tables=read_tables(workbook(pages), "a.xlsx"), name="a.xlsx")
    assert session.choices["parts"]["aliases"]["table"] == 1
    session = change_choices(scope=scope, session=session, change=Change(tables={"aliases": 0}), version=1)
    assert session.choices["parts"]["aliases"] == {"table": 0, "heading": 0, "columns": {}}
    back = Change(tables={"aliases": 1})
    session = change_choices(scope=scope, session=session, change=back, version=2)
    assert session.choices["parts"]["aliases"]["columns"] == {"0": "alias", "1": "unit"}


def test_undo_import_takes_everything_back_once(world):
    scope = world.scope("admin")
    session = apply_import(scope=scope, session=begin(scope), version=1)
    assert undo_import(scope=scope, session=session).state == "undone"
    assert undo_import(scope=scope, session=session).state == "undone"
    assert UnitAlias.objects.count() == 0
    assert AuditEvent.objects.filter(action="import.undo").count() == 1


def test_undo_import_of_one_not_applied_is_refused(world):
    scope = world.scope("admin")
    with pytest.raises(DomainError, match="not_applied"):
        undo_import(scope=scope, session=begin(scope))


def test_discard_import_forgets_the_cells(world):
    scope = world.scope("admin")
    session = begin(scope)
    discard_import(scope=scope, session=session)
    assert not ImportSession.objects.exists()
    applied = apply_import(scope=scope, session=begin(scope), version=1)
    with pytest.raises(DomainError, match="already_applied"):
        discard_import(scope=scope, session=applied)


def test_only_who_may_import_may_start_and_only_the_same_person_may_go_on(world):
    with pytest.raises(PermissionDenied):
        begin(world.scope("specialist"))
    session = begin(world.scope("admin"))
    for service in (apply_import, change_choices):
        arguments = {"change": Change()} if service is change_choices else {}
        with pytest.raises(PermissionDenied):
            service(scope=world.scope("chief"), session=session, version=1, **arguments)
    with pytest.raises(PermissionDenied):
        discard_import(scope=world.scope("chief"), session=session)
    assert not ImportSession.objects.visible_to(world.scope("chief")).exists()
    assert ImportSession.objects.visible_to(world.scope("admin")).get() == session


def test_forget_cells_drops_what_nobody_touched(world):
    scope = world.scope("admin")
    begin(scope)
    applied = apply_import(scope=scope, session=begin(scope), version=1)
    assert forget_cells(before=timezone.now() - datetime.timedelta(days=30)) == 0
    assert forget_cells(before=timezone.now() + datetime.timedelta(seconds=1)) == 2
    kept = ImportSession.objects.get()
    assert (kept.pk, kept.tables, kept.choices, kept.counts) == (applied.pk, [], {}, {"aliases": 2})


def test_undo_works_after_the_cells_are_forgotten(world):
    scope = world.scope("admin")
    session = apply_import(scope=scope, session=begin(scope), version=1)
    forget_cells(before=timezone.now() + datetime.timedelta(seconds=1))
    undo_import(scope=scope, session=session)
    assert UnitAlias.objects.count() == 0

"""A tracker kept in Excel becomes a sheet of drafts, and can be taken back."""

import datetime

from prytany.sheets.reading import read_pasted
from prytany.sheets.services import apply_import, start_import, undo_import
from prytany.work.models import AssignmentSheet, Task

TRACKER = (
    "STT\tNội dung\tChủ trì\tPhối hợp\tThời hạn\tSản phẩm\n"
    "1\tLập danh mục hồ sơ\tSở Nội vụ\tSở Xây dựng; Xã Mẫu Sơn\t15/12/2099\tDanh mục\n"
    "2\tGiữ lịch tiếp dân\tSở Xây dựng\t\t12/2099\t\n"
)


def test_rows_become_draft_tasks_on_one_sheet(world):
    scope = world.scope("specialist")
    session = start_import(scope=scope, kind="tasks", tables=[read_pasted(TRACKER)], name="Dán")
    session = apply_import(scope=scope, session=session, version=session.version)
    sheet = AssignmentSheet.objects.get()
    assert (sheet.state, sheet.stated_total) == ("draft", 2)
    first, second = sheet.tasks.order_by("position")
    owners = set(first.obligations.values_list("owner", "role"))
    assert owners == {
        (world.home.pk, "lead"),
        (world.works.pk, "coordinating"),
        (world.mau_son.pk, "coordinating"),
    }
    assert (first.due_on, first.product) == (datetime.date(2099, 12, 15), "Danh mục")
    assert (second.due_on, second.due_precision) == (datetime.date(2099, 12, 31), "month")


def test_import_is_taken_back_while_the_sheet_is_a_draft(world):
    scope = world.scope("specialist")
    session = start_import(scope=scope, kind="tasks", tables=[read_pasted(TRACKER)], name="Dán")
    session = apply_import(scope=scope, session=session, version=session.version)
    undo_import(scope=scope, session=session)
    assert (Task.objects.count(), AssignmentSheet.objects.count()) == (0, 0)


def test_units_told_for_information_come_from_a_column_of_their_own(world):
    tracker = "Nội dung\tChủ trì\tGửi để biết\tThời hạn\nLập danh mục\tSở Nội vụ\tSở Xây dựng; Xã Mẫu Sơn\t15/12/2099\n"
    scope = world.scope("specialist")
    session = start_import(scope=scope, kind="tasks", tables=[read_pasted(tracker)], name="Dán")
    apply_import(scope=scope, session=session, version=session.version)
    task = Task.objects.get()
    assert set(task.information.values_list("unit", flat=True)) == {world.works.pk, world.mau_son.pk}
    assert list(task.obligations.values_list("owner", flat=True)) == [world.home.pk]

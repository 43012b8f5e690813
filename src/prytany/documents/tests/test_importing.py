"""Old registers from a sheet: the rows keep their numbers, faults are told by row, and all can be taken back."""

import datetime

import pytest

from prytany.core import clock
from prytany.core.errors import DomainError
from prytany.documents.importing import RegisterImporter, kind_and_summary
from prytany.documents.models import Document, LedgerNumber, NumberSeries, RegisterEntry
from prytany.documents.services.relations import relate
from prytany.documents.tests.papers import enter
from prytany.sheets.choosing import make_plan
from prytany.sheets.reading import read_pasted
from prytany.sheets.services import Change, apply_import, change_choices, start_import, undo_import

HEAD = "Ngày đến\tSố đến\tTác giả\tSố ký hiệu\tNgày văn bản\tTên loại và trích yếu\tĐơn vị/người nhận\tGhi chú\n"
ROWS = (
    "05/03/2024\t1\tUBND tỉnh\t05/QĐ-UBND\t01/03/2024\tQuyết định về việc khen thưởng\tVăn phòng\t\n"
    "06/03/2024\t2\tSở Nội vụ\t12/TB-SNV\t02/03/2024\tThông báo. Lịch nghỉ lễ\tPhòng Tổng hợp\tBản fax\n"
    "08/03/2024\t5\tSở Nội vụ\t77/SNV-VP\t07/03/2024\tV/v cung cấp số liệu\tPhòng Tổng hợp\t\n"
)


def begin(scope, world, text=HEAD + ROWS, **options):
    session = start_import(scope=scope, kind="registers", tables=[read_pasted(text)], name="Sổ đến 2024")
    given = {"unit": str(world.office.uid), "direction": "in", "family": "state", **options}
    return change_choices(scope=scope, session=session, change=Change(options=given), version=session.version)


def issues(scope, session, *, errors=True):
    plan = make_plan(scope, session, RegisterImporter())
    return [(line.number, issue.field) for line in plan.lines for issue in line.issues if issue.is_error == errors]


@pytest.fixture
def clerk(world):
    return world.scope("clerk")


def test_an_old_register_enters_with_its_numbers(world, clerk):
    session = begin(clerk, world)
    assert issues(clerk, session) == []
    session = apply_import(scope=clerk, session=session, version=session.version)
    assert session.counts == {"lines": 3}
    rows = RegisterEntry.objects.order_by("number").values_list(
        "number", "entered_on", "document__kind", "document__summary", "document__symbol", "receiver", "taken__basis"
    )
    assert list(rows) == [
        (1, datetime.date(2024, 3, 5), "decision", "về việc khen thưởng", "05/QĐ-UBND", "Văn phòng", "import"),
        (2, datetime.date(2024, 3, 6), "notice", "Lịch nghỉ lễ", "12/TB-SNV", "Phòng Tổng hợp", "import"),
        (
            5,
            datetime.date(2024, 3, 8),
            "official_letter",
            "V/v cung cấp số liệu",
            "77/SNV-VP",
            "Phòng Tổng hợp",
            "import",
        ),
    ]
    assert list(NumberSeries.objects.values_list("period", "last")) == [("2024", 5)]


def test_rows_that_cannot_be_entered_say_why(world, clerk):
    text = HEAD + (
        "05/03/2024\t1\tA\t1/QĐ-A\t01/03/2024\tQuyết định\t\t\n"
        "05/03/2024\t1\tB\t2/QĐ-B\t01/03/2024\tQuyết định\t\t\n"
        "05/03/2024\t\tC\t3/QĐ-C\t01/03/2024\tQuyết định\t\t\n"
        "\t4\tD\t4/QĐ-D\t01/03/2024\tQuyết định\t\t\n"
        "01/03/2024\t5\tE\t5/QĐ-E\t02/03/2024\tQuyết định\t\t\n"
        f"{clock.today() + datetime.timedelta(days=2):%d/%m/%Y}\t6\tF\t6/QĐ-F\t01/03/2024\tQuyết định\t\t\n"
    )
    session = begin(clerk, world, text)
    assert issues(clerk, session) == [
        (3, "number"),
        (4, "number"),
        (5, "entered_on"),
        (6, "entered_on"),
        (7, "entered_on"),
    ]
    with pytest.raises(DomainError, match="rows_faulty"):
        apply_import(scope=clerk, session=session, version=session.version)
    assert not Document.objects.exists()


def test_a_number_that_stands_in_the_ledger_is_refused_in_the_preview(world, clerk):
    session = begin(clerk, world)
    apply_import(scope=clerk, session=session, version=session.version)
    again = begin(clerk, world)
    assert issues(clerk, again) == [(2, "number"), (3, "number"), (4, "number")]
    assert (2, "symbol") in issues(clerk, again, errors=False)


def test_an_outgoing_register_takes_its_numbers_from_the_symbols(world, clerk):
    text = (
        "Số ký hiệu\tNgày tháng\tTên loại và trích yếu\tNgười ký\tNơi nhận\tSố lượng bản\n"
        "05/QĐ-VPTU\t01/03/2024\tQuyết định khen thưởng\tChánh Văn phòng\tCác phòng\t12\n"
        "QĐ-VPTU\t01/03/2024\tQuyết định\tChánh Văn phòng\tCác phòng\t1\n"
    )
    session = begin(clerk, world, text, direction="out")
    assert issues(clerk, session) == [(3, "symbol")]
    apply_import(scope=clerk, session=session, version=session.version, leave_out_faulty=True)
    entry = RegisterEntry.objects.get()
    assert (entry.number, entry.series.code, entry.copies) == (5, "2024/state", 12)
    assert (entry.document.issuer, entry.document.signer_name) == (world.office, "Chánh Văn phòng")


def test_an_import_is_taken_back_whole_and_leaves_the_numbers_to_be_imported_again(world, clerk):
    kept = enter(clerk, world.office)
    session = begin(clerk, world)
    session = apply_import(scope=clerk, session=session, version=session.version)
    undo_import(scope=clerk, session=session)
    assert list(RegisterEntry.objects.all()) == [kept]
    assert list(LedgerNumber.objects.all()) == [kept.taken]
    assert NumberSeries.objects.get(period="2024").last == 0
    session = begin(clerk, world)
    assert apply_import(scope=clerk, session=session, version=session.version).counts == {"lines": 3}


def test_an_import_on_which_something_hangs_is_not_taken_back(world, clerk):
    session = begin(clerk, world)
    session = apply_import(scope=clerk, session=session, version=session.version)
    known = RegisterEntry.objects.get(number=2).document
    relate(scope=clerk, document=enter(clerk, world.office).document, other=known, kind="replies")
    with pytest.raises(DomainError, match="in_use"):
        undo_import(scope=clerk, session=session)
    assert RegisterEntry.objects.filter(taken__basis="import").count() == 3


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Quyết định về việc khen thưởng", ("decision", "về việc khen thưởng")),
        ("QUYẾT ĐỊNH: Khen thưởng", ("decision", "Khen thưởng")),
        ("Thông báo kết luận hội nghị", ("conclusion_notice", "hội nghị")),
        ("Báo cáo", ("report", "Báo cáo")),
        ("Kế hoạchX", ("official_letter", "Kế hoạchX")),
        ("V/v mời họp", ("official_letter", "V/v mời họp")),
    ],
)
def test_kind_and_summary(db, content, expected):
    assert kind_and_summary(content, "state", None, None) == expected

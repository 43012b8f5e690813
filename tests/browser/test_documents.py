"""Papers in a browser: the registry clerk's walk by keyboard, registers, one paper, search, both directions."""

import pytest
from playwright.sync_api import expect

from prytany.core import levels
from prytany.documents.models import Document, RegisterEntry, TrayItem
from prytany.documents.services import tray
from prytany.documents.services.clauses import cite
from prytany.documents.services.registration import void_entry
from prytany.documents.services.relations import relate
from prytany.documents.tests.papers import enter, uploaded
from prytany.documents.tests.test_reading import PARTY, STATE
from prytany.files.tests import samples
from prytany.jobs.worker import drain
from tests.browser.conftest import assert_no_axe_faults, assert_no_sideways_scroll, shot

LETTER = PARTY.replace("Sáng 16/11/2026", "Sáng nay").replace("16 tháng 11 năm 2026", "16 tháng 3 năm 2026")
BODY = """Sáng nay, Văn phòng Tỉnh ủy tổ chức hội nghị giao ban công tác văn phòng quý IV với 65 xã, phường.
Trong mười tháng, tỷ lệ văn bản xử lý trên môi trường mạng đạt 92%.
Kết luận hội nghị, Chánh Văn phòng yêu cầu tập trung tám nhiệm vụ trọng tâm.
Một là, các xã, phường hoàn thành số hóa hồ sơ lưu trữ giai đoạn 2020–2025, báo cáo trước ngày 15/12/2026.
Hai là, Sở Khoa học và Công nghệ cùng Văn phòng Tỉnh ủy thống nhất bộ biểu mẫu điện tử dùng chung."""


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def registry(world):
    """A register with some papers, one of them void, one with file, text and a cited passage."""
    clerk = world.scope("clerk")
    directive = enter(
        clerk,
        world.office,
        direction="out",
        kind="conclusion_notice",
        issuer_name="Văn phòng Tỉnh ủy thử",
        files=[
            uploaded(clerk, "Thông báo 118-TB.pdf", samples.pdf(BODY)),
            uploaded(clerk, "scan.pdf", samples.scanned_pdf()),
        ],
        signer_title="Chánh Văn phòng",
        urgency="urgent",
    ).document
    enter(clerk, world.mau_son, document=directive)
    drain()
    other = enter(
        clerk, world.office, symbol="05/QĐ-UBND", family="state", kind="decision", issuer_name="Ủy ban nhân dân tỉnh",
        summary="Quyết định phê duyệt kế hoạch số hóa hồ sơ lưu trữ lịch sử giai đoạn 2020–2025",
    ).document  # fmt: skip
    relate(scope=clerk, document=other, other=directive, kind="implements")
    text = directive.texts.get()
    start = text.text.index("Một là")
    cite(scope=clerk, document=directive, start=start, end=text.text.index("Hai là"), text=text)
    wrong = enter(clerk, world.office, symbol="12/BC-SNV", family="state", kind="report", summary="Báo cáo quý III")
    void_entry(scope=clerk, entry=wrong, reason="Vào sổ nhầm đơn vị")
    for number in range(6):
        enter(
            clerk, world.office, symbol=f"{40 + number}/SXD-VP", family="state", kind="official_letter",
            issuer_name="Sở Xây dựng", summary="V/v rà soát đường liên thôn hư hỏng sau mùa mưa, đề xuất thứ tự sửa",
            urgency="express" if number == 2 else "", level=levels.INTERNAL if number == 4 else levels.OPEN,
        )  # fmt: skip
    return directive


@pytest.fixture
def letters(world):
    """Three letters in the tray, read by the worker, and a paper without a file."""
    clerk = world.scope("clerk")
    files = [
        uploaded(clerk, "118-TB.pdf", samples.pdf(LETTER)),
        uploaded(clerk, "quyet-dinh-05.pdf", samples.pdf(STATE)),
        uploaded(clerk, "ban-quet.pdf", samples.scanned_pdf()),
    ]
    items = tray.receive_files(scope=clerk, unit=world.office, files=files)
    tray.receive_papers(scope=clerk, unit=world.office, note="Túi số 2")
    drain()
    return items


PAGES = {
    "list": "/documents/",
    "registers": "/documents/registers/",
    "outgoing": "/documents/registers/?direction=out",
    "enter": "/documents/registers/enter/?direction=out",
    "print": "/documents/registers/print/",
    "search": "/search/?q=số+hóa&all=1",
}


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", ["vi", "ur"])
def test_pages_pass_axe_and_fit(page_as, registry, language, width):
    page = page_as("clerk", language=language, width=width)
    for name, address in {**PAGES, "detail": f"/documents/{registry.uid}/"}.items():
        page.goto(address)
        shot(page, f"documents-{name}-{language}-{width}")
        assert_no_axe_faults(page)
        if name != "print":
            assert_no_sideways_scroll(page)


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", ["vi", "ur"])
def test_tray_passes_axe_and_fits(page_as, letters, language, width):
    page = page_as("clerk", language=language, width=width)
    page.goto("/documents/tray/")
    page.wait_for_load_state("networkidle")
    shot(page, f"documents-tray-{language}-{width}")
    assert_no_axe_faults(page)
    assert_no_sideways_scroll(page)


def save(page):
    """Press Ctrl+Enter and wait for the next letter to take the focus."""
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    page.locator("#paper :focus").wait_for()


def test_clerk_registers_a_letter_read_rightly_with_one_key(page_as, letters):
    page = page_as("clerk")
    page.goto("/documents/tray/")
    page.locator("[name=symbol]:focus").wait_for()
    save(page)
    assert page.locator("[name=symbol]").input_value() == "05/QĐ-UBND"
    save(page)
    entries = list(RegisterEntry.objects.order_by("number").values_list("number", "document__symbol"))
    assert entries == [(1, "118-TB/VPTU"), (2, "05/QĐ-UBND")]
    assert TrayItem.objects.waiting().count() == 2


def test_clerk_types_a_letter_that_could_not_be_read_in_few_keys(page_as, letters):
    """At most 60 key presses beside the summary (interface.md 4); Enter goes on, two letters complete a name."""
    page = page_as("clerk")
    page.goto(f"/documents/tray/{letters[2].uid}/")
    page.locator("[name=symbol]:focus").wait_for()
    pressed = 0

    def keys(*names):
        nonlocal pressed
        for name in names:
            page.keyboard.press(name) if name.isascii() else page.keyboard.insert_text(name)
            pressed += 1

    def focused(name):
        page.locator(f"[name={name}]:focus").wait_for()

    keys(*"12/BC-SNV", "Enter")
    focused("issued_on")
    keys(*"1/11", "Enter")
    focused("issuer_name")
    keys(*"nội v")
    page.locator(".combo-list li").first.wait_for()
    keys("Enter", "Enter")
    focused("kind")
    expect(page.locator("[name=kind]")).to_have_value("state.report")  # the symbol says so
    keys("Enter")
    focused("summary")
    page.keyboard.type("Kết quả cải cách hành chính tháng 10")
    keys("Enter")
    save(page)
    pressed += 1
    entry = RegisterEntry.objects.select_related("document__issuer").get()
    document = entry.document
    assert (document.symbol, document.kind, document.summary) == (
        "12/BC-SNV",
        "report",
        "Kết quả cải cách hành chính tháng 10",
    )
    assert document.issuer_name == "Sở Nội vụ"
    assert document.issuer is not None
    assert pressed <= 60


def test_alert_comes_while_the_number_is_typed(page_as, world, registry):
    clerk = world.scope("clerk")
    tray.receive_papers(scope=clerk, unit=world.office)
    page = page_as("clerk")
    page.goto("/documents/tray/")
    page.locator("[name=symbol]").fill("118-tb/vptu")
    page.locator(".alike").wait_for()
    shot(page, "documents-tray-alike")
    assert page.locator(".alike li").count() == 1
    page.locator("[name=same_as]").check()
    page.locator("[name=summary]").fill("x")
    page.locator("[name=kind]").select_option("party.notice")
    page.keyboard.press("Control+Enter")
    page.wait_for_load_state()
    assert Document.objects.filter(symbol="118-TB/VPTU").count() == 1


def test_header_offers_papers_and_a_number_jumps(page_as, registry):
    page = page_as("clerk")
    page.goto("/documents/")
    page.keyboard.press("/")
    page.locator("#find:focus").wait_for()
    page.keyboard.type("118-TB")
    page.locator(".combo-list li").first.wait_for()
    shot(page, "documents-suggest")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/documents/{registry.uid}/")


def test_files_are_sent_ahead_and_stay_after_an_error(page_as, world, registry, tmp_path):
    good, bad = tmp_path / "báo cáo.txt", tmp_path / "trò chơi.exe"
    good.write_text("Một câu.")
    bad.write_bytes(b"MZ" + b"\x00" * 100)
    page = page_as("clerk")
    page.goto("/documents/registers/enter/?direction=internal")
    page.locator("input[type=file]").set_input_files([good, bad])
    page.locator(".uploads .refused").wait_for()
    assert page.locator(".uploads .files bdi").all_inner_texts() == ["báo cáo.txt"]
    page.locator("[name=summary]").fill("Tờ trình nội bộ")
    page.locator("[data-save]").click()
    page.locator(".error-summary").wait_for()
    assert page.locator(".uploads .files bdi").all_inner_texts() == ["báo cáo.txt"]
    page.locator("[name=kind]").select_option("party.submission")
    page.locator("[data-save]").click()
    page.wait_for_url("**/registers/?*")
    document = Document.objects.get(summary="Tờ trình nội bộ")
    page.goto(f"/documents/{document.uid}/")
    assert page.locator(".paper-files bdi").all_inner_texts() == ["báo cáo.txt"]

"""Text of files, read in the child process."""

import pytest

from prytany.files.extraction.normalise import normalise, reflow
from prytany.files.extraction.reader import Reading, check_pdf, picture_of_page, read_text
from prytany.files.tests import samples
from prytany.files.tests.samples import SENTENCES


@pytest.fixture
def written(tmp_path):
    def write(content):
        path = tmp_path / "file"
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_read_pdf(written, language):
    text = SENTENCES[language].replace("\u2019", "'")
    reading = read_text(written(samples.pdf(text, language=language)), "pdf")
    assert reading == Reading((text,))


@pytest.mark.parametrize("language", ["hi", "ar", "ur"])
def test_read_pdf_of_joined_scripts_finds_every_word(written, language):
    """Makers of PDF drop a blank after some joined letters (stack.md 4), so words are looked for one by one."""
    reading = read_text(written(samples.pdf(SENTENCES[language], language=language)), "pdf")
    assert reading.problem == ""
    assert [word for word in SENTENCES[language].split() if word not in reading.text] == []


def test_read_pdf_keeps_pages_apart(written):
    reading = read_text(written(samples.pdf("Trang một", "Trang hai")), "pdf")
    assert reading.text == "Trang một\fTrang hai"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (samples.locked_pdf(), "encrypted"),
        (samples.pdf("x")[:400], "broken"),
        (b"%PDF-1.7\nnothing", "broken"),
        (samples.scanned_pdf(), "scan"),
    ],
)
def test_read_pdf_says_why_there_is_no_text(written, content, problem):
    assert read_text(written(content), "pdf") == Reading(problem=problem)


def test_check_pdf_opens_a_file_that_only_forbids_printing(written):
    assert check_pdf(written(samples.locked_pdf(user=""))) == (1, "")
    assert check_pdf(written(samples.locked_pdf())) == (0, "encrypted")


@pytest.mark.parametrize("language", SENTENCES)
def test_read_docx(written, language):
    content = samples.docx_of(SENTENCES[language], "", "1. Hai", rows=[["TT", "Nội dung"], ["1", "Số hóa"]])
    assert read_text(written(content), "docx").text == f"{SENTENCES[language]}\n\n1. Hai\nTT Nội dung\n1 Số hóa"


@pytest.mark.parametrize("language", SENTENCES)
def test_read_odt(written, language):
    content = samples.odt_of(SENTENCES[language], 'a<text:s text:c="3"/>b<text:line-break/>c')
    assert read_text(written(content), "odt").text == f"{SENTENCES[language]}\na b\nc"


def test_read_odt_ignores_entities(written):
    declared = samples.zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
        }
    )
    assert read_text(written(declared), "odt") == Reading(problem="broken")


def test_read_docx_whose_text_unpacks_to_too_much(written):
    bomb = samples.zipped({"word/document.xml": b"<x>" + b" " * 70 * 1024 * 1024})
    assert read_text(written(bomb), "docx") == Reading(problem="bomb")


@pytest.mark.parametrize("language", SENTENCES)
def test_read_html(written, language):
    page = (
        "<!doctype html><html><head><title>t</title><style>p{}</style></head><body><nav>menu</nav>"
        f"<script>x()</script><p>{SENTENCES[language]}</p><p hidden>no</p><ul><li>a<li>b</ul></body></html>"
    )
    assert read_text(written(page.encode()), "html").text == f"menu\n\n{SENTENCES[language]}\n\na\n\nb"


def test_read_html_survives_deep_nesting(written):
    assert read_text(written(b"<div>" * 20_000 + b"deep"), "html").problem in {"", "no_text", "broken"}


@pytest.mark.parametrize("language", SENTENCES)
def test_read_plain_text(written, language):
    assert read_text(written(SENTENCES[language].encode("utf-16")), "txt").text == SENTENCES[language]


def test_read_plain_text_in_an_unknown_encoding(written):
    assert read_text(written("Привет, мир".encode("cp1251")), "txt") == Reading(problem="encoding")


def test_read_empty_file_has_no_text(written):
    assert read_text(written(samples.docx_of("")), "docx") == Reading(problem="no_text")


def test_read_that_takes_too_long_is_stopped(written):
    assert read_text(written(samples.pdf("x")), "pdf", seconds=0) == Reading(problem="too_slow")


def test_picture_of_page(written):
    path = written(samples.pdf("Trang một"))
    assert picture_of_page(path, 0, width=200)[8:12] == b"WEBP"
    assert picture_of_page(path, 5) is None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a\u00a0\u00a0b\r\nc", "a b\nc"),
        ("\u202bمرحبا\u202c", "مرحبا"),
        ("số hó\ufffe\na", "số hóa"),
        ("a\n\n\n\n\nb\f c", "a\n\nb\fc"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_normalise(raw, expected):
    assert normalise(raw) == expected


def test_normalise_of_pdf_text_unties_letter_shapes():
    assert normalise("ﻣﺮﺣﺒﺎ ﬁn", compatibility=True) == "مرحبا fin"


def test_reflow_joins_wrapped_lines_and_leaves_the_rest():
    page = (
        "THÔNG BÁO\n"
        "Văn phòng Tỉnh ủy đề nghị các xã hoàn thành số hóa hồ sơ lưu trữ\n"
        "giai đoạn 2020 đến 2025, báo cáo trước ngày 15 tháng 12 năm 2026\n"
        "về Văn phòng.\n"
        "1. Việc một.\n"
        "Nơi nhận"
    )
    assert reflow(page).split("\n") == [
        "THÔNG BÁO",
        "Văn phòng Tỉnh ủy đề nghị các xã hoàn thành số hóa hồ sơ lưu trữ "
        "giai đoạn 2020 đến 2025, báo cáo trước ngày 15 tháng 12 năm 2026 về Văn phòng.",
        "1. Việc một.",
        "Nơi nhận",
    ]

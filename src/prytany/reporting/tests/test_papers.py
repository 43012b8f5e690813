"""DOCX and PDF of a paper in six languages: the words can be read back, nothing of people's text is markup."""

import io
import re
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from lxml import etree

from prytany.reporting.checks import check_paper_font
from prytany.reporting.papers import docx, pdf
from prytany.reporting.papers.paper import Annex, Block, Column, Group, Head, Paper, isolated, named, paper_from

SIZES = (
    *("title", "superior", "issuer", "number", "place", "kind", "summary", "body"),
    *("signer", "page", "motto", "subject", "recipients", "list"),
)
LAYOUT = {"margin_top": 20, "margin_bottom": 20, "margin_start": 30, "margin_end": 15} | {
    f"{name}_size": 13 for name in SIZES
}
WORDS = {
    "vi": "Rà soát đường liên thôn hư hỏng sau mùa mưa, đề xuất thứ tự sửa chữa",
    "en": "Review the village roads damaged after the rains and propose an order of repair",
    "fr": "Recenser les routes endommagées après les pluies et proposer un ordre de réparation",
    "hi": "वर्षा के बाद क्षतिग्रस्त ग्राम मार्गों की समीक्षा करें और मरम्मत का क्रम प्रस्तावित करें",
    "ar": "مراجعة الطرق المتضررة بعد موسم الأمطار واقتراح ترتيب الإصلاح",
    "ur": "بارش کے بعد خراب ہونے والی سڑکوں کا جائزہ لیں اور مرمت کی ترتیب تجویز کریں",
}
SYMBOL = "118-TB/VPTU"
HOSTILE = '#panic("x") $1+1$ *b* <w:t>&amp; ]] = </w:t>'


def sample(language, family="party", **changes):
    columns = (Column("No.", 0.4, figures=True), Column("Source", 1), Column("Content", 3))
    rows = tuple((str(n), isolated(SYMBOL), named(WORDS[language])) for n in range(1, 60))
    values = {
        "language": language,
        "family": family,
        "layout": LAYOUT,
        "head": Head(
            title="ĐẢNG CỘNG SẢN VIỆT NAM",
            motto="" if family == "party" else "Độc lập - Tự do - Hạnh phúc",
            superior="Tỉnh ủy",
            issuer="Văn phòng",
            asterisk=family == "party",
            number=isolated("12-CV/VPTU"),
            place_date="Lạng Sơn, 20/11/2026",
            kind="Báo cáo" if family == "state" else "",
            summary=WORDS[language] if family == "state" else "",
            subject="" if family == "state" else WORDS[language],
        ),
        "to": ("Sở Xây dựng", "Xã Mẫu Sơn"),
        "to_label": "To:",
        "blocks": (
            Block("heading", "I."),
            Block("paragraph", f"{WORDS[language]} {isolated(SYMBOL)} {WORDS[language]}."),
            Block("paragraph", named(HOSTILE)),
            Block("items", items=(WORDS[language], "1")),
            Block("table", columns=columns, rows=rows[:3]),
        ),
        "authority": "T/L",
        "signer_title": "Chánh Văn phòng",
        "signer_name": "Người ký",
        "recipients_label": "Recipients:",
        "recipients": ("As above;",),
        "name": "Paper",
        "author": "Văn phòng",
        "made_at": "2026-11-20T12:00:00+00:00",
        "annex": Annex("Annex", "note", columns, (Group("Sở Xây dựng", rows), Group("", rows[:2])), "foot"),
    }
    return Paper(**(values | changes))


def read_pdf(content):
    """Return the text of a PDF and its number of pages."""
    document = pypdfium2.PdfDocument(content)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return text, len(document)


def seen_lines(content):
    """Return what stands on the lines of a PDF as the eye sees it, from left to right."""
    lines = {}
    for number, page in enumerate(pypdfium2.PdfDocument(content)):
        texts = page.get_textpage()
        for index in range(texts.count_chars()):
            left, bottom, _right, _top = texts.get_charbox(index, loose=True)
            lines.setdefault((number, round(bottom)), []).append((left, texts.get_text_range(index, 1)))
    return ["".join(char for _left, char in sorted(line)) for line in lines.values()]


def plain(text):
    """Return `text` without presentation forms, bidirectional marks and the line's own breaks."""
    text = unicodedata.normalize("NFKC", text)
    return re.sub("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "", text)


def read_docx(content):
    """Return the text runs of a DOCX and its main part."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return "".join(node.text or "" for node in tree.iter(f"{space}t")), tree, space


@pytest.mark.parametrize("family", ["party", "state"])
@pytest.mark.parametrize("language", sorted(WORDS))
def test_pdf_gives_its_words_back(language, family):
    text, pages = read_pdf(pdf.render(sample(language, family)))
    words = [word for word in re.split(r"[\s,]+", WORDS[language]) if word]
    found = plain(text)
    assert [word for word in words if plain(word) not in found] == []
    assert pages >= 3


@pytest.mark.parametrize("language", sorted(WORDS))
def test_pdf_shows_symbols_from_left_to_right(language):
    lines = seen_lines(pdf.render(sample(language)))
    assert sum(SYMBOL in line for line in lines) >= 60
    assert any("12-CV/VPTU" in line for line in lines)


@pytest.mark.parametrize("language", sorted(WORDS))
def test_docx_gives_its_words_back(language):
    text, tree, space = read_docx(docx.render(sample(language)))
    assert WORDS[language] in text
    assert SYMBOL in text
    assert not re.search("[\u2066-\u2069]", text)
    bidi = tree.findall(f".//{space}pPr/{space}bidi")
    assert bool(bidi) is (language in ("ar", "ur"))
    if language in ("ar", "ur"):
        for run in tree.iter(f"{space}r"):
            marked = "".join(node.text or "" for node in run.iter(f"{space}t"))
            words = marked.removeprefix("\u200e")
            assert (marked != words) is (words in (SYMBOL, "12-CV/VPTU"))
            is_rtl = run.find(f"{space}rPr/{space}rtl") is not None
            assert is_rtl is (words not in (SYMBOL, "12-CV/VPTU", "")), words


@pytest.fixture
def office_font(tmp_path, settings):
    """Install a font of another name, as an office has its own, and name it."""
    import fontpkg_be_vietnam_pro
    from fontTools.ttLib import TTFont

    for source in Path(fontpkg_be_vietnam_pro.ROOT).rglob("*.ttf"):
        font = TTFont(source)
        for record in font["name"].names:
            record.string = (
                record.toUnicode().replace("Be Vietnam Pro", "Office Serif").replace("BeVietnamPro", "OfficeSerif")
            )
        font.save(tmp_path / source.name)
    settings.PAPER_FONT, settings.PAPER_FONTS = "Office Serif", str(tmp_path)


def embedded(content):
    """Return the names of the fonts in a PDF."""
    fonts = (page["/Resources"]["/Font"].values() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    return {font.get_object()["/BaseFont"].partition("+")[2] for page in fonts for font in page}


@pytest.mark.parametrize("language", ["vi", "ur"])
def test_office_names_the_font_of_its_papers(language, office_font):
    names = embedded(pdf.render(sample(language)))
    assert any(name.startswith("OfficeSerif") for name in names)
    assert not any(name.startswith("BeVietnam") for name in names)
    assert any(name.startswith("Amiri") for name in names) is (language == "ur")
    assert check_paper_font() == []


def test_check_names_a_font_that_is_not_there(office_font, settings):
    settings.PAPER_FONT = "Times New Roman"
    assert [found.id for found in check_paper_font()] == ["reporting.W001"]
    settings.PAPER_FONT = ""
    assert check_paper_font() == []


def test_peoples_text_is_never_markup():
    text, _pages = read_pdf(pdf.render(sample("vi")))
    assert '#panic("x") $1+1$ *b* <w:t>&amp; ]] = </w:t>' in " ".join(text.split())
    assert HOSTILE in read_docx(docx.render(sample("vi")))[0]


@pytest.mark.parametrize("language", sorted(WORDS))
def test_the_same_paper_gives_the_same_bytes(language):
    import json

    paper = sample(language)
    again = paper_from(json.loads(json.dumps(paper.plain())))
    assert again == paper
    assert pdf.render(again) == pdf.render(paper)
    assert docx.render(again) == docx.render(paper)


def test_instant_of_a_paper_may_have_a_fraction_of_a_second():
    fine = sample("vi", made_at="2026-11-20T12:00:00.123456+00:00")
    assert [render(fine)[:2] for render in (pdf.render, docx.render)] == [b"%P", b"PK"]


def test_paper_without_annex_addressees_and_letterhead_is_set():
    head = Head("", "", "", "Office", False, "No. 1", "1/1/2026")
    bare = sample("en", head=head, to=(), annex=None, recipients=(), authority="", blocks=())
    assert read_pdf(pdf.render(bare))[1] == 1
    assert "Office".upper() in read_docx(docx.render(bare))[0]


def test_docx_elements_stand_in_the_order_of_the_standard():
    for language in ("vi", "ur", "hi"):
        _text, tree, space = read_docx(docx.render(sample(language)))
        for name, order in (("pPr", docx.PARAGRAPH), ("rPr", docx.RUN), ("tblPr", docx.TABLE)):
            for element in tree.iter(f"{space}{name}"):
                tags = [etree.QName(child).localname for child in element]
                places = [order.index(tag) for tag in tags if tag in order]
                assert places == sorted(places), tags


def test_page_number_stands_from_page_two():
    content = pdf.render(sample("vi", "state"))
    document = pypdfium2.PdfDocument(content)
    tops = [page.get_textpage().get_text_bounded(bottom=page.get_height() - 45).strip() for page in document]
    assert tops[0] == ""
    assert tops[1:] == [str(number) for number in range(2, len(document) + 1)]


def test_the_web_application_loads_no_heavy_library():
    code = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'prytany.config.settings'\n"
        "from prytany.config.wsgi import application\n"
        "from django.urls import get_resolver; get_resolver().url_patterns; get_resolver().reverse_dict\n"
        "heavy = {'typst', 'docx', 'numpy', 'pypdfium2', 'dateparser', 'py3langid'} & set(sys.modules)\n"
        "print(sorted(heavy))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_environment())
    assert found.stdout.strip().splitlines()[-1] == "[]"


def _environment():
    import os

    return os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}

"""What a file is, by its content."""

import io
import struct
import zipfile

import pytest

from prytany.files.refusals import FileRefused
from prytany.files.sniff import sniff, true_name
from prytany.files.tests import samples


def kind(name, content):
    return sniff(io.BytesIO(content), name).code


def refusal(name, content):
    with pytest.raises(FileRefused) as caught:
        sniff(io.BytesIO(content), name)
    assert caught.value.message.count("“") == 1
    return caught.value.code


XLSX = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.pdf", samples.pdf("a"), "pdf"),
        ("a.docx", samples.docx_of("a"), "docx"),
        ("a.odt", samples.odt_of("a"), "odt"),
        ("a.xlsx", samples.zipped(XLSX), "xlsx"),
        ("a.txt", "Kính gửi các xã".encode(), "txt"),
        ("a.txt", b"<html><body>said as text</body></html>", "txt"),
        ("a.csv", b"a;b\n1;2\n", "csv"),
        ("a.html", b"<!doctype html><title>x</title><p>y", "html"),
        ("a.htm", b"  <!-- saved --><HTML lang=vi><p>y", "html"),
        ("a.html", "<p>một đoạn".encode("utf-16"), "html"),
        ("a.png", samples.photograph("PNG"), "png"),
        ("a.jpg", samples.photograph(), "jpeg"),
        ("a.webp", samples.photograph("WEBP"), "webp"),
        ("photo", samples.photograph(), "jpeg"),
        ("photo.png", samples.photograph(), "jpeg"),
    ],
)
def test_sniff_takes_what_is_on_the_list(name, content, expected):
    assert kind(name, content) == expected


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.pdf", b"", "empty"),
        ("a.pdf", b"MZ\x90\x00" + b"\x00" * 100, "program"),
        ("a.txt", b"#!/bin/sh\nrm -rf /\n", "program"),
        ("a.pdf", b"\x7fELF" + b"\x00" * 100, "program"),
        ("a.pdf", samples.docx_of("a"), "disguised"),
        ("a.docx", samples.pdf("a"), "disguised"),
        ("a.exe", samples.pdf("a"), "disguised"),
        ("a.pdf", b"just text", "disguised"),
        ("a.js", b"alert(1)", "not_allowed"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "drawing"),
        ("a.png", b"<?xml version='1.0'?><svg onload='x'/>", "drawing"),
        ("a.txt", "<svg onload='x'/>".encode("utf-16"), "drawing"),
        ("a.zip", samples.zipped({"x.txt": "x"}), "archive"),
        ("a.rar", b"Rar!\x1a\x07\x00" + b"\x00" * 50, "archive"),
        ("a.jar", samples.zipped({"META-INF/MANIFEST.MF": "x"}), "program"),
        ("a.docx", samples.zipped({**XLSX, "word/vbaProject.bin": "x"}), "macros"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old_office"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("a.odt", samples.odt_of("a", manifest="<manifest:encryption-data/>"), "encrypted"),
        ("a.docx", samples.docx_of("a")[:-200], "broken"),
        ("a.pptx", samples.zipped({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": ""}), "not_allowed"),
        ("a.heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1" + b"\x00" * 50, "photo_format"),
        ("a.gif", b"GIF89a" + b"\x00" * 50, "image_format"),
        ("a.rtf", b"{\\rtf1 x}", "not_allowed"),
        ("a.bin", bytes(range(256)), "not_allowed"),
        ("a.txt", "Привет, мир".encode("cp1251"), "encoding"),
    ],
)
def test_sniff_refuses_with_a_reason(name, content, expected):
    assert refusal(name, content) == expected


def test_sniff_refuses_a_container_that_unpacks_to_an_unreasonable_size():
    bomb = samples.zipped({"word/document.xml": b"0" * 64 * 1024 * 1024, "[Content_Types].xml": ""})
    assert len(bomb) < 100_000
    assert refusal("a.docx", bomb) == "bomb"


def test_sniff_refuses_a_container_with_too_many_members():
    assert refusal("a.docx", samples.zipped({f"{n}": "" for n in range(5_001)})) == "bomb"


def test_sniff_refuses_members_that_share_their_bytes():
    content = bytearray(samples.zipped({"word/document.xml": "x" * 5000, "[Content_Types].xml": "y" * 5000}))
    directory = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, directory + 42, 0)
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        assert {member.header_offset for member in archive.infolist()} == {0}
    assert refusal("a.docx", bytes(content)) == "bomb"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("photo", samples.photograph(), "photo.jpg"),
        ("photo.png", samples.photograph(), "photo.jpg"),
        ("a.JPEG", samples.photograph(), "a.JPEG"),
        ("báo cáo v1.2", samples.pdf("a"), "báo cáo v1.2.pdf"),
    ],
)
def test_true_name_fits_the_content(name, content, expected):
    assert true_name(name, sniff(io.BytesIO(content), name)) == expected

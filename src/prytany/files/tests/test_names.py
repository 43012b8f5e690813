"""Names of files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prytany.core.fields import clean_text
from prytany.files.names import LONGEST, clean_name, split_ending


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Thông báo 118-TB.pdf", "Thông báo 118-TB.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\clerk\\báo cáo.docx", "báo cáo.docx"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\u2066b\u200f\x00\x1f.pdf", "ab.pdf"),
        ("con.pdf", "_con.pdf"),
        ("what?*<>|.txt", "what_____.txt"),
        ("  . ", "file"),
        ("", "file"),
        (".htaccess", "htaccess"),
        ("two\nlines.txt", "two lines.txt"),
        ("کمیون\u200cها.pdf", "کمیون\u200cها.pdf"),
        ("Ba\u0301o ca\u0301o.pdf", "Báo cáo.pdf"),
    ],
)
def test_clean_name(raw, expected):
    assert clean_name(raw) == expected


def test_clean_name_keeps_the_ending_of_a_long_name():
    name = clean_name("x" * 400 + ".pdf")
    assert (len(name), name[-5:]) == (LONGEST, "x.pdf")


@given(st.text(max_size=300))
def test_clean_name_is_safe_and_stays_as_it_is(raw):
    name = clean_name(raw)
    clean_text(name)
    assert clean_name(name) == name
    assert 0 < len(name) <= LONGEST
    assert not set(name) & set('/\\<>:"|?*')
    assert not name.startswith(".")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.PDF", ("a", ".pdf")), ("a", ("a", "")), (".pdf", (".pdf", "")), ("v. 2 of it", ("v. 2 of it", ""))],
)
def test_split_ending(name, expected):
    assert split_ending(name) == expected

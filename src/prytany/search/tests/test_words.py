"""Words as the index keeps them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prytany.search.words import accented, exact_word, fold_word, folded, looks_like_number, number_key, split


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đà Nẵng, đường ĐÊ", "da nang duong de"),
        ("L’élève a reçu l'œuvre", "l eleve a recu l oeuvre"),
        ("हिन्दी में कार्यालय", "हिन्दी में कार्यालय"),
        ("وُلِدَ المُدِيرُ", "ولد المدير"),
        ("ہفتہ ۱۲۳ کے دن", "هفته 123 کے دن"),
        ("118-TB/VPTU ngày 05/12/2026", "118 tb vptu ngay 5 12 2026"),
        ("می\u200cخواهم", "ميخواهم"),
        ("so\u00adft", "soft"),
        ("…!?", ""),
    ],
)
def test_folded(text, expected):
    assert folded(text) == expected


@given(st.text(max_size=80))
def test_every_word_of_a_text_has_exactly_one_folded_word(text):
    assert len(folded(text).split(" ")) == max(len(split(text)), 1)


@given(st.text(max_size=30))
def test_folding_a_folded_word_changes_nothing(text):
    for word in split(text):
        assert fold_word(fold_word(word)) == fold_word(word)


def test_accented_keeps_only_words_that_folding_changes():
    assert accented(["Đăng ký dang KY, 05", "đăng"]) == ["đăng", "ký"]


def test_exact_word_ignores_case_and_hidden_marks():
    assert exact_word("ĐĂ\u00adNG") == "đăng"


def test_a_very_long_text_keeps_its_later_words_once():
    text = "a b " * 20_000 + "c c c d"
    assert folded(text).split()[40_000:] == ["c", "d"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("118-TB/VPTU", "118-tb-vptu"),
        ("Số: 05/QĐ-UBND", "5-qd-ubnd"),
        ("số 5 / qđ - ubnd", "5-qd-ubnd"),
        ("١١٨-TB", "118-tb"),
        ("۵/QĐ", "5-qd"),
        ("007", "7"),
        ("Báo cáo", ""),
        ("", ""),
    ],
)
def test_number_key(text, expected):
    assert number_key(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("118-TB", True),
        ("Số 05/QĐ-UBND", True),
        ("12a/BC", True),
        ("118", False),
        ("2020-2025 kế hoạch", False),
        ("xã", False),
    ],
)
def test_looks_like_number(text, expected):
    assert looks_like_number(text) is expected

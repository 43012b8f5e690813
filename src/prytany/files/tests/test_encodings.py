"""Text in old code pages."""

import pytest

from prytany.files.encodings import Undecodable, decode
from prytany.files.tests.samples import SENTENCES


def _cp1258(text):
    """Encode as Vietnamese Windows did: base letters with shape marks, tones as separate characters."""
    import unicodedata

    out = []
    for letter in text:
        decomposed = unicodedata.normalize("NFD", letter)
        tone = [c for c in decomposed if c in "\u0300\u0301\u0303\u0309\u0323"]
        base = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in tone))
        out.append(base + "".join(tone))
    return "".join(out).encode("cp1258")


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_decode_reads_unicode(language, encoding):
    assert decode((SENTENCES[language] * 3).encode(encoding)).text == SENTENCES[language] * 3


def test_decode_reads_vietnamese_code_page():
    found = decode(_cp1258(SENTENCES["vi"]))
    assert (found.encoding, found.text) == ("cp1258", SENTENCES["vi"])


@pytest.mark.parametrize(("language", "encoding"), [("fr", "cp1252"), ("ar", "cp1256"), ("ur", "cp1256")])
def test_decode_reads_other_code_pages(language, encoding):
    text = SENTENCES[language].replace("ی", "ي").replace("۔", ".")
    found = decode(text.encode(encoding))
    assert (found.encoding, found.text) == (encoding, text)


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\x00\x01\x02\xff" * 50, "Привет, мир".encode("cp1251")])
def test_decode_refuses_what_is_no_text_of_the_six_languages(data):
    with pytest.raises(Undecodable):
        decode(data)


def test_decode_of_a_start_allows_a_cut_letter():
    assert decode("đề".encode()[:-1], whole=False).text == "đ"

"""Facts proposed from a text."""

import pytest

from prytany.documents.reading import kind_in_symbol, propose
from prytany.files.tests.samples import SENTENCES

PARTY = """TỈNH ỦY LẠNG SƠN          ĐẢNG CỘNG SẢN VIỆT NAM
VĂN PHÒNG
*
Số 118-TB/VPTU          Lạng Sơn, ngày 16 tháng 11 năm 2026
KHẨN
THÔNG BÁO
Kết luận của Chánh Văn phòng tại hội nghị giao ban
công tác văn phòng quý IV
-----
Sáng 16/11/2026, Văn phòng tổ chức hội nghị.
Nơi nhận:
- Các xã
T/L THƯỜNG TRỰC TỈNH ỦY
CHÁNH VĂN PHÒNG
Nguyễn Văn Mẫu
"""
STATE = """ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 05/QĐ-UBND
Lạng Sơn, ngày 12 tháng 01 năm 2026
QUYẾT ĐỊNH
Về việc phê duyệt kế hoạch số hóa hồ sơ
Căn cứ Luật Tổ chức chính quyền địa phương;
"""
LETTER = """SỞ NỘI VỤ
Số: 05/SNV-VP
V/v báo cáo kết quả số hóa
Lạng Sơn, ngày 03 tháng 02 năm 2026
Kính gửi: Văn phòng Tỉnh ủy
"""


def values(text):
    return {name: found["value"] for name, found in propose(text).items()}


def test_propose_from_a_party_notice(db):
    assert values(PARTY) == {
        "urgency": "urgent",
        "symbol": "118-TB/VPTU",
        "body": "VPTU",
        "family": "party",
        "language": "vi",
        "issued_on": "2026-11-16",
        "kind": "conclusion_notice",
        "issuer_name": "Văn phòng Tỉnh ủy Lạng Sơn",
        "summary": "Kết luận của Chánh Văn phòng tại hội nghị giao ban công tác văn phòng quý IV",
        "signer_title": "Chánh văn phòng",
        "signer_name": "Nguyễn Văn Mẫu",
    }


def test_propose_from_a_state_decision(db):
    assert values(STATE) == {
        "symbol": "05/QĐ-UBND",
        "body": "UBND",
        "family": "state",
        "language": "vi",
        "issued_on": "2026-01-12",
        "kind": "decision",
        "issuer_name": "Ủy ban nhân dân tỉnh Lạng Sơn",
        "summary": "Về việc phê duyệt kế hoạch số hóa hồ sơ",
    }


def test_propose_from_a_state_letter(db):
    assert values(LETTER) == {
        "symbol": "05/SNV-VP",
        "body": "VP",
        "family": "state",
        "language": "vi",
        "issued_on": "2026-02-03",
        "kind": "official_letter",
        "issuer_name": "Sở Nội vụ",
        "summary": "báo cáo kết quả số hóa",
    }


@pytest.mark.parametrize("stamp", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_propose_reads_a_secrecy_stamp(db, stamp):
    assert values(f"{stamp}\n{STATE}")["level"] in {10, 20, 30}
    assert "level" not in values("Bảo mật thông tin\nMật độ dân số")


@pytest.mark.parametrize(
    ("text", "symbol", "date"),
    [
        ("Decision No. 45/2026-CAB of 12 March 2026", "45/2026-CAB", "2026-03-12"),
        ("Arrêté N° 12/MEF du 1er février 2026", "12/MEF", "2026-02-01"),
        ("पत्र संख्या: १२/कार्या/२०२६ दिनांक १५ मार्च २०२६", "12/कार्या/2026", "2026-03-15"),
        ("كتاب رقم ٤٥/م بتاريخ ١٢ مارس ٢٠٢٦", "45/م", "2026-03-12"),
        ("مراسلہ نمبر ۴۵/م مورخہ ۱۲ مارچ ۲۰۲۶", "45/م", "2026-03-12"),
        ("Ref: 7-ADM, 05/12/2025", "7-ADM", "2025-12-05"),
    ],
)
def test_propose_reads_numbers_and_dates_of_other_languages(db, text, symbol, date):
    found = values(text)
    assert (found.get("symbol"), found.get("issued_on")) == (symbol, date)


def test_propose_offers_no_impossible_date(db):
    assert "issued_on" not in values("Lạng Sơn, ngày 31 tháng 02 năm 2026")


def test_propose_keeps_the_words_it_read(db):
    assert propose(STATE)["issued_on"]["quote"] == "ngày 12 tháng 01 năm 2026"


@pytest.mark.parametrize("language", SENTENCES)
def test_propose_tells_the_language(db, language):
    assert values(SENTENCES[language])["language"] == language


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("118-tb/vptu", "party.notice"), ("05/QĐ-UBND", "state.decision"), ("05/XY-UBND", ""), ("", ""), ("7", "")],
)
def test_a_typed_symbol_names_its_kind(db, typed, kind):
    assert kind_in_symbol(typed) == kind


@pytest.mark.parametrize("text", ["", "\x00", "123", "—" * 5000, "Số " * 2000])
def test_propose_survives_anything(db, text):
    assert "symbol" not in propose(text)

"""What texts are taken for: certain names, misspelt ones, groups, names in sentences."""

import datetime

import pytest

from prytany.organisation import closure, matching
from prytany.organisation.matching import CERTAIN, Reason, UnitMatcher
from prytany.organisation.models import UnitAlias, UnitName, UnitVersion
from prytany.organisation.tests.factories import make_unit

ON = datetime.date(2026, 3, 2)
NAMES = {
    "tu": ("Tỉnh ủy Lạng Sơn", None, "committee", "province", "TU"),
    "office": ("Văn phòng Tỉnh ủy", "tu", "office", "province", "VPTU"),
    "general": ("Phòng Tổng hợp", "office", "section", "province", ""),
    "records": ("Phòng Cơ yếu - Công nghệ thông tin", "office", "section", "province", ""),
    "home": ("Sở Nội vụ", "tu", "department", "province", "SNV"),
    "works": ("Sở Xây dựng", "tu", "department", "province", "SXD"),
    "school": ("Sở Giáo dục và Đào tạo", "tu", "department", "province", ""),
    "culture": ("Sở Văn hóa, Thể thao và Du lịch", "tu", "department", "province", ""),
    "land": ("Sở Nông nghiệp và Môi trường", "tu", "department", "province", ""),
    "sector": ("Phòng Trồng trọt", "land", "section", "province", ""),
    "board": ("Ban Tuyên giáo và Dân vận Tỉnh ủy", "tu", "board", "province", "BTGDVTU"),
    "front": ("Ủy ban Mặt trận Tổ quốc tỉnh Lạng Sơn", "tu", "partner", "province", "MTTQ"),
    "mau_son": ("Xã Mẫu Sơn", "tu", "commune", "commune", ""),
    "khanh_khe": ("Xã Khánh Khê", "tu", "commune", "commune", ""),
    "dong_dang": ("Xã Đồng Đăng", "tu", "commune", "commune", ""),
    "tan_thanh": ("Xã Tân Thanh", "tu", "commune", "commune", ""),
    "thach_ha": ("Xã Thạch Hà", "tu", "commune", "commune", ""),
    "thach_ha2": ("Xã Thạch Hạ", "tu", "commune", "commune", ""),
    "ky_lua": ("Phường Kỳ Lừa", "tu", "ward", "commune", ""),
    "tam_thanh": ("Phường Tam Thanh", "tu", "ward", "commune", ""),
    "luong": ("Phường Lương Văn Tri", "tu", "ward", "commune", ""),
}


@pytest.fixture
def units(db):
    made = {}
    for key, (name, under, kind, level, symbol) in NAMES.items():
        made[key] = make_unit(
            name, under=made.get(under), kind=kind, level=level, symbol=symbol, code=f"K{len(made):03}"
        )
    closure.rebuild()
    UnitAlias.objects.create(unit=made["board"], alias="Ban Tuyên giáo và Dân vận")
    matching.forget()
    return made


@pytest.fixture
def matcher(units):
    return UnitMatcher(units["tu"].pk, on=ON)


def key_of(units, pk):
    return next(key for key, unit in units.items() if unit.pk == pk)


@pytest.mark.parametrize(
    ("text", "unit", "reason"),
    [
        ("Sở Nội vụ", "home", Reason.NAME),
        ("  sở  NỘI VỤ ", "home", Reason.NAME),
        ("So Noi vu", "home", Reason.FOLDED),
        ("SNV", "home", Reason.SYMBOL),
        ("K004", "home", Reason.CODE),
        ("Ban Tuyên giáo và Dân vận", "board", Reason.ALIAS),
        ("Mẫu Sơn", "mau_son", Reason.PROPER),
        ("mau son", "mau_son", Reason.PROPER),
        ("xã Mẫu Sơn", "mau_son", Reason.NAME),
        ("X. Mẫu Sơn", "mau_son", Reason.NAME),
        ("P. Kỳ Lừa", "ky_lua", Reason.NAME),
        ("P.Kỳ Lừa", "ky_lua", Reason.NAME),
        ("UBND xã Mẫu Sơn", "mau_son", Reason.BODY),
        ("Ủy ban nhân dân xã Đồng Đăng", "dong_dang", Reason.BODY),
        ("Chủ tịch UBND phường Tam Thanh", "tam_thanh", Reason.BODY),
        ("Đồng chí Giám đốc Sở Xây dựng", "works", Reason.BODY),
        ("Chánh Văn phòng Tỉnh ủy", "office", Reason.BODY),
        ("VPTU", "office", Reason.SYMBOL),
        ("Sở GD&ĐT", "school", Reason.ACRONYM),
        ("Sở GDĐT", "school", Reason.ACRONYM),
        ("SGDĐT", "school", Reason.ACRONYM),
        ("Sở NN&MT", "land", Reason.ACRONYM),
        ("Sở VHTTDL", "culture", Reason.ACRONYM),
        ("Sở Nội vụ tỉnh Lạng Sơn", "home", Reason.NAME),
        ("Văn phòng Tỉnh ủy Lạng Sơn", "office", Reason.NAME),
        ("Sở Giáo dục Đào tạo", "school", Reason.NAME),
        ("Sở Văn hóa - Thể thao - Du lịch", "culture", Reason.NAME),
        ("Mau Son commune", "mau_son", Reason.PROPER),
        ("commune de Mau Son", "mau_son", Reason.PROPER),
        ("Ky Lua ward", "ky_lua", Reason.PROPER),
        ("Xã Thạch Hà", "thach_ha", Reason.NAME),
        ("Xã Thạch Hạ", "thach_ha2", Reason.NAME),
        ("Mặt trận Tổ quốc tỉnh", None, None),
    ],
)
def test_match_is_certain_of_names(matcher, units, text, unit, reason):
    match = matcher.match(text)
    if unit is None:
        assert match.unit_ids == ()
        return
    assert [key_of(units, pk) for pk in match.unit_ids] == [unit], match.candidates
    assert match.best.reason == reason


@pytest.mark.parametrize(
    ("text", "unit", "reason"),
    [
        ("Xã Mẫu Sơm", "mau_son", Reason.SPELLING),
        ("xã Mẩu Sơn", "mau_son", Reason.ACCENTS),
        ("xã Kháng Khê", "khanh_khe", Reason.SPELLING),
        ("Sở Sây dựng", "works", Reason.SPELLING),
        ("Sở Nộ vụ", "home", Reason.SPELLING),
        ("Phường Lương Văn Trí", "luong", Reason.ACCENTS),
        ("Phường Mẫu Sơn", "mau_son", Reason.KIND),
        ("Phòng Công nghệ thông tin", "records", Reason.WORDS),
        ("ماو سون", "mau_son", Reason.SCRIPT),
        ("माउ सोन", "mau_son", Reason.SCRIPT),
        ("कम्यून दोंग डांग", "dong_dang", Reason.SCRIPT),
        ("کمیون ڈونگ ڈانگ", "dong_dang", Reason.SCRIPT),
        ("बलदिया", None, None),
    ],
)
def test_misspelt_names_are_offered_but_never_taken(matcher, units, text, unit, reason):
    match = matcher.match(text)
    assert match.unit_ids == ()
    if unit is None:
        assert match.candidates == ()
        return
    best = match.candidates[0]
    assert (key_of(units, best.unit_id), best.reason) == (unit, reason), match.candidates
    assert best.score < CERTAIN


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "…",
        "Xã Hòa Bình",
        "Sở Y tế",
        "Công ty Điện lực",
        "Trần",
        "abc",
        "12",
        "Phòng Hành chính",
        "مكتب",
        "कार्यालय",
    ],
)
def test_nothing_is_invented(matcher, text):
    match = matcher.match(text)
    assert (match.candidates, match.unit_ids, match.group) == ((), (), None)


def test_a_name_of_several_units_is_not_decided(matcher, units):
    twin = make_unit("Phường Mẫu Sơn", under=units["tu"], kind="ward", level="commune")
    matching.forget()
    match = UnitMatcher(units["tu"].pk, on=ON).match("Mẫu Sơn")
    assert match.unit_ids == ()
    assert {c.unit_id for c in match.candidates} == {units["mau_son"].pk, twin.pk}
    assert UnitMatcher(units["tu"].pk, on=ON).match("thach ha").unit_ids == ()


def test_former_names_and_ended_units_are_known_as_such(units):
    first = units["home"].versions.get()
    first.valid_to = datetime.date(2025, 3, 1)
    first.save()
    later = UnitVersion.objects.create(unit=units["home"], kind="department", valid_from=first.valid_to)
    UnitName.objects.create(version=later, language="vi", name="Sở Tổ chức và Nội vụ")
    gone = units["khanh_khe"].versions.get()
    gone.valid_to = datetime.date(2025, 7, 1)
    gone.save()
    matching.forget()
    matcher = UnitMatcher(units["tu"].pk, on=ON)
    match = matcher.match("Sở Nội vụ")
    assert (match.best.unit_id, match.best.reason) == (units["home"].pk, Reason.FORMER)
    match = matcher.match("xã Khánh Khê")
    assert match.unit_ids == ()
    assert next((c.unit_id, c.reason, c.has_ended) for c in match.candidates) == (
        units["khanh_khe"].pk,
        Reason.ENDED,
        True,
    )
    before = UnitMatcher(units["tu"].pk, on=datetime.date(2025, 1, 1)).match("xã Khánh Khê")
    assert before.unit_ids == (units["khanh_khe"].pk,)


COMMUNES = {"mau_son", "khanh_khe", "dong_dang", "tan_thanh", "thach_ha", "thach_ha2"}
WARDS = {"ky_lua", "tam_thanh", "luong"}
SECTIONS = {"general", "records", "sector"}


@pytest.mark.parametrize(
    ("text", "expected", "stated"),
    [
        ("các xã", COMMUNES, None),
        ("các xã, phường", COMMUNES | WARDS, None),
        ("Các xã, phường, đặc khu", COMMUNES | WARDS, None),
        ("UBND các xã, phường", COMMUNES | WARDS, None),
        ("65 xã, phường", COMMUNES | WARDS, 65),
        ("9 xã và phường", COMMUNES | WARDS, 9),
        ("65 communes", COMMUNES, 65),
        ("all communes and wards", COMMUNES | WARDS, None),
        ("toutes les communes", COMMUNES, None),
        ("सभी वार्ड", WARDS, None),
        ("جميع البلديات", COMMUNES, None),
        ("تمام وارڈ", WARDS, None),
        ("all departments", {"home", "works", "school", "culture", "land"}, None),
        ("các sở, ban, ngành", {"home", "works", "school", "culture", "land", "board"}, None),
        ("sở, ban, ngành", {"home", "works", "school", "culture", "land", "board"}, None),
        ("các địa phương", COMMUNES | WARDS, None),
        ("cấp xã", set(), None),
        ("toàn bộ cấp xã", COMMUNES | WARDS, None),
        ("các phòng thuộc Văn phòng Tỉnh ủy", {"general", "records"}, None),
        ("các phòng", SECTIONS, None),
        ("các xã trong tỉnh", COMMUNES, None),
        ("các xã, phường trên địa bàn tỉnh Lạng Sơn", COMMUNES | WARDS, None),
        ("các xã, phường trừ xã Mẫu Sơn", (COMMUNES | WARDS) - {"mau_son"}, None),
        ("các đặc khu", set(), None),
        ("các phòng thuộc Sở Y tế", set(), None),
    ],
)
def test_group_words_mean_sets(matcher, units, text, expected, stated):
    match = matcher.match(text)
    assert {key_of(units, pk) for pk in match.unit_ids} == expected
    if expected:
        assert match.group.stated == stated
        assert match.group.agrees is (stated in (None, len(expected)))


def names(units, matches):
    return [[key_of(units, pk) for pk in match.unit_ids] for match in matches]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sở Nội vụ; Sở Xây dựng", [["home"], ["works"]]),
        ("Sở Nội vụ, Sở Xây dựng và xã Mẫu Sơn", [["home"], ["works"], ["mau_son"]]),
        ("Sở Giáo dục và Đào tạo", [["school"]]),
        ("Sở Văn hóa, Thể thao và Du lịch, Sở Nội vụ", [["culture"], ["home"]]),
        ("Sở Giáo dục và Đào tạo và Sở Văn hóa, Thể thao và Du lịch", [["school"], ["culture"]]),
        ("xã Mẫu Sơn, Khánh Khê\nKỳ Lừa", [["mau_son"], ["khanh_khe"], ["ky_lua"]]),
        ("Sở Nội vụ, Sở Y tế", [["home"], []]),
        ("Sở Y tế, Sở Tư pháp", [[]]),
        ("", []),
    ],
)
def test_match_list_divides_where_the_parts_are_names(matcher, units, text, expected):
    assert names(units, matcher.match_list(text)) == expected


def test_match_list_holds_a_group_beside_a_unit(matcher, units):
    found = matcher.match_list("Sở Nội vụ; các xã, phường")
    assert [len(match.unit_ids) for match in found] == [1, 9]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Giao Sở Nội vụ chủ trì, phối hợp với Sở Xây dựng và UBND các xã, phường rà soát.",
            [("Sở Nội vụ", 1), ("Sở Xây dựng", 1), ("UBND các xã, phường", 9)],
        ),
        ("Các xã Mẫu Sơn, Khánh Khê và Đồng Đăng báo cáo.", [("Mẫu Sơn", 1), ("Khánh Khê", 1), ("Đồng Đăng", 1)]),
        ("Xã Mẫu Sơn, Khánh Khê hoàn thành trước ngày 15.", [("Xã Mẫu Sơn", 1), ("Khánh Khê", 1)]),
        ("Theo Thông báo số 118-TB/VPTU, VPTU đôn đốc.", [("VPTU", 1)]),
        ("P. Kỳ Lừa và X. Mẫu Sơn nộp báo cáo", [("P. Kỳ Lừa", 1), ("X. Mẫu Sơn", 1)]),
        (
            "Sở GD&ĐT hướng dẫn các phòng thuộc Văn phòng Tỉnh ủy.",
            [("Sở GD&ĐT", 1), ("các phòng thuộc Văn phòng Tỉnh ủy", 2)],
        ),
        ("Công tác nội vụ được xây dựng tốt; tu dưỡng đạo đức.", []),
        ("Cán bộ phải đoàn kết.", []),
        ("Trước ngày 15/12/2026; các xã báo cáo. Phường tự rà soát.", [("các xã", 6)]),
        ("Năm 2026 các phường và 6 xã nộp", [("các phường", 3), ("6 xã", 6)]),
    ],
)
def test_find_in_names_units_where_they_stand(matcher, sentence, expected):
    found = matcher.find_in(sentence)
    assert [(sentence[m.start : m.end], len(m.match.unit_ids)) for m in found] == expected


def test_a_matcher_asks_once_while_nothing_changes(matcher, units, django_assert_num_queries):
    with django_assert_num_queries(1):
        again = UnitMatcher(units["tu"].pk, on=ON)
    assert again.index is matcher.index
    with django_assert_num_queries(0):
        again.match("Sở Xây dựng; không có")


def test_a_matcher_is_built_from_four_queries(units, django_assert_num_queries):
    with django_assert_num_queries(4):
        UnitMatcher(units["tu"].pk, on=ON)


def test_names_of_another_root_are_unknown(units):
    other = make_unit("Tỉnh ủy khác")
    make_unit("Sở Ngoại vụ", under=other)
    matching.forget()
    assert UnitMatcher(units["tu"].pk, on=ON).match("Sở Ngoại vụ").unit_ids == ()
    assert len(UnitMatcher(other.pk, on=ON).match("Sở Ngoại vụ").unit_ids) == 1

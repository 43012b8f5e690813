"""The usual kinds and levels of units, with their names and the words by which texts speak of all of one kind.

Nothing depends on this list: a unit may have any kind and any level, which is then shown as it was typed. The list
only gives known ones a name in the reader's language and lets "all communes" in a text be understood.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Term:
    """A kind or level: its name on screens, and the words (folded by the reader of texts) that mean all of them.

    `heads` are the words that open the name of such a unit in Vietnamese, so that "Mẫu Sơn" finds "Xã Mẫu Sơn".
    """

    label: object
    words: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()


KINDS: dict[str, Term] = {
    "committee": Term(
        pgettext_lazy("kind of unit", "Committee"),
        (
            "cấp ủy",
            "ban chấp hành",
            "committees",
            "comités",
            "समितियां",
            "समितियाँ",
            "اللجان",
            "لجان",
            "کمیٹیاں",
            "کمیٹیوں",
        ),
        ("tỉnh ủy", "thành ủy", "huyện ủy", "thị ủy", "quận ủy", "đảng ủy"),
    ),
    "standing_committee": Term(
        pgettext_lazy("kind of unit", "Standing committee"),
        (
            "ban thường vụ",
            "standing committees",
            "comités permanents",
            "स्थायी समितियां",
            "اللجان الدائمة",
            "مجالس قائمہ",
        ),
        ("ban thường vụ", "thường trực"),
    ),
    "council": Term(
        pgettext_lazy("kind of unit", "Council"),
        ("hội đồng", "councils", "conseils", "परिषदें", "परिषदों", "المجالس", "مجالس", "کونسلیں", "کونسلوں"),
        ("hội đồng nhân dân", "hội đồng"),
    ),
    "peoples_committee": Term(
        pgettext_lazy("kind of unit", "People's committee"),
        (
            "ủy ban nhân dân",
            "ubnd",
            "people's committees",
            "comités populaires",
            "जन समितियां",
            "اللجان الشعبية",
            "عوامی کمیٹیاں",
        ),
        ("ủy ban nhân dân", "ubnd"),
    ),
    "office": Term(
        pgettext_lazy("kind of unit", "Office"),
        ("văn phòng", "offices", "bureaux", "कार्यालय", "कार्यालयों", "المكاتب", "مكاتب", "دفاتر", "دفتروں"),
        ("văn phòng",),
    ),
    "department": Term(
        pgettext_lazy("kind of unit", "Department"),
        (
            "sở",
            "departments",
            "départements",
            "directions",
            "विभाग",
            "विभागों",
            "الإدارات",
            "إدارات",
            "الدوائر",
            "دوائر",
            "محکمے",
            "محکموں",
            "شعبے",
            "شعبوں",
        ),
        ("sở",),
    ),
    "board": Term(
        pgettext_lazy("kind of unit", "Board"),
        ("ban", "ban đảng", "boards", "commissions", "आयोग", "बोर्ड", "الهيئات", "هيئات", "بورڈ", "کمیشن"),
        ("ban",),
    ),
    "agency": Term(
        pgettext_lazy("kind of unit", "Agency"),
        ("ngành", "cơ quan", "agencies", "agences", "organismes", "एजेंसियां", "الأجهزة", "الوكالات", "ادارے", "اداروں"),
        ("cơ quan",),
    ),
    "section": Term(
        pgettext_lazy("kind of unit", "Section"),
        ("phòng", "sections", "services", "अनुभाग", "अनुभागों", "الأقسام", "أقسام", "سیکشن", "سیکشنز"),
        ("phòng",),
    ),
    "public_service": Term(
        pgettext_lazy("kind of unit", "Public service unit"),
        ("đơn vị sự nghiệp", "trung tâm", "public service units", "établissements publics", "लोक सेवा इकाइयां"),
        ("trung tâm", "trường", "bệnh viện", "báo"),
    ),
    "partner": Term(
        pgettext_lazy("kind of unit", "Partner organisation"),
        (
            "đoàn thể",
            "mặt trận tổ quốc",
            "tổ chức chính trị - xã hội",
            "mass organisations",
            "partner organisations",
            "organisations partenaires",
            "साझेदार संगठन",
            "المنظمات الشريكة",
            "شراکت دار تنظیمیں",
        ),
        ("ủy ban mặt trận tổ quốc", "mặt trận tổ quốc", "hội", "liên đoàn", "đoàn"),
    ),
    "province": Term(
        pgettext_lazy("kind of unit", "Province"),
        ("tỉnh", "provinces", "प्रांत", "प्रांतों", "المحافظات", "الأقاليم", "صوبے", "صوبوں"),
        ("tỉnh",),
    ),
    "city": Term(
        pgettext_lazy("kind of unit", "City"),
        ("thành phố", "cities", "villes", "शहर", "नगर", "المدن", "شہر", "شہروں"),
        ("thành phố",),
    ),
    "district": Term(
        pgettext_lazy("kind of unit", "District"),
        ("huyện", "quận", "districts", "जिले", "ज़िले", "ज़िलों", "जिलों", "المديريات", "المقاطعات", "اضلاع", "ضلعوں"),
        ("huyện", "quận"),
    ),
    "town": Term(
        pgettext_lazy("kind of unit", "Town"),
        ("thị xã", "towns", "कस्बे", "कस्बों", "البلدات", "قصبے", "قصبوں"),
        ("thị xã",),
    ),
    "commune": Term(
        pgettext_lazy("kind of unit", "Commune"),
        ("xã", "communes", "कम्यून", "कम्यूनों", "البلديات", "بلديات", "الكوميونات", "کمیون", "کمیونز", "کمیونوں"),
        ("xã",),
    ),
    "ward": Term(
        pgettext_lazy("kind of unit", "Ward"),
        ("phường", "wards", "quartiers", "वार्ड", "वार्डों", "الأحياء", "أحياء", "وارڈ", "وارڈز", "وارڈوں"),
        ("phường",),
    ),
    "township": Term(
        pgettext_lazy("kind of unit", "Township"),
        ("thị trấn", "townships", "bourgs", "टाउनशिप", "النواحي", "ٹاؤن شپ"),
        ("thị trấn",),
    ),
    "special_zone": Term(
        pgettext_lazy("kind of unit", "Special zone"),
        ("đặc khu", "special zones", "zones spéciales", "विशेष क्षेत्र", "المناطق الخاصة", "خصوصی زون"),
        ("đặc khu",),
    ),
    "branch": Term(
        pgettext_lazy("kind of unit", "Branch"),
        ("chi bộ", "chi nhánh", "branches", "sections locales", "शाखाएं", "शाखाओं", "الفروع", "فروع", "شاخیں", "شاخوں"),
        ("chi bộ", "chi nhánh", "đảng bộ"),
    ),
}

LEVELS: dict[str, Term] = {
    "central": Term(
        pgettext_lazy("level of unit", "Central level"),
        ("cấp trung ương", "central level", "niveau central", "केंद्रीय स्तर", "المستوى المركزي", "مرکزی سطح"),
    ),
    "province": Term(
        pgettext_lazy("level of unit", "Provincial level"),
        ("cấp tỉnh", "provincial level", "niveau provincial", "प्रांतीय स्तर", "المستوى الإقليمي", "صوبائی سطح"),
    ),
    "district": Term(
        pgettext_lazy("level of unit", "District level"),
        ("cấp huyện", "district level", "niveau du district", "जिला स्तर", "ज़िला स्तर", "مستوى المديرية", "ضلعی سطح"),
    ),
    "commune": Term(
        pgettext_lazy("level of unit", "Commune level"),
        (
            "cấp xã",
            "cấp cơ sở",
            "địa phương",
            "commune level",
            "localities",
            "niveau communal",
            "localités",
            "collectivités",
            "कम्यून स्तर",
            "स्थानीय निकाय",
            "स्थानीय निकायों",
            "المستوى المحلي",
            "المحليات",
            "کمیون سطح",
            "مقامی ادارے",
            "مقامی اداروں",
        ),
    ),
    "grassroots": Term(
        pgettext_lazy("level of unit", "Grass-roots level"),
        ("thôn", "khối phố", "tổ dân phố", "hamlets", "villages", "hameaux", "गांव", "गाँव", "القرى", "دیہات", "گاؤں"),
    ),
}

# Fixed phrases that mean several kinds at once.
PHRASES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("sở, ban, ngành", "sở ban ngành", "sở, ngành", "ban, ngành"), ("department", "board", "agency")),
    (
        ("sở, ban, ngành, đoàn thể", "ban, ngành, đoàn thể", "cơ quan, ban, ngành, đoàn thể"),
        ("department", "board", "agency", "partner"),
    ),
    (("cơ quan tham mưu, giúp việc", "cơ quan tham mưu giúp việc"), ("board", "office")),
    (("departments and boards", "departments and agencies"), ("department", "board", "agency")),
    (("départements et commissions", "services et directions"), ("department", "board", "agency")),
    (("विभाग और आयोग", "विभागों और आयोगों"), ("department", "board", "agency")),
    (("الإدارات والهيئات",), ("department", "board", "agency")),
    (("محکمے اور ادارے", "محکموں اور اداروں"), ("department", "board", "agency")),
)


def kind_label(code: str) -> object:
    """Return the name of a kind in the reader's language; a kind of an office's own as it was typed."""
    return KINDS[code].label if code in KINDS else code


def level_label(code: str) -> object:
    """Return the name of a level in the reader's language; a level of an office's own as it was typed."""
    return LEVELS[code].label if code in LEVELS else code


def choices(terms: dict[str, Term], used: Iterable[str]) -> list[tuple[str, object]]:
    """Return the known `terms` for a form's list, and after them the `used` ones that are an office's own."""
    own = sorted({code for code in used if code and code not in terms})
    return [(code, term.label) for code, term in terms.items()] + [(code, code) for code in own]

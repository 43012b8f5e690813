"""The bodies of the demo's province beside its communes: names in the six languages, kind, symbol, place, dates."""

import unicodedata
from dataclasses import dataclass

OLD = "2020-01-01"
BOARDS_MERGED = "2025-02-03"
DEPARTMENTS_MERGED = "2025-03-01"


@dataclass(frozen=True)
class Body:
    """A body: `names` in the order vi, en, fr, hi, ar, ur; `under` and `serves` name other bodies by key.

    `since` and `until` are the dates of acts; `of` names the bodies it was made from. Without `under` it is a partner.
    """

    key: str
    kind: str
    symbol: str
    names: tuple[str, str, str, str, str, str]
    under: str = ""
    serves: str = ""
    since: str = OLD
    of: tuple[str, ...] = ()
    short: str = ""
    aliases: tuple[str, ...] = ()


ROOT = Body(
    "root",
    "committee",
    "TU",
    (
        "Tỉnh ủy Lạng Sơn",
        "Lạng Sơn Provincial Party Committee",
        "Comité provincial du Parti de Lạng Sơn",
        "लांग सोन प्रांतीय पार्टी समिति",
        "لجنة الحزب الإقليمية في لانغ سون",
        "لانگ سون صوبائی پارٹی کمیٹی",
    ),
    short="Tỉnh ủy",
    aliases=("Ban Chấp hành Đảng bộ tỉnh", "Provincial Party Committee", "लांग सोन प्रांतीय पार्टी कमेटी"),
)

PARTY: tuple[Body, ...] = (
    Body(
        "standing",
        "standing_committee",
        "BTVTU",
        (
            "Ban Thường vụ Tỉnh ủy",
            "Standing Committee of the Provincial Party Committee",
            "Comité permanent du comité provincial du Parti",
            "प्रांतीय पार्टी समिति की स्थायी समिति",
            "اللجنة الدائمة للجنة الحزب الإقليمية",
            "صوبائی پارٹی کمیٹی کی مجلسِ قائمہ",
        ),
        under="root",
        short="Ban Thường vụ",
    ),
    Body(
        "office",
        "office",
        "VPTU",
        (
            "Văn phòng Tỉnh ủy",
            "Office of the Provincial Party Committee",
            "Bureau du comité provincial du Parti",
            "प्रांतीय पार्टी समिति कार्यालय",
            "مكتب لجنة الحزب الإقليمية",
            "صوبائی پارٹی کمیٹی کا دفتر",
        ),
        under="root",
        serves="root",
        short="Văn phòng",
        aliases=("Văn phòng Tỉnh ủy Lạng Sơn", "VPTU"),
    ),
    Body(
        "general",
        "section",
        "",
        (
            "Phòng Tổng hợp",
            "General Affairs Section",
            "Service de synthèse",
            "समन्वय अनुभाग",
            "قسم التنسيق العام",
            "شعبۂ عمومی رابطہ",
        ),
        under="office",
    ),
    Body(
        "records",
        "section",
        "",
        (
            "Phòng Hành chính – Lưu trữ",
            "Records and Archives Section",
            "Service des actes et archives",
            "अभिलेख एवं प्रशासन अनुभाग",
            "قسم الإدارة والمحفوظات",
            "شعبۂ انتظام و محافظ خانہ",
        ),
        under="office",
    ),
    Body(
        "digital",
        "section",
        "",
        (
            "Phòng Chuyển đổi số – Cơ yếu",
            "Digital and Cipher Section",
            "Service du numérique et du chiffre",
            "डिजिटल एवं कूट अनुभाग",
            "قسم التحول الرقمي والشيفرة",
            "شعبۂ ڈیجیٹل و رمز",
        ),
        under="office",
    ),
    Body(
        "finance_party",
        "section",
        "",
        (
            "Phòng Tài chính đảng",
            "Party Finance Section",
            "Service des finances du Parti",
            "पार्टी वित्त अनुभाग",
            "قسم مالية الحزب",
            "شعبۂ مالیاتِ پارٹی",
        ),
        under="office",
    ),
    Body(
        "organisation",
        "board",
        "BTCTU",
        (
            "Ban Tổ chức Tỉnh ủy",
            "Organisation Board",
            "Commission d’organisation",
            "संगठन आयोग",
            "هيئة التنظيم",
            "تنظیمی کمیشن",
        ),
        under="root",
        serves="root",
        short="Ban Tổ chức",
    ),
    Body(
        "inspection",
        "board",
        "UBKTTU",
        (
            "Ủy ban Kiểm tra Tỉnh ủy",
            "Inspection Commission",
            "Commission de contrôle",
            "निरीक्षण आयोग",
            "هيئة الرقابة",
            "معائنہ کمیشن",
        ),
        under="root",
        serves="root",
        short="Ủy ban Kiểm tra",
    ),
    Body(
        "internal",
        "board",
        "BNCTU",
        (
            "Ban Nội chính Tỉnh ủy",
            "Internal Affairs Board",
            "Commission des affaires intérieures",
            "आंतरिक मामले आयोग",
            "هيئة الشؤون الداخلية",
            "داخلی امور کمیشن",
        ),
        under="root",
        serves="root",
        short="Ban Nội chính",
    ),
    Body(
        "information",
        "board",
        "BTGDVTU",
        (
            "Ban Tuyên giáo và Dân vận Tỉnh ủy",
            "Information and Mass Mobilisation Board",
            "Commission de l’information et de la mobilisation des masses",
            "सूचना एवं जन-संपर्क आयोग",
            "هيئة الإعلام وتعبئة الجماهير",
            "اطلاعات و عوامی رابطہ کمیشن",
        ),
        under="root",
        serves="root",
        short="Ban Tuyên giáo và Dân vận",
        since=BOARDS_MERGED,
        of=("information_old", "mobilisation_old"),
    ),
    Body(
        "information_old",
        "board",
        "BTGTU",
        (
            "Ban Tuyên giáo Tỉnh ủy",
            "Information Board",
            "Commission de l’information",
            "सूचना आयोग",
            "هيئة الإعلام",
            "اطلاعات کمیشن",
        ),
        under="root",
        serves="root",
    ),
    Body(
        "mobilisation_old",
        "board",
        "BDVTU",
        (
            "Ban Dân vận Tỉnh ủy",
            "Mass Mobilisation Board",
            "Commission de la mobilisation des masses",
            "जन-संपर्क आयोग",
            "هيئة تعبئة الجماهير",
            "عوامی رابطہ کمیشن",
        ),
        under="root",
        serves="root",
    ),
    Body(
        "school",
        "public_service",
        "TCT",
        (
            "Trường Chính trị Hoàng Văn Thụ",
            "Hoàng Văn Thụ School of Administration",
            "École d’administration Hoàng Văn Thụ",
            "होआंग वान थू प्रशासन विद्यालय",
            "مدرسة هوانغ فان ثو للإدارة",
            "ہوانگ وان تھو درس گاہِ انتظام",
        ),
        under="root",
        short="Trường Chính trị",
    ),
)

_D = DEPARTMENTS_MERGED
STATE: tuple[Body, ...] = (
    Body(
        "people",
        "peoples_committee",
        "UBND",
        (
            "Ủy ban nhân dân tỉnh Lạng Sơn",
            "People’s Committee of Lạng Sơn Province",
            "Comité populaire de la province de Lạng Sơn",
            "लांग सोन प्रांत की जन समिति",
            "اللجنة الشعبية لمحافظة لانغ سون",
            "لانگ سون صوبے کی عوامی کمیٹی",
        ),
        under="root",
        short="UBND tỉnh",
        aliases=("UBND tỉnh", "Uỷ ban nhân dân tỉnh", "Provincial People’s Committee"),
    ),
    Body(
        "people_office",
        "office",
        "VP-UBND",
        (
            "Văn phòng UBND tỉnh",
            "Office of the People’s Committee",
            "Bureau du comité populaire",
            "जन समिति कार्यालय",
            "مكتب اللجنة الشعبية",
            "عوامی کمیٹی کا دفتر",
        ),
        under="people",
        serves="people",
    ),
    Body(
        "home",
        "department",
        "SNV",
        (
            "Sở Nội vụ",
            "Department of Home Affairs",
            "Département des affaires intérieures",
            "गृह मामले विभाग",
            "دائرة الشؤون الداخلية",
            "محکمۂ داخلہ",
        ),
        under="people",
        since=_D,
        of=("home_old", "labour_old"),
    ),
    Body(
        "finance",
        "department",
        "STC",
        (
            "Sở Tài chính",
            "Department of Finance",
            "Département des finances",
            "वित्त विभाग",
            "دائرة المالية",
            "محکمۂ مالیات",
        ),
        under="people",
        since=_D,
        of=("finance_old", "planning_old"),
    ),
    Body(
        "construction",
        "department",
        "SXD",
        (
            "Sở Xây dựng",
            "Department of Construction",
            "Département de la construction",
            "निर्माण विभाग",
            "دائرة البناء",
            "محکمۂ تعمیرات",
        ),
        under="people",
        since=_D,
        of=("construction_old", "transport_old"),
    ),
    Body(
        "agriculture",
        "department",
        "SNNMT",
        (
            "Sở Nông nghiệp và Môi trường",
            "Department of Agriculture and Environment",
            "Département de l’agriculture et de l’environnement",
            "कृषि एवं पर्यावरण विभाग",
            "دائرة الزراعة والبيئة",
            "محکمۂ زراعت و ماحولیات",
        ),
        under="people",
        since=_D,
        of=("agriculture_old", "environment_old"),
    ),
    Body(
        "science",
        "department",
        "SKHCN",
        (
            "Sở Khoa học và Công nghệ",
            "Department of Science and Technology",
            "Département des sciences et de la technologie",
            "विज्ञान एवं प्रौद्योगिकी विभाग",
            "دائرة العلوم والتكنولوجيا",
            "محکمۂ سائنس و ٹیکنالوجی",
        ),
        under="people",
        since=_D,
        of=("science_old", "communications_old"),
    ),
    Body(
        "ethnic",
        "department",
        "SDTTG",
        (
            "Sở Dân tộc và Tôn giáo",
            "Department of Ethnic and Religious Affairs",
            "Département des ethnies et des religions",
            "जातीय एवं धार्मिक मामले विभाग",
            "دائرة الشؤون الإثنية والدينية",
            "محکمۂ نسلی و مذہبی امور",
        ),
        under="people",
        since=_D,
        of=("ethnic_old",),
    ),
    Body(
        "education",
        "department",
        "SGDĐT",
        (
            "Sở Giáo dục và Đào tạo",
            "Department of Education and Training",
            "Département de l’éducation et de la formation",
            "शिक्षा एवं प्रशिक्षण विभाग",
            "دائرة التربية والتدريب",
            "محکمۂ تعلیم و تربیت",
        ),
        under="people",
    ),
    Body(
        "health",
        "department",
        "SYT",
        (
            "Sở Y tế",
            "Department of Health",
            "Département de la santé",
            "स्वास्थ्य विभाग",
            "دائرة الصحة",
            "محکمۂ صحت",
        ),
        under="people",
    ),
    Body(
        "justice",
        "department",
        "STP",
        (
            "Sở Tư pháp",
            "Department of Justice",
            "Département de la justice",
            "न्याय विभाग",
            "دائرة العدل",
            "محکمۂ انصاف",
        ),
        under="people",
    ),
    Body(
        "industry",
        "department",
        "SCT",
        (
            "Sở Công Thương",
            "Department of Industry and Trade",
            "Département de l’industrie et du commerce",
            "उद्योग एवं व्यापार विभाग",
            "دائرة الصناعة والتجارة",
            "محکمۂ صنعت و تجارت",
        ),
        under="people",
    ),
    Body(
        "culture",
        "department",
        "SVHTTDL",
        (
            "Sở Văn hóa, Thể thao và Du lịch",
            "Department of Culture, Sports and Tourism",
            "Département de la culture, des sports et du tourisme",
            "संस्कृति, खेल एवं पर्यटन विभाग",
            "دائرة الثقافة والرياضة والسياحة",
            "محکمۂ ثقافت، کھیل و سیاحت",
        ),
        under="people",
        aliases=("Sở VHTTDL",),
    ),
    Body(
        "foreign",
        "department",
        "SNgV",
        (
            "Sở Ngoại vụ",
            "Department of External Relations",
            "Département des relations extérieures",
            "बाह्य संबंध विभाग",
            "دائرة العلاقات الخارجية",
            "محکمۂ خارجہ تعلقات",
        ),
        under="people",
    ),
    Body(
        "inspectorate",
        "agency",
        "TTr",
        (
            "Thanh tra tỉnh",
            "Provincial Inspectorate",
            "Inspection provinciale",
            "प्रांतीय निरीक्षणालय",
            "المفتشية الإقليمية",
            "صوبائی معائنہ",
        ),
        under="people",
    ),
)


def _old(key: str, symbol: str, *names: str) -> Body:
    return Body(key, "department", symbol, names, under="people")  # type: ignore[arg-type]


# Departments that were merged on 1 March 2025 (Resolution 04/NQ-HĐND of 18 February 2025).
BEFORE: tuple[Body, ...] = (
    _old(
        "home_old", "SNV", "Sở Nội vụ", "Department of Home Affairs", "Département des affaires intérieures",
        "गृह मामले विभाग", "دائرة الشؤون الداخلية", "محکمۂ داخلہ",
    ),
    _old(
        "labour_old", "SLĐTBXH", "Sở Lao động – Thương binh và Xã hội", "Department of Labour and Social Affairs",
        "Département du travail et des affaires sociales", "श्रम एवं सामाजिक मामले विभाग",
        "دائرة العمل والشؤون الاجتماعية", "محکمۂ محنت و سماجی امور",
    ),
    _old(
        "finance_old", "STC", "Sở Tài chính", "Department of Finance", "Département des finances", "वित्त विभाग",
        "دائرة المالية", "محکمۂ مالیات",
    ),
    _old(
        "planning_old", "SKHĐT", "Sở Kế hoạch và Đầu tư", "Department of Planning and Investment",
        "Département du plan et de l’investissement", "योजना एवं निवेश विभाग", "دائرة التخطيط والاستثمار",
        "محکمۂ منصوبہ بندی و سرمایہ کاری",
    ),
    _old(
        "construction_old", "SXD", "Sở Xây dựng", "Department of Construction", "Département de la construction",
        "निर्माण विभाग", "دائرة البناء", "محکمۂ تعمیرات",
    ),
    _old(
        "transport_old", "SGTVT", "Sở Giao thông vận tải", "Department of Transport", "Département des transports",
        "परिवहन विभाग", "دائرة النقل", "محکمۂ نقل و حمل",
    ),
    _old(
        "agriculture_old", "SNNPTNT", "Sở Nông nghiệp và Phát triển nông thôn",
        "Department of Agriculture and Rural Development", "Département de l’agriculture et du développement rural",
        "कृषि एवं ग्रामीण विकास विभाग", "دائرة الزراعة والتنمية الريفية", "محکمۂ زراعت و دیہی ترقی",
    ),
    _old(
        "environment_old", "STNMT", "Sở Tài nguyên và Môi trường", "Department of Natural Resources and Environment",
        "Département des ressources naturelles et de l’environnement", "प्राकृतिक संसाधन एवं पर्यावरण विभाग",
        "دائرة الموارد الطبيعية والبيئة", "محکمۂ قدرتی وسائل و ماحولیات",
    ),
    _old(
        "science_old", "SKHCN", "Sở Khoa học và Công nghệ", "Department of Science and Technology",
        "Département des sciences et de la technologie", "विज्ञान एवं प्रौद्योगिकी विभाग",
        "دائرة العلوم والتكنولوجيا", "محکمۂ سائنس و ٹیکنالوجی",
    ),
    _old(
        "communications_old", "STTTT", "Sở Thông tin và Truyền thông", "Department of Information and Communications",
        "Département de l’information et des communications", "सूचना एवं संचार विभाग",
        "دائرة الإعلام والاتصالات", "محکمۂ اطلاعات و مواصلات",
    ),
    _old(
        "ethnic_old", "BDT", "Ban Dân tộc tỉnh", "Ethnic Affairs Committee", "Comité des ethnies",
        "जातीय मामले समिति", "لجنة الشؤون الإثنية", "نسلی امور کمیٹی",
    ),
)  # fmt: skip

# Bodies that work with the committee without standing under it.
PARTNERS: tuple[Body, ...] = (
    Body(
        "council",
        "council",
        "HĐND",
        (
            "Hội đồng nhân dân tỉnh Lạng Sơn",
            "People’s Council of Lạng Sơn Province",
            "Conseil populaire de la province de Lạng Sơn",
            "लांग सोन प्रांत की जन परिषद",
            "المجلس الشعبي لمحافظة لانغ سون",
            "لانگ سون صوبے کی عوامی کونسل",
        ),
        short="HĐND tỉnh",
        aliases=("HĐND tỉnh",),
    ),
    Body(
        "front",
        "partner",
        "MTTQ",
        (
            "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lạng Sơn",
            "Fatherland Front Committee of Lạng Sơn Province",
            "Comité du Front de la Patrie de la province de Lạng Sơn",
            "लांग सोन प्रांत की पितृभूमि मोर्चा समिति",
            "لجنة جبهة الوطن في محافظة لانغ سون",
            "لانگ سون صوبے کی محاذِ وطن کمیٹی",
        ),
        short="Mặt trận Tổ quốc tỉnh",
        aliases=("MTTQ tỉnh", "Ủy ban MTTQ tỉnh"),
    ),
    Body(
        "insurance",
        "agency",
        "BHXH",
        (
            "Bảo hiểm xã hội tỉnh Lạng Sơn",
            "Lạng Sơn Social Insurance",
            "Sécurité sociale de Lạng Sơn",
            "लांग सोन सामाजिक बीमा",
            "التأمين الاجتماعي في لانغ سون",
            "لانگ سون سماجی بیمہ",
        ),
        short="Bảo hiểm xã hội tỉnh",
        aliases=("BHXH tỉnh",),
    ),
)

LANGUAGES = ("vi", "en", "fr", "hi", "ar", "ur")
KIND_WORDS = {
    "commune": ("Xã {}", "{} Commune", "Commune {}", "{} कम्यून", "بلدية {}", "کمیون {}"),
    "ward": ("Phường {}", "{} Ward", "Quartier {}", "{} वार्ड", "حي {}", "وارڈ {}"),
    "township": ("Thị trấn {}", "{} Township", "Bourg {}", "{} टाउनशिप", "بلدة {}", "ٹاؤن شپ {}"),
    "district": ("Huyện {}", "{} District", "District {}", "{} ज़िला", "مديرية {}", "ضلع {}"),
    "city": ("Thành phố {}", "{} City", "Ville {}", "{} नगर", "مدينة {}", "شہر {}"),
}


def place_names(kind: str, own_name: str) -> tuple[str, ...]:
    """Return the name of a place in the six languages; its own name stays as it is written in Vietnamese."""
    names = [pattern.format(own_name) for pattern in KIND_WORDS[kind]]
    word, _space, rest = names[2].partition(" ")
    vowel = unicodedata.normalize("NFD", own_name[0]).casefold()[0] in "aeiouy"
    names[2] = f"{word} d’{rest}" if vowel else f"{word} de {rest}"
    return tuple(names)

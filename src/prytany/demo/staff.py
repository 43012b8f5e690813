"""The invented staff: posts with titles in the six languages and roles. People bear the name of their post."""

from dataclasses import dataclass

TITLES: dict[str, tuple[str, str, str, str, str, str]] = {
    "secretary": ("Bí thư", "Secretary", "Secrétaire", "सचिव", "أمين اللجنة", "سیکرٹری"),
    "standing_deputy": (
        "Phó Bí thư Thường trực",
        "Standing Deputy Secretary",
        "Secrétaire adjoint permanent",
        "स्थायी उप सचिव",
        "نائب الأمين الدائم",
        "مستقل نائب سیکرٹری",
    ),
    "deputy_secretary": (
        "Phó Bí thư",
        "Deputy Secretary",
        "Secrétaire adjoint",
        "उप सचिव",
        "نائب الأمين",
        "نائب سیکرٹری",
    ),
    "administrator": (
        "Quản trị hệ thống",
        "System administrator",
        "Administrateur du système",
        "प्रणाली प्रशासक",
        "مدير النظام",
        "منتظمِ نظام",
    ),
    "chief": (
        "Chánh Văn phòng",
        "Chief of Office",
        "Chef du bureau",
        "कार्यालय प्रमुख",
        "رئيس المكتب",
        "سربراہِ دفتر",
    ),
    "deputy_chief": (
        "Phó Chánh Văn phòng",
        "Deputy Chief of Office",
        "Chef adjoint du bureau",
        "उप कार्यालय प्रमुख",
        "نائب رئيس المكتب",
        "نائب سربراہِ دفتر",
    ),
    "section_head": (
        "Trưởng phòng",
        "Head of section",
        "Chef de service",
        "अनुभाग प्रमुख",
        "رئيس القسم",
        "سربراہِ شعبہ",
    ),
    "specialist": ("Chuyên viên", "Specialist", "Chargé de mission", "विशेषज्ञ", "أخصائي", "ماہر"),
    "clerk": ("Văn thư", "Registry clerk", "Greffier", "पंजी लिपिक", "كاتب السجل", "محررِ دفتر"),
    "archivist": ("Lưu trữ viên", "Archivist", "Archiviste", "अभिलेखपाल", "أمين المحفوظات", "محافظِ دستاویزات"),
    "board_head": ("Trưởng ban", "Head of Board", "Chef de commission", "आयोग प्रमुख", "رئيس الهيئة", "سربراہِ کمیشن"),
    "inspection_head": (
        "Chủ nhiệm Ủy ban",
        "Head of Commission",
        "Président de la commission",
        "आयोग अध्यक्ष",
        "رئيس اللجنة",
        "چیئرمین کمیشن",
    ),
    "inspector": ("Kiểm tra viên", "Inspector", "Contrôleur", "निरीक्षक", "مراقب", "معائنہ کار"),
    "auditor": (
        "Kiểm soát nội bộ",
        "Internal auditor",
        "Auditeur interne",
        "आंतरिक लेखा परीक्षक",
        "مدقق داخلي",
        "داخلی محتسب",
    ),
    "director": ("Giám đốc", "Director", "Directeur", "निदेशक", "المدير", "ڈائریکٹر"),
    "deputy_director": (
        "Phó Giám đốc",
        "Deputy Director",
        "Directeur adjoint",
        "उप निदेशक",
        "نائب المدير",
        "نائب ڈائریکٹر",
    ),
    "chair": ("Chủ tịch", "Chair", "Président", "अध्यक्ष", "الرئيس", "چیئرمین"),
    "chief_inspector": (
        "Chánh Thanh tra",
        "Chief Inspector",
        "Inspecteur en chef",
        "मुख्य निरीक्षक",
        "رئيس المفتشية",
        "چیف انسپکٹر",
    ),
    "rector": ("Hiệu trưởng", "Rector", "Recteur", "प्राचार्य", "عميد المدرسة", "پرنسپل"),
    "member": ("Ủy viên", "Member", "Membre", "सदस्य", "عضو", "رکن"),
    "party_secretary": (
        "Bí thư Đảng ủy",
        "Secretary of the Party Committee",
        "Secrétaire du comité du Parti",
        "पार्टी समिति सचिव",
        "أمين لجنة الحزب",
        "سیکرٹری پارٹی کمیٹی",
    ),
    "office_clerk": (
        "Công chức văn phòng",
        "Office clerk",
        "Agent de bureau",
        "कार्यालय कर्मचारी",
        "موظف المكتب",
        "دفتری اہلکار",
    ),
}


@dataclass(frozen=True)
class Seat:
    """A post with one holder: `body` and `title` by key, the role, and the sign-in name of the account (none: "")."""

    body: str
    title: str
    role: str
    account: str = ""
    suffix: str = ""
    fields: str = ""


SEATS: tuple[Seat, ...] = (
    Seat("standing", "secretary", "leader", "secretary", fields="Lãnh đạo chung"),
    Seat("standing", "standing_deputy", "leader", "leader", fields="Xây dựng Đảng, văn phòng cấp ủy, nội chính"),
    Seat("standing", "deputy_secretary", "leader", "leader2", fields="Kinh tế – xã hội, chuyển đổi số"),
    Seat("root", "administrator", "administrator", "admin"),
    Seat("root", "member", "council_member", "council", fields="Hội đồng sáng kiến"),
    Seat("office", "chief", "chief", "chief", fields="Phụ trách chung"),
    Seat("office", "deputy_chief", "deputy_chief", "deputy", fields="Tổng hợp, chuyển đổi số"),
    Seat("office", "deputy_chief", "deputy_chief", "deputy2", "2", fields="Hành chính, lưu trữ, tài chính đảng"),
    Seat("general", "section_head", "unit_head", "section"),
    Seat("general", "specialist", "specialist", "specialist"),
    Seat("general", "specialist", "specialist", "specialist2", "2"),
    Seat("records", "section_head", "unit_head", "records"),
    # The clerk keeps the books of the whole office, not of a section.
    Seat("office", "clerk", "registry_clerk", "clerk"),
    Seat("office", "archivist", "archivist", "archivist"),
    Seat("digital", "section_head", "unit_head", "digital"),
    Seat("digital", "specialist", "specialist", "digital2"),
    Seat("finance_party", "section_head", "unit_head", "finance.party"),
    Seat("organisation", "board_head", "unit_head", "organisation"),
    Seat("inspection", "inspection_head", "unit_head", "inspection"),
    Seat("inspection", "inspector", "inspector", "inspector"),
    Seat("inspection", "auditor", "auditor", "auditor"),
    Seat("internal", "board_head", "unit_head", "internal"),
    Seat("information", "board_head", "unit_head", "information"),
    Seat("information", "specialist", "focal_point", "information2"),
    Seat("school", "rector", "unit_head", "school"),
    Seat("people", "chair", "unit_head", "people"),
    Seat("people_office", "chief", "unit_head", "people.office"),
    *(
        Seat(key, "director", "unit_head", key)
        for key in (
            "home", "finance", "construction", "agriculture", "science", "ethnic", "education", "health", "justice",
            "industry", "culture", "foreign",
        )
    ),
    Seat("inspectorate", "chief_inspector", "unit_head", "inspectorate"),
    Seat("home", "specialist", "focal_point", "home2"),
    Seat("construction", "deputy_director", "unit_head", "newcomer"),
    Seat("science", "specialist", "focal_point", "science2"),
    Seat("council", "chair", "unit_head", "council.chair"),
    Seat("front", "chair", "unit_head", "front"),
    Seat("insurance", "director", "unit_head", "insurance"),
)  # fmt: skip

# What `prytany demo` prints: one account for each role, in the order of a tour.
SHOWN: tuple[tuple[str, str], ...] = (
    ("chief", "Chánh Văn phòng"),
    ("leader", "Phó Bí thư Thường trực"),
    ("deputy", "Phó Chánh Văn phòng"),
    ("specialist", "Chuyên viên Phòng Tổng hợp"),
    ("clerk", "Văn thư"),
    ("home", "Giám đốc Sở Nội vụ"),
    ("mau.son", "Công chức văn phòng Xã Mẫu Sơn"),
    ("mau.son.head", "Bí thư Đảng ủy Xã Mẫu Sơn"),
    ("newcomer", "Phó Giám đốc Sở Xây dựng"),
    ("council", "Ủy viên Hội đồng sáng kiến"),
    ("archivist", "Lưu trữ viên"),
    ("inspector", "Kiểm tra viên"),
    ("auditor", "Kiểm soát nội bộ"),
    ("admin", "Quản trị hệ thống"),
)
PASSWORD = "prytany-demo"  # noqa: S105 - printed on purpose: the demo is for trying
MARK = "demo"

"""Bodies that went into others in 2025, so that "as of" shows something true."""

from prytany.demo.bodies.body import Body


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

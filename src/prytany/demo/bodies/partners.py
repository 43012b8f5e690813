"""Bodies outside the province with which the office exchanges papers."""

from prytany.demo.bodies.body import Body

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

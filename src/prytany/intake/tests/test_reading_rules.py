"""What the reader takes for a task, a request, a decision, one document: rules, each with its opposite."""

import pytest

from prytany.intake import scoring
from prytany.intake.reading import packs, read, read_many


def tasks_of(*lines, opening=""):
    return [
        (t.span.text, t.lead and t.lead.text) for t in read("\n".join([opening, *lines] if opening else lines)).tasks
    ]


@pytest.mark.parametrize(
    ("leads", "asks"),
    [
        (
            "The Standing Deputy Secretary of the Party Committee attended and directed the conference.",
            "The Standing Deputy Secretary of the Party Committee directed the offices to publish the list of roads.",
        ),
        (
            "Đồng chí Phó Bí thư Thường trực Tỉnh ủy dự và chỉ đạo hội nghị.",
            "Đồng chí Phó Bí thư Thường trực Tỉnh ủy chỉ đạo Sở Xây dựng rà soát quy hoạch các tuyến đường.",
        ),
        (
            "وفي نهاية الاجتماع وجه المحافظ الشكر للعاملين بإدارة التخطيط.",
            "وفي نهاية الاجتماع وجه المحافظ رؤساء المدن بإعداد قائمة بالطرق المتضررة.",
        ),
        (
            "La tempête devrait toucher la côte dans la nuit du 29 septembre.",
            "La direction des routes devrait transmettre le plan des travaux avant le 29 septembre 2025.",
        ),
        (
            "उन्होंने चेतावनी दी कि किसी भी स्तर पर लापरवाही बर्दाश्त नहीं की जाएगी।",
            "उन्होंने निर्देश दिए कि लोक निर्माण विभाग सड़कों की मरम्मत पूरी करे।",
        ),
        (
            "کمشنر نے واضح کیا کہ معیار پر کوئی سمجھوتہ نہیں ہوگا۔",
            "کمشنر نے ہدایت کی کہ محکمہ صحت ہسپتالوں کا معائنہ کرے۔",
        ),
    ],
)
def test_leading_thanking_foretelling_and_warning_ask_for_nothing(leads, asks):
    assert tasks_of(leads) == []
    assert len(tasks_of(asks)) == 1


def test_a_forecast_is_no_duty_of_the_weather():
    told = "Selon la météo, la tempête devrait toucher la côte dans la nuit du 29 septembre."
    asked = "Selon le préfet, la direction des routes devrait publier le calendrier des travaux."
    assert tasks_of(told) == []
    assert [lead for _, lead in tasks_of(asked)] == ["direction des routes"]


def test_a_doer_behind_its_verb_is_the_lead():
    told = read("وفي الفترة القادمة، ستواصل إدارة التخطيط تنفيذ خطة التدريب في جميع البلديات.")
    assert [task.lead.text for task in told.tasks] == ["إدارة التخطيط"]
    bound = read("وشدد المحافظ على ضرورة التزام الشركات المنفذة بالجداول الزمنية المحددة.")
    assert [task.lead.text for task in bound.tasks] == ["الشركات المنفذة"]


def test_an_act_in_a_series_keeps_the_one_who_does_it():
    first = "1. Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính rà soát biên chế."
    second = "2. UBND các xã có rừng kiện toàn ban chỉ huy, phân công trực trong các đợt nắng nóng."
    text = f"Chủ tịch UBND tỉnh kết luận như sau:\n{first}\n{second}"
    assert [task.lead.text for task in read(text).tasks] == ["Sở Nội vụ", "UBND các xã có rừng"]


@pytest.mark.parametrize(
    ("text", "leads", "dues"),
    [
        (
            "Action | Who | By when\nObtain three quotes | Treasurer | 28 February 2025\nWrite to the school | Clerk |",
            ["Treasurer", "Clerk"],
            ["2025-02-28", None],
        ),
        (
            "Nội dung\tĐơn vị chủ trì\tThời hạn\nRà soát quy hoạch chợ\tSở Công Thương\t30/06/2026",
            ["Sở Công Thương"],
            ["2026-06-30"],
        ),
        (
            "Action | Responsable | Échéance\nPublier le calendrier | Direction des sports | 15 mai 2025",
            ["Direction des sports"],
            ["2025-05-15"],
        ),
        (
            "कार्य | विभाग | समय सीमा\nसड़क की मरम्मत | लोक निर्माण विभाग | 10 मार्च 2024",
            ["लोक निर्माण विभाग"],
            ["2024-03-10"],
        ),
        (
            "الإجراء | الجهة المسؤولة | الموعد\nرش المستنقعات | قسم البيئة | 30 أبريل 2024",
            ["قسم البيئة"],
            ["2024-04-30"],
        ),
        ("کام | محکمہ | آخری تاریخ\nنالوں کی صفائی | محکمہ بلدیات | 5 مارچ 2025", ["محکمہ بلدیات"], ["2025-03-05"]),
    ],
)
def test_a_table_is_read_by_its_headings(text, leads, dues):
    named = {"en": "The committee met.", "vi": "Hội nghị của tỉnh.", "fr": "Le comité s'est réuni dans la ville."}
    opening = next((named[code] for code in named if code == read(text).language), "")
    reading = read(f"{text}\n{opening}")
    rows = [task for task in reading.tasks if task.voice == "key task list"]
    assert [task.lead.text for task in rows] == leads
    assert [task.deadline.iso for task in rows] == dues
    for task in rows:
        assert reading.lines[task.span.line - 1][task.span.start : task.span.end] == task.span.text


def test_a_row_of_figures_is_no_table_of_tasks():
    text = "Ward | Roads repaired | Cost\nNorth | 12 | 4,100\nSouth | 7 | 2,900\nThe council thanked the engineers."
    assert read(text).tasks == ()


def outcomes(text):
    return [(m.span and m.span.line, m.decision and m.decision.line, m.outcome) for m in read(text).matters]


def test_what_residents_ask_is_a_request_and_each_is_answered():
    text = (
        "Response to the petition of the residents of Mill Lane\n"
        "The petitioners asked the Council to reopen the footpath in summer and to provide lighting at the bridge.\n"
        "The Cabinet Member for Environment agreed to reopen the footpath.\n"
        "The request for lighting was refused because of the cost."
    )
    assert read(text).tasks == ()
    assert outcomes(text) == [(2, 3, "approved"), (2, 4, "refused")]


def test_a_negated_approval_is_a_refusal():
    asked = "Ban Thường vụ Thành ủy thông qua đề án sắp xếp chợ."
    refused = "Ban Thường vụ Thành ủy chưa thông qua đề án sắp xếp chợ."
    assert [outcome for *_, outcome in outcomes(f"Hội nghị của tỉnh ngày 8/1/2026.\n{asked}")] == ["approved"]
    assert [outcome for *_, outcome in outcomes(f"Hội nghị của tỉnh ngày 8/1/2026.\n{refused}")] == ["refused"]


def test_voting_alone_decides_nothing():
    assert outcomes("परिषद के सदस्यों ने फाइलों पर चर्चा की और गुप्त मतदान किया।") == []


def test_conferred_and_proposed_awards_stand_side_by_side():
    text = "Xã tặng Giấy khen cho 6 tập thể, 18 cá nhân; đề nghị tỉnh tặng Bằng khen cho 1 tập thể và 2 cá nhân."
    found = [(a.collectives, a.individuals, a.status) for a in read(text).awards]
    assert found == [(6, 18, "conferred"), (1, 2, "proposed")]


def test_an_income_per_head_is_no_award():
    assert read("Năm 2025, xã có 3 sáng kiến được công nhận; thu nhập đạt 68 triệu đồng/người/năm.").awards == ()


def test_a_weekday_is_dated_by_the_date_of_the_page():
    page = "Updated Wed, 12 Nov 2025 11:52 PM IST"
    told = "कलेक्ट्रेट सभागार में मंगलवार को जिलाधिकारी की अध्यक्षता में समीक्षा बैठक हुई।"
    event = read(f"समीक्षा बैठक\n{page}\n{told}").event_date
    assert (event.iso, event.basis) == ("2025-11-11", "inferred")
    assert read(f"समीक्षा बैठक\n{told}").event_date.iso is None


def test_the_present_tense_of_a_plan_asks_and_that_of_a_report_does_not():
    plan = "Selon le plan, les localités enregistrent deux modèles et les envoient au Comité avant le 28 février 2025."
    assert [lead for _, lead in tasks_of(plan)] == ["localités"]
    assert tasks_of("Le rapport montre que les localités comptent 214 écoles et que le personnel est compétent.") == []


def test_every_two_weeks_is_no_term_of_two_weeks():
    for text in (
        "The Chair requested the departments to report to the office every two weeks.",
        "अध्यक्ष ने विभागों को निर्देश दिए कि वे हर दो सप्ताह में कार्यालय को रिपोर्ट करें।",
    ):
        assert [task.deadline.kind for task in read(text).tasks] == ["recurring_event"]


def gold():
    return {path.name: path.read_text("utf-8") for path in sorted(scoring.OWN_GOLD.glob("*.txt"))}


@pytest.mark.parametrize("code", packs.codes())
def test_a_text_cut_short_is_the_same_document_and_no_other(code):
    texts = {name: text for name, text in gold().items() if name.startswith(code)}
    pairs = []
    for name, text in texts.items():
        lines = text.split("\n")
        pairs += [(name, text), (f"{name} cut", "\n".join(lines[: max(4, len(lines) * 3 // 4)]))]
    for reading in read_many(pairs):
        other = reading.name.removesuffix(" cut") if reading.name.endswith(" cut") else f"{reading.name} cut"
        assert reading.same_as == (other,), reading.name

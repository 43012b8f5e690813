"""Rules of every language, on texts made for them: answers below a request, silence, headings that lead, months."""

import pytest

from prytany.intake.reading import read

BELOW = {
    "en": "Notes\n1. The tenants of Mill Lane requested a second bus stop.\nReply: The request is rejected.",
    "fr": "Notes\n1. Les riverains du canal ont demandé un second abribus.\nRéponse : cette demande est rejetée.",
    "hi": "विवरण\n1. मिल मार्ग के निवासियों ने दूसरे बस अड्डे की मांग की।\nउत्तर: यह मांग अस्वीकार की गई।",
    "ar": "ملاحظات\n1. طلبت جمعية سكان النهر محطة ثانية للحافلات.\nالجواب: رفض الطلب.",
    "ur": "روداد\n1۔ مل روڈ کے رہائشیوں نے دوسرے بس اسٹاپ کا مطالبہ کیا۔\nجواب: یہ مطالبہ مسترد کیا گیا۔",
    "vi": "Ghi chép\n1. Cử tri thôn Đông kiến nghị mở thêm một bến xe buýt.\nTrả lời: UBND xã không chấp thuận.",
}
SILENT = {
    "en": "Notes\nThe Rowing Club asked for a new jetty. No decision has been taken.",
    "fr": "Notes\nLe club d'aviron a enfin demandé un nouveau ponton. Aucune réponse n'a été donnée.",
    "hi": "विवरण\nनौका क्लब ने नए घाट की मांग की। अभी तक कोई निर्णय नहीं हुआ।",
    "ar": "ملاحظات\nطلب نادي التجديف رصيفاً جديداً. ولم يصدر قرار بعد.",
    "ur": "روداد\nکشتی رانی کلب نے نئے گھاٹ کا مطالبہ کیا۔ ابھی تک کوئی فیصلہ نہیں ہوا۔",
    "vi": "Ghi chép\nCử tri thôn Đoài kiến nghị làm bến thuyền mới. Kiến nghị này chưa được trả lời.",
}
HEADED = {
    "en": (
        "Plan\nThe Harbour Office set two key tasks:\n1. Dredge the inner basin.\n2. Paint the crane.",
        "harbour office",
    ),
    "fr": (
        "Plan\nLe Bureau du port a identifié deux tâches clés :\n1. Draguer le bassin.\n2. Repeindre la grue.",
        "bureau du port",
    ),
    "hi": (
        "योजना\nबंदरगाह कार्यालय ने दो प्रमुख कार्य तय किए:\n1. भीतरी बेसिन की सफाई करना।\n2. क्रेन की रंगाई करना।",
        "बंदरगाह कार्यालय",
    ),
    "ar": (
        "خطة\nحددت إدارة الميناء المهام الرئيسية التالية:\n1- تنظيف الحوض الداخلي.\n2- تنفيذ صيانة الرافعة.",
        "إدارة الميناء",
    ),
    "ur": (
        "منصوبہ\nبندرگاہ دفتر نے دو اہم کام طے کیے:\n(الف) اندرونی حوض صاف کیا جائے۔\n(ب) کرین کی مرمت کی جائے۔",
        "بندرگاہ دفتر",
    ),
    "vi": (
        "Kế hoạch\nBan Quản lý cảng xác định 2 nhiệm vụ trọng tâm:\n1. Nạo vét luồng cảng.\n2. Sơn lại cần cẩu.",
        "ban quản lý cảng",
    ),
}
MONTHS = {
    "en": "Notes\nThe Clerk must inspect the halls in the period April to June 2026.",
    "fr": "Notes\nLe secrétariat doit contrôler les salles d'avril à juin 2026.",
    "hi": "विवरण\nकार्यालय को अप्रैल से जून 2026 की अवधि में भवनों का निरीक्षण करना होगा।",
    "ur": "روداد\nدفتر اپریل تا جون 2026 کی مدت میں عمارتوں کا معائنہ کرے۔",
}


@pytest.mark.parametrize("code", BELOW)
def test_an_answer_on_the_line_below_is_that_of_the_request(code):
    reading = read(BELOW[code], language=code)
    told = [(m.span.line, m.outcome, m.decision and m.decision.line) for m in reading.matters]
    assert told == [(2, "refused", 3)]
    assert reading.tasks == ()


@pytest.mark.parametrize("code", SILENT)
def test_a_request_said_to_be_unanswered_is_open(code):
    assert [(m.span.line, m.outcome) for m in read(SILENT[code], language=code).matters] == [(2, "open")]


@pytest.mark.parametrize("code", HEADED)
def test_the_subject_of_a_heading_leads_what_stands_below(code):
    text, lead = HEADED[code]
    found = [(t.span.line, t.lead and t.lead.text.lower()) for t in read(text, language=code).tasks]
    assert [line for line, _ in found] == [3, 4]
    assert all(name and lead in name for _, name in found), found


@pytest.mark.parametrize("code", MONTHS)
def test_from_a_month_to_a_month_is_one_period(code):
    (task,) = read(MONTHS[code], language=code).tasks
    assert (task.deadline.kind, task.deadline.iso, task.deadline.iso_end) == ("period", "2026-04-01", "2026-06-30")


def test_part_granted_and_part_not_is_partly_approved():
    text = "Notes\nThe Rowing Club asked for a jetty and a crane. The jetty was approved; the crane was not."
    assert [m.outcome for m in read(text, language="en").matters] == ["partly approved"]


def test_a_row_of_a_table_that_is_settled_is_no_task_and_an_unknown_owner_none():
    text = (
        "Action log\nAction\tOwner\tDue\tStatus\nRepair the jetty fence\ttbc\tasap\tOpen\n"
        "Paint the old crane\tPort Office\t2 May\tClosed"
    )
    (task,) = read(text, language="en").tasks
    assert (task.content, task.lead, task.deadline.kind) == ("Repair the jetty fence", None, "asap")

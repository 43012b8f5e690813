"""Requests and what became of them, told in one sentence, in the next, or in a table."""

import pytest

from prytany.intake.reading import read

HEADS = {
    "en": "Minutes of the Parks Committee of Halden, 4 March 2026\nThe Committee met in the hall with six members.\n",
    "fr": "Compte rendu du conseil de quartier du 12 mai 2026\nLe conseil s'est réuni à la mairie avec dix membres.\n",
    "hi": "नगर परिषद की बैठक 3 जून 2026 को हुई।\nबैठक में बारह सदस्य उपस्थित थे।\n",
    "ur": "ضلعی صحت کمیٹی کا اجلاس 5 مئی 2026 کو ہوا۔\nاجلاس میں دس ارکان شریک ہوئے۔\n",
    "ar": "محضر اجتماع مجلس الحي بتاريخ 7 مايو 2026\nحضر الاجتماع عشرة أعضاء.\n",
    "vi": "Biên bản họp UBND xã ngày 10/6/2026\nDự họp có mười đại biểu của các thôn.\n",
}
TOLD = [
    ("en", "The Friends of Elm Park requested a new slide. It was agreed to provide one in 2027.", "approved"),
    ("en", "A member suggested closing the pond; this was not supported.", "refused"),
    ("en", "The band asked for £900 for drums. Members agreed to give £400.", "partly approved"),
    ("en", "The holders asked whether water could be laid on; this was referred to the Finance Committee.", "assigned"),
    ("fr", "L'association a sollicité 3 000 euros d'aide ; le conseil a accordé 1 500 euros.", "partly approved"),
    ("fr", "Les riverains ont demandé un ralentisseur. La demande est rejetée.", "refused"),
    ("hi", "व्यापार मंडल ने पार्किंग शुल्क घटाने की मांग की। परिषद ने मांग अस्वीकार कर दी।", "refused"),
    ("hi", "वार्ड 5 के निवासियों ने नाली निर्माण का अनुरोध किया, जिसे स्वीकृत किया गया।", "approved"),
    ("ur", "نرسوں کی یونین نے ہاسٹل کی مرمت کا مطالبہ کیا جسے آئندہ اجلاس تک مؤخر کر دیا گیا۔", "deferred"),
    ("ar", "طلب سكان شارع النخيل إنارة الشارع. وافق المجلس على الطلب.", "approved"),
    ("ar", "اقترحت جمعية الآباء فتح الملعب مساءً، وتقرر إحالة المقترح إلى اللجنة الثقافية.", "assigned"),
    ("vi", "Các hộ kinh doanh kiến nghị giảm phí chỗ ngồi: không chấp thuận vì phí do HĐND quy định.", "refused"),
    ("vi", "Hội Nông dân xã đề xuất cấp 20 triệu đồng; Chủ tịch đồng ý hỗ trợ 10 triệu đồng.", "partly approved"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "line", "outcome"), TOLD, ids=[f"{code}-{outcome}" for code, _, outcome in TOLD])
def test_a_request_is_told_with_its_answer(code, line, outcome):
    reading = read(HEADS[code] + line)
    assert reading.language == code
    (matter,) = reading.matters
    assert (matter.outcome, matter.span.line, matter.decision.line) == (outcome, 3, 3)
    assert line.startswith(matter.text.strip())
    assert matter.decision.text in line
    assert matter.decision.text not in matter.text
    assert reading.tasks == ()


ASKED = {
    "en": "The Committee asked the Clerk to write to the contractor by 20 March 2026.",
    "fr": "Le maire a demandé aux services techniques de nettoyer le canal avant le 20 juin 2026.",
    "hi": "अध्यक्ष ने स्वच्छता निरीक्षक को 15 जून 2026 तक सभी नालियों की सफाई कराने का निर्देश दिया।",
    "ur": "ڈپٹی کمشنر نے محکمہ صحت کو ہدایت کی کہ ویکسین کی فہرست 20 مئی 2026 تک جمع کرائے۔",
    "ar": "وطلب الرئيس من القسم الفني إعداد كشف بالأعطال قبل 20 مايو 2026.",
    "vi": "Chủ tịch yêu cầu Công an xã tăng cường tuần tra trước ngày 20/6/2026.",
}


@pytest.mark.parametrize("code", ASKED)
def test_who_presides_asks_for_a_task(code):
    reading = read(HEADS[code] + ASKED[code])
    assert (len(reading.tasks), reading.matters) == (1, ())


def test_who_is_asked_in_the_passive_has_a_task():
    reading = read(HEADS["en"] + "The Parks Manager is asked to report on drainage. The report was approved in draft.")
    assert [task.lead.text for task in reading.tasks] == ["Parks Manager"]


def test_rows_of_a_table_are_requests_with_their_answers():
    rows = "Ward | Request | Decision\nNorth | a new well | approved\nSouth | a road | turned down\nEast | a school | -"
    reading = read(HEADS["en"] + rows)
    assert [(m.by, m.text, m.outcome) for m in reading.matters] == [
        ("North", "a new well", "approved"), ("South", "a road", "refused"), ("East", "a school", "open"),
    ]  # fmt: skip
    assert reading.tasks == ()

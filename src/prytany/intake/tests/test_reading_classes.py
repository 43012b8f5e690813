"""Rules that hold in every language, on texts made for them: labelled requests, several awards, rhythms, patients."""

import pytest

from prytany.intake.reading import read

LABELLED = {
    "en": ("Notes\nQuestion 1: Repair the bridge. Reply: Agreed.\nQuestion 2: Ban lorries. Reply: It is rejected."),
    "fr": (
        "Notes\nQuestion 1 : réparer la passerelle. Suite donnée : accordé.\nQuestion 2 : interdire. Réponse : refusé."
    ),
    "hi": ("विवरण\nप्रश्न 1: पुलिया की मरम्मत हो। उत्तर: स्वीकृत।\nप्रश्न 2: ट्रकों पर रोक लगे। उत्तर: अस्वीकार।"),
    "ar": ("ملاحظات\nالسؤال 1: إصلاح جسر المشاة. الجواب: تمت الموافقة.\nالسؤال 2: منع الشاحنات. الجواب: رفض الطلب."),
    "ur": "روداد\nسوال 1: پل کی مرمت کی جائے۔ جواب: منظور۔\nسوال 2: ٹرکوں پر پابندی لگائی جائے۔ جواب: مسترد۔",
    "vi": (
        "Ghi chép\nCâu hỏi 1: Sửa cầu đi bộ ở thôn 3. Trả lời: Đồng "
        "ý.\nCâu hỏi 2: Cấm xe tải. Trả lời: Không chấp thuận."
    ),
}
AWARDED = {
    "en": (
        "News\nThe Mayor presented certificates to two schools and three "
        "nurses; four pupils were nominated for a medal."
    ),
    "fr": (
        "Actualité\nLe maire a remis un diplôme à deux écoles et trois "
        "pompiers ; quatre élèves ont été proposés pour la médaille."
    ),
    "ar": "خبر\nسلم العمدة شهادات تقدير إلى مدرستين وثلاثة ممرضين، ورشح أربعة طلاب لنيل الوسام الوطني.",
    "ur": ("خبر\nمیئر نے دو سکولوں اور تین نرسوں کو تعریفی اسناد دیں جبکہ چار طلبہ کو قومی تمغے کے لیے نامزد کیا گیا۔"),
    "vi": (
        "Tin\nChủ tịch xã tặng Giấy khen cho 2 trường và 3 y tá; đề nghị Chủ tịch huyện tặng Giấy khen cho 4 học sinh."
    ),
}


@pytest.mark.parametrize("code", LABELLED)
def test_a_labelled_request_is_answered_by_the_labelled_answer(code):
    reading = read(LABELLED[code], language=code)
    assert [(m.span.line, m.outcome) for m in reading.matters] == [(2, "approved"), (3, "refused")]
    assert reading.tasks == ()


@pytest.mark.parametrize("code", AWARDED)
def test_each_award_of_a_sentence_has_its_own_counts_and_status(code):
    found = [(a.collectives, a.individuals, a.status) for a in read(AWARDED[code], language=code).awards]
    assert found == [(2, 3, "conferred"), (None, 4, "proposed")]


def test_a_rhythm_wins_over_the_event_it_goes_by():
    (task,) = read("Notes\nThe Clerk must inspect the hall before each election.", language="en").tasks
    assert task.deadline.kind == "recurring_event"


def test_those_to_whom_it_is_done_do_not_lead():
    text = "Notes\nThe Clerk must publish the list. Staff of the depot are to be trained in first aid."
    assert [t.lead and t.lead.text for t in read(text, language="en").tasks] == ["Clerk", None]

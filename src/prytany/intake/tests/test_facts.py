"""Language, event date, body, awards, totals, same document: what is offered about a whole text."""

import pytest

from prytany.intake.reading import packs, read, read_many
from prytany.intake.reading.detect import language_of
from prytany.intake.reading.pack import Pack

SENTENCES = {
    "en": "The meeting reviewed the progress of the works and the money that was spent on them.",
    "fr": "La réunion a examiné l'avancement des travaux et les sommes qui y ont été consacrées.",
    "vi": "Cuộc họp đã xem xét tiến độ các công trình và số kinh phí đã chi.",
    "hi": "बैठक में कार्यों की प्रगति और उन पर खर्च की गई राशि की समीक्षा की गई।",
    "ar": "استعرض الاجتماع تقدم الأعمال والمبالغ التي أنفقت عليها.",
    "ur": "اجلاس میں کاموں کی پیش رفت اور ان پر خرچ ہونے والی رقم کا جائزہ لیا گیا۔",
}


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_single_sentence_tells_its_language(code):
    assert language_of(SENTENCES[code]) == code


@pytest.mark.parametrize("text", ["Das Amt hat die Liste geprüft.", "Комитет рассмотрел отчёт.", "会议", "", "42"])
def test_a_language_without_a_pack_is_not_forced(text):
    assert language_of(text) is None


def test_arabic_and_urdu_are_told_apart_without_their_own_letters():
    assert language_of("قال المدير إن العمل مستمر في جميع المدارس") == "ar"
    assert language_of("اس کے بعد کام کی نگرانی کی جائے گی") == "ur"


def test_a_date_without_a_year_stays_without_one():
    date = read(
        "Sáng 27/2, Văn phòng Tỉnh ủy tổ chức hội nghị triển khai nhiệm vụ công tác.\nHội nghị kết thúc."
    ).event_date
    assert (date.iso, date.precision, date.basis) == ("--02-27", "day", "stated")


@pytest.mark.parametrize(
    ("text", "collectives", "individuals"),
    [
        ("The Council awarded certificates of merit to twelve collectives and 7 individuals.", 12, 7),
        ("Le comité a décerné des certificats de mérite à quarante-huit collectifs et trois personnes.", 48, 3),
        ("Hội đồng đã tặng Bằng khen cho 12 tập thể và ba cá nhân.", 12, 3),
        ("The Council awarded certificates of merit to many collectives and individuals.", None, None),
    ],
)
def test_numbers_of_awards_in_words_and_digits(text, collectives, individuals):
    awards = read(text).awards
    assert [(a.collectives, a.individuals, a.status) for a in awards] == [(collectives, individuals, "conferred")]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (
            "The Secretary named these three key tasks:\n1. Review the asset register.\n2. Train the staff.",
            3,
        ),
        ("Hội nghị đề ra 4 nhiệm vụ trọng tâm:\n- Rà soát hồ sơ tài liệu.\n- Nâng cao chất lượng tham mưu.", 4),
        ("Le secrétaire a fixé trois tâches essentielles :\n- Améliorer la gestion.\n- Renforcer le contrôle.", 3),
    ],
)
def test_a_stated_total_is_held_against_what_is_found(text, number):
    totals = read(text).totals
    assert [(t.number, t.entered) for t in totals] == [(number, 2)]


def test_same_document_needs_more_than_the_same_subject():
    first = "On 3 March 2026 the District Council met. It asked the Roads Office to repair 14 km of road by 30/6/2026."
    second = "On 9 April 2026 the District Council met. It asked the Health Office to open 3 clinics by 31/8/2026."
    assert [r.same_as for r in read_many([("a", first), ("b", second), ("c", first)])] == [("c",), (), ("a",)]


def test_each_pack_is_one_folder_and_names_its_language():
    names = {code: packs.load(code).name for code in packs.codes()}
    assert names == {
        "ar": "العربية",
        "en": "English",
        "fr": "Français",
        "hi": "हिन्दी",
        "ur": "اردو",
        "vi": "Tiếng Việt",
    }


def test_a_pack_with_an_unknown_tag_is_refused():
    with pytest.raises(ValueError, match="no such tags"):
        Pack(code="xx", name="X", script="latin", verb="first", head="last", words={"drect": "asked"}, common="",
             letters="", months={}, numbers={})  # fmt: skip


def test_page_furniture_is_set_apart_with_its_reason():
    text = (
        "Council approves the budget\n"
        "Share | Tweet | Print\n"
        "The Council met on 3 March 2026 and asked the Clerk to publish the budget by 31 March 2026.\n"
        "Photo: the hall before the meeting\n"
        "Comments (12)\n"
        "Source: https://example.org/news/1\n"
    )
    apart = {s.span.line: s.furniture for s in read(text).sentences if s.furniture}
    assert apart == {2: "share", 4: "caption", 5: "comments", 6: "source"}


def test_results_praise_and_limits_are_no_tasks():
    text = (
        "The Chair praised the staff for completing the archive before the deadline.\n"
        "Last year the Department repaired 40 schools and trained 300 teachers.\n"
        "However, the registration of land remains slow and records have not been updated.\n"
        "She asked the Land Office to complete the registration before 30 June 2026."
    )
    reading = read(text)
    assert [task.span.line for task in reading.tasks] == [4]
    task = reading.tasks[0]
    assert (task.lead.text, task.lead.basis, task.voice) == ("Land Office", "stated", "conclusion")
    assert [span.text for span in task.because] == ["asked"]

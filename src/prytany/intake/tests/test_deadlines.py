"""Deadlines of the closed list, in the grammar and the digits of each language; no year is guessed silently."""

import pytest

from prytany.intake.reading import read

ASKED = {
    "en": "The Committee asked the Finance Department to submit the report {}.",
    "fr": "Le comité a demandé à la direction des finances de transmettre le rapport {}.",
    "vi": "Hội nghị yêu cầu Sở Tài chính nộp báo cáo {}.",
    "ar": "طلبت اللجنة من إدارة المالية تقديم التقرير {}.",
    "hi": "समिति ने वित्त विभाग को {} रिपोर्ट प्रस्तुत करने का निर्देश दिया।",
    "ur": "کمیٹی نے محکمہ خزانہ کو {} رپورٹ پیش کرنے کی ہدایت کی۔",
}

CASES = [
    ("en", "before 15 March 2026", "before", "2026-03-15", None),
    ("en", "by 15/03/2026", "on_or_before", "2026-03-15", None),
    ("en", "no later than 31 December 2026", "on_or_before", "2026-12-31", None),
    ("en", "in the fourth quarter of 2026", "period", "2026-10-01", "2026-12-31"),
    ("en", "in 2027", "year", "2027", None),
    ("en", "starting from 1 January 2027", "start", "2027-01-01", None),
    ("en", "within 15 days", "relative_duration", None, None),
    ("en", "as soon as possible", "asap", None, None),
    ("fr", "avant le 15 mars 2026", "before", "2026-03-15", None),
    ("fr", "au plus tard le 30 juin 2026", "on_or_before", "2026-06-30", None),
    ("fr", "au deuxième trimestre 2026", "period", "2026-04-01", "2026-06-30"),
    ("fr", "dans un délai de quinze jours", "relative_duration", None, None),
    ("fr", "dans les meilleurs délais", "asap", None, None),
    ("vi", "trước ngày 15/3/2026", "before", "2026-03-15", None),
    ("vi", "chậm nhất ngày 30 tháng 6 năm 2026", "on_or_before", "2026-06-30", None),
    ("vi", "trong quý IV năm 2026", "period", "2026-10-01", "2026-12-31"),
    ("vi", "trong năm 2027", "year", "2027", None),
    ("vi", "trong thời hạn 15 ngày", "relative_duration", None, None),
    ("ar", "قبل 15 مارس 2026", "before", "2026-03-15", None),
    ("ar", "قبل ١٥ مارس ٢٠٢٦", "before", "2026-03-15", None),
    ("ar", "في موعد أقصاه 30 يونيو 2026", "on_or_before", "2026-06-30", None),
    ("ar", "خلال خمسة عشر يوماً", "relative_duration", None, None),
    ("ar", "في أقرب وقت ممكن", "asap", None, None),
    ("hi", "15 मार्च 2026 से पहले", "before", "2026-03-15", None),
    ("hi", "१५ मार्च २०२६ से पहले", "before", "2026-03-15", None),
    ("hi", "30 जून 2026 तक", "on_or_before", "2026-06-30", None),
    ("hi", "15 दिनों के भीतर", "relative_duration", None, None),
    ("hi", "जल्द से जल्द", "asap", None, None),
    ("ur", "15 مارچ 2026 سے پہلے", "before", "2026-03-15", None),
    ("ur", "۱۵ مارچ ۲۰۲۶ سے پہلے", "before", "2026-03-15", None),
    ("ur", "30 جون 2026 تک", "on_or_before", "2026-06-30", None),
    ("ur", "15 دنوں کے اندر", "relative_duration", None, None),
    ("ur", "جلد از جلد", "asap", None, None),
]


def deadline(code, words):
    reading = read(ASKED[code].format(words), language=code)
    assert len(reading.tasks) == 1, reading.tasks
    return reading.tasks[0].deadline


@pytest.mark.parametrize(("code", "words", "kind", "iso", "iso_end"), CASES, ids=[f"{c[0]}-{c[1]}" for c in CASES])
def test_a_deadline_is_read(code, words, kind, iso, iso_end):
    found = deadline(code, words)
    assert (found.kind, found.iso, found.iso_end, found.inferred) == (kind, iso, iso_end, False)
    assert found.text
    assert found.span.text == found.text


@pytest.mark.parametrize(
    ("code", "words", "duration"),
    [("en", "within 15 days", "P15D"), ("fr", "dans un délai de deux mois", "P2M"), ("vi", "trong vòng 3 tháng", "P3M"),
     ("ar", "خلال أسبوعين", "P2W"), ("hi", "दो सप्ताह के भीतर", "P2W"), ("ur", "ایک ماہ کے اندر", "P1M")],
)  # fmt: skip
def test_durations_are_told(code, words, duration):
    assert deadline(code, words).duration == duration


@pytest.mark.parametrize(
    ("code", "words"),
    [("en", "before 15 March"), ("fr", "avant le 15 mars"), ("vi", "trước ngày 15/3"), ("hi", "15 मार्च से पहले"),
     ("ur", "15 مارچ سے پہلے"), ("ar", "قبل 15 مارس")],
)  # fmt: skip
def test_no_year_is_guessed(code, words):
    found = deadline(code, words)
    assert (found.kind, found.iso) == ("before", "--03-15")


@pytest.mark.parametrize("code", sorted(ASKED))
def test_a_task_without_a_deadline_has_none(code):
    found = deadline(code, "")
    assert (found.kind, found.iso, found.text) == ("none", None, None)


@pytest.mark.parametrize("words", ["before 31/02/2026", "before 45 March 2026", "by 00/00/2026"])
def test_an_impossible_date_is_no_date(words):
    found = deadline("en", words)
    assert found.iso is None or found.kind == "year", found

"""Whatever text comes: no crash, no lost offset, the same answer every time."""

import subprocess
import sys
import time
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prytany.intake import scoring
from prytany.intake.reading import packs, read, read_many
from prytany.intake.reading.report import as_json, as_table
from prytany.intake.reading.shadow import fold_line

TEXTS = sorted(scoring.OWN_GOLD.glob("*.txt"))
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u061c\u2066\u2069"


def spans_of(reading):
    for sentence in reading.sentences:
        yield sentence.span
    for task in reading.tasks:
        yield from (task.span, *task.because)
        yield from (actor.span for actor in (task.lead, *task.cooperating) if actor and actor.span)
        if task.deadline.span:
            yield task.deadline.span
    for award in reading.awards:
        yield from (award.span, *award.because)
    for matter in reading.matters:
        yield from (span for span in (matter.span, matter.decision, *matter.because) if span)
    for total in reading.totals:
        yield total.span
    for fact in (reading.kind, reading.body, reading.event_date):
        yield from fact.because
    if reading.page:
        page = reading.page
        facts = (page.issuer, page.symbol, page.kind, page.summary, page.signer_title, page.date, *page.recipients)
        yield from (span for fact in facts if fact for span in fact.because)


def holds_together(reading):
    """Every span is the text it names; sentences do not overlap."""
    for span in spans_of(reading):
        line = reading.lines[span.line - 1]
        assert 0 <= span.start <= span.end <= len(line), span
        assert line[span.start : span.end] == span.text, span
    for before, after in zip(reading.sentences, reading.sentences[1:], strict=False):
        assert (before.span.line, before.span.end) <= (after.span.line, after.span.start) or (
            before.span.line < after.span.line
        ), (before, after)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_offsets_slice_back(path):
    reading = read(path.read_text("utf-8"), name=path.name)
    assert reading.tasks or reading.awards or reading.matters
    holds_together(reading)


WORDS = [
    word for code in packs.codes() for tag in ("direct", "must", "act", "unit", "award", "approve", "act_end", "will")
    for word in packs.load(code).words.get(tag, "").replace("\n", " ").split(",")[:40]
]  # fmt: skip
SIGNS = [*"۱۲۳४५٦7.।۔؛;:,\n%()«\u200f\u0301", "- ", "1.", "30/11/2025", "31/02/2024", "Q4", "2026"]
PIECES = st.sampled_from([*(word.strip() for word in WORDS if word.strip()), *SIGNS])


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_read(text):
    holds_together(read(text))


@given(st.lists(PIECES, max_size=80).map(" ".join))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_mixture_of_telling_words_is_read(text):
    reading = read(text)
    holds_together(reading)
    as_json(reading)
    assert as_table(reading)


@given(st.sampled_from(TEXTS), st.integers(0, 10_000), st.sampled_from(INVISIBLE))
@settings(max_examples=20, deadline=None)
def test_invisible_characters_change_nothing_but_offsets(path, seed, sign):
    text = path.read_text("utf-8")
    places = range(seed % 37, len(text), 41)
    dirty = "".join(sign + c if i in places and c.isalpha() else c for i, c in enumerate(text))
    clean, read_dirty = read(text), read(dirty)
    holds_together(read_dirty)
    assert read_dirty.language == clean.language
    assert len(read_dirty.tasks) == len(clean.tasks)


def test_the_answer_is_the_same_every_time():
    texts = [(path.name, path.read_text("utf-8")) for path in TEXTS]
    assert read_many(texts) == read_many(texts)


def test_carriage_returns_and_a_byte_order_mark_are_dropped():
    text = (scoring.OWN_GOLD / "en-parish-minutes.txt").read_text("utf-8")
    assert as_json(read("\ufeff" + text.replace("\n", "\r\n"))) == as_json(read(text))


def test_a_text_without_a_task_yields_none():
    text = "The river is long. Last year the harvest was good and the people were glad.\nBirds sang in the trees."
    reading = read(text)
    assert (reading.language, reading.tasks, reading.awards, reading.matters) == ("en", (), (), ())
    assert [s.span.text for s in reading.sentences] == [
        "The river is long.",
        "Last year the harvest was good and the people were glad.",
        "Birds sang in the trees.",
    ]


@pytest.mark.parametrize("text", ["", "   \n\n", "12345 !!! ---", "....", "\u200f\u200f"])
def test_a_text_without_words(text):
    reading = read(text)
    assert (reading.language, reading.tasks, reading.pack) == (None, (), False)


@pytest.mark.parametrize(
    "text",
    [
        "Совет поручил комитету представить отчёт до 15 декабря. Заседание закрыто.",
        "市政府会议决定加强管理。请各单位落实。",
        "Το συμβούλιο αποφάσισε. Η επιτροπή θα υποβάλει έκθεση.",
    ],
)
def test_a_language_without_a_pack_is_still_split(text):
    reading = read(text)
    assert (reading.pack, reading.tasks, reading.awards, reading.matters, reading.page) == (False, (), (), (), None)
    assert (reading.kind.value, reading.body.value, reading.event_date.iso) == (None, None, None)
    assert len(reading.sentences) == 2
    assert "no language pack: nothing proposed" in as_table(reading)
    holds_together(reading)


def test_furniture_is_set_apart_in_a_language_without_a_pack():
    text = "Совет поручил комитету представить отчёт.\nhttps://example.org/news/1\nShare\n\nЗаседание закрыто."
    reading = read(text)
    assert [(s.span.line, s.furniture) for s in reading.sentences] == [(1, ""), (2, "source"), (3, "share"), (5, "")]


def test_a_language_may_be_named_for_a_text_without_a_pack():
    assert read("Совет поручил комитету представить отчёт.", language="ru").language == "ru"


def test_each_language_of_a_mixed_text_is_read():
    english = "The Committee asked the Finance Department to submit a report on arrears before 15 March 2026."
    second = "The Chair requested the Clerk to circulate the list of members to all the wards by 15 March 2026."
    french = "Le comité a demandé à la direction des finances de transmettre un rapport avant le 15 mars 2026."
    hindi = "समिति ने वित्त विभाग को 15 मार्च 2026 से पहले बकाया पर रिपोर्ट प्रस्तुत करने का निर्देश दिया।"
    reading = read(f"{english}\n{second}\n{french}\n{hindi}")
    assert reading.language == "en"
    assert set(reading.languages) == {"en", "fr", "hi"}
    assert [task.span.line for task in reading.tasks] == [1, 2, 3, 4]
    assert {task.deadline.iso for task in reading.tasks} == {"2026-03-15"}


def test_each_sentence_of_a_mixed_line_is_read():
    english = "The Committee asked the Finance Department to submit a report on arrears before 15 March 2026."
    second = "The Chair requested the Clerk to circulate the list of members to all the wards by 15 March 2026."
    french = "Le comité a demandé à la direction des finances de transmettre un rapport avant le 15 mars 2026."
    hindi = "समिति ने वित्त विभाग को 15 मार्च 2026 से पहले बकाया पर रिपोर्ट प्रस्तुत करने का निर्देश दिया।"
    reading = read(f"{english} {french} {second} {hindi}")
    holds_together(reading)
    assert reading.language == "en"
    assert set(reading.languages) == {"en", "fr", "hi"}
    assert [(task.lead.text, task.deadline.iso) for task in reading.tasks] == [
        ("Finance Department", "2026-03-15"), ("direction des finances", "2026-03-15"),
        ("Clerk", "2026-03-15"), ("वित्त विभाग", "2026-03-15"),
    ]  # fmt: skip


def test_a_quotation_in_another_language_leaves_the_text_its_own():
    text = (scoring.OWN_GOLD / "en-parish-minutes.txt").read_text("utf-8")
    quoted = text + "\nLa devise de la commune est connue de tous les habitants de la région depuis longtemps."
    assert read(quoted).languages[0] == "en"
    assert [task.span for task in read(quoted).tasks] == [task.span for task in read(text).tasks]


@pytest.mark.parametrize("gap", ["\t", " | ", "     "])
def test_a_table_pasted_as_text(gap):
    rows = [
        ("Task", "Unit", "Due"),
        ("Repair the bridge", "Department of Transport", "30/06/2026"),
        ("Submit a report", "Office", "Q4/2026"),
    ]
    reading = read("Actions agreed at the meeting of 3 March 2026\n" + "\n".join(gap.join(row) for row in rows))
    holds_together(reading)
    assert [(t.span.text, t.lead.text, t.deadline.kind, t.deadline.iso) for t in reading.tasks] == [
        ("Repair the bridge", "Department of Transport", "on_or_before", "2026-06-30"),
        ("Submit a report", "Office", "period", "2026-10-01"),
    ]


def test_a_table_of_figures_holds_no_task():
    rows = ["Ward\tHouseholds\tConnected\tShare", "North\t1,204\t1,101\t91%", "South\t988\t702\t71%", "\t\t\t"]
    reading = read("Water supply by ward, report of the Clerk to the Council of Marlow\n" + "\n".join(rows))
    holds_together(reading)
    assert (reading.tasks, reading.awards, reading.matters) == ((), (), ())


def unlike(text, times):
    """The lines of a text many times over, each numbered, so that none repeats another."""
    return "\n".join(f"{line} ({time}.{place})" for time in range(times) for place, line in enumerate(text.split("\n")))


def test_two_megabytes_are_read_in_linear_time():
    text = (scoring.OWN_GOLD / "vi-working-session.txt").read_text("utf-8")
    few = unlike(text, 40)
    many = unlike(text, 2_000_000 // len(text.encode()) + 1)
    assert len(many.encode()) > 2_000_000
    read(few)
    start = time.process_time()
    read(few)
    short = time.process_time() - start
    start = time.process_time()
    reading = read(many)
    # Linear growth with room to spare for a busy machine, far below a quadratic one.
    assert time.process_time() - start < 3 * short * len(many) / len(few) + 0.5
    assert len(reading.tasks) > 2000


def test_two_megabytes_in_one_line_are_read_in_linear_time():
    text = (scoring.OWN_GOLD / "en-district-review.txt").read_text("utf-8").replace("\n", " ")
    few, many = (" ".join(f"{text} ({number})" for number in range(times)) for times in (40, 1500))
    assert len(many) > 1_900_000
    read(few)
    start = time.process_time()
    read(few)
    short = time.process_time() - start
    start = time.process_time()
    holds_together(read(many))
    assert time.process_time() - start < 3 * short * len(many) / len(few) + 1


def test_two_megabytes_need_memory_in_proportion():
    text = (scoring.OWN_GOLD / "hi-district-review.txt").read_text("utf-8")
    many = unlike(text, 2_000_000 // len(text.encode()) + 1)
    tracemalloc.start()
    read(many)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 150 * len(many.encode()), most


@pytest.mark.parametrize("piece", ["(", "1.", "- ", "và ", "the ", "को ", "30/", "…", "a", "A. ", "\u0301", "/-"])
def test_long_runs_of_one_sign(piece):
    holds_together(read(piece * 4000))


def test_reading_loads_neither_django_nor_numpy():
    """The web process reads texts; a tool such as `py3langid` would bring 40 MiB of numpy with it."""
    code = (
        "import sys; from prytany.intake.reading import read; read('The Committee asked the Office to submit a plan.');"
        "print(sorted({'django', 'numpy', 'py3langid'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_folding_is_stable(text):
    assert fold_line(fold_line(text)) == fold_line(text)

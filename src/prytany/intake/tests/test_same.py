"""One document in two texts, and two documents that look alike."""

import json
import random
from itertools import combinations
from pathlib import Path

import pytest

from prytany.intake import scoring
from prytany.intake.reading import read, read_many
from prytany.intake.reading.same import SAME, likeness, print_of

ALIGNED = Path(__file__).parent / "aligned"
PAIRS = json.loads((ALIGNED / "pairs.json").read_text("utf-8"))
LONG = """The Audit Committee of Marlow District met on 14 May 2026 in the Old Hall with eleven members present.
The Treasurer reported that 412 of 530 invoices had been settled within 30 days and that arrears stood at £86,450.
Members noted that 27 schools had not returned their asset registers.
The internal auditor explained the sample of 64 contracts in some detail. Several members spoke about the bridge.
The Committee asked the Treasurer to settle the remaining 118 invoices before 30 June 2026.
The Education Office shall collect the registers of the 27 schools by 15 June 2026.
The next meeting will be held in July."""
SHORT = """Marlow auditors press for payment
Councillors on the district's audit panel heard on 14 May 2026 that £86,450 is owed, although 412 of 530 bills
were paid. The other 118 are to be cleared before 30 June 2026. Until 15 June 2026, 27 schools may answer."""


def same(*texts):
    """For each text the numbers of the others that are told to be the same document."""
    readings = read_many([(str(number), text) for number, text in enumerate(texts)])
    return [sorted(map(int, reading.same_as)) for reading in readings]


def aligned(name):
    entry = PAIRS[name]
    return [(ALIGNED / f"{name}.{entry[side]}.txt").read_text("utf-8") for side in ("first", "second")]


@pytest.mark.parametrize("name", PAIRS)
def test_a_translation_is_the_same_document(name):
    assert same(*aligned(name)) == [[1], [0]]


def test_documents_on_other_matters_are_told_apart_from_translations():
    texts = [text for name in PAIRS for text in aligned(name)]
    assert same(*texts) == [[1], [0], [3], [2], [5], [4]]


@pytest.mark.parametrize("seed", range(4))
def test_a_translation_with_its_sentences_in_another_order(seed):
    first, second = aligned("schools")
    lines = second.strip().split("\n")
    body = lines[1:]
    random.Random(seed).shuffle(body)
    assert same(first, "\n".join([lines[0], *body])) == [[1], [0]]


def test_one_meeting_in_a_long_and_a_short_report():
    assert same(LONG, SHORT) == [[1], [0]]


def test_the_same_body_and_wording_on_another_day_is_another_document():
    other = LONG.replace("14 May 2026", "11 June 2026")
    assert same(LONG, other) == [[], []]
    figures = {"412": "398", "530": "511", "86,450": "91,020", "64": "58", "118": "113", "27": "31"}
    for before, after in figures.items():
        other = other.replace(before, after)
    assert same(LONG, other) == [[], []]


def test_another_body_on_the_same_day_is_another_document():
    other = """The Audit Committee of Ashford District met on 14 May 2026 in the Town Hall with nine members present.
The Treasurer reported that 203 of 288 invoices had been settled within 30 days and that arrears stood at £41,900.
Members noted that 12 schools had not returned their asset registers.
The Committee asked the Treasurer to settle the remaining 85 invoices before 30 June 2026.
The Education Office shall collect the registers of the 12 schools by 15 June 2026.
The next meeting will be held in July."""
    assert same(LONG, other) == [[], []]


def test_two_sessions_of_one_council_told_by_one_paper_are_two():
    third = SHORT.replace("14 May 2026", "16 July 2026").replace("£86,450", "£12,300").replace("412", "501")
    assert same(LONG, SHORT, third) == [[1], [0], []]


@pytest.mark.parametrize("code", ["ar", "en", "fr", "hi", "ur", "vi"])
def test_no_two_texts_of_the_gold_are_one(code):
    """A hundred texts of offices, many of them of one mould: none of them is another."""
    paths = sorted(scoring.OWN_GOLD.glob(f"{code}-*.txt"))
    assert len(paths) >= 10
    assert same(*(path.read_text("utf-8") for path in paths)) == [[] for _ in paths]


def test_no_two_texts_in_two_languages_of_the_gold_are_one():
    gold = json.loads((scoring.OWN_GOLD / "gold.json").read_text("utf-8"))
    prints = {path.name: print_of(read(path.read_text("utf-8"))) for path in sorted(scoring.OWN_GOLD.glob("*.txt"))}
    alike = {(a, b) for a, b in combinations(prints, 2) if likeness(prints[a], prints[b]) >= SAME}
    assert alike == {pair for group in gold["same_documents"] for pair in combinations(sorted(group["files"]), 2)}


def test_likeness_does_not_depend_on_the_order():
    a, b = (print_of(read(text)) for text in (LONG, SHORT))
    assert likeness(a, b) == likeness(b, a)


def test_too_little_to_go_by_is_never_the_same():
    assert same("The Council met.", "Le conseil s'est réuni.", "परिषद की बैठक हुई।") == [[], [], []]

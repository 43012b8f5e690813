"""Sentences of two texts of one document, side by side."""

import json
import random
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prytany.intake import scoring
from prytany.intake.reading import read
from prytany.intake.reading.aligning import align

TEXTS = sorted(scoring.OWN_GOLD.glob("*.txt"))
# Texts of one document in two languages; a translation joins sentences, parts them, leaves one out, adds one. `pairs`
# gives the sentences (counted from 0, without furniture) that say the same, judged from the texts.
FOLDER = Path(__file__).parent / "aligned"


def aligned():
    for name, entry in json.loads((FOLDER / "pairs.json").read_text("utf-8")).items():
        first, second = (
            (entry[side], (FOLDER / f"{name}.{entry[side]}.txt").read_text("utf-8")) for side in ("first", "second")
        )
        yield name, (first, second, [(tuple(a), tuple(b)) for a, b in entry["pairs"]])


ALIGNED = dict(aligned())


def laid(a, b):
    """The pairs by the numbers of sentences without furniture."""
    numbers = []
    for reading in (a, b):
        kept = [place for place, sentence in enumerate(reading.sentences) if not sentence.furniture]
        numbers.append({place: number for number, place in enumerate(kept)})
    return [
        (tuple(numbers[0][place] for place in pair.a), tuple(numbers[1][place] for place in pair.b))
        for pair in align(a, b)
    ]


def holds_every_sentence_once(a, b):
    pairs = align(a, b)
    for reading, places in ((a, [p for pair in pairs for p in pair.a]), (b, [p for pair in pairs for p in pair.b])):
        assert places == [place for place, sentence in enumerate(reading.sentences) if not sentence.furniture]
    assert all(0 <= pair.strength <= 1 for pair in pairs)
    assert all(pair.strength == 0 for pair in pairs if not (pair.a and pair.b))
    assert all((len(pair.a), len(pair.b)) in {(1, 1), (1, 2), (2, 1), (1, 0), (0, 1)} for pair in pairs)


@pytest.mark.parametrize("name", ALIGNED)
def test_a_translation_that_joins_parts_and_leaves_out(name):
    (code, first), (other, second), expected = ALIGNED[name]
    a, b = read(first), read(second)
    assert (a.language, b.language) == (code, other)
    assert laid(a, b) == expected


@pytest.mark.parametrize("name", ALIGNED)
def test_the_other_way_round_is_the_same(name):
    (_, first), (_, second), expected = ALIGNED[name]
    assert laid(read(second), read(first)) == [(b, a) for a, b in expected]


def test_strength_tells_what_is_sure():
    (_, first), (_, second), _ = ALIGNED["schools"]
    strengths = {pair.a: pair.strength for pair in align(read(first), read(second)) if pair.a and pair.b}
    assert strengths[0,] > 0.9  # the date and the name of the place
    assert strengths[0,] > strengths[7,]


@pytest.mark.parametrize("path", TEXTS[::9], ids=lambda path: path.stem)
def test_a_text_lies_beside_itself(path):
    reading = read(path.read_text("utf-8"))
    holds_every_sentence_once(reading, reading)
    assert all(a == b for a, b in laid(reading, reading))


def joined(reading, place):
    """The reading with the sentence at `place` and the next one as one."""
    first, second = reading.sentences[place : place + 2]
    text = f"{first.span.text} {second.span.text}"
    whole = replace(first, span=replace(first.span, text=text, end=first.span.start + len(text)))
    return replace(reading, sentences=(*reading.sentences[:place], whole, *reading.sentences[place + 2 :]))


@given(st.sampled_from(sorted(ALIGNED)), st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_sentences_left_out_stand_alone_and_nothing_is_lost(name, seed):
    (_, first), (_, second), _ = ALIGNED[name]
    a, b = read(first), read(second)
    chance = random.Random(seed)
    a = replace(a, sentences=tuple(s for s in a.sentences if chance.random() > 0.3))
    b = joined(b, chance.randrange(len(b.sentences) - 1))
    holds_every_sentence_once(a, b)


def test_an_empty_text_and_one_without_a_pack():
    russian = read("Совет собрался 3 июня 2026 года. Было принято 900 решений.")
    (_, english), _, _ = ALIGNED["schools"]
    empty = read("")
    assert align(empty, empty) == []
    assert [pair.b for pair in align(russian, empty)] == [(), ()]
    holds_every_sentence_once(russian, read(english))


def test_a_long_document_takes_time_in_proportion():
    (_, first), (_, second), expected = ALIGNED["flood"]

    def many(text, times):
        return read(
            "\n".join(f"{line} ({n}.{place})" for n in range(times) for place, line in enumerate(text.split("\n")))
        )

    spent = []
    for times in (20, 160):
        a, b = many(first, times), many(second, times)
        start = time.process_time()
        align(a, b)
        spent.append(time.process_time() - start)
    assert spent[1] < 3 * 8 * spent[0] + 0.5, spent
    assert len(expected) == 9

"""Figures of language packs: what people kept of what was read, and how long it took."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from prytany.intake.fates import FIELDS, fates
from prytany.intake.figures import figures
from prytany.intake.models import ConfirmTime, Decision, Fate
from prytany.intake.tests.papers import UR, act, sentence, taken
from prytany.work.models import Task

WORDS = st.text(" ab", max_size=4)
CELLS = st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, WORDS))


@given(outcome=st.sampled_from(["taken", "skipped"]), proposed=CELLS, kept=CELLS)
def test_every_field_has_one_fate(outcome, proposed, kept):
    kept = kept if outcome == "taken" else {}
    for name, fate in fates(outcome, proposed, kept).items():
        read, written = proposed.get(name, "").split(), kept.get(name, "").split()
        if not read:
            assert fate == (Fate.ADDED if written else "")
        elif outcome == "skipped":
            assert fate == Fate.SKIPPED
        else:
            assert fate == (Fate.KEPT if read == written else Fate.CHANGED)


def rows(client, document):
    return client.get(reverse("intake:read", args=[document.uid])).context["rows"]


@pytest.fixture
def decided(world, client_of):
    """A paper of which the first row was taken, the second taken and changed, the third skipped, and one drawn."""
    client, document = client_of("specialist"), taken(world)
    one, two, three, *_more = rows(client, document)
    for row in (one, two):
        act(client, document, {"act": "take", "key": row.key, "start": row.start, "end": row.end}, spent=20)
    task = Task.objects.get(position=2)
    cells = two.cells | {}
    changed = {name: cell.text for name, cell in cells.items()} | {"lead": "Sở Nội vụ", "due": "", "coordinating": ""}
    act(client, document, {"act": "save", "uid": str(task.uid), "version": task.version, "cells": changed}, spent=50)
    act(client, document, {"act": "skip", "key": three.key, "start": three.start, "end": three.end}, spent=-9)
    start, end = sentence(document, "Hội nghị thống nhất")
    act(client, document, {"act": "take", "key": "x", "start": start, "end": end}, spent=999_999)
    client.post(reverse("intake:settle", args=[document.uid]), {"take": "language"})
    client.post(reverse("intake:settle", args=[document.uid]), {"leave": "kind"})
    return document


def test_figures_say_what_became_of_each_field(world, decided):
    (pack,) = figures(world.scope("specialist"), "all")
    counts = {line.field: [line.proposed, *[number for _fate, number in line.fates]] for line in pack.lines}
    assert (pack.language, pack.reader) == ("vi", "first")
    assert counts["content"] == [3, 2, 0, 1, 1]
    assert counts["lead"][:4] == [3, 1, 1, 1]
    assert counts["due"][:4] == [3, 1, 1, 1]
    assert counts["coordinating"][:3] == [2, 1, 1]
    assert counts["fact"] == [2, 1, 0, 1, 0]
    assert (pack.seconds, pack.papers) == (20 + 20 + 50 + 1800, 1)


def test_a_row_that_is_removed_counts_as_skipped_and_a_drawn_one_not_at_all(world, client_of, decided):
    client = client_of("specialist")
    for task in Task.objects.all():
        act(client, decided, {"act": "drop", "uid": str(task.uid)})
    (pack,) = figures(world.scope("specialist"), "all")
    assert [line.counts for line in pack.lines if line.field == "content"] == [{"skipped": 3}]
    assert not Decision.objects.filter(outcome="added").exists()


def test_nobody_stands_in_the_time(decided):
    assert {field.name for field in ConfirmTime._meta.get_fields()} == {
        "id", "document", "language", "seconds", "last_at",
    }  # fmt: skip


def test_the_page_costs_the_same_whatever_there_is(world, client_of, decided):
    client = client_of("specialist")
    client.get(reverse("intake:figures"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(reverse("intake:figures"))
    other, reader = taken(world, UR), client_of("deputy")
    for row in rows(reader, other)[:-1]:
        act(reader, other, {"act": "take", "key": row.key, "start": row.start, "end": row.end}, spent=3)
    with CaptureQueriesContext(connection) as many:
        page = client.get(reverse("intake:figures"))
    assert [pack.language for pack in page.context["packs"]] == ["vi", "ur"]
    assert len(few) == len(many) <= 12


def test_each_figure_opens_its_list_of_papers_in_sight(world, client_of, decided):
    client = client_of("specialist")
    page = client.get(reverse("intake:figures")).content.decode()
    address = "?period=90&amp;language=vi&amp;reader=first&amp;field=lead&amp;fate=changed"
    assert address in page
    listed = client.get(reverse("intake:figures_behind") + address.replace("&amp;", "&"))
    assert [(line["proposed"], line["kept"]) for line in listed.context["lines"]] == [("Sở Xây dựng", "Sở Nội vụ")]
    facts = client.get(reverse("intake:figures_behind") + "?language=vi&reader=first&field=fact")
    assert len(facts.context["lines"]) == 2
    Decision.objects.update(document=hidden_paper(world))
    assert figures(world.scope("specialist"), "all")[0].lines[0].proposed == 3
    listed = client.get(reverse("intake:figures_behind") + address.replace("&amp;", "&"))
    assert listed.context["lines"] == []


def hidden_paper(world):
    """A paper of the same office above the clearance of those who read texts."""
    document = taken(world, "Một văn bản khác. Có hai câu.")
    type(document).objects.filter(pk=document.pk).update(level=20)
    return document


def test_an_administrator_sees_figures_and_no_list(client_of, decided):
    client = client_of("admin")
    page = client.get(reverse("intake:figures"))
    assert page.status_code == 200
    assert "figures/list" not in page.content.decode()
    assert client.get(reverse("intake:figures_behind")).status_code == 403
    assert client_of("clerk").get(reverse("intake:figures")).status_code == 403


def test_senseless_addresses_show_something_sensible(client_of, decided):
    client = client_of("specialist")
    assert client.get(reverse("intake:figures") + "?period=x").context["period"] == "90"
    listed = client.get(reverse("intake:figures_behind") + "?field=document__level&fate=x&language=vi&reader=first")
    assert listed.context["lines"] == []


def test_figures_go_into_a_workbook(client_of, decided):
    response = client_of("specialist").get(reverse("intake:figures_export"))
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert lines[1][2:] == ["Content", 3, 2, 0, 1, 1]
    assert len(lines) == 6


def test_a_language_without_a_pack_is_counted_apart(world, client_of):
    text = "Совещание открылось утром, секретарь зачитал протокол. Затем все подписали журнал."
    client, document = client_of("specialist"), taken(world, text)
    start, end = text.index("Затем"), len(text)
    act(client, document, {"act": "take", "key": "x", "start": start, "end": end}, spent=5)
    (pack,) = figures(world.scope("specialist"), "all")
    assert (pack.language, pack.name, pack.seconds) == ("", "Languages without a pack", 5)

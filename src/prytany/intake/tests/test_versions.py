"""A further text of a paper: told to be like, joined by a person, shown side by side."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from prytany.documents.models import Document, DocumentText
from prytany.documents.services.texts import add_text
from prytany.intake.alike import papers_like
from prytany.intake.models import Decision
from prytany.intake.tests.papers import EN, UR, VI, act, taken

OTHER_DAY = VI.replace("16/11/2026", "17/08/2026")


@pytest.fixture
def reader(client_of):
    return client_of("specialist")


@pytest.fixture
def document(world):
    return taken(world)


def version(reader, document, text, **more):
    return reader.post(reverse("intake:version", args=[document.uid]), {"text": text, **more})


def test_a_text_in_another_language_is_told_to_be_the_same_and_nothing_is_done_yet(reader, document):
    page = version(reader, document, EN).content.decode()
    assert "These look like the same document." in page
    assert DocumentText.objects.count() == 1


def test_a_person_joins_it_and_both_stand_side_by_side(reader, document):
    version(reader, document, EN, join="1")
    assert [(row.language, row.is_current, row.document_id) for row in DocumentText.objects.order_by("pk")] == [
        ("vi", True, document.pk),
        ("en", True, document.pk),
    ]
    page = reader.get(reverse("intake:read", args=[document.uid]))
    beside = {
        row.shown.sentence.text[:8]: " ".join(row.beside.words)
        for row in page.context["sentences"]
        if row.shown and row.beside and row.beside.words
    }
    assert beside["Một là, "].startswith("First, the Department")
    assert beside["Tám là, "].startswith("Eighth, communes")
    starts = [row.shown.sentence.start for row in page.context["sentences"] if row.shown]
    assert starts == sorted(starts)
    assert len(starts) == len(set(starts)) == 18
    furniture = [row for row in page.context["sentences"] if row.shown and row.shown.sentence.furniture]
    assert all(row.beside.words == [] for row in furniture)
    alone = reader.get(reverse("intake:read", args=[document.uid]) + "?beside=0")
    assert alone.context["other"] is None


def test_the_other_text_may_be_the_one_that_is_worked_on(reader, document):
    version(reader, document, EN, join="1")
    other = DocumentText.objects.get(language="en")
    page = reader.get(reverse("intake:read", args=[document.uid]) + f"?text={other.pk}")
    assert (page.context["text"], page.context["other"].language) == (other, "vi")


def test_another_meeting_is_told_to_be_another(reader, document):
    page = version(reader, document, OTHER_DAY).content.decode()
    assert "These look like two documents." in page
    assert "16/11/2026" in page
    assert "17/08/2026" in page


def test_a_text_that_cannot_be_told_is_said_so(reader, document):
    page = version(reader, document, "Một câu ngắn. Hai câu.").content.decode()
    assert "It cannot be told" in page


def test_a_secret_text_is_refused_before_it_is_compared(reader, document):
    page = version(reader, document, f"TỐI MẬT\n{VI}")
    assert page.status_code == 422
    assert "bears the stamp" in page.content.decode()
    version(reader, document, f"TỐI MẬT\n{VI}", join="1")
    assert DocumentText.objects.count() == 1


def test_only_who_may_write_the_text_joins_one(world, document):
    with pytest.raises(PermissionDenied):
        add_text(scope=world.scope("mau_son_focal"), document=document, text=EN, beside=True)


def test_pasting_anew_takes_the_place_of_the_text_in_that_language(world, document):
    scope = world.scope("specialist")
    add_text(scope=scope, document=document, text=EN, language="en", beside=True)
    add_text(scope=scope, document=document, text=EN, language="en", beside=True)
    add_text(scope=scope, document=document, text="Văn bản mới. Câu hai.", language="vi")
    current = DocumentText.objects.filter(is_current=True).order_by("pk")
    assert [(row.language, row.text[:8]) for row in current] == [("en", "The Offi"), ("vi", "Văn bản ")]


def test_tasks_are_drawn_from_either_text(reader, document):
    version(reader, document, EN, join="1")
    for row in DocumentText.objects.all():
        found = reader.get(reverse("intake:read", args=[document.uid]) + f"?text={row.pk}").context["rows"][0]
        act(reader, document, {"act": "take", "key": "a", "start": found.start, "end": found.end}, text=row.pk)
    assert set(Decision.objects.values_list("language", flat=True)) == {"vi", "en"}


# Where reading starts


def take_in(reader, text, **more):
    return reader.post(reverse("intake:new"), {"text": text, **more})


@pytest.mark.parametrize("text", [EN, VI.replace("Sáng 16/11/2026, ", "Theo Báo Lạng Sơn, sáng 16/11/2026, ")])
def test_a_text_like_a_paper_that_is_there_is_told_first(reader, document, text):
    page = take_in(reader, text)
    assert [found["one"].document for found in page.context["alike"]] == [document]
    assert "These look like the same document." in page.content.decode()
    assert (Document.objects.count(), DocumentText.objects.count()) == (1, 1)


def test_it_is_joined_or_taken_in_as_its_own(reader, document):
    joined = take_in(reader, EN, join=str(document.uid))
    assert joined["Location"] == reverse("intake:read", args=[document.uid])
    assert (Document.objects.count(), document.texts.count()) == (1, 2)
    take_in(reader, EN, join="own")
    assert Document.objects.count() == 2


def test_another_meeting_is_taken_in_at_once(reader, document):
    assert take_in(reader, OTHER_DAY).status_code == 302
    assert take_in(reader, UR.replace("16 نومبر", "17 اگست")).status_code == 302
    assert Document.objects.count() == 3


def test_papers_out_of_sight_are_not_told(world, client_of, document):
    assert papers_like(world.scope("specialist"), EN)
    Document.objects.update(level=20)
    assert papers_like(world.scope("specialist"), EN) == []
    reader = client_of("specialist")
    assert take_in(reader, EN, join=str(document.uid)).status_code == 404
    assert take_in(reader, EN, join="x").status_code == 404
    assert document.texts.count() == 1

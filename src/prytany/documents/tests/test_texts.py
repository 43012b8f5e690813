"""Texts, passages and what happens to them when a file is read anew."""

from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from prytany.audit.models import AuditEvent
from prytany.core import levels
from prytany.core.errors import DomainError
from prytany.documents import anchors
from prytany.documents.models import Clause, Document, DocumentText
from prytany.documents.segments import Segment, register_splitter, split, split_plainly
from prytany.documents.services.clauses import cite
from prytany.documents.services.files import attach_files, files_of, withdraw_file
from prytany.documents.services.texts import add_text, withdraw_text
from prytany.documents.tests.papers import enter, paper, uploaded
from prytany.files.models import StoredFile, TextVersion
from prytany.files.tests import samples
from prytany.search.finding import find

TEXT = "Sáng nay, Văn phòng họp. Một là, các xã hoàn thành số hóa hồ sơ. Hai là, báo cáo trước ngày 15/12/2026."


@pytest.fixture
def clerk(world):
    return world.scope("clerk")


@pytest.fixture
def document(world, clerk):
    return paper(clerk, world.office)


def sentences(text, language="vi"):
    return [text[s.start : s.end] for s in split(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT, ["Sáng nay, Văn phòng họp.", "Một là, các xã hoàn thành số hóa hồ sơ.", TEXT[-38:]]),
        ("Ông A. B. Nguyễn ở TP. Hồ Chí Minh. Hết.", ["Ông A. B. Nguyễn ở TP. Hồ Chí Minh.", "Hết."]),
        ("1. Việc một\n2. Việc hai", ["1. Việc một", "2. Việc hai"]),
        ("Le comité décide. L’office exécute !", ["Le comité décide.", "L’office exécute !"]),
        ("पहला वाक्य। दूसरा वाक्य।", ["पहला वाक्य।", "दूसरा वाक्य।"]),
        ("الجملة الأولى. هل الثانية؟ نعم.", ["الجملة الأولى.", "هل الثانية؟", "نعم."]),
        ("پہلا جملہ۔ دوسرا جملہ۔", ["پہلا جملہ۔", "دوسرا جملہ۔"]),
        ("He said “stop.” Then he left.", ["He said “stop.”", "Then he left."]),
        ("", []),
        (" \n\f ", []),
    ],
)
def test_split_plainly(text, expected):
    assert sentences(text, "xx") == expected


def test_split_plainly_tells_headings():
    text = "THÔNG BÁO\nKết luận của Chánh Văn phòng.\nI. Kết quả"
    assert [(text[s.start : s.end], s.kind) for s in split_plainly(text)] == [
        ("THÔNG BÁO", "h"),
        ("Kết luận của Chánh Văn phòng.", "s"),
        ("I. Kết quả", "h"),
    ]


@given(st.text(alphabet="aB .\n?।۔đ1\f", max_size=60))
def test_segments_lie_in_order_without_overlap_and_lose_no_letter(text):
    segments = list(split_plainly(text))
    assert all(a.end <= b.start for a, b in pairwise(segments))
    assert "".join("".join(text[s.start : s.end].split()) for s in segments) == "".join(text.split())


def test_a_language_pack_replaces_the_splitter():
    from prytany.documents import segments

    register_splitter("xq", lambda text: [Segment(0, len(text), "f")])
    assert split("abc", "xq") == [Segment(0, 3, "f")]
    segments._SPLITTERS.pop("xq")


def test_add_text_keeps_text_with_segments_and_makes_it_found(world, clerk, document):
    row = add_text(scope=clerk, document=document, text=f"\u202e{TEXT}\r\n", language="vi")
    assert (row.text, row.extractor, row.is_current) == (TEXT, "pasted", True)
    assert [row.text[start:end] for start, end, _kind in row.segments] == sentences(TEXT)
    (hit,) = find(clerk, "số hóa").hits
    assert [piece.text for piece in hit.snippet if piece.marked] == ["số hóa"]


def test_add_text_is_for_those_who_keep_the_register_or_read_for_tasks(world, document):
    for name in ("mau_son_focal", "inspector", "admin", "stranger"):
        with pytest.raises(PermissionDenied):
            add_text(scope=world.scope(name), document=document, text=TEXT)
    assert add_text(scope=world.scope("specialist"), document=document, text=TEXT).pk


@pytest.mark.parametrize("level", levels.SECRET_LEVELS)
def test_text_passages_and_files_are_refused_at_every_secret_level(world, clerk, document, level):
    add_text(scope=clerk, document=document, text=TEXT)
    file = uploaded(clerk)
    Document.objects.update(level=level)
    from dataclasses import replace

    cleared = replace(clerk, clearance=level, need_to_know=frozenset([document.uid]))
    for act in (
        lambda: add_text(scope=cleared, document=document, text=TEXT),
        lambda: cite(scope=cleared, document=document, start=0, end=5),
        lambda: attach_files(scope=cleared, document=document, files=[file]),
    ):
        with pytest.raises(DomainError, match="secret_level"):
            act()


def test_cite_makes_a_passage_once(world, clerk, document):
    add_text(scope=clerk, document=document, text=TEXT)
    start = TEXT.index("Một là")
    clause = cite(scope=world.scope("specialist"), document=document, start=start, end=start + 40)
    assert (clause.text, clause.position) == ("Một là, các xã hoàn thành số hóa hồ sơ.", 2)
    assert cite(scope=clerk, document=document, start=start - 1, end=start + 40) == clause
    assert Clause.objects.count() == 1
    assert AuditEvent.objects.filter(action="clause.cite").count() == 1
    assert {hit.kind.code for hit in find(clerk, "số hóa").hits} == {"document", "passage"}


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (0, 9_999), (24, 25)])
def test_cite_refuses_places_that_are_not_there(clerk, document, start, end):
    add_text(scope=clerk, document=document, text=TEXT)
    with pytest.raises(DomainError, match="range"):
        cite(scope=clerk, document=document, start=start, end=end)


def test_cite_is_for_those_who_draft_or_register(world, clerk, document):
    add_text(scope=clerk, document=document, text=TEXT)
    for name in ("inspector", "mau_son_focal", "stranger", "admin"):
        with pytest.raises(PermissionDenied):
            cite(scope=world.scope(name), document=document, start=0, end=5)


def test_directing_paper_gets_a_passage_for_each_sentence(world, clerk):
    directive = paper(clerk, world.office, kind="conclusion_notice")
    add_text(scope=clerk, document=directive, text=TEXT)
    assert list(directive.clauses.order_by("position").values_list("position", "text")) == list(
        enumerate(sentences(TEXT), start=1)
    )
    start = TEXT.index("Hai là")
    assert cite(scope=clerk, document=directive, start=start, end=len(TEXT)).position == 3
    assert directive.clauses.count() == 3


def test_new_text_carries_passages_along_and_says_what_moved(world, clerk, document):
    add_text(scope=clerk, document=document, text=TEXT)
    cited = [cite(scope=clerk, document=document, start=s.start, end=s.end) for s in split(TEXT, "vi")]
    new = TEXT.replace("Sáng nay, Văn phòng họp.", "Chiều nay, họp bất thường.\nThêm một câu.").replace(
        "hồ sơ", "hồ  sơ"
    )
    row = add_text(scope=clerk, document=document, text=new)
    for clause in cited:
        clause.refresh_from_db()
    assert [clause.text_version_id == row.pk for clause in cited] == [False, True, True]
    assert [new[c.start : c.end] for c in cited[1:]] == ["Một là, các xã hoàn thành số hóa hồ  sơ.", sentences(TEXT)[2]]
    assert [c.position for c in cited] == [1, 3, 4]
    data = AuditEvent.objects.filter(action="document.add_text").latest("pk").data
    assert (data["kept"], data["moved"], data["lost"]) == (0, 2, [str(cited[0].uid)])
    old = DocumentText.objects.get(is_current=False)
    assert old.text[cited[0].start : cited[0].end] == "Sáng nay, Văn phòng họp."


def test_passages_with_the_same_words_may_change_places(clerk, document):
    add_text(scope=clerk, document=document, text="Một. Hai. Một. Ba.")
    for segment in split("Một. Hai. Một. Ba.", "vi"):
        cite(scope=clerk, document=document, start=segment.start, end=segment.end)
    add_text(scope=clerk, document=document, text="Ba. Một. Hai. Một.")
    found = Clause.objects.order_by("position").values_list("text", flat=True)
    assert sorted(found) == ["Ba.", "Hai.", "Một.", "Một."]
    assert all(c.text_version.text[c.start : c.end] == c.text for c in Clause.objects.all())


@given(
    st.lists(st.sampled_from(["một hai", "ba  bốn", "năm\u200b sáu", "ﬁn m²", "x"]), min_size=1, max_size=6),
    st.sampled_from([" ", "\n", "  \n ", "\u00a0"]),
)
def test_places_are_found_whatever_the_blanks_and_hidden_marks(words, blank):
    text = blank.join(words)
    places = anchors.Places(text)
    for word in words:
        start, end = places.nearest(word, before=1, start=0)
        assert anchors.normalised(text[start:end]) == anchors.normalised(word)


def test_withdraw_text_keeps_what_is_cited(clerk, document):
    row = add_text(scope=clerk, document=document, text=TEXT)
    clause = cite(scope=clerk, document=document, start=0, end=10)
    with pytest.raises(DomainError, match="cited"):
        withdraw_text(scope=clerk, document=document, text=row)
    clause.delete()
    withdraw_text(scope=clerk, document=document, text=row)
    assert find(clerk, "số hóa").hits == []


def test_attached_file_is_read_indexed_and_opened_by_readers(world, clerk, run_jobs):
    file = uploaded(clerk, content=samples.pdf("Các xã hoàn thành số hóa hồ sơ."))
    document = enter(clerk, world.office, files=[file]).document
    assert find(clerk, "hoàn thành").hits == []
    run_jobs()
    document.refresh_from_db()
    assert document.pages == 1
    assert DocumentText.objects.get(document=document).text == "Các xã hoàn thành số hóa hồ sơ."
    assert len(find(clerk, "hoàn thành").hits) == 1
    assert files_of(document) == [file]
    assert StoredFile.objects.visible_to(world.scope("chief")).count() == 1
    assert StoredFile.objects.visible_to(world.scope("mau_son_focal")).count() == 0


def test_file_read_anew_by_a_better_reader_moves_passages(world, clerk, run_jobs, monkeypatch):
    from prytany.files import texts

    document = enter(clerk, world.office, files=[uploaded(clerk, content=samples.pdf("Câu một. Câu hai."))]).document
    run_jobs()
    row = DocumentText.objects.get(document=document)
    clause = cite(scope=clerk, document=document, start=9, end=17)
    monkeypatch.setattr(texts, "VERSION", "next")
    monkeypatch.setattr(texts, "read_text", lambda path, reader: texts_reading("Trang đầu\nCâu một. Câu hai."))
    texts.read_file.call(files_of(document)[0].pk)
    clause.refresh_from_db()
    assert (clause.text_version_id != row.pk, clause.text, clause.start, clause.position) == (True, "Câu hai.", 19, 3)
    assert TextVersion.objects.count() == 2


def texts_reading(text):
    from prytany.files.extraction.reader import Reading

    return Reading((text,))


def test_withdraw_file_takes_its_text_along_unless_passages_are_cited(world, clerk, run_jobs):
    document = enter(clerk, world.office, files=[uploaded(clerk)]).document
    run_jobs()
    (file,) = files_of(document)
    clause = cite(scope=clerk, document=document, start=0, end=8)
    with pytest.raises(DomainError, match="cited"):
        withdraw_file(scope=clerk, document=document, file=file)
    clause.delete()
    with pytest.raises(PermissionDenied):
        withdraw_file(scope=world.scope("specialist"), document=document, file=file)
    withdraw_file(scope=clerk, document=document, file=file)
    assert (files_of(document), DocumentText.objects.count(), StoredFile.objects.count()) == ([], 0, 0)


def test_a_file_that_cannot_be_read_says_why(world, clerk, run_jobs):
    document = enter(clerk, world.office, files=[uploaded(clerk, content=samples.scanned_pdf())]).document
    run_jobs()
    assert not DocumentText.objects.filter(document=document).exists()
    assert TextVersion.objects.get().problem == "scan"

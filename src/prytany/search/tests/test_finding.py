"""Finding: words, phrases, beginnings, accents, numbers, in six scripts; and what must not be found."""

import datetime

import pytest

from prytany.core import levels
from prytany.core.errors import DomainError
from prytany.core.pagination import make_cursor
from prytany.organisation.models import Unit
from prytany.search import index, kinds
from prytany.search.backends import backend
from prytany.search.consistency import index_faults
from prytany.search.finding import find, jump, numbered, suggest
from prytany.search.index import Item
from prytany.search.kinds import Card
from prytany.search.models import SearchEntry
from prytany.search.parsing import parse
from prytany.search.snippets import Piece, mark, snippet

DAY = datetime.date(2026, 3, 1)
TITLES: dict[int, str] = {}


def cards(scope, ids):
    return {pk: Card(f"/{pk}/", TITLES[pk]) for pk in ids}


@pytest.fixture(autouse=True)
def _two_kinds():
    """Units stand for records of two kinds: every unit of the root may be found."""
    before = kinds._KINDS.copy()
    kinds._KINDS.clear()
    for code, weight in (("note", 1), ("memo", 2)):
        kinds.register(
            code,
            label=code,
            icon="file-text",
            queryset_for=Unit.objects.visible_to,
            cards=cards,
            weight=weight,
            jumps=code == "note",
        )
    yield
    kinds._KINDS.clear()
    kinds._KINDS.update(before)


class Notes:
    """Puts notes into the index, each for a unit of its own, and speaks of them by their first word."""

    def __init__(self, world):
        self.root = world.root

    def add(self, title, text="", *, number="", on=DAY, kind="note", root=None, level=0):
        root = root or self.root
        unit = Unit.objects.create(root=root)
        TITLES[unit.pk] = title
        index.put(kind, Item(unit.pk, root.pk, title, on, text, number, level))
        return unit.pk


@pytest.fixture
def notes(world):
    return Notes(world)


@pytest.fixture
def clerk(world):
    return world.scope("clerk")


def titles(results):
    return [hit.card.title for hit in results.hits]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Ủy ban đăng ký tại Đà Nẵng", ["dang ky", "ĐĂNG KÝ", "da nang", "uy ban", "Uỷ ban"]),
        ("Le comité a décidé d’achever l’œuvre", ["comite", "décidé", "oeuvre", "l'œuvre", "ACHEVER"]),
        ("कार्यालय ने समुदायों को निर्देश दिया", ["कार्यालय", "समुदायों", "निर्देश"]),
        ("أصدرت اللجنة قرارًا وُلِدَ اليوم في مدرسة", ["اصدرت", "قرارا", "ولد", "وُلِدَ", "مدرسه", "اللجنة"]),
        ("کمیٹی نے ۱۲۵ فیصلے کیے، ہفتہ کو", ["125", "۱۲۵", "كميٹی", "فیصلے", "هفته"]),
        ("The committee decided on 05/12/2026", ["Committee", "5/12/2026", "05/12"]),
    ],
)
def test_find_in_six_languages(notes, clerk, text, asked):
    notes.add("x", "something else entirely")
    wanted = notes.add("wanted", text)
    for words in asked:
        assert [hit.target_id for hit in find(clerk, words).hits] == [wanted], words


def test_find_does_not_split_devanagari_at_vowel_signs(notes, clerk):
    notes.add("one", "कार्यालय")
    assert find(clerk, "क").hits == []


def test_find_takes_all_words_and_phrases_in_their_order(notes, clerk):
    notes.add("both", "phát triển nông thôn mới")
    notes.add("apart", "nông dân phát động, thôn triển khai")
    assert titles(find(clerk, "triển phát")) == ["apart", "both"] or titles(find(clerk, "triển phát")) == [
        "both",
        "apart",
    ]
    assert titles(find(clerk, '"nông thôn"')) == ["both"]
    assert titles(find(clerk, "« nong thon »")) == ["both"]
    assert titles(find(clerk, '"thôn nông"')) == []


def test_find_of_a_beginning(notes, clerk):
    notes.add("one", "synthesis")
    assert titles(find(clerk, "synth*")) == ["one"]


def test_find_takes_words_as_beginnings_where_whole_words_find_nothing(notes, clerk):
    notes.add("one", "synthesis of reports")
    results = find(clerk, "synth")
    assert (titles(results), results.widened) == (["one"], True)


def test_find_puts_accents_as_typed_first(notes, clerk):
    notes.add("plain", "tổ chức tai nạn", on=datetime.date(2026, 5, 1))
    notes.add("exact", "tổ chức tại xã", on=datetime.date(2026, 1, 1))
    notes.add("other", "tái thiết", on=datetime.date(2026, 4, 1))
    assert titles(find(clerk, "tại")) == ["exact", "plain", "other"]
    assert titles(find(clerk, "tai")) == ["plain", "other", "exact"]


def test_find_puts_titles_before_texts_then_the_newest_first(notes, clerk):
    notes.add("old số hóa", on=datetime.date(2024, 1, 1))
    notes.add("new", "số hóa", on=datetime.date(2026, 1, 1))
    notes.add("newer", "số hóa", on=datetime.date(2026, 2, 1))
    assert titles(find(clerk, "số hóa")) == ["old số hóa", "newer", "new"]


@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize("ranked", [0, 100])
def test_pages_of_hits_follow_each_other(notes, clerk, monkeypatch, size, ranked):
    monkeypatch.setattr("prytany.search.finding.RANKED", ranked)
    for number in range(4):
        notes.add(f"exact {number}", "tại xã", on=DAY + datetime.timedelta(days=number % 2))
        notes.add(f"folded {number}", "tài xe", on=DAY + datetime.timedelta(days=number % 3))
    whole = titles(find(clerk, "tại", size=100))
    assert [title.split()[0] for title in whole] == ["exact"] * 4 + ["folded"] * 4
    paged, after = [], None
    while True:
        results = find(clerk, "tại", after=after, size=size)
        paged += titles(results)
        after = results.next
        if not after:
            break
    assert paged == whole


@pytest.mark.parametrize("ranked", [0, 100])
@pytest.mark.parametrize("after", ["x", "", make_cursor([1, "soon", 2]), make_cursor(["a", "2026-01-01", None])])
def test_damaged_cursor_is_refused(notes, clerk, monkeypatch, ranked, after):
    monkeypatch.setattr("prytany.search.finding.RANKED", ranked)
    notes.add("one", "tại xã")
    if not after:
        assert titles(find(clerk, "tại", after=after)) == ["one"]
        return
    with pytest.raises(DomainError, match="bad_cursor"):
        find(clerk, "tại", after=after)


def test_common_words_are_counted_up_to_a_ceiling(notes, clerk, monkeypatch):
    monkeypatch.setattr("prytany.search.finding.RANKED", 3)
    for number in range(5):
        notes.add(f"{number}", "báo cáo")
    results = find(clerk, "báo cáo", size=2)
    assert [str(count) for _kind, count in results.counts] == ["3+"]
    assert titles(results) == ["4", "3"]


def test_counts_and_hits_are_of_visible_records_only(notes, clerk, world):
    notes.add("ours", "kế hoạch")
    notes.add("ours too", "kế hoạch", kind="memo")
    notes.add("theirs", "kế hoạch", root=world.elsewhere)
    for name, expected in (("clerk", ["ours", "ours too"]), ("stranger", ["theirs"]), ("mau_son_focal", 2)):
        results = find(world.scope(name), "kế hoạch")
        if expected == 2:
            assert results.total.number == 2
        else:
            assert sorted(titles(results)) == expected
            assert results.total.number == len(expected)
    assert [(kind.code, count.number) for kind, count in find(clerk, "ke hoach").counts] == [("note", 1), ("memo", 1)]
    assert titles(find(clerk, "ke hoach", kind="memo")) == ["ours too"]


def test_a_record_that_became_invisible_is_neither_shown_nor_counted(notes, clerk, world):
    pk = notes.add("moved", "kế hoạch")
    Unit.objects.filter(pk=pk).update(root=world.elsewhere)
    results = find(clerk, "kế hoạch")
    assert (results.hits, results.counts) == ([], [])


def test_levels_above_the_clearance_are_not_found(notes, world, clerk):
    pk = notes.add("internal", "kế hoạch", level=1)
    assert titles(find(clerk, "kế hoạch")) == ["internal"]
    SearchEntry.objects.filter(target_id=pk).update(level=5)
    assert find(clerk, "kế hoạch").hits == []


@pytest.mark.parametrize("level", levels.SECRET_LEVELS)
def test_put_at_a_secret_level_takes_the_entry_out(notes, clerk, level):
    pk = notes.add("was open", "kế hoạch")
    index.put("note", Item(pk, notes.root.pk, "secret", DAY, "kế hoạch", level=level))
    assert not SearchEntry.objects.exists()
    assert find(clerk, "kế hoạch").hits == []


def test_put_again_replaces_and_drop_removes(notes, clerk):
    pk = notes.add("first", "cây cầu")
    index.put("note", Item(pk, notes.root.pk, "second", DAY, "con đường"))
    assert find(clerk, "cầu").hits == []
    assert len(find(clerk, "đường").hits) == 1
    index.drop("note", [pk, 424_242])
    assert find(clerk, "đường").hits == []


def test_rebuild_gives_the_same_index(notes, clerk):
    notes.add("one", "số hóa", number="05/QĐ-UBND")
    notes.add("two", "số hoá", kind="memo")
    assert index.rebuild() == 2
    assert index.rebuild("memo") == 1
    assert sorted(titles(find(clerk, "số hóa"))) == ["one", "two"]
    assert titles(find(clerk, "5 qd")) == ["one"]


def test_dates_narrow_the_hits(notes, clerk):
    notes.add("old", "số hóa", on=datetime.date(2024, 1, 1))
    notes.add("new", "số hóa", on=datetime.date(2026, 1, 1))
    assert titles(find(clerk, "số hóa", since=datetime.date(2025, 1, 1))) == ["new"]
    assert titles(find(clerk, "số hóa", until=datetime.date(2025, 1, 1))) == ["old"]


@pytest.mark.parametrize(
    "text", ["", "   ", "!!!", '"', '""', "*", "'; --", "\x00", "AND OR NOT", "a NEAR b", "title:x"]
)
def test_find_survives_anything_typed(notes, clerk, text):
    notes.add("one", "something")
    assert find(clerk, text).hits == []


@pytest.mark.parametrize("text", ["118-TB", "118-tb/vptu", "Số 118-TB/VPTU", "0118-TB", "118-T", "١١٨-TB"])
def test_jump_leads_to_the_one_paper_with_the_number(notes, clerk, text):
    wanted = notes.add("wanted", number="118-TB/VPTU")
    notes.add("other", number="118-BC/VPTU")
    notes.add("another", number="18-TB/VPTU")
    notes.add("a task drawn from it", number="118-TB/VPTU", kind="memo")
    assert jump(clerk, text) == Card(f"/{wanted}/", "wanted")


def test_jump_stays_where_several_papers_carry_the_number(notes, clerk):
    notes.add("of 2025", number="05/QĐ-UBND", on=datetime.date(2025, 1, 1))
    notes.add("of 2026", number="5/QĐ-UBND", on=datetime.date(2026, 1, 1))
    assert jump(clerk, "05/QĐ-UBND") is None
    assert [hit.card.title for hit in numbered(clerk, "05/QĐ-UBND")] == ["of 2026", "of 2025"]


def test_jump_does_not_lead_into_another_root(notes, world, clerk):
    notes.add("theirs", number="118-TB/VPTU", root=world.elsewhere)
    assert jump(clerk, "118-TB") is None


def test_plain_figure_offers_papers_of_that_number_but_does_not_jump(notes, clerk):
    notes.add("wanted", number="118-TB/VPTU")
    assert jump(clerk, "118") is None
    assert [hit.card.title for hit in numbered(clerk, "118")] == ["wanted"]


def test_suggest_takes_the_last_word_as_a_beginning_of_the_title(notes, clerk):
    notes.add("Kế hoạch số hóa hồ sơ")
    notes.add("Khác", "kế hoạch")
    assert [hit.card.title for hit in suggest(clerk, "ke ho")] == ["Kế hoạch số hóa hồ sơ"]
    assert suggest(clerk, "k") == []


def marked(pieces):
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("Số hóa hồ sơ", "số hóa", "[Số hóa] hồ sơ"),
        ("So hoa ho so", "số hóa", "[So hoa] ho [so]"),
        ("Số hóa hồ sơ của Đà Nẵng", "da nang so", "[Số] hóa hồ [sơ] của [Đà Nẵng]"),
        ("وُلِدَ المدير هنا", "المدير", "وُلِدَ [المدير] هنا"),
        ("ہفتہ ۱۲۳", "123", "ہفتہ [۱۲۳]"),
        ("कार्यालय में", "कार्यालय", "[कार्यालय] में"),
        ("nothing here", "absent", "nothing here"),
        ("synthesis", "synth*", "[synthesis]"),
    ],
)
def test_mark_keeps_the_original(text, asked, expected):
    assert marked(mark(text, parse(asked))) == expected


def test_snippet_shows_the_passage_with_most_of_the_words():
    text = "đầu " * 200 + "hồ sơ. " + "giữa " * 200 + "số hóa hồ sơ lưu trữ. " + "cuối " * 200
    pieces = snippet(text, parse("số hóa hồ sơ"))
    assert "[số hóa hồ sơ] lưu trữ" in marked(pieces)
    assert (pieces[0], pieces[-1]) == (Piece("… "), Piece(" …"))
    assert sum(len(piece.text) for piece in pieces) < 300
    assert snippet(text, parse("vắng")) == []


def test_verify_finds_entries_that_the_index_lost_and_rebuilds_them(notes):
    notes.add("Thông báo 118-TB/VPTU", "về chuyển đổi số", number="118-TB/VPTU")
    assert list(index_faults()) == []
    lost = SearchEntry.objects.get()
    backend().erase([lost])
    assert list(index_faults()) == [f"note {lost.target_id} is not found by its title"]
    index.rebuild()
    assert list(index_faults()) == []
    SearchEntry.objects.update(folded="otherwise")
    assert list(index_faults()) == [f"note {lost.target_id} is folded in another way than the program folds"]

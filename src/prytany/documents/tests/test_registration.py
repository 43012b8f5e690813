"""Registers: numbers, duplicates, levels, void lines."""

import datetime
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prytany.accounts.models import Clearance, NeedToKnow
from prytany.audit.models import AuditEvent
from prytany.core import levels
from prytany.core.errors import DomainError
from prytany.documents import numbering
from prytany.documents.models import Document, NumberSeries, RegisterEntry
from prytany.documents.services.registration import find_duplicates, register_document, take_in, void_entry
from prytany.documents.tests.papers import DAY, TODAY, enter, facts, line, paper, uploaded
from prytany.files.models import StoredFile
from prytany.rules.models import RuleOverride
from prytany.search.finding import find
from prytany.search.models import SearchEntry


@pytest.fixture
def clerk(world):
    return world.scope("clerk")


def test_register_document_makes_paper_and_line_apart(world, clerk):
    entry = enter(clerk, world.office)
    document = entry.document
    assert (document.number, document.symbol_key, document.is_directive) == (118, "118-tb-vptu", False)
    assert (entry.series.code, entry.number, entry.taken.basis) == (str(DAY.year), 1, "system")
    assert list(AuditEvent.objects.values_list("action", "target_uid", "data")) == [
        (
            "document.register",
            document.uid,
            {"entry": str(entry.uid), "direction": "in", "series": str(DAY.year), "number": 1, "level": 0},
        )
    ]


def test_one_paper_stands_in_many_registers(world, clerk):
    document = enter(clerk, world.office, direction="out").document
    for name in ("mau_son", "khanh_khe", "ky_lua"):
        enter(clerk, world.units[name], document=document)
    assert Document.objects.count() == 1
    assert sorted(document.entries.values_list("direction", "number")) == [("in", 1)] * 3 + [("out", 1)]
    with pytest.raises(DomainError, match="registered"):
        enter(clerk, world.mau_son, document=document)


@pytest.mark.parametrize(
    ("post", "unit"), [("mau_son_focal", "mau_son"), ("specialist", "office"), ("admin", "office")]
)
def test_register_document_is_for_who_keeps_the_register(world, post, unit):
    with pytest.raises(PermissionDenied):
        enter(world.scope(post), world.units[unit])


def test_numbers_follow_each_other_and_are_never_reused(world, clerk):
    first = enter(clerk, world.office)
    enter(clerk, world.office, symbol="119-TB/VPTU", number=7)
    void_entry(scope=clerk, entry=first, reason="Nhầm")
    assert enter(clerk, world.office, symbol="120-TB/VPTU").number == 8
    with pytest.raises(DomainError) as caught:
        enter(clerk, world.office, symbol="121-TB/VPTU", number=1)
    assert caught.value.code == "number_taken"
    assert caught.value.fields["number"] == "Number 1 is taken in this register; the next free one is 9."
    assert enter(clerk, world.mau_son, symbol="122-TB/VPTU").number == 1


def test_the_database_refuses_a_number_twice(world, clerk):
    entry = enter(clerk, world.office)
    entry.pk, entry.uid = None, uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save(force_insert=True)


@pytest.mark.parametrize(
    ("direction", "family", "kind", "level", "expected"),
    [
        ("in", "party", "notice", 0, "2026"),
        ("in", "state", "report", 10, "2026/secret"),
        ("internal", "state", "report", 0, "2026"),
        ("out", "state", "decision", 0, "2026/state"),
        ("out", "state", "decision", 10, "2026/state/secret"),
        ("out", "party", "notice", 0, "2025-2030/party.notice"),
        ("out", "party", "conclusion_notice", 0, "2025-2030/party.notice"),
        ("out", "party", "notice", 10, "2025-2030/party.notice"),
    ],
)
def test_series_key(db, direction, family, kind, level, expected):
    found = numbering.series_key(
        direction, family=family, kind=kind, level=level, on=datetime.date(2026, 3, 1), unit=None
    )
    assert NumberSeries(**{name: getattr(found, name) for name in found.__slots__}).code == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (("state", 5, "QĐ", "UBND"), "05/QĐ-UBND"),
        (("state", 125, "QĐ", "UBND"), "125/QĐ-UBND"),
        (("state", 5, "", "BNV", "VP"), "05/BNV-VP"),
        (("party", 127, "QĐ", "TU"), "127-QĐ/TU"),
        (("party", 5, "CV", "TU"), "5-CV/TU"),
    ],
)
def test_write_symbol(given, expected):
    assert numbering.write_symbol(*given) == expected


def test_duplicate_alert_on_issuer_number_and_year(world, clerk):
    known = paper(clerk, world.office, family="state", symbol="05/QĐ-UBND", issuer_name="UBND tỉnh", kind="decision")

    def found(scope=clerk, **values):
        given = {"symbol": "5/QĐ-UBND", "issuer_name": "UBND Tỉnh", "issued_on": DAY, "family": "state"}
        return find_duplicates(scope=scope, **{**given, **values})

    assert found() == [known]
    assert found(symbol="Số 05 / qđ-ubnd", issuer_name="", issued_on=None) == [known]
    assert found(issuer_name="UBND xã") == []
    assert found(issued_on=DAY.replace(year=DAY.year - 1)) == []
    assert found(symbol="06/QĐ-UBND") == []
    assert found(symbol="5") == []
    assert found(leave_out=known.uid) == []
    assert found(scope=world.scope("stranger")) == []
    assert found(scope=world.scope("mau_son_focal")) == []


def test_party_numbers_are_the_same_paper_within_a_term(world, clerk):
    known = paper(clerk, world.office, issued_on=datetime.date(2025, 11, 1))
    given = {"scope": clerk, "symbol": "118-TB/VPTU", "issuer_name": "", "family": "party"}
    assert find_duplicates(**given, issued_on=datetime.date(2026, 2, 1)) == [known]
    assert find_duplicates(**given, issued_on=datetime.date(2024, 2, 1)) == []


def test_register_document_refuses_a_duplicate_unless_it_is_known(world, clerk):
    enter(clerk, world.office)
    with pytest.raises(DomainError) as caught:
        enter(clerk, world.office)
    assert (caught.value.code, list(caught.value.fields)) == ("duplicate", ["symbol"])
    assert RegisterEntry.objects.count() == 1
    register_document(scope=clerk, unit=world.office, facts=facts(), line=line(), knowing_duplicates=True)
    assert RegisterEntry.objects.count() == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"issued_on": TODAY + datetime.timedelta(days=1)}, "issued_on"),
        ({"reply_due_on": DAY - datetime.timedelta(days=1)}, "reply_due_on"),
        ({"kind": "poem"}, "kind"),
        ({"level": -1}, "level"),
        ({"symbol": "", "summary": ""}, "summary"),
        ({"summary": "a\u202eb"}, "summary"),
        ({"symbol": "x" * 61}, "symbol"),
    ],
)
def test_register_document_refuses_at_the_field(world, clerk, values, field):
    with pytest.raises(DomainError) as caught:
        enter(clerk, world.office, **values)
    assert list(caught.value.fields) == [field]
    assert not Document.objects.exists()


def test_a_paper_cannot_arrive_before_its_date_or_tomorrow(world, clerk):
    for day in (DAY - datetime.timedelta(days=1), TODAY + datetime.timedelta(days=1)):
        with pytest.raises(DomainError) as caught:
            register_document(scope=clerk, unit=world.office, facts=facts(), line=line(entered_on=day))
        assert list(caught.value.fields) == ["entered_on"]


def cleared(world, name, level):
    person = world.person(name)
    Clearance.objects.create(
        person=person, level=level, basis="Quyết định", granted_by=person, valid_from=datetime.date(2020, 1, 1)
    )
    return world.scope(name)


@pytest.mark.parametrize("level", levels.SECRET_LEVELS)
def test_secret_paper_leaves_only_its_line(world, level):
    with pytest.raises(PermissionDenied):
        enter(world.scope("clerk"), world.office, level=level, summary="")
    clerk = cleared(world, "clerk", level)
    with pytest.raises(DomainError) as caught:
        enter(clerk, world.office, level=level)
    assert (caught.value.code, list(caught.value.fields)) == ("secret_level", ["summary"])
    file = uploaded(clerk)
    with pytest.raises(DomainError, match="secret_level"):
        enter(clerk, world.office, level=level, summary="", files=[file])
    entry = enter(clerk, world.office, level=level, summary="")
    assert not SearchEntry.objects.exists()
    assert not StoredFile.objects.filter(holder_kind="document").exists()
    assert list(RegisterEntry.objects.visible_to(clerk)) == [entry]
    assert not RegisterEntry.objects.visible_to(world.scope("chief")).exists()
    assert not Document.objects.visible_to(clerk).exists()
    NeedToKnow.objects.create(
        person=world.person("clerk"),
        target_uid=entry.document.uid,
        level=level,
        reason="x",
        valid_from=datetime.date(2020, 1, 1),
    )
    assert list(Document.objects.visible_to(world.scope("clerk"))) == [entry.document]


def test_summary_of_a_secret_paper_is_kept_only_where_the_rule_says_so(world):
    RuleOverride.objects.create(
        unit=world.root,
        key="documents.secret_summary",
        value=True,
        legal_basis="x",
        valid_from=datetime.date(2020, 1, 1),
    )
    clerk = cleared(world, "clerk", levels.SECRET)
    assert paper(clerk, world.office, level=levels.SECRET, summary="Về nhân sự").summary == "Về nhân sự"
    assert not SearchEntry.objects.exists()


def test_void_entry_keeps_the_number_and_hides_the_paper(world, clerk):
    entry = enter(clerk, world.office)
    assert len(find(clerk, "giao ban").hits) == 1
    with pytest.raises(DomainError, match="empty"):
        void_entry(scope=clerk, entry=entry, reason="  ")
    void_entry(scope=clerk, entry=entry, reason="Vào sổ nhầm")
    assert find(clerk, "giao ban").hits == []
    assert not Document.objects.visible_to(clerk).exists()
    assert list(RegisterEntry.objects.visible_to(clerk)) == [entry]
    with pytest.raises(DomainError, match="voided"):
        void_entry(scope=clerk, entry=entry, reason="Lại")
    with pytest.raises(PermissionDenied):
        void_entry(scope=world.scope("specialist"), entry=entry, reason="x")


def test_take_in_opens_a_paper_to_those_who_read_for_tasks_until_it_is_registered(world, clerk):
    specialist = world.scope("specialist")
    document = take_in(scope=specialist, unit=world.office, facts=facts())
    seen = {name: Document.objects.visible_to(world.scope(name)).exists() for name in ("specialist", "chief", "clerk")}
    assert seen == {"specialist": True, "chief": True, "clerk": False}
    with pytest.raises(PermissionDenied):
        take_in(scope=world.scope("mau_son_focal"), unit=world.mau_son, facts=facts(symbol="1-BC/XX"))
    enter(clerk, world.office, document=document)
    assert Document.objects.visible_to(clerk).exists()


SIGHT = {
    "chief": {"office", "mau_son", "khanh_khe"},
    "clerk": {"office", "mau_son", "khanh_khe"},
    "mau_son_focal": {"mau_son"},
    "home_head": set(),
    "admin": set(),
    "stranger": {"elsewhere"},
}


@pytest.mark.parametrize("name", SIGHT)
def test_papers_are_seen_through_the_registers_that_one_reads(world, clerk, name):
    stranger = world.scope("stranger")
    for number, unit in enumerate(("office", "mau_son", "khanh_khe"), start=1):
        enter(clerk, world.units[unit], symbol=f"{number}-TB/VPTU", summary=unit)
    with pytest.raises(PermissionDenied):
        enter(clerk, world.elsewhere)
    enter(stranger, world.elsewhere, summary="elsewhere")
    scope = world.scope(name)
    assert {d.summary for d in Document.objects.visible_to(scope)} == SIGHT[name]
    assert {e.document.summary for e in RegisterEntry.objects.visible_to(scope)} == SIGHT[name]
    assert {h.card.title for h in find(scope, "office").hits + find(scope, "mau").hits} <= SIGHT[name] | {"mau_son"}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.sampled_from(["take", "void"]), st.integers(1, 6)), max_size=12))
def test_no_number_is_ever_given_twice(world, acts):
    with transaction.atomic():
        clerk = world.scope("clerk")
        taken: list[int] = []
        for count, (act, number) in enumerate(acts):
            asked = number if number < 4 else None
            if act == "take" and asked in taken:
                with pytest.raises(DomainError, match="number_taken"):
                    enter(clerk, world.office, symbol=f"{count}-TB/X", number=asked)
            elif act == "take":
                taken.append(enter(clerk, world.office, symbol=f"{count}-TB/X", number=asked).number)
            elif entry := RegisterEntry.objects.filter(voided_at=None).first():
                void_entry(scope=clerk, entry=entry, reason="x")
        assert len(set(taken)) == len(taken)
        assert sorted(RegisterEntry.objects.values_list("number", flat=True)) == sorted(taken)
        transaction.set_rollback(True)

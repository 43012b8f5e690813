"""The ledger of numbers: series, reservations, gaps, bodies that end."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from prytany.audit.models import AuditEvent
from prytany.core import clock, levels
from prytany.core.errors import DomainError
from prytany.documents import gaps, numbering
from prytany.documents.consistency import ledger_faults
from prytany.documents.models import LedgerNumber, NumberSeries, RegisterEntry
from prytany.documents.reasons import CLOSED, EXPIRED
from prytany.documents.services import ledger
from prytany.documents.services.correcting import correct_document
from prytany.documents.services.registration import Line, register_document, void_entry
from prytany.documents.tests.papers import TODAY, facts
from prytany.organisation import closure, services
from prytany.organisation.acts.plan import Step, StepKind
from prytany.organisation.models import Unit, UnitName, UnitVersion
from prytany.organisation.signals import units_changed
from prytany.organisation.specs import UnitSpec, named
from prytany.organisation.tests.factories import make_unit
from prytany.rules.services import set_rule

DAY = TODAY
YEAR_END = datetime.date(TODAY.year, 12, 31)


@pytest.fixture
def clerk(world):
    return world.scope("clerk")


def enter(scope, unit, *, direction="in", number=None, **values):
    """Register a paper today: its number and a reservation made today are of one year."""
    line = Line(direction=direction, entered_on=TODAY, number=number)
    return register_document(scope=scope, unit=unit, facts=facts(**values), line=line)


def decision(scope, unit, *, symbol="", **values):
    """Number a decision of the State family."""
    symbol = symbol or f"{LedgerNumber.objects.count() + 1}/QĐ-X"
    return enter(scope, unit, direction="out", family="state", kind="decision", symbol=symbol, **values)


def reserve(world, scope, **values):
    given = {
        "unit": world.office,
        "direction": "out",
        "family": "state",
        "kind": "decision",
        "owner": world.person("chief"),
    }
    return ledger.reserve_number(scope=scope, **{**given, **values})


def told(scope, series, **values):
    return [
        (entry.numbers, entry.state, entry.words)
        for entry in gaps.entries_of(scope, series, gaps.runs_of(series, **values))
    ]


def test_a_number_says_where_it_comes_from(world, clerk):
    entry = decision(clerk, world.office)
    series = entry.series
    assert (series.unit, series.issuer_key, series.code, series.opened_on) == (
        world.office,
        "VPTU",
        f"{DAY.year}/state",
        DAY,
    )
    assert series.issuer_version == world.office.versions.get()
    assert series.rule.content["key"] == "documents.numbering.state"
    assert entry.kind_rule.content["legal_basis"] == "Nghị định 30/2020/NĐ-CP, Điều 7 và Phụ lục III"
    assert entry.book_rule.key == "documents.book.out"
    assert decision(clerk, world.office, symbol="9/QĐ-X").kind_rule == entry.kind_rule
    assert (entry.taken.state, entry.taken.basis, entry.taken.document) == ("used", "system", entry.document)


def test_a_line_remembers_the_rule_that_the_office_replaced_since(world, clerk):
    before = decision(clerk, world.office)
    value = {**before.kind_rule.content["value"], "abbreviation": "QDX"}
    set_rule(
        scope=world.scope("admin"),
        unit=world.root,
        key="documents.kind.state.decision",
        value=value,
        valid_from=DAY,
        legal_basis="Quy chế 1",
    )
    after = decision(clerk, world.office, symbol="2/QDX-X")
    assert before.kind_rule.content["value"]["abbreviation"] == "QĐ"
    assert (after.kind_rule.content["value"]["abbreviation"], after.kind_rule.content["source"]) == ("QDX", "office")


def test_an_outgoing_paper_is_numbered_by_its_issuer(world, clerk):
    own = decision(clerk, world.office)
    committee = decision(clerk, world.office, issuer=world.root, issuer_name="")
    assert [(e.series.unit, e.number) for e in (own, committee)] == [(world.office, 1), (world.root, 1)]
    with pytest.raises(DomainError) as caught:
        enter(world.scope("chief"), world.office, direction="out", issuer=world.elsewhere, symbol="1-TB/X")
    assert (caught.value.code, list(caught.value.fields)) == ("not_issuer", ["issuer_name"])


def test_a_kind_that_the_body_may_not_issue_gets_no_number(world, clerk):
    standing = make_unit("Ban Thường vụ", under=world.root, kind="standing_committee", symbol="BTV")
    closure.rebuild()
    given = {"direction": "out", "family": "party", "kind": "directive", "symbol": "1-CT/TU"}
    with pytest.raises(DomainError) as caught:
        enter(clerk, world.office, issuer=world.root, **given)
    assert (caught.value.code, list(caught.value.fields)) == ("kind_not_issued", ["kind"])
    assert "66-QĐ/TW" in str(caught.value.message)
    assert not LedgerNumber.objects.exists()
    assert enter(clerk, world.office, issuer=standing, **given).number == 1
    with pytest.raises(DomainError, match="kind_not_issued"):
        enter(clerk, world.office, issuer=standing, **{**given, "kind": "communique", "symbol": "1-TC/TU"})
    # A conclusion notice is a notice, and every other body may issue what no rule speaks of.
    assert enter(clerk, world.office, issuer=world.root, **{**given, "kind": "conclusion_notice"}).number == 1
    assert enter(clerk, world.office, **{**given, "symbol": "2-CT/VPTU"}).number == 1


def test_a_committee_issues_for_its_standing_committee_while_that_is_no_unit(world, clerk):
    given = {"direction": "out", "family": "party", "kind": "directive", "symbol": "1-CT/TU"}
    assert enter(clerk, world.office, issuer=world.root, **given).number == 1


def test_an_office_replaces_the_kinds_a_body_may_issue(world, clerk):
    set_rule(
        scope=world.scope("admin"),
        unit=world.root,
        key="documents.may_issue.party.province.committee",
        value={"name": {"vi": "Tỉnh ủy"}, "kinds": ["notice"], "also_for": ""},
        valid_from=DAY,
        legal_basis="Quy chế làm việc",
    )
    given = {"direction": "out", "issuer": world.root, "symbol": "1-QĐ/TU", "kind": "decision"}
    with pytest.raises(DomainError) as caught:
        enter(clerk, world.office, **given)
    assert "Quy chế làm việc" in str(caught.value.message)


def test_copies_share_a_series_of_their_own(world, clerk):
    assert decision(clerk, world.office).number == 1
    kinds = ["copy", "extract", "copy_of_copy"]
    entries = [
        enter(clerk, world.office, direction="out", family="state", kind=kind, symbol=f"{n}/{kind}-X")
        for n, kind in enumerate(kinds, 1)
    ]
    assert [(entry.series.code, entry.number) for entry in entries] == [
        (f"{DAY.year}/state.copy", 1),
        (f"{DAY.year}/state.copy", 2),
        (f"{DAY.year}/state.copy", 3),
    ]


def test_papers_of_a_congress_have_one_series(world, clerk):
    line = Line(direction="out", entered_on=DAY, congress=True)
    with pytest.raises(DomainError, match="no_congress"):
        register_document(scope=clerk, unit=world.office, facts=facts(), line=line)
    set_rule(
        scope=world.scope("admin"),
        unit=world.root,
        key="documents.congress",
        value="XVIII",
        valid_from=DAY,
        valid_to=DAY + datetime.timedelta(days=2),
        legal_basis="Quyết định triệu tập",
    )
    for number, kind in enumerate(["notice", "report"], 1):
        given = facts(kind=kind, symbol=f"{number}-X/ĐH")
        entry = register_document(scope=clerk, unit=world.office, facts=given, line=line)
        assert (entry.series.code, entry.number) == ("XVIII/congress/party", number)
    assert enter(clerk, world.office, direction="out", symbol="1-TB/VPTU").series.period_type == "term"


def test_a_joint_paper_bears_the_number_of_its_first_issuer(world, clerk):
    given = facts(family="state", kind="decision", symbol="1/QĐ-X", issuer=world.office, issuer_name="")
    first = register_document(
        scope=clerk,
        unit=world.office,
        facts=given,
        line=Line(direction="out", entered_on=DAY),
        joint_issuers=[world.home],
    )
    further = register_document(
        scope=clerk,
        unit=world.home,
        facts=given,
        line=Line(direction="out", entered_on=DAY),
        document=first.document,
    )
    assert (further.number, further.taken, further.series) == (first.number, first.taken, first.series)
    assert decision(clerk, world.home, issuer=world.home, issuer_name="").number == 1
    void_entry(scope=clerk, entry=further, reason="Nhầm sổ")
    assert LedgerNumber.objects.get(pk=first.taken_id).state == "used"
    void_entry(scope=clerk, entry=first, reason="Nhầm")
    assert LedgerNumber.objects.get(pk=first.taken_id).void_reason == "Nhầm"


# Reservations


def test_a_reserved_number_is_kept_for_its_owner(world, clerk):
    decision(clerk, world.office)
    row = reserve(world, clerk, until=YEAR_END, purpose="Quyết định khen thưởng")
    assert (row.number, row.state, row.owner) == (2, "reserved", world.person("chief"))
    assert decision(clerk, world.office).number == 3
    with pytest.raises(DomainError) as caught:
        decision(clerk, world.office, symbol="2/QĐ-X", number=2)
    assert caught.value.code == "number_reserved"
    assert decision(world.scope("chief"), world.office, symbol="2/QĐ-X", number=2).taken == row
    assert told(clerk, row.series) == [("1", "used", ""), ("2", "used", ""), ("3", "used", "")]


def test_a_clerk_uses_a_reservation_by_its_name(world, clerk):
    row = reserve(world, clerk)
    entry = register_document(
        scope=clerk,
        unit=world.office,
        facts=facts(family="state", kind="decision", symbol="1/QĐ-X"),
        line=Line(direction="out", entered_on=DAY, number=row.number, reservation=row.uid),
    )
    assert (entry.taken, entry.taken.state) == (row, "used")


def test_a_reservation_that_expires_is_void_and_never_given_out(world, clerk):
    row = reserve(world, clerk, until=TODAY)
    assert ledger.expire_reservations() == 0
    LedgerNumber.objects.filter(pk=row.pk).update(reserved_until=TODAY - datetime.timedelta(days=1))
    with pytest.raises(DomainError, match="number_taken"):
        decision(world.scope("chief"), world.office, number=1)
    assert ledger.expire_reservations() == 1
    assert ledger.expire_reservations() == 0
    row.refresh_from_db()
    assert (row.state, row.void_reason) == ("void", EXPIRED)
    assert decision(clerk, world.office).number == 2
    assert AuditEvent.objects.filter(action="number.expire", target_uid=row.uid).count() == 1
    assert told(clerk, row.series)[0] == ("1", "void", "The time of its reservation passed without a paper.")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"until": TODAY - datetime.timedelta(days=1)}, "until"),
        ({"until": YEAR_END + datetime.timedelta(days=1)}, "until"),
    ],
)
def test_reserve_number_refuses_at_the_field(world, clerk, values, field):
    with pytest.raises(DomainError) as caught:
        reserve(world, clerk, **values)
    assert list(caught.value.fields) == [field]
    assert not LedgerNumber.objects.exists()


def test_only_keepers_reserve_and_make_void(world, clerk):
    for name in ("specialist", "home_head", "stranger"):
        with pytest.raises(PermissionDenied):
            reserve(world, world.scope(name))
    row = reserve(world, clerk)
    with pytest.raises(PermissionDenied):
        ledger.void_number(scope=world.scope("specialist"), number=row, reason="x")
    with pytest.raises(PermissionDenied):
        reserve(world, clerk, level=levels.SECRET)
    ledger.void_number(scope=clerk, number=row, reason=" Không  dùng ")
    with pytest.raises(DomainError, match="not_reserved"):
        ledger.void_number(scope=clerk, number=row, reason="x")
    assert told(clerk, row.series) == [("1", "void", "Không dùng")]


# Gaps


def test_every_number_of_a_series_is_explained(world, clerk):
    first = decision(clerk, world.office, symbol="61/QĐ-X", number=61)
    series = first.series
    assert (first.taken.basis, told(clerk, series)) == (
        "manual",
        [("1–60", "missing", "Neither used nor explained."), ("61", "used", "")],
    )
    ledger.begin_series(scope=clerk, series=series, number=61, basis="Sổ giấy 2026")
    decision(clerk, world.office, symbol="65/QĐ-X", number=65)
    void_entry(scope=clerk, entry=decision(clerk, world.office, symbol="66/QĐ-X"), reason="Nhầm")
    row = reserve(world, clerk, until=YEAR_END)
    assert ledger.explain_gap(scope=clerk, series=series, first=62, last=63, reason="Sổ giấy mất trang") == 2
    series.refresh_from_db()
    assert told(clerk, series) == [
        ("1–60", "on_paper", "Sổ giấy 2026"),
        ("61", "used", ""),
        ("62", "void", "Sổ giấy mất trang"),
        ("63", "void", "Sổ giấy mất trang"),
        ("64", "missing", "Neither used nor explained."),
        ("65", "used", ""),
        ("66", "void", "Nhầm"),
        ("67", "reserved", f"Reserved until {YEAR_END:%d/%m/%Y}."),
    ]
    assert told(clerk, series, used=False, after=64) == [("66", "void", "Nhầm"), told(clerk, series)[-1]]
    (counted,) = gaps.with_tallies(NumberSeries.objects.filter(pk=series.pk))
    assert counted.tally == gaps.Tally(used=2, reserved=1, void=3, missing=1, on_paper=60)
    assert counted.tally.total == series.last == row.number
    # A missing number can still be entered from its paper; a void one cannot.
    assert decision(clerk, world.office, symbol="64/QĐ-X", number=64).taken.basis == "manual"
    with pytest.raises(DomainError, match="number_taken"):
        decision(clerk, world.office, symbol="62/QĐ-X", number=62)


def test_what_cannot_be_explained(world, clerk):
    series = decision(clerk, world.office, number=3, symbol="3/QĐ-X").series
    for given, code in [
        ({"first": 1, "last": 4, "reason": "x"}, "bad_range"),
        ({"first": 3, "last": 3, "reason": "x"}, "no_gap"),
        ({"first": 1, "last": 2, "reason": " "}, "empty"),
    ]:
        with pytest.raises(DomainError, match=code):
            ledger.explain_gap(scope=clerk, series=series, **given)
    with pytest.raises(DomainError, match="begun"):
        ledger.begin_series(scope=clerk, series=series, number=4, basis="Sổ giấy")
    with pytest.raises(PermissionDenied):
        ledger.begin_series(scope=world.scope("specialist"), series=series, number=2, basis="Sổ giấy")


def test_a_paper_out_of_sight_is_not_told(world, clerk):
    entry = decision(clerk, world.office, summary="Nội dung kín")
    assert told(world.scope("chief"), entry.series) == [("1", "used", "")]
    void_entry(scope=clerk, entry=entry, reason="Nhầm")
    (row,) = gaps.entries_of(clerk, entry.series, gaps.runs_of(entry.series))
    assert (row.content, row.words, row.document) == ("", "Nhầm", None)


def test_series_of_secret_papers_are_seen_by_the_cleared_alone(world, clerk):
    series = NumberSeries.objects.create(
        root=world.root,
        unit=world.office,
        direction="in",
        period_type="year",
        period="2026",
        is_secret=True,
        opened_on=DAY,
    )
    assert not NumberSeries.objects.visible_to(clerk).exists()
    assert series.code == "2026/secret"


def test_the_database_refuses_a_number_that_does_not_explain_itself(world, clerk):
    series = decision(clerk, world.office).series
    for values in [
        {"number": 1, "state": "void", "void_reason": "x", "voided_at": clock.now()},
        {"number": 2, "state": "used"},
        {"number": 2, "state": "reserved"},
        {"number": 2, "state": "void", "voided_at": clock.now()},
        {"number": 0, "state": "void", "void_reason": "x", "voided_at": clock.now()},
    ]:
        with pytest.raises(IntegrityError), transaction.atomic():
            LedgerNumber.objects.create(series=series, taken_by=world.person("clerk"), **values)


# Bodies that end


def rename(unit, day, symbol):
    """Let a body bear another symbol from `day`, and tell so."""
    before = unit.versions.get(valid_to=None)
    before.valid_to = day
    before.save()
    after = UnitVersion.objects.create(unit=unit, kind=before.kind, level=before.level, valid_from=day)
    UnitName.objects.create(version=after, language="vi", name="Tên mới", symbol=symbol)
    units_changed.send(sender=None, root_id=unit.root_id, unit_ids={unit.pk}, act=None)


def test_a_body_with_another_symbol_counts_from_one(world, clerk):
    old = decision(clerk, world.office).series
    rename(world.office, DAY, "VPMOI")
    entry = decision(clerk, world.office, symbol="1/QĐ-VPMOI")
    old.refresh_from_db()
    assert (entry.number, entry.series.issuer_key, old.closed_on) == (1, "VPMOI", DAY)
    # Incoming letters go on in the year's series: they bear no symbol of the body.
    assert enter(clerk, world.office, symbol="1-TB/X").number == 1


def test_a_corrected_symbol_or_a_new_version_of_one_symbol_goes_on(world, clerk):
    decision(clerk, world.office)
    UnitName.objects.filter(version__unit=world.office).update(symbol="VPTƯ")
    assert decision(clerk, world.office, symbol="2/QĐ-X").number == 2
    rename(world.office, DAY, "VPTU")
    entry = decision(clerk, world.office, symbol="3/QĐ-X")
    assert (entry.number, entry.series.closed_on) == (3, None)


def test_an_ended_body_gives_no_number_and_its_reservations_become_void(world, clerk):
    series = decision(clerk, world.home, issuer=world.home, issuer_name="").series
    row = reserve(world, clerk, unit=world.home)
    version = world.home.versions.get()
    version.valid_to = DAY
    version.save()
    units_changed.send(sender=None, root_id=world.root.pk, unit_ids={world.home.pk}, act=None)
    with pytest.raises(DomainError, match="unit_ended") as caught:
        decision(clerk, world.home, symbol="2/QĐ-X", issuer=world.home, issuer_name="")
    assert list(caught.value.fields) == ["entered_on"]
    assert numbering.issuer_on(world.home, DAY).ended_on == DAY
    assert ledger.expire_reservations() == 1
    row.refresh_from_db()
    series.refresh_from_db()
    assert (row.void_reason, series.closed_on, series.last) == (CLOSED, DAY, 2)
    version.valid_to = None
    version.save()
    units_changed.send(sender=None, root_id=world.root.pk, unit_ids={world.home.pk}, act=None)
    series.refresh_from_db()
    assert series.closed_on is None
    assert decision(clerk, world.home, symbol="3/QĐ-X", issuer=world.home, issuer_name="").number == 3


def merge(world):
    """Merge two departments from today; return the act and the successor."""
    admin = world.scope("admin")
    spec = UnitSpec(named("Sở Nội vụ và Xây dựng"), "department", "province", code="H10")
    act = services.draft_change_act(
        scope=admin, root=world.root, title="Sắp xếp", in_force_on=TODAY, decision="983-QĐ/TU"
    )
    step = Step(StepKind.MERGE, units=(world.home.uid, world.works.uid), new=(spec,), carry_posts=False)
    services.add_step(scope=admin, act=act, step=step)
    return services.apply_change_act(scope=admin, act=act), Unit.objects.get(uid=spec.uid)


def test_the_successor_of_merged_bodies_counts_from_one(world, clerk):
    old = decision(clerk, world.home, issuer=world.home, issuer_name="").series
    act, successor = merge(world)
    old.refresh_from_db()
    assert old.closed_on == TODAY
    with pytest.raises(DomainError, match="unit_ended"):
        decision(clerk, world.home, symbol="2/QĐ-X", issuer=world.home, issuer_name="")
    first = decision(clerk, successor, symbol="1/QĐ-NVXD", issuer=successor, issuer_name="")
    assert (first.number, first.series.unit) == (1, successor)
    # An act upon which numbers were given out stands.
    with pytest.raises(DomainError, match="act_built_upon"):
        services.undo_change_act(scope=world.scope("admin"), act=act)


def test_undoing_an_act_opens_the_series_again(world, clerk):
    old = decision(clerk, world.home, issuer=world.home, issuer_name="").series
    act, _successor = merge(world)
    services.undo_change_act(scope=world.scope("admin"), act=act)
    old.refresh_from_db()
    assert old.closed_on is None
    assert decision(clerk, world.home, symbol="2/QĐ-X", issuer=world.home, issuer_name="").number == 2


def test_a_numbered_paper_keeps_the_kind_of_its_series(world, clerk):
    party = enter(clerk, world.office, direction="out").document
    other = facts(kind="report")
    with pytest.raises(DomainError) as caught:
        correct_document(scope=clerk, document=party, version=1, facts=other)
    assert (caught.value.code, list(caught.value.fields)) == ("other_series", ["kind"])
    # Within a series that kinds share, the kind can be corrected; so can that of a letter received.
    state = decision(clerk, world.office).document
    changed = facts(family="state", kind="report", symbol=state.symbol)
    assert correct_document(scope=clerk, document=state, version=1, facts=changed).kind == "report"
    letter = enter(clerk, world.office, symbol="5-TB/X").document
    changed = facts(kind="report", symbol="5-TB/X")
    assert correct_document(scope=clerk, document=letter, version=1, facts=changed).kind == "report"


def test_verify_finds_what_the_ledger_does_not_bear_out(world, clerk):
    entry = decision(clerk, world.office)
    reserve(world, clerk)
    void_entry(scope=clerk, entry=decision(clerk, world.office, symbol="8/QĐ-X"), reason="Nhầm")
    assert list(ledger_faults()) == []
    RegisterEntry.objects.filter(pk=entry.pk).update(number=9)
    (fault,) = ledger_faults()
    assert fault.startswith(f"line {entry.uid}")
    RegisterEntry.objects.filter(pk=entry.pk).update(number=1, voided_at=clock.now(), void_reason="x")
    (fault,) = ledger_faults()
    assert fault.startswith(f"number {entry.taken.uid} (1) is used")
    NumberSeries.objects.update(last=1)
    assert len(list(ledger_faults())) == 2

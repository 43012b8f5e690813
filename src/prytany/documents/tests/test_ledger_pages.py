"""Pages of the ledger: what they show, ask and refuse."""

import csv
import io

import openpyxl
import pytest
from django.urls import reverse

from prytany.documents.models import LedgerNumber, NumberSeries, RegisterEntry
from prytany.documents.services import ledger
from prytany.documents.services.registration import void_entry
from prytany.documents.services.relations import relate
from prytany.documents.tests.papers import enter
from prytany.rules.models import RuleOverride


@pytest.fixture
def clerk(world):
    return world.scope("clerk")


@pytest.fixture
def series(world, clerk):
    """A series with a used, a void, a missing, a reserved number, and one in the book on paper."""

    def decision(number, **values):
        given = {"direction": "out", "family": "state", "kind": "decision", "symbol": f"{number}/QĐ-X"}
        return enter(clerk, world.office, number=number, **given, **values)

    found = decision(2, summary="Quyết định khen thưởng").series
    void_entry(scope=clerk, entry=decision(3), reason="Nhầm")
    decision(5)
    ledger.begin_series(scope=clerk, series=found, number=2, basis="Sổ giấy")
    LedgerNumber.objects.create(
        series=found,
        number=6,
        state="reserved",
        owner=world.person("chief"),
        reserved_until="2099-12-31",
        taken_by=world.person("clerk"),
        purpose="=Khen thưởng",
    )
    NumberSeries.objects.filter(pk=found.pk).update(last=6)
    return NumberSeries.objects.get(pk=found.pk)


def test_the_ledger_lists_series_with_what_is_not_used(client_of, series):
    page = client_of("clerk").get(reverse("documents:ledger")).content.decode()
    for words in ("1 missing", "1 reserved", "1 void", "1 in the book on paper"):
        assert words in page, words


def test_a_series_shows_what_is_not_used_first_and_all_on_request(client_of, series):
    client, address = client_of("clerk"), reverse("documents:series", args=[series.uid])
    states = [entry.state for entry in client.get(address).context["entries"]]
    assert states == ["on_paper", "void", "missing", "reserved"]
    page = client.get(address, {"all": "1"})
    assert [entry.numbers for entry in page.context["entries"]] == ["1", "2", "3", "4", "5", "6"]
    assert "Nghị định 30/2020/NĐ-CP, Điều 15" in page.content.decode()


@pytest.mark.parametrize("name", ["documents:ledger", "documents:series"])
def test_pages_of_the_ledger_ask_few_queries(client_of, series, django_assert_max_num_queries, name):
    client = client_of("clerk")
    address = reverse(name, args=[series.uid] if name.endswith("series") else [])
    client.get(address)
    with django_assert_max_num_queries(12):
        client.get(address, {"all": "1"})


def test_the_gap_report_as_workbook_text_and_print(client_of, series):
    client = client_of("clerk")
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("documents:series_xlsx", args=[series.uid])).content), read_only=True
    )
    rows = list(book.active.iter_rows(values_only=True))
    assert [(row[0], row[1]) for row in rows[1:]] == [
        ("1", "In the book on paper"),
        ("2", "Used"),
        ("3", "Void"),
        ("4", "Missing"),
        ("5", "Used"),
        ("6", "Reserved"),
    ]
    text = client.get(reverse("documents:series_csv", args=[series.uid])).content.decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(text))][1:] == ["1", "2", "3", "4", "5", "6"]
    printed = client.get(reverse("documents:series_print", args=[series.uid])).content.decode()
    assert "Sổ giấy" in printed
    assert "Quyết định khen thưởng" in printed


def test_reserving_using_and_voiding_a_number_in_the_browser(world, client_of, series):
    client = client_of("clerk")
    address = reverse("documents:reserve")
    data = {"unit": str(world.office.uid), "direction": "out", "kind": "state.decision", "level": "0", "until": ""}
    refused = client.post(address, {**data, "owner": str(world.person("stranger").uid), "form_token": "a"})
    assert list(refused.context["form"].errors) == ["owner"]
    response = client.post(address, {**data, "owner": str(world.person("chief").uid), "form_token": "b"})
    assert response.url == reverse("documents:series", args=[series.uid])
    row = LedgerNumber.objects.get(series=series, number=7)
    assert (row.state, row.owner) == ("reserved", world.person("chief"))
    # The same form sent twice reserves once.
    client.post(address, {**data, "owner": str(world.person("chief").uid), "form_token": "b"})
    assert not LedgerNumber.objects.filter(series=series, number=8).exists()
    form = client.get(reverse("documents:register"), {"direction": "out", "reserved": str(row.uid)}).context["form"]
    assert (form["number"].value(), str(form["reservation"].value())) == (7, str(row.uid))
    given = {
        "direction": "out",
        "unit": str(world.office.uid),
        "number": "7",
        "reservation": str(row.uid),
        "entered_on": f"{series.opened_on:%d/%m/%Y}",
        "kind": "state.decision",
        "summary": "Quyết định",
        "symbol": "7/QĐ-X",
        "form_token": "c",
    }
    assert client.post(reverse("documents:register"), given).status_code == 302
    assert RegisterEntry.objects.get(number=7).taken == row
    reserved = LedgerNumber.objects.get(number=6)
    client.post(reverse("documents:void_number", args=[reserved.uid]), {"reason": "Thôi"})
    reserved.refresh_from_db()
    assert (reserved.state, reserved.void_reason) == ("void", "Thôi")


def test_explaining_a_gap_and_setting_where_a_series_begins(client_of, series):
    client = client_of("clerk")
    address = reverse("documents:explain", args=[series.uid])
    assert client.get(address, {"first": "4", "last": "4"}).context["form"]["first"].value() == "4"
    refused = client.post(address, {"first": "5", "last": "5", "reason": "x"})
    assert refused.context["form"].errors == {"first": ["No number is missing there."]}
    assert client.post(address, {"first": "4", "last": "4", "reason": "Sổ giấy"}).status_code == 302
    assert LedgerNumber.objects.get(series=series, number=4).void_reason == "Sổ giấy"
    begin = reverse("documents:begin", args=[series.uid])
    assert client.post(begin, {"number": "3", "basis": "Sổ giấy"}).context["form"].errors == {
        "number": ["Numbers below 3 stand in the ledger already."]
    }


@pytest.mark.parametrize(("direction", "book"), [("in", "follow_up"), ("out", "postal")])
def test_books_beside_the_registers(world, clerk, client_of, direction, book):
    entry = enter(clerk, world.office, direction=direction, symbol="5-TB/X")
    RegisterEntry.objects.filter(pk=entry.pk).update(forwarded_on=entry.entered_on)
    asked = {"direction": direction, "book": book}
    page = client_of("clerk").get(reverse("documents:register_print"), asked)
    columns = {"follow_up": 7, "postal": 6}[book]
    assert (len(page.context["columns"]), len(page.context["lines"])) == (columns, 1)
    found = openpyxl.load_workbook(
        io.BytesIO(client_of("clerk").get(reverse("documents:register_xlsx"), asked).content), read_only=True
    )
    heads = next(found.active.iter_rows(min_row=4, max_row=4, values_only=True))
    assert heads == tuple(str(column.head) for column in page.context["columns"])


def test_follow_up_tells_the_answer_and_an_office_chooses_its_columns(world, clerk, client_of):
    letter = enter(clerk, world.office, symbol="5-CV/X").document
    answer = enter(clerk, world.office, direction="out", symbol="9-CV/VPTU").document
    relate(scope=clerk, document=answer, other=letter, kind="replies")
    address = reverse("documents:register_print")
    (line,) = client_of("clerk").get(address, {"book": "follow_up"}).context["lines"]
    assert dict(line[1])["answer"] == "9-CV/VPTU"
    assert dict(line[1])["progress"] == "Answered"
    RuleOverride.objects.create(
        unit=world.root,
        key="documents.book.follow_up",
        value={"columns": ["number", "answer"]},
        valid_from="2020-01-01",
        legal_basis="Quy chế",
    )
    (line,) = client_of("clerk").get(address, {"book": "follow_up"}).context["lines"]
    assert [name for name, _value in line[1]] == ["number", "answer"]


@pytest.mark.parametrize(
    ("key", "data", "stored"),
    [
        (
            "documents.may_issue.party.province.committee",
            {"value_name_vi": "Tỉnh ủy", "value_kinds": "notice, report", "value_also_for": ""},
            {"name": {"vi": "Tỉnh ủy"}, "kinds": ["notice", "report"], "also_for": ""},
        ),
        (
            "documents.symbol.state",
            {
                "value_with_kind": "{number}-{kind}/{body}",
                "value_without_kind": "{number}/{body}",
                "value_least_digits": "3",
            },
            {"with_kind": "{number}-{kind}/{body}", "without_kind": "{number}/{body}", "least_digits": 3},
        ),
        ("documents.book.in", {"value_columns": "number, symbol"}, {"columns": ["number", "symbol"]}),
        ("documents.reservation_days", {"value": "9"}, 9),
        ("documents.deadline.register", {"value": "0"}, 0),
        ("documents.congress", {"value": "XVIII"}, "XVIII"),
    ],
)
def test_an_office_sets_its_own_figure_of_each_new_kind(client_of, key, data, stored):
    address = reverse("rules:detail", args=[key])
    client = client_of("admin")
    assert client.get(address).status_code == 200
    response = client.post(address, {**data, "valid_from": "01/01/2026", "legal_basis": "Quy chế", "form_token": "one"})
    assert response.status_code == 302, response.context["form"].errors
    assert RuleOverride.objects.get(key=key).value == stored


@pytest.mark.parametrize(
    ("key", "data"),
    [
        ("documents.book.in", {"value_columns": "number, colour"}),
        ("documents.book.in", {"value_columns": "number, number"}),
        ("documents.symbol.state", {"value_with_kind": "{kind}", "value_without_kind": "{number}"}),
        ("documents.symbol.state", {"value_with_kind": "{number}{x}", "value_without_kind": "{number}"}),
    ],
)
def test_a_figure_that_cannot_be_is_refused(client_of, key, data):
    given = {"value_least_digits": "2", **data, "valid_from": "01/01/2026", "legal_basis": "Quy chế"}
    response = client_of("admin").post(reverse("rules:detail", args=[key]), given)
    assert response.context["form"].errors
    assert not RuleOverride.objects.exists()

"""The administration page of rules, the form for an office's own figures, the § beside figures."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.template import Context, Template
from django.urls import reverse

from prytany.audit.models import AuditEvent
from prytany.core import clock
from prytany.core.errors import DomainError
from prytany.organisation.names import unit_labels
from prytany.rules.definitions import DEFINITIONS
from prytany.rules.forms import OwnRuleForm
from prytany.rules.kinds import COLUMNS, Table
from prytany.rules.lookup import rule, rules
from prytany.rules.models import RuleOverride
from prytany.rules.services import end_rule, set_rule

KEY = "tasks.due_soon_days"


def day(number, month=1):
    return datetime.date(2026, month, number)


def put(world, *, unit="root", who="admin", **fields):
    values = {"key": KEY, "value": 7, "valid_from": day(1), "legal_basis": "Quy chế"} | fields
    return set_rule(scope=world.scope(who), unit=world.units[unit], **values)


def test_set_rule_holds_from_its_day_and_is_logged(world):
    row = put(world)
    found = rule(KEY, on=day(5), unit=world.mau_son)
    assert (found.value, found.set_by, found.override) == (7, world.person("admin").pk, row.uid)
    event = AuditEvent.objects.get()
    assert (event.action, event.target_uid, event.data["value"]) == ("rule.set", row.uid, 7)


def test_set_rule_closes_the_one_before(world):
    put(world)
    put(world, value=4, valid_from=day(1, 6))
    assert list(RuleOverride.objects.order_by("valid_from").values_list("value", "valid_from", "valid_to")) == [
        (7, day(1), day(1, 6)),
        (4, day(1, 6), None),
    ]


def test_set_rule_refuses_dates_that_a_later_figure_holds(world):
    put(world, valid_from=day(1, 6))
    with pytest.raises(DomainError, match="overlap"):
        put(world, valid_from=day(1))
    put(world, valid_from=day(1), valid_to=day(1, 6), value=3)
    assert RuleOverride.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"value": 99}, "bad_value"), ({"value": "x"}, "bad_value"), ({"valid_to": day(1)}, "bad_range")],
)
def test_set_rule_refuses_what_is_not_of_its_kind(world, fields, code):
    with pytest.raises(DomainError, match=code):
        put(world, **fields)
    assert not RuleOverride.objects.exists()


@pytest.mark.parametrize(("who", "unit"), [("chief", "root"), ("admin", "elsewhere"), ("mau_son_head", "mau_son")])
def test_set_rule_is_for_who_edits_settings_there(world, who, unit):
    with pytest.raises(PermissionDenied):
        put(world, who=who, unit=unit)


def test_end_rule_ends_or_takes_back(world):
    row = put(world)
    end_rule(scope=world.scope("admin"), override=row, on=day(1, 3))
    assert rule(KEY, on=day(1, 3), unit=world.root).source == "law"
    assert rule(KEY, on=day(28, 2), unit=world.root).source == "office"
    with pytest.raises(DomainError, match="ended"):
        end_rule(scope=world.scope("admin"), override=row, on=day(1, 4))
    later = put(world, valid_from=day(1, 6))
    end_rule(scope=world.scope("admin"), override=later, on=day(1, 5))
    assert list(RuleOverride.objects.all()) == [row]
    assert list(AuditEvent.objects.order_by("pk").values_list("action", flat=True)) == [
        "rule.set",
        "rule.end",
        "rule.set",
        "rule.take_back",
    ]


def test_every_figure_goes_through_its_form_unchanged():
    for found in rules():
        form = OwnRuleForm(definition=found.definition, value=found.value)
        data = {name: field.get_bound_field(form, name).value() for name, field in form.fields.items()}
        data |= {"valid_from": "1/1/2027", "legal_basis": "x"}
        sent = OwnRuleForm(
            {k: v for k, v in data.items() if v is not None}, definition=found.definition, value=found.value
        )
        assert sent.is_valid(), (found.key, sent.errors)
        assert sent.cleaned_data["value"] == found.value


def test_list_shows_every_figure_with_its_basis(world, client_of):
    put(world, unit="office")
    page = client_of("admin").get(reverse("rules:list"), {"unit": world.office.uid}).content.decode()
    assert "Nghị định 09/2019/NĐ-CP, Điều 12" in page
    assert "set by <bdi>Văn phòng Tỉnh ủy thử</bdi>" in page
    assert page.count("<tr>") - page.count("<thead") == len(rules())


@pytest.mark.parametrize("who", ["chief", "leader", "auditor", "mau_son_focal"])
def test_pages_are_for_who_edits_settings(world, client_of, who):
    row = put(world)
    client = client_of(who)
    assert client.get(reverse("rules:list")).status_code == 403
    assert client.get(reverse("rules:detail", args=[KEY])).status_code == 403
    assert client.post(reverse("rules:end", args=[row.uid])).status_code == 403


def test_pages_do_not_reach_another_root(world, client_of):
    RuleOverride.objects.create(unit=world.elsewhere, key=KEY, value=1, valid_from=day(1), legal_basis="Bí mật")
    client = client_of("admin")
    assert client.get(reverse("rules:list"), {"unit": world.elsewhere.uid}).status_code == 404
    assert client.get(reverse("rules:list"), {"unit": "x"}).status_code == 404
    assert "Bí mật" not in client.get(reverse("rules:detail", args=[KEY])).content.decode()
    other = RuleOverride.objects.get()
    assert client.post(reverse("rules:end", args=[other.uid])).status_code == 404


def test_detail_sets_a_figure_and_says_what_is_wrong(world, client_of):
    client, address = client_of("admin"), reverse("rules:detail", args=[KEY])
    data = {"value": "7", "valid_from": "1/12/2026", "valid_to": "31/12/2026", "legal_basis": "Quy chế làm việc"}
    assert client.post(address, data | {"value": "99"}).status_code == 422
    assert client.post(address, data | {"legal_basis": ""}).status_code == 422
    for _twice in range(2):
        assert client.post(address, data | {"form_token": "t"}).status_code == 302
    row = RuleOverride.objects.get()
    assert (row.unit, row.valid_to, row.set_by) == (world.root, datetime.date(2027, 1, 1), world.person("admin"))
    assert client.post(address, data).status_code == 422
    page = client.get(address).content.decode()
    assert "Quy chế làm việc" in page
    assert "31/12/2026" in page
    assert client.post(reverse("rules:end", args=[row.uid])).status_code == 302
    assert not RuleOverride.objects.exists()


@pytest.mark.parametrize("key", ["tasks.nothing", "documents.kind.nothing", "nothing"])
def test_detail_of_no_rule_is_404(client_of, key):
    assert client_of("admin").get(reverse("rules:detail", args=[key])).status_code == 404


@pytest.mark.parametrize("language", ["vi", "ur", "ar"])
def test_every_detail_page_opens(world, client_of, language):
    person = world.person("admin")
    person.language = language
    person.save()
    client = client_of("admin")
    for found in rules():
        assert client.get(reverse("rules:detail", args=[found.key])).status_code == 200


def show_basis(source, **context):
    return Template(source).render(Context(context))


def test_basis_shows_the_act_and_marks_what_is_not_confirmed(db):
    sure = show_basis('{% basis "reports.window.month" %}')
    assert "Nghị định 09/2019/NĐ-CP, Điều 12" in sure
    assert "unconfirmed" not in sure
    unsure = show_basis('{% basis "tasks.due_soon_days" %}')
    assert "unconfirmed" in unsure
    assert "Not confirmed: ask your office before relying on it." in unsure


def test_basis_names_the_office_that_set_a_figure(world):
    put(world)
    text = show_basis('{% basis "tasks.due_soon_days" on=day unit=unit %}', day=day(5), unit=world.mau_son)
    assert str(unit_labels([world.root.pk])[world.root.pk]) in text
    assert show_basis('{% basis "documents.kind.nothing" %}').strip() == ""


def test_basis_of_the_page_follows_its_date(world):
    text = show_basis('{% basis "reports.window.month" %}', as_of=datetime.date(2018, 1, 1))
    assert "09/2019" not in text
    assert clock.today() > datetime.date(2019, 3, 12)


def test_every_column_of_a_table_has_a_label():
    tables = [definition.kind for definition in DEFINITIONS if isinstance(definition.kind, Table)]
    assert {name for table in tables for name in table.columns} == set(COLUMNS)


def test_every_definition_has_a_label():
    assert all(str(definition.label) for definition in DEFINITIONS)

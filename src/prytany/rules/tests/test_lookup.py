"""Which figure holds where and when."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from prytany.core import remembered
from prytany.organisation import closure
from prytany.organisation.tests.factories import make_unit
from prytany.rules.lookup import NoRule, rule, rules, rules_under
from prytany.rules.models import RuleOverride

DAY = datetime.date(2026, 11, 20)


def set_own(unit, value, *, since=datetime.date(2026, 1, 1), until=None, key="tasks.due_soon_days"):
    return RuleOverride.objects.create(
        unit=unit, key=key, value=value, valid_from=since, valid_to=until, legal_basis="Quy chế"
    )


def test_rule_gives_the_figure_of_the_jurisdiction_with_its_basis():
    found = rule("reports.window.month", on=DAY)
    assert dict(found.value) == {"from_day": 15, "from_month": -1, "to_day": 14}
    assert (found.legal_basis, found.confirmed, found.source) == ("Nghị định 09/2019/NĐ-CP, Điều 12", "yes", "law")
    assert found.valid_from == datetime.date(2019, 3, 12)


def test_rule_before_the_act_gives_the_generic_figure():
    assert dict(rule("reports.window.month", on=datetime.date(2019, 3, 11)).value)["from_day"] == 1


def test_rule_refuses_an_unknown_key():
    with pytest.raises(KeyError):
        rule("tasks.nothing", on=DAY)
    with pytest.raises(NoRule):
        rule("documents.kind.nothing", on=DAY)


def test_rule_takes_the_nearest_office_up_the_line(world):
    set_own(world.root, 7)
    set_own(world.office, 3)
    found = {unit: rule("tasks.due_soon_days", on=DAY, unit=world.units[unit]).value for unit in world.units}
    assert found["section"] == found["office"] == 3
    assert found["root"] == found["mau_son"] == 7
    assert found["elsewhere"] == rule("tasks.due_soon_days", on=DAY).value == 5
    own = rule("tasks.due_soon_days", on=DAY, unit=world.section.pk)
    assert (own.source, own.set_in, own.legal_basis, own.unit) == ("office", world.office.pk, "Quy chế", "days")


def test_rule_reads_the_database_once_and_not_again(world, django_assert_num_queries):
    set_own(world.root, 7)
    remembered.forget_all()
    with django_assert_num_queries(2):
        for _ in range(3):
            assert rule("tasks.due_soon_days", on=DAY, unit=world.section).value == 7
    with django_assert_num_queries(0):
        assert rule("tasks.hand_back_days", on=DAY, unit=world.section).value == 3


def test_rule_sees_a_changed_figure_at_once(world):
    own = set_own(world.root, 7)
    assert rule("tasks.due_soon_days", on=DAY, unit=world.root).value == 7
    own.value = 4
    own.save()
    assert rule("tasks.due_soon_days", on=DAY, unit=world.root).value == 4
    own.delete()
    assert rule("tasks.due_soon_days", on=DAY, unit=world.root).value == 5


def test_rule_passes_over_an_own_figure_that_is_no_longer_of_its_kind(world):
    set_own(world.root, "soon")
    assert rule("tasks.due_soon_days", on=DAY, unit=world.root).value == 5


def test_rules_under_gives_a_family_in_order():
    found = rules_under("documents.urgency.", on=DAY)
    assert [r.value["rank"] for r in found] == [1, 2, 3, 4]
    assert found[2].name == "Hỏa tốc"


def test_rules_lists_every_key_once():
    keys = [r.key for r in rules(on=DAY)]
    assert len(keys) == len(set(keys)) > 25


def test_stamp_holds_plain_values():
    stamp = rule("notices.digest_at", on=DAY).stamp()
    assert stamp["value"] == "07:30"
    assert stamp["valid_from"] is None


class NearestTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        root = make_unit("Tỉnh ủy")
        office = make_unit("Văn phòng", under=root)
        section = make_unit("Phòng", under=office)
        cls.units = {"root": root, "office": office, "section": section, "mau_son": make_unit("Xã", under=root)}
        cls.units["elsewhere"] = make_unit("Tỉnh ủy khác")
        closure.rebuild()

    @settings(deadline=None, max_examples=40)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["root", "office", "section", "mau_son"]), st.integers(1, 60), st.integers(0, 30)
            ),
            max_size=6,
            unique_by=lambda own: own[0],
        ),
        st.sampled_from(["root", "office", "section", "mau_son", "elsewhere"]),
        st.integers(0, 40),
    )
    def test_rule_agrees_with_the_definition_in_plain_python(self, owns, asked, offset):
        start = datetime.date(2026, 1, 1)
        day = start + datetime.timedelta(offset)
        for unit, value, since in owns:
            set_own(self.units[unit], value, since=start + datetime.timedelta(since))
        line = {"section": ["section", "office", "root"], "office": ["office", "root"], "mau_son": ["mau_son", "root"]}
        expected = 5
        for name in reversed(line.get(asked, [asked])):
            for unit, value, since in owns:
                if unit == name and start + datetime.timedelta(since) <= day:
                    expected = value
        remembered.forget_all()
        assert rule("tasks.due_soon_days", on=day, unit=self.units[asked]).value == expected

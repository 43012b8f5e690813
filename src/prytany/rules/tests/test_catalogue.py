"""Reading the rule sets that come with the program."""

import datetime

import pytest
from django.core.exceptions import ImproperlyConfigured

from prytany.rules.catalogue import HERE, load, read_folder
from prytany.rules.definitions import DEFINITIONS, definition_of

GOOD = """
[[rule]]
key = "tasks.due_soon_days"
value = 5
unit = "days"
valid_from = 2020-01-01
valid_to = 2026-01-01
legal_basis = "Act 1"
confirmed = "yes"
"""


def read(tmp_path, text):
    (tmp_path / "some.toml").write_text(text, encoding="utf-8")
    return read_folder(tmp_path, "some")


def test_read_folder_gives_typed_entries(tmp_path):
    (entry,) = read(tmp_path, GOOD)
    assert (entry.key, entry.value, entry.unit, entry.valid_from, entry.valid_to, entry.confirmed) == (
        "tasks.due_soon_days",
        5,
        "days",
        datetime.date(2020, 1, 1),
        datetime.date(2026, 1, 1),
        "yes",
    )


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"tasks.due_soon_days"', '"tasks.nothing"', "(tasks.nothing): has a key that"),
        ("value = 5", 'value = "five"', "Write a whole number."),
        ("value = 5", "value = 99", "from 0 to 60"),
        ('unit = "days"', 'unit = "weeks"', "has the unit 'weeks'"),
        ('confirmed = "yes"', 'confirmed = "maybe"', "has confirmed = 'maybe'"),
        ('legal_basis = "Act 1"\n', "", "lacks legal_basis"),
        ('legal_basis = "Act 1"', 'legal_basis = ""', "is confirmed without a legal basis"),
        ("valid_to = 2026-01-01", "valid_to = 2019-01-01", "ends before it begins"),
        ("valid_to = 2026-01-01", 'valid_to = "later"', "has a date that is not written as"),
        ("value = 5", "value = 5\ncolour = 1", "does not know the field colour"),
        ("value = 5", "value = ", "cannot be read"),
        ("[[rule]]", "[rules]", "something other than [[rule]] entries"),
    ],
)
def test_read_folder_names_file_and_entry_that_cannot_be_used(tmp_path, old, new, says):
    with pytest.raises(ImproperlyConfigured) as problem:
        read(tmp_path, GOOD.replace(old, new))
    assert "some.toml" in str(problem.value)
    assert says in str(problem.value)


def test_read_folder_refuses_overlap_and_takes_the_day_after(tmp_path):
    later = GOOD.replace("2020-01-01", "2025-06-01").replace("valid_to = 2026-01-01\n", "")
    with pytest.raises(ImproperlyConfigured, match=r"two entries for tasks\.due_soon_days hold on 2025-06-01"):
        read(tmp_path, GOOD + later)
    assert len(read(tmp_path, GOOD + later.replace("2025-06-01", "2026-01-01"))) == 2


def test_load_names_the_jurisdictions_there_are():
    with pytest.raises(ImproperlyConfigured, match="PRYTANY_JURISDICTION may be generic, vietnam"):
        load("atlantis")


@pytest.mark.parametrize("jurisdiction", sorted({path.parent.name for path in HERE.glob("*/*.toml")}))
def test_each_jurisdiction_that_comes_with_the_program_loads(jurisdiction):
    entries = [entry for versions in load(jurisdiction).values() for entry in versions]
    assert entries
    for entry in entries:
        kind = definition_of(entry.key).kind
        assert kind.clean(kind.plain(entry.value)) == entry.value


def test_each_single_definition_has_a_generic_figure():
    keys = set(load("generic"))
    assert {d.key for d in DEFINITIONS if not d.is_family} <= keys
    families = [d for d in DEFINITIONS if d.members and d.group != "accounts"]
    assert {d.prefix + m for d in families for m in d.members} <= keys

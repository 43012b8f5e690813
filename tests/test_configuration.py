"""docs/configuration.md says of every variable what it is and what it is by default, and names no other."""

import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.checks import run_checks

from prytany.config import env

ROOT = Path(__file__).resolve().parent.parent
ROW = re.compile(r"^\| `(PRYTANY_[A-Z_]+)` \| (.+?) \| (.+) \|$", re.MULTILINE)
READ = re.compile(r"\b(?:env\.)?(?:text|flag|number|words|choice|clock|time_zone|address)\(\s*\"(PRYTANY_[A-Z_]+)\"")


def documented():
    """The table: name -> default, as it is written."""
    rows = ROW.findall((ROOT / "docs" / "configuration.md").read_text())
    assert len(rows) == len({name for name, _, _ in rows})
    return {name: default.strip("`") for name, default, _ in rows}


def test_every_variable_that_is_read_is_in_the_table_and_no_other():
    read = set()
    for path in (ROOT / "src" / "prytany").rglob("*.py"):
        if "tests" not in path.parts:
            read |= set(READ.findall(path.read_text()))
    assert set(documented()) == read == set(settings.KNOWN_VARIABLES)


def test_defaults_in_the_table_are_those_of_the_program():
    var, example = str(settings.VAR_DIR), "VAR"
    actual = {name: default.replace(var, example) or "—" for name, default in settings.KNOWN_VARIABLES.items()}
    assert documented() == actual


def test_a_misspelt_variable_is_named(monkeypatch):
    for name in [name for name in os.environ if name.startswith("PRYTANY_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PRYTANY_DATABSE", "sqlite:///x")
    monkeypatch.setenv("PRYTANY_SECRET_KEY_FILE", "/nowhere")
    found = [check.msg for check in run_checks() if "nothing reads it" in check.msg]
    assert found == ["PRYTANY_DATABSE is set, but nothing reads it."]


@pytest.mark.parametrize(
    ("read", "value", "said"),
    [
        (lambda: env.flag("PRYTANY_DEMO"), "perhaps", "PRYTANY_DEMO is 'perhaps'; write yes or no."),
        (lambda: env.number("PRYTANY_DEMO", 1), "many", "PRYTANY_DEMO is 'many'; write a whole number."),
        (lambda: env.choice("PRYTANY_DEMO", "a", ["b", "a"]), "c", "PRYTANY_DEMO is 'c'; write one of a, b."),
        (
            lambda: env.time_zone("PRYTANY_DEMO", "UTC"),
            "Mars/Olympus",
            "PRYTANY_DEMO is 'Mars/Olympus'; write a time zone such as Asia/Ho_Chi_Minh.",
        ),
        (
            lambda: env.clock("PRYTANY_DEMO", "01:30"),
            "25:00",
            "PRYTANY_DEMO is '25:00'; write a time such as 01:30, or nothing.",
        ),
        (
            lambda: env.database("mysql://x"),
            "",
            "PRYTANY_DATABASE is 'mysql://x'; write sqlite:///path or postgresql://user@host/name.",
        ),
    ],
)
def test_bad_values_are_named_in_a_sentence(monkeypatch, read, value, said):
    monkeypatch.setenv("PRYTANY_DEMO", value)
    with pytest.raises(env.ConfigurationError) as raised:
        read()
    assert str(raised.value) == said


@pytest.mark.parametrize(("value", "meaning"), [("", True), ("no", False), ("OFF", False), ("1", True)])
def test_an_empty_flag_is_its_default(monkeypatch, value, meaning):
    monkeypatch.setenv("PRYTANY_DEMO", value)
    assert env.flag("PRYTANY_DEMO", default=True) is meaning


def test_values_can_come_from_files(monkeypatch, tmp_path):
    path = tmp_path / "number"
    path.write_text("7\n")
    monkeypatch.delenv("PRYTANY_PROXIES", raising=False)
    monkeypatch.setenv("PRYTANY_PROXIES_FILE", str(path))
    assert env.number("PRYTANY_PROXIES", 0) == 7

"""The catalogues: every language is complete, and no translation in any language loses a placeholder or is a guess."""

import re

import polib
import pytest
from django.conf import settings

FOLDER = settings.PACKAGE_DIR / "locale"
FOREIGN = [code for code, _name in settings.LANGUAGES if code != "en"]
PLACEHOLDER = re.compile(r"%\([a-zA-Z_]+\)[sd]")
# Sentences whose comment lets a language choose among further values.
CHOOSES = {"%(day)s %(month_name)s %(year)s", "%(month_name)s %(year)s"}


def catalogue(code):
    return polib.pofile(str(FOLDER / code / "LC_MESSAGES" / "django.po"))


@pytest.mark.parametrize("code", FOREIGN)
def test_every_string_is_translated(code):
    assert [entry.msgid for entry in catalogue(code).untranslated_entries()] == []


@pytest.mark.parametrize("code", FOREIGN)
def test_no_translation_is_a_guess(code):
    assert [entry.msgid for entry in catalogue(code).fuzzy_entries()] == []


@pytest.mark.parametrize("code", FOREIGN)
def test_placeholders_are_those_of_the_source(code):
    wrong = []
    for entry in catalogue(code).translated_entries():
        allowed = set(PLACEHOLDER.findall(entry.msgid + (entry.msgid_plural or "")))
        texts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
        if entry.msgid not in CHOOSES and any(set(PLACEHOLDER.findall(text)) - allowed for text in texts):
            wrong.append(entry.msgid)
        if not entry.msgid_plural and entry.msgid not in CHOOSES and set(PLACEHOLDER.findall(entry.msgstr)) != allowed:
            wrong.append(entry.msgid)
    assert wrong == []

"""Every act that any app writes to the log is told in a sentence, which names nothing that the log does not hold."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from prytany.audit import sentences

PACKAGE = Path(__file__).parents[1] / "src" / "prytany"
ACTION = re.compile(r'action="([a-z_]+\.[a-z_]+)"')


def recorded():
    """Return (app, action) for each act named in the sources."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        if "tests" in path.parts:
            continue
        app = path.relative_to(PACKAGE).parts[0]
        text = path.read_text(encoding="utf-8")
        found |= {(app, action) for action in ACTION.findall(text)}
    return found


def test_every_act_in_the_log_has_a_sentence():
    known = {entry.action for entry in sentences.known_actions()}
    lacking = {(app, action) for app, action in recorded() if action not in known}
    assert lacking == set()


@pytest.mark.parametrize("language", ["en", "vi", "ur"])
def test_every_sentence_can_be_told_with_nothing_known(language):
    with translation.override(language):
        for entry in sentences.known_actions():
            told = sentences.as_text(entry.action, {}, {"actor": "A", "post": "P", "principal": "", "target": "T"})
            assert told, entry.action
            assert "%(" not in told, entry.action

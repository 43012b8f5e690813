"""Rules that hold for every stylesheet, template and script of the package."""

import re
from pathlib import Path

import pytest
from django.conf import settings

PACKAGE: Path = settings.PACKAGE_DIR
TOKENS = PACKAGE / "core/static/core/tokens.css"
STYLES = sorted(path for path in PACKAGE.rglob("static/**/*.css") if path != TOKENS)
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
NAMED = "white|black|red|green|blue|gr[ae]y|orange|yellow|purple|brown|pink|navy|teal|silver"
COLOUR = re.compile(rf"#[0-9a-f]{{3,8}}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(|:\s*(?:{NAMED})\b", re.I)
SIDES = re.compile(
    r"(?:^|[\s;{])(?:(?:margin|padding|border)-(?:left|right)\b|(?:left|right)\s*:|text-align\s*:\s*(?:left|right)|float\s*:\s*(?:left|right))"
)


def plain(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_colours_stand_in_tokens_only(path):
    # `#id` selectors come before a brace; colours come after a colon.
    values = re.findall(r":[^{};]*(?=[;}])", plain(path))
    assert [value for value in values if COLOUR.search(value)] == []


@pytest.mark.parametrize("path", [*STYLES, TOKENS], ids=lambda path: path.name)
def test_styles_name_logical_sides_only(path):
    assert SIDES.findall(plain(path)) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_templates_hold_no_styles_scripts_or_colours(path):
    # Names in the tags of the template language are no attributes: {% with one=… %}.
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r"\sstyle=|<style\b|\son[a-z]+\s*=|\shx-on|javascript:", text) == []
    assert [tag for tag in re.findall(r"<script\b[^>]*>", text) if " src=" not in tag] == []
    assert re.findall(r"(?:fill|stroke|color|bgcolor)=[\"']#", text) == []

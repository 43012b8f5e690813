"""The assets command."""

import os

import polib
import pytest
from django.conf import settings

from prytany.core import assets

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Tasks"\nmsgstr "Nhiệm vụ"\n'


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A small package with an icon in a template, in Python and in a script, and one catalogue."""
    monkeypatch.setattr(assets, "FONTS", ())
    root = tmp_path / "package"
    locale = root / "locale" / "vi" / "LC_MESSAGES"
    locale.mkdir(parents=True)
    (root / "page.html").write_text("{% icon \"bell\" %} {% icon 'send' flip=True %} {% icon name %}")
    (root / "menu.py").write_text('Place(icon="inbox")\nROW = {"icon": "star"}\n')
    (root / "tests").mkdir()
    (root / "tests" / "test_x.py").write_text('icon="no-such-icon"')
    (locale / "django.po").write_text(PO, encoding="utf-8")
    return root


def test_build_writes_once_and_then_only_what_changed(package, tmp_path):
    target = tmp_path / "static"
    assert len(list(assets.build(target, package))) == 4
    assert (target / "icons.svg").read_text().count("<symbol") == len(assets.ALWAYS | {"bell", "send", "inbox", "star"})
    assert "sourceMappingURL" not in (target / "bootstrap.rtl.min.css").read_text()
    assert list(assets.build(target, package)) == []
    (package / "page.html").write_text('{% icon "bell" %}')
    assert [line.split(":")[0] for line in assets.build(target, package)] == ["icons.svg"]
    (target / "bootstrap.min.css").unlink()
    assert [line.split(":")[0] for line in assets.build(target, package)] == ["bootstrap.min.css"]


def test_catalogues_are_compiled_when_their_source_is_newer(package, tmp_path):
    source = package / "locale/vi/LC_MESSAGES/django.po"
    assert list(assets.compile_catalogues(package)) == ["locale/vi/LC_MESSAGES/django.mo: 1 messages"]
    assert polib.mofile(str(source.with_suffix(".mo")))[0].msgstr == "Nhiệm vụ"
    assert list(assets.compile_catalogues(package)) == []
    later = source.stat().st_mtime + 10
    os.utime(source, (later, later))
    assert len(list(assets.compile_catalogues(package))) == 1


def test_unknown_icons_are_named(package):
    with pytest.raises(assets.UnknownIcon, match=r"no icon named no-such-icon, other\."):
        assets.sprite(["bell", "no-such-icon", "other"])


def test_every_icon_of_the_package_exists():
    names = assets.icon_names(settings.PACKAGE_DIR)
    assert {"inbox", "exclamation-triangle-fill", "arrow-return-left"} <= names
    assert assets.sprite(sorted(names)).count("<symbol") == len(names)


def test_subset_keeps_both_weights_and_the_language_letters(tmp_path):
    from fontTools.ttLib import TTFont

    font = assets.FONTS[0]
    path = tmp_path / font.target
    assets._subset(font, path)
    kept = TTFont(path)
    letters = {ord(c) for c in "ĂăÂâĐđÊêÔôƠơƯưẶặỆệỘộỞởỮữ0123456789₫–→"}
    assert letters <= set(kept.getBestCmap())
    assert [(axis.minValue, axis.maxValue) for axis in kept["fvar"].axes] == [(400, 600)]
    assert path.stat().st_size < 40_000

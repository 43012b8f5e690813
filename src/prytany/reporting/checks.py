"""What `prytany check` says about the fonts of papers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks

ENDINGS = {".ttf", ".otf", ".ttc", ".otc"}
FAMILY_NAMES = (1, 16)


def families(folder: Path) -> Iterator[str]:
    """Yield the families of the fonts in a folder and below it; a file that is no font is passed over."""
    from fontTools.ttLib import TTCollection, TTFont, TTLibError  # noqa: PLC0415 - only where an office names a font

    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in ENDINGS:
            continue
        many = path.suffix.lower() in {".ttc", ".otc"}
        try:
            fonts = TTCollection(path, lazy=True).fonts if many else [TTFont(path, lazy=True)]
            records = [record for font in fonts for record in font["name"].names if record.nameID in FAMILY_NAMES]
            names = {record.toUnicode() for record in records}
        except (TTLibError, OSError, KeyError, UnicodeDecodeError):
            continue
        yield from names


@checks.register()
def check_paper_font(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Warn where the font that the office names for its papers is not there: papers would be set in another."""
    if not settings.PAPER_FONT or settings.PAPER_FONT in set(families(Path(settings.PAPER_FONTS))):
        return []
    return [
        checks.Warning(
            f"PRYTANY_PAPER_FONT names {settings.PAPER_FONT!r}, and no font of this family lies in "
            f"{settings.PAPER_FONTS}.",
            hint="Install the font, or name its folder in PRYTANY_PAPER_FONTS.",
            id="reporting.W001",
        )
    ]

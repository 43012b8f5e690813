"""A paper as PDF, set by typst. Import this module only in a job: the library takes much memory."""

import datetime
import importlib
import json
from functools import lru_cache
from pathlib import Path

import typst
from django.conf import settings

from prytany.reporting.papers.paper import Paper

HERE = Path(__file__).resolve().parents[1] / "typst"
FONTS = {"fontpkg_be_vietnam_pro": "Be Vietnam Pro", "fontpkg_amiri": "Amiri", "fontpkg_mukta": "Mukta"}
# The words of a PDF in Arabic, Urdu and Hindi can be copied and searched only with these fonts (stack.md 4).
BY_LANGUAGE = {"ar": "Amiri", "ur": "Amiri", "hi": "Mukta"}
LATIN = "Be Vietnam Pro"
STANDARDS = ["a-2u"]


@lru_cache(maxsize=1)
def _compiler(own_fonts: str) -> typst.Compiler:
    """Return the one compiler: fonts are read once; `own_fonts` is the folder of the office's, or ""."""
    folders = [str(Path(importlib.import_module(package).ROOT)) for package in FONTS]
    folders += [own_fonts] if own_fonts else []
    return typst.Compiler(root=str(HERE), font_paths=folders, ignore_system_fonts=True)


def fonts_for(language: str) -> list[str]:
    """Return the fonts for a language, then the others, for names in another script."""
    first = BY_LANGUAGE.get(language, latin_font())
    return list(dict.fromkeys([first, latin_font(), *FONTS.values()]))


def latin_font() -> str:
    """Return the family that Latin letters are set in: the one the office names, which may not be ours to ship."""
    return settings.PAPER_FONT or LATIN


def render(paper: Paper) -> bytes:
    """Return the PDF; the same paper gives the same bytes."""
    made_at = datetime.datetime.fromisoformat(paper.made_at).astimezone(datetime.UTC).replace(microsecond=0)
    data = paper.plain() | {
        "date": {name: getattr(made_at, name) for name in ("year", "month", "day", "hour", "minute", "second")},
        "right_to_left": paper.right_to_left,
        "latin": paper.language not in BY_LANGUAGE,
        "fonts": fonts_for(paper.language),
        "latin_font": latin_font(),
    }
    pdf = _compiler(settings.PAPER_FONTS if settings.PAPER_FONT else "").compile(
        str(HERE / "paper.typ"),
        format="pdf",
        sys_inputs={"paper": json.dumps(data, ensure_ascii=False)},
        pdf_standards=STANDARDS,  # type: ignore[arg-type]
        timestamp=made_at,
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no PDF")
    return pdf

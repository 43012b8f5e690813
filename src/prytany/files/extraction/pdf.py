"""Text and pages of PDF files, through pdfium. Runs in the child process only."""

import io
from typing import Any

import pypdfium2 as pdfium

from prytany.files.extraction.normalise import normalise, reflow

PAGES = 2_000
_PASSWORD = 4  # FPDF_ERR_PASSWORD


class Unreadable(Exception):
    """The argument is a problem code: `encrypted` or `broken`."""


def _open(path: str) -> Any:
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise Unreadable("encrypted" if getattr(error, "err_code", 0) == _PASSWORD else "broken") from error


def count_pages(path: str) -> int:
    """Return the number of pages; Unreadable where the file needs a password or cannot be opened."""
    pages = len(_open(path))
    if not pages:
        raise Unreadable("broken")
    return pages


def read(path: str, most: int = PAGES) -> tuple[list[str], str]:
    """Return the text of each page, at most `most`, and a problem code (`cut`, or empty)."""
    document = _open(path)
    texts = []
    for number in range(min(len(document), most)):
        page = document[number]
        content = page.get_textpage()
        texts.append(reflow(normalise(content.get_text_range(), compatibility=True)))
        content.close()
        page.close()
    return texts, "cut" if len(document) > most else ""


def picture(path: str, number: int, width: int) -> bytes:
    """Return page `number` (from 0) as a WebP image `width` pixels wide, at most twice as high."""
    document = _open(path)
    if not 0 <= number < len(document):
        raise Unreadable("broken")
    page = document[number]
    across, down = page.get_size()
    scale = min(width / max(across, 1), 2 * width / max(down, 1))
    image = page.render(scale=scale).to_pil().convert("RGB")
    out = io.BytesIO()
    image.save(out, "WEBP", quality=80, method=2)
    return out.getvalue()

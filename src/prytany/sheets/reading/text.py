"""Tables as plain text: CSV files in whatever encoding and separator, and cells pasted from a sheet."""

import csv
import io
import re
from collections import Counter

from django.utils.translation import gettext as _

from prytany.sheets.reading.grid import MAX_CELL, Note, Table, UnreadableSheet, build_table

# The old code page of each language's Windows, tried where a file is no UTF-8.
CODE_PAGES = {"vi": "cp1258", "fr": "cp1252", "ar": "cp1256", "ur": "cp1256"}
ENCODINGS = ("utf-8", "utf-16", "cp1258", "cp1252", "cp1256")
SEPARATORS = ("\t", ";", ",", "|")
_MARKUP = re.compile(rb"^\s*(?:<!doctype|<html|<table|<\?xml|<meta|<style|mime-version:)", re.IGNORECASE)


def decode(data: bytes, language: str = "vi", encoding: str = "") -> tuple[str, str, bool]:
    """Return the text of `data`, its encoding, and whether that was only guessed from the reader's language."""
    if encoding:
        try:
            return data.decode("utf-8-sig" if encoding == "utf-8" else encoding), encoding, False
        except (UnicodeDecodeError, LookupError):
            raise UnreadableSheet(
                "wrong_encoding",
                _("The file is not written in this encoding. Choose another, or save it as “CSV UTF-8”."),
                {"encoding": _("Choose another encoding.")},
            ) from None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), "utf-16", False
    try:
        return data.decode("utf-8-sig"), "utf-8", False
    except UnicodeDecodeError:
        pass
    if data[:2000].count(0) > len(data[:2000]) // 4:
        return data.decode("utf-16-le", "replace"), "utf-16", True
    page = CODE_PAGES.get(language, "cp1252")
    return data.decode(page, "replace"), page, True


def read_csv(data: bytes, name: str, language: str = "vi", encoding: str = "") -> Table:
    """Return the table of a CSV file; UnreadableSheet for a web page or a program that calls itself one."""
    if _MARKUP.match(data[:1000].removeprefix(b"\xef\xbb\xbf")):
        raise UnreadableSheet(
            "web_page",
            _("This file is a web page, whatever its name says. Open it in Excel and save it as an Excel workbook."),
        )
    text, used, guessed = decode(data, language, encoding)
    if "\x00" in text:
        raise UnreadableSheet("not_a_table", _("This is not a text file. Choose an Excel workbook or a CSV file."))
    rows, separator = _parse(text)
    notes = [Note("encoding_guessed" if guessed else "encoding", {"encoding": used, "separator": separator})]
    if used != "utf-8" and "\ufffd" in text:
        notes.append(Note("letters_lost", {"count": text.count("\ufffd")}))
    return build_table(name, rows, notes=notes)


def read_pasted(text: str) -> Table:
    """Return the table of cells pasted from Excel, Word or a web page (tabs), or of a pasted CSV."""
    if not text.strip():
        raise UnreadableSheet("nothing_pasted", _("Paste the cells first: select them in Excel, copy, and paste here."))
    rows, _separator = _parse(text.strip("\n"))
    return build_table(_("Pasted cells"), rows)


def _parse(text: str) -> tuple[list[list[str]], str]:
    """Return the rows of `text` and the separator they were cut at."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    separator = ""
    if match := re.match(r"\s*sep=(.)\n", text, re.IGNORECASE):
        separator, text = match[1], text[match.end() :]
    separator = separator or _separator_of(text)
    csv.field_size_limit(MAX_CELL * 4)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=separator)), separator
    except csv.Error:
        raise UnreadableSheet(
            "broken_csv",
            _("This text cannot be cut into cells: a quotation mark is opened and never closed."),
        ) from None


def _separator_of(text: str) -> str:
    """Return the separator that cuts most of the first lines into the same number of cells, more than one."""
    best, best_score = "\t", 0.0
    sample = text[:50_000]
    for separator in SEPARATORS:
        try:
            rows = [row for row in list(csv.reader(io.StringIO(sample), delimiter=separator))[:50] if any(row)]
        except csv.Error:
            continue
        if not rows:
            continue
        width, count = Counter(len(row) for row in rows).most_common(1)[0]
        # Commas inside sentences cut rows unevenly; cells cut most rows alike.
        score = count / len(rows) * min(width, 8)
        if width > 1 and (separator == "\t" or count * 3 >= len(rows) * 2) and score > best_score:
            best, best_score = separator, score
    return best

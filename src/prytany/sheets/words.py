"""What the reader noted, as sentences in the language of who looks."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp1258": "Windows-1258",
    "cp1252": "Windows-1252",
    "cp1256": "Windows-1256",
}


def note_text(code: str, params: Mapping[str, Any]) -> str:
    """Return the sentence for a reader's note; "" for one that needs no words."""
    writer = _WRITERS.get(code)
    return writer(params) if writer else ""


def _merged(params: Mapping[str, Any]) -> str:
    count = params["count"]
    return ngettext(
        "%(count)s merged area was filled: each of its cells has the same text.",
        "%(count)s merged areas were filled: each of their cells has the same text.",
        count,
    ) % {"count": count}


def _hidden_sheets(params: Mapping[str, Any]) -> str:
    return ngettext(
        "A hidden sheet was left out: %(names)s.", "Hidden sheets were left out: %(names)s.", params["count"]
    ) % {"names": params["names"]}


def _hidden_rows(params: Mapping[str, Any]) -> str:
    count = params["count"]
    return ngettext(
        "%(count)s hidden row was read too. Check whether it belongs here.",
        "%(count)s hidden rows were read too. Check whether they belong here.",
        count,
    ) % {"count": count}


def _formulas(params: Mapping[str, Any]) -> str:
    count = params["count"]
    return ngettext(
        "%(count)s formula has no stored value and was read as empty: %(cells)s. Open the file in Excel, save, retry.",
        "%(count)s formulas have no stored value and were read as empty: %(cells)s. "
        "Open the file in Excel, save, retry.",
        count,
    ) % {"count": count, "cells": params["cells"]}


def _encoding_guessed(params: Mapping[str, Any]) -> str:
    name = ENCODING_NAMES.get(params["encoding"], params["encoding"])
    return _("The file does not say how its letters are stored; it was read as %(encoding)s.") % {"encoding": name}


def _letters_lost(params: Mapping[str, Any]) -> str:
    count = params["count"]
    return ngettext(
        "%(count)s letter could not be read. Choose another encoding.",
        "%(count)s letters could not be read. Choose another encoding.",
        count,
    ) % {"count": count}


_WRITERS = {
    "merged_filled": _merged,
    "hidden_sheets": _hidden_sheets,
    "hidden_rows": _hidden_rows,
    "formula_without_value": _formulas,
    "encoding_guessed": _encoding_guessed,
    "letters_lost": _letters_lost,
}

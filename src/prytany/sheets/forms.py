"""What the pages of an import send: a file or pasted cells, and the choices made above the rows."""

import re
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from prytany.core.fields import strip_controls
from prytany.core.forms import PrytanyForm
from prytany.sheets.choosing import Plan
from prytany.sheets.reading import ENCODINGS, MAX_BYTES, Table, UnreadableSheet, read_pasted, read_tables
from prytany.sheets.services import Change
from prytany.sheets.words import ENCODING_NAMES

_EDIT = re.compile(r"edit-(?P<part>\w+)-(?P<row>\d{1,6})-(?P<field>\w+)$")
_COLUMN = re.compile(r"column-(?P<part>\w+)-(?P<column>\d{1,3})$")
_NAME = re.compile(r"name-(?P<number>\d{1,4})$")
PASTE_LIMIT = 5_000_000


class SourceForm(PrytanyForm):
    """A file, or cells pasted from one; `tables` holds what was read once the form is valid."""

    file = forms.FileField(
        label=_("File"), required=False, help_text=_("Excel (.xlsx), CSV, or a table in Word (.docx).")
    )
    cells = forms.CharField(
        label=_("Or paste the cells"),
        required=False,
        strip=False,
        max_length=PASTE_LIMIT,
        widget=forms.Textarea,
        help_text=_("Select them in Excel with the headings, copy, and paste here."),
    )
    encoding = forms.ChoiceField(
        label=_("Letters of a CSV file"),
        required=False,
        choices=[("", _("find out")), *((code, ENCODING_NAMES[code]) for code in ENCODINGS)],
        help_text=_("Choose only if letters came out wrong."),
    )
    examples: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, language: str = "vi", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = language
        self.tables: list[Table] = []
        self.name = ""
        # Cells may hold anything; what is invisible is taken out when they are read.
        self.fields["cells"].validators = []
        self.fields["cells"].widget.attrs.update({"rows": 6, "dir": "auto", "spellcheck": "false"})
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.xlsm,.csv,.tsv,.txt,.docx"

    def clean(self) -> dict[str, Any]:
        """Read the tables; what cannot be read becomes an error at its field."""
        data = super().clean() or self.cleaned_data
        file, cells = data.get("file"), data.get("cells") or ""
        if file is None and not cells.strip():
            if not self.errors:
                self.add_error("file", _("Choose a file, or paste the cells."))
            return data
        try:
            if file is not None:
                self._read_file(file, data.get("encoding") or "")
            else:
                self.tables = [read_pasted(cells)]
                self.name = self.tables[0].name
        except UnreadableSheet as error:
            field = "encoding" if error.code == "wrong_encoding" else "file" if file is not None else "cells"
            self.add_error(field, str(error.message))
        return data

    def _read_file(self, file: Any, encoding: str) -> None:
        self.name = strip_controls(file.name)[-200:]
        data = file.read(MAX_BYTES + 1)
        self.tables = read_tables(data, self.name, language=self.language, encoding=encoding)


def read_change(request: HttpRequest, plan: Plan) -> Change:
    """Return what the page changed. Values that make no sense (no such sheet, column or unit) are left aside."""
    post = request.POST
    tables: dict[str, int | None] = {}
    headings: dict[str, int] = {}
    for view in plan.parts:
        key = view.part.key
        if (text := post.get(f"table-{key}")) is not None:
            tables[key] = int(text) if text.isdecimal() else None
        if (text := post.get(f"heading-{key}", "").strip()).isdecimal() and 0 < int(text) <= 10_000:
            headings[key] = int(text) - 1
    return Change(
        tables=tables,
        headings=headings,
        columns=_columns(post),
        names=_names(post, plan),
        edits=_edits(post, plan),
        **_ticks(post, plan),
        options=_options(post, plan),
    )


def _options(post: Any, plan: Plan) -> dict[str, str]:
    """Return the options that were sent, as clean text; the importer knows what they may be."""
    known = {option.key for option in plan.importer.options}
    sent = {key.removeprefix("option-"): value for key, value in post.items() if key.startswith("option-")}
    return {key: " ".join(strip_controls(value).split())[:200] for key, value in sent.items() if key in known}


def _columns(post: Any) -> dict[str, dict[int, str]]:
    found: dict[str, dict[int, str]] = {}
    for name, value in post.items():
        if match := _COLUMN.match(name):
            found.setdefault(match["part"], {})[int(match["column"])] = value
    return found


def _names(post: Any, plan: Plan) -> dict[str, str]:
    """Return the units chosen for names, or typed beside them, by the name's key; "?text" for what is no unit."""
    found: dict[str, str] = {}
    known = {row.key for row in plan.names.unknown}
    for name, value in post.items():
        match = _NAME.match(name)
        key = post.get(f"namekey-{match['number']}", "") if match else ""
        if match is None or key not in known:
            continue
        typed = post.get(f"nametext-{match['number']}", "").strip()
        if typed and (uid := plan.names.uid_of(typed)) is not None:
            found[key] = str(uid)
        elif typed:
            found[key] = f"?{typed[:200]}"
        else:
            found[key] = value if _is_uid(value) else ""
    return found


def _is_uid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _edits(post: Any, plan: Plan) -> dict[str, dict[str, str]]:
    fields = {view.part.key: {f.key for f in view.columns.values()} for view in plan.parts}
    found: dict[str, dict[str, str]] = {}
    for name, value in post.items():
        match = _EDIT.match(name)
        if match and match["field"] in fields.get(match["part"], ()):
            found.setdefault(match["part"], {})[f"{match['row']}:{match['field']}"] = strip_controls(value).strip()[
                :4000
            ]
    return found


def _ticks(post: Any, plan: Plan) -> dict[str, dict[str, list[int]]]:
    """Return which of the rows shown are left out, and which title rows are wanted after all."""
    left_out: dict[str, list[int]] = {}
    taken: dict[str, list[int]] = {}
    for view in plan.parts:
        key = view.part.key
        shown = {int(n) for n in post.get(f"shown-{key}", "").split() if n.isdecimal()}
        if not shown:
            continue
        ticked = {int(n) for n in post.getlist(f"in-{key}") if n.isdecimal()} & shown
        before = {line.number for line in view.lines if line.left_out} - shown
        titles = {line.number for line in view.lines if line.is_title}
        taken[key] = sorted((ticked & titles) | {n for n in titles - shown if n not in before})
        left_out[key] = sorted(((shown - ticked) | before) - (titles - set(taken[key])))
    return {"left_out": left_out, "taken": taken}

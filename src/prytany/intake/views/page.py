"""Page 8: the text sentence by sentence beside the grid of its tasks."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from prytany.core import wording
from prytany.core.scope import Scope
from prytany.core.web import Request
from prytany.documents import presenting
from prytany.documents.forms import LANGUAGES
from prytany.documents.models import Document, DocumentText
from prytany.documents.services.reading_notes import note_reading
from prytany.documents.titles import heading_of
from prytany.files.kinds import ACCEPT
from prytany.intake import grid, policies
from prytany.intake.beside import Row, side_by_side, texts_beside
from prytany.intake.kept import assigning_unit
from prytany.intake.offers import offers_of
from prytany.intake.readings import Part, read_part
from prytany.intake.seconds import shown_second
from prytany.intake.views.common import (
    chosen_text,
    number_in,
    opens_for_readers,
    readable,
    submit_label,
)
from prytany.organisation.matching import UnitMatcher
from prytany.work.policies import can_issue_sheet

RTL = frozenset({"ar", "ur"})


@require_GET
@opens_for_readers
def read_page(request: Request, uid: UUID) -> HttpResponse:
    """Show a text with what was read in it, and the rows drawn from it so far."""
    document, texts = readable(request, uid)
    if document.is_secret:
        messages.error(request, _("The content of state-secret documents is not stored here."))
        return redirect("documents:detail", uid)
    note_reading(request.scope, document)
    presenting.dress([document])
    context: dict[str, Any] = {
        "rail": "documents",
        "fold_rail": True,
        "document": document,
        "heading": heading_of(document),
        "issued": presenting.issued_words(document),
    }
    text = chosen_text(request, texts)
    if text is None:
        files = presenting.shown_files(document)
        waits = any(file.waits for file in files)
        if request.htmx:  # the waiting page asks whether it may be opened anew
            return HttpResponse(status=204) if waits else HttpResponse(headers={"HX-Refresh": "true"})
        context |= {"files": files, "waits": waits, "accept": ACCEPT}
        return render(request, "intake/waiting.html", context)
    if request.htmx:
        return HttpResponse(headers={"HX-Refresh": "true"})
    part = read_part(text, number_in(request.GET.get("part")) or 1)
    other = texts_beside(texts, text, request.GET.get("beside", ""))
    context |= {"texts": _labelled(texts), "text": text} | _shown(request.scope, document, text, part, other)
    return render(request, "intake/read.html", context)


def _labelled(texts: list[DocumentText]) -> list[tuple[DocumentText, str]]:
    """Return the texts with what they are called: the file's name, or the language, numbered where it comes again."""
    names = dict(LANGUAGES)
    labels: list[tuple[DocumentText, str]] = []
    for one in texts:
        name = one.file.name if one.file else str(names.get(one.language) or _("Pasted text"))
        again = sum(1 for _text, label in labels if label.split(" (")[0] == name)
        labels.append((one, f"{name} ({wording.count(again + 1)})" if again else name))
    return labels


def _shown(
    scope: Scope, document: Document, text: DocumentText, part: Part, other: DocumentText | None
) -> dict[str, Any]:
    matcher = UnitMatcher(scope.root_id or 0, on=scope.today)
    unit_id = assigning_unit(scope, matcher)
    drawn, decided = grid.drawn_from(scope, document), grid.decided_about(document)
    sheet = drawn.sheet
    rows = grid.rows_of(scope, sheet, drawn.tasks)
    proposed = grid.proposals_of(document, text, part, drawn, decided, matcher)
    ordered = grid.in_order([*rows, *proposed])
    sentences = grid.sentences_of(part, ordered)
    language = part.reading.language or ""
    offers = offers_of(document, part, text.text, decided=decided.facts, matcher=matcher)
    may_issue = bool(sheet and can_issue_sheet(scope, sheet))
    return {
        "part": part,
        "language": language,
        "direction": "rtl" if language in RTL else "ltr" if language else "auto",
        "sentences": side_by_side(sentences, part, other) if other else [Row(one, None) for one in sentences],
        "other": other,
        "other_direction": ("rtl" if other.language in RTL else "ltr") if other else "",
        "apart": sum(bool(sentence.furniture) for sentence in part.sentences),
        "counted": sum(not sentence.furniture for sentence in part.sentences),
        "rows": ordered,
        "proposed": len(proposed),
        "stated": grid.stated_of(part, ordered, sheet.stated_total if sheet else None),
        "entered": len(rows),
        "sheet": sheet,
        "earlier": drawn.earlier[:5],
        "second": shown_second(document, text),
        "may_work": policies.can_draw_tasks(scope, unit_id),
        "submit": submit_label(len(rows), may_issue=may_issue),
        "blank": grid.blank_row(len(ordered) + 1),
        "lacking": [row for row in rows if row.lacking],
        "languages": LANGUAGES,
        "script_words": _words(),
        "offers": offers if offers and policies.can_settle(scope, document) else [],
    }


def _words() -> dict[str, str]:
    """What the script of the page says; {places} are filled there."""
    return {
        "saving": _("Saving…"),
        "refused": _("Not saved. What you typed stays here; it is tried again."),
        "unsaved": _("Not saved: no connection. What you typed stays here and is saved when the line is back."),
        "proposed": _("Row {n} is proposed from sentence {s}; it does not count yet."),
        "row": _("Row {n}"),
        "pick": _("Select row {n}"),
        "drawn": _("Sentence {s} is task {n}"),
        "taken": _("Row {n} is taken."),
        "skipped": _("The proposal is skipped."),
        "nothing_to_fill": _("There is no empty cell below."),
        "choose_cell": _("Choose the cell whose text goes into the others."),
        "choose_rows": _("Tick the numbers of the rows that shall have it."),
        "theirs": _("Somebody else changed this row meanwhile: {words}"),
        "keep_mine": _("Keep mine"),
        "take_theirs": _("Take theirs"),
        "range": _("Sentences {from} to {to} together"),
        "pieces": _("Rows: {n}"),
        "nothing_to_merge": _("There is no sentence after this one."),
        "nothing_to_split": _("This sentence has one word only."),
        "filled": _("Filled: {n}"),
        "copied": _("The rows are copied. They paste into a workbook as columns."),
    }

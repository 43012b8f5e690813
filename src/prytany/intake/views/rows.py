"""Rows of the grid: many at once from the script, one at a time from a plain form."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from prytany.accounts.tokens import keep_result, once
from prytany.core import clock, wording
from prytany.core.errors import DomainError, StaleRecord
from prytany.core.web import Request
from prytany.documents.models import Document, DocumentText
from prytany.intake import grid
from prytany.intake.cells import Understood
from prytany.intake.passages import Pointed, point_at
from prytany.intake.readings import Part, read_part
from prytany.intake.services import rows as services
from prytany.intake.services import timing
from prytany.intake.suggesting import COLUMNS
from prytany.intake.views.common import chosen_text, number_in, readable, submit_label
from prytany.organisation.matching import UnitMatcher
from prytany.work.models import Task
from prytany.work.policies import can_issue_sheet

MOST = 300


@require_POST
def save_rows(request: Request, uid: UUID) -> HttpResponse:
    """Do a list of acts on rows, each by itself; answer how each row stands, in the order asked.

    Body: {"text", "part", "spent", "acts": [{"key", "act": save|take|drop|skip|offer, "uid", "version", "start", "end",
    "token", "cells"}]}. An act that is refused is told with its row and does not keep the others from being done. A new
    row carries a form token, so that one whose answer was lost on the way can be sent again. `spent` are the seconds
    somebody was busy with the paper since the last decision.
    """
    document, texts = readable(request, uid)
    asked = _asked(request)
    text = next((row for row in texts if row.pk == asked.get("text")), None)
    done, refused = [], []
    for act in asked["acts"]:
        try:
            done.append(_act(request, document, text, act))
        except StaleRecord as error:
            refused.append(_refusal(act, error, _theirs(request, act)))
        except DomainError as error:
            refused.append(_refusal(act, error, None))
    if done and text is not None:
        reading = _part(text, asked).reading
        spent = asked.get("spent")
        language = reading.language if reading.pack and reading.language else ""
        timing.note_time(document=document, language=language, seconds=spent if isinstance(spent, int) else 0)
    return JsonResponse({"rows": done, "refused": refused, **_standing(request, document, text, asked)})


def _part(text: DocumentText, asked: Mapping[str, Any]) -> Part:
    number = asked.get("part")
    return read_part(text, number if isinstance(number, int) else 1)


def _asked(request: Request) -> dict[str, Any]:
    try:
        asked = json.loads(request.body)
    except ValueError:
        raise BadRequest from None
    acts = asked.get("acts") if isinstance(asked, dict) else None
    if not isinstance(acts, list) or len(acts) > MOST or not all(isinstance(act, dict) for act in acts):
        raise BadRequest
    return dict(asked)


def _act(request: Request, document: Document, text: DocumentText | None, act: Mapping[str, Any]) -> dict[str, Any]:
    scope, name = request.scope, act.get("act")
    if name == "drop":
        if task := _find(request, act.get("uid")):
            services.drop_row(scope=scope, document=document, task=task)
        return {"key": act.get("key"), "gone": True}
    pointed = _pointed(request, document, text, act)
    if name in ("skip", "offer") and pointed is not None:
        services.skip(scope=scope, document=document, passage=pointed.passage, offered_again=name == "offer")
        return {"key": act.get("key"), "gone": name == "skip"}
    cells = act.get("cells")
    hints: Mapping[str, str] = {}
    likely: list[str] = []
    if name == "take" and pointed is not None and not isinstance(cells, dict):
        cells, hints, likely = pointed.suggestion.cells, pointed.suggestion.hints, pointed.suggestion.likely
    if name not in ("save", "take") or not isinstance(cells, dict):
        raise BadRequest
    if act.get("uid"):
        version = act.get("version") if isinstance(act.get("version"), int) else None
        task = _task(request, act)
        saved, understood = services.save_row(scope=scope, document=document, cells=cells, task=task, version=version)
        return _row(act, saved, understood, hints, likely)
    saved, understood = _save_new(request, document, act, cells, pointed)
    answer = _row(act, saved, understood, hints, likely)
    if pointed is not None:
        answer |= {"start": pointed.passage.start, "end": pointed.passage.end}
    return answer


def _save_new(
    request: Request, document: Document, act: Mapping[str, Any], cells: Mapping[str, object], pointed: Pointed | None
) -> tuple[Task, Understood]:
    """Write a new row; one that was made under the same token before is changed instead of made again."""
    token = act.get("token")
    token = token if isinstance(token, str) else ""
    with once(request.scope, token) as earlier:
        made = _find(request, earlier) if earlier else None
        if made is not None:
            return services.save_row(scope=request.scope, document=document, cells=cells, task=made)
        saved, understood = services.save_row(
            scope=request.scope,
            document=document,
            cells=cells,
            passage=pointed.passage if pointed else None,
            stated_total=pointed.stated if pointed else None,
        )
        keep_result(request.scope, token, str(saved.uid))
        return saved, understood


def _pointed(request: Request, document: Document, text: DocumentText | None, act: Mapping[str, Any]) -> Pointed | None:
    start, end = act.get("start"), act.get("end")
    if not isinstance(start, int) or not isinstance(end, int):
        return None
    if text is None:
        raise DomainError("text_changed", _("The text of this paper was changed meanwhile. Load the page again."))
    return point_at(request.scope, document, text, start, end)


def _find(request: Request, uid: object) -> Task | None:
    try:
        key = UUID(str(uid or ""))
    except ValueError:
        raise BadRequest from None
    return Task.objects.visible_to(request.scope, each=True).filter(uid=key).select_related("sheet").first()


def _task(request: Request, act: Mapping[str, Any]) -> Task:
    """Return the draft an act names; DomainError `gone` where it is none any more."""
    task = _find(request, act.get("uid"))
    if task is None:
        raise DomainError("gone", _("Somebody removed this row meanwhile."))
    return task


def _row(
    act: Mapping[str, Any], task: Task, understood: Understood, hints: Mapping[str, str], likely: list[str]
) -> dict[str, Any]:
    cells = {
        name: {
            "text": understood.cells[name],
            "note": understood.notes.get(name, ""),
            "wrong": understood.wrong.get(name, ""),
            "hint": hints.get(name, "") if not understood.cells[name] else "",
        }
        for name in COLUMNS
    }
    return {
        "key": act.get("key"),
        "uid": str(task.uid),
        "version": task.version,
        "edit": reverse("work:edit", args=[task.uid]),
        "cells": cells,
        "likely": likely,
    }


def _refusal(act: Mapping[str, Any], error: DomainError, theirs: dict[str, Any] | None) -> dict[str, Any]:
    return {"key": act.get("key"), "code": error.code, "message": str(error.message), "theirs": theirs}


def _theirs(request: Request, act: Mapping[str, Any]) -> dict[str, Any] | None:
    """What somebody else made of the row meanwhile."""
    task = _task(request, act)
    if task.sheet is None:
        return None
    row = grid.rows_of(request.scope, task.sheet, [task])[0]
    return {"version": task.version, "cells": {cell.name: cell.text for cell in row.columns}}


def _standing(
    request: Request, document: Document, text: DocumentText | None, asked: Mapping[str, Any]
) -> dict[str, Any]:
    """How the sheet stands after the acts: what is missing, the stated total, when it was saved."""
    scope = request.scope
    drawn = grid.drawn_from(scope, document)
    sheet, rows = drawn.sheet, grid.rows_of(scope, drawn.sheet, drawn.tasks)
    stated = None
    if text is not None:
        part = _part(text, asked)
        matcher = UnitMatcher(scope.root_id or 0, on=scope.today)
        proposed = grid.proposals_of(document, text, part, drawn, grid.decided_about(document), matcher)
        ordered = grid.in_order([*rows, *proposed])
        stated = grid.stated_of(part, ordered, sheet.stated_total if sheet else None)
    context = {"stated": stated, "entered": len(rows), "rows": [row for row in rows if row.lacking]}
    return {
        "lacking": {row.key: {item.field: item.message for item in row.lacking} for row in rows if row.lacking},
        "stated": render_to_string("intake/_stated.html", context, request),
        "submit": submit_label(len(rows), may_issue=bool(sheet and can_issue_sheet(scope, sheet))),
        "entered": len(rows),
        "saved": _("Draft saved %(time)s") % {"time": wording.clock_time(clock.now())},
    }


@require_POST
def one_row(request: Request, uid: UUID) -> HttpResponse:
    """Save, take, skip or remove one row from a plain form, and come back to it."""
    document, texts = readable(request, uid)
    text = chosen_text(request, texts)
    posted = request.POST
    act: dict[str, Any] = {
        "act": posted.get("act", "save"),
        "uid": posted.get("uid", ""),
        "version": number_in(posted.get("version")),
        "start": number_in(posted.get("start")),
        "end": number_in(posted.get("end")),
        "token": posted.get("form_token", ""),
    }
    if "content" in posted:
        act["cells"] = {name: posted.get(name, "") for name in COLUMNS}
    try:
        answer = _act(request, document, text, act)
    except StaleRecord as error:
        typed = " · ".join(filter(None, act.get("cells", {}).values()))
        messages.error(request, f"{error.message} {_('You had typed: %(words)s') % {'words': typed}}")
        answer = {"uid": act["uid"]}
    wrong = [cell["wrong"] for cell in answer.get("cells", {}).values() if cell["wrong"]]
    for sentence in wrong:
        messages.error(request, sentence)
    query = f"?text={text.pk}&part={number_in(posted.get('part')) or 1}" if text is not None else ""
    place = f"#r-{answer['uid']}" if answer.get("uid") else "#grid"
    return HttpResponseRedirect(f"{reverse('intake:read', args=[uid])}{query}{place}")


@require_POST
def submit(request: Request, uid: UUID) -> HttpResponse:
    """Put the sheet before the chief, or go on to it where the person may assign."""
    document, _texts = readable(request, uid)
    sheet = services.open_sheet(request.scope, document)
    if sheet is not None and can_issue_sheet(request.scope, sheet):
        return redirect("work:sheet", sheet.uid)
    try:
        sheet = services.submit(scope=request.scope, document=document)
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect(f"{reverse('intake:read', args=[uid])}#grid")
    messages.success(request, _("The sheet waits for approval."))
    return redirect("work:sheet", sheet.uid)

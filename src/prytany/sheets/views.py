"""Page 12, Import: one screen from the sheet as it came to the rows as they will be."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from prytany.accounts.tokens import led_to
from prytany.core.errors import DomainError
from prytany.core.web import Request
from prytany.sheets import policies, services
from prytany.sheets.choosing import make_plan
from prytany.sheets.forms import SourceForm, read_change
from prytany.sheets.models import ImportSession
from prytany.sheets.registry import Importer, importer_of
from prytany.sheets.showing import facts, show_part, shown_options
from prytany.sheets.writing import XLSX, empty_workbook, faulty_workbook

RECENT = 8


def _importer(request: Request, kind: str) -> Importer:
    """Return the importer of `kind` for this person; 404 if there is none, 403 if they may not."""
    importer = importer_of(kind)
    if importer is None or request.scope is None:
        raise Http404
    if not policies.can_import(request.scope, importer):
        raise PermissionDenied
    return importer


def _session(request: Request, kind: str, uid: UUID) -> ImportSession:
    return get_object_or_404(ImportSession.objects.visible_to(request.scope), kind=kind, uid=uid)


@require_http_methods(["GET", "POST"])
def start(request: Request, kind: str) -> HttpResponse:
    """Take a file or pasted cells and go on to their rows; list what was brought in before."""
    importer = _importer(request, kind)
    form = SourceForm(request.POST or None, request.FILES or None, language=request.scope.language)
    status = 200
    if request.method == "POST":
        form = SourceForm(request.POST, request.FILES, language=request.scope.language)
        if form.is_valid():

            def begin() -> str:
                session = services.start_import(scope=request.scope, kind=kind, tables=form.tables, name=form.name)
                return reverse("sheets:session", args=[kind, session.uid])

            try:
                return redirect(led_to(request.scope, form.cleaned_data.get("form_token", ""), begin))
            except DomainError as error:
                form.add_error("file" if request.FILES else "cells", str(error.message))
        status = 422
    recent = ImportSession.objects.visible_to(request.scope).filter(kind=kind).defer("tables", "choices", "undo")
    context = {
        "importer": importer,
        "form": form,
        "recent": [_line(importer, row) for row in recent.order_by("-created_at", "-pk")[:RECENT]],
        "rail": importer.rail,
    }
    return render(request, "sheets/start.html", context, status=status)


def _line(importer: Importer, session: ImportSession) -> dict[str, Any]:
    return {"session": session, "summary": importer.summary(session.counts) if session.counts else ""}


@require_http_methods(["GET", "POST"])
@vary_on_headers("HX-Request")
def session(request: Request, kind: str, uid: UUID) -> HttpResponse:
    """Show the rows of an import; a post stores what was chosen and, with `act`, brings them in."""
    importer = _importer(request, kind)
    found = _session(request, kind, uid)
    if request.method == "POST" and found.state == ImportSession.State.OPEN:
        return _change(request, importer, found)
    if found.state != ImportSession.State.OPEN:
        links = importer.links(request.scope, found.counts)
        context = {"importer": importer, "rail": importer.rail, "links": links, **_line(importer, found)}
        return render(request, "sheets/done.html", context)
    return _show(request, importer, found)


def _change(request: Request, importer: Importer, found: ImportSession) -> HttpResponse:
    version = int(request.POST["version"]) if request.POST.get("version", "").isdecimal() else 0
    act = request.POST.get("act", "look")
    change = read_change(request, make_plan(request.scope, found, importer))
    try:
        found = services.change_choices(scope=request.scope, session=found, change=change, version=version)
        if act in {"apply", "apply_rest"}:
            found = services.apply_import(
                scope=request.scope, session=found, version=found.version, leave_out_faulty=act == "apply_rest"
            )
            return redirect("sheets:session", found.kind, found.uid)
    except DomainError as error:
        found.refresh_from_db()
        return _show(request, importer, found, refusal=str(error.message))
    if request.htmx:
        return _show(request, importer, found)
    query = request.GET.urlencode()
    response = redirect("sheets:session", found.kind, found.uid)
    if query:
        response["Location"] += f"?{query}"
    return response


def _show(request: Request, importer: Importer, found: ImportSession, refusal: str = "") -> HttpResponse:
    plan = make_plan(request.scope, found, importer)
    plan.names.suggest()
    start_at = request.GET.get("from", "")
    parts = [
        show_part(
            view,
            request.GET.get("show", "") if request.GET.get("part", view.part.key) == view.part.key else "",
            int(start_at) if start_at.isdecimal() else 0,
            found.choices.get("edits", {}).get(view.part.key, {}),
        )
        for view in plan.parts
    ]
    context = {
        "importer": importer,
        "session": found,
        "refusal": refusal,
        "plan": plan,
        "parts": parts,
        "facts": facts(found, plan),
        "tables": list(enumerate(table["name"] for table in found.tables)),
        "several": len(found.tables) > 1 or len(importer.parts) > 1,
        "unknown": plan.names.unknown,
        "options": shown_options(request.scope, importer, found.choices.get("options", {})),
        "ready_words": importer.button(len(plan.new)),
        "rail": importer.rail,
        "fold_rail": True,
    }
    template = "sheets/_import.html" if request.htmx else "sheets/session.html"
    return render(request, template, context, status=409 if refusal else 200)


@require_POST
def undo(request: Request, kind: str, uid: UUID) -> HttpResponse:
    """Take back what an import brought in."""
    _importer(request, kind)
    found = _session(request, kind, uid)
    services.undo_import(scope=request.scope, session=found)
    messages.success(request, _("The import was undone."))
    return redirect("sheets:session", kind, uid)


@require_POST
def discard(request: Request, kind: str, uid: UUID) -> HttpResponse:
    """Forget an import that was not brought in."""
    _importer(request, kind)
    services.discard_import(scope=request.scope, session=_session(request, kind, uid))
    messages.success(request, _("The sheet was set aside; nothing of it was brought in."))
    return redirect("sheets:start", kind)


@require_GET
def faulty(request: Request, kind: str, uid: UUID) -> HttpResponse:
    """Download the rows with errors as a workbook that can be mended and brought in again."""
    importer = _importer(request, kind)
    found = _session(request, kind, uid)
    if found.state != ImportSession.State.OPEN:
        raise Http404
    return _download(faulty_workbook(make_plan(request.scope, found, importer)), f"{kind}-errors.xlsx")


@require_GET
def empty(request: Request, kind: str) -> HttpResponse:
    """Download a workbook with the headings and an example, to fill in."""
    return _download(empty_workbook(_importer(request, kind)), f"{kind}.xlsx")


@require_GET
def export(request: Request, kind: str) -> HttpResponse:
    """Download what is there as the workbook that can be brought in again; 404 where the importer has no way back."""
    data = _importer(request, kind).export(request.scope)
    if data is None:
        raise Http404
    return _download(data, f"{kind}-{request.scope.today.isoformat()}.xlsx")


def _download(data: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type=XLSX, headers=headers)

"""The incoming tray: letter after letter, hands on the keyboard."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prytany.accounts.tokens import keep_result, led_to, once
from prytany.core import dates, undo
from prytany.core.errors import DomainError
from prytany.core.web import Request
from prytany.documents import presenting, registers
from prytany.documents.forms import PaperForm, PapersForm
from prytany.documents.models import Document, RegisterEntry, TrayItem
from prytany.documents.proposing import CARRIED_FOR_PAPER, known_issuers, known_receivers, values_of_item
from prytany.documents.reading import kind_in_symbol
from prytany.documents.services import tray
from prytany.documents.services.registration import find_duplicates
from prytany.documents.titles import heading_of
from prytany.documents.views.common import answer, files_token, to_form
from prytany.files.extraction.problems import describe
from prytany.files.kinds import ACCEPT
from prytany.files.pictures import has_pictures, is_drawn
from prytany.files.uploads import UPLOADED, take_uploads
from prytany.organisation.models import Unit
from prytany.organisation.names import label_units

Direction = RegisterEntry.Direction
LAST = "documents.tray.last"
QUEUE = 60


def _waiting(request: Request) -> Any:
    items = TrayItem.objects.visible_to(request.scope).waiting()
    return items.select_related("unit", "file__blob").order_by("arrived_at", "pk")


@require_GET
def tray_home(request: Request) -> HttpResponse:
    """Open the first paper that waits; an empty tray says what to do."""
    first = _waiting(request).first()
    if first is not None:
        return redirect("documents:tray_item", first.uid)
    unit = registers.home_unit(request.scope)
    context = {"rail": "tray", "unit": unit, "papers_form": PapersForm(), "accept": ACCEPT}
    return render(request, "documents/tray_empty.html", context)


@require_http_methods(["GET", "POST"])
def tray_item(request: Request, uid: UUID) -> HttpResponse:
    """Show one paper of the tray beside its form; save it and go on to the next."""
    scope = request.scope
    items = TrayItem.objects.visible_to(scope).select_related("unit", "file__blob")
    item = get_object_or_404(items, uid=uid)
    if item.document_id or item.discarded_at:
        messages.info(request, _("This paper has been dealt with already."))
        return redirect("documents:tray")
    values, guesses = values_of_item(item, request.session.get(LAST, {}))
    form = PaperForm(request.POST or None, initial=values, guesses=guesses, scope=scope, unit=item.unit)
    if request.method == "POST" and form.is_valid() and (target := _save(request, form, item)):
        return redirect(target)
    return answer(request, "documents/tray.html", _context(request, item, form), bound=form.is_bound)


def _context(request: Request, item: TrayItem, form: PaperForm) -> dict[str, Any]:
    queue = list(_waiting(request)[: QUEUE + 1])
    place = next((n for n, one in enumerate(queue) if one.pk == item.pk), 0)
    position = {
        "number": place + 1,
        "total": len(queue) if len(queue) <= QUEUE else _waiting(request).count(),
        "previous": _address(queue[place - 1]) if place else "",
        "next": _address(queue[place + 1]) if place + 1 < len(queue) else "",
    }
    label_units([item], "unit")
    drawn = item.file is not None and has_pictures(item.file) and is_drawn(item.file, 1)
    return {
        "rail": "tray",
        "item": item,
        "queue": queue[:QUEUE],
        "position": position,
        "form": form,
        "being_read": bool(item.file and item.file.kind.reader and not item.reading),
        "problem": describe(item.reading.get("problem", "")),
        "file": item.file,
        "drawn": drawn,
        "number": 1,
        "tried": 0,
        "waits": True,
        "duplicates": _duplicates(request, form.data) if form.is_bound else [],
        "papers_form": PapersForm(),
        "accept": ACCEPT,
        "fold_rail": False,
    }


def _address(item: TrayItem) -> str:
    return reverse("documents:tray_item", args=[item.uid])


def _save(request: Request, form: PaperForm, item: TrayItem) -> str:
    """Register the paper; return where to go, or "" with the refusal on the form."""
    scope, data = request.scope, form.cleaned_data
    following = _following(request, item)
    known = _known_document(request)
    try:
        with once(scope, data["form_token"]) as earlier:
            if earlier is not None:
                return earlier or reverse("documents:tray")
            entry = tray.register_item(
                scope=scope,
                item=item,
                facts=form.facts(),
                line=form.line(),
                document=known,
                knowing_duplicates=data["knowing_duplicates"],
                without_file=data["without_file"],
            )
            keep_result(scope, data["form_token"], following)
    except DomainError as error:
        to_form(form, error)
        return ""
    request.session[LAST] = {name: request.POST.get(name, "") for name in CARRIED_FOR_PAPER}
    messages.success(
        request,
        _("Entered as number %(number)s: %(paper)s") % {"number": entry.number, "paper": heading_of(entry.document)},
    )
    return following


def _following(request: Request, item: TrayItem) -> str:
    """Return the address of the next paper in the queue, after the last one the first that still waits."""
    rows = _waiting(request).exclude(pk=item.pk)
    later = rows.filter(arrived_at__gte=item.arrived_at, pk__gt=item.pk).first() or rows.first()
    return _address(later) if later is not None else reverse("documents:tray")


def _known_document(request: Request) -> Document | None:
    """Return the paper that the person said this is a further copy of."""
    uid = request.POST.get("same_as", "")
    if not uid:
        return None
    try:
        return Document.objects.visible_to(request.scope).filter(uid=UUID(uid)).first()
    except ValueError:
        return None


@require_POST
def tray_receive(request: Request) -> HttpResponse:
    """Put files, or papers without one, into the tray, once however often the form is sent."""
    unit = registers.chosen_unit(request.scope, request.POST.get("unit", ""))
    if unit is None:
        raise PermissionDenied("tray")
    if request.FILES or request.POST.getlist(UPLOADED):
        return redirect(_receive_files(request, unit))
    form = PapersForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose files, or say how many papers arrived."))
        return redirect("documents:tray")
    data = form.cleaned_data

    def receive() -> str:
        items = tray.receive_papers(scope=request.scope, unit=unit, count=data["count"], note=data["note"])
        return _address(items[0])

    return redirect(led_to(request.scope, data["form_token"], receive))


def _receive_files(request: Request, unit: Unit) -> str:
    """Put the files of the form into the tray; return the address of the first, of the tray where none was taken."""
    taken = take_uploads(request, request.scope)
    for sentence in taken.messages:
        messages.error(request, sentence)

    def receive() -> str:
        items = tray.receive_files(scope=request.scope, unit=unit, files=taken.files)
        return _address(items[0]) if items else reverse("documents:tray")

    return led_to(request.scope, files_token(request), receive)


@require_POST
def tray_discard(request: Request, uid: UUID) -> HttpResponse:
    """Put a paper aside; the bar takes it back."""
    item = get_object_or_404(TrayItem.objects.visible_to(request.scope), uid=uid)
    following = _following(request, item)
    tray.discard_item(scope=request.scope, item=item, reason=request.POST.get("reason", ""))
    undo.success(request, _("Put aside."), reverse("documents:tray_restore", args=[uid]))
    return redirect(following)


@require_POST
def tray_restore(request: Request, uid: UUID) -> HttpResponse:
    """Take back what was put aside."""
    item = get_object_or_404(TrayItem.objects.visible_to(request.scope), uid=uid)
    tray.restore_item(scope=request.scope, item=item)
    return redirect("documents:tray_item", uid)


@require_GET
def duplicates(request: Request) -> HttpResponse:
    """Say, while the number is typed, whether such a paper is registered already."""
    found = _duplicates(request, request.GET)
    context = {"duplicates": found, "kind": kind_in_symbol(request.GET.get("symbol", ""))}
    return render(request, "documents/_duplicates.html", context)


def _duplicates(request: Request, data: Any) -> list[Document]:
    family, _dot, _kind = data.get("kind", "").partition(".")
    try:
        issued = dates.read(data.get("issued_on", ""), prefer="past").date
    except dates.ValidationError:
        issued = None
    issuer = _unit_id(request, data.get("issuer", ""))
    found = find_duplicates(
        scope=request.scope,
        symbol=data.get("symbol", ""),
        issuer_id=issuer,
        issuer_name=data.get("issuer_name", ""),
        issued_on=issued,
        family=family or "party",
    )
    presenting.dress(found)
    lines = RegisterEntry.objects.visible_to(request.scope).filter(document__in=found, voided_at=None)
    by_document: dict[int, list[RegisterEntry]] = {}
    rows = list(lines.order_by("entered_on", "pk"))
    label_units(rows, "unit")
    for line in rows:
        by_document.setdefault(line.document_id, []).append(line)
    for document in found:
        document.lines = by_document.get(document.pk, [])[:3]
        document.may_be_same = Document.objects.visible_to(request.scope).filter(pk=document.pk).exists()
    return found


def _unit_id(request: Request, uid: str) -> int | None:
    try:
        return Unit.objects.visible_to(request.scope).filter(uid=UUID(uid)).values_list("pk", flat=True).first()
    except ValueError:
        return None


@require_GET
def issuers(request: Request) -> JsonResponse:
    """Complete the name of an issuing body."""
    return JsonResponse({"results": known_issuers(request.scope, request.GET.get("q", ""))})


@require_GET
def receivers(request: Request) -> JsonResponse:
    """Complete whom a paper is for."""
    return JsonResponse({"results": known_receivers(request.scope, request.GET.get("q", ""))})

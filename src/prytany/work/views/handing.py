"""Page 21, Take-over: a new holder accepts what a post brings; who leaves gets it ready and adds a word to each."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from prytany.core import registry, wording
from prytany.core.errors import DomainError
from prytany.core.web import Request
from prytany.organisation.models import Appointment
from prytany.organisation.names import NAMELESS, title_of, unit_labels
from prytany.work import handing, policies
from prytany.work.forms import HandOverForm
from prytany.work.models import HandOver, HandOverLine
from prytany.work.services import handing as services
from prytany.work.views.common import prepared

RECENT = 200


def _row(request: Request, uid: UUID) -> HandOver:
    rows = HandOver.objects.visible_to(request.scope).select_related("post__unit", "outgoing__person")
    rows = rows.annotate(post_label=title_of("post__"))
    return get_object_or_404(rows, uid=uid)


@require_POST
def begin(request: Request) -> HttpResponse:
    """Begin to hand over the post acted from."""
    mine = get_object_or_404(Appointment.objects.visible_to(request.scope), pk=request.scope.appointment_id)
    row = services.open_hand_over(scope=request.scope, appointment=mine)
    return redirect("work:hand_over", row.uid)


@require_GET
def hand_over(request: Request, uid: UUID) -> HttpResponse:
    """Show what is handed over: to who leaves with a field for notes, to who comes with ticks, to others to read."""
    return _page(request, _row(request, uid))


def _page(request: Request, row: HandOver, *, form: HandOverForm | None = None) -> HttpResponse:
    scope = request.scope
    typed = form.notes if form is not None else {}
    notes = {**handing.notes_of(row), **{(kind, str(uid)): text for (kind, uid), text in typed.items()}}
    sections = handing.sections(scope, row, notes)
    _label(sections, scope.today)
    accepted = handing.accepted_lines(row)
    open_number = sum(section.total for section in sections)
    preparing = policies.can_prepare_hand_over(scope, row) and row.completed_at is None
    end = row.outgoing.valid_to
    context: dict[str, Any] = {
        "rail": "desk",
        "row": row,
        "sections": sections,
        "open_number": open_number,
        "accepted_number": accepted.count(),
        "accepted": _accepted(request, list(accepted[:RECENT])),
        "preparing": preparing,
        "with_notes": any(notes.values()),
        "may_accept": policies.can_take_over(scope, row) and row.completed_at is None,
        "too_early": row.prepared_at is None and (end is None or end > scope.today),
        "form": form or (HandOverForm(initial={"note": row.note}) if preparing else None),
        "holders": handing.holders(row, scope),
        "substitutions": handing.substitutions(row, scope),
        "unit_label": unit_labels([row.post.unit_id]).get(row.post.unit_id, NAMELESS),
        "panels": registry.panels_of("work.hand_over", request, row),
    }
    return render(request, "work/hand_over.html", context, status=422 if form is not None and form.errors else 200)


def _label(sections: list[handing.Section], today: Any) -> None:
    parts = [line.record for s in sections for line in s.lines if line.kind in ("part", "decision")]
    prepared(parts, today)
    duties = [line.record for s in sections for line in s.lines if line.kind == "duty"]
    for duty in duties:
        duty.content = duty.pattern.get("content", "")


def _accepted(request: Request, lines: list[HandOverLine]) -> list[tuple[HandOverLine, str]]:
    """Return what has been accepted with the words of its record; what is out of sight by now stays unnamed."""
    known: dict[tuple[str, UUID], Any] = {}
    for kind in HandOverLine.Kind:
        uids = [line.target_uid for line in lines if line.kind == kind]
        known |= {(str(kind), uid): one for uid, one in handing.record_of(request.scope, kind, uids).items()}
    found = []
    for line in lines:
        record = known.get((line.kind, line.target_uid))
        found.append((line, handing.content_of(line.kind, record) if record is not None else ""))
    return found


@require_POST
def accept(request: Request, uid: UUID) -> HttpResponse:
    """Accept everything, or what is ticked."""
    row = _row(request, uid)
    chosen = None if request.POST.get("all") == "1" else _chosen(request.POST.getlist("row"))
    if chosen is not None and not chosen:
        messages.error(request, _("Tick what you accept, or accept all."))
        return redirect("work:hand_over", row.uid)
    try:
        number = services.accept(scope=request.scope, hand_over=row, chosen=chosen)
    except DomainError as refused:
        messages.error(request, str(refused.message))
        return redirect("work:hand_over", row.uid)
    words = ngettext("%(count)s thing has been accepted.", "%(count)s things have been accepted.", number)
    messages.success(request, words % {"count": wording.count(number)})
    return redirect("work:hand_over", row.uid)


def _chosen(texts: list[str]) -> set[tuple[str, UUID]]:
    """Return kind and uid of the boxes ticked; what is neither is passed over."""
    found = set()
    for text in texts:
        kind, _sign, uid = text.partition(":")
        try:
            found.add((kind, UUID(uid)))
        except ValueError:
            continue
    return found


@require_POST
def prepare(request: Request, uid: UUID) -> HttpResponse:
    """Keep the notes; with `ready` hand the post over."""
    row = _row(request, uid)
    form = HandOverForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form=form)
    ready = request.POST.get("act") == "ready"
    try:
        services.prepare(
            scope=request.scope, hand_over=row, note=form.cleaned_data["note"], notes=form.notes, ready=ready
        )
    except DomainError as refused:
        messages.error(request, str(refused.message))
    except ValidationError as wrong:
        form.add_error(None, wrong.messages[0])
        return _page(request, row, form=form)
    else:
        words = _("The post has been handed over; its next holder sees it on their desk.") if ready else _("Saved.")
        messages.success(request, words)
    return redirect("work:hand_over", row.uid)

"""Page 24, the log: who did what, for those entitled."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prytany.audit import filters, policies, seals, services
from prytany.audit.forms import EraseNameForm, FilterForm
from prytany.audit.models import AuditEvent
from prytany.audit.names import names_of
from prytany.audit.presenting import lines
from prytany.core import clock
from prytany.core.errors import DomainError
from prytany.core.lists import ListState, count_up_to
from prytany.core.web import Request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _entitled(request: Request) -> None:
    if not policies.can_read_log(request.scope):
        raise PermissionDenied


@require_GET
def log(request: Request) -> HttpResponse:
    """The entries of the office's log, newest first, narrowed by the address."""
    _entitled(request)
    state = ListState(request, filters=filters.filters(), order=filters.ORDER, size=50)
    events = state.apply(AuditEvent.objects.visible_to(request.scope))
    page = state.page(events)
    context = {
        "rail": "log",
        "lines": lines(request.scope, page.rows),
        "page": page,
        "list": count_up_to(events),
        "state": state,
        "form": FilterForm(request.GET),
        "seals": seals.state_of(AuditEvent.objects.visible_to(request.scope)),
        "export_url": f"{reverse('audit:export')}?{request.GET.urlencode()}",
        "actor": _actor(request, state),
    }
    template = "audit/_lines.html" if request.htmx else "audit/log.html"
    return render(request, template, context)


def _actor(request: Request, state: ListState) -> dict[str, object] | None:
    """Return whom the list is about when it was opened for one person."""
    if "actor" not in state.active:
        return None
    uid = UUID(state.active["actor"])
    name = names_of([("person", uid)]).get(uid)
    if name is None:
        return None
    may_erase = policies.can_erase_name(request.scope) and not name.erased
    return {"uid": uid, "name": name, "may_erase": may_erase, "url": state.url(actor=None)}


@require_GET
def event(request: Request, uid: UUID) -> HttpResponse:
    """One entry with all that stands in it, and its place in the seals."""
    _entitled(request)
    found = AuditEvent.objects.visible_to(request.scope).filter(uid=uid).first()
    if found is None:
        raise Http404
    (line,) = lines(request.scope, [found])
    return render(request, "audit/event.html", {"rail": "log", "line": line, "seal": seals.place_of(found)})


@require_POST
def export(request: Request) -> HttpResponse:
    """The entries that the address names, as a workbook."""
    _entitled(request)
    state = ListState(request, filters=filters.filters(), order=filters.ORDER)
    events = state.apply(AuditEvent.objects.visible_to(request.scope))
    content = services.export_log(scope=request.scope, events=events)
    name = f"log-{clock.today().isoformat()}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@require_http_methods(["GET", "POST"])
def erase_name(request: Request, uid: UUID) -> HttpResponse:
    """Ask for the basis, then erase a name from the log for ever."""
    _entitled(request)
    if not policies.can_erase_name(request.scope):
        raise PermissionDenied
    name = names_of([("person", uid)]).get(uid)
    if name is None or not AuditEvent.objects.visible_to(request.scope).filter(actor_uid=uid).exists():
        raise Http404
    form = EraseNameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.erase_name(scope=request.scope, uid=uid, basis=form.cleaned_data["basis"])
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("The name is erased. The entries stay, and their seals still hold."))
            return redirect("audit:log")
    status = 422 if form.errors else 200
    context = {"rail": "log", "form": form, "name": name, "uid": uid}
    return render(request, "audit/erase_name.html", context, status=status)

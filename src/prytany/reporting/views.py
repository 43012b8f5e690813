"""Status reports and reminder letters: ask, add words, have them set, print again; slips with a QR code."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prytany.accounts.printing import picture_of
from prytany.accounts.tokens import keep_result, led_to, once, token_for
from prytany.core.errors import DomainError, StaleRecord
from prytany.core.pagination import keyset_page
from prytany.core.permissions import Permission
from prytany.core.web import Request
from prytany.files import serving
from prytany.organisation.names import label_units
from prytany.reporting import reminder, services, slips, status
from prytany.reporting.forms import PeriodForm, WordsForm, offered
from prytany.reporting.models import Report
from prytany.rules.definitions import label_of
from prytany.work.models import HandOver, Obligation, Task

# A letter has an annex of so many lines at most.
MOST_PARTS = 3000
WAITING = (Report.State.COUNTING, Report.State.MAKING)


def _may(request: Request) -> None:
    if not request.scope.holds_anywhere(Permission.REPORT_MAKE):
        raise PermissionDenied("reports")


def _report(request: Request, uid: UUID) -> Report:
    return get_object_or_404(
        Report.objects.visible_to(request.scope).select_related("unit", "made_by", "hand_over"), uid=uid
    )


@require_http_methods(["GET", "POST"])
def report_list(request: Request) -> HttpResponse:
    """Ask for the report of a period; earlier papers below."""
    _may(request)
    scope = request.scope
    form = PeriodForm(request.POST or None, scope=scope, initial={"unit": request.GET.get("unit", "")})
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_asked(request, form.cleaned_data))
        except DomainError as refused:
            form.add_error("number" if "number" in refused.fields else None, str(refused.message))
    rows = Report.objects.visible_to(scope).filter(hand_over=None).select_related("made_by")
    page = keyset_page(
        rows, ("-created_at", "-pk"), after=request.GET.get("after"), before=request.GET.get("before"), size=20
    )
    context = {
        "form": form,
        "page": page,
        "offered": offered(scope),
        "rail": "overview",
    }
    return render(request, "reporting/list.html", context, status=422 if form.errors else 200)


def _asked(request: Request, data: dict[str, Any]) -> str:
    """Ask for the report once, however often the form is sent; return its address."""
    with once(request.scope, data["form_token"]) as earlier:
        if earlier:
            return earlier
        report = services.start_status_report(
            scope=request.scope, period=data["period"], language=data["language"], unit=data["unit"]
        )
        address = reverse("reporting:report", args=[report.uid])
        keep_result(request.scope, data["form_token"], address)
    return address


@require_http_methods(["GET", "POST"])
def report_detail(request: Request, uid: UUID) -> HttpResponse:
    """One paper: its counted text, the office's own words, its files."""
    report = _report(request, uid)
    if report.state == Report.State.COUNTING:
        return render(request, "reporting/waiting.html", {"report": report, "rail": "overview"})
    form = WordsForm(request.POST or None, report=report)
    theirs: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, report, form)
        except StaleRecord as stale:
            report.refresh_from_db()
            theirs = {name: report.words[name] for name in form.words if report.words.get(name) != form.words[name]}
            form.add_error(None, str(stale.message))
            form.carry(report.version)
        else:
            return redirect("reporting:report", report.uid)
    context = _context(report, form)
    context["theirs"] = [(form.fields[name].label, text) for name, text in theirs.items()]
    return render(request, "reporting/report.html", context, status=422 if form.errors else 200)


def _save(request: Request, report: Report, form: WordsForm) -> None:
    saved = services.save_words(
        scope=request.scope, report=report, words=form.words, version=form.cleaned_data.get("version")
    )
    if request.POST.get("act") == "make":
        services.make_paper(scope=request.scope, report=saved)
    else:
        messages.success(request, _("Saved."))


def _context(report: Report, form: WordsForm) -> dict[str, Any]:
    sections: list[Any] = []
    if report.kind == Report.Kind.STATUS:
        with translation.override(report.language):
            sections = [(section, form[section.code]) for section in status.sections(report)]
    rows = report.facts["rows"]
    return {
        "report": report,
        "form": form,
        "sections": sections,
        "chat": reminder.chat_text(report) if report.kind == Report.Kind.REMINDER else "",
        "is_waiting": report.state in WAITING,
        "rows": rows[:200],
        "rows_total": len(rows),
        "rows_more": max(len(rows) - 200, 0),
        "right_to_left": report.language in ("ar", "ur"),
        "mark": status.mark_of(report),
        "rules": [(label_of(stamp["key"]), stamp) for stamp in _stamps(report)],
        "is_minutes": report.kind == Report.Kind.MINUTES,
        "rail": "desk" if report.kind == Report.Kind.MINUTES else "overview",
    }


def _stamps(report: Report) -> list[dict[str, Any]]:
    stamps = list(report.facts.get("rules", ()))
    return [*stamps, report.facts["layout"]] if "layout" in report.facts else stamps


@require_GET
def report_state(request: Request, uid: UUID) -> HttpResponse:
    """The place of the files while they are being made; asks the page to load itself anew when they are there."""
    report = _report(request, uid)
    response = render(request, "reporting/_files.html", {"report": report, "is_waiting": report.state in WAITING})
    if report.state not in WAITING and request.htmx:
        response["HX-Refresh"] = "true"
    return response


@require_GET
def report_file(request: Request, uid: UUID, ending: str) -> HttpResponse | StreamingHttpResponse:
    """The paper as DOCX or PDF."""
    report = _report(request, uid)
    file = report.docx if ending == "docx" else report.pdf
    if file is None:
        raise Http404
    return serving.send(request, file, inline=ending == "pdf" and "download" not in request.GET)


@require_POST
def reminder_start(request: Request) -> HttpResponse:
    """Draft a reminder letter for the parts chosen on a list, once however often the choice is sent."""
    _may(request)
    ticked = [text for text in request.POST.getlist("row")[:MOST_PARTS] if _is_uuid(text)]
    parts = Obligation.objects.visible_to(request.scope).filter(uid__in=ticked)
    language = request.POST.get("language", "")

    def draft() -> str:
        report = services.start_reminder(scope=request.scope, parts=parts, language=language)
        return reverse("reporting:report", args=[report.uid])

    try:
        token = token_for(request.POST.get("form_token", ""), [language, *sorted(ticked)])
        return redirect(led_to(request.scope, token, draft))
    except DomainError as refused:
        messages.error(request, str(refused.message))
        return redirect("work:overview")


@require_POST
def minutes_start(request: Request, uid: UUID) -> HttpResponse:
    """Draw up the minutes of a hand-over, once however often the button is pressed."""
    scope = request.scope
    rows = HandOver.objects.visible_to(scope).select_related("post__unit", "outgoing__person")
    hand_over = get_object_or_404(rows, uid=uid)
    token = request.POST.get("form_token", "")[:40]
    try:
        with once(scope, token) as earlier:
            if earlier:
                return redirect(earlier)
            report = services.start_minutes(scope=scope, hand_over=hand_over, language=request.POST.get("language", ""))
            address = reverse("reporting:report", args=[report.uid])
            keep_result(scope, token, address)
    except DomainError as refused:
        messages.error(request, str(refused.message))
        return redirect("work:hand_over", hand_over.uid)
    return redirect(address)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@require_GET
def task_slip(request: Request, uid: UUID) -> HttpResponse:
    """The assignment slip of a task, on one sheet, with its address as QR code."""
    task = get_object_or_404(
        Task.objects.visible_to(request.scope, each=True).select_related("source_document"), uid=uid
    )
    address = request.build_absolute_uri(reverse("work:task", args=[task.uid]))
    parts = list(Obligation.objects.visible_to(request.scope).filter(task=task).order_by("pk")[: slips.MOST_UNITS + 1])
    label_units(parts, "owner")
    context = {"slip": slips.slip_of(task, parts), "address": address, "picture": picture_of(address)}
    return render(request, "reporting/slip.html", context)

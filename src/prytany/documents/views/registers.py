"""The registers: read, print, take along as a workbook; enter a paper; void and correct lines."""

import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods
from django.views.decorators.vary import vary_on_headers

from prytany.accounts.tokens import keep_result, once
from prytany.core import clock
from prytany.core.errors import DomainError
from prytany.core.lists import Column, Filter, ListState, chosen_columns, count_up_to, declare_columns
from prytany.core.permissions import Permission
from prytany.core.scope import Scope, authorise
from prytany.core.web import Request
from prytany.core.workbook import xlsx_response
from prytany.documents import policies, presenting, registers
from prytany.documents.forms import LineForm, PaperForm, ReasonForm
from prytany.documents.models import LedgerNumber, RegisterEntry
from prytany.documents.proposing import first_values, propose_number
from prytany.documents.services import correcting, registration
from prytany.documents.sheets import MOST_ROWS, register_workbook
from prytany.documents.titles import content_of, heading_of
from prytany.documents.views.common import answer, to_form, visible_line
from prytany.files.kinds import ACCEPT
from prytany.files.services import discard_all
from prytany.files.uploads import Uploads, take_uploads
from prytany.organisation.models import Unit
from prytany.organisation.names import unit_labels
from prytany.rules.lookup import Rule

Direction = RegisterEntry.Direction
COLUMNS = declare_columns(
    "registers",
    (
        Column("number", pgettext_lazy("register", "Number"), style="fig c-no"),
        Column("entered", gettext_lazy("Entered on"), style="num c-due"),
        Column("paper", gettext_lazy("Number and symbol"), style="src"),
        Column("content", gettext_lazy("Kind and summary"), fixed=True, style="c-subj"),
        Column("receiver", pgettext_lazy("register", "For"), style="c-unit"),
        Column("handler", gettext_lazy("Kept by"), usual=False, style="c-more"),
        Column("forwarded", gettext_lazy("Passed on"), usual=False, style="c-more num"),
        Column("copies", gettext_lazy("Copies"), usual=False, style="c-more num"),
        Column("signer", gettext_lazy("Signer's post"), usual=False, style="c-more"),
        Column("note", gettext_lazy("Note"), usual=False, style="c-more"),
    ),
    label=pgettext_lazy("menu", "Registers"),
    url="documents:registers",
)
ORDER = {
    "new": (pgettext_lazy("order", "newest"), ("-entered_on", "-pk")),
    "old": (pgettext_lazy("order", "oldest"), ("entered_on", "pk")),
}
PRINTED = 3_000


def _direction(request: Request) -> str:
    asked = request.GET.get("direction") or request.POST.get("direction") or ""
    return asked if asked in Direction.values else Direction.IN


def _unit(request: Request) -> Unit | None:
    """Return the unit whose register is asked for: one that the person keeps, or reads."""
    asked = request.GET.get("unit") or request.POST.get("unit") or ""
    return registers.chosen_unit(request.scope, asked, Permission.DOCUMENT_READ)


def _filters() -> list[Filter]:
    return [
        Filter("year", gettext_lazy("Year"), lambda rows, value: rows.filter(entered_on__year=int(value))),
        Filter("void", gettext_lazy("Void lines"), lambda rows, _value: rows.exclude(voided_at=None), flag=True),
        Filter("q", gettext_lazy("Words"), lambda rows, value: registers.narrowed_by_words(rows, value, "document__")),
    ]


@require_GET
@vary_on_headers("HX-Request")
def register_list(request: Request) -> HttpResponse:
    """Show a register, newest first; five columns on the screen."""
    scope = request.scope
    unit, direction = _unit(request), _direction(request)
    if unit is None:
        return render(request, "documents/registers.html", {"rail": "registers", "no_register": True})
    state = ListState(request, filters=_filters(), order=ORDER)
    rows = state.apply(registers.lines_of(scope, unit, direction))
    page = state.page(rows)
    presenting.dress([line.document for line in page.rows])
    keeps = policies.can_register(scope, unit.pk)
    context = {
        "rail": "registers",
        "state": state,
        "page": page,
        "list": count_up_to(rows, 1000),
        "direction": direction,
        "directions": Direction.choices,
        "unit": unit,
        "units": registers.known_units(scope, unit),
        "years": registers.years_of(scope, unit, direction),
        "chips": [state.chip("void")],
        "columns": chosen_columns(request, "registers", COLUMNS),
        "may_register": keeps,
    }
    return render(request, "documents/_register_rows.html" if request.htmx else "documents/registers.html", context)


class Book(NamedTuple):
    """A book as it is read: its lines in the order of numbers, the rule that gives its columns, its heading."""

    name: str
    rows: QuerySet[RegisterEntry]
    rule: Rule
    heading: dict[str, Any]

    def lines(self, scope: Scope, most: int) -> list[RegisterEntry]:
        """Return at most `most` lines, with the answers to their papers where the book tells them."""
        found = list(self.rows[:most])
        if "answer" in self.rule.value["columns"]:
            registers.know_answers(scope, found)
        return found


def _book(request: Request) -> Book | None:
    """Return the book that is asked for; its columns are those of the end of the year chosen, else of today."""
    unit, direction = _unit(request), _direction(request)
    if unit is None:
        return None
    asked = request.GET.get("book", "")
    book = asked if registers.BOOKS.get(asked) == direction else direction
    state = ListState(request, filters=_filters(), order=ORDER)
    rows = registers.in_book(state.apply(registers.lines_of(request.scope, unit, direction)), book)
    label = unit_labels([unit.pk]).get(unit.pk)
    year = state.active.get("year", "")
    today = clock.today()
    day = min(datetime.date(int(year), 12, 31), today) if year.isdigit() and len(year) == 4 else today
    heading = {
        "title": registers.TITLES[book],
        "unit_label": label.name if label else "",
        "year": year,
        "now": clock.now(),
    }
    found = registers.book_rule(book, on=day, unit=unit)
    return Book(book, rows.order_by("series__period", "series", "number"), found, heading)


@require_GET
def register_print(request: Request) -> HttpResponse:
    """Show a book with its legal columns, to be printed and bound."""
    book = _book(request)
    if book is None:
        return redirect("documents:registers")
    lines = book.lines(request.scope, PRINTED + 1)
    columns = registers.columns_of(book.rule)
    cells = [
        (line, [(column.name, registers.cell(line, column.name, content_of(line.document))) for column in columns])
        for line in lines[:PRINTED]
    ]
    context = {
        "columns": columns,
        "lines": cells,
        "cut": len(lines) > PRINTED,
        "most": PRINTED,
        "rule": book.rule,
        **book.heading,
    }
    return render(request, "documents/register_print.html", context)


@require_GET
def register_xlsx(request: Request) -> HttpResponse:
    """Send a book as a workbook."""
    book = _book(request)
    if book is None:
        return redirect("documents:registers")
    words = " · ".join(filter(None, [book.heading["unit_label"], book.heading["year"]]))
    lines = book.lines(request.scope, MOST_ROWS)
    content = register_workbook(lines, registers.columns_of(book.rule), str(book.heading["title"]), words)
    return xlsx_response(f"register-{book.name}-{book.heading['year'] or clock.today().year}.xlsx", content)


@require_http_methods(["GET", "POST"])
def register_new(request: Request) -> HttpResponse:
    """Enter a paper that does not wait in the tray: outgoing, internal, or one in hand."""
    scope = request.scope
    asked = request.GET.get("unit") or request.POST.get("unit") or ""
    unit, direction = registers.chosen_unit(scope, asked), _direction(request)
    if unit is None:
        raise PermissionDenied("register")
    uploads = Uploads()
    values = first_values(scope, unit, direction) | _reserved(request)
    posted = request.POST if request.method == "POST" else None
    form = PaperForm(posted, initial=values, scope=scope, unit=unit, direction=direction)
    if request.method == "POST":
        form.is_valid()
        uploads = take_uploads(request, scope, level=int(form.cleaned_data.get("level") or 0))
        for sentence in uploads.messages:
            form.add_error(None, sentence)
        if form.is_valid() and (target := _register(request, form, unit, uploads)):
            return redirect(target)
    context = {
        "rail": "registers",
        "form": form,
        "unit": unit,
        "units": registers.known_units(scope, unit),
        "direction": direction,
        "direction_label": Direction(direction).label,
        "files": uploads.files,
        "accept": ACCEPT,
    }
    return answer(request, "documents/register_new.html", context, bound=form.is_bound)


def _reserved(request: Request) -> dict[str, Any]:
    """Return number and reservation of the form where a reserved number is to be used."""
    try:
        uid = UUID(request.GET.get("reserved", ""))
    except ValueError:
        return {}
    row = get_object_or_404(LedgerNumber.objects.visible_to(request.scope), uid=uid, state=LedgerNumber.State.RESERVED)
    return {"number": row.number, "reservation": row.uid}


def _register(request: Request, form: PaperForm, unit: Unit, uploads: Uploads) -> str:
    """Enter the paper; return where to go, or "" with the refusal on the form."""
    scope, token = request.scope, form.cleaned_data["form_token"]
    facts, line = form.facts(), form.line()
    try:
        with once(scope, token) as earlier:
            if earlier is not None:
                return earlier or reverse("documents:registers")
            entry = registration.register_document(
                scope=scope,
                unit=unit,
                facts=facts,
                line=line,
                files=uploads.files,
                knowing_duplicates=form.cleaned_data["knowing_duplicates"],
            )
            following = "documents:register" if request.POST.get("then") == "next" else "documents:registers"
            target = _address(following, entry.direction, unit)
            keep_result(scope, token, target)
    except DomainError as error:
        if error.code == "secret_level":
            discard_all(scope, uploads.files)
            uploads.files = []
        to_form(form, error)
        if error.code == "number_taken":
            # The next free number goes into the field, beside the sentence that the typed one is taken.
            free = propose_number(unit, form.direction, facts, line.entered_on)
            form.data = {**form.data.dict(), "number": str(free)}  # type: ignore[attr-defined]
        return ""
    messages.success(
        request,
        _("Entered as number %(number)s: %(paper)s") % {"number": entry.number, "paper": heading_of(entry.document)},
    )
    return target


@require_http_methods(["GET", "POST"])
def line_void(request: Request, uid: UUID) -> HttpResponse:
    """Void a line with a reason."""
    line = visible_line(request, uid)
    authorise(policies.can_void, request.scope, line)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            registration.void_entry(scope=request.scope, entry=line, reason=form.cleaned_data["reason"])
        except DomainError as error:
            to_form(form, error)
        else:
            messages.success(request, _("The line is void. Its number stays taken."))
            return redirect(_register_of(line))
    context = {
        "rail": "registers",
        "line": line,
        "heading": heading_of(line.document),
        "form": form,
        "back": _register_of(line),
    }
    return answer(request, "documents/void.html", context, bound=form.is_bound)


@require_http_methods(["GET", "POST"])
def line_correct(request: Request, uid: UUID) -> HttpResponse:
    """Correct a line beside its number."""
    line = visible_line(request, uid)
    authorise(policies.can_void, request.scope, line)
    initial = {name: getattr(line, name) for name in correcting.LINE_FIELDS}
    form = LineForm(request.POST or None, initial=initial, version=line.document.version)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in correcting.LINE_FIELDS}
        try:
            correcting.correct_line(
                scope=request.scope, entry=line, version=form.cleaned_data.get("version") or 0, values=values
            )
        except DomainError as error:
            to_form(form, error)
        else:
            messages.success(request, _("The line is corrected."))
            return redirect(_register_of(line))
    context = {
        "rail": "registers",
        "line": line,
        "heading": heading_of(line.document),
        "form": form,
        "back": _register_of(line),
        "changes": [
            (form.fields[c.name].label, c.stored, c.typed)
            for c in getattr(form, "changes", [])
            if c.name in form.fields
        ],
    }
    return answer(request, "documents/line.html", context, bound=form.is_bound)


def _register_of(line: RegisterEntry) -> str:
    return _address("documents:registers", line.direction, line.unit)


def _address(name: str, direction: str, unit: Unit) -> str:
    return f"{reverse(name)}?{urlencode({'direction': direction, 'unit': str(unit.uid)})}"

"""The list of documents, and the page that shows everything about one paper."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from prytany.accounts.tokens import keep_result, led_to, once
from prytany.core import clock, registry
from prytany.core.errors import DomainError
from prytany.core.lists import Column, Filter, ListState, chosen_columns, count_up_to, declare_columns
from prytany.core.permissions import Permission
from prytany.core.scope import authorise
from prytany.core.web import Request
from prytany.documents import kinds, policies, presenting, registers
from prytany.documents.forms import CorrectForm, RelationForm, TextForm
from prytany.documents.models import Clause, Document, RegisterEntry
from prytany.documents.raising import Loss
from prytany.documents.services import correcting, relations
from prytany.documents.services import files as file_services
from prytany.documents.services import texts as text_services
from prytany.documents.services.reading_notes import note_reading
from prytany.documents.titles import heading_of
from prytany.documents.views.common import answer, files_token, to_form, visible_document
from prytany.files.kinds import ACCEPT
from prytany.files.models import StoredFile
from prytany.files.services import discard_all
from prytany.files.uploads import take_uploads
from prytany.organisation.names import label_units
from prytany.search.words import number_key

Direction = RegisterEntry.Direction
ORDER = {
    "new": (pgettext_lazy("order", "newest"), ("-created_at", "-pk")),
    "old": (pgettext_lazy("order", "oldest"), ("created_at", "pk")),
}

COLUMNS = declare_columns(
    "documents",
    (
        Column("symbol", gettext_lazy("Number and symbol"), style="src"),
        Column("paper", gettext_lazy("Kind and summary"), fixed=True, style="c-subj"),
        Column("issuer", gettext_lazy("Issuing body"), style="c-unit"),
        Column("date", gettext_lazy("Date"), style="c-due num"),
        Column("signer", gettext_lazy("Signer's post"), usual=False, style="c-more"),
        Column("reply_due", gettext_lazy("Reply due"), usual=False, style="c-more num"),
        Column("language", gettext_lazy("Language"), usual=False, style="c-more"),
        Column("pages", gettext_lazy("Pages"), usual=False, style="c-more num"),
        Column("added", pgettext_lazy("column", "Added"), usual=False, style="c-more"),
    ),
    label=pgettext_lazy("menu", "Documents"),
    url="documents:list",
)


def _by_kind(_rows: Any, value: str) -> Q:
    family, dot, kind = value.partition(".")
    if not dot:
        raise ValueError(value)
    return Q(family=family, kind=kind)


def _by_year(_rows: Any, value: str) -> Q:
    return Q(issued_on__year=int(value))


def _filters() -> list[Filter]:
    return [
        Filter("kind", gettext_lazy("Kind"), _by_kind),
        Filter("year", gettext_lazy("Year"), _by_year),
        Filter("directive", gettext_lazy("Directing documents"), Q(is_directive=True), flag=True),
        Filter("urgent", gettext_lazy("Urgent"), ~Q(urgency=""), flag=True),
        Filter(
            "direction",
            gettext_lazy("Register"),
            lambda rows, value: rows.filter(entries__direction=value, entries__voided_at=None).distinct(),
            choices=Direction.choices,
        ),
        Filter("q", gettext_lazy("Words"), registers.narrowed_by_words),
    ]


@require_GET
@vary_on_headers("HX-Request")
def document_list(request: Request) -> HttpResponse:
    """List the papers in sight, newest first, narrowed by what stands in the address."""
    scope = request.scope
    state = ListState(request, filters=_filters(), order=ORDER)
    rows = state.apply(Document.objects.visible_to(scope))
    page = state.page(rows)
    presenting.dress(page.rows)
    today = clock.today()
    context = {
        "rail": "documents",
        "state": state,
        "page": page,
        "list": count_up_to(rows, 1000),
        "chips": [state.chip("directive"), state.chip("urgent")]
        + [state.chip("direction", code, label) for code, label in Direction.choices],
        "kinds": [(label, list(kinds.kinds_of(family).values())) for family, label in kinds.FAMILIES],
        "years": range(today.year, today.year - 8, -1),
        "columns": chosen_columns(request, "documents", COLUMNS),
        "may_register": scope.holds_anywhere(Permission.DOCUMENT_REGISTER),
        "may_take_in": scope.holds_anywhere(Permission.INTAKE_USE),
    }
    return render(request, "documents/_rows.html" if request.htmx else "documents/list.html", context)


@require_GET
def document_detail(request: Request, uid: UUID) -> HttpResponse:
    """Show everything about one paper: file, facts, passages, what hangs on it, history behind a tab."""
    scope = request.scope
    document = visible_document(request, uid)
    note_reading(scope, document)
    presenting.dress([document])
    lines = list(policies.with_keeping(scope, RegisterEntry.objects.visible_to(scope).filter(document=document))[:80])
    label_units(lines, "unit")
    tab = "history" if request.GET.get("tab") == "history" else ""
    may_correct = any(line.is_kept for line in lines)
    context: dict[str, Any] = {
        "rail": "documents",
        "document": document,
        "heading": heading_of(document),
        "issued": presenting.issued_words(document),
        "lines": lines,
        "tab": tab,
        "may_correct": may_correct and document.level <= scope.clearance,
        "may_write": may_correct or (scope.holds_anywhere(Permission.INTAKE_USE) and not document.is_secret),
        "acts": registry.panels_of("documents.acts", request, document),
    }
    if tab:
        context["entries"] = presenting.history_of(document)
    else:
        context |= _content(request, document)
    return render(request, "documents/detail.html", context)


def _content(request: Request, document: Document) -> dict[str, Any]:
    visible = Document.objects.visible_to(request.scope)
    # The panels come first: what an app has looked up for its panel serves the links beside the sentences too.
    panels = registry.panels_of("documents.detail", request, document)
    return {
        "files": presenting.shown_files(document),
        "texts": presenting.shown_texts(
            request.scope, document, whole=request.GET.get("text") == "all", passage=_passage(request, document)
        ),
        "relations": presenting.shown_relations(document, visible),
        "panels": panels,
        "relation_form": RelationForm(),
        "accept": ACCEPT,
    }


def _passage(request: Request, document: Document) -> Clause | None:
    """Return the passage that the address asks for; None without one, or for what is not one."""
    uid = request.GET.get("passage", "")
    try:
        return Clause.objects.visible_to(request.scope).filter(document=document, uid=UUID(uid)).first()
    except ValueError:
        return None


@require_http_methods(["GET", "POST"])
def document_correct(request: Request, uid: UUID) -> HttpResponse:
    """Correct a paper's facts; where somebody else did so meanwhile, show both texts."""
    scope = request.scope
    document = visible_document(request, uid)
    authorise(policies.can_correct, scope, document)
    unit = registers.home_unit(scope) or document.root
    given = {"scope": scope, "unit": unit, "version": document.version}
    form = CorrectForm(request.POST or None, initial=CorrectForm.initial_of(document), **given)
    lost: list[Loss] = []
    if request.method == "POST" and form.is_valid():
        try:
            correcting.correct_document(
                scope=scope,
                document=document,
                version=form.cleaned_data.get("version") or 0,
                facts=form.facts(),
                remove_content=form.cleaned_data["remove_content"],
            )
        except DomainError as error:
            to_form(form, error)
            lost = correcting.losses_of(document) if error.code == "content_kept" else []
        else:
            messages.success(request, _("The paper is corrected."))
            return redirect("documents:detail", uid)
    context = {
        "rail": "documents",
        "document": document,
        "heading": heading_of(document),
        "form": form,
        "changes": _in_words(getattr(form, "changes", []), form),
        "lost": lost,
    }
    return answer(request, "documents/correct.html", context, bound=form.is_bound)


def _in_words(changes: list[correcting.Change], form: CorrectForm) -> list[tuple[Any, Any, Any]]:
    """Return the field's label with both values; what a person cannot read (codes) is shown by its choice."""

    def words(name: str, value: Any) -> Any:
        choices = dict(getattr(form.fields.get(name), "choices", []) or [])
        return choices.get(value, value)

    return [
        (form.fields[c.name].label, words(c.name, c.stored), words(c.name, c.typed))
        for c in changes
        if c.name in form.fields
    ]


@require_http_methods(["GET", "POST"])
def document_text(request: Request, uid: UUID) -> HttpResponse:
    """Paste a text to a paper."""
    document = visible_document(request, uid)
    authorise(policies.can_write_text, request.scope, document)
    form = TextForm(request.POST or None, initial={"language": document.language})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with once(request.scope, data["form_token"]) as earlier:
                if earlier is None:
                    text_services.add_text(
                        scope=request.scope, document=document, text=data["text"], language=data["language"]
                    )
                    keep_result(request.scope, data["form_token"], "done")
        except DomainError as error:
            to_form(form, error)
        else:
            messages.success(request, _("The text is kept with the paper."))
            return redirect("documents:detail", uid)
    context = {"rail": "documents", "document": document, "heading": heading_of(document), "form": form}
    return answer(request, "documents/text.html", context, bound=form.is_bound)


@require_POST
def document_files(request: Request, uid: UUID) -> HttpResponse:
    """Attach files to a paper, once however often the form is sent."""
    document = visible_document(request, uid)
    authorise(policies.can_write_text, request.scope, document)
    taken = take_uploads(request, request.scope, level=document.level)
    attached: list[StoredFile] = []

    def attach() -> str:
        attached.extend(file_services.attach_files(scope=request.scope, document=document, files=taken.files))
        return reverse("documents:detail", args=[uid])

    try:
        address = led_to(request.scope, files_token(request), attach)
    except DomainError:
        discard_all(request.scope, taken.files)
        raise
    for sentence in taken.messages:
        messages.error(request, sentence)
    if attached:
        messages.success(request, _("The files are attached. Their text is read in the background."))
    return redirect(address)


@require_POST
def document_withdraw_file(request: Request, uid: UUID, file_uid: UUID) -> HttpResponse:
    """Take a file off a paper."""
    document = visible_document(request, uid)
    file = get_object_or_404(StoredFile.objects.visible_to(request.scope), uid=file_uid, holder_uid=document.uid)
    file_services.withdraw_file(scope=request.scope, document=document, file=file)
    messages.success(request, _("The file is withdrawn."))
    return redirect("documents:detail", uid)


@require_POST
def document_relate(request: Request, uid: UUID) -> HttpResponse:
    """Say how a paper stands to another, named by its number and symbol."""
    document = visible_document(request, uid)
    authorise(policies.can_write_text, request.scope, document)
    form = RelationForm(request.POST)
    if form.is_valid():
        key = number_key(form.cleaned_data["symbol"])
        others = Document.objects.visible_to(request.scope).filter(symbol_key=key).exclude(pk=document.pk)
        other = others.order_by("-created_at").first() if key else None
        if other is None:
            messages.error(request, _("No paper with this number and symbol is in sight. Check the number."))
        else:
            relations.relate(scope=request.scope, document=document, other=other, kind=form.cleaned_data["kind"])
    else:
        messages.error(request, _("Choose a relation and give the number and symbol of the other paper."))
    return redirect(f"{reverse('documents:detail', args=[uid])}#relations")


@require_POST
def document_unrelate(request: Request, uid: UUID, other_uid: UUID) -> HttpResponse:
    """Take a relation back."""
    document, other = visible_document(request, uid), visible_document(request, other_uid)
    relations.unrelate(scope=request.scope, document=document, other=other, kind=request.POST.get("kind", ""))
    return redirect(f"{reverse('documents:detail', args=[uid])}#relations")

"""One list for every question about tasks, and acts on the rows selected."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from prytany.core.fold import fold
from prytany.core.lists import Column, chosen_columns, count_up_to, declare_columns
from prytany.core.pagination import keyset_page
from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.core.web import Request
from prytany.documents.models import Document
from prytany.organisation.models import Unit
from prytany.search import finding
from prytany.work import lists
from prytany.work.models import Obligation, ObligationState, RoleInTask
from prytany.work.row_acts import give_acts
from prytany.work.tabs import tab_counts
from prytany.work.views.common import prepared

ORDER = ("due_sort", "pk")
CHIPS_SHOWN = ("open", "week", "unseen", "blocked", "extended", "overdue", "due_soon")
UNASKED = ("open",)  # without a word in the address the list shows what is still owed
COUNT_LIMIT = 1000

COLUMNS = declare_columns(
    "tasks",
    (
        Column("source", pgettext_lazy("column", "Source"), style="src"),
        Column("content", pgettext_lazy("column", "Content"), fixed=True, style="c-subj"),
        Column("unit", pgettext_lazy("column", "Unit"), style="c-unit"),
        Column("state", pgettext_lazy("column", "State"), style="c-st"),
        Column("due", pgettext_lazy("column", "Due"), style="c-due"),
        Column("role", pgettext_lazy("column", "Role"), usual=False, style="c-more"),
        Column("handler", pgettext_lazy("column", "Handler"), usual=False, style="c-more"),
        Column("creditor", pgettext_lazy("column", "Assigned by"), usual=False, style="c-more"),
        Column("issued", pgettext_lazy("column", "Assigned on"), usual=False, style="c-more num"),
        Column("product", pgettext_lazy("column", "Expected product"), usual=False, style="c-more"),
        Column("word", pgettext_lazy("column", "Last word"), usual=False, style="c-more"),
    ),
    label=pgettext_lazy("menu", "Tasks"),
    url="work:tasks",
)

BULK_ACTS: list[dict[str, Any]] = [
    {"code": "remind", "label": pgettext_lazy("button", "Remind"), "permission": Permission.TASK_VERIFY},
    {"code": "extend", "label": pgettext_lazy("button", "Extend"), "permission": Permission.TASK_ASSIGN},
    {"code": "reassign", "label": pgettext_lazy("button", "Reassign"), "permission": Permission.TASK_ASSIGN},
    {"code": "hand_over", "label": pgettext_lazy("button", "Hand over"), "permission": Permission.TASK_ASSIGN},
    {"code": "recall", "label": pgettext_lazy("button", "Recall"), "permission": Permission.TASK_ASSIGN},
    {"code": "print", "label": pgettext_lazy("button", "Print"), "permission": Permission.TASK_READ},
    {"code": "xlsx", "label": _("XLSX"), "permission": Permission.TASK_READ},
]


def narrowed(request: Request) -> tuple[lists.View, QuerySet[Obligation], list[str]]:
    """Return the view, the parts it holds after the filters in the address, and the chips that are on."""
    scope = request.scope
    offered = {view.code: view for view in lists.offered_views(scope)}
    default = "all" if scope.role in {"leader", "inspector", "auditor"} else next(iter(offered), "parts")
    view = offered.get(request.GET.get("view", ""), offered.get(default, lists.VIEWS["parts"]))
    rows = view.rows(scope)
    asked = request.GET.getlist("chip") if request.GET else list(UNASKED)
    chips = [chip for chip in asked if chip in lists.CHIPS]
    rows = lists.filtered(rows, scope, chips)
    if unit := request.GET.get("unit"):
        rows = rows.filter(owner__in=Unit.objects.visible_to(scope).filter(_uid(unit)))
    if document := request.GET.get("document"):
        rows = rows.filter(task__source_document__in=Document.objects.visible_to(scope).filter(_uid(document)))
    if request.GET.get("role") in RoleInTask.values:
        rows = rows.filter(role=request.GET["role"])
    if text := request.GET.get("q", "").strip():
        rows = rows.filter(_with_words(scope, text))
    return view, rows, chips


def _with_words(scope: Scope, text: str) -> Q:
    """Return the condition that the task holds the words of `text`, or that it was addressed to a unit so called.

    Cancelled tasks are not found by searching, but a list that shows them finds them.
    """
    names = Unit.objects.visible_to(scope).filter(versions__names__folded__contains=fold(text) or text)
    cancelled = Q(state=ObligationState.CANCELLED, task__content__icontains=text)
    return Q(task__in=finding.targets("task", text)) | Q(owner__in=names) | cancelled


def _uid(text: str) -> Q:
    """Return the condition on `uid`, false for what is not one."""
    try:
        return Q(uid=UUID(text))
    except ValueError:
        return Q(pk__in=())


@require_GET
@vary_on_headers("HX-Request")
def task_list(request: Request) -> HttpResponse:
    """Show the parts (or the leads of tasks) of a view, narrowed by chips and filters that stand in the address."""
    scope = request.scope
    view, rows, chips = narrowed(request)
    page = keyset_page(lists.with_facts(rows), ORDER, after=request.GET.get("after"), before=request.GET.get("before"))
    page.rows[:] = prepared(page.rows, scope.today)
    give_acts(scope, page.rows)
    total = count_up_to(rows, COUNT_LIMIT)
    tabs = lists.offered_views(scope)
    context: dict[str, Any] = {
        "rail": "tasks",
        "views": list(zip(tabs, tab_counts(scope, tabs), strict=True)),
        "view": view,
        "chips": [(chip, lists.CHIPS[chip][0], chip in chips) for chip in dict.fromkeys((*CHIPS_SHOWN, *chips))],
        "page": page,
        "list": total,
        "bulk_acts": [act for act in BULK_ACTS if scope.holds_anywhere(act["permission"])],
        "columns": chosen_columns(request, "tasks", COLUMNS),
        "may_draft": scope.holds_anywhere(Permission.TASK_DRAFT),
    }
    return render(request, "work/_tasks_rows.html" if request.htmx else "work/tasks.html", context)

"""What work tells lower apps: who sees papers and files through a task, what waits, what can be found or is due."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from prytany.accounts import explain
from prytany.accounts.explain import Way
from prytany.core import registry, wording
from prytany.core.permissions import Permission
from prytany.core.registry import Panel
from prytany.core.scope import Scope
from prytany.documents import citations, raising
from prytany.documents import models as documents
from prytany.documents.citations import CitedBy
from prytany.documents.models import Clause
from prytany.documents.sight import shown
from prytany.files import holders
from prytany.notifications import kinds as notices
from prytany.notifications.feeds import Due, due_dates
from prytany.organisation import impact
from prytany.organisation.impact import ImpactLine
from prytany.organisation.reach import holds_root, own_line, within
from prytany.organisation.signals import appointment_changed, units_changed
from prytany.search import kinds as search
from prytany.search.kinds import Card
from prytany.work import importing, lists, log_sentences, waiting
from prytany.work.models import HandOver, Obligation, Remark, Task, TaskInformation, TaskState
from prytany.work.models.states import OPEN_STATES
from prytany.work.services import handing
from prytany.work.services import raising as follow_level
from prytany.work.services.succession import follow_units

ISSUED = (TaskState.ISSUED, TaskState.CLOSED, TaskState.CANCELLED)


def cited_documents(scope: Scope) -> Q:
    """Return the condition for documents that a task in sight is drawn from."""
    tasks = Task.objects.visible_to(scope).filter(state__in=[TaskState.ISSUED, TaskState.CLOSED])
    if holds_root(scope, Permission.TASK_READ):
        # Nearly every task is in sight, so the first one of a document decides; a list would hold all of them.
        return Q(Exists(tasks.filter(source_document=OuterRef("pk"))))
    return Q(pk__in=tasks.filter(source_document__isnull=False).values("source_document_id"))


def _drawn(scope: Scope, document: Any) -> list[Task]:
    """Return the tasks drawn from a document; looked up once for all that its page shows of them."""
    if not hasattr(document, "drawn_tasks"):
        tasks = Task.objects.visible_to(scope).filter(source_document=document, parent=None)
        document.drawn_tasks = list(tasks.select_related("source_clause").order_by("position", "pk")[:300])
    found: list[Task] = document.drawn_tasks
    return found


def tasks_of_document(request: HttpRequest, document: Any) -> Panel | None:
    """Return the tasks drawn from a document, for its page."""
    found = _drawn(request.scope, document)[:60]  # type: ignore[attr-defined]
    return Panel("work/_document_tasks.html", {"tasks": found, "document": document}) if found else None


def tasks_of_passages(scope: Scope, document: Any) -> Iterator[tuple[Clause, CitedBy]]:
    """Yield the tasks drawn from each passage of a document, for the sentences on its page."""
    for number, task in enumerate(_drawn(scope, document), start=1):
        if task.source_clause is not None:
            url = reverse("work:task", args=[task.uid])
            yield task.source_clause, CitedBy(wording.count(number), task.content[:120], url)


def hand_over_of_post(request: HttpRequest, post: Any) -> Panel | None:
    """Return the hand-overs of a post that are under way, for its page; for its holder the way to begin one."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    known = HandOver.objects.visible_to(scope).filter(post=post).select_related("outgoing__person")
    rows = list(known.order_by("completed_at", "-pk")[:5])
    own = scope.post_id == post.pk and scope.acting_for is None
    if not rows and not own:
        return None
    begun = any(row.outgoing_id == scope.appointment_id for row in rows)
    return Panel("work/_hand_over_panel.html", {"rows": rows, "may_begin": own and not begun})


def hand_over_of_mine(request: HttpRequest, _subject: Any) -> Panel | None:
    """Return the way to hand over the post acted from, and what of it waits, for My account."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    if scope.appointment_id is None or scope.acting_for is not None:
        return None
    mine = HandOver.objects.filter(outgoing=scope.appointment_id) | HandOver.objects.waiting(scope)
    rows = list(mine.select_related("outgoing__person").order_by("-pk")[:5])
    begun = any(row.outgoing_id == scope.appointment_id for row in rows)
    return Panel("work/_hand_over_panel.html", {"rows": rows, "may_begin": not begun, "heading": True})


def _cards(scope: Scope, ids: Iterable[int]) -> Mapping[int, Card]:
    """Return what a search hit shows of tasks."""
    rows = Task.objects.visible_to(scope).filter(pk__in=list(ids)).select_related("source_document")
    return {
        task.pk: Card(
            url=reverse("work:task", args=[task.uid]),
            title=task.content,
            lead=paper.symbol if (paper := shown(scope, task.source_document)) else "",
            note=task.product,
        )
        for task in rows
    }


def _due(scope: Scope, first: datetime.date, last: datetime.date) -> Iterable[Due]:
    """Yield the open parts that the holder of the appointment handles or distributes, for the calendar feed."""
    rows = lists.mine(scope).filter(state__in=OPEN_STATES, due_on__range=(first, last)).select_related("task")
    for part in rows.order_by("due_sort", "pk")[:1000]:
        yield Due(
            uid=part.uid,
            on=part.due_on or last,
            title=part.task.content,
            level=part.level,
            changed_at=part.changed_at,
            url=reverse("work:part", args=[part.uid]),
        )


def _explain_tasks() -> None:
    """Say in words what `Task.objects.visible_to` says in SQL."""
    issued, drafts = Q(state__in=ISSUED), Q(state__in=[TaskState.DRAFT, TaskState.PROPOSED])
    inside = lambda scope: Q(parent=None) | own_line(scope, "assigner_unit")  # noqa: E731

    def assigned(scope: Scope) -> Q:
        return issued & within(scope, Permission.TASK_READ, "assigner_unit", "root") & inside(scope)

    def owed(scope: Scope) -> Q:
        parts = Obligation.objects.issued().visible_to(scope)
        return issued & Q(pk__in=parts.values("task_id")) & inside(scope)

    def told(scope: Scope) -> Q:
        rows = TaskInformation.objects.filter(within(scope, Permission.TASK_READ, "unit"))
        return issued & Q(pk__in=rows.values("task_id")) & inside(scope)

    def drafting(scope: Scope) -> Q:
        return drafts & within(scope, Permission.TASK_DRAFT, "assigner_unit", "root") & inside(scope)

    def assigning(scope: Scope) -> Q:
        return drafts & within(scope, Permission.TASK_ASSIGN, "assigner_unit", "root") & inside(scope)

    explain.register(
        "task",
        Task,
        [
            Way("assigned", Permission.TASK_READ, assigned, _("The task was assigned by %(place)s.")),
            Way("owed", Permission.TASK_READ, owed, _("A unit within your reach owes a part of this task.")),
            Way("told", Permission.TASK_READ, told, _("Your unit was told of this task for its information.")),
            Way("drafting", Permission.TASK_DRAFT, drafting, _("You may draft tasks for %(place)s.")),
            Way("assigning", Permission.TASK_ASSIGN, assigning, _("You may assign tasks for %(place)s.")),
        ],
        place=lambda task: task.assigner_unit_id,
        title=lambda task: task.content,
        url=lambda task: reverse("work:task", args=[task.uid]),
    )


def _post_handed_over(_count: int, _has_content: bool) -> Any:
    return _("The post “%(post)s” is handed over to you; see what it brings and accept it.")


def _post_taken_over(_count: int, _has_content: bool) -> Any:
    return _("Everything you handed over with the post “%(post)s” has been accepted.")


def _part_without_unit(_count: int, has_content: bool) -> Any:
    if has_content:
        return _("%(unit)s is no more and has no single successor. Hand its work over: “%(content)s”.")
    return _("%(unit)s is no more and has no single successor. Hand its work over.")


def _follow_units(*, root_id: int, unit_ids: set[int], **_rest: Any) -> None:
    follow_units(root_id, unit_ids)


def _open_work(unit_ids: Collection[int], _on: datetime.date) -> Iterator[ImpactLine]:
    """Yield how many open parts each unit holds, for the preview of an act that ends units."""
    held = Obligation.objects.filter(holder_id__in=unit_ids, state__in=OPEN_STATES).order_by()
    found = dict(held.values_list("holder_id").annotate(number=Count("pk")))
    if found:
        yield ImpactLine(_("Open tasks"), found)


def _paper_for_information(_count: int, _has_content: bool) -> Any:
    return _("A paper was sent to your unit for information.")


def register() -> None:
    """Called once when all apps are loaded."""
    documents.EXTRA_SIGHT.append(cited_documents)
    holders.register("obligation", lambda scope: Obligation.objects.visible_to(scope, shared=True))
    holders.register("remark", Remark.objects.visible_to)
    registry.rail_counts.register("desk")(waiting.count)
    citations.register("task", tasks_of_passages)
    registry.panels("documents.detail").register("work.tasks")(tasks_of_document)
    raising.followers.register("work")(lambda: raising.Follower(follow_level.losses, follow_level.follow))
    search.register(
        "task",
        label=pgettext_lazy("search", "Tasks"),
        icon="list-check",
        queryset_for=Task.objects.visible_to,
        cards=_cards,
        weight=20,
    )
    due_dates.register("work")(_due)
    notices.register("post_handed_over", "decisions", _post_handed_over)
    notices.register("post_taken_over", "assigned", _post_taken_over)
    appointment_changed.connect(handing.follow_appointment, dispatch_uid="work.hand_over")
    registry.panels("organisation.post").register("work.hand_over")(hand_over_of_post)
    registry.panels("accounts.account").register("work.hand_over", weight=20)(hand_over_of_mine)
    notices.register("part_without_unit", "decisions", _part_without_unit)
    units_changed.connect(_follow_units, dispatch_uid="work.follow_units")
    impact.counters.register("work")(_open_work)
    notices.register("paper_for_information", "papers", _paper_for_information)
    _explain_tasks()
    log_sentences.register()
    importing.register()

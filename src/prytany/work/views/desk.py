"""My desk: what must I do now."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET

from prytany.core import wording
from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.core.web import Request
from prytany.documents.kinds import urgency_name
from prytany.documents.models import Document
from prytany.documents.sight import shown
from prytany.organisation.names import NAMELESS, unit_labels
from prytany.work import lists, waiting
from prytany.work.models import ObligationEvent, Star, Task
from prytany.work.models.states import OPEN_STATES
from prytany.work.views.common import prepared
from prytany.workdays.calendar import working_days_left
from prytany.workdays.periods import PeriodKind, period_of

NEWS = ("progress", "submitted", "obstacle", "extended", "handed_back", "verified")


@dataclass
class Line:
    """One line of "Waiting for me" as the page shows it."""

    icon: str
    word: str
    subject: str
    meta: str
    unit: str
    since: Any
    url: str
    act: str
    urgency: str = ""
    symbol: str = ""
    flip: bool = False


def _line(scope: Scope, item: waiting.Item, units: dict[int, Any]) -> Line:
    record, kind = item.record, item.kind
    unit = str(units.get(item.unit_id or 0, NAMELESS).short) if item.unit_id else ""
    if item.places > 1:
        unit = ngettext("%(count)s unit", "%(count)s units", item.places) % {"count": wording.count(item.places)}
    if kind == "sheet":
        return Line(
            icon="send-check",
            flip=True,
            word=_("Approve sheet"),
            subject=record.title,
            unit=unit,
            since=item.since,
            symbol=_symbol(scope, record.document),
            meta=ngettext("%(count)s task", "%(count)s tasks", item.count) % {"count": wording.count(item.count)},
            url=reverse("work:sheet", args=[record.uid]),
            act=pgettext("button", "Approve"),
        )
    if kind == "take_over":
        return Line(
            icon="person-up",
            word=_("Take over"),
            subject=record.title,
            meta=_("held before by %(person)s") % {"person": record.outgoing.person.name},
            unit=unit,
            since=item.since,
            url=reverse("work:hand_over", args=[record.uid]),
            act=pgettext("button", "Take over"),
        )
    if kind == "check":
        words = ngettext("%(count)s answer", "%(count)s answers", item.count) % {"count": wording.count(item.count)}
        return Line(
            icon="check2-square",
            word=pgettext("desk", "Check"),
            subject=record.content,
            meta=words,
            unit=unit,
            symbol=_symbol(scope, record.source_document),
            since=item.since,
            url=reverse("work:check", args=[record.uid]),
            act=pgettext("button", "Check"),
        )
    if kind == "route":
        document = record.document
        return Line(
            icon="signpost-split",
            word=pgettext("desk", "Route"),
            subject=document.summary or document.symbol,
            symbol=document.symbol,
            urgency=urgency_name(document.urgency) if document.urgency else "",
            unit=document.issuer_name,
            since=item.since,
            meta=_("incoming no. %(number)s") % {"number": record.number},
            url=reverse("work:route", args=[record.uid]),
            act=pgettext("button", "Route"),
        )
    decisions = {
        "extension": ("calendar-plus", pgettext("desk", "More time"), pgettext("button", "Decide")),
        "obstacle": ("sign-stop", pgettext("desk", "Obstacle"), pgettext("button", "Answer")),
        "handed_back": ("box-arrow-left", pgettext("desk", "Handed back"), pgettext("button", "Reassign")),
        "head": ("person-check", pgettext("desk", "Approve answer"), pgettext("button", "Look")),
    }
    icon, word, act = decisions[kind]
    return Line(
        icon=icon,
        flip=kind == "handed_back",
        word=word,
        subject=record.task.content,
        meta=record.last_word,
        symbol=_symbol(scope, record.task.source_document),
        unit=unit,
        since=item.since,
        act=act,
        url=reverse("work:part", args=[record.uid]),
    )


def _symbol(scope: Scope, document: Document | None) -> str:
    paper = shown(scope, document)
    return paper.symbol if paper else ""


@require_GET
def desk(request: Request) -> HttpResponse:
    """Show what waits for this person, their own work due soon, news of what they follow, and what they starred."""
    scope = request.scope
    if scope is None:
        return redirect("accounts:mine")
    items = waiting.items(scope)
    units = unit_labels(item.unit_id for item in items)
    own = lists.with_facts(lists.mine(scope).filter(state__in=OPEN_STATES)).order_by("due_sort", "pk")
    mine = prepared(own[:8], scope.today)
    context = {
        "rail": "desk",
        "week": period_of(PeriodKind.WEEK, scope.today, unit=scope.unit_id).number,
        "days_left": working_days_left(scope.today, scope.unit_id),
        "lines": [_line(scope, item, dict(units)) for item in items],
        "may_take_in": scope.holds_anywhere(Permission.INTAKE_USE),
        "mine": mine,
        "news": _news(request),
        "stars": _stars(request),
    }
    return render(request, "work/desk.html", context)


def _news(request: Request) -> list[ObligationEvent]:
    """Return the latest events on tasks this person follows, not of their own making."""
    scope = request.scope
    followed = Q(obligation__task__follower_id=scope.person_id) | Q(
        obligation__task__follows__person_id=scope.person_id
    )
    events = (
        ObligationEvent.objects.visible_to(scope).filter(followed, kind__in=NEWS).exclude(person_id=scope.person_id)
    )
    found = list(events.select_related("obligation__task").order_by("-recorded_at", "-pk")[:6])
    labels = unit_labels(event.obligation.holder_id for event in found)
    for event in found:
        event.unit_label = labels.get(event.obligation.holder_id, NAMELESS)
    return found


def _stars(request: Request) -> list[Task]:
    starred = Star.objects.filter(person_id=request.scope.person_id, kind="task").values("target_uid")
    return list(Task.objects.visible_to(request.scope).filter(uid__in=starred).order_by("due_sort", "pk")[:12])

"""What reporting tells lower apps."""

import secrets
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from prytany.audit.targets import Target, target_kind
from prytany.core import registry
from prytany.core.registry import Panel
from prytany.core.scope import Scope
from prytany.documents.raising import Follower, followers
from prytany.files import holders
from prytany.reporting import log_sentences, raising
from prytany.reporting.models import Report
from prytany.reporting.policies import can_make_minutes
from prytany.reporting.services import HOLDER

__all__ = ["log_sentences", "register"]


def _targets(scope: Scope, uids: Collection[UUID]) -> Mapping[UUID, Target]:
    found = Report.objects.visible_to(scope).filter(uid__in=uids)
    return {
        row.uid: Target(f"{row.get_kind_display()}: {row.title}", reverse("reporting:report", args=[row.uid]))
        for row in found
    }


def minutes_of(request: HttpRequest, hand_over: Any) -> Panel | None:
    """Return the minutes of a hand-over drawn up so far, for its page, and the way to draw them up."""
    scope: Scope = request.scope  # type: ignore[attr-defined]
    rows = Report.objects.visible_to(scope).filter(hand_over=hand_over).order_by("-created_at", "-pk")
    begun = hand_over.prepared_at is not None or hand_over.lines.filter(accepted_at__isnull=False).exists()
    may = begun and can_make_minutes(scope, hand_over)
    found = list(rows.select_related("made_by")[:10])
    if not may and not found:
        return None
    context = {"rows": found, "may_make": may, "hand_over": hand_over, "token": secrets.token_urlsafe(18)}
    return Panel("reporting/_minutes_panel.html", context)


def register() -> None:
    """Called once when all apps are loaded."""
    registry.panels("work.hand_over").register("reporting.minutes")(minutes_of)
    # Before the tasks lose the words by which the papers are searched.
    followers.register("reporting", weight=10)(lambda: Follower(raising.losses, raising.follow))
    holders.register(HOLDER, Report.objects.visible_to)
    target_kind("report", pgettext_lazy("log", "report"), _targets)

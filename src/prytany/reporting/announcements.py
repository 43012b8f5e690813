"""What reporting tells lower apps."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from prytany.audit.targets import Target, target_kind
from prytany.core.scope import Scope
from prytany.files import holders
from prytany.reporting import log_sentences
from prytany.reporting.models import Report
from prytany.reporting.services import HOLDER

__all__ = ["log_sentences", "register"]


def _targets(scope: Scope, uids: Collection[UUID]) -> Mapping[UUID, Target]:
    found = Report.objects.visible_to(scope).filter(uid__in=uids)
    return {
        row.uid: Target(f"{row.get_kind_display()}: {row.title}", reverse("reporting:report", args=[row.uid]))
        for row in found
    }


def register() -> None:
    """Called once when all apps are loaded."""
    holders.register(HOLDER, Report.objects.visible_to)
    target_kind("report", pgettext_lazy("log", "report"), _targets)

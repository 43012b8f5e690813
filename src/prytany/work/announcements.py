"""What work tells lower apps: who sees documents and files through a task, what waits, what hangs on a document."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from prytany.core import registry
from prytany.core.registry import Panel
from prytany.core.scope import Scope
from prytany.documents import models as documents
from prytany.files import holders
from prytany.work import waiting
from prytany.work.models import Obligation, Remark, Task, TaskState


def cited_documents(scope: Scope) -> Q:
    """Return the condition for documents that a task in sight is drawn from."""
    tasks = Task.objects.visible_to(scope).filter(state__in=[TaskState.ISSUED, TaskState.CLOSED])
    return Q(pk__in=tasks.filter(source_document__isnull=False).values("source_document_id"))


def tasks_of_document(request: HttpRequest, document: Any) -> Panel | None:
    """Return the tasks drawn from a document, for its page."""
    scope = request.scope  # type: ignore[attr-defined]
    tasks = Task.objects.visible_to(scope).filter(source_document=document, parent=None).order_by("position", "pk")
    found = list(tasks.select_related("source_clause")[:60])
    return Panel("work/_document_tasks.html", {"tasks": found, "document": document}) if found else None


def register() -> None:
    """Called once when all apps are loaded."""
    documents.EXTRA_SIGHT.append(cited_documents)
    holders.register("obligation", Obligation.objects.visible_to)
    holders.register("remark", Remark.objects.visible_to)
    registry.rail_counts.register("desk")(waiting.count)
    registry.panels("documents.detail").register("work.tasks")(tasks_of_document)

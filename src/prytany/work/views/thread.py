"""Walking the thread both ways: from a document to results, and from a task back to its sentence."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from prytany.core import registry
from prytany.core.web import Request
from prytany.documents.models import Document
from prytany.work.thread import thread_of


@require_GET
def thread(request: Request, uid: UUID) -> HttpResponse:
    """Show all that hangs on a document as one outline, open things first."""
    document = get_object_or_404(Document.objects.visible_to(request.scope), uid=uid)
    nodes = thread_of(request.scope, document)
    only_open = request.GET.get("open") == "1"
    context = {
        "rail": "documents",
        "document": document,
        "nodes": [node for node in nodes if node.is_open or not only_open],
        "tasks": sum(len(node.tasks) for node in nodes),
        "parts": sum(len(task.parts) for node in nodes for task in node.tasks),
        "evidence": sum(len(files) for node in nodes for task in node.tasks for files in task.evidence.values()),
        "only_open": only_open,
        "panels": registry.panels_of("work.thread", request, document),
    }
    return render(request, "work/thread.html", context)

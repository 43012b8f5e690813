"""The thread from a document to results: passages, the tasks drawn from them, each unit's part, its evidence."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from prytany.core.scope import Scope
from prytany.documents.models import Clause, Document
from prytany.organisation.names import label_units
from prytany.work.counts import Six
from prytany.work.models import Evidence, Obligation, RoleInTask, Task
from prytany.work.models.states import OPEN_STATES
from prytany.work.timeliness import classify

# Parts shown one by one under a task; above this number, counts and a filtered list stand for them.
MOST_PARTS = 10


@dataclass
class TaskNode:
    """A task with its lead's part, its other parts (or their counts), and the evidence behind them."""

    task: Task
    lead: Obligation | None = None
    parts: list[Obligation] = field(default_factory=list)
    counts: Six = field(default_factory=Six)
    evidence: dict[int, list[Evidence]] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether something is still owed under this task."""
        return any(part.state in OPEN_STATES for part in self.parts)

    @property
    def many(self) -> bool:
        """Whether there are too many parts to name one by one."""
        return len(self.parts) > MOST_PARTS


@dataclass
class ClauseNode:
    """A passage and what hangs on it; `clause` is None for tasks that cite the document as a whole."""

    clause: Clause | None
    tasks: list[TaskNode] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether something that hangs on this passage is still owed."""
        return any(node.is_open for node in self.tasks)


def thread_of(scope: Scope, document: Document) -> list[ClauseNode]:
    """Return the passages of `document` in order of the text, open ones first, with all that `scope` may see of them.

    Five queries, however long the document.
    """
    tasks = list(
        Task.objects.visible_to(scope)
        .filter(source_document=document, issued_on__isnull=False)
        .select_related("source_clause")
        .order_by("source_clause__position", "position", "pk")
    )
    nodes = task_nodes(scope, tasks)
    by_clause: dict[int | None, ClauseNode] = {}
    for task in tasks:
        node = by_clause.setdefault(task.source_clause_id, ClauseNode(task.source_clause))
        node.tasks.append(nodes[task.pk])
    for found in by_clause.values():
        found.tasks.sort(key=lambda node: not node.is_open)
    return sorted(by_clause.values(), key=lambda node: not node.is_open)


def task_nodes(scope: Scope, tasks: Iterable[Task]) -> dict[int, TaskNode]:
    """Return a node for each task, with the parts and evidence that `scope` may see; three queries."""
    nodes = {task.pk: TaskNode(task) for task in tasks}
    parts = list(
        Obligation.objects.visible_to(scope)
        .filter(task__in=nodes)
        .order_by("role", "due_sort", "pk")
        .select_related("handler")
    )
    label_units(parts, "owner", "holder")
    for part in parts:
        node = nodes[part.task_id]
        part.timeliness = classify(
            state=part.state, due=part.due_on, soon=part.soon_on, submitted=part.submitted_on, today=scope.today
        )
        node.parts.append(part)
        node.counts.add(part.timeliness, 1)
        if part.role == RoleInTask.LEAD:
            node.lead = part
    shown = [part.pk for node in nodes.values() if not node.many for part in node.parts]
    evidence: dict[int | None, list[Evidence]] = defaultdict(list)
    for item in Evidence.objects.filter(obligation__in=shown).select_related("file").order_by("pk"):
        evidence[item.obligation_id].append(item)
    for node in nodes.values():
        node.evidence = {part.pk: evidence[part.pk] for part in node.parts if part.pk in evidence}
    return nodes

"""What a task can be found by."""

from collections.abc import Iterable

from prytany.core.scope import Scope
from prytany.search import index
from prytany.search.index import Item
from prytany.work.models import Task, TaskState

FOUND = (TaskState.ISSUED, TaskState.CLOSED)


def put_tasks(tasks: Iterable[Task], *, new: bool = False) -> None:
    """Put tasks into the search index, and take out those that are cancelled, in the transaction of the change.

    `new` are tasks that have just left their draft, which is never found.
    """
    rows = list(tasks)
    index.put("task", [_item(task) for task in rows if task.state in FOUND], new=new)
    index.drop("task", [task.pk for task in rows if task.state not in FOUND])


def _item(task: Task) -> Item:
    """Title is the content; the number of its document, unless more classified, lets `118-TB` find it too."""
    document = task.source_document
    return Item(
        target_id=task.pk,
        root_id=task.root_id,
        title=task.content,
        text="\n".join(filter(None, [task.product, task.method, task.local_note])),
        number=document.symbol if document and document.level <= task.level else "",
        level=task.level,
        sort_on=task.issued_on or task.created_at.date(),
    )


def reindex(scope: Scope) -> int:
    """Index every task of the root again; return how many."""
    rows = list(Task.objects.filter(root_id=scope.root_id, state__in=FOUND).select_related("source_document"))
    put_tasks(rows)
    return len(rows)

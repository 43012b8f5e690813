"""What a task can be found by."""

from collections.abc import Iterable

from prytany.search import index
from prytany.work.models import Task, TaskState


def put_tasks(tasks: Iterable[Task]) -> None:
    """Put tasks into the search index, and take cancelled ones out, in the transaction of the change."""
    for task in tasks:
        if task.state == TaskState.CANCELLED:
            index.drop("task", task)
        else:
            index.put("task", task)

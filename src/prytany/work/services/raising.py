"""Tasks follow the level of the paper they are drawn from; at a state-secret one they lose their words (ADR 0012)."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import pgettext_lazy

from prytany.accounts import drafts
from prytany.audit.recording import record_many
from prytany.core.scope import Scope
from prytany.documents.models import Document
from prytany.documents.raising import REMOVED, Loss
from prytany.files import services as store
from prytany.files.models import StoredFile
from prytany.notifications.services import forget_content
from prytany.work.indexing import put_tasks
from prytany.work.models import (
    AssignmentSheet,
    EventKind,
    Evidence,
    Extension,
    HandOverLine,
    Obligation,
    ObligationEvent,
    Obstacle,
    Remark,
    StandingDuty,
    Task,
)


def drawn_from(document: Document) -> set[int]:
    """Return the keys of the tasks drawn from a paper, by themselves or through their sheet, and of their sub-tasks."""
    found: set[int] = set()
    drawn = Q(source_document=document) | Q(sheet__document=document)
    newest = set(Task.objects.filter(drawn).values_list("pk", flat=True))
    while newest:
        found |= newest
        newest = set(Task.objects.filter(parent__in=newest).values_list("pk", flat=True)) - found
    return found


def _evidence(tasks: Iterable[int]) -> QuerySet[Evidence]:
    return Evidence.objects.filter(Q(obligation__task__in=tasks) | Q(remark__task__in=tasks))


def losses(document: Document) -> list[Loss]:
    """Return how many tasks, answers and files would lose their words at a state-secret level."""
    tasks = drawn_from(document)
    words = ObligationEvent.objects.filter(obligation__task__in=tasks).exclude(text="").count()
    words += Remark.objects.filter(task__in=tasks).count()
    return [
        Loss(pgettext_lazy("removed", "Words of tasks drawn from it"), len(tasks)),
        Loss(pgettext_lazy("removed", "Answers and remarks on these tasks"), words),
        Loss(pgettext_lazy("removed", "Files behind answers and remarks"), _evidence(tasks).count()),
    ]


def follow(scope: Scope, document: Document) -> None:
    """Raise what is drawn from a paper to its level; part of the act that raised the paper, whose right was asked."""
    tasks = list(Task.objects.select_for_update().filter(pk__in=drawn_from(document)).order_by("pk"))
    ids = [task.pk for task in tasks]
    sheets = AssignmentSheet.objects.filter(document=document)
    sheets.filter(level__lt=document.level).update(level=document.level)
    if not tasks:
        if document.is_secret:
            sheets.update(title=REMOVED, returned_reason="")
        return
    Task.objects.filter(pk__in=ids, level__lt=document.level).update(level=document.level)
    parts = Obligation.objects.filter(task__in=ids)
    parts.filter(level__lt=document.level).update(level=document.level)
    uids = {task.uid for task in tasks} | set(parts.values_list("uid", flat=True))
    remarks = set(Remark.objects.filter(task__in=ids).values_list("uid", flat=True))
    files = StoredFile.objects.filter(holder_uid__in=uids | remarks, level__lt=document.level)
    files.update(level=document.level)
    forget_content(target_uids=uids | set(sheets.values_list("uid", flat=True)))
    if document.is_secret:
        sheets.update(title=REMOVED, returned_reason="")
        drafts.forget_records(uids)
        _remove_words(scope, ids)
        HandOverLine.objects.filter(target_uid__in=uids).update(note="")
    record_many(scope, action="task.raise", targets=tasks, data={"level": document.level})
    put_tasks(Task.objects.filter(pk__in=ids).select_related("source_document"))


def _remove_words(scope: Scope, tasks: list[int]) -> None:
    """Leave of the tasks who owes what kind of thing by when, and how far it is; every word goes, and every file."""
    given = Task.objects.filter(pk__in=tasks, duty__isnull=False).values("duty")
    for duty in StandingDuty.objects.select_for_update().filter(pk__in=given):
        duty.pattern = duty.pattern | {"content": REMOVED, "method": "", "product": "", "local_note": ""}
        duty.save(update_fields=["pattern"])
    Task.objects.filter(pk__in=tasks).update(content=REMOVED, method="", product="", local_note="", source_clause=None)
    Obligation.objects.filter(task__in=tasks).update(last_word="", source_clause=None)
    events = ObligationEvent.objects.filter(obligation__task__in=tasks)
    events.update(text="")
    for event in events.filter(kind=EventKind.OBSTACLE):
        event.data = {name: value for name, value in event.data.items() if name != "wish"}
        event.save(update_fields=["data"])
    Obstacle.objects.filter(obligation__task__in=tasks).update(cause=REMOVED, wish="", answer="")
    Extension.objects.filter(obligation__task__in=tasks).update(reason=REMOVED, decision_text="")
    Remark.objects.filter(task__in=tasks).update(text=REMOVED)
    held = list(_evidence(tasks).select_related("file"))
    Evidence.objects.filter(pk__in=[item.pk for item in held]).delete()
    for item in held:
        store.withdraw(scope, item.file)

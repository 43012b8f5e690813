"""Rows of the grid: drafts of an assignment sheet, each saved by itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from prytany.audit.recording import record
from prytany.core.errors import DomainError
from prytany.core.scope import Scope, authorise
from prytany.documents.anchors import digest
from prytany.documents.models import Document, DocumentText
from prytany.documents.services.clauses import cite
from prytany.documents.titles import title_of
from prytany.intake import policies
from prytany.intake.cells import Understood, said_of, understand
from prytany.intake.fates import fates
from prytany.intake.models import Decision, Reader, TypedRow
from prytany.organisation.models import Unit
from prytany.work.models import AssignmentSheet, Task
from prytany.work.services import drafting, issuing
from prytany.work.services.copying import row_of

TASK = "task"
OPEN = (AssignmentSheet.State.DRAFT, AssignmentSheet.State.RETURNED)


@dataclass(frozen=True)
class Passage:
    """Where a row comes from: a piece of one text of the paper, and what the reader proposed there, if anything."""

    text: DocumentText
    start: int
    end: int
    proposed: Mapping[str, str]
    reader: str = Reader.FIRST
    language: str = ""

    @property
    def digest(self) -> str:
        """How the passage is known again."""
        return digest(self.text.text[self.start : self.end])


def open_sheet(scope: Scope, document: Document) -> AssignmentSheet | None:
    """Return the sheet of the paper that is still being filled, the latest if there are several."""
    rows = AssignmentSheet.objects.visible_to(scope).filter(document=document, state__in=OPEN)
    return rows.order_by("-pk").first()


@transaction.atomic
def save_row(
    *,
    scope: Scope,
    document: Document,
    cells: Mapping[str, object],
    task: Task | None = None,
    version: int | None = None,
    passage: Passage | None = None,
    stated_total: int | None = None,
) -> tuple[Task, Understood]:
    """Write one row: a draft task of the paper's sheet, which is opened with its first row.

    What cannot be understood is kept as typed and named in the answer's `wrong`. StaleRecord if somebody saved the row
    since `version`; DomainError `gone` for a row that is not a draft of this paper any more.
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    unit_id = drafting.assigning_unit_id(scope) or 0
    authorise(lambda s: policies.can_work_on(s, document, unit_id), scope)
    if task is not None:
        return _change(scope, document, task, cells, version)
    understood = understand(scope, cells)
    if passage is not None:
        understood.row.source_clause = cite(
            scope=scope, document=document, start=passage.start, end=passage.end, text=passage.text
        )
    unit = Unit.objects.get(pk=unit_id)
    sheet = open_sheet(scope, document) or drafting.create_sheet(
        scope=scope, unit=unit, title=title_of(document)[:300], document=document, stated_total=stated_total
    )
    made = drafting.draft_task(scope=scope, unit=unit, row=understood.row, sheet=sheet)
    _keep_typed(made, understood)
    if passage is not None:
        outcome = Decision.Outcome.TAKEN if passage.proposed else Decision.Outcome.ADDED
        _decide(scope, document, passage, outcome, task=made, kept=understood.cells)
    _arrange(scope, sheet)
    return made, understood


def _change(
    scope: Scope, document: Document, task: Task, cells: Mapping[str, object], version: int | None
) -> tuple[Task, Understood]:
    if task.source_document_id != document.pk:
        raise DomainError("gone", _("This row does not belong to the paper."))
    understood = understand(scope, cells, base=row_of(task))
    changed = drafting.update_draft(scope=scope, task=task, row=understood.row, version=version)
    _keep_typed(changed, understood)
    for decision in Decision.objects.filter(task=changed):
        decision.kept = dict(understood.cells)
        _keep(decision)
    return changed, understood


def _keep_typed(task: Task, understood: Understood) -> None:
    kept = {"version": task.version, "cells": understood.cells, "wrong": understood.why}
    TypedRow.objects.update_or_create(task=task, defaults=kept)


@transaction.atomic
def drop_row(*, scope: Scope, document: Document, task: Task) -> None:
    """Remove a row; its passage counts as looked at, so that it is not offered again."""
    if task.source_document_id != document.pk:
        raise DomainError("gone", _("This row does not belong to the paper."))
    decided = list(Decision.objects.filter(task=task))
    drafting.drop_draft(scope=scope, task=task)
    for decision in decided:
        if decision.outcome == Decision.Outcome.ADDED:
            decision.delete()
            continue
        decision.outcome, decision.task, decision.kept = Decision.Outcome.SKIPPED, None, {}
        _keep(decision)


@transaction.atomic
def skip(*, scope: Scope, document: Document, passage: Passage, offered_again: bool = False) -> None:
    """Leave a proposal; with `offered_again` take that back."""
    unit_id = drafting.assigning_unit_id(scope) or 0
    authorise(lambda s: policies.can_work_on(s, document, unit_id), scope)
    if offered_again:
        rows = Decision.objects.filter(document=document, subject=TASK, digest=passage.digest, task=None)
        rows.delete()
        return
    _decide(scope, document, passage, Decision.Outcome.SKIPPED)


def _decide(
    scope: Scope,
    document: Document,
    passage: Passage,
    outcome: str,
    *,
    task: Task | None = None,
    kept: Mapping[str, str] | None = None,
) -> None:
    values = {
        "outcome": outcome,
        "reader": passage.reader,
        "language": passage.language,
        "proposed": dict(passage.proposed),
        "kept": dict(kept or {}),
        "task": task,
        "decided_by_id": scope.person_id,
        **fates(outcome, passage.proposed, kept or {}),
    }
    Decision.objects.update_or_create(document=document, subject=TASK, digest=passage.digest, defaults=values)


def _keep(decision: Decision) -> None:
    for name, fate in fates(decision.outcome, decision.proposed, decision.kept).items():
        setattr(decision, name, fate)
    decision.save()


def _arrange(scope: Scope, sheet: AssignmentSheet) -> None:
    """Number the rows as their passages stand in the text; rows without one follow."""
    rows = sheet.tasks.values_list("pk", "source_clause__text_version", "source_clause__start", "position")
    order = sorted(rows, key=lambda row: (row[1] is None, row[1] or 0, row[2] or 0, row[3]))
    drafting.arrange_sheet(scope=scope, sheet=sheet, order=[row[0] for row in order])


@transaction.atomic
def submit(*, scope: Scope, document: Document) -> AssignmentSheet:
    """Put the sheet before the chief; DomainError `not_understood` names the row with a cell that nobody understands,
    NotClear what is missing."""
    sheet = open_sheet(scope, document)
    if sheet is None:
        raise DomainError("sheet_empty", _("This sheet has no task."))
    wrong = TypedRow.objects.filter(task__sheet=sheet).select_related("task").order_by("task__position")
    for typed in wrong:
        if typed.wrong and typed.version == typed.task.version:
            values = {"number": typed.task.position, "said": next(iter(said_of(typed.wrong).values()))}
            raise DomainError("not_understood", _("Row %(number)s: %(said)s") % values)
    decided = Decision.objects.filter(document=document, subject=TASK)
    told = (Decision.Outcome.TAKEN, Decision.Outcome.SKIPPED)
    counts = {str(outcome): decided.filter(outcome=outcome).count() for outcome in told}
    issuing.submit_sheet(scope=scope, sheet=sheet)
    record(scope, action="proposal.decide", target=document, data=counts)
    return sheet

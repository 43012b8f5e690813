"""A leader's opinion on an incoming paper: it becomes a task where somebody has to act, else it goes to the file."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from prytany.audit.recording import record
from prytany.core import clock
from prytany.core.errors import DomainError
from prytany.core.permissions import Permission
from prytany.core.scope import Scope, authorise
from prytany.documents.models import RegisterEntry
from prytany.organisation.models import Unit
from prytany.organisation.reach import covers
from prytany.work import news
from prytany.work.models import Task
from prytany.work.services.drafting import Row, write_draft
from prytany.work.services.issuing import issue_task


def can_route(scope: Scope, entry: RegisterEntry) -> bool:
    """Route the papers of a register: who may route for its unit."""
    return covers(scope, Permission.DOCUMENT_ROUTE, entry.unit_id)


@transaction.atomic
def route(
    *,
    scope: Scope,
    entry: RegisterEntry,
    opinion: str,
    lead: Unit | None = None,
    coordinating: Iterable[Unit] = (),
    information: Iterable[Unit] = (),
    due_on: datetime.date | None = None,
    due_precision: str = "day",
) -> Task | None:
    """Write the opinion and send the paper on its way; return the task, or None where nobody has to act.

    With a lead, one task is assigned at once to it and the coordinating units. Without one, the units for information
    are told and the paper is done. One lead, coordinators and a deadline: Decree 30/2020, Article 23.
    """
    entry = RegisterEntry.objects.select_for_update().select_related("document").get(pk=entry.pk)
    authorise(can_route, scope, entry)
    if entry.routed_at:
        raise DomainError("routed", _("This paper has been routed already."))
    if not opinion.strip():
        raise DomainError("empty", _("Write an opinion."), {"opinion": _("Write an opinion.")})
    coordinating, information = list(coordinating), list(information)
    if coordinating and lead is None:
        raise DomainError("lead", _("Name a lead for the coordinating units."), {"lead": _("Name a lead.")})
    entry.routed_at = clock.now()
    entry.save(update_fields=["routed_at"])
    record(scope, action="document.route", target=entry.document, data={"entry": str(entry.uid)})
    if lead is None:
        news.paper_for_information(scope, entry.document, information)
        return None
    row = Row(
        content=opinion,
        lead=lead,
        coordinating=coordinating,
        information=information,
        due_on=due_on,
        due_precision=due_precision,
        is_standing=due_on is None,
        kind=Task.Kind.REPLY,
        source_document=entry.document,
    )
    # A leader routes and assigns, and drafts nothing else.
    task = write_draft(scope=scope, unit=entry.unit, row=row)
    return issue_task(scope=scope, task=task)

"""Who may read texts for tasks."""

from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.documents.models import Document
from prytany.documents.policies import can_correct
from prytany.organisation.reach import covers
from prytany.work.policies import can_draft


def can_read_texts(scope: Scope) -> bool:
    """Open the page on which texts are read for tasks."""
    return scope.holds_anywhere(Permission.INTAKE_USE)


def can_take_in(scope: Scope, unit_id: int) -> bool:
    """Take a text in for a unit before it stands in a register."""
    return covers(scope, Permission.INTAKE_USE, unit_id)


def can_work_on(scope: Scope, document: Document, unit_id: int) -> bool:
    """Turn passages of a paper in sight into tasks of a unit."""
    return can_draw_tasks(scope, unit_id) and Document.objects.visible_to(scope).filter(pk=document.pk).exists()


def can_draw_tasks(scope: Scope, unit_id: int) -> bool:
    """Turn passages of any paper in sight into tasks of a unit."""
    return can_read_texts(scope) and can_draft(scope, unit_id)


def can_ask_second(scope: Scope, document: Document) -> bool:
    """Give the text of a paper in sight to the second reader."""
    return can_read_texts(scope) and Document.objects.visible_to(scope).filter(pk=document.pk).exists()


def can_see_figures(scope: Scope) -> bool:
    """See how well the language packs read: who reads texts for tasks, and who sets the office up."""
    return can_read_texts(scope) or scope.holds_anywhere(Permission.SETTINGS_EDIT)


def can_settle(scope: Scope, document: Document) -> bool:
    """Take facts read from a text over into the paper."""
    return can_read_texts(scope) and can_correct(scope, document)

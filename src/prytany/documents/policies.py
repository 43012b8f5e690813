"""Who may do what with papers, registers and passages."""

from django.db.models import Case, QuerySet, When

from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.documents.models import Document, RegisterEntry, TrayItem
from prytany.organisation.reach import covers, within

WRITERS = (Permission.DOCUMENT_REGISTER, Permission.INTAKE_USE)


def can_register(scope: Scope, unit_id: int) -> bool:
    """Keep the registers of a unit."""
    return covers(scope, Permission.DOCUMENT_REGISTER, unit_id)


def can_enter_at(scope: Scope, level: int) -> bool:
    """Enter a paper at a level: up to one's own clearance."""
    return level <= scope.clearance


def with_keeping(scope: Scope, rows: QuerySet[RegisterEntry]) -> QuerySet[RegisterEntry]:
    """Return register lines with their units, each saying in `is_kept` whether the scope keeps its register."""
    kept = Case(When(within(scope, Permission.DOCUMENT_REGISTER, "unit", "root"), then=True), default=False)
    return rows.select_related("unit").annotate(is_kept=kept).order_by("entered_on", "pk")


def can_void(scope: Scope, entry: RegisterEntry) -> bool:
    """Void a line: who keeps that register."""
    return can_register(scope, entry.unit_id)


def can_correct(scope: Scope, document: Document) -> bool:
    """Correct a paper's facts, attach and withdraw files: who keeps a register in which it stands.

    A paper taken in for reading, before it stands in any register: who reads papers for tasks there.
    """
    if _keeps_a_register_of(scope, document, Permission.DOCUMENT_REGISTER):
        return True
    if document.entered_in_id is None or document.level > scope.clearance or document.entries.exists():
        return False
    return covers(scope, Permission.INTAKE_USE, document.entered_in_id)


def can_write_text(scope: Scope, document: Document) -> bool:
    """Put text to a paper: who keeps its register or reads papers for tasks there, also before it is registered."""
    taken_in = document.entered_in_id is not None and covers(scope, Permission.INTAKE_USE, document.entered_in_id)
    if taken_in and document.level <= scope.clearance:
        return True
    return any(_keeps_a_register_of(scope, document, permission) for permission in WRITERS)


def can_cite(scope: Scope, document: Document) -> bool:
    """Cite a passage: who sees the paper and drafts tasks or keeps registers."""
    drafts = scope.holds_anywhere(Permission.TASK_DRAFT) or scope.holds_anywhere(Permission.DOCUMENT_REGISTER)
    return drafts and Document.objects.visible_to(scope).filter(pk=document.pk).exists()


def can_use_tray(scope: Scope, item: TrayItem) -> bool:
    """Register or put aside what waits in a tray."""
    return can_register(scope, item.unit_id)


def _keeps_a_register_of(scope: Scope, document: Document, permission: Permission) -> bool:
    entries = RegisterEntry.objects.filter(within(scope, permission, "unit", "root"), document=document)
    return document.level <= scope.clearance and entries.exists()

"""Taking an import of an old register back: the one act that takes rows out of the ledger."""

from django.db import transaction
from django.db.models import Max, ProtectedError, QuerySet
from django.utils.translation import gettext as _

from prytany.audit.recording import record
from prytany.core.errors import DomainError
from prytany.core.scope import Scope, authorise
from prytany.documents import policies
from prytany.documents.indexing import DOCUMENT
from prytany.documents.models import Document, LedgerNumber, NumberSeries, RegisterEntry
from prytany.documents.services.registration import HOLDER
from prytany.files.models import StoredFile
from prytany.search import index


@transaction.atomic
def take_back_lines(*, scope: Scope, entries: QuerySet[RegisterEntry]) -> int:
    """Take lines of an import out again with their papers and numbers; return how many.

    These numbers were given out on paper long ago and only copied here, so that the ledger loses nothing it gave.
    PermissionDenied unless the scope keeps each register; DomainError `in_use` where something hangs on a paper,
    `not_imported` for any other line.
    """
    rows = list(entries.select_related("document", "taken", "series").order_by("pk"))
    series = {row.series_id: row.series for row in rows}
    list(NumberSeries.objects.select_for_update().filter(pk__in=series).order_by("pk"))
    for row in rows:
        authorise(policies.can_void, scope, row)
        _refuse_in_use(row)
    for row in rows:
        record(scope, action="register.take_back", target=row.document, data={"number": row.number})
        _remove(row)
    for one in series.values():
        top = one.numbers.aggregate(top=Max("number"))["top"] or 0
        NumberSeries.objects.filter(pk=one.pk).update(last=top)
    return len(rows)


def _refuse_in_use(row: RegisterEntry) -> None:
    if row.taken.basis != LedgerNumber.Basis.IMPORT:
        raise DomainError("not_imported", _("Only lines of an imported register can be taken back."))
    document = row.document
    held = StoredFile.objects.filter(holder_kind=HOLDER, holder_uid=document.uid).exists()
    if held or row.voided_at or row.routed_at or document.version > 1 or document.entries.exclude(pk=row.pk).exists():
        _refuse(row)


def _refuse(row: RegisterEntry) -> None:
    message = _("Something hangs on number %(number)s already; it cannot be taken back.") % {"number": row.number}
    raise DomainError("in_use", message)


def _remove(row: RegisterEntry) -> None:
    document, taken = row.document, row.taken
    index.drop(DOCUMENT, [document.pk])
    try:
        row.delete()
        taken.delete()
        Document.objects.filter(pk=document.pk).delete()
    except ProtectedError:
        _refuse(row)

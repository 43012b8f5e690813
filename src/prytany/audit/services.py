"""Acts upon the log: exporting it, and the lawful erasure of a name. Events are only ever added, by `record`."""

from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import Any
from uuid import UUID

import xlsxwriter
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from prytany.audit import policies
from prytany.audit.models import AuditEvent, AuditName, SealEntry
from prytany.audit.presenting import lines
from prytany.audit.recording import record
from prytany.audit.sentences import title_of
from prytany.core import clock
from prytany.core.errors import DomainError
from prytany.core.scope import Scope, authorise

MOST_ROWS = 100_000
CHUNK = 1000


def export_log(*, scope: Scope, events: QuerySet[AuditEvent]) -> bytes:
    """Return `events` (of those `scope` sees) as a workbook, oldest first; the export itself is logged.

    DomainError above MOST_ROWS: narrow the dates.
    """
    authorise(policies.can_read_log, scope)
    count = events.count()
    if count > MOST_ROWS:
        raise DomainError("export_too_large", _("This is too much for one workbook. Narrow the dates."))
    with transaction.atomic():
        content = _workbook(scope, events.order_by("at", "pk"))
        record(scope, action="log.export", data={"count": count})
    return content


def _workbook(scope: Scope, events: QuerySet[AuditEvent]) -> bytes:
    buffer = BytesIO()
    # Text stays text: nothing that a person typed is read as a formula or an address.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet(pgettext("log", "Log")[:31])
        if translation.get_language_bidi():
            sheet.right_to_left()
        bold = book.add_format({"bold": True})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        for column, (title, width) in enumerate(_heads()):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, bold)
        sheet.freeze_panes(1, 0)
        for number, (at, *texts) in enumerate(_rows(scope, events), start=1):
            sheet.write_datetime(number, 0, at, moment)
            for column, text in enumerate(texts, start=1):
                sheet.write_string(number, column, text)
    return buffer.getvalue()


def _heads() -> list[tuple[str, int]]:
    return [
        (pgettext("log", "Time"), 20),
        (pgettext("log", "Person"), 28),
        (pgettext("log", "Post"), 36),
        (pgettext("log", "Standing in for"), 28),
        (pgettext("log", "Act"), 24),
        (pgettext("log", "What happened"), 70),
        (pgettext("log", "Kind of record"), 16),
        (pgettext("log", "Record"), 38),
        (pgettext("log", "Channel"), 10),
        (pgettext("log", "Request"), 18),
        (pgettext("log", "Seal"), 8),
    ]


def _rows(scope: Scope, events: QuerySet[AuditEvent]) -> Iterator[list[Any]]:
    running = events.iterator(chunk_size=CHUNK)
    while part := list(islice(running, CHUNK)):
        seals = seals_of(part)
        for line in lines(scope, part):
            event = line.event
            yield [
                timezone.localtime(event.at).replace(tzinfo=None),
                line.actor,
                line.post,
                line.principal,
                title_of(event.action),
                line.text,
                line.kind,
                str(event.target_uid or ""),
                event.channel,
                event.request_id,
                seals.get(event.uid, ""),
            ]


def seals_of(events: list[AuditEvent]) -> dict[UUID, str]:
    """Return the number of the seal that holds each of `events`."""
    entries = SealEntry.objects.filter(event_uid__in=[event.uid for event in events])
    return {uid: str(sequence) for uid, sequence in entries.values_list("event_uid", "seal__sequence")}


@transaction.atomic
def erase_name(*, scope: Scope, uid: UUID, basis: str) -> None:
    """Erase how the log calls a person for ever; the events and their seals stay as they are.

    DomainError without a basis, for a name the log does not hold, or one that was erased. Only names that stand in
    events of the scope's own root can be erased.
    """
    authorise(policies.can_erase_name, scope)
    if not basis.strip():
        message = _("Name the basis, such as the decision and its date.")
        raise DomainError("basis_missing", message, {"basis": message})
    stands = AuditEvent.objects.visible_to(scope).filter(Q(actor_uid=uid) | Q(target_uid=uid)).exists()
    name = AuditName.objects.select_for_update().filter(pk=uid, kind__in=("person", "user")).first() if stands else None
    if name is None:
        raise DomainError("name_unknown", _("The log does not hold this name, or it is not sealed yet."))
    if name.erased_at is not None:
        raise DomainError("name_erased", _("This name was erased already."))
    name.label, name.folded, name.erased_at = "", "", clock.now()
    name.save(update_fields=["label", "folded", "erased_at"])
    record(scope, action="name.erase", data={"uid": str(uid), "basis": basis.strip()})

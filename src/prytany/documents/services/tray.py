"""The incoming tray: what arrived and is not registered yet."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from prytany.accounts.scopes import system_scope
from prytany.audit.recording import record
from prytany.core import clock, levels
from prytany.core.errors import DomainError
from prytany.core.scope import Scope, authorise
from prytany.documents import policies
from prytany.documents.models import Document, RegisterEntry, TrayItem
from prytany.documents.reading import line_facts, propose
from prytany.documents.services.facts import Facts
from prytany.documents.services.registration import HOLDER as DOCUMENT
from prytany.documents.services.registration import Line, register_document
from prytany.files import services as store
from prytany.files.models import StoredFile, TextVersion
from prytany.files.pictures import draw_page, has_pictures
from prytany.organisation.models import Unit, UnitName

HOLDER = "tray"
MOST_PAPERS = 100
# How long the file of an item that was put aside can be taken back.
KEPT = datetime.timedelta(days=30)


@transaction.atomic
def receive_files(*, scope: Scope, unit: Unit, files: Iterable[StoredFile]) -> list[TrayItem]:
    """Put waiting files into the tray of `unit`, one item each; the worker reads them and proposes their facts."""
    authorise(policies.can_register, scope, unit.pk)
    items = []
    for file in files:
        item = TrayItem.objects.create(root_id=unit.root_id, unit=unit, arrived_by_id=scope.person_id)
        (item.file,) = store.attach(scope, [file], holder_kind=HOLDER, holder_uid=item.uid)
        item.save(update_fields=["file"])
        record(scope, action="tray.receive", target=item, data={"file": str(file.uid)})
        if has_pictures(item.file):
            draw_page.enqueue(item.file.pk, 1)
        items.append(item)
    return items


@transaction.atomic
def receive_papers(*, scope: Scope, unit: Unit, count: int = 1, note: str = "") -> list[TrayItem]:
    """Note that papers arrived on paper; they wait in the tray without a file."""
    authorise(policies.can_register, scope, unit.pk)
    if not 1 <= count <= MOST_PAPERS:
        message = _("Enter from 1 to %(most)s papers at once.") % {"most": MOST_PAPERS}
        raise DomainError("count", message, {"count": message})
    rows = [
        TrayItem(root_id=unit.root_id, unit=unit, arrived_by_id=scope.person_id, note=note[:200]) for _n in range(count)
    ]
    items = TrayItem.objects.bulk_create(rows)
    record(scope, action="tray.receive", target=items[0], data={"papers": count})
    return items


@transaction.atomic
def discard_item(*, scope: Scope, item: TrayItem, reason: str = "") -> TrayItem:
    """Put aside what is not to be registered; it can be taken back for a month."""
    item = _waiting(scope, item)
    item.discarded_at, item.discard_reason = clock.now(), reason[:200]
    item.save(update_fields=["discarded_at", "discard_reason"])
    record(scope, action="tray.discard", target=item)
    return item


@transaction.atomic
def restore_item(*, scope: Scope, item: TrayItem) -> TrayItem:
    """Take back what was put aside; nothing happens where it waits already."""
    item = TrayItem.objects.select_for_update().get(pk=item.pk)
    authorise(policies.can_use_tray, scope, item)
    if item.discarded_at:
        item.discarded_at, item.discard_reason = None, ""
        item.save(update_fields=["discarded_at", "discard_reason"])
        record(scope, action="tray.restore", target=item)
    return item


@transaction.atomic
def register_item(
    *,
    scope: Scope,
    item: TrayItem,
    facts: Facts,
    line: Line,
    document: Document | None = None,
    knowing_duplicates: bool = False,
    without_file: bool = False,
) -> RegisterEntry:
    """Register what waits in the tray and pass its file on to the paper; errors as `register_document`.

    At a state-secret level the file may not be kept: DomainError `secret_level`, unless `without_file` says that it is
    to be removed. With `document` the item is a further copy of a paper known already.
    """
    item = _waiting(scope, item)
    level = document.level if document else facts.level
    file = item.file
    if file is not None and levels.is_secret(level):
        if not without_file:
            store.refuse_content(level)
        _drop_file(scope, item)
        file = None
    entry = register_document(
        scope=scope,
        unit=item.unit,
        facts=facts,
        line=line,
        document=document,
        knowing_duplicates=knowing_duplicates,
    )
    item.document = entry.document
    item.reading = {}
    item.save(update_fields=["document", "reading"])
    if file is not None:
        store.move(scope, file, holder_kind=DOCUMENT, holder_uid=entry.document.uid, level=level)
    return entry


def _drop_file(scope: Scope, item: TrayItem) -> None:
    file = item.file
    item.file, item.reading = None, {}
    item.save(update_fields=["file", "reading"])
    if file is not None:
        store.withdraw(scope, file)


def _waiting(scope: Scope, item: TrayItem) -> TrayItem:
    item = TrayItem.objects.select_for_update().select_related("unit").get(pk=item.pk)
    authorise(policies.can_use_tray, scope, item)
    if item.document_id or item.discarded_at:
        raise DomainError("not_waiting", _("Somebody else has dealt with this paper already."))
    return item


@transaction.atomic
def read_item(*, file: StoredFile, text: TextVersion) -> None:
    """Propose the facts of an item from what the worker read in its file; a file without text says why."""
    item = TrayItem.objects.select_for_update().filter(uid=file.holder_uid, document=None).first()
    if item is None:
        return
    fields = _propose(item, text.text) if text.text else {}
    if text.pages:
        fields["pages"] = {"value": text.pages, "quote": ""}
    item.reading = {"fields": fields, "problem": text.problem}
    item.save(update_fields=["reading"])


@transaction.atomic
def let_go(*, file: StoredFile, stamp: str, text: str) -> None:
    """Part an item from its file, which bears the stamp of a secret level; the facts of its line stay proposed."""
    item = TrayItem.objects.select_for_update().filter(file=file).first()
    if item is None:
        return
    fields = {} if item.document_id else line_facts(_propose(item, text))
    item.file, item.reading = None, {"fields": fields, "problem": "", "stamp": stamp[:200]}
    item.save(update_fields=["file", "reading"])


def _propose(item: TrayItem, text: str) -> dict[str, dict[str, Any]]:
    fields = propose(text)
    body = fields.pop("body", None)
    if body and (unit := _unit_with_symbol(item.root_id, body["value"])):
        fields["issuer"] = {"value": str(unit), "quote": body["quote"]}
    return fields


def _unit_with_symbol(root_id: int, symbol: str) -> str | None:
    """Return the uid of the one unit whose papers carry `symbol`; None where none or several do."""
    found = UnitName.objects.filter(version__unit__root_id=root_id, symbol__iexact=symbol)
    uids = set(found.values_list("version__unit__uid", flat=True)[:2])
    return str(uids.pop()) if len(uids) == 1 else None


def forget_discarded() -> int:
    """Remove the files of what was put aside a month ago; return how many. A scheduled job."""
    gone = 0
    old = TrayItem.objects.filter(discarded_at__lt=clock.now() - KEPT, file__isnull=False)
    for pk in list(old.values_list("pk", flat=True)):
        with transaction.atomic():
            item = TrayItem.objects.select_for_update().get(pk=pk)
            if item.discarded_at and item.file_id:
                _drop_file(system_scope(item.root_id), item)
                gone += 1
    return gone

"""Rows of papers: documents, register lines, what waits in a tray, files."""

from typing import Any

from prytany.core.scope import Scope
from prytany.documents.models import Document, RegisterEntry, TrayItem
from prytany.documents.services.ledger import reserve_number
from prytany.documents.services.registration import take_in
from prytany.documents.services.relations import relate
from prytany.documents.services.texts import add_text
from prytany.documents.tests.papers import enter, facts
from prytany.files import blobs
from prytany.files.models import StoredFile
from prytany.files.services import store
from prytany.files.tests import samples
from prytany.organisation.models import Person, Unit
from tests.walk_rows.case import Case, row, scope_in


def _file(case: Case) -> StoredFile:
    return store(scope_in(case, "registry_clerk"), samples.upload("phụ lục.txt", "Phụ lục".encode()))


def _enter(scope: Scope, unit: Unit, **values: Any) -> RegisterEntry:
    """Register a paper with a number of its own: papers of one number would be one paper."""
    return enter(scope, unit, **{"symbol": f"{Document.objects.count() + 1}-TB/VPTU", **values})


def _entry(case: Case, **values: Any) -> RegisterEntry:
    """Return a line in the register of the row's unit, entered by its clerk."""
    return _enter(scope_in(case, "registry_clerk"), case.unit, **values)


def _with_file(case: Case) -> tuple[Document, StoredFile]:
    scope = scope_in(case, "registry_clerk")
    file = store(scope, samples.upload("phụ lục.txt", "Phụ lục".encode()))
    found = _enter(scope, case.unit, files=[file]).document
    return found, StoredFile.objects.select_related("blob").get(pk=file.pk)


@row("document")
def document(case: Case) -> dict[str, Any]:
    return {"uid": _entry(case).document.uid}


@row("entry")
def entry(case: Case) -> dict[str, Any]:
    return {"uid": _entry(case).uid}


@row("series")
def series(case: Case) -> dict[str, Any]:
    return {"uid": _entry(case).series.uid}


@row("reserved_number")
def reserved_number(case: Case) -> dict[str, Any]:
    scope = scope_in(case, "registry_clerk")
    owner = Person.objects.get(pk=scope.person_id)
    made = reserve_number(scope=scope, unit=case.unit, direction="in", family="", kind="", owner=owner)
    return {"uid": made.uid}


@row("document_with_file")
def document_with_file(case: Case) -> dict[str, Any]:
    found, file = _with_file(case)
    return {"uid": found.uid, "file_uid": file.uid}


@row("related_document")
def related_document(case: Case) -> dict[str, Any]:
    scope = scope_in(case, "registry_clerk")
    found = _enter(scope, case.unit).document
    other = _enter(scope, case.unit).document
    relate(scope=scope, document=found, other=other, kind="replies")
    return {"uid": found.uid, "other_uid": other.uid, "data": {"kind": "replies"}}


@row("taken_in")
def taken_in(case: Case) -> dict[str, Any]:
    """A text that is read for tasks and stands in no register."""
    scope = scope_in(case, "specialist")
    found = take_in(scope=scope, unit=case.unit, facts=facts())
    add_text(scope=scope, document=found, text="Giao Sở Nội vụ lập danh sách trước ngày 15/12.", language="vi")
    return {"uid": found.uid}


@row("waiting_paper")
def waiting_paper(case: Case) -> dict[str, Any]:
    scope = scope_in(case, "registry_clerk")
    made = TrayItem.objects.create(root_id=case.unit.root_id, unit=case.unit, arrived_by_id=scope.person_id)
    return {"uid": made.uid}


@row("file")
def file(case: Case) -> dict[str, Any]:
    return {"uid": _with_file(case)[1].uid}


@row("page")
def page(case: Case) -> dict[str, Any]:
    """A file with the picture of its first page, as the worker draws it."""
    found = _with_file(case)[1]
    path = blobs.picture_path(found.blob.sha256, 1)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"RIFF")
    return {"uid": found.uid, "number": 1}


@row("upload", personal=True)
def upload(case: Case) -> dict[str, Any]:
    """A file that was sent ahead and that no record holds."""
    made = _file(case)
    StoredFile.objects.filter(pk=made.pk).update(uploaded_by=case.holder.person)
    return {"uid": made.uid}

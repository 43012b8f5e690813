"""Files of papers."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from prytany.audit.recording import record
from prytany.core.errors import DomainError
from prytany.core.scope import Scope, authorise
from prytany.documents import policies
from prytany.documents.indexing import index_document
from prytany.documents.models import Clause, Document, DocumentText
from prytany.documents.services.registration import HOLDER
from prytany.files import services as store
from prytany.files.models import StoredFile


@transaction.atomic
def attach_files(*, scope: Scope, document: Document, files: Iterable[StoredFile]) -> list[StoredFile]:
    """Attach waiting files to a paper, whose text the worker reads; DomainError `secret_level` at such a level."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    authorise(policies.can_write_text, scope, document)
    store.refuse_content(document.level)
    attached = store.attach(scope, files, holder_kind=HOLDER, holder_uid=document.uid, level=document.level)
    if attached:
        data = {"files": [str(file.uid) for file in attached]}
        record(scope, action="document.attach", target=document, data=data)
    return attached


@transaction.atomic
def withdraw_file(*, scope: Scope, document: Document, file: StoredFile) -> None:
    """Take a file off a paper, with the text read from it; its bytes are removed within a day.

    DomainError `cited` while passages of that text are cited: what they rest on stays.
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    authorise(policies.can_correct, scope, document)
    file = StoredFile.objects.select_for_update().get(pk=file.pk)
    if (file.holder_kind, file.holder_uid) != (HOLDER, document.uid):
        raise DomainError("not_attached", _("This file does not belong to the paper."))
    texts = DocumentText.objects.filter(document=document, file=file)
    if Clause.objects.filter(text_version__in=texts).exists():
        raise DomainError("cited", _("Passages of this file are cited by tasks, so it stays."))
    texts.delete()
    record(scope, action="document.withdraw_file", target=document, data={"file": str(file.uid)})
    store.withdraw(scope, file)
    index_document(document)


def files_of(document: Document) -> list[StoredFile]:
    """Return the files of a paper in the order they came; the caller has checked that the paper is visible."""
    rows = StoredFile.objects.filter(holder_kind=HOLDER, holder_uid=document.uid).select_related("blob")
    return list(rows.order_by("created_at", "pk"))

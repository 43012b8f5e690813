"""How papers stand to each other."""

from django.db import transaction
from django.utils.translation import gettext as _

from prytany.audit.recording import record
from prytany.core.errors import DomainError
from prytany.core.scope import Scope, authorise
from prytany.documents import policies
from prytany.documents.models import Document, DocumentRelation


@transaction.atomic
def relate(*, scope: Scope, document: Document, other: Document, kind: str) -> DocumentRelation:
    """Say that a paper implements, replies to, amends … another that the scope sees; twice is as once."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    authorise(policies.can_write_text, scope, document)
    if document.pk == other.pk:
        raise DomainError(
            "same", _("A paper cannot stand in relation to itself."), {"other": _("Choose another paper.")}
        )
    if kind not in DocumentRelation.Kind.values:
        raise DomainError("kind", _("Choose a relation."), {"kind": _("Choose a relation.")})
    relation, made = DocumentRelation.objects.get_or_create(document=document, other=other, kind=kind)
    if made:
        record(scope, action="document.relate", target=document, data={"other": str(other.uid), "kind": kind})
    return relation


@transaction.atomic
def unrelate(*, scope: Scope, document: Document, other: Document, kind: str) -> None:
    """Take a relation back."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    authorise(policies.can_write_text, scope, document)
    gone, _detail = DocumentRelation.objects.filter(document=document, other=other, kind=kind).delete()
    if gone:
        record(scope, action="document.unrelate", target=document, data={"other": str(other.uid), "kind": kind})

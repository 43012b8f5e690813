"""What papers and passages can be found by."""

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from prytany.core import levels, wording
from prytany.core.scope import Scope
from prytany.documents.kinds import kind_name
from prytany.documents.models import Clause, Document, DocumentText
from prytany.documents.titles import title_of
from prytany.search import index, kinds
from prytany.search.index import Item
from prytany.search.kinds import Card

DOCUMENT, PASSAGE = "document", "passage"


def index_document(document: Document, *, text: str | None = None) -> None:
    """Index a paper with its current texts (or `text` where the caller has them), or take it out.

    A paper that stands in no register any more, or whose content may not be kept, is not found.
    """
    if levels.is_secret(document.level):
        index.drop(DOCUMENT, [document.pk])
        return
    if not document.entered_in_id and not document.entries.filter(voided_at=None).exists():
        index.drop(DOCUMENT, [document.pk])
        return
    if text is None:
        current = DocumentText.objects.filter(document=document, is_current=True).order_by("pk")
        text = "\n".join(current.values_list("text", flat=True))
    index.put(DOCUMENT, _item(document, text))


def _item(document: Document, text: str) -> Item:
    parts = (document.summary, document.issuer_name, document.signer_title)
    return Item(
        target_id=document.pk,
        root_id=document.root_id,
        title=" ".join(filter(None, parts)),
        sort_on=document.issued_on or timezone.localdate(document.created_at),
        text=text,
        number=document.symbol,
        level=document.level,
    )


def index_clauses(clauses: Iterable[Clause], document: Document) -> None:
    """Index cited passages of a paper."""
    day = document.issued_on or timezone.localdate(document.created_at)
    index.put(
        PASSAGE,
        [Item(clause.pk, document.root_id, clause.text, day, level=document.level) for clause in clauses],
    )


def _document_cards(scope: Scope, ids: Iterable[int]) -> Mapping[int, Card]:
    rows = Document.objects.visible_to(scope).filter(pk__in=list(ids))
    return {row.pk: _document_card(row) for row in rows}


def _document_card(row: Document) -> Card:
    parts = (kind_name(row.family, row.kind), row.issuer_name, wording.day(row.issued_on) if row.issued_on else "")
    return Card(
        url=reverse("documents:detail", args=[row.uid]),
        title=title_of(row),
        lead=row.symbol,
        note=" · ".join(filter(None, parts)),
    )


def _passage_cards(scope: Scope, ids: Iterable[int]) -> Mapping[int, Card]:
    rows = Clause.objects.visible_to(scope).filter(pk__in=list(ids)).select_related("document")
    return {
        row.pk: Card(
            url=passage_url(row),
            title=row.text,
            lead=row.document.symbol,
            note=row.label or title_of(row.document),
        )
        for row in rows
    }


def passage_url(clause: Clause) -> str:
    """Return the address of a passage: its paper's page with the words marked. Needs `document`."""
    return f"{reverse('documents:detail', args=[clause.document.uid])}?passage={clause.uid}#passage"


def _documents(scope: Scope) -> QuerySet[Document]:
    return Document.objects.visible_to(scope).filter(level__lt=levels.SECRET)


def _passages(scope: Scope) -> QuerySet[Clause]:
    return Clause.objects.visible_to(scope)


def register() -> None:
    """Tell the search what this app has; called once when all apps are loaded."""
    kinds.register(
        DOCUMENT,
        label=pgettext_lazy("search", "Documents"),
        icon="file-earmark-text",
        queryset_for=_documents,
        cards=_document_cards,
        weight=10,
        jumps=True,
    )
    kinds.register(
        PASSAGE,
        label=gettext_lazy("Passages"),
        icon="quote",
        queryset_for=_passages,
        cards=_passage_cards,
        weight=30,
    )

"""Citing passages."""

from django.db import transaction
from django.utils.translation import gettext as _

from prytany.audit.recording import record
from prytany.core.errors import DomainError
from prytany.core.scope import Scope, authorise
from prytany.documents import anchors, policies
from prytany.documents.indexing import index_clauses
from prytany.documents.models import Clause, Document, DocumentText
from prytany.files.services import refuse_content

LONGEST = 5_000


@transaction.atomic
def cite(
    *,
    scope: Scope,
    document: Document,
    start: int,
    end: int,
    text: DocumentText | None = None,
    label: str = "",
) -> Clause:
    """Return the passage [start, end) (code points) of a paper's text, made when it is first cited.

    `text` may be left out where the paper has one text. DomainError `no_text`, `range` for a place outside the text or
    without words, `too_long`, `secret_level`.
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    authorise(policies.can_cite, scope, document)
    refuse_content(document.level)
    text = text or _only_text(document)
    if text.document_id != document.pk or not 0 <= start < end <= len(text.text):
        raise DomainError("range", _("This place is not in the text."))
    words = text.text[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))
    if start >= end:
        raise DomainError("range", _("This place is not in the text."))
    if end - start > LONGEST:
        raise DomainError("too_long", _("This passage is too long. Choose the sentence that matters."))
    clause, made = _get_or_make(text, start, end, label)
    if made:
        record(scope, action="clause.cite", target=clause, data={"document": str(document.uid)})
        index_clauses([clause], document)
    return clause


def _only_text(document: Document) -> DocumentText:
    texts = list(DocumentText.objects.filter(document=document, is_current=True).order_by("pk")[:2])
    if len(texts) != 1:
        raise DomainError("no_text", _("Choose the text of which a passage is cited."))
    return texts[0]


def _get_or_make(text: DocumentText, start: int, end: int, label: str) -> tuple[Clause, bool]:
    passage = text.text[start:end]
    return Clause.objects.get_or_create(
        document=text.document,
        digest=anchors.digest(passage),
        position=anchors.position_of(text.segments, start),
        defaults={"text_version": text, "start": start, "end": end, "text": passage, "label": label},
    )


def make_clauses(text: DocumentText) -> list[Clause]:
    """Make a passage of every sentence of a directing document's text; call inside a transaction."""
    known = set(text.document.clauses.values_list("digest", "position"))
    rows = []
    for position, (start, end, kind) in enumerate(text.segments, start=1):
        passage = text.text[start:end]
        key = (anchors.digest(passage), position)
        if kind == "s" and key not in known and len(passage) <= LONGEST:
            known.add(key)
            rows.append(
                Clause(
                    document=text.document,
                    text_version=text,
                    position=position,
                    start=start,
                    end=end,
                    text=passage,
                    digest=key[0],
                )
            )
    made = Clause.objects.bulk_create(rows, batch_size=500)
    index_clauses(made, text.document)
    return made

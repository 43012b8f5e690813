"""What a paper is called on screens."""

from django.utils.translation import gettext as _

from prytany.documents.kinds import kind_name, level_name
from prytany.documents.models import Document


def title_of(document: Document) -> str:
    """Return the summary; where none is kept, kind and level, or the kind."""
    if document.summary:
        return document.summary
    kind = kind_name(document.family, document.kind)
    if document.is_secret:
        return _("%(kind)s, %(level)s") % {"kind": kind, "level": level_name(document.level)}
    return kind


def heading_of(document: Document) -> str:
    """Return kind with number and symbol: Conclusion notice 118-TB/VPTU."""
    kind = kind_name(document.family, document.kind)
    # The isolate keeps the symbol whole in a right-to-left sentence.
    return f"{kind} \u2066{document.symbol}\u2069" if document.symbol else kind


def content_of(document: Document) -> str:
    """Return kind and summary, as registers show them."""
    kind = kind_name(document.family, document.kind)
    if document.is_secret:
        return title_of(document) if not document.summary else f"{kind}. {document.summary}"
    return f"{kind}. {document.summary}" if document.summary else kind

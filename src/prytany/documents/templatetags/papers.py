"""A paper that stands beside other things, shown only to whom it may be."""

from typing import Any

from django import template

from prytany.documents.models import Document
from prytany.documents.sight import shown

register = template.Library()


@register.simple_tag(takes_context=True)
def shown_paper(context: Any, document: Document | None) -> Document | None:
    """Give the paper if who reads the page may be shown its number and words, else None (`documents.sight.shown`)."""
    return shown(context["request"].scope, document) if document else None

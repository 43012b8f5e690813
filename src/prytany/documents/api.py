"""Documents on the REST API: their facts; content stays behind the pages."""

import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema
from ninja.responses import codes_4xx

from prytany.core.pagination import keyset_page
from prytany.core.problems import Problem
from prytany.documents.models import Document

router = Router(tags=["documents"])


class DocumentOut(Schema):
    """The facts of a registered paper."""

    uid: UUID
    family: str
    kind: str
    symbol: str
    issuer_name: str
    issued_on: datetime.date | None
    issued_precision: str
    summary: str
    language: str
    urgency: str
    level: int
    is_directive: bool


class DocumentPage(Schema):
    """Some documents, newest first; `next` is the cursor of the following page."""

    items: list[DocumentOut]
    next: str | None


@router.get("/documents", response={200: DocumentPage, codes_4xx: Problem})
def list_documents(
    request: HttpRequest,
    symbol: Annotated[str | None, Field(max_length=60)] = None,
    after: Annotated[str | None, Field(max_length=300)] = None,
    size: Annotated[int, Field(ge=1, le=100)] = 25,
) -> dict[str, Any]:
    """List the documents in sight, newest first, narrowed by number and symbol."""
    rows = Document.objects.visible_to(request.scope)  # type: ignore[attr-defined]
    if symbol is not None:
        rows = rows.filter(symbol=symbol)
    page = keyset_page(rows, ("-created_at", "-pk"), after=after, size=size)
    return {"items": page.rows, "next": page.next}


@router.get("/documents/{uuid:uid}", response={200: DocumentOut, codes_4xx: Problem})
def get_document(request: HttpRequest, uid: UUID) -> Document:
    """Return the facts of one document."""
    return get_object_or_404(Document.objects.visible_to(request.scope), uid=uid)  # type: ignore[attr-defined]

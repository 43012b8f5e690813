"""Units on the REST API."""

import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema
from ninja.responses import codes_4xx

from prytany.core.pagination import keyset_page
from prytany.core.problems import Problem
from prytany.organisation.models import Unit, UnitVersion
from prytany.organisation.names import NAMELESS, unit_labels

router = Router(tags=["organisation"])


class UnitOut(Schema):
    """A unit as it stands today: code, kind and level are None for one that has ended."""

    uid: UUID
    name: str
    short: str
    code: str | None
    kind: str | None
    level: str | None
    since: datetime.date | None


class UnitPage(Schema):
    """Some units; `next` is the cursor of the following page."""

    items: list[UnitOut]
    next: str | None


def _out(rows: list[Unit], today: datetime.date) -> list[dict[str, Any]]:
    labels = unit_labels([row.pk for row in rows])
    versions = {v.unit_id: v for v in UnitVersion.objects.on(today).filter(unit__in=rows)}
    found = []
    for row in rows:
        version, label = versions.get(row.pk), labels.get(row.pk, NAMELESS)
        found.append({
            "uid": row.uid, "name": label.name, "short": label.short,
            "code": version.code if version else None, "kind": version.kind if version else None,
            "level": version.level if version else None, "since": version.valid_from if version else None,
        })  # fmt: skip
    return found


@router.get("/units", response={200: UnitPage, codes_4xx: Problem})
def list_units(
    request: HttpRequest,
    level: Annotated[str | None, Field(max_length=30)] = None,
    after: Annotated[str | None, Field(max_length=300)] = None,
    size: Annotated[int, Field(ge=1, le=100)] = 25,
) -> dict[str, Any]:
    """List the units that exist today, narrowed by level."""
    scope = request.scope  # type: ignore[attr-defined]
    rows = Unit.objects.visible_to(scope).existing_on(scope.today)
    if level is not None:
        rows = rows.filter(pk__in=UnitVersion.objects.on(scope.today).filter(level=level).values("unit"))
    page = keyset_page(rows, ("created_at", "pk"), after=after, size=size)
    return {"items": _out(page.rows, scope.today), "next": page.next}


@router.get("/units/{uuid:uid}", response={200: UnitOut, codes_4xx: Problem})
def get_unit(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """Return one unit."""
    scope = request.scope  # type: ignore[attr-defined]
    return _out([get_object_or_404(Unit.objects.visible_to(scope), uid=uid)], scope.today)[0]

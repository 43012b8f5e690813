"""Which record holds a file decides who may see it. Upper apps name their kinds of record here when they are ready."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from prytany.core.scope import Scope

Visible = Callable[[Scope], QuerySet[Any]]
_HOLDERS: dict[str, Visible] = {}


def register(kind: str, visible: Visible) -> None:
    """Let records of `kind` hold files: `visible(scope)` gives the rows (with `uid`) whose files the scope may open."""
    _HOLDERS[kind] = visible


def holding_condition(scope: Scope) -> Q:
    """Return the condition on StoredFile that a visible record holds it, or that the person just uploaded it."""
    condition = Q(holder_uid=None, uploaded_by_id=scope.person_id)
    for kind, visible in _HOLDERS.items():
        condition |= Q(holder_kind=kind, holder_uid__in=visible(scope).values("uid"))
    return condition

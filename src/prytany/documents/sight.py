"""Who may be shown a paper by its classification: one rule, for queries and for a paper that stands beside work.

A task in sight does not bring its paper into sight: the paper may have been raised since the task was drawn from it.
Whatever prints a number, summary or passage of a paper beside a task asks `shown` first.
"""

from typing import Protocol, TypeVar
from uuid import UUID

from django.db.models import Q

from prytany.core import levels
from prytany.core.scope import Scope


class Classified(Protocol):
    """What the rule needs to know of a paper."""

    uid: UUID
    level: int


D = TypeVar("D", bound=Classified)


def classification(scope: Scope) -> Q:
    """Return the condition on documents: up to the clearance, at a secret level only what the person needs to know."""
    known = Q(level__lt=levels.SECRET) | Q(uid__in=list(scope.need_to_know))
    return Q(level__lte=scope.clearance) & known


def is_cleared(scope: Scope, level: int, uid: UUID) -> bool:
    """Tell in Python what `classification` says in SQL, of a paper of `level` with `uid`."""
    return level <= scope.clearance and (not levels.is_secret(level) or uid in scope.need_to_know)


def shown(scope: Scope, document: D | None) -> D | None:
    """Return the paper if `scope` may be shown its number, summary and words beside work in sight, else None."""
    return document if document is not None and is_cleared(scope, document.level, document.uid) else None

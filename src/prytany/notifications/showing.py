"""Notices as their reader may see them today: sentence, address, and whether the record is still within sight."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString

from prytany.audit.targets import Target, targets_of
from prytany.core.scope import Scope
from prytany.notifications.kinds import CONTENT, KINDS, html_sentence, plain_sentence
from prytany.notifications.models import Notice
from prytany.organisation.names import unit_labels


@dataclass(frozen=True, slots=True)
class Shown:
    """One notice in the reader's language. `target` is None for a record out of sight, which is then not named."""

    notice: Notice
    params: dict[str, Any]
    unit: str
    target: Target | None

    @property
    def html(self) -> SafeString:
        """The sentence with each name in an isolate."""
        return html_sentence(self.notice.kind, self.notice.count, self.params, self.unit)

    @property
    def text(self) -> str:
        """The sentence as plain text."""
        return plain_sentence(self.notice.kind, self.notice.count, self.params, self.unit)

    @property
    def icon(self) -> str:
        """The icon of what the notice is about."""
        kind = KINDS.get(self.notice.kind)
        return kind.subject.icon if kind else "info-circle"


def show(notices: Iterable[Notice], scopes: Sequence[Scope]) -> list[Shown]:
    """Return the notices for a reader who may act from `scopes`.

    A record that none of them sees any more keeps its line without content: rights are always those of today.
    """
    rows = list(notices)
    wanted = [(row.target_kind, row.target_uid) for row in rows if row.target_uid]
    seen: dict[UUID, Target] = {}
    for scope in scopes:
        seen = {**targets_of(scope, wanted), **seen} if wanted else {}
    labels = unit_labels(row.params.get("unit") for row in rows if isinstance(row.params.get("unit"), int))
    found = []
    for row in rows:
        target = seen.get(row.target_uid) if row.target_uid else None
        hidden = row.target_uid is not None and target is None
        params = {name: value for name, value in row.params.items() if not hidden or name not in CONTENT}
        label = labels.get(row.params.get("unit", 0))
        found.append(Shown(row, params, label.short if label else "", target))
    return found

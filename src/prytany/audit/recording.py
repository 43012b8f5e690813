"""Writing to the log: called by services inside the transaction of the change."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from prytany.audit.models import AuditEvent
from prytany.core import clock
from prytany.core.scope import Scope


def _event(scope: Scope, action: str, target: Any, data: Mapping[str, Any], kind: str, uid: UUID | None) -> AuditEvent:
    return AuditEvent(
        at=clock.now(),
        action=action,
        actor_uid=scope.person_uid,
        post_uid=scope.post_uid,
        acting_for=scope.acting_for,
        root_id=scope.root_id if scope.root_id is not None else getattr(target, "root_id", None),
        target_kind=kind or (target._meta.model_name if target is not None else ""),
        target_uid=uid or getattr(target, "uid", None),
        level=getattr(target, "level", 0),
        channel=scope.channel,
        request_id=scope.request_id,
        data=dict(data),
    )


def record(scope: Scope, *, action: str, target: Any = None, data: Mapping[str, Any] | None = None) -> AuditEvent:
    """Write one event: `action` is `noun.verb`, `target` a row with `uid`, `data` keys and codes, never names."""
    event = _event(scope, action, target, data or {}, "", None)
    event.save(force_insert=True)
    return event


def record_many(
    scope: Scope, *, action: str, targets: Iterable[Any], data: Mapping[str, Any] | None = None
) -> list[AuditEvent]:
    """Write one event per target in bulk, all with the same action and data."""
    events = [_event(scope, action, target, data or {}, "", None) for target in targets]
    return AuditEvent.objects.bulk_create(events, batch_size=2000)

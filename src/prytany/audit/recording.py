"""Writing to the log: called by services inside the transaction of the change."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from prytany.audit.models import AuditEvent
from prytany.core import bulk, clock
from prytany.core.scope import Scope


def _event(scope: Scope, action: str, target: Any, data: dict[str, Any], at: datetime.datetime) -> AuditEvent:
    return AuditEvent(
        at=at,
        action=action,
        actor_uid=scope.person_uid,
        post_uid=scope.post_uid,
        acting_for=scope.acting_for,
        root_id=scope.root_id if scope.root_id is not None else getattr(target, "root_id", None),
        target_kind=target._meta.model_name if target is not None else "",
        target_uid=getattr(target, "uid", None),
        level=getattr(target, "level", 0),
        channel=scope.channel,
        request_id=scope.request_id,
        data=data,
    )


def record(scope: Scope, *, action: str, target: Any = None, data: Mapping[str, Any] | None = None) -> AuditEvent:
    """Write one event: `action` is `noun.verb`, `target` a row with `uid`, `data` keys and codes, never names."""
    event = _event(scope, action, target, dict(data or {}), clock.now())
    event.save(force_insert=True)
    return event


def record_many(scope: Scope, *, action: str, targets: Iterable[Any], data: Mapping[str, Any] | None = None) -> None:
    """Write one event per target in bulk, all at one instant with the same action and data."""
    shared, moment = dict(data or {}), clock.now()
    bulk.insert([_event(scope, action, target, shared, moment) for target in targets])

"""Events without anything behind them."""

from uuid import UUID, uuid4

from prytany.audit.recording import record
from prytany.core.scope import Scope


def bare_scope(root_id=1, **kwargs):
    """Return a scope of nobody in particular."""
    values = {
        "person_id": 1,
        "person_uid": UUID(int=7),
        "appointment_id": None,
        "post_id": None,
        "post_uid": UUID(int=8),
        "unit_id": None,
        "root_id": root_id,
        "request_id": "r1",
        **kwargs,
    }
    return Scope(**values)


def make_events(count, action="unit.rename", **data):
    """Record `count` events, each with its number in the data."""
    return [record(bare_scope(), action=action, data={"n": n, "id": str(uuid4()), **data}) for n in range(count)]

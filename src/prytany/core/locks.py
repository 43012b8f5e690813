"""A lock by name that a transaction holds until it ends, for acts of which only one may happen at a time."""

import hashlib

from django.db import connection


def transaction_lock(name: str) -> None:
    """Wait until no other transaction holds `name`, then hold it to the end of this one. Call inside `atomic`.

    PostgreSQL has advisory locks. SQLite needs none: its transactions begin IMMEDIATE, so that only one writes.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("transaction_lock needs a transaction")
    if connection.vendor != "postgresql":
        return
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])

"""The arithmetic of the seals: what is hashed, and how. A change here is a new format, never an edit.

Leaf and node hashes begin with different bytes (RFC 6962, 2.1), so that no leaf can pass for a node. Each leaf has a
salt of its own: what an erased event said cannot be guessed from its hash.
"""

import datetime
import hashlib
import json
from collections.abc import Sequence
from typing import Any

LEAF, NODE, HEAD = b"\x00", b"\x01", b"\x02"

# Every column of an event but the mark "sealed", which the sealer sets and the verifier checks by itself.
FIELDS = (
    "id",
    "uid",
    "at",
    "action",
    "actor_uid",
    "post_uid",
    "acting_for",
    "root_id",
    "target_kind",
    "target_uid",
    "level",
    "channel",
    "request_id",
    "data",
)


def plain(value: Any) -> Any:
    """Return `value` as JSON knows it: instants as UTC with microseconds, other foreign types as text."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return str(value)


def canonical(values: dict[str, Any]) -> bytes:
    """Return the one spelling of `values` in JSON: keys sorted, no spaces, UTF-8, no NaN."""
    ready = {key: plain(value) for key, value in values.items()}
    return json.dumps(ready, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def leaf_hash(salt: str, row: Sequence[Any]) -> str:
    """Return the hash of one event, given as its FIELDS, under `salt` (hexadecimal)."""
    return hashlib.sha256(LEAF + bytes.fromhex(salt) + canonical(dict(zip(FIELDS, row, strict=True)))).hexdigest()


def merkle_root(leaves: Sequence[str]) -> str:
    """Return the root over `leaves` in order; an odd one out is carried up unpaired, never doubled."""
    if not leaves:
        return hashlib.sha256(b"").hexdigest()
    level = [bytes.fromhex(leaf) for leaf in leaves]
    while len(level) > 1:
        pairs = [hashlib.sha256(NODE + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)]
        level = [*pairs, *([level[-1]] if len(level) % 2 else [])]
    return level[0].hex()


def head_hash(
    *, sequence: int, previous: str, root: str, count: int, total: int, sealed_at: datetime.datetime, key_id: str
) -> str:
    """Return the hash that stands for a seal and, through `previous`, for all seals before it."""
    values = {
        "sequence": sequence,
        "previous": previous,
        "merkle_root": root,
        "count": count,
        "total": total,
        "sealed_at": sealed_at,
        "key_id": key_id,
    }
    return hashlib.sha256(HEAD + canonical(values)).hexdigest()

"""The sealer: takes the events that no seal holds, whichever order they were committed in, and seals them."""

import logging
import secrets
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from prytany.audit import hashing, heads, keys, names
from prytany.audit.models import AuditEvent, Seal, SealEntry
from prytany.core.locks import transaction_lock

logger = logging.getLogger(__name__)
BATCH = 5000


def seal_events() -> int:
    """Seal all that waits, in seals of at most BATCH events; append the newest head to the file; return the count."""
    count = 0
    while seal := seal_batch():
        count += seal.count
    heads.export_head()
    return count


@transaction.atomic
def seal_batch(limit: int = BATCH) -> Seal | None:
    """Seal up to `limit` waiting events in one seal; None when nothing waits.

    The mark `sealed` finds what waits, never "id above the last one": an event whose transaction commits late has a
    low id. Events whose mark was taken away although a seal holds them only get it back.
    """
    transaction_lock("audit.seal")
    rows = list(AuditEvent.objects.filter(sealed=False).order_by("id").values_list(*hashing.FIELDS)[:limit])
    held = set(SealEntry.objects.filter(event_uid__in=[row[1] for row in rows]).values_list("event_uid", flat=True))
    fresh = [row for row in rows if row[1] not in held]
    seal = _write_seal(fresh) if fresh else None
    _mark([row[0] for row in rows])
    return seal


def _mark(ids: Sequence[int]) -> None:
    # The base manager, since the events' own refuses every update.
    AuditEvent._base_manager.filter(pk__in=ids).update(sealed=True)


def _write_seal(rows: list[tuple[Any, ...]]) -> Seal:
    last = Seal.objects.order_by("-sequence").first()
    salts = [secrets.token_hex(16) for _ in rows]
    leaves = [hashing.leaf_hash(salt, row) for salt, row in zip(salts, rows, strict=True)]
    seal = Seal(
        sequence=last.sequence + 1 if last else 1,
        previous=last.head if last else "",
        merkle_root=hashing.merkle_root(leaves),
        count=len(rows),
        total=(last.total if last else 0) + len(rows),
        sealed_at=timezone.now(),
    )
    sign_seal(seal)
    seal.save(force_insert=True)
    SealEntry.objects.bulk_create(
        [
            SealEntry(event_uid=row[1], seal=seal, position=position, salt=salt, leaf=leaf)
            for position, (row, salt, leaf) in enumerate(zip(rows, salts, leaves, strict=True))
        ],
        batch_size=2000,
    )
    _keep_names(rows)
    return seal


def sign_seal(seal: Seal) -> None:
    """Fill `key_id`, `head` and `signature` from the other columns."""
    seal.key_id = keys.key_id_of(keys.signing_key().public_key())
    seal.head = head_of(seal)
    _, seal.signature = keys.sign(seal.head)


def head_of(seal: Seal) -> str:
    """Return the head that the columns of `seal` give."""
    return hashing.head_hash(
        sequence=seal.sequence,
        previous=seal.previous,
        root=seal.merkle_root,
        count=seal.count,
        total=seal.total,
        sealed_at=seal.sealed_at,
        key_id=seal.key_id,
    )


def _keep_names(rows: list[tuple[Any, ...]]) -> None:
    """Keep how the actors, posts and targets of `rows` are called, where the log does not know them yet."""
    column = {name: index for index, name in enumerate(hashing.FIELDS)}
    wanted: set[tuple[str, UUID]] = set()
    for row in rows:
        wanted.add(("person", row[column["actor_uid"]]))
        wanted.add(("post", row[column["post_uid"]]))
        wanted.add(("appointment", row[column["acting_for"]]))
        wanted.add((row[column["target_kind"]], row[column["target_uid"]]))
    names.keep_names(wanted)

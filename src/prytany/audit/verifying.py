"""Holding the log against its seals and against a head that was carried away earlier.

The guarantee: every event that was altered, removed, inserted or reordered after it was sealed is found against one
exported head of that seal or a later one. Without an exported head the signatures are checked, which whoever holds
the signing key could forge. Events not yet sealed are outside; how many and how old they are is part of the report.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Exists, Min, OuterRef

from prytany.audit import hashing, keys
from prytany.audit.heads import Head
from prytany.audit.models import AuditEvent, Seal, SealEntry
from prytany.audit.sealing import head_of


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: a stable `code`, the seal it lies in, the event where one can be named, a sentence."""

    code: str
    seal: int | None
    event: UUID | None
    text: str


@dataclass(slots=True)
class Report:
    """What was checked and what was found; `findings` empty means that all sealed events stand as they were sealed."""

    seals: int = 0
    events: int = 0
    heads: int = 0
    unsealed: int = 0
    oldest_unsealed: datetime.datetime | None = None
    findings: list[Finding] = field(default_factory=list)

    def add(self, code: str, text: str, *, seal: int | None = None, event: UUID | None = None) -> None:
        """Note a fault."""
        self.findings.append(Finding(code, seal, event, text))


def verify(heads: Sequence[Head] = ()) -> Report:
    """Check every seal, entry and sealed event, and the chain against each of `heads`."""
    report = Report(heads=len(heads))
    expected: dict[int, list[Head]] = {}
    for head in heads:
        expected.setdefault(head.sequence, []).append(head)
    _check_heads(report, heads)
    previous, total, last = "", 0, 0
    for seal in Seal.objects.order_by("sequence").iterator(chunk_size=500):
        for missing in range(last + 1, seal.sequence):
            report.add("seal_removed", f"Seal {missing} is missing.", seal=missing)
        _check_chain(report, seal, previous, total + seal.count)
        root = _check_entries(report, seal)
        computed = _check_head(report, seal, root)
        if any(not head.head == computed == seal.head for head in expected.get(seal.sequence, ())):
            report.add("head_differs", f"Seal {seal.sequence} is not what the exported head says.", seal=seal.sequence)
        previous, total, last = seal.head, seal.total, seal.sequence
        report.seals += 1
    for head in heads:
        if head.sequence > last:
            report.add(
                "seal_removed",
                f"The exported head stands for seal {head.sequence}; the log ends at {last}.",
                seal=head.sequence,
            )
    _check_marks(report)
    return report


def _check_heads(report: Report, heads: Sequence[Head]) -> None:
    for head in heads:
        if not head.is_genuine():
            report.add("head_forged", f"The signature of exported head {head.sequence} is wrong.", seal=head.sequence)


def _check_chain(report: Report, seal: Seal, previous: str, total: int) -> None:
    if seal.previous != previous:
        report.add("chain_broken", f"Seal {seal.sequence} does not follow from the seal before it.", seal=seal.sequence)
    if seal.total != total:
        report.add("total_wrong", f"Seal {seal.sequence} counts {seal.total}, not {total}.", seal=seal.sequence)


def _check_entries(report: Report, seal: Seal) -> str:
    """Check the entries of `seal` and their events; return the root over the events as they stand."""
    entries = list(seal.entries.order_by("position").values_list("event_uid", "position", "salt", "leaf"))
    events = _events([entry[0] for entry in entries])
    leaves: list[str] = []
    for place, (uid, position, salt, leaf) in enumerate(entries):
        if position != place:
            report.add("entry_moved", f"Position {place} of seal {seal.sequence} is empty.", seal=seal.sequence)
        leaves.append(_check_event(report, seal, uid, salt, leaf, events.get(uid)))
    if len(entries) != seal.count:
        text = f"Seal {seal.sequence} holds {len(entries)} entries, not {seal.count}."
        report.add("entries_counted", text, seal=seal.sequence)
    if _root([entry[3] for entry in entries]) != seal.merkle_root:
        text = f"The entries of seal {seal.sequence} were altered, removed, inserted or reordered."
        report.add("entries_changed", text, seal=seal.sequence)
    report.events += len(entries)
    return _root(leaves)


def _root(leaves: Sequence[str]) -> str:
    """Return the root; a leaf that is no hash counts as an empty one, which no seal was made over."""
    return hashing.merkle_root([leaf if re.fullmatch("[0-9a-f]{64}", leaf) else "" for leaf in leaves])


def _events(uids: Sequence[UUID]) -> dict[UUID, tuple[tuple[Any, ...], bool]]:
    rows = AuditEvent.objects.filter(uid__in=uids).values_list(*hashing.FIELDS, "sealed")
    return {row[1]: (row[:-1], row[-1]) for row in rows}


def _check_event(
    report: Report, seal: Seal, uid: UUID, salt: str, leaf: str, found: tuple[tuple[Any, ...], bool] | None
) -> str:
    """Check one sealed event; return its leaf as it stands, empty where it is gone."""
    if found is None:
        report.add("event_removed", f"Event {uid} of seal {seal.sequence} is gone.", seal=seal.sequence, event=uid)
        return ""
    row, marked = found
    if not marked:
        text = f"Event {uid} of seal {seal.sequence} lost the mark that it is sealed."
        report.add("mark_removed", text, seal=seal.sequence, event=uid)
    try:
        computed = hashing.leaf_hash(salt, row)
    except ValueError:
        computed = ""
    if computed != leaf:
        text = f"Event {uid} of seal {seal.sequence} was altered."
        report.add("event_altered", text, seal=seal.sequence, event=uid)
    return computed


def _check_head(report: Report, seal: Seal, root: str) -> str:
    """Check head and signature; return the head that the events as they stand would give."""
    if head_of(seal) != seal.head:
        report.add("seal_altered", f"Seal {seal.sequence} was altered.", seal=seal.sequence)
    key = keys.known_key(seal.key_id)
    if key is None:
        text = f"Seal {seal.sequence} names key {seal.key_id}, which is not among the keys of this installation."
        report.add("key_unknown", text, seal=seal.sequence)
    elif not keys.is_signed(seal.head, seal.signature, key):
        report.add("signature_wrong", f"The signature of seal {seal.sequence} is wrong.", seal=seal.sequence)
    stands = Seal(
        sequence=seal.sequence,
        previous=seal.previous,
        merkle_root=root,
        count=seal.count,
        total=seal.total,
        sealed_at=seal.sealed_at,
        key_id=seal.key_id,
    )
    return head_of(stands)


def _check_marks(report: Report) -> None:
    """Find events that pretend to be sealed; count those that wait."""
    held = Exists(SealEntry.objects.filter(event_uid=OuterRef("uid")))
    pretending: Iterator[UUID] = AuditEvent.objects.filter(~held, sealed=True).values_list("uid", flat=True).iterator()
    for uid in pretending:
        report.add("event_inserted", f"Event {uid} is marked as sealed, but no seal holds it.", event=uid)
    waiting = AuditEvent.objects.filter(sealed=False)
    report.unsealed = waiting.count()
    report.oldest_unsealed = waiting.aggregate(oldest=Min("at"))["oldest"]

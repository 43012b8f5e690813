"""Whatever is done to a sealed row is found against one exported head."""

import datetime
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prytany.audit import hashing, heads, sealing
from prytany.audit.models import AuditEvent, Seal, SealEntry
from prytany.audit.tests.factories import make_events
from prytany.audit.verifying import verify

pytestmark = pytest.mark.django_db


class Undo(Exception):
    """Takes back what a mutation did."""


@pytest.fixture
def sealed():
    """Nine events in three seals, one event that waits; return the exported head."""
    for _ in range(3):
        make_events(3)
        sealing.seal_batch()
    head = heads.newest_head()
    make_events(1)
    return head


def codes(head):
    return {finding.code for finding in verify([head]).findings}


def other(value, draw):
    """Return a value of the same type that differs."""
    if value is None:
        return None
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1000 + draw(st.integers(1, 50))
    if isinstance(value, UUID):
        return uuid4()
    if isinstance(value, datetime.datetime):
        return value + datetime.timedelta(microseconds=draw(st.integers(1, 10**9)))
    if isinstance(value, dict):
        return {**value, draw(st.text("abcxyz", min_size=1, max_size=5)): draw(st.integers()), "n": -1}
    changed = draw(st.text("0123456789abcdef", min_size=1, max_size=min(10, len(value) or 10)))
    return changed if changed != value else changed[:-1] + ("0" if changed[-1] != "0" else "1")


NULLABLE = {"actor_uid", "post_uid", "acting_for", "root_id", "target_uid"}
COLUMNS = [
    *((AuditEvent, name) for name in (*hashing.FIELDS, "sealed")),
    *((SealEntry, name) for name in ("event_uid", "seal_id", "position", "salt", "leaf")),
    *(
        (Seal, name)
        for name in (
            "sequence",
            "previous",
            "merkle_root",
            "count",
            "total",
            "sealed_at",
            "key_id",
            "head",
            "signature",
        )
    ),
]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_change_of_any_column_of_a_sealed_row_is_found(sealed, data):
    model, column = data.draw(st.sampled_from(COLUMNS))
    rows = model._base_manager.order_by("pk")
    if model is AuditEvent:
        rows = rows.filter(sealed=True)
    row = data.draw(st.sampled_from(list(rows)))
    value = getattr(row, column)
    if column == "seal_id":
        changed = data.draw(st.sampled_from(sorted(set(Seal.objects.values_list("pk", flat=True)) - {value})))
        position = 50
        change = {"seal_id": changed, "position": position}
    elif value is None:
        change = {column: 5 if column == "root_id" else uuid4()}
    else:
        change = {column: other(value, data.draw)}
        if column == "position":
            change = {column: value + 10}
        if column == "sequence":
            change = {column: value + 10}
    try:
        with transaction.atomic():
            assert codes(sealed) == set()
            model._base_manager.filter(pk=row.pk).update(**change)
            assert codes(sealed) != set()
            raise Undo
    except Undo:
        pass


def test_every_column_is_hashed_or_checked():
    assert {field.attname for field in AuditEvent._meta.fields} == {*hashing.FIELDS, "sealed"}
    assert {c for m, c in COLUMNS if m is SealEntry} == {f.attname for f in SealEntry._meta.fields} - {"id"}
    assert {c for m, c in COLUMNS if m is Seal} == {f.attname for f in Seal._meta.fields} - {"id"}


def test_removed_event_is_named(sealed):
    event = AuditEvent.objects.order_by("pk")[4]
    AuditEvent._base_manager.filter(pk=event.pk).delete()
    found = [(f.code, f.seal, f.event) for f in verify([sealed]).findings]
    assert found == [("event_removed", 2, event.uid)]


def test_removed_event_with_its_entry_is_found(sealed):
    event = AuditEvent.objects.order_by("pk")[4]
    SealEntry.objects.filter(event_uid=event.uid).delete()
    AuditEvent._base_manager.filter(pk=event.pk).delete()
    assert codes(sealed) == {"entry_moved", "entries_counted", "entries_changed"}


def test_inserted_event_that_pretends_to_be_sealed_is_named(sealed):
    (event,) = make_events(1)
    AuditEvent._base_manager.filter(pk=event.pk).update(sealed=True)
    assert [(f.code, f.event) for f in verify([sealed]).findings] == [("event_inserted", event.uid)]


def test_inserted_event_with_an_entry_is_found(sealed):
    (event,) = make_events(1)
    AuditEvent._base_manager.filter(pk=event.pk).update(sealed=True)
    row = AuditEvent.objects.filter(pk=event.pk).values_list(*hashing.FIELDS).get()
    seal = Seal.objects.get(sequence=2)
    SealEntry.objects.create(
        event_uid=event.uid, seal=seal, position=3, salt="00" * 16, leaf=hashing.leaf_hash("00" * 16, row)
    )
    assert codes(sealed) == {"entries_counted", "entries_changed"}


def test_reordered_entries_are_found(sealed):
    a, b = SealEntry.objects.filter(seal__sequence=2).order_by("position")[:2]
    for entry, position in ((a, 100), (b, 0), (a, 1)):
        SealEntry.objects.filter(pk=entry.pk).update(position=position)
    assert codes(sealed) == {"entries_changed"}


def test_removed_last_seal_is_found_against_its_head_only(sealed):
    seal = Seal.objects.get(sequence=3)
    uids = list(seal.entries.values_list("event_uid", flat=True))
    seal.entries.all().delete()
    seal.delete()
    AuditEvent._base_manager.filter(uid__in=uids).delete()
    assert verify().findings == []
    assert [(f.code, f.seal) for f in verify([sealed]).findings] == [("seal_removed", 3)]


def reseal_all(alter):
    """Do what somebody with the database and the signing key can do: alter, then make every hash fit again."""
    alter()
    previous = ""
    for seal in Seal.objects.order_by("sequence"):
        leaves = []
        for entry in seal.entries.order_by("position"):
            row = AuditEvent.objects.filter(uid=entry.event_uid).values_list(*hashing.FIELDS).get()
            entry.leaf = hashing.leaf_hash(entry.salt, row)
            entry.save()
            leaves.append(entry.leaf)
        seal.previous, seal.merkle_root = previous, hashing.merkle_root(leaves)
        sealing.sign_seal(seal)
        seal.save()
        previous = seal.head


def test_log_rewritten_with_the_stolen_key_is_found_against_the_exported_head(sealed):
    first = AuditEvent.objects.order_by("pk").first()
    reseal_all(lambda: AuditEvent._base_manager.filter(pk=first.pk).update(action="task.cancel"))
    assert verify().findings == []
    assert codes(sealed) == {"head_differs"}


def test_log_rewritten_without_the_key_is_found_by_its_signatures(sealed, settings, tmp_path):
    first = AuditEvent.objects.order_by("pk").first()
    settings.KEYS_DIR, own = tmp_path / "thief", settings.KEYS_DIR
    reseal_all(lambda: AuditEvent._base_manager.filter(pk=first.pk).update(action="task.cancel"))
    settings.KEYS_DIR = own
    assert {f.code for f in verify().findings} == {"key_unknown"}


def test_forged_head_is_found(sealed):
    from dataclasses import replace

    forged = replace(sealed, head="0" * 64)
    assert codes(forged) == {"head_forged", "head_differs"}


def test_verify_counts_what_waits(sealed):
    report = verify([sealed])
    assert (report.seals, report.events, report.heads, report.unsealed) == (3, 9, 1, 1)
    assert report.oldest_unsealed == AuditEvent.objects.get(sealed=False).at


@given(st.lists(st.text("0123456789abcdef", min_size=64, max_size=64), min_size=1, max_size=20))
def test_merkle_root_agrees_with_the_recursive_definition_of_rfc_6962(leaves):
    import hashlib

    def tree(part):
        if len(part) == 1:
            return bytes.fromhex(part[0])
        k = 1
        while k * 2 < len(part):
            k *= 2
        return hashlib.sha256(b"\x01" + tree(part[:k]) + tree(part[k:])).digest()

    assert hashing.merkle_root(leaves) == tree(leaves).hex()


def test_canonical_spelling_is_the_same_after_a_round_trip_through_the_database():
    (event,) = make_events(1, text="Đã giao — 118‑TB ٣", nested={"b": [1, None, True], "a": {"z": 1.5}})
    stored = AuditEvent.objects.values(*hashing.FIELDS).get(pk=event.pk)
    live = {name: getattr(event, name) for name in hashing.FIELDS}
    assert hashing.canonical(stored) == hashing.canonical(live)

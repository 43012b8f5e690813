"""The sealer: everything is sealed once, late commits too, and heads leave the database."""

import stat

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from prytany.audit import heads, keys, sealing
from prytany.audit.models import AuditEvent, OnlyGrows, Seal, SealEntry
from prytany.audit.tests.factories import make_events
from prytany.audit.verifying import verify

pytestmark = pytest.mark.django_db


def test_seal_events_seals_each_event_once_in_chained_batches():
    events = make_events(7)
    sealed = 0
    while seal := sealing.seal_batch(3):
        sealed += seal.count
    seals = list(Seal.objects.order_by("sequence"))
    assert sealed == 7
    assert [(s.sequence, s.count, s.total) for s in seals] == [(1, 3, 3), (2, 3, 6), (3, 1, 7)]
    assert [s.previous for s in seals] == ["", seals[0].head, seals[1].head]
    places = SealEntry.objects.order_by("seal__sequence", "position").values_list("event_uid", flat=True)
    assert list(places) == [event.uid for event in events]
    assert not AuditEvent.objects.filter(sealed=False).exists()
    assert sealing.seal_events() == 0


def test_event_committed_late_with_a_low_id_is_sealed_later():
    first, second, third = make_events(3)
    # As another transaction would leave it: the middle one is not visible to the first run.
    AuditEvent._base_manager.filter(pk=second.pk).update(sealed=True)
    sealing.seal_events()
    AuditEvent._base_manager.filter(pk=second.pk).update(sealed=False)
    sealing.seal_events()
    sealed = dict(SealEntry.objects.values_list("event_uid", "seal__sequence"))
    assert sealed == {first.uid: 1, third.uid: 1, second.uid: 2}
    assert verify().findings == []


def test_mark_taken_away_does_not_stop_the_sealer():
    event, _ = make_events(2)
    sealing.seal_events()
    AuditEvent._base_manager.filter(pk=event.pk).update(sealed=False)
    make_events(1)
    assert sealing.seal_events() == 1
    assert verify().findings == []


def test_key_is_made_once_readable_by_its_owner_only(keys_dir):
    key_id, signature = keys.sign("head")
    path = keys_dir / "audit-ed25519.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(keys_dir.stat().st_mode) == 0o700
    assert keys.is_signed("head", signature, keys.known_key(key_id))
    assert not keys.is_signed("other", signature, keys.known_key(key_id))
    assert keys.sign("head") == (key_id, signature)


def test_known_key_refuses_a_file_under_a_wrong_name(keys_dir):
    key_id, _ = keys.sign("head")
    (keys_dir / "audit-0000000000000000.pub.pem").write_bytes((keys_dir / f"audit-{key_id}.pub.pem").read_bytes())
    assert keys.known_key("0000000000000000") is None
    assert keys.known_key("../etc/passwd") is None


def test_export_appends_the_newest_head_of_each_run(settings):
    make_events(1)
    sealing.seal_events()
    make_events(2)
    sealing.seal_events()
    heads.export_head()
    exported = heads.read_heads(settings.AUDIT_HEADS_FILE)
    assert [(h.sequence, h.total, h.is_genuine()) for h in exported] == [(1, 1, True), (2, 3, True)]
    assert [h.head for h in exported] == list(Seal.objects.order_by("sequence").values_list("head", flat=True))


def test_export_goes_on_after_a_line_cut_off_by_a_crash(settings):
    make_events(1)
    sealing.seal_events()
    with settings.AUDIT_HEADS_FILE.open("a") as file:
        file.write('{"format":"pryt')
    make_events(1)
    sealing.seal_events()
    assert heads.last_head(settings.AUDIT_HEADS_FILE).sequence == 2


def test_event_cannot_be_changed_or_deleted_through_the_model():
    (event,) = make_events(1)
    with pytest.raises(OnlyGrows):
        event.save()
    with pytest.raises(OnlyGrows):
        event.delete()
    with pytest.raises(OnlyGrows):
        AuditEvent.objects.update(action="x")
    with pytest.raises(OnlyGrows):
        AuditEvent.objects.filter(pk=event.pk).delete()


def test_audit_verify_prints_what_was_checked_and_what_waits(capsys, tmp_path):
    make_events(3)
    call_command("audit", "seal")
    call_command("audit", "head", "--out", str(tmp_path / "head.json"))
    make_events(1)
    capsys.readouterr()
    call_command("audit", "verify", "--head", str(tmp_path / "head.json"))
    assert capsys.readouterr().out.splitlines() == [
        "Checked 3 events in 1 seals against 1 exported head(s).",
        "1 event(s) wait for their seal, the oldest for 0 minute(s).",
        "No fault found.",
    ]


def test_audit_verify_fails_where_an_event_was_altered(capsys, tmp_path):
    event, _ = make_events(2)
    call_command("audit", "seal")
    call_command("audit", "head", "--out", str(tmp_path / "head.json"))
    AuditEvent._base_manager.filter(pk=event.pk).update(action="unit.create")
    with pytest.raises(CommandError, match=r"2 fault\(s\) found"):
        call_command("audit", "verify", "--head", str(tmp_path / "head.json"))
    assert f"event_altered: Event {event.uid} of seal 1 was altered." in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "{}", "no json", '{"format": "other"}'])
def test_audit_verify_refuses_a_file_that_holds_no_head(tmp_path, text):
    path = tmp_path / "head.json"
    path.write_text(text)
    with pytest.raises(CommandError, match=r"head\.json"):
        call_command("audit", "verify", "--head", str(path))


def test_audit_head_says_that_nothing_is_sealed():
    with pytest.raises(CommandError, match="Nothing is sealed yet"):
        call_command("audit", "head")


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_seal_each_event_once():
    if connection.vendor != "postgresql":
        pytest.skip("needs two connections that can wait for each other")
    import threading

    make_events(20)
    problems = []

    def run():
        try:
            with transaction.atomic():
                sealing.seal_batch(10)
        except Exception as error:
            problems.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert problems == []
    assert [(s.sequence, s.count) for s in Seal.objects.order_by("sequence")] == [(1, 10), (2, 10)]
    assert verify().findings == []

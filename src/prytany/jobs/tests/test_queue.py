import datetime

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from prytany.jobs import figures, queue
from prytany.jobs.models import Lease
from prytany.jobs.tests import probes
from prytany.jobs.worker import run_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def notes(tmp_path, monkeypatch):
    path = tmp_path / "notes"
    path.touch()
    monkeypatch.setenv("PROBE_FILE", str(path))
    return lambda: path.read_text().split("\n")[:-1]


def statuses():
    return sorted(DBTaskResult.objects.values_list("status", flat=True))


def make_ready_again():
    DBTaskResult.objects.update(run_after=timezone.now())


def test_enqueue_rolls_back_with_the_change_that_asks_for_it(run_jobs, notes):
    with transaction.atomic():
        probes.note.enqueue("lost")
        transaction.set_rollback(True)
    probes.note.enqueue("kept")
    assert run_jobs() == 1
    assert notes() == ["kept"]
    assert statuses() == ["SUCCESSFUL"]


def test_drain_takes_from_queues_in_turn(run_jobs, notes):
    probes.mail.enqueue_many([(f"mail {n}",) for n in range(4)])
    probes.note.enqueue("note")
    probes.slow.enqueue("text", 0)
    assert run_jobs() == 6
    done = notes()
    assert done.index("text ends") < done.index("mail 1")
    assert [line for line in done if line.startswith("mail")] == ["mail 0", "mail 1", "mail 2", "mail 3"]


def test_drain_runs_what_jobs_queue(run_jobs, notes):
    probes.chain.enqueue("link", 3)
    assert run_jobs() == 4
    assert notes() == ["link"] * 4


def test_failed_job_waits_longer_each_time_and_is_dead_after_its_attempts(run_jobs, notes):
    probes.refuse.enqueue("way")
    waits = []
    for _ in range(3):
        before = timezone.now()
        assert run_jobs() == 1
        row = DBTaskResult.objects.get()
        waits.append((row.run_after - before).total_seconds())
        assert run_jobs() == 0
        make_ready_again()
    assert notes() == ["way"] * 3
    assert 45 <= waits[0] <= 76
    assert 90 <= waits[1] <= 151
    assert statuses() == ["FAILED"]
    assert [dead.exception_class_path for dead in figures.dead_jobs()] == ["builtins.LookupError"]
    assert "no way" in figures.dead_jobs()[0].traceback
    assert run_jobs() == 0


def test_give_up_buries_at_the_first_attempt(run_jobs, notes):
    probes.give_up.enqueue("hopeless")
    assert run_jobs() == 1
    assert statuses() == ["FAILED"]
    assert notes() == ["hopeless"]


def test_revived_job_has_all_its_attempts_again(run_jobs, notes):
    probes.give_up.enqueue("again")
    run_jobs()
    queue.revive(figures.dead_jobs()[0])
    assert statuses() == ["READY"]
    assert run_jobs() == 1
    assert notes() == ["again", "again"]


def test_job_that_is_no_longer_part_of_the_program_is_dead(run_jobs):
    probes.note.enqueue("word")
    DBTaskResult.objects.update(task_path="prytany.jobs.tests.probes.removed")
    assert run_jobs() == 1
    assert statuses() == ["FAILED"]


def test_claim_leases_and_finish_lets_go():
    probes.note.enqueue("word")
    held = queue.claim("default", "one")
    assert Lease.objects.get().worker == "one"
    assert queue.claim("default", "two") is None
    assert run_claim(held)
    assert not Lease.objects.exists()


def test_reap_leaves_jobs_with_a_valid_lease_alone():
    probes.note.enqueue("word")
    held = queue.claim("default", "one")
    assert queue.reap() == 0
    queue.renew([held])
    assert statuses() == ["RUNNING"]


def test_reap_puts_back_the_job_of_a_lost_worker_which_cannot_finish_it_any_more():
    probes.note.enqueue("word")
    lost = queue.claim("default", "one")
    Lease.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    assert queue.reap() == 1
    assert statuses() == ["READY"]
    make_ready_again()
    taken = queue.claim("default", "two")
    assert taken.attempt == 2
    assert not queue.finish(lost)
    assert not queue.fail(lost, ValueError())
    assert statuses() == ["RUNNING"]
    assert queue.finish(taken)
    assert statuses() == ["SUCCESSFUL"]


def test_reap_buries_a_job_that_lost_all_its_workers():
    probes.crash.enqueue("poison")
    for _ in range(2):
        make_ready_again()
        queue.claim("text", "one")
        Lease.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
        assert queue.reap() == 1
    assert statuses() == ["FAILED"]
    assert figures.dead_jobs()[0].exception_class_path == "prytany.jobs.errors.WorkerLost"


def test_reap_puts_back_running_jobs_without_lease():
    probes.note.enqueue("restored from a backup")
    queue.claim("default", "one")
    Lease.objects.all().delete()
    assert queue.reap() == 1
    assert statuses() == ["READY"]


def test_released_job_counts_no_attempt():
    probes.note.enqueue("word")
    assert queue.release(queue.claim("default", "one"))
    assert statuses() == ["READY"]
    assert queue.claim("default", "two").attempt == 1


def test_prune_deletes_old_finished_jobs_only(run_jobs):
    probes.note.enqueue("old")
    probes.give_up.enqueue("dead")
    run_jobs()
    DBTaskResult.objects.update(finished_at=timezone.now() - datetime.timedelta(days=8))
    probes.note.enqueue("new")
    run_jobs()
    probes.note.enqueue("waiting")
    assert queue.prune() == 1
    assert statuses() == ["FAILED", "READY", "SUCCESSFUL"]


def test_queue_figures_count_each_state(run_jobs):
    probes.give_up.enqueue("dead")
    probes.refuse.enqueue("waiting")
    run_jobs()
    probes.note.enqueue("running")
    queue.claim("default", "one")
    probes.note.enqueue("ready")
    rows = {row.queue: (row.ready, row.running, row.waiting, row.dead) for row in figures.queue_figures()}
    assert rows == {"default": (1, 1, 0, 1), "index": (0, 0, 1, 0), "text": (0, 0, 0, 0), "mail": (0, 0, 0, 0)}

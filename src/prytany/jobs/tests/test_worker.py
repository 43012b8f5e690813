"""Workers as processes, on a database of their own: what happens to jobs when a worker is killed, hangs or stops."""

import json
import signal
import time
from collections import Counter

import pytest

pytestmark = pytest.mark.slow

STATES = """
import json
from django_tasks_db.models import DBTaskResult
from prytany.jobs.models import Lease, WorkerBeat
own = DBTaskResult.objects.filter(task_path__contains="probes").order_by("queue_name", "enqueued_at")
rows = [[r.queue_name, r.status, len(r.worker_ids)] for r in own]
print(json.dumps([rows, Lease.objects.count(), WorkerBeat.objects.count()]))
"""


@pytest.fixture
def office(installation, tmp_path):
    """An installation whose workers lose a silent job after three seconds and note what they do."""
    notes = tmp_path / "notes"
    notes.touch()
    installation.extra.update(PROBE_FILE=str(notes), PRYTANY_WORKER_LEASE_SECONDS="3")
    installation.notes = lambda: notes.read_text().split("\n")[:-1]
    installation.states = lambda: json.loads(installation.python(STATES))
    return installation


def enqueue(office, code):
    office.python(f"from prytany.jobs.tests import probes as p\n{code}")


def wait_for(condition, seconds=180.0):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)


def stop(process):
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=30)
    return process.returncode, output


def own_jobs(office):
    """Return the states of the jobs that the test queued, not of those that schedules bring."""
    return [state for state in office.states()[0] if state[0] == "text"]


def test_killed_worker_loses_nothing(office):
    enqueue(office, "p.slow.enqueue('long', 2)\np.note.enqueue('short')\np.slow.enqueue('next', 0)")
    first = office.start("worker")
    wait_for(lambda: "long begins" in office.notes())
    first.kill()
    first.wait()
    second = office.start("worker")
    wait_for(lambda: {"long ends", "next ends", "short"} <= set(office.notes()))
    wait_for(lambda: all(state == "SUCCESSFUL" for _, state, _ in office.states()[0]))
    status, output = stop(second)
    assert status == 0, output
    assert Counter(office.notes())["long begins"] == 2
    assert [attempts for queue, _, attempts in office.states()[0] if queue == "text"] == [2, 1]
    assert office.states()[1] == 0


def test_two_workers_share_the_queues_and_run_each_job_once(office):
    enqueue(office, "p.mail.enqueue_many([(f'm{n}',) for n in range(150)])\np.slow.enqueue('text', 0)")
    workers = [office.start("worker") for _ in range(2)]
    wait_for(lambda: len(office.notes()) == 152)
    wait_for(lambda: all(state == "SUCCESSFUL" for _, state, _ in office.states()[0]))
    results = [stop(worker) for worker in workers]
    assert [status for status, _ in results] == [0, 0], results
    assert set(Counter(office.notes()).values()) == {1}
    assert office.states()[1:] == [0, 0]


def test_mails_do_not_hold_up_the_reading_of_a_text(office):
    enqueue(office, "p.mail.enqueue_many([(f'm{n}',) for n in range(3000)])\np.slow.enqueue('text', 0)")
    worker = office.start("worker")
    wait_for(lambda: "text ends" in office.notes())
    assert len(office.notes()) < 1500
    assert stop(worker)[0] == 0


def test_worker_asked_to_stop_finishes_the_job_in_hand(office):
    enqueue(office, "p.slow.enqueue('long', 2)\np.slow.enqueue('later', 0)")
    worker = office.start("worker")
    wait_for(lambda: "long begins" in office.notes())
    assert stop(worker)[0] == 0
    assert office.notes() == ["long begins", "long ends"]
    assert own_jobs(office) == [["text", "SUCCESSFUL", 1], ["text", "READY", 0]]
    assert office.states()[1:] == [0, 0]


def test_job_past_its_time_limit_ends_its_worker_and_is_dead_after_its_attempts(office):
    enqueue(office, "p.hang.enqueue('stuck')")
    worker = office.start("worker")  # starts itself afresh after each time limit
    wait_for(lambda: own_jobs(office) == [["text", "FAILED", 2]] and office.states()[2] == 1)
    assert stop(worker)[0] == 0
    assert office.notes() == ["stuck begins", "stuck begins"]
    assert "TimeLimit" in office.run("jobs")


def test_job_that_kills_its_worker_each_time_is_dead_after_its_attempts(office):
    enqueue(office, "p.crash.enqueue('poison')\np.note.enqueue('other')")
    for _ in range(2):
        worker = office.start("worker")
        assert worker.wait(timeout=60) == -signal.SIGKILL
    worker = office.start("worker")
    wait_for(lambda: ["text", "FAILED", 2] in office.states()[0] and "other" in office.notes())
    assert stop(worker)[0] == 0
    assert Counter(office.notes())["poison begins"] == 2
    assert office.run("jobs", "--retry", "all") == "1 jobs queued again.\n"
    assert ["text", "READY", 0] in office.states()[0]


def test_worker_starts_afresh_after_many_jobs_as_the_same_process(office):
    office.extra["PRYTANY_WORKER_MAX_JOBS"] = "5"
    enqueue(office, "p.mail.enqueue_many([(f'm{n}',) for n in range(12)])")
    worker = office.start("worker")
    wait_for(lambda: len(office.notes()) == 12 and office.states()[2] == 1)
    assert worker.poll() is None
    assert stop(worker)[0] == 0
    assert len({workers for _, _, workers in office.states()[0]}) == 1
    assert set(Counter(office.notes()).values()) == {1}


def test_worker_drain_once_and_unknown_queue(office):
    enqueue(office, "p.note.enqueue('a')\np.note.enqueue('b')\np.mail.enqueue('c')")
    assert office.run("worker", "--once") == "1 jobs run.\n"
    assert office.run("worker", "--drain", "--queues", "mail") == "1 jobs run.\n"
    assert office.notes() == ["a", "c"]
    assert "There is no queue post." in office.run("worker", "--queues", "post", status=1)


def test_two_workers_serve_a_schedule_once(office):
    code = (
        "import datetime, os\n"
        "from django.db import connection\n"
        "from prytany.jobs import schedules\n"
        "from prytany.jobs.tests import probes\n"
        "from django.utils import timezone\n"
        "schedules._ENTRIES.clear()\n"
        "schedules.every('probe', schedules.minutes(1), probes.chain)\n"
        "start = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)\n"
        "print(sum(len(schedules.tick(start + datetime.timedelta(minutes=n))) for n in range(200)))\n"
    )
    workers = [office.start("shell", "--no-imports", "-v0", "-c", code) for _ in range(2)]
    served = [int(worker.communicate(timeout=60)[0]) for worker in workers]
    assert sum(served) == 200
    assert len(office.states()[0]) == 200

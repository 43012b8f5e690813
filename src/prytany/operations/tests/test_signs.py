import datetime
import os

import pytest
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from prytany.accounts import health
from prytany.accounts.health import State
from prytany.jobs import queue
from prytany.jobs.models import WorkerBeat
from prytany.jobs.tests import probes

pytestmark = pytest.mark.django_db


@pytest.fixture
def signs(settings, tmp_path):
    """Return a function that reads the signs of this app: code -> (state, text)."""
    settings.BACKUP_DIR = tmp_path

    def read():
        with translation.override("en"):
            found = {sign.code: (sign.state, sign.text) for sign in health.readings()}
        return {code: found[code] for code in ("worker", "queue", "backup")}

    return read


def test_signs_of_an_idle_installation(signs):
    now = timezone.now()
    WorkerBeat.objects.create(name="one", queues="mail", started_at=now, beat_at=now, memory_mib=60)
    read = signs()
    assert read["worker"][0] is State.GOOD
    assert read["worker"][1].startswith("1 worker runs, with 62.9")
    assert read["queue"] == (State.GOOD, "0 jobs wait, none failed.")
    assert read["backup"][0] is State.WATCH


def test_sign_of_a_worker_that_is_gone(signs):
    long_ago = timezone.now() - datetime.timedelta(minutes=10)
    WorkerBeat.objects.create(name="one", queues="mail", started_at=long_ago, beat_at=long_ago)
    assert signs()["worker"][0] is State.BAD


def test_sign_of_dead_and_of_waiting_jobs(signs):
    probes.note.enqueue("dead")
    queue.fail(queue.claim("default", "one"), queue.GiveUp())
    assert signs()["queue"] == (State.WATCH, "1 job failed for good. “prytany jobs” names it and runs it again.")
    probes.note.enqueue("waiting")
    DBTaskResult.objects.filter(status="READY").update(enqueued_at=timezone.now() - datetime.timedelta(hours=1))
    assert signs()["queue"][0] is State.BAD


def test_sign_of_the_last_backup(signs, tmp_path):
    path = tmp_path / "prytany-20260101-013000.tar.gz"
    path.touch()
    assert signs()["backup"][0] is State.GOOD
    old = (timezone.now() - datetime.timedelta(days=3)).timestamp()
    os.utime(path, (old, old))
    assert signs()["backup"][0] is State.BAD

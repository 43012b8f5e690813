"""`prytany serve` as a process: start, readiness, restart of what dies, clean stop, nothing left behind."""

import contextlib
import json
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def wait_for(condition, seconds=180.0):
    until = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)
    return found


def get(port, path):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": "10.0.0.7"})
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)
    except OSError:
        return 0, {}


def descendants(pid):
    """The processes below `pid`, with their memory in MiB (proportional share)."""
    parents = {}
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
    found, waiting = [], [pid]
    while waiting:
        here = waiting.pop()
        found.append(here)
        waiting.extend(child for child, parent in parents.items() if parent == here)
    return found


def is_running(pid):
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False


def share_of_memory(pid):
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


@contextlib.contextmanager
def serving(installation, *, stop=signal.SIGTERM):
    port = free_port()
    process = installation.start("serve", "--port", str(port))
    process.port = port
    try:
        wait_for(lambda: process.poll() is not None or get(port, "/health/ready")[0] == 200)
        yield process
        if stop is not None:
            process.send_signal(stop)
            process.report, _ = process.communicate(timeout=40)
    finally:
        process.kill()
        process.wait()


def test_serve_prepares_an_empty_folder_and_announces_only_when_ready(empty_installation):
    with serving(empty_installation) as process:
        assert get(process.port, "/health/live") == (200, {"status": "alive"})
        parts = dict.fromkeys(["database", "migrations", "worker", "disk", "search"], "ok")
        assert get(process.port, "/health/ready") == (200, {"status": "ready", "checks": parts})
    assert process.returncode == 0, process.report
    lines = [line for line in process.report.splitlines() if line]
    assert lines[0].startswith("Bringing the database up to date (")
    assert lines[1:] == [
        "Collecting styles, scripts and fonts …",
        f"Prytany is ready at http://localhost:{process.port}  (Ctrl+C stops it)",
    ]


@linux_only
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_serve_stops_cleanly_and_leaves_nothing(installation, number):
    with serving(installation, stop=number) as process:
        family = descendants(process.pid)
        assert len(family) == 5  # parent, granian, two web processes, worker
    assert process.returncode == 0, process.report
    assert [pid for pid in family if is_running(pid)] == []


@linux_only
def test_serve_restarts_what_dies(installation):
    with serving(installation) as process:
        children = [pid for pid in descendants(process.pid) if Path(f"/proc/{pid}/stat").exists()][1:]
        for pid in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        wait_for(lambda: len(set(descendants(process.pid)) - set(children)) == 5)
        wait_for(lambda: get(process.port, "/health/ready")[0] == 200)
    assert process.returncode == 0, process.report
    assert "web ended with status -9; starts again in 0 s" in process.report
    assert "worker ended with status -9; starts again in 0 s" in process.report


@linux_only
def test_nothing_outlives_a_killed_parent(installation):
    with serving(installation, stop=None) as process:
        family = descendants(process.pid)
        process.kill()
        process.wait()
        wait_for(lambda: not any(is_running(pid) for pid in family))


@linux_only
def test_whole_installation_stays_small(installation):
    with serving(installation) as process:
        for _ in range(50):
            get(process.port, "/health/live")
            urllib.request.urlopen(f"http://127.0.0.1:{process.port}/sign-in/", timeout=10).read()
        total = sum(share_of_memory(pid) for pid in descendants(process.pid))
    assert total < 450


def test_health_names_the_part_that_fails(installation):
    with serving(installation) as process:
        installation.python("from prytany.jobs.models import WorkerBeat; WorkerBeat.objects.all().delete()")
        status, body = wait_for(lambda: (a := get(process.port, "/health/ready"))[0] == 503 and a)
        assert (status, body["status"], body["checks"]["worker"]) == (503, "not ready", "failing")
        assert body["checks"]["database"] == "ok"


def test_second_serve_on_the_same_folder_is_refused(installation):
    with serving(installation) as process:
        refused = installation.run("serve", "--port", str(free_port()), status=1)
    assert f"Another Prytany (process {process.pid}) runs on" in refused


def test_serve_refuses_a_port_in_use(installation):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"Port {port} on 127.0.0.1 cannot be used" in installation.run("serve", "--port", str(port), status=1)


def test_serve_refuses_the_database_of_a_newer_version(installation):
    installation.python(
        "from django.db.migrations.recorder import MigrationRecorder as R\n"
        "from django.db import connection\n"
        "R(connection).record_applied('work', '9999_from_the_future')"
    )
    refused = installation.run("serve", "--port", str(free_port()), status=1)
    assert "used by a newer version of Prytany (it knows work.9999_from_the_future)" in refused


def test_second_start_does_nothing_twice(installation):
    with serving(installation):
        pass
    with serving(installation) as process:
        pass
    assert [line for line in process.report.splitlines() if line] == [
        f"Prytany is ready at http://localhost:{process.port}  (Ctrl+C stops it)"
    ]


def test_host_and_port_come_from_the_environment(installation):
    port = free_port()
    installation.extra.update(HOST="127.0.0.1", PORT=str(port))
    process = installation.start("serve")
    try:
        wait_for(lambda: get(port, "/health/ready")[0] == 200)
    finally:
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=40)
    assert f"http://localhost:{port}" in output


def test_help_lists_the_commands(empty_installation):
    listed = empty_installation.run("help")
    for command in ("serve", "demo", "worker", "jobs"):
        assert f"    {command}\n" in listed


def test_heavy_libraries_are_left_to_the_worker(installation):
    loaded = installation.python(
        "import sys\n"
        "from prytany.operations.serving import load_program\n"
        "load_program()\n"
        "print({'typst', 'pypdfium2', 'numpy', 'docx', 'openpyxl', 'py3langid', 'fontTools'} & set(sys.modules))"
    )
    assert loaded.splitlines()[-1] == "set()"


def test_mail_without_a_server_goes_to_a_file(installation):
    installation.python(
        "from django.core.mail import send_mail\n"
        "send_mail('Báo cáo', 'Hạn trả lời: 5/12', None, ['chief@example.org'])\n"
        "send_mail('Second', 'text', None, ['chief@example.org'])"
    )
    written = (installation.var / "mail.log").read_text()
    assert written.count("To: chief@example.org") == 2
    assert "Hạn trả lời: 5/12" in written

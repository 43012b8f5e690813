"""All tests in one go: on SQLite, on PostgreSQL and in a real browser where those are present; then one summary.

    python tests/run.py [arguments for pytest]

PRYTANY_TEST_POSTGRES names a server on which databases may be made (default: the local one that `.ci/run` sets up);
PRYTANY_CHROMIUM a browser. What is not there is skipped, and the summary says so. Ends with status 0 if all passed.
"""

import importlib.util
import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
POSTGRES = os.environ.get("PRYTANY_TEST_POSTGRES", "postgresql://prytany:prytany@127.0.0.1/prytany")
CHROMIUM = os.environ.get("PRYTANY_CHROMIUM", "/usr/bin/chromium")
# Where everything has to be present, as in `.ci/run`, a run that is left out counts as failed.
STRICT = bool(os.environ.get("PRYTANY_TEST_ALL"))
NO_TEST_CHOSEN = 5  # pytest's exit status
# Tests that start processes and look at memory want a machine that is not overloaded.
PROCESSES = os.environ.get("PRYTANY_TEST_PROCESSES", "2")


@dataclass
class Phase:
    """One run of pytest, or the reason why there is none."""

    name: str
    arguments: list[str] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    missing: str = ""
    status: int = 0
    seconds: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def run(self, extra: list[str]) -> None:
        """Run pytest and keep its figures."""
        with tempfile.TemporaryDirectory(prefix="prytany-test-") as folder:
            report = Path(folder) / "report.xml"
            environment = {k: v for k, v in os.environ.items() if not k.startswith("PRYTANY_")}
            kept = ("PRYTANY_CHROMIUM", "PRYTANY_SHOTS", "PRYTANY_BUILD")
            environment |= {k: os.environ[k] for k in kept if k in os.environ}
            environment |= {"PRYTANY_VAR": f"{folder}/var", **self.environment}
            command = [sys.executable, "-m", "pytest", f"--junitxml={report}", *self.arguments, *extra]
            print(f"\n=== {self.name}: pytest {' '.join([*self.arguments, *extra])}", flush=True)
            begun = time.monotonic()
            self.status = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
            self.seconds = time.monotonic() - begun
            if report.exists():
                self._read(report)
        if self.status == NO_TEST_CHOSEN:
            self.status = 0

    def _read(self, report: Path) -> None:
        for case in ElementTree.parse(report).iter("testcase"):
            outcome = next((child for child in case if child.tag in {"failure", "error", "skipped"}), None)
            self.counts[outcome.tag if outcome is not None else "passed"] += 1
            if outcome is not None and outcome.tag == "skipped":
                self.reasons[outcome.get("message", "")] += 1

    def line(self) -> str:
        """Return the line of the summary."""
        if self.missing:
            return f"{self.name:<12} skipped: {self.missing}"
        words = {"passed": "passed", "failure": "failed", "error": "errors", "skipped": "skipped"}
        told = ", ".join(f"{self.counts[key]} {word}" for key, word in words.items() if self.counts[key])
        verdict = "" if self.status == 0 else f"   FAILED (status {self.status})"
        minutes, seconds = divmod(round(self.seconds), 60)
        return f"{self.name:<12} {told or 'no test'}   {minutes} min {seconds:02} s{verdict}"


def postgres_missing() -> str:
    """Return why PostgreSQL cannot be tested; "" if it can."""
    if importlib.util.find_spec("psycopg") is None:
        return "psycopg is not installed"
    import psycopg

    server, _, _name = POSTGRES.rpartition("/")
    try:
        with psycopg.connect(f"{server}/postgres", connect_timeout=5) as connection:
            may = connection.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
            allowed = may.fetchone()
    except psycopg.OperationalError as error:
        return f"no server at {server.rpartition('@')[2]} ({str(error).strip().splitlines()[-1]})"
    return "" if allowed and allowed[0] else "the role may not make databases (ALTER ROLE … CREATEDB)"


def browser_missing() -> str:
    """Return why the browser tests cannot run; "" if they can."""
    if importlib.util.find_spec("playwright") is None:
        return "playwright is not installed"
    return "" if Path(CHROMIUM).exists() else f"no browser at {CHROMIUM}; name one in PRYTANY_CHROMIUM"


def phases() -> list[Phase]:
    """Return the three runs."""

    def spread(which: str) -> list[str]:
        return ["-m", which, "-n", PROCESSES, "--dist", "loadscope"]

    return [
        Phase("SQLite", spread("not browser and not postgresql")),
        Phase("PostgreSQL", spread("not browser"), {"PRYTANY_DATABASE": POSTGRES}, postgres_missing()),
        Phase("browser", ["-m", "browser"], {}, browser_missing()),
    ]


def main(extra: list[str]) -> int:
    """Run all phases, print the summary, return the exit status."""
    todo = phases()
    for phase in todo:
        if phase.missing:
            print(f"=== {phase.name}: skipped: {phase.missing}", flush=True)
        else:
            phase.run(extra)
    print("\n=== Summary")
    for phase in todo:
        print(phase.line())
        for reason, count in phase.reasons.most_common():
            print(f"{'':<12} {count} skipped: {reason}")
    failed = [phase.name for phase in todo if phase.status or (STRICT and phase.missing)]
    print(f"Failed: {', '.join(failed)}." if failed else "All that could run has passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The benchmark at a tiny size: every page shows what hand-written SQL brings, with at most twelve queries."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

RUN = Path(__file__).parent / "bench" / "run.py"


@pytest.mark.slow
def test_bench_pages_equal_their_floors(tmp_path):
    environment = {**os.environ, "BENCH_FOLDER": str(tmp_path)}
    command = [
        sys.executable,
        str(RUN),
        "--database",
        "sqlite",
        "--scale",
        "0.0001",
        "--verbose",
        "--times",
        "1",
        "--pages",
    ]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    table = [line for line in done.stdout.splitlines() if line.endswith(("met", "slow"))]
    assert len(table) == 26

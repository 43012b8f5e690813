"""Keep the schema and the records of a release, so that later versions are tested on what offices really have.

    git tag v0.2.0 && .venv/bin/python tests/upgrade/make.py

Loads the demo into an SQLite database of its own and writes its backup to `tests/upgrade/VERSION.tar.gz`, to be
committed with the release. `tests/test_upgrade.py` takes every such file in, on both databases, and goes on from there.
"""

import os
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Write the file of the present version."""
    target = HERE / f"{version('prytany')}.tar.gz"
    if target.exists():
        sys.exit(f"{target} exists already: a release is kept once.")
    with tempfile.TemporaryDirectory() as folder:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PRYTANY_")}
        environment |= {"PRYTANY_VAR": folder, "PRYTANY_DEMO": "1", "PYTHONPATH": str(HERE.parents[1] / "src")}

        def prytany(*arguments: str) -> None:
            subprocess.run([sys.executable, "-m", "prytany", *arguments], env=environment, check=True)

        prytany("migrate", "-v0")
        prytany("createcachetable")
        prytany("shell", "--no-imports", "-v0", "-c", "from prytany.demo import loading; loading.load()")
        prytany("worker", "--drain")
        prytany("verify")
        prytany("backup", str(target))
    sys.stdout.write(f"{target.stat().st_size / 2**20:.1f} MiB\n")


if __name__ == "__main__":
    main()

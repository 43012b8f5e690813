"""Trying a backup: taken in by an installation of its own, on a database of its own, which is thrown away again."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings


class FailedTrial(Exception):
    """The backup could not be taken in, or its records do not agree; the message is what the commands said."""


def try_backup(path: Path) -> str:
    """Restore `path` into an SQLite installation in a temporary folder, verify all records there; return what was said.

    Needs about the room of the backup unpacked. FailedTrial where anything is amiss. The installation in use, whatever
    its database, is not touched.
    """
    with tempfile.TemporaryDirectory(prefix="trial-", dir=settings.VAR_DIR) as folder:
        var = Path(folder)
        environment = {
            **os.environ,
            "PRYTANY_VAR": str(var),
            "PRYTANY_DATABASE": f"sqlite:///{var}/prytany.sqlite3",
            "PRYTANY_SECRET_KEY": "trial",
        }
        if Path(settings.KEYS_DIR).is_dir():
            (var / "keys").symlink_to(settings.KEYS_DIR)
        said = [_run(environment, "restore", str(path.absolute())), _run(environment, "verify")]
    return "\n".join(said)


def _run(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "prytany", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    if done.returncode:
        raise FailedTrial(f"{done.stdout}{done.stderr}".strip())
    return done.stdout.strip()

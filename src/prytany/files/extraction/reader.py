"""Asking the child process about a file: what it says, how many pages it has, how a page looks."""

import json
import logging
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

logger = logging.getLogger(__name__)

# Raised whenever a reader gives another text for the same file: what was read before is then read again.
VERSION = "1"
SECONDS = 120
CHECK_SECONDS = 20
HEAD_SECONDS = 20
_CHILD = Path(__file__).with_name("child.py")


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a file, a page per entry, and a problem code: empty, `cut`, or why there is no text."""

    pages: tuple[str, ...] = ()
    problem: str = ""

    @property
    def text(self) -> str:
        """All pages as one text, apart by form feeds."""
        return "\f".join(self.pages)


def _ask(*arguments: str, seconds: int) -> tuple[bytes, str]:
    """Run the child; return what it wrote and a problem code (`too_slow`, `too_hard`, or empty)."""
    command = [sys.executable, "-I", "-X", "utf8", str(_CHILD), *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - our own program with a path of our own making
            command,
            capture_output=True,
            timeout=seconds,
            check=False,
            stdin=subprocess.DEVNULL,
            env={"LC_ALL": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired:
        return b"", "too_slow"
    if done.returncode:
        # The child's own words may hold content of the file; only how it ended is logged.
        logger.warning("reading a file ended with status %d", done.returncode)
        return b"", "too_slow" if done.returncode == -24 else "too_hard"
    return done.stdout, ""


def read_text(path: Path, reader: str, *, seconds: int = SECONDS) -> Reading:
    """Return the text of the file at `path` as `reader` (`files.kinds.Kind.reader`) reads it; never raises for content.

    Problem codes are the keys of `extraction.problems.MESSAGES`.
    """
    return _read("read", path, reader, seconds)


def read_head(path: Path, reader: str, *, seconds: int = SECONDS) -> Reading:
    """Return the beginning of the text, of a PDF its first pages; else as `read_text`."""
    return _read("head", path, reader, seconds)


def _read(command: str, path: Path, reader: str, seconds: int) -> Reading:
    answer, problem = _ask(command, str(path), reader, seconds=seconds)
    if problem:
        return Reading(problem=problem)
    data = json.loads(answer)
    pages = tuple(data["pages"])
    if not data["problem"] and not any(page.strip() for page in pages):
        return Reading(problem="scan" if reader == "pdf" else "no_text")
    return Reading(pages, data["problem"])


def check_pdf(path: Path) -> tuple[int, str]:
    """Return the number of pages of a PDF and a problem code: empty, `encrypted` or `broken`."""
    answer, problem = _ask("check", str(path), seconds=CHECK_SECONDS)
    if problem:
        return 0, "broken"
    data = json.loads(answer)
    return data["pages"], data["problem"]


def picture_of_page(path: Path, number: int, *, width: int = 1240) -> bytes | None:
    """Return page `number` (from 0) of a PDF as a WebP image, None where it cannot be drawn."""
    picture, problem = _ask("picture", str(path), str(number), str(width), seconds=CHECK_SECONDS)
    return None if problem else picture

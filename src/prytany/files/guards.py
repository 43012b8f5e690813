"""What may not be stored at all: upper apps name here how a text shows it, and files are asked before they are kept."""

from collections.abc import Callable
from pathlib import Path

from prytany.files.encodings import Undecodable, decode
from prytany.files.extraction.reader import HEAD_SECONDS, read_head
from prytany.files.refusals import FileRefused

# Returns the words of a stamp of a state-secret level that the head of a text bears, "" for none.
Guard = Callable[[str], str]
_GUARDS: dict[str, Guard] = {}
# A plain text up to this size is read here; anything else in the child process that opens files of strangers.
PLAIN = 200_000


def register(name: str, guard: Guard) -> None:
    """Let `guard` look at the beginning of every text that is about to be stored as a file."""
    _GUARDS[name] = guard


def stamp_in(text: str) -> str:
    """Return the words of the stamp for which a text may not be stored, "" where it may."""
    return next(filter(None, (guard(text) for guard in _GUARDS.values())), "")


def refuse_stamped(path: Path, reader: str, name: str) -> None:
    """Raise FileRefused `secret_stamp` where the file at `path`, which is not stored yet, bears such a stamp.

    Only its beginning is read. A file that cannot be read in time passes: the worker, which reads it whole,
    looks again.
    """
    if reader and (stamp := stamp_in(_head(path, reader))):
        raise FileRefused("secret_stamp", name, stamp=stamp)


def _head(path: Path, reader: str) -> str:
    if reader == "txt" and path.stat().st_size <= PLAIN:
        try:
            return decode(path.read_bytes()).text
        except Undecodable:
            return ""
    return read_head(path, reader, seconds=HEAD_SECONDS).text

"""Bytes on disk, under the hash of their content. Writing is atomic: a reader sees a whole file or none."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings


@dataclass(slots=True)
class Arrival:
    """A file in the waiting room: whole, flushed to disk, not yet under its hash."""

    path: Path
    sha256: str = ""
    size: int = 0


def folder() -> Path:
    """Return the folder of all stored bytes."""
    return Path(settings.FILES_DIR)


def waiting_room() -> Path:
    """Return the folder of files on their way in, on the same disk, made if need be."""
    room = folder() / "incoming"
    room.mkdir(parents=True, exist_ok=True, mode=0o700)
    return room


def path_of(sha256: str) -> Path:
    """Return where the bytes with this hash stand."""
    return folder() / sha256[:2] / sha256[2:4] / sha256


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def arriving() -> Iterator[Arrival]:
    """Give a place for one file; whatever still stands there at the end is removed."""
    descriptor, name = tempfile.mkstemp(dir=waiting_room())
    os.close(descriptor)
    arrival = Arrival(Path(name))
    try:
        yield arrival
    finally:
        with suppress(FileNotFoundError):
            arrival.path.unlink()


def write(arrival: Arrival, chunks: Iterable[bytes]) -> None:
    """Write `chunks` to the waiting room."""
    with arrival.path.open("wb") as file:
        for chunk in chunks:
            file.write(chunk)


def settle(arrival: Arrival) -> None:
    """Flush the file to disk and take its hash and size."""
    _flush(arrival.path)
    digest = hashlib.sha256()
    with arrival.path.open("rb") as file:
        while piece := file.read(1024 * 1024):
            digest.update(piece)
        arrival.size = file.tell()
    arrival.sha256 = digest.hexdigest()


def place(arrival: Arrival) -> None:
    """Move the file under its hash and flush the folder. Call inside the transaction that holds the Blob row."""
    target = path_of(arrival.sha256)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.replace(arrival.path, target)
    target.chmod(0o400)
    _flush(target.parent)


def open_blob(sha256: str) -> BinaryIO:
    """Open stored bytes for reading; FileNotFoundError where they are gone."""
    return path_of(sha256).open("rb")


def remove(sha256: str) -> None:
    """Delete stored bytes and the pictures of their pages; nothing happens where they are gone already."""
    with suppress(FileNotFoundError):
        path_of(sha256).unlink()
    for picture in picture_folder(sha256).glob(f"{sha256}-*.webp"):
        picture.unlink()


def picture_folder(sha256: str) -> Path:
    """Return the folder of the pictures of pages of the bytes with this hash."""
    return folder() / "pages" / sha256[:2]


def picture_path(sha256: str, page: int) -> Path:
    """Return where the picture of a page (from 1) stands once it is drawn."""
    return picture_folder(sha256) / f"{sha256}-{page}.webp"


def write_picture(sha256: str, page: int, picture: bytes) -> None:
    """Keep the picture of a page."""
    with arriving() as arrival:
        write(arrival, [picture])
        target = picture_path(sha256, page)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.replace(arrival.path, target)

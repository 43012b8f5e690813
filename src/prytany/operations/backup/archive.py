"""The file of a backup: a compressed tar that tells what it is at the start and proves itself whole at the end.

backup.json              format, version, time, database, migrations, tables with their columns
tables/NAME/000001 …     rows, as lines of PostgreSQL's COPY
files/SHA256             stored files
keys/… heads             only where asked for; the exported heads of the log
manifest.json            rows and digest of each table, number of files; last, so that a cut-off file is seen
"""

import contextlib
import gzip
import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from prytany.operations.backup.tables import Table

FORMAT = 1
HEAD = "backup.json"
MANIFEST = "manifest.json"
_LEVEL = 5


class BrokenBackup(Exception):
    """The file is no backup, is incomplete, or has been altered; the message says what was found."""


@dataclass
class Manifest:
    """What has been written or found so far."""

    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: int = 0
    file_bytes: int = 0
    missing: list[str] = field(default_factory=list)
    head: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it as it stands in the file."""
        return {
            "tables": self.tables,
            "files": self.files,
            "file_bytes": self.file_bytes,
            "missing": self.missing,
            "head": self.head,
        }

    @property
    def rows(self) -> int:
        """The number of rows in all tables."""
        return sum(table["rows"] for table in self.tables.values())


class TableDigest:
    """Counts and digests the rows of one table."""

    def __init__(self) -> None:
        self.rows = 0
        self.digest = hashlib.sha256()

    def add(self, chunk: bytes) -> None:
        """Take in whole lines."""
        self.rows += chunk.count(b"\n")
        self.digest.update(chunk)

    def as_json(self) -> dict[str, Any]:
        """Return it as it stands in the manifest."""
        return {"rows": self.rows, "sha256": self.digest.hexdigest()}


class Writer:
    """Adds members to a backup."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.manifest = Manifest()

    def add(self, name: str, content: bytes) -> None:
        """Add a member from memory."""
        info = tarfile.TarInfo(name)
        info.size = len(content)
        info.mode = 0o600
        self.tar.addfile(info, io.BytesIO(content))

    def add_json(self, name: str, value: object) -> str:
        """Add a member of JSON; return its digest."""
        content = json.dumps(value, ensure_ascii=False, indent=1).encode()
        self.add(name, content)
        return hashlib.sha256(content).hexdigest()

    def add_file(self, name: str, path: Path) -> int:
        """Add a file from disk; return its size. FileNotFoundError where it is gone."""
        with path.open("rb") as source:
            info = tarfile.TarInfo(name)
            info.size = os.fstat(source.fileno()).st_size
            info.mode = 0o600
            self.tar.addfile(info, source)
        return info.size


@contextmanager
def writing(target: Path) -> Iterator[Writer]:
    """Write a backup that appears under its name only when it is whole; nothing stays behind when it breaks off."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as raw:
            with (
                gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=_LEVEL, mtime=0) as packed,
                tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
            ):
                writer = Writer(tar)
                yield writer
                writer.add_json(MANIFEST, writer.manifest.as_json())
            raw.flush()
            os.fsync(raw.fileno())
        os.replace(part, target)
    finally:
        with contextlib.suppress(FileNotFoundError):
            part.unlink()


@dataclass(frozen=True)
class Head:
    """What a backup says of itself at its start."""

    version: str
    made_at: str
    vendor: str
    migrations: list[tuple[str, str]]
    tables: dict[str, Table]

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Head":
        """Read it; BrokenBackup for another format."""
        if value.get("format") != FORMAT:
            raise BrokenBackup(f"This backup has format {value.get('format')}; this version reads format {FORMAT}.")
        tables = {
            name: Table(name, table["key"], tuple((column, kind) for column, kind in table["columns"]))
            for name, table in value["tables"].items()
        }
        migrations = [(app, name) for app, name in value["migrations"]]
        return cls(value["version"], value["made_at"], value["vendor"], migrations, tables)


@contextmanager
def reading(path: Path) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """Give the members of a backup one after the other; BrokenBackup where it cannot be read."""
    try:
        with gzip.GzipFile(path, "rb") as packed, tarfile.open(fileobj=packed, mode="r|") as tar:
            yield _members(tar, packed)
    except (tarfile.TarError, EOFError, gzip.BadGzipFile, OSError) as error:
        if isinstance(error, FileNotFoundError):
            raise
        raise BrokenBackup(f"The file is damaged or is not a backup ({error}).") from None


def _members(tar: tarfile.TarFile, packed: gzip.GzipFile) -> Iterator[tuple[str, IO[bytes]]]:
    for info in tar:
        content = tar.extractfile(info) if info.isfile() else None
        if content is None:
            raise BrokenBackup(f"{info.name} does not belong into a backup.")
        yield info.name, content
    while packed.read(65536):
        pass  # to the very end, where the checksum of the compression stands


def read_head(members: Iterator[tuple[str, IO[bytes]]]) -> tuple[Head, str]:
    """Return the head and its digest; BrokenBackup where the first member is none."""
    name, content = next(members, ("", io.BytesIO()))
    if name != HEAD:
        raise BrokenBackup("This is not a backup of Prytany.")
    data = content.read()
    return Head.from_json(json.loads(data)), hashlib.sha256(data).hexdigest()


def verify(path: Path) -> tuple[Head, Manifest]:
    """Read the whole file and hold it against its manifest; BrokenBackup with what was found."""
    found = Manifest()
    digests: dict[str, TableDigest] = {}
    stated: dict[str, Any] | None = None
    with reading(path) as members:
        head, found.head = read_head(members)
        for name, content in members:
            folder, _, rest = name.partition("/")
            if name == MANIFEST:
                stated = json.loads(content.read())
            elif folder == "tables":
                digests.setdefault(rest.partition("/")[0], TableDigest()).add(content.read())
            elif folder == "files":
                found.file_bytes += _check_file(rest, content)
                found.files += 1
            elif folder not in {"keys", "heads"}:
                raise BrokenBackup(f"{name} does not belong into a backup.")
    if stated is None:
        raise BrokenBackup("The backup is incomplete: its last part is missing.")
    found.tables = {name: digests.get(name, TableDigest()).as_json() for name in head.tables}
    found.missing = stated["missing"]
    if found.as_json() != stated:
        wrong = [name for name, table in found.tables.items() if table != stated["tables"].get(name)]
        raise BrokenBackup(f"The backup was altered or damaged: {', '.join(wrong) or 'its files'} do not agree.")
    return head, found


def _check_file(sha256: str, content: IO[bytes]) -> int:
    digest, size = hashlib.sha256(), 0
    while piece := content.read(1024 * 1024):
        digest.update(piece)
        size += len(piece)
    if digest.hexdigest() != sha256:
        raise BrokenBackup(f"The stored file {sha256[:12]}… was altered or damaged.")
    return size

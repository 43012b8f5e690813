"""Zip containers (OOXML, OpenDocument) opened without trusting what they say about themselves."""

import stat
import zipfile
from typing import BinaryIO

MEMBERS = 5_000
TOTAL_BYTES = 512 * 1024 * 1024
MEMBER_BYTES = 256 * 1024 * 1024
RATIO = 120  # office XML packs 10 to 30 to 1; blank sheets of styled cells reach about 80
RATIO_FROM_BYTES = 32 * 1024 * 1024  # below this size a high ratio does no harm


class BadArchive(Exception):
    """The container is not to be opened; the argument is a key of `refusals.MESSAGES`."""


def inspect(file: BinaryIO) -> zipfile.ZipFile:
    """Return the open container after looking at its directory only.

    BadArchive with `broken`, `encrypted` or `bomb`: too many members, too large or too densely packed, or members
    that share bytes (many small entries over one packed run).
    """
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BadArchive("broken") from error
    members = archive.infolist()
    if len(members) > MEMBERS:
        raise BadArchive("bomb")
    if any(member.flag_bits & 0x1 for member in members):
        raise BadArchive("encrypted")
    if any(stat.S_ISLNK(member.external_attr >> 16) for member in members):
        raise BadArchive("broken")
    unpacked, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    if unpacked > TOTAL_BYTES or any(m.file_size > MEMBER_BYTES for m in members):
        raise BadArchive("bomb")
    if unpacked > RATIO_FROM_BYTES and unpacked > RATIO * max(packed, 1):
        raise BadArchive("bomb")
    _refuse_overlap(members)
    return archive


def _refuse_overlap(members: list[zipfile.ZipInfo]) -> None:
    end = 0
    for member in sorted(members, key=lambda m: m.header_offset):
        if member.header_offset < end:
            raise BadArchive("bomb")
        end = member.header_offset + 30 + member.compress_size


def read_member(archive: zipfile.ZipFile, name: str, limit: int = 64 * 1024 * 1024) -> bytes:
    """Return the bytes of one member; BadArchive `bomb` above `limit`, `broken` where it cannot be unpacked."""
    try:
        with archive.open(name) as member:
            data = member.read(limit + 1)
    except (zipfile.BadZipFile, KeyError, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise BadArchive("broken") from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]
        raise BadArchive("broken") from error
    if len(data) > limit:
        raise BadArchive("bomb")
    return data

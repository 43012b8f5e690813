"""Heads that leave the database: one line of JSON each, enough to hold the whole log against later."""

import contextlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings

from prytany.audit import keys
from prytany.audit.hashing import plain
from prytany.audit.models import Seal

FORMAT = "prytany-audit-head-1"


class NotAHead(ValueError):
    """The file holds something else than exported heads."""


@dataclass(frozen=True, slots=True)
class Head:
    """One exported head, as it stands in the file."""

    format: str
    sequence: int
    head: str
    total: int
    sealed_at: str
    key_id: str
    public_key: str
    signature: str

    def line(self) -> str:
        """Return the head as one line of JSON."""
        return json.dumps(asdict(self), separators=(",", ":"))

    def is_genuine(self) -> bool:
        """Tell whether the signature fits the public key that the head itself names."""
        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.public_key))
        except ValueError:
            return False
        return keys.key_id_of(key) == self.key_id and keys.is_signed(self.head, self.signature, key)


def head_for(seal: Seal) -> Head:
    """Return the head of `seal` for export."""
    key = keys.known_key(seal.key_id)
    return Head(
        format=FORMAT,
        sequence=seal.sequence,
        head=seal.head,
        total=seal.total,
        sealed_at=str(plain(seal.sealed_at)),
        key_id=seal.key_id,
        public_key=keys.public_text(key) if key else "",
        signature=seal.signature,
    )


def _parse(line: str) -> Head:
    try:
        values: dict[str, Any] = json.loads(line)
        head = Head(**values)
    except (ValueError, TypeError):
        raise NotAHead("This is not an exported head of the log.") from None
    if head.format != FORMAT or not isinstance(head.sequence, int) or not isinstance(head.head, str):
        raise NotAHead("This head has an unknown format.")
    return head


def read_heads(path: Path) -> list[Head]:
    """Return the heads in a file, one a line; NotAHead for anything else, an empty file too."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    if not lines:
        raise NotAHead("The file is empty.")
    return [_parse(line) for line in lines]


def last_head(path: Path) -> Head | None:
    """Return the last whole head of the file; None where there is none (a line cut off by a crash is passed over)."""
    if not path.exists():
        return None
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 4096))
        lines = file.read().decode("utf-8", "replace").splitlines()
    for line in reversed(lines):
        with contextlib.suppress(NotAHead):
            return _parse(line)
    return None


def newest_head() -> Head | None:
    """Return the head of the newest seal, which stands for the whole log; None before the first."""
    seal = Seal.objects.order_by("-sequence").first()
    return head_for(seal) if seal else None


def export_head() -> Head | None:
    """Append the newest head to the file of heads unless it is the last one there; return what was appended."""
    path = Path(settings.AUDIT_HEADS_FILE)
    head, last = newest_head(), last_head(path)
    if head is None or (last is not None and last.head == head.head):
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        if file.tell() and not _ends_with_newline(file):
            file.write(b"\n")
        file.write(head.line().encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return head


def _ends_with_newline(file: BinaryIO) -> bool:
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"

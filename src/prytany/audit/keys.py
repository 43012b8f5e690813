"""The key that signs heads: Ed25519, in a file outside the database, made on first use, readable by this user only."""

import hashlib
import os
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings

# What is signed begins with this, so that a signature over a head can stand for nothing else.
PURPOSE = b"prytany audit head 1\n"


def _private_path() -> Path:
    return Path(settings.KEYS_DIR) / "audit-ed25519.pem"


def _public_path(key_id: str) -> Path:
    return Path(settings.KEYS_DIR) / f"audit-{key_id}.pub.pem"


def key_id_of(key: Ed25519PublicKey) -> str:
    """Return the short name of a key: the start of the hash of its bytes."""
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]


def public_text(key: Ed25519PublicKey) -> str:
    """Return the key as the hexadecimal text that stands in exported heads."""
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def _create_private(path: Path) -> None:
    """Write a new key; of two processes that start together one wins and both use its key."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    draft = path.with_suffix(f".{os.getpid()}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def signing_key() -> Ed25519PrivateKey:
    """Return this installation's key, made on first use; keep its public half beside it under its own name."""
    return _signing_key(_private_path())


@lru_cache(maxsize=4)
def _signing_key(path: Path) -> Ed25519PrivateKey:
    if not path.exists():
        _create_private(path)
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path} holds no Ed25519 key")
    public = key.public_key()
    beside = _public_path(key_id_of(public))
    if not beside.exists():
        beside.write_bytes(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return key


def known_key(key_id: str) -> Ed25519PublicKey | None:
    """Return the public key named `key_id`, present or former, or None. The name is checked against the bytes."""
    path = _public_path(key_id)
    if not key_id.isalnum() or not path.exists():
        return None
    key = load_pem_public_key(path.read_bytes())
    return key if isinstance(key, Ed25519PublicKey) and key_id_of(key) == key_id else None


def sign(head: str) -> tuple[str, str]:
    """Return (key id, signature) over a head."""
    key = signing_key()
    return key_id_of(key.public_key()), key.sign(PURPOSE + head.encode()).hex()


def is_signed(head: str, signature: str, key: Ed25519PublicKey) -> bool:
    """Tell whether `signature` over `head` was made with `key`."""
    try:
        key.verify(bytes.fromhex(signature), PURPOSE + head.encode())
    except (InvalidSignature, ValueError):
        return False
    return True

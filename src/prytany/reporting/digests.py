"""The digest of plain data, alike on every machine."""

import hashlib
import json
from typing import Any


def digest_of(data: Any) -> str:
    """Return the SHA-256 of `data` as canonical JSON: keys sorted, no spaces, UTF-8."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()

"""What `prytany verify` holds true of the log."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from prytany.audit import heads, verifying
from prytany.core.consistency import check


@check("audit.seals", "no sealed entry of the log was altered, removed, inserted or moved")
def seal_faults() -> Iterator[str]:
    """Yield what `prytany audit verify` finds against the last exported head of this machine."""
    head = heads.last_head(Path(settings.AUDIT_HEADS_FILE))
    for finding in verifying.verify([head] if head else []).findings:
        yield f"{finding.code}: {finding.text}"

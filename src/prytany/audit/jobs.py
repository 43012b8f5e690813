"""What the worker does for the log."""

import logging
from pathlib import Path

from django.conf import settings
from django_tasks import task

from prytany.audit import heads, sealing, verifying

logger = logging.getLogger(__name__)


@task()
def seal_log() -> int:
    """Seal what waits; may run at any time and twice."""
    return sealing.seal_events()


@task()
def verify_log() -> int:
    """Hold the log against its last exported head; each fault is an error in the program's log. Return their number."""
    head = heads.last_head(Path(settings.AUDIT_HEADS_FILE))
    report = verifying.verify([head] if head else [])
    for finding in report.findings:
        logger.error("audit log: %s: %s", finding.code, finding.text)
    return len(report.findings)

"""What comes round for the log."""

import logging
from pathlib import Path

from django.conf import settings

from prytany.audit import heads, sealing, verifying
from prytany.jobs.schedules import at, every, minutes
from prytany.jobs.tasks import job

logger = logging.getLogger(__name__)


@job(attempts=3)
def seal_log() -> int:
    """Seal what waits; may run at any time and twice."""
    return sealing.seal_events()


@job(attempts=1, timeout=7200.0)
def verify_log() -> int:
    """Hold the log against its last exported head; each fault is an error in the program's log. Return their number."""
    head = heads.last_head(Path(settings.AUDIT_HEADS_FILE))
    report = verifying.verify([head] if head else [])
    for finding in report.findings:
        logger.error("audit log: %s: %s", finding.code, finding.text)
    return len(report.findings)


every("seal the log", minutes(5), seal_log)
every("verify the log", at("02:40", weekday=6), verify_log)

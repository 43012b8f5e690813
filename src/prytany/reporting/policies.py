"""Who may make papers from records."""

from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.organisation.reach import covers
from prytany.reporting.models import Report


def can_make_reports(scope: Scope, unit_id: int | None) -> bool:
    """Those who make reports, for units within their reach."""
    return covers(scope, Permission.REPORT_MAKE, unit_id)


def can_change_report(scope: Scope, report: Report) -> bool:
    """Those who make reports for its unit; a paper is the office's, not its maker's."""
    return can_make_reports(scope, report.unit_id)

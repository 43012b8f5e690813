"""Who may make papers from records."""

from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.organisation.reach import covers
from prytany.reporting.models import Report
from prytany.work.models import HandOver


def can_make_reports(scope: Scope, unit_id: int | None) -> bool:
    """Those who make reports, for units within their reach."""
    return covers(scope, Permission.REPORT_MAKE, unit_id)


def can_change_report(scope: Scope, report: Report) -> bool:
    """Those who make reports for its unit, or the two sides of a hand-over; no paper belongs to its maker."""
    if report.hand_over is not None:
        return can_make_minutes(scope, report.hand_over)
    return can_make_reports(scope, report.unit_id)


def can_make_minutes(scope: Scope, hand_over: HandOver) -> bool:
    """Who leaves, and whoever holds the post; no substitute signs for them."""
    sides = scope.post_id == hand_over.post_id or scope.person_id == hand_over.outgoing.person_id
    return sides and scope.acting_for is None

"""Why units and entries of the log are seen; upper apps register their own records beside these."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prytany.accounts.explain import Way, register
from prytany.audit.models import AuditEvent
from prytany.audit.sentences import title_of
from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.organisation.models import Unit
from prytany.organisation.names import unit_labels


def _same_root(scope: Scope) -> Q:
    return Q(root_id=scope.root_id)


def _log_of_root(scope: Scope) -> Q:
    return Q(root_id=scope.root_id) if scope.holds_anywhere(Permission.LOG_READ) else Q(pk__in=())


def _unit_name(unit: Unit) -> str:
    labels = unit_labels([unit.pk])
    return labels[unit.pk].name if unit.pk in labels else str(unit.uid)


register(
    "unit",
    Unit,
    [
        Way(
            "same_root",
            None,
            _same_root,
            _("Everybody in an office knows all of its units; %(place)s is one."),
        )
    ],
    place=lambda unit: unit.pk,
    title=_unit_name,
)
register(
    "auditevent",
    AuditEvent,
    [Way("log", Permission.LOG_READ, _log_of_root, _("The log of the whole office is open to who may read it."))],
    place=lambda event: event.root_id,
    title=lambda event: title_of(event.action),
)

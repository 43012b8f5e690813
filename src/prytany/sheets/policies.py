"""Who may bring in a sheet."""

from prytany.core.scope import Scope
from prytany.sheets.models import ImportSession
from prytany.sheets.registry import Importer, importer_of


def can_import(scope: Scope, importer: Importer) -> bool:
    """Whether `scope` may import this kind at all; services check each row again."""
    return scope.unit_id is not None and importer.can_import(scope)


def can_change(scope: Scope, session: ImportSession) -> bool:
    """Whether `scope` may go on with, apply or undo this import: the person who began it, for the same unit."""
    importer = importer_of(session.kind)
    own = session.person_id == scope.person_id and session.unit_id == scope.unit_id
    return own and importer is not None and can_import(scope, importer)

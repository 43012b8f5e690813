"""Who may do what with files; the records that hold them have rules of their own."""

from prytany.core.scope import Scope
from prytany.files.models import StoredFile


def can_upload(scope: Scope, root_id: int | None) -> bool:
    """Anyone acting from an appointment may bring a file into the root they work in."""
    return scope.appointment_id is not None and root_id is not None and root_id == scope.root_id


def can_discard(scope: Scope, file: StoredFile) -> bool:
    """Who uploaded a file may take it back as long as no record holds it."""
    return file.holder_uid is None and file.uploaded_by_id == scope.person_id

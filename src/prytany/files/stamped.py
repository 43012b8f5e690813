"""Removing a stored file that turns out to bear the stamp of a state-secret level."""

import logging

from django.db import transaction
from django.db.models import ProtectedError

from prytany.accounts.scopes import system_scope
from prytany.audit.recording import record
from prytany.files import blobs
from prytany.files.models import Blob, StoredFile
from prytany.files.signals import stamp_found

logger = logging.getLogger(__name__)


@transaction.atomic
def remove_stamped(blob: Blob, stamp: str, text: str) -> bool:
    """Remove bytes that bear `stamp`, with all that was read in them; True where no record holds them any more.

    Every record that holds a file of them is told first (`signals.stamp_found`) and lets go of it; `text` is what the
    record may read its register line from. The removal stands in the log without a name.
    """
    blob = Blob.objects.select_for_update().get(pk=blob.pk)
    for row in list(StoredFile.objects.select_for_update().filter(blob=blob)):
        try:
            with transaction.atomic():
                stamp_found.send(StoredFile, file=row, stamp=stamp, text=text)
                data = {"holder": row.holder_kind, "holder_uid": str(row.holder_uid or "")}
                record(system_scope(row.root_id), action="file.remove_stamped", target=row, data=data)
                row.delete()
        except ProtectedError:
            logger.error("a file with the stamp of a secret level is cited and could not be removed: %s", row.uid)
    if blob.files.exists():
        return False
    blob.delete()
    blobs.remove(blob.sha256)  # at once: bytes that may not be kept do not wait for the end of the transaction
    return True

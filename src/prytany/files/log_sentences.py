"""How the acts on files are told in the log."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from prytany.audit.sentences import sentences
from prytany.audit.targets import Target, target_kind
from prytany.core.scope import Scope
from prytany.files.models import StoredFile


def _files(scope: Scope, uids: Collection[UUID]) -> Mapping[UUID, Target]:
    rows = StoredFile.objects.visible_to(scope).filter(uid__in=uids)
    return {row.uid: Target(row.name, reverse("files:file", args=[row.uid])) for row in rows}


def register() -> None:
    """Called once when all apps are loaded."""
    target_kind("storedfile", _("file"), _files)
    sentences(
        {
            "file.store": (_("File uploaded"), _("%(actor)s uploaded %(target)s.")),
            "file.move": (_("File passed on"), _("%(actor)s passed %(target)s on to another record.")),
            "file.discard": (_("Upload removed"), _("%(actor)s removed an upload that no record holds.")),
            "file.remove_stamped": (
                _("File with a secrecy stamp removed"),
                _("A file that bears the stamp of a state-secret level was removed with all that was read in it."),
            ),
            "file.withdraw": (_("File removed"), _("%(actor)s removed a file from its record.")),
            "file.read": (_("Classified file opened"), _("%(actor)s opened %(target)s.")),
        }
    )

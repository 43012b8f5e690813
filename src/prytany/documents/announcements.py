"""What papers tell lower apps: what can be found, who may open their files, what to do when a text was read."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from prytany.accounts import explain
from prytany.accounts.explain import Way
from prytany.core.permissions import Permission
from prytany.core.scope import Scope
from prytany.documents import indexing, log_sentences, models
from prytany.documents.models import Document, RegisterEntry, TrayItem
from prytany.documents.reading import secret_stamp_in
from prytany.documents.services import texts, tray
from prytany.documents.services.ledger import follow_units
from prytany.documents.services.registration import HOLDER
from prytany.documents.services.texts import take_reading
from prytany.documents.services.tray import HOLDER as TRAY
from prytany.documents.services.tray import read_item
from prytany.documents.titles import heading_of
from prytany.files import guards, holders
from prytany.files.models import StoredFile, TextVersion
from prytany.files.signals import stamp_found, text_read
from prytany.organisation.reach import within
from prytany.organisation.signals import units_changed


def text_was_read(sender: Any, file: StoredFile, text: TextVersion, **_kwargs: Any) -> None:
    """Keep the text with the paper that holds the file; of a file in the tray, propose its facts."""
    if file.holder_kind == HOLDER:
        take_reading(file=file, text=text)
    elif file.holder_kind == TRAY:
        read_item(file=file, text=text)


def stamp_was_found(sender: Any, file: StoredFile, stamp: str, text: str, **_kwargs: Any) -> None:
    """Let go of a file that is removed for its stamp."""
    if file.holder_kind == HOLDER:
        texts.let_go(file=file, stamp=stamp)
    elif file.holder_kind == TRAY:
        tray.let_go(file=file, stamp=stamp, text=text)


def _explain_papers() -> None:
    """Say in words what `Document.objects.visible_to` says in SQL."""

    def registered(scope: Scope) -> Q:
        lines = RegisterEntry.objects.filter(within(scope, Permission.DOCUMENT_READ, "unit", "root"), voided_at=None)
        return Q(Exists(lines.filter(document=OuterRef("pk"))))

    def taken_in(scope: Scope) -> Q:
        return Q(entered_in__isnull=False) & within(scope, Permission.INTAKE_USE, "entered_in", "root")

    def cited(scope: Scope) -> Q:
        condition = Q(pk__in=())
        for extra in models.EXTRA_SIGHT:
            condition |= extra(scope)
        return condition

    explain.register(
        "document",
        Document,
        [
            Way("registered", Permission.DOCUMENT_READ, registered, _("It stands in a register within your reach.")),
            Way("taken_in", Permission.INTAKE_USE, taken_in, _("It was taken in for reading by %(place)s.")),
            Way("cited", None, cited, _("A task that you may see is drawn from it.")),
        ],
        place=lambda document: document.entered_in_id or document.root_id,
        title=heading_of,
        url=lambda document: reverse("documents:detail", args=[document.uid]),
    )


def register() -> None:
    """Called once when all apps are loaded."""
    indexing.register()
    log_sentences.register()
    _explain_papers()
    holders.register(HOLDER, Document.objects.visible_to)
    holders.register(TRAY, TrayItem.objects.visible_to)
    units_changed.connect(follow_units, dispatch_uid="documents.follow_units")
    guards.register("secret stamps", secret_stamp_in)
    stamp_found.connect(stamp_was_found, dispatch_uid="documents.stamp_was_found")
    text_read.connect(text_was_read, dispatch_uid="documents.text_was_read")

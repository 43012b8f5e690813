"""How the acts on papers are told in the log, and what its records are called there."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from prytany.audit.sentences import sentence, sentences
from prytany.audit.targets import Target, target_kind
from prytany.core.scope import Scope
from prytany.documents.indexing import passage_url
from prytany.documents.models import Clause, Document, DocumentRelation, LedgerNumber, NumberSeries, RegisterEntry
from prytany.documents.titles import heading_of

LABEL = 90


def _papers(scope: Scope, uids: Collection[UUID]) -> Mapping[UUID, Target]:
    rows = Document.objects.visible_to(scope).filter(uid__in=uids)
    return {row.uid: Target(heading_of(row)[:LABEL], reverse("documents:detail", args=[row.uid])) for row in rows}


def _passages(scope: Scope, uids: Collection[UUID]) -> Mapping[UUID, Target]:
    rows = Clause.objects.visible_to(scope).filter(uid__in=uids).select_related("document")
    return {row.uid: Target(row.text[:LABEL], passage_url(row)) for row in rows}


def _series(scope: Scope, uids: Collection[UUID]) -> Mapping[UUID, Target]:
    rows = NumberSeries.objects.visible_to(scope).filter(uid__in=uids)
    return {row.uid: Target(row.code, reverse("documents:series", args=[row.uid])) for row in rows}


def _numbers(scope: Scope, uids: Collection[UUID]) -> Mapping[UUID, Target]:
    rows = LedgerNumber.objects.visible_to(scope).filter(uid__in=uids).select_related("series")
    return {row.uid: Target(str(row), reverse("documents:series", args=[row.series.uid])) for row in rows}


def _direction(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the name of the register for its code."""
    code = data.get("direction", "")
    known = code in RegisterEntry.Direction.values
    return {"register": RegisterEntry.Direction(code).label if known else code}


def _relation(data: Mapping[str, Any]) -> Mapping[str, Any]:
    code = data.get("kind", "")
    return {"relation": DocumentRelation.Kind(code).label if code in DocumentRelation.Kind.values else code}


def register() -> None:
    """Called once when all apps are loaded."""
    target_kind("document", _("paper"), _papers)
    target_kind("clause", _("passage"), _passages)
    target_kind("trayitem", _("letter in the tray"))
    target_kind("ledgernumber", _("number"), _numbers)
    target_kind("numberseries", _("series of numbers"), _series)
    sentence(
        "number.reserve",
        _("Number reserved"),
        _("%(actor)s reserved number %(number)s of the register “%(register)s”."),
        _direction,
    )
    sentence(
        "number.void",
        _("Reserved number made void"),
        _("%(actor)s made the reserved number %(number)s of the register “%(register)s” void."),
        _direction,
    )
    sentence(
        "number.expire",
        _("Reservation of a number expired"),
        _("The reservation of number %(number)s of the register “%(register)s” expired; the number is void."),
        _direction,
    )
    sentence(
        "series.explain",
        _("Missing numbers explained"),
        _("%(actor)s explained the missing numbers from %(first)s to %(last)s of the series %(target)s."),
    )
    sentence(
        "series.begin",
        _("Beginning of a series set"),
        _("%(actor)s let the series %(target)s begin at number %(number)s: %(basis)s."),
    )
    sentence(
        "document.register",
        _("Paper entered in a register"),
        _("%(actor)s entered %(target)s in the register “%(register)s” as number %(number)s."),
        _direction,
    )
    sentence(
        "register.void",
        _("Register line made void"),
        _("%(actor)s made number %(number)s of the register “%(register)s” void: %(target)s."),
        _direction,
    )
    sentence(
        "document.relate",
        _("Relation between papers added"),
        _("%(actor)s said how %(target)s stands to another paper: %(relation)s."),
        _relation,
    )
    sentence(
        "document.unrelate",
        _("Relation between papers removed"),
        _("%(actor)s removed a relation of %(target)s to another paper: %(relation)s."),
        _relation,
    )
    sentences(
        {
            "document.take_in": (_("Paper taken in for reading"), _("%(actor)s took %(target)s in for reading.")),
            "document.remove_content": (
                _("Content of a paper removed"),
                _("%(actor)s removed what was stored of %(target)s, which became secret."),
            ),
            "document.correct": (_("Paper corrected"), _("%(actor)s corrected the facts of %(target)s.")),
            "register.take_back": (
                _("Imported register line taken back"),
                _("%(actor)s took number %(number)s of an imported register back."),
            ),
            "register.correct": (_("Register line corrected"), _("%(actor)s corrected a register line of %(target)s.")),
            "document.attach": (_("Files attached"), _("%(actor)s attached files to %(target)s.")),
            "document.withdraw_file": (_("File withdrawn"), _("%(actor)s withdrew a file from %(target)s.")),
            "document.add_text": (_("Text added"), _("%(actor)s added a text to %(target)s.")),
            "document.withdraw_text": (_("Text withdrawn"), _("%(actor)s withdrew a text from %(target)s.")),
            "document.read_text": (_("Text read from a file"), _("The text of a file of %(target)s was read.")),
            "document.read": (_("Classified paper opened"), _("%(actor)s opened %(target)s.")),
            "clause.cite": (_("Passage cited"), _("%(actor)s cited a passage: %(target)s.")),
            "tray.receive": (
                pgettext_lazy("log", "Letters put into the tray"),
                _("%(actor)s put letters into the incoming tray."),
            ),
            "tray.discard": (
                pgettext_lazy("log", "Letter put aside"),
                _("%(actor)s put a letter of the incoming tray aside."),
            ),
            "tray.restore": (
                pgettext_lazy("log", "Letter taken back"),
                _("%(actor)s took a letter back into the incoming tray."),
            ),
        }
    )

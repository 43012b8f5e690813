"""Correcting what was entered: never silently over somebody else's change."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from prytany.accounts import drafts
from prytany.audit.recording import record
from prytany.core import clock, levels
from prytany.core.errors import DomainError, StaleRecord
from prytany.core.scope import Scope, authorise
from prytany.documents import policies, raising
from prytany.documents.indexing import PASSAGE, index_clauses, index_document
from prytany.documents.models import Document, DocumentText, NumberSeries, RegisterEntry, TrayItem
from prytany.documents.numbering import series_key
from prytany.documents.services.facts import NAMES, Facts, facts_of, write_facts
from prytany.files import services as store
from prytany.files.models import StoredFile
from prytany.rules.lookup import rule
from prytany.search import index

LINE_FIELDS = ("entered_on", "receiver", "handler", "copies", "forwarded_on", "note")


@dataclass(frozen=True, slots=True)
class Change:
    """One field that two people changed differently: what stands there and what was typed."""

    name: str
    stored: Any
    typed: Any


@transaction.atomic
def correct_document(
    *, scope: Scope, document: Document, version: int, facts: Facts, remove_content: bool = False
) -> Document:
    """Correct the facts of a paper; StaleRecord, with both texts in `fields`, if it changed since `version`.

    Raising the level raises what is drawn from the paper with it. Raising it to a state-secret one is refused
    (`content_kept`) while files, text, passages or tasks of it are stored, unless `remove_content`: then they lose
    their words for good, in this one act (ADR 0012), and the paper is found no more.
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    authorise(policies.can_correct, scope, document)
    authorise(lambda s: policies.can_enter_at(s, facts.level), scope)
    if document.version != version:
        raise StaleRecord("stale", _("Somebody else changed this paper meanwhile."), _differences(document, facts))
    before = facts_of(document)
    lost: list[raising.Loss] = []
    if levels.is_secret(facts.level) and not levels.is_secret(before.level):
        lost = losses_of(document)
        _refuse_kept_content(lost, agreed=remove_content)
        if remove_content:
            facts = _bare(document, facts)
    _refuse_other_series(document, facts)
    write_facts(document, facts, today=clock.today())
    changed = [name for name in NAMES if getattr(before, name) != getattr(facts, name)]
    if not changed:
        return document
    document.version += 1
    document.save()
    if "level" in changed:
        StoredFile.objects.filter(holder_kind="document", holder_uid=document.uid).update(level=document.level)
    record(scope, action="document.correct", target=document, data={"fields": changed, "version": document.version})
    if document.level > before.level:
        raising.follow_all(scope, document)
    if lost:
        _remove_content(scope, document)
    index_document(document)
    if {"level", "issued_on"} & set(changed):
        index_clauses(document.clauses.all(), document)
    return document


def _refuse_other_series(document: Document, facts: Facts) -> None:
    """Refuse a kind or family under which the paper would have got its number from another series.

    The classification may change at any time: the number stays where it was given.
    """
    if (facts.family, facts.kind) == (document.family, document.kind):
        return
    lines = document.entries.filter(direction=RegisterEntry.Direction.OUT, voided_at=None).select_related("series")
    for line in lines:
        series = line.series
        congress = series.period_type == NumberSeries.Period.CONGRESS
        key = series_key(
            line.direction,
            family=facts.family,
            kind=facts.kind,
            level=document.level,
            on=line.entered_on,
            unit=series.unit_id,
            congress=congress,
        )
        if (key.family, key.group, key.period_type) != (series.family, series.group, series.period_type):
            message = _(
                "Number %(number)s belongs to the series of another kind. Make the line void and enter the paper anew."
            ) % {"number": line.number}
            raise DomainError("other_series", message, {"kind": message})


def _differences(document: Document, facts: Facts) -> Mapping[str, Change]:
    stored = facts_of(document)
    return {
        name: Change(name, getattr(stored, name), getattr(facts, name))
        for name in NAMES
        if getattr(stored, name) != getattr(facts, name)
    }


def losses_of(document: Document) -> list[raising.Loss]:
    """Return what a paper raised to a state-secret level would lose, here and in the apps above."""
    files = StoredFile.objects.filter(holder_kind="document", holder_uid=document.uid).count()
    texts = DocumentText.objects.filter(document=document).count()
    own = [
        raising.Loss(pgettext_lazy("removed", "Files of the paper"), files),
        raising.Loss(pgettext_lazy("removed", "Texts of the paper"), texts),
        raising.Loss(pgettext_lazy("removed", "Passages cited from it"), document.clauses.count()),
    ]
    return [loss for loss in own if loss.number] + raising.losses_above(document)


def _bare(document: Document, facts: Facts) -> Facts:
    """Return the facts without what is no part of a secret paper's register line."""
    keeps_summary = rule("documents.secret_summary", on=clock.today(), unit=document.root_id).value
    summary = facts.summary if keeps_summary else ""
    return replace(facts, summary=summary, note="", source_url="", signer_name="")


def _refuse_kept_content(lost: list[raising.Loss], *, agreed: bool) -> None:
    if lost and not agreed:
        message = _(
            "At this classification no file and no text may be stored here, only the line in the register. What is "
            "stored of this paper has to be removed."
        )
        raise DomainError("content_kept", message, {"level": message})


def _remove_content(scope: Scope, document: Document) -> None:
    """Remove files, texts and passages of a paper that has become secret; what cited them has followed already."""
    passages = list(document.clauses.values_list("pk", flat=True))
    index.drop(PASSAGE, passages)
    document.clauses.all().delete()
    files = list(StoredFile.objects.filter(holder_kind="document", holder_uid=document.uid))
    number = {"passages": len(passages), "texts": document.texts.count(), "files": len(files)}
    document.texts.all().delete()
    for file in files:
        store.withdraw(scope, file)
    TrayItem.objects.filter(document=document).update(reading={}, note="")
    drafts.forget_records([document.uid])
    record(scope, action="document.remove_content", target=document, data=number)


@transaction.atomic
def correct_line(*, scope: Scope, entry: RegisterEntry, version: int, values: Mapping[str, Any]) -> RegisterEntry:
    """Correct a line beside its number, which never changes; errors as `correct_document`, `voided` if it is void."""
    document = Document.objects.select_for_update().get(pk=entry.document_id)
    entry = RegisterEntry.objects.select_for_update(of=("self",)).select_related("series").get(pk=entry.pk)
    authorise(policies.can_void, scope, entry)
    if entry.voided_at:
        raise DomainError("voided", _("This line is void already."))
    if document.version != version:
        differing = {
            name: Change(name, getattr(entry, name), values[name])
            for name in LINE_FIELDS
            if name in values and getattr(entry, name) != values[name]
        }
        raise StaleRecord("stale", _("Somebody else changed this paper meanwhile."), differing)
    changed = [name for name in LINE_FIELDS if name in values and getattr(entry, name) != values[name]]
    if not changed:
        return entry
    for name in changed:
        setattr(entry, name, values[name])
    if entry.entered_on > clock.today():
        message = _("A paper cannot be entered under a future date.")
        raise DomainError("date_in_future", message, {"entered_on": message})
    if entry.direction != RegisterEntry.Direction.OUT and str(entry.entered_on.year) != entry.series.period:
        message = _("The line belongs to the register of another year. Void it and enter the paper anew.")
        raise DomainError("other_series", message, {"entered_on": message})
    entry.save(update_fields=changed)
    document.version += 1
    document.save(update_fields=["version"])
    record(scope, action="register.correct", target=document, data={"entry": str(entry.uid), "fields": changed})
    return entry

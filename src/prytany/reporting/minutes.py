"""The minutes of a hand-over (biên bản bàn giao): what one holder left, what the next accepted, for both to sign."""

import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from prytany.core import clock, wording
from prytany.core.scope import Scope
from prytany.documents.sight import shown
from prytany.organisation.models import Appointment
from prytany.organisation.names import NAMELESS, unit_labels
from prytany.reporting.heads import head_of, office_of, sizes
from prytany.reporting.models import Report
from prytany.reporting.papers.paper import Annex, Block, Column, Group, Paper, Signer, isolated, named
from prytany.reporting.wordings import date_of, lines, paragraphs
from prytany.work import handing
from prytany.work.models import HandOver, HandOverLine

OWN_WORDS = ("opening", "closing")


def gather(scope: Scope, hand_over: HandOver) -> dict[str, Any]:
    """Return what the minutes hold, as `scope` may see it: both sides, and each thing with note and acceptance.

    `hand_over` comes with `post__unit` and `outgoing__person`. What was accepted and is closed since stands there too.
    """
    accepted = {(line.kind, line.target_uid): line for line in handing.accepted_lines(hand_over)}
    rows, seen = [], set()
    for one in handing.all_lines(scope, hand_over):
        key = (str(one.kind), one.record.uid)
        if key not in seen:
            seen.add(key)
            rows.append(_row(scope, one.kind, one.record, one.section, one.note, accepted.get(key)))
    for kind in HandOverLine.Kind:
        missing = {uid for known, uid in accepted if known == kind and (str(kind), uid) not in seen}
        for uid, record in handing.record_of(scope, kind, missing).items():
            line = accepted[kind, uid]
            section = "duties" if kind == "duty" else "decisions" if kind in ("decision", "sheet") else "open"
            rows.append(_row(scope, kind, record, section, line.note, line))
    order = list(handing.SECTIONS)
    rows.sort(key=lambda row: order.index(row["section"]))
    outgoing = hand_over.outgoing
    takers = {line.accepted_by_id: line.accepted_by for line in accepted.values() if line.accepted_by}
    incoming = list(takers.values()) or handing.holders(hand_over, scope)
    unit = unit_labels([hand_over.post.unit_id]).get(hand_over.post.unit_id, NAMELESS)
    return {
        "day": clock.today().isoformat(),
        "post": handing.post_title(hand_over),
        "unit": unit.name,
        "outgoing": _side(outgoing),
        "incoming": [_side(one) for one in incoming],
        "note": hand_over.note,
        "complete": hand_over.completed_at is not None,
        "rows": rows,
        "level": max((row["level"] for row in rows), default=0),
    }


def _side(appointment: Appointment) -> dict[str, Any]:
    last = appointment.valid_to - datetime.timedelta(days=1) if appointment.valid_to else None
    return {
        "name": appointment.person.name,
        "since": appointment.valid_from.isoformat(),
        "until": last.isoformat() if last else None,
        "decision": appointment.decision,
    }


def _row(scope: Scope, kind: str, record: Any, section: str, note: str, line: HandOverLine | None) -> dict[str, Any]:
    task = record.task if kind in ("part", "decision") else record if kind == "task" else None
    document = shown(scope, task.source_document if task is not None else getattr(record, "document", None))
    due = getattr(record, "due_on", None)
    return {
        "kind": str(kind),
        "uid": str(record.uid),
        "section": section,
        "content": handing.content_of(kind, record),
        "source": document.symbol if document else "",
        "due": due.isoformat() if due else None,
        "note": note,
        "accepted_by": line.accepted_by.person.name if line and line.accepted_by else "",
        "accepted_on": line.accepted_at.date().isoformat() if line and line.accepted_at else None,
        "level": getattr(record, "level", 0),
    }


def default_words(report: Report, on: datetime.date) -> dict[str, Any]:
    """Return words with which the minutes can be signed as they are, in the report's language."""
    facts = report.facts
    with translation.override(report.language):
        opening = _(
            "On %(day)s, at %(unit)s, the post of %(post)s was handed over with the tasks, decisions, drafts and "
            "recurring duties that were open."
        ) % {"day": wording.day(on), "unit": facts["unit"], "post": facts["post"]}
        closing = _(
            "The list annexed was gone through by both sides. The minutes are made in two copies of equal value; "
            "each side keeps one."
        )
    return {
        "number": "",
        "opening": opening,
        "closing": closing,
        "witness_title": "",
        "witness_name": "",
        "recipients": "",
    }


def _sides(facts: dict[str, Any]) -> list[str]:
    def told(side: dict[str, Any], sentence: str) -> str:
        text = sentence % {"name": named(side["name"]), "post": named(facts["post"])}
        since, until = date_of(side["since"]), date_of(side["until"])
        if until:
            text += ", " + _("in office to %(day)s") % {"day": isolated(wording.day(until))}
        elif since:
            text += ", " + _("in office since %(day)s") % {"day": isolated(wording.day(since))}
        return text + (f" ({isolated(side['decision'])})" if side["decision"] else "")

    items = [told(facts["outgoing"], _("Handed over by: %(name)s, %(post)s"))]
    items += [told(side, _("Taken over by: %(name)s, %(post)s")) for side in facts["incoming"]]
    return items


def _counts(facts: dict[str, Any]) -> list[str]:
    found = []
    for code, label in handing.SECTIONS.items():
        rows = [row for row in facts["rows"] if row["section"] == code]
        done = sum(bool(row["accepted_on"]) for row in rows)
        found.append(
            _("%(section)s: %(number)s, of which accepted %(accepted)s")
            % {"section": label, "number": wording.count(len(rows)), "accepted": wording.count(done)}
        )
    return found


def compose(report: Report, made_at: datetime.datetime, on: datetime.date) -> Paper:
    """Return the finished minutes, in the report's language; both sides sign, and the witness where one is named."""
    facts, words = report.facts, report.words
    with translation.override(report.language):
        office = office_of(report.unit, on, report.language)
        kind = pgettext("kind of document", "Minutes")
        blocks = [Block("paragraph", named(text)) for text in paragraphs(words["opening"])]
        blocks.append(Block("items", items=tuple(_sides(facts))))
        blocks.append(Block("heading", _("What was handed over")))
        blocks.append(Block("items", items=tuple(_counts(facts))))
        if facts["note"]:
            blocks.append(Block("heading", _("Note of the holder who leaves")))
            blocks += [Block("paragraph", named(text)) for text in paragraphs(facts["note"])]
        blocks += [Block("paragraph", named(text)) for text in paragraphs(words["closing"])]
        return Paper(
            language=report.language,
            family=office.family,
            layout=sizes(office),
            head=head_of(
                office,
                language=report.language,
                on=on,
                number=words["number"],
                abbreviation="BB",
                kind=kind,
                summary=_("of the hand-over of the post %(post)s") % {"post": named(facts["post"])},
            ),
            to=(),
            to_label="",
            blocks=tuple(blocks),
            authority="",
            signer_title="",
            signer_name="",
            recipients_label=_("Recipients:"),
            recipients=(_("Both sides;"), *lines(words["recipients"]), _("Kept: registry.")),
            name=f"{_('Minutes of hand-over')}: {report.title}",
            author=office.issuer,
            made_at=made_at.isoformat(),
            annex=_annex(facts),
            signers=_signers(facts, words),
        )


def _signers(facts: dict[str, Any], words: dict[str, str]) -> tuple[Signer, ...]:
    incoming = facts["incoming"] or [{"name": ""}]
    found = [Signer(_("Handing over"), named(facts["outgoing"]["name"]))]
    found += [Signer(_("Taking over"), named(side["name"])) for side in incoming[:2]]
    if words["witness_title"] or words["witness_name"]:
        found.append(Signer(words["witness_title"] or _("Witness"), named(words["witness_name"])))
    return tuple(found)


def _annex(facts: dict[str, Any]) -> Annex | None:
    if not facts["rows"]:
        return None
    columns = (
        Column(pgettext("column", "No."), 0.4, figures=True),
        Column(pgettext("column", "Source"), 1.1),
        Column(pgettext("column", "Content"), 3.4),
        Column(pgettext("column", "Due"), 0.9),
        Column(pgettext("column", "Note"), 2.0),
        Column(pgettext("column", "Accepted"), 1.4),
    )
    groups: dict[str, list[tuple[str, ...]]] = {}
    for number, row in enumerate(facts["rows"], start=1):
        due, accepted = date_of(row["due"]), date_of(row["accepted_on"])
        taken = f"{named(row['accepted_by'])}, {isolated(wording.day(accepted))}" if accepted else "—"
        groups.setdefault(row["section"], []).append(
            (
                wording.digits(str(number)),
                isolated(row["source"]),
                named(row["content"]),
                isolated(wording.day(due)) if due else "—",
                named(row["note"]) or "—",
                taken,
            )
        )
    day = date_of(facts["day"])
    note = _("What the post brings, as of %(day)s.") % {"day": isolated(wording.day(day)) if day else ""}
    found = tuple(Group(str(handing.SECTIONS[code]), tuple(rows)) for code, rows in groups.items())
    return Annex(_("Annex"), note, columns, found)

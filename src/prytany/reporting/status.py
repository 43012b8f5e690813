"""The status report of a period: counted sentences, own words, tables, and the list behind them."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from prytany.core import timing, wording
from prytany.reporting.digests import digest_of
from prytany.reporting.heads import head_of, office_of, sizes
from prytany.reporting.models import Report
from prytany.reporting.papers.paper import Block, Column, Paper, isolated, named
from prytany.reporting.wordings import (
    annex_of,
    date_of,
    lines,
    paragraphs,
    parts,
    period_name,
    roman,
    share,
    six_columns,
    tasks,
)
from prytany.work.timeliness import Timeliness

UNITS_SHOWN, DOCUMENTS_SHOWN = 30, 20

# The sections with room for own words: code -> (heading, what to write there).
OWN_WORDS = {
    "situation": (
        gettext_lazy("General situation"),
        gettext_lazy("Leading and directing work, notable events of the period."),
    ),
    "results": (gettext_lazy("Tasks"), gettext_lazy("What the figures do not say: notable results, why work is late.")),
    "obstacles": (
        gettext_lazy("Obstacles and proposals"),
        gettext_lazy("Causes, what was done about them, what the office proposes."),
    ),
    "next": (gettext_lazy("Next period"), gettext_lazy("The main tasks of the next period.")),
}


@dataclass(frozen=True)
class Section:
    """One section as page and paper show it: counted blocks, then own words."""

    code: str
    heading: str
    blocks: tuple[Block, ...]


def title_of(parameters: Mapping[str, Any]) -> str:
    """Return the report's title in the active language."""
    period = parameters["period"]
    return _("on the carrying out of tasks in %(period)s") % {
        "period": period_name(period["kind"], period["year"], period["number"])
    }


def sections(report: Report) -> list[Section]:
    """Return the counted sections in the active language."""
    facts, parameters = report.facts, report.parameters
    return [
        Section("situation", _("General situation"), _situation(facts, parameters)),
        Section("results", _("Tasks"), _results(facts, parameters)),
        Section("obstacles", _("Obstacles and proposals"), _obstacles(facts)),
        Section("next", _("Next period"), _next(facts)),
    ]


def _span(parameters: Mapping[str, Any]) -> dict[str, str]:
    period = parameters["period"]
    return {"start": isolated(wording.day(period["start"])), "end": isolated(wording.day(period["end"]))}


def _situation(facts: Mapping[str, Any], parameters: Mapping[str, Any]) -> tuple[Block, ...]:
    flow = facts["flow"]
    if "papers_in" not in flow:
        return ()
    text = _(
        "From %(start)s to %(end)s the office registered %(incoming)s incoming, %(outgoing)s outgoing and "
        "%(internal)s internal papers."
    ) % {
        **_span(parameters),
        "incoming": wording.count(flow["papers_in"]),
        "outgoing": wording.count(flow["papers_out"]),
        "internal": wording.count(flow["papers_internal"]),
    }
    return (Block("paragraph", text),)


def _six_items(six: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(
        _("%(class)s: %(share)s") % {"class": timing.class_words(which), "share": share(six[which], six["total"])}
        for which in Timeliness
    )


def _results(facts: Mapping[str, Any], parameters: Mapping[str, Any]) -> tuple[Block, ...]:
    flow, standing, whole = facts["flow"], facts["standing"], facts["tasks"]
    blocks = [
        Block(
            "paragraph",
            _("Assigned from %(start)s to %(end)s: %(parts)s of %(tasks)s.")
            % {**_span(parameters), "parts": parts(flow["assigned"]), "tasks": tasks(flow["tasks_assigned"])},
        )
    ]
    if flow["done"]:
        text = ngettext(
            "%(count)s part was done: on time by the current due date %(on_time)s, by the first due date %(first)s.",
            "%(count)s parts were done: on time by the current due date %(on_time)s, by the first due date %(first)s.",
            flow["done"],
        ) % {
            "count": wording.count(flow["done"]),
            "on_time": share(flow["done_on_time"], flow["done"]),
            "first": share(flow["done_on_first_time"], flow["done"]),
        }
        blocks.append(Block("paragraph", text))
    if flow["extended"]:
        blocks.append(
            Block(
                "paragraph",
                ngettext(
                    "More time was given %(count)s time.", "More time was given %(count)s times.", flow["extended"]
                )
                % {"count": wording.count(flow["extended"])},
            )
        )
    day = isolated(wording.day(date_of(facts["day"])))
    blocks += [
        Block(
            "paragraph",
            _("As of %(day)s, in all %(parts)s:") % {"day": day, "parts": parts(standing["total"])},
        ),
        Block("items", items=_six_items(standing)),
        Block("paragraph", _beside(facts)),
    ]
    if whole["total"]:
        blocks += [
            Block(
                "paragraph",
                _("By task, each counted by its lead’s part, in all %(tasks)s:") % {"tasks": tasks(whole["total"])},
            ),
            Block("items", items=_six_items(whole)),
        ]
    return (*blocks, *_tables(facts))


def _beside(facts: Mapping[str, Any]) -> str:
    standing, outside = facts["standing"], facts["outside"]
    return _(
        "Among them %(waiting)s awaiting check, %(blocked)s blocked, %(nothing)s with nothing to report; not counted: "
        "%(cancelled)s cancelled, %(back)s handed back."
    ) % {
        "waiting": wording.count(standing["waiting"]),
        "blocked": wording.count(standing["blocked"]),
        "nothing": wording.count(standing["nothing"]),
        "cancelled": wording.count(outside["cancelled"]),
        "back": wording.count(outside["handed_back"]),
    }


def _table(
    title: str, first: str, names: list[str], rows: list[Mapping[str, int]], rest: Mapping[str, int]
) -> list[Block]:
    columns = (
        # Titles of documents need more room than names of units.
        Column(first, 4.5 if any(len(name) > 40 for name in names) else 3),
        Column(_("Total"), 1, figures=True),
        *(Column(head, 1, figures=True) for head in six_columns()),
        Column(_("Blocked"), 1, figures=True),
    )
    keys = ["total", *Timeliness, "blocked"]
    table = [(name, *(wording.count(row[key]) for key in keys)) for name, row in zip(names, rows, strict=True)]
    if rest["number"]:
        name = ngettext("%(count)s more", "%(count)s more", rest["number"]) % {"count": wording.count(rest["number"])}
        table.append((name, *(wording.count(rest[key]) for key in keys)))
    return [Block("heading", title, level=2), Block("table", columns=columns, rows=tuple(table))]


def _rest(rows: list[dict[str, Any]]) -> dict[str, int]:
    keys = ["total", *Timeliness, "blocked"]
    return {"number": len(rows), **{str(key): sum(row[key] for row in rows) for key in keys}}


def _tables(facts: Mapping[str, Any]) -> list[Block]:
    units, documents = facts["units"], facts["documents"]
    blocks: list[Block] = []
    if units:
        shown = units[:UNITS_SHOWN]
        blocks += _table(
            _("By unit, in parts"), _("Unit"), [named(row["name"]) for row in shown], shown, _rest(units[UNITS_SHOWN:])
        )
    if documents:
        shown = documents[:DOCUMENTS_SHOWN]
        names = [
            f"{isolated(row['symbol'])} {named(row['summary'][:80])}".strip() or _("without a document")
            for row in shown
        ]
        blocks += _table(
            _("By directing document, in tasks"), _("Document"), names, shown, _rest(documents[DOCUMENTS_SHOWN:])
        )
    return blocks


def _obstacles(facts: Mapping[str, Any]) -> tuple[Block, ...]:
    flow = facts["flow"]
    text = _("Obstacles in the period: %(raised)s reported, %(answered)s answered; %(open)s still in the way.") % {
        "raised": wording.count(flow["obstacles_raised"]),
        "answered": wording.count(flow["obstacles_answered"]),
        "open": wording.count(flow["obstacles_open"]),
    }
    return (Block("paragraph", text),)


def _next(facts: Mapping[str, Any]) -> tuple[Block, ...]:
    standing = facts["standing"]
    text = _("Carried into the next period: %(overdue)s overdue, %(soon)s due soon, %(within)s within time.") % {
        "overdue": parts(standing["overdue"]),
        "soon": parts(standing["due_soon"]),
        "within": parts(standing["within"]),
    }
    return (Block("paragraph", text),)


def default_words(report: Report, on: datetime.date) -> dict[str, Any]:
    """Return what a fresh draft holds."""
    office = office_of(report.unit, on, report.language)
    return {
        "number": "",
        "to": "",
        **dict.fromkeys(OWN_WORDS, ""),
        "authority": office.authority,
        "signer_title": office.signer_title,
        "signer_name": office.signer_name,
        "recipients": "",
    }


def compose(report: Report, made_at: datetime.datetime, on: datetime.date) -> Paper:
    """Return the finished paper of a counted report, in the report's language."""
    with translation.override(report.language):
        office, words = office_of(report.unit, on, report.language), report.words
        blocks: list[Block] = []
        for number, section in enumerate(sections(report), start=1):
            heading = f"{isolated(f'{roman(number)}.')} {section.heading}"
            blocks.append(Block("heading", heading))
            blocks += section.blocks
            blocks += [Block("paragraph", named(text)) for text in paragraphs(words.get(section.code, ""))]
        kind = pgettext("kind of document", "Report")
        recipients = [*lines(words["recipients"]), _("Kept: registry.")]
        return Paper(
            language=report.language,
            family=office.family,
            layout=sizes(office),
            head=head_of(
                office,
                language=report.language,
                on=on,
                number=words["number"],
                abbreviation="BC",
                kind=kind,
                summary=report.title,
            ),
            to=tuple(lines(words["to"])),
            to_label=_("To:"),
            blocks=tuple(blocks),
            authority=words["authority"],
            signer_title=words["signer_title"],
            signer_name=words["signer_name"],
            recipients_label=_("Recipients:"),
            recipients=tuple(recipients),
            name=f"{kind} {report.title}",
            author=office.issuer,
            made_at=made_at.isoformat(),
            annex=_annex(report),
        )


def mark_of(report: Report) -> str:
    """Return the first digits of the digest of what was counted: who has the paper can hold it against the record."""
    return digest_of({"parameters": report.parameters, "facts": report.facts})[:16]


def _annex(report: Report) -> Any:
    facts = report.facts
    rows, day = facts["rows"], date_of(facts["day"])
    if not rows or day is None:
        return None
    note = _("All %(parts)s of the report, as of %(day)s.")
    if not facts["is_whole"]:
        note = _("Of %(total)s those that are overdue, blocked or due soon: %(parts)s, as of %(day)s.")
    values = {
        "parts": parts(len(rows)),
        "total": parts(facts["standing"]["total"]),
        "day": isolated(wording.day(day)),
    }
    foot = _("Counted on %(moment)s; check mark %(digest)s.") % {
        "moment": isolated(wording.day(report.counted_at)),
        "digest": isolated(mark_of(report)),
    }
    return annex_of(rows, day, title=_("Annex"), note=note % values, foot=foot)

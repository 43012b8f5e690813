"""The reminder letter (công văn đôn đốc) for chosen parts, with its list as annex and as text for a chat."""

import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prytany.accounts.models import Letterhead
from prytany.core import wording
from prytany.reporting.heads import head_of, office_of, sizes
from prytany.reporting.models import Report
from prytany.reporting.papers.paper import FSI, LRI, PDI, Block, Paper, isolated, named
from prytany.reporting.wordings import annex_of, date_of, lines, paragraphs, standing_words
from prytany.workdays.calendar import add_working_days

# How many working days units are given to answer, unless the office writes another date.
ANSWER_DAYS = 3
OWN_WORDS = ("opening", "closing")


def title_of() -> str:
    """Return the subject of the letter in the active language."""
    return _("tasks that are late or held up")


def default_words(report: Report, on: datetime.date) -> dict[str, Any]:
    """Return a letter that can be sent as it is, in the report's language."""
    with translation.override(report.language):
        office = office_of(report.unit, on, report.language)
        rows = report.facts["rows"]
        overdue = sum(row["timeliness"] == "overdue" for row in rows)
        opening = ngettext(
            "Following up on tasks assigned, the office finds that as of %(day)s %(count)s task is not finished, "
            "of which %(overdue)s overdue (list annexed).",
            "Following up on tasks assigned, the office finds that as of %(day)s %(count)s tasks are not finished, "
            "of which %(overdue)s overdue (list annexed).",
            len(rows),
        ) % {"day": wording.day(on), "count": wording.count(len(rows)), "overdue": wording.count(overdue)}
        until = add_working_days(on, ANSWER_DAYS, report.unit_id)
        closing = _(
            "The office asks the units named to finish these tasks, or to report the reason and a date by which they "
            "will be finished, by %(until)s."
        ) % {"until": wording.day(until)}
        return {
            "number": "",
            "to": "\n".join(dict.fromkeys(row["unit"] for row in rows)),
            "opening": opening,
            "closing": closing,
            "authority": office.authority,
            "signer_title": office.signer_title,
            "signer_name": office.signer_name,
            "recipients": "",
        }


def compose(report: Report, made_at: datetime.datetime, on: datetime.date) -> Paper:
    """Return the finished letter, in the report's language."""
    with translation.override(report.language):
        office, words = office_of(report.unit, on, report.language), report.words
        is_party = office.family == Letterhead.Family.PARTY
        blocks = [Block("paragraph", named(text)) for text in paragraphs(words["opening"])]
        blocks += [Block("paragraph", named(text)) for text in paragraphs(words["closing"])]
        day = date_of(report.facts["day"]) or on
        return Paper(
            language=report.language,
            family=office.family,
            layout=sizes(office),
            head=head_of(
                office,
                language=report.language,
                on=on,
                number=words["number"],
                abbreviation="CV" if is_party else "",
                subject=report.title,
            ),
            to=tuple(named(one) for one in lines(words["to"])),
            to_label=_("To:"),
            blocks=tuple(blocks),
            authority=words["authority"],
            signer_title=words["signer_title"],
            signer_name=words["signer_name"],
            recipients_label=_("Recipients:"),
            recipients=(_("As above;"), *lines(words["recipients"]), _("Kept: registry.")),
            name=f"{_('Reminder letter')}: {report.title}",
            author=office.issuer,
            made_at=made_at.isoformat(),
            annex=annex_of(
                report.facts["rows"],
                day,
                title=_("Annex"),
                note=_("Tasks to be finished, as of %(day)s.") % {"day": isolated(wording.day(day))},
                foot="",
            ),
        )


def chat_text(report: Report) -> str:
    """Return the letter as text to paste into a chat: opening, the tasks by unit, closing."""
    with translation.override(report.language):
        day = date_of(report.facts["day"]) or datetime.date.min
        parts = [report.words["opening"]]
        by_unit: dict[str, list[str]] = {}
        for row in report.facts["rows"]:
            source = f"{isolated(row['source'])} " if row["source"] else ""
            line = f"- {source}{named(row['content'])}: {standing_words(row, day)}"
            by_unit.setdefault(row["unit"], []).append(line)
        parts += ["\n".join([f"{named(unit)}:", *found]) for unit, found in by_unit.items()]
        parts.append(report.words["closing"])
        text = "\n\n".join(parts)
        if translation.get_language_bidi():
            return text
        return text.replace(LRI, "").replace(FSI, "").replace(PDI, "")

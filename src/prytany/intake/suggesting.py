"""From what was read in a passage to the cells of a row: units by their names here, dates as they are typed."""

import calendar
import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import translation
from django.utils.translation import gettext as _

from prytany.core.dates import DueDate, as_typed
from prytany.intake.kept import unit_names
from prytany.intake.reading.model import Actor, Deadline, TaskProposal
from prytany.intake.reading.products import product_in
from prytany.organisation.matching import Match, Mention, UnitMatcher

COLUMNS = ("content", "lead", "coordinating", "due", "product")
LIKELY = 3
NAMED_EARLY = 90  # a unit named so early in a sentence that a person points at is taken for the one who acts


@dataclass
class Suggestion:
    """Cells as a person would type them; `hints` are words of the text that no cell could take, by column.

    `likely` are names of units that the words for the lead may mean, best first, none of them certain.
    """

    cells: dict[str, str]
    hints: dict[str, str] = field(default_factory=dict)
    likely: list[str] = field(default_factory=list)


@dataclass
class _Units:
    """The units a passage means, before their names are looked up; a group stands as its words."""

    lead: int | None = None
    coordinating: list[int | str] = field(default_factory=list)
    hint: str = ""
    likely: list[int] = field(default_factory=list)

    def ids(self) -> set[int]:
        """All units whose names are needed."""
        found = {pk for pk in self.coordinating if isinstance(pk, int)} | set(self.likely)
        return found | ({self.lead} if self.lead else set())


def suggest(
    proposals: Sequence[TaskProposal],
    *,
    matcher: UnitMatcher,
    day: datetime.date | None,
    language: str | None,
    pointed_at: bool = False,
) -> list[Suggestion]:
    """Return the cells for each proposal. `day` is the day of the event or of the paper, from which terms count.

    With `pointed_at` a person takes the sentence for a task, so a unit that it names early is offered as the lead.
    """
    meant = [_units_of(proposal, matcher, pointed_at=pointed_at) for proposal in proposals]
    names = unit_names(matcher, set().union(*(units.ids() for units in meant)) if meant else set())
    with translation.override(language or "vi"):
        usual = _("Report")
    return [
        _suggestion(proposal, units, names, day, product_in(proposal.content, language) or usual)
        for proposal, units in zip(proposals, meant, strict=True)
    ]


def _suggestion(
    proposal: TaskProposal, units: _Units, names: dict[int, str], day: datetime.date | None, product: str
) -> Suggestion:
    due = due_of(proposal.deadline, day)
    named = [names.get(one, "") if isinstance(one, int) else one for one in units.coordinating]
    cells = {
        "content": proposal.content,
        "lead": names.get(units.lead, "") if units.lead else "",
        "coordinating": "; ".join(dict.fromkeys(filter(None, named))),
        "due": as_typed(due) if due else "",
        "product": product,
    }
    hints = {"lead": units.hint} if units.hint and not cells["lead"] else {}
    if proposal.deadline.text and not due:
        hints["due"] = proposal.deadline.text
    return Suggestion(cells, hints, [names[pk] for pk in units.likely if pk in names])


def _units_of(proposal: TaskProposal, matcher: UnitMatcher, *, pointed_at: bool) -> _Units:
    mentions = matcher.find_in(proposal.span.text)
    found = _Units()
    if proposal.lead is not None:
        _take_lead(found, proposal.lead, proposal, mentions, matcher)
    for actor in proposal.cooperating:
        for match, words in _matches(actor, proposal, mentions, matcher):
            found.coordinating += [words] if match.group is not None else match.unit_ids
    if pointed_at and proposal.lead is None:
        for mention in mentions:
            if mention.match.group is not None:
                found.coordinating.append(proposal.span.text[mention.start : mention.end])
            elif found.lead is None and mention.start < NAMED_EARLY and mention.match.best:
                found.lead = mention.match.best.unit_id
            else:
                found.coordinating += mention.match.unit_ids
    found.coordinating = [one for one in found.coordinating if one != found.lead]
    return found


def _take_lead(
    found: _Units, actor: Actor, proposal: TaskProposal, mentions: Sequence[Mention], matcher: UnitMatcher
) -> None:
    """The first certain unit leads and others named with it coordinate; of a group somebody has to be chosen; where
    nothing is certain the words stay, and what they may mean."""
    for match, words in _matches(actor, proposal, mentions, matcher):
        if match.group is not None:
            found.coordinating.append(words)
        elif match.best is None:
            found.likely += [one.unit_id for one in match.candidates if not one.has_ended][:LIKELY]
        elif found.lead is None:
            found.lead = match.best.unit_id
        else:
            found.coordinating.append(match.best.unit_id)
    if found.lead is None:
        found.hint = actor.text


def _matches(
    actor: Actor, proposal: TaskProposal, mentions: Sequence[Mention], matcher: UnitMatcher
) -> list[tuple[Match, str]]:
    """What the words for one who acts mean, each with its words: what the matcher sees at their place in the passage
    (with "all" or the number before a group, which are no part of the name), where that is most of them."""
    if actor.span is not None and actor.span.line == proposal.span.line:
        start, end = actor.span.start - proposal.span.start, actor.span.end - proposal.span.start
        over = [mention for mention in mentions if mention.start < end and start < mention.end]
        covered = sum(min(end, mention.end) - max(start, mention.start) for mention in over)
        if covered * 2 >= end - start and any(mention.match.unit_ids for mention in over):
            return [(mention.match, proposal.span.text[mention.start : mention.end]) for mention in over]
    return [(matcher.match(actor.text), actor.text)]


_DURATION = re.compile(r"P(\d{1,3})([DWMY])")


def due_of(deadline: Deadline, day: datetime.date | None) -> DueDate | None:
    """Return the due date that a deadline means, None where it names none or depends on what is not known."""
    if deadline.kind in ("before", "on_or_before", "period", "year") and deadline.iso:
        return _dated(deadline, day)
    if deadline.kind == "relative_duration" and deadline.duration and day is not None:
        return _after(day, deadline.duration)
    return None


def _dated(deadline: Deadline, day: datetime.date | None) -> DueDate | None:
    iso, end = deadline.iso or "", deadline.iso_end
    if iso.startswith("--"):
        return _in_a_year(iso, day)
    if len(iso) == 4:
        return DueDate(datetime.date(int(end or iso), 12, 31), "year")
    try:
        first = datetime.date.fromisoformat(iso)
        last = datetime.date.fromisoformat(end) if end else first
    except ValueError:
        return None
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    whole = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1] and last != first
    if whole and months == 1:
        return DueDate(last, "month")
    if whole and months == 3 and first.month % 3 == 1:
        return DueDate(last, "quarter")
    return DueDate(last)


def _in_a_year(iso: str, day: datetime.date | None) -> DueDate | None:
    """The next such day after the day of the event; without one the year is not known and nothing is guessed."""
    found = re.fullmatch(r"--(\d\d)-(\d\d)", iso)
    if day is None or found is None:
        return None
    for year in (day.year, day.year + 1):
        try:
            date = datetime.date(year, int(found[1]), int(found[2]))
        except ValueError:
            continue
        if date >= day:
            return DueDate(date)
    return None


def _after(day: datetime.date, duration: str) -> DueDate | None:
    found = _DURATION.fullmatch(duration)
    if found is None:
        return None
    number = int(found[1])
    if found[2] in "DW":
        return DueDate(day + datetime.timedelta(days=number * (7 if found[2] == "W" else 1)))
    months = day.month - 1 + number * (12 if found[2] == "Y" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return DueDate(datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1])))

"""Facts about the whole text: its kind, the body it speaks of, when it took place. Each with the words that say so."""

import datetime
import re
from dataclasses import replace

from prytany.intake.reading import packs
from prytany.intake.reading.actors import actor_between, actor_ending, past_opening, span_of
from prytany.intake.reading.dates import Moment, moments
from prytany.intake.reading.deadlines import is_limit
from prytany.intake.reading.model import Actor, EventDate, Fact, Span
from prytany.intake.reading.pack import Pack
from prytany.intake.reading.segments import Line, Passage
from prytany.intake.reading.shadow import fold_line
from prytany.intake.reading.tokens import Hit

_OPENING = 5  # sentences that say what happened, where and when
_ORDER = (
    "award_council_meeting", "award_call", "response_to_petition", "meeting_minutes", "official_letter_report",
    "working_session_report", "review_meeting_report", "emulation_conference_report", "plan_announcement",
    "decision_announcement", "committee_actions_item", "conference_report", "meeting_report",
)  # fmt: skip


_ANNOUNCED = ("plan_announcement", "decision_announcement")
_GENERAL = ("conference_report", "meeting_report")


def kind_of(passages: list[Passage], pack: Pack) -> Fact:
    """Return the kind of report, by the words of its first sentences; a headline and the first sentence weigh most."""
    scores: dict[str, float] = {}
    because: dict[str, Span] = {}
    for place, passage in enumerate(p for p in passages if p.text.strip()):
        if place >= 8:
            break
        weight = (3.0, 2.0, 1.5, 1.0, 0.8, 0.6, 0.5, 0.4)[place]
        for kind, pattern in pack.keyed("kinds").items():
            match = pattern.search(passage.text[:600])
            if match:
                worth = weight * (1.0 if match.start() < 160 else 0.6)
                # A plan or decision is announced at the top; further down it is one matter among others.
                worth *= 0.5 if place >= 2 and kind in _ANNOUNCED else 1.0
                # A meeting is spoken of in every sentence: for the general kinds only the best place counts.
                scores[kind] = max(scores.get(kind, 0.0), worth) if kind in _GENERAL else scores.get(kind, 0.0) + worth
                start = passage.start + match.start()
                because.setdefault(kind, span_of(passage.line, start, passage.start + match.end()))
    if not scores:
        return Fact("other", "inferred")
    # The kinds are ordered from the telling to the general: a meeting is also many other things.
    special = {k: v * (0.6 if k in _GENERAL else 1.0) for k, v in scores.items()}
    best = max(special, key=lambda k: (special[k], -_ORDER.index(k)))
    return Fact(best, "inferred", (because[best],))


def body_of(passages: list[Passage], pack: Pack) -> tuple[Fact, Actor | None]:
    """Return the body the report is about: who held the meeting, issued the plan, or works in it."""
    opening = [p for p in passages if p.text.strip()][:_OPENING]
    for passage in opening:
        for verb in passage.all("host"):
            actor = _host(passage, verb, pack)
            if actor and actor.span:
                return Fact(actor.text, "stated", (actor.span,)), replace(actor, basis="body")
    for passage in opening[:3]:
        for unit in passage.all("unit"):
            actor = _named(passage, unit, pack)
            if actor and actor.span and len(actor.text.split()) > 1:
                return Fact(actor.text, "inferred", (actor.span,)), replace(actor, basis="body")
    return Fact(None), None


def _host(passage: Passage, verb: Hit, pack: Pack) -> Actor | None:
    """The unit that held, chaired or issued; where a person did, the unit the meeting is of."""
    if pack.verb == "last":
        marks = [h for h in passage.all("open") if h.end <= verb.start]
        for mark in marks:
            if passage.covered_by(mark.first - 1, "unit"):
                return actor_ending(passage, mark.first - 1, passage.start, pack)
        return None
    if pack.host_order == "verb":
        actor = actor_between(passage, verb.end, min(passage.end, verb.end + 160), pack)
    else:
        actor = actor_between(passage, past_opening(passage, passage.start, verb.start, pack), verb.start, pack)
    if actor and actor.span and not _is_person(passage, actor):
        return actor
    if pack.head == "first" and pack.host_order != "verb":
        titles = [h for h in passage.all("unit") if h.end <= verb.start]
        return _named(passage, titles[-1], pack, before=verb.start) if titles else None
    for event in passage.all("event"):
        units = [h for h in passage.all("unit") if h.start >= event.end]
        if units and units[0].first <= event.last + 4:
            return _named(passage, units[0], pack)
    return None


def _named(passage: Passage, unit: Hit, pack: Pack, before: int | None = None) -> Actor | None:
    if pack.head == "first":
        actor = actor_between(passage, unit.start, before or passage.end, pack)
    else:
        actor = actor_ending(passage, unit.last, passage.start, pack)
    return actor if actor and not _is_person(passage, actor) else None


def _is_person(passage: Passage, actor: Actor) -> bool:
    """Whether the words name the holder of a post rather than a body."""
    shadow = passage.line.shadow
    inside = [h for h in passage.all("post", "role") if shadow.original(h.start, h.end) in actor.text]
    units = [h for h in passage.all("unit") if shadow.original(h.start, h.end) in actor.text]
    if not units:
        return True
    return bool(inside)


def event_date_of(passages: list[Passage], lines: list[Line], pack: Pack) -> EventDate:
    """Return the day of the event: the first date of the opening that is not the date of a paper it cites."""
    years = _Years(passages, pack)
    issued: EventDate | None = None
    for passage in _opening(passages):
        if passage.has("will", "must") and not passage.has("done", "host"):
            continue
        found = [
            m
            for m in moments(passage.text, pack)
            if m.precision == "day" and not _cited(passage.text, m, pack) and not is_limit(passage.text, m, pack)
        ]
        if not found and issued is None and passage.has("decide", "host", "done"):
            issued = _issued(passage, pack)
        if found and issued and not passage.has("event", "host"):
            return issued
        for moment in found:
            span = span_of(passage.line, passage.start + moment.start, passage.start + moment.end)
            if moment.year is not None:
                return EventDate(moment.iso(), "day", "stated", (span,))
            published = _published(lines, pack, moment)
            if published:
                return EventDate(f"{published}{(moment.iso() or '')[1:]}", "day", "inferred", (span,))
            year = years.guess(moment.month or 1)
            if year:
                iso = f"{year[0]}-{moment.month:02}-{moment.day:02}"
                return EventDate(iso, "day", "inferred", (span, year[1]))
            return EventDate(moment.iso(), "day", "stated", (span,))
    told = _by_page_date(passages, lines, pack)
    if told:
        return told
    for passage in _opening(passages)[:2]:
        for moment in moments(passage.text, pack):
            if moment.precision != "month" or not moment.year or _cited(passage.text, moment, pack):
                continue
            if passage.has("event"):
                span = span_of(passage.line, passage.start + moment.start, passage.start + moment.end)
                return EventDate(f"{moment.year}-{moment.month:02}", "month", "stated", (span,))
    return EventDate()


def _issued(passage: Passage, pack: Pack) -> EventDate | None:
    """The full date of the paper a sentence tells of: the day of the event if the text tells of no other."""
    for moment in moments(passage.text, pack):
        if moment.precision == "day" and moment.year and _cited(passage.text, moment, pack):
            span = span_of(passage.line, passage.start + moment.start, passage.start + moment.end)
            return EventDate(moment.iso(), "day", "inferred", (span,))
    return None


def _opening(passages: list[Passage]) -> list[Passage]:
    return [p for p in passages if p.text.strip()][: _OPENING + 1]


def _cited(text: str, moment: Moment, pack: Pack) -> bool:
    pattern = pack.pattern("citation")
    if pattern is None:
        return False
    begin = max(0, moment.start - 70)
    for match in pattern.finditer(text[begin : moment.end]):
        if match.end() + begin > moment.start and match.start() + begin < moment.start:
            return True
    late = pack.cached("late", r"(?:" + "|".join(pack.late_words) + r")\s*$") if pack.late_words else None
    return bool(late and late.search(text[max(0, moment.start - 24) : moment.start]))


_STAMP = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](20\d{2})(?!\d)")


def _published(lines: list[Line], pack: Pack, moment: Moment) -> int | None:
    """The year of a line that says when the page was published: a date with its hour, or one set apart."""
    for line in lines:
        text = line.shadow.text
        stamp = _STAMP.search(text)
        if stamp and len(text) < 120 and (line.furniture or re.search(r"\d{1,2}:\d{2}", text)):
            year, month = int(stamp.group(3)), int(stamp.group(2))
            # An event of December is told in January of the next year.
            return year - 1 if (moment.month or 1) == 12 and month == 1 else year
    return None


_STAMPED = re.compile(
    r"\d{1,2}:\d{2}|\d{1,2}\s?h\s?\d{2}|\b(?:am|pm|ist|pst|gmt|updated|published|posted|publié|cập nhật|प्रकाशित|अपडेट|نشر|تحديث|شائع|اپ ڈیٹ)"
)


def _by_page_date(passages: list[Passage], lines: list[Line], pack: Pack) -> EventDate | None:
    """ "On Wednesday", "today": the day of the event by the date the page bears; None without either."""
    stamp = _page_date(lines, pack)
    if stamp is None:
        return None
    published, span = stamp
    for passage in _opening(passages):
        if not passage.has("event", "host", "done"):
            continue
        for word, number in pack.weekdays.items():
            m = re.search(rf"(?<!\w){re.escape(fold_line(word))}(?!\w)", passage.text)
            if m:
                day = published - datetime.timedelta(days=(published.weekday() - number) % 7)
                said = span_of(passage.line, passage.start + m.start(), passage.start + m.end())
                return EventDate(day.isoformat(), "day", "inferred", (said, span))
        for pattern in (*pack.each("today")[:3], *pack.each("just")):
            m = re.search(rf"(?<!\w)(?:{pattern.pattern})(?!\w)", passage.text)
            if m:
                said = span_of(passage.line, passage.start + m.start(), passage.start + m.end())
                return EventDate(published.isoformat(), "day", "inferred", (said, span))
    return None


def _page_date(lines: list[Line], pack: Pack) -> tuple[datetime.date, Span] | None:
    """The date of a line that says when the page was published; the dates of many pages are in English."""
    for line in lines:
        text = line.shadow.text
        if len(text) > 120 or not _STAMPED.search(text):
            continue
        for reader in (pack, packs.load("en")):
            for moment in moments(text, reader):
                if moment.precision == "day" and moment.year and moment.month and moment.day:
                    day = datetime.date(moment.year, moment.month, moment.day)
                    return day, span_of(line, moment.start, moment.end)
    return None


_REST = re.compile(r"last|final|remain|rest|cuối|còn lại|quý|derni|reste|अंतिम|शेष|الأخير|المتبق|آخری|باقی")


class _Years:
    """Which year a day without one belongs to, by the years the text looks back on and ahead to."""

    def __init__(self, passages: list[Passage], pack: Pack) -> None:
        self.ahead: dict[int, Span] = {}
        self.back: dict[int, Span] = {}
        self.ranges: list[tuple[int, int, Span]] = []
        self.any: dict[int, Span] = {}
        for passage in passages:
            self._take(passage, pack)

    def _take(self, passage: Passage, pack: Pack) -> None:
        text = passage.text
        if "20" not in text:
            return
        for store, name in ((self.ahead, "task_year"), (self.back, "result_year")):
            for pattern in pack.each(name):
                for m in pattern.finditer(text):
                    span = span_of(passage.line, passage.start + m.start(), passage.start + m.end())
                    if not re.match(r"\s?-\s?\d", text[m.end("y") :]) and not re.search(
                        r"\d\s?-\s?$", text[: m.start("y")]
                    ):
                        store.setdefault(int(m.group("y")), span)
        for moment in moments(text, pack):
            span = span_of(passage.line, passage.start + moment.start, passage.start + moment.end)
            if moment.precision == "range" and moment.year and moment.until:
                self.ranges.append((moment.year, moment.until, span))
            elif moment.year and not _cited(text, moment, pack):
                self.any.setdefault(moment.year, span)

    def guess(self, month: int) -> tuple[int, Span] | None:
        """Return a year that the text itself points to, with the words that do; None rather than a bare guess."""
        turning = self._turn()
        pairs = [y for y in self.ahead if y - 1 in self.back or y - 1 in self.any]
        if pairs:
            year = pairs[0]
            chosen = year if month <= 6 else year - 1
            return chosen, self.ahead[year]
        if len(self.ahead) == 1:
            year = next(iter(self.ahead))
            # What is planned for a year is told before it begins, unless it is for the rest of the year.
            late = month == 12 or (month == 11 and not _REST.search(self.ahead[year].text))
            return (year - 1 if late else year), self.ahead[year]
        if len(self.back) == 1 and month >= 10:
            year = next(iter(self.back))
            return year, self.back[year]
        return turning

    def _turn(self) -> tuple[int, Span] | None:
        """One period ends and the next begins: the year between them."""
        starts = {first: span for first, _, span in self.ranges}
        for _, last, _ in self.ranges:
            if last in starts:
                return last, starts[last]
        return None

"""Reading a text: one call, no state, no network, the same answer every time."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from prytany.intake.reading import packs
from prytany.intake.reading.actors import span_of
from prytany.intake.reading.awards import awards_in
from prytany.intake.reading.detect import language_of, line_language
from prytany.intake.reading.exchanges import exchanges_in, mark_answers
from prytany.intake.reading.facts import body_of, event_date_of, kind_of
from prytany.intake.reading.furniture import set_apart
from prytany.intake.reading.matters import in_order, matters_in
from prytany.intake.reading.model import (
    Actor,
    AwardProposal,
    EventDate,
    Fact,
    Matter,
    PageOne,
    Reading,
    Sentence,
    Span,
    TaskProposal,
)
from prytany.intake.reading.pack import Pack
from prytany.intake.reading.page_one import page_of
from prytany.intake.reading.segments import Line, Passage, passages_of, raw_lines, sentence_spans, split_lines
from prytany.intake.reading.signs import Course
from prytany.intake.reading.tables import requests_of_tables, tasks_of_tables
from prytany.intake.reading.tasks import tasks_in
from prytany.intake.reading.totals import totals_in
from prytany.intake.reading.voice import set_roles

BY_ITEM = {"meeting_minutes", "committee_actions_item"}
FOREIGN = 60  # a line at least so long is read in its own language where a text mixes several


def read(text: str, *, name: str = "", language: str | None = None) -> Reading:
    """Return what the text seems to say. `language` overrules the detector; a language without a pack is still split."""
    lines = split_lines(text)
    code = language or language_of(text)
    pack = packs.load(code) if code in packs.codes() and code else None
    set_apart(lines, pack)
    if pack is None:
        return _unread(name, text, lines, code)
    rows = requests_of_tables(lines, pack)
    tasks_of_tables([line for line in lines if not line.table], pack, None)
    passages, exchanges = _passages(lines, pack, code or "")
    own = [p for p in passages if p.line.language == code]
    body, actor = body_of(own, pack)
    event = event_date_of(own, lines, pack)
    page = page_of(lines, pack)
    kind = _told_by_page(kind_of(own, pack), page)
    tasks = _tasks(passages, pack, event, actor, by_item=kind.value in BY_ITEM)
    asked = {matter.because[0].line for matter in rows if matter.because}
    spoken = _by_language(passages, code or "")
    listed = tasks_of_tables([line for line in lines if line.number not in asked], pack, _day_of(event))
    tasks = sorted([*tasks, *listed], key=lambda t: (t.span.line, t.span.start)) if listed else tasks
    return Reading(
        name=name,
        lines=tuple(raw_lines(text)),
        language=code,
        languages=_languages(passages, code or ""),
        pack=True,
        kind=kind,
        body=body,
        event_date=event,
        sentences=_sentences(lines, passages),
        tasks=tuple(tasks),
        awards=tuple(_awards(spoken, exchanges, council=kind.value == "award_council_meeting")),
        matters=tuple(_matters(spoken, tasks, rows, exchanges)),
        totals=totals_in(own, tasks, pack),
        page=page if page.is_official else None,
    )


def read_many(texts: Iterable[tuple[str, str]]) -> list[Reading]:
    """Read several (name, text) pairs and say which of them are the same document."""
    readings = [read(text, name=name) for name, text in texts]
    if len(readings) < 2:
        return readings
    from prytany.intake.reading.same import same_groups  # noqa: PLC0415 - its tables are loaded only where needed

    groups = same_groups(readings)
    return [replace(reading, same_as=groups[i]) for i, reading in enumerate(readings)]


def _of_line(line: Line, pack: Pack, code: str) -> list[Passage]:
    """The sentences of a line, each read with the pack of its own language where it clearly is in another one."""
    line.language = code
    if len(line.shadow.text) < FOREIGN:
        return passages_of(line, pack)
    spans = list(sentence_spans(line, pack))
    languages = [
        line_language(line.shadow.original(a, b), code) if b - a >= FOREIGN or len(spans) == 1 else code
        for a, b in spans
    ]
    if set(languages) == {code}:
        return passages_of(line, pack, spans)
    found: list[Passage] = []
    # Neighbours in one language are one line to the reader: what a sentence refers to stands beside it.
    for language, group in groupby(zip(languages, spans, strict=True), key=lambda item: item[0]):
        own = replace(line, language=language)
        found += passages_of(own, packs.load(language), [span for _, span in group])
    return found


def _by_language(passages: list[Passage], code: str) -> list[tuple[str, list[Passage]]]:
    """The sentences of each language, the languages in a fixed order."""
    languages = sorted({p.line.language or code for p in passages})
    return [(language, [p for p in passages if (p.line.language or code) == language]) for language in languages]


def _passages(lines: list[Line], pack: Pack, code: str) -> tuple[list[Passage], dict[str, list[Matter]]]:
    """The sentences of all lines that are text, and by language the requests that are answered on the spot."""
    found: list[Passage] = []
    for line in lines:
        text = line.shadow.text
        if line.furniture or line.table or not text.strip():
            continue
        found += _of_line(line, pack, code)
    _set_headings(found)
    _set_headline(found)
    exchanges: dict[str, list[Matter]] = {}
    for language, own in _by_language(found, code):
        reader = packs.load(language)
        exchanges[language] = exchanges_in([p for p in own if not p.line.heading], reader)
        mark_answers(own, reader)
        set_roles(own, reader)
    for passage in found:
        if passage.line.heading and passage.role != "people":
            passage.role = "heading"
    return found, exchanges


# What a text is told to be by its first page where its sentences do not say it.
_PAGES = {
    "official_letter": "official_letter_report", "minutes": "meeting_minutes", "decision": "decision_announcement",
    "plan": "plan_announcement", "circular": "official_letter_report", "directive": "official_letter_report",
    "memorandum": "official_letter_report", "telegram": "official_letter_report",
}  # fmt: skip


def _told_by_page(kind: Fact, page: PageOne) -> Fact:
    told = _PAGES.get(page.kind.value or "") if page.kind and page.is_official else None
    return Fact(told, "inferred", page.kind.because) if told and page.kind and kind.value == "other" else kind


def _awards(
    spoken: list[tuple[str, list[Passage]]], exchanges: dict[str, list[Matter]], *, council: bool
) -> Iterator[AwardProposal]:
    for language, own in spoken:
        yield from awards_in(_not_refused(own, exchanges[language]), packs.load(language), council=council)


def _matters(
    spoken: list[tuple[str, list[Passage]]],
    tasks: list[TaskProposal],
    rows: list[Matter],
    exchanges: dict[str, list[Matter]],
) -> list[Matter]:
    found = list(rows)
    for language, own in spoken:
        found += matters_in(own, packs.load(language), tasks, exchanges[language])
    return in_order(found)


def _not_refused(passages: list[Passage], exchanges: list[Matter]) -> list[Passage]:
    """Without the requests that were refused: an award asked for and not agreed to is none."""
    refused = {(m.span.line, m.span.start) for m in exchanges if m.span and m.outcome == "refused"}
    return [p for p in passages if (p.line.number, p.line.shadow.span(p.opening, p.end)[0]) not in refused]


def _languages(passages: list[Passage], main: str) -> tuple[str, ...]:
    """The languages of the text, the main one first; others where they make up a fair part."""
    sizes: Counter[str] = Counter()
    for passage in passages:
        if passage.line.language:
            sizes[passage.line.language] += passage.end - passage.start
    whole = sum(sizes.values()) or 1
    return (main, *(code for code, size in sizes.most_common() if code != main and size / whole >= 0.08))


def _set_headings(passages: list[Passage]) -> None:
    """Lines at the top that do not end like a sentence are headlines; so are lines all in capitals."""
    lines: dict[int, list[Passage]] = {}
    for passage in passages:
        lines.setdefault(passage.line.number, []).append(passage)
    for place, own in enumerate(lines.values()):
        text = own[0].line.shadow.raw.strip()
        letters = [c for c in text if c.isalpha()]
        ends = text.rstrip("\"'”»)…").endswith((".", "!", "?", "।", "۔", "؟", ":", ";", "..."))
        capitals = len(letters) > 8 and text == text.upper() and text != text.lower()
        if (
            len(own) == 1
            and not own[0].item
            and len(text) <= 220
            and ((place < 2 and not ends and len(lines) > 3) or capitals)
        ):
            own[0].line.heading = True


def _set_headline(passages: list[Passage]) -> None:
    """A first line that a later sentence tells again in full is a headline, whether or not it ends with a stop."""
    first = [p for p in passages if p.line is passages[0].line] if passages else []
    if len(first) != 1 or len(first[0].text) > 300:
        return
    words = {t.text for t in first[0].tokens if len(t.text) > 2}
    for later in passages[1:9]:
        again = {t.text for t in later.tokens if len(t.text) > 2}
        if len(words) >= 5 and len(words & again) / len(words) >= 0.7:
            first[0].line.heading = True


def _tasks(
    passages: list[Passage], pack: Pack, event: EventDate, actor: Actor | None, *, by_item: bool
) -> list[TaskProposal]:
    day = _day_of(event)
    found: list[TaskProposal] = []
    courses: dict[str, Course] = {}
    for passage in passages:
        language = passage.line.language or pack.code
        if language not in courses:
            body = actor if language == pack.code else None
            courses[language] = Course(packs.load(language), event=day, body=body, by_item=by_item)
        found += tasks_in([passage], courses[language])
    return found


def _day_of(event: EventDate) -> datetime.date | None:
    if event.precision == "day" and event.iso and not event.iso.startswith("--"):
        return datetime.date.fromisoformat(event.iso)
    return None


def _sentences(lines: list[Line], passages: list[Passage]) -> tuple[Sentence, ...]:
    found = [Sentence(span_of(p.line, p.start, p.end), p.role) for p in passages]
    for line in lines:
        if line.furniture or line.table:
            raw = line.shadow.raw
            start = len(raw) - len(raw.lstrip())
            end = len(raw.rstrip())
            role = "furniture" if line.furniture else "keytasks"
            found.append(Sentence(Span(line.number, start, end, raw[start:end]), role, line.furniture))
    return tuple(sorted(found, key=lambda s: (s.span.line, s.span.start)))


def _unread(name: str, text: str, lines: list[Line], code: str | None) -> Reading:
    """A text in a language without a pack: its sentences and furniture, nothing proposed."""
    found = []
    for line in lines:
        if line.furniture:
            raw = line.shadow.raw.strip()
            start = line.shadow.raw.find(raw)
            found.append(Sentence(Span(line.number, start, start + len(raw), raw), "furniture", line.furniture))
            continue
        found += [Sentence(span_of(line, a, b), "context") for a, b in sentence_spans(line, None)]
    return Reading(
        name, tuple(raw_lines(text)), code, (), False, Fact(None), Fact(None), EventDate(), tuple(found), (), (), (), ()
    )

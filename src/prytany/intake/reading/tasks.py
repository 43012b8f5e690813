"""Clauses that ask for something to be done, with who is asked, by when, and in whose voice."""

from collections.abc import Iterator
from dataclasses import replace

from prytany.intake.reading.actors import actor_between, actor_ending, partners, span_of
from prytany.intake.reading.contents import content_of
from prytany.intake.reading.deadlines import deadline_in
from prytany.intake.reading.model import Actor, Deadline, TaskProposal
from prytany.intake.reading.pack import Pack
from prytany.intake.reading.segments import Passage, Piece
from prytany.intake.reading.shadow import fold_line
from prytany.intake.reading.signs import Course, Sign
from prytany.intake.reading.subjects import subject
from prytany.intake.reading.verb_first import read_verb_first
from prytany.intake.reading.verb_last import parted_at_verbs, read_verb_last
from prytany.intake.reading.voice import ASKING, LOOKING_BACK

LONGEST_CLAUSE = 400


_VOICES = {"keytasks": "key task list", "plan": "programme", "results": "programme", "context": "programme"}


def tasks_in(passages: list[Passage], course: Course) -> Iterator[TaskProposal]:
    """Yield the tasks proposed by the sentences, in order."""
    for passage in passages:
        yield from _of_sentence(passage, course)


def _of_sentence(passage: Passage, course: Course) -> Iterator[TaskProposal]:
    pack = course.pack
    if _names_actor_only(passage, course):
        return
    silent = passage.role in ("people", "decision") and not (passage.has("direct", "assign") or passage.entrusts)
    if (
        silent
        or passage.exchange not in ("", "told")
        or passage.role == "heading"
        or passage.role in ("awards", "proposals")
    ):
        _remember_topic(passage, course)
        return
    if passage.line.number != course.line:
        course.line = passage.line.number
        if not passage.item:
            course.opened = None
        _enter_line(passage, course)
        if course.by_item:
            course.actor = course.unit = None
        if course.unit is not None and course.actor is not None:
            course.actor = course.unit
    governing = course.opened if passage.item else None
    found = follows = False
    opener: Actor | None = None
    pieces = passage.pieces if pack.verb == "first" else parted_at_verbs(passage, course)
    for piece in pieces:
        sign = (read_verb_first if pack.verb == "first" else read_verb_last)(passage, piece, course, governing)
        if sign is None and follows:
            sign = _goes_on(passage, piece, pack)
        if sign is None:
            continue
        if sign.frame:
            told = tuple(span_of(passage.line, h.start, h.end) for h in sign.because)
            governing = replace(sign, because=[], told=told)
            if passage.text.rstrip().endswith(":"):
                course.opened = replace(governing, certainty=0.75)
        sign = _of_opener(sign, opener, course)
        if sign.certainty <= 0 or _announces(passage, piece, sign, pack):
            continue
        found = follows = True
        if passage.item and governing is course.opened and sign.actor and _stands_here(passage, sign.actor):
            opener = sign.actor
        if sign.actor and sign.actor.basis == "stated" and sign.certainty >= 0.6:
            course.asked.add(sign.actor.text)
            course.actor = replace(sign.actor, basis="carried")
            if _names_unit(passage, sign.actor) or course.unit is None:
                course.unit = course.actor if _names_unit(passage, sign.actor) else None
        yield from _made(passage, piece, sign, course)
    if not found:
        _remember_topic(passage, course)
        _remember_listed(passage, course)


def _remember_listed(passage: Passage, course: Course) -> None:
    """ "The Inspectorate set five key tasks:", "All departments shall:": the subject leads what stands below."""
    marks = (
        passage.all("keytask", "must", "habitual") if passage.text.rstrip().endswith(":") else passage.all("keytask")
    )
    if passage.role not in ASKING or passage.item or not marks or passage.all("direct", "assign"):
        return
    pack = course.pack
    if pack.verb == "last":
        opens = next((h for h in passage.all("open") if h.first and h.end <= marks[-1].start), None)
        actor = actor_ending(passage, opens.first - 1, passage.start, pack) if opens else None
    elif pack.host_order == "verb":
        heads = [h for h in passage.all("unit", "group") if h.end <= marks[0].start]
        actor = actor_between(passage, heads[0].start, marks[0].start, pack) if heads and heads[0].first <= 2 else None
    else:
        actor = subject(passage, passage.start, _verb_start(passage, marks[0].start, pack), pack)
    if actor is not None:
        course.actor = course.unit = replace(actor, basis="carried")
        course.asked = {actor.text}


def _verb_start(passage: Passage, end: int, pack: Pack) -> int:
    """Where names are written with capitals and end with their telling word, the verb is the small word behind them."""
    heads = [h for h in passage.all("unit", "group", "post") if h.end <= end]
    if pack.head != "last" or not heads:
        return end
    behind = (i for i, t in enumerate(passage.tokens) if heads[0].end <= t.start < end)
    for index in behind:
        letter = passage.line.shadow.original(passage.tokens[index].start, passage.tokens[index].end)[:1]
        if letter.islower() and not passage.covered_by(index, "of", "join", "unit", "group", "post"):
            return passage.tokens[index].start
    return end


def _stands_here(passage: Passage, actor: Actor) -> bool:
    return actor.span is not None and actor.span.line == passage.line.number


def _of_opener(sign: Sign, opener: Actor | None, course: Course) -> Sign:
    """In an item that names its own doer the further clauses are that one's, not of whoever the list is for."""
    whose = course.opened.actor if course.opened else None
    return replace(sign, actor=opener) if opener and whose and sign.actor == whose else sign


def _enter_line(passage: Passage, course: Course) -> None:
    """An item of a list names whom it is for, or is for whoever was asked before the list: not for the item above it."""
    if passage.item and not course.in_list:
        course.before_list, course.in_list = course.actor, True
    elif course.in_list:
        course.actor = course.unit = course.before_list
        course.in_list = passage.item


def _goes_on(passage: Passage, piece: Piece, pack: Pack) -> Sign | None:
    """ "… se concentrera sur …; renforcera …": a further future of whoever opened the sentence."""
    future = passage.within(piece.start, piece.end, "will")
    if not future or (pack.verb == "first" and future[0].start > piece.start + 2):
        return None
    return Sign(0.65, piece.start, future[-1:] if pack.verb == "last" else future[:1])


def _names_actor_only(passage: Passage, course: Course) -> bool:
    """A line such as "Department of Planning:" says who the items below it are for."""
    text = passage.text.rstrip()
    if (
        not text.endswith(":")
        or len(passage.tokens) > 16
        or passage.has("direct", "assign", "must", "will", "stress", "propose", "keytask", "task_noun")
    ):
        return False
    heads = passage.all("unit", "group")
    if not heads or heads[0].first > 4:
        return False
    if course.pack.head == "first":
        actor = actor_between(passage, heads[0].start, passage.end, course.pack)
    else:
        actor = actor_between(passage, passage.start, passage.end, course.pack)
    if actor is None or len(actor.text) < len(text) * 0.5:
        return False
    course.actor = course.unit = replace(actor, basis="carried")
    course.asked = {actor.text}
    return True


def _names_unit(passage: Passage, actor: Actor) -> bool:
    """Whether the name is that of a unit, not of people in one."""
    shadow = passage.line.shadow
    if actor.span is None or actor.span.line != passage.line.number:
        return False
    spans = {
        h.tag: h for h in passage.hits if h.tag in ("unit", "group") and _lies_in(shadow.span(h.start, h.end), actor)
    }
    return "unit" in spans and "group" not in spans


def _lies_in(span: tuple[int, int], actor: Actor) -> bool:
    return actor.span is not None and actor.span.start <= span[0] and span[1] <= actor.span.end


def _announces(passage: Passage, piece: Piece, sign: Sign, pack: Pack) -> bool:
    """Whether the clause only says how many tasks follow ("to focus on eight key tasks")."""
    text = passage.line.shadow.text
    for pattern in pack.each("totals"):
        for m in pattern.finditer(text, sign.begin if pack.verb == "first" else piece.start, piece.end):
            number = pack.number_at(m.group("n").replace("-", " ").split(), 0)
            if (
                number
                and number[0] > 1
                and (piece.end - m.end() <= 40 or text[m.end() : piece.end].lstrip()[:1] in ":")
            ):
                return True
    return text[piece.start : piece.end].rstrip().endswith(":") and (
        pack.verb == "first" or piece.end - piece.start < 140
    )


def _remember_topic(passage: Passage, course: Course) -> None:
    """After a look back the one last asked is asked no more."""
    if passage.role in LOOKING_BACK:
        course.actor = course.unit = None


def _made(passage: Passage, piece: Piece, sign: Sign, course: Course) -> Iterator[TaskProposal]:
    text = passage.line.shadow.text
    for start, end in _sized(passage, piece, sign, course.pack):
        found = deadline_in(text, start, end, course.pack, course.event)
        if found is None and start > piece.start:
            found = deadline_in(text, piece.start, start, course.pack, course.event)
        if found and found.deadline.kind == "year" and ":" in text[found.end : end]:
            found = None  # "six key tasks for 2025: …": the year of the list
        deadline = Deadline()
        if found:
            span = span_of(passage.line, found.start, found.end)
            deadline = replace(found.deadline, text=span.text, span=span)
        named = sign.actor if sign.actor is None or not _writes(passage, sign.actor, course.pack) else None
        actor = named or (course.actor if sign.actor is None and _may_carry(sign, course) else None)
        if actor is None and sign.actor is None and passage.role in ("keytasks", "plan") and sign.certainty < 0.85:
            actor = course.body
        yield TaskProposal(
            span=span_of(passage.line, start, end),
            content=content_of(passage, start, end, sign, (found.start, found.end) if found else None, course.pack),
            lead=actor,
            cooperating=tuple(
                a for a in partners(passage, start, end, course.pack, actor) if actor is None or a.text != actor.text
            ),
            deadline=deadline,
            voice=_VOICES.get(passage.role, "conclusion"),
            because=(*sign.told, *(span_of(passage.line, h.start, h.end) for h in sign.because)),
            certainty=sign.certainty,
        )


def _writes(passage: Passage, actor: Actor, pack: Pack) -> bool:
    """ "To be sent to this office": the unit is the one that writes."""
    if not pack.this or actor.span is None or actor.span.line != passage.line.number:
        return False
    shadow = passage.line.shadow
    before = [t for t in passage.tokens if shadow.span(t.start, t.end)[1] <= actor.span.start]
    first = actor.text.split()[0] if actor.text.split() else ""
    return (bool(before) and before[-1].text in pack.this) or fold_line(first) in pack.this


def _may_carry(sign: Sign, course: Course) -> bool:
    """Someone who asks anew without naming anyone means the one asked so far, if that was one and the same."""
    if sign.patient:
        return False
    if course.by_item and sign.certainty >= 0.8:
        return False
    return not sign.anew or len(course.asked) <= 1


def _sized(passage: Passage, piece: Piece, sign: Sign, pack: Pack) -> list[tuple[int, int]]:
    """The clause as it stands; one too long loses its introduction, then is parted at commas."""
    text = passage.line.shadow.text
    start, end = piece.start, piece.end
    if end - start <= LONGEST_CLAUSE:
        return [(start, end)]
    start = max(start, _introduced(text, start, sign.begin))
    if end - start <= LONGEST_CLAUSE:
        return [(start, end)]
    parts: list[tuple[int, int]] = []
    while end - start > LONGEST_CLAUSE:
        cut = max(text.rfind(mark, start + 60, start + LONGEST_CLAUSE) for mark in ",،")
        if cut < 0:
            cut = text.rfind(" ", start + 60, start + LONGEST_CLAUSE)
        if cut < 0:
            cut = start + LONGEST_CLAUSE
        parts.append((start, cut))
        start = cut + 1
        while start < end and text[start].isspace():
            start += 1
        if len(parts) >= 6:
            return parts
    if end - start > 3:
        parts.append((start, end))
    return parts


def _introduced(text: str, start: int, begin: int) -> int:
    while begin < len(text) and text[begin] in " :,،\"'":
        begin += 1
    return begin

"""Clauses that ask for something to be done, with who is asked: by verbs of asking, duty, future, and bare verbs."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from prytany.intake.reading.actors import HEADS, actor_between, actor_ending, partners, past_opening, span_of
from prytany.intake.reading.deadlines import deadline_in
from prytany.intake.reading.model import Actor, Deadline, Span, TaskProposal
from prytany.intake.reading.pack import Pack, folded
from prytany.intake.reading.segments import Passage, Piece
from prytany.intake.reading.tokens import Hit
from prytany.intake.reading.voice import ASKING, LOOKING_BACK, is_purpose

LONGEST_CLAUSE = 400
_VOICES = {"keytasks": "key task list", "plan": "programme", "results": "programme", "context": "programme"}


@dataclass(slots=True)
class Course:
    """What is carried from sentence to sentence: who was asked last, and by which words a list was opened."""

    pack: Pack
    event: datetime.date | None = None
    body: Actor | None = None
    actor: Actor | None = None
    # The words of asking before a colon, and whether more than one unit has been asked so far.
    opened: "Sign | None" = None
    asked: set[str] = field(default_factory=set)
    # Minutes go from item to item: nobody asked under one is asked under the next.
    by_item: bool = False
    # The last unit asked: after a paragraph about people ("staff must study") the unit is meant again.
    unit: Actor | None = None
    line: int = 0


@dataclass(slots=True)
class Sign:
    """That a clause is a task: how surely, from where its content begins, by which words, who is asked."""

    certainty: float
    begin: int
    because: list[Hit] = field(default_factory=list)
    actor: Actor | None = None
    frame: bool = False
    # Someone speaks anew here; whoever was asked before is not asked by this.
    anew: bool = False


def tasks_in(passages: list[Passage], course: Course) -> Iterator[TaskProposal]:
    """Yield the tasks proposed by the sentences, in order."""
    for passage in passages:
        yield from _of_sentence(passage, course)


def _of_sentence(passage: Passage, course: Course) -> Iterator[TaskProposal]:
    pack = course.pack
    if _names_actor_only(passage, course):
        return
    silent = passage.role in ("people", "heading", "decision") and not passage.has("direct", "assign")
    if silent or passage.role in ("awards", "proposals"):
        _remember_topic(passage, course)
        return
    if passage.line.number != course.line:
        course.line = passage.line.number
        if not passage.item:
            course.opened = None
        if course.by_item:
            course.actor = course.unit = None
        if course.unit is not None and course.actor is not None:
            course.actor = course.unit
    governing = course.opened if passage.item else None
    found = follows = False
    pieces = passage.pieces if pack.verb == "first" else _parted_at_verbs(passage, course)
    for piece in pieces:
        sign = (_first if pack.verb == "first" else _last)(passage, piece, course, governing)
        if sign is None and follows and passage.within(piece.start, piece.end, "will") and pack.verb == "last":
            sign = Sign(0.65, piece.start, passage.within(piece.start, piece.end, "will")[-1:])
        if sign is None:
            continue
        if sign.frame:
            governing = sign
            if passage.text.rstrip().endswith(":"):
                course.opened = replace(sign, certainty=0.75)
        if sign.certainty <= 0 or _announces(passage, piece, sign, pack):
            continue
        found = follows = True
        if sign.actor and sign.actor.basis == "stated" and sign.certainty >= 0.6:
            course.asked.add(sign.actor.text)
            course.actor = replace(sign.actor, basis="carried")
            if _names_unit(passage, sign.actor) or course.unit is None:
                course.unit = course.actor if _names_unit(passage, sign.actor) else None
        yield from _made(passage, piece, sign, course)
    if not found:
        _remember_topic(passage, course)


def _names_actor_only(passage: Passage, course: Course) -> bool:
    """A line such as "Department of Planning:" says who the items below it are for."""
    text = passage.text.rstrip()
    if not text.endswith(":") or len(passage.tokens) > 16 or passage.has(
        "direct", "assign", "must", "will", "stress", "propose", "keytask", "task_noun"
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
    spans = {h.tag: h for h in passage.hits if h.tag in ("unit", "group") and _lies_in(shadow.span(h.start, h.end), actor)}
    return "unit" in spans and "group" not in spans


def _lies_in(span: tuple[int, int], actor: Actor) -> bool:
    return actor.span is not None and actor.span.start <= span[0] and span[1] <= actor.span.end


def _announces(passage: Passage, piece: Piece, sign: Sign, pack: Pack) -> bool:
    """Whether the clause only says how many tasks follow ("to focus on eight key tasks")."""
    text = passage.line.shadow.text
    for pattern in pack.each("totals"):
        for m in pattern.finditer(text, sign.begin if pack.verb == "first" else piece.start, piece.end):
            number = pack.number_at(m.group("n").replace("-", " ").split(), 0)
            if number and number[0] > 1 and (piece.end - m.end() <= 40 or text[m.end() : piece.end].lstrip()[:1] in ":"):
                return True
    return text[piece.start : piece.end].rstrip().endswith(":") and (pack.verb == "first" or piece.end - piece.start < 140)


def _remember_topic(passage: Passage, course: Course) -> None:
    """After a look back the one last asked is asked no more."""
    if passage.role in LOOKING_BACK:
        course.actor = course.unit = None


# --- languages whose verb comes before what is to be done ---------------------------------------------------------


def _first(passage: Passage, piece: Piece, course: Course, governing: Sign | None) -> Sign | None:
    frame = _frame_first(passage, piece, course)
    if frame is not None:
        return frame
    hits = _inside(passage, piece)
    looking_back = passage.role in LOOKING_BACK or passage.role == "proposals"
    duty = next((h for h in hits if h.tag == "must" and not _is_reported(passage, piece, h)), None)
    opening = _opening_act(passage, piece, course.pack)
    if governing is not None and governing.certainty > 0:
        if duty or opening or not _only_done(hits):
            actor = _subject(passage, piece.start, duty.start, course.pack) if duty else None
            begin = opening.start if opening else duty.end if duty else piece.start
            if actor is None and not duty:
                actor = _governed_subject(passage, piece, opening, course.pack)
            return Sign(0.8, begin, [*governing.because, *([duty] if duty else [])], actor or governing.actor)
        return None
    if duty and not looking_back:
        actor = _duty_actor(passage, piece, duty, course.pack)
        return Sign(0.85, duty.end, [duty], actor)
    future = next((h for h in hits if h.tag == "will"), None)
    if _narrates(passage, piece):
        return None
    if future and not looking_back:
        actor = _subject(passage, piece.start, future.start, course.pack)
        if actor and _acts_after(passage, future, piece, course.pack):
            return Sign(0.7, piece.start, [future], actor)
    linked = opening is not None and opening.first > 0 and passage.tokens[opening.first - 1].text in course.pack.verb_after_to
    linked = linked and bool(_subject(passage, piece.start, opening.start, course.pack) if opening else None)
    if opening and (linked and passage.role != "proposals" or not looking_back and (passage.role in ASKING or passage.item)):
        if future is None and not _only_done([h for h in hits if h.start < opening.start]):
            actor = _subject(passage, piece.start, opening.start, course.pack)
            return Sign(0.7 if passage.role in ASKING else 0.55, opening.start, [opening], actor)
    return None


def _governed_subject(passage: Passage, piece: Piece, opening: Hit | None, pack: Pack) -> Actor | None:
    """Under a verb of asking each clause may name its own: "Sở Y tế …; Sở Xây dựng …", "… et que les bureaux …"."""
    start = next((i for i, t in enumerate(passage.tokens) if t.start >= piece.start), 0)
    if passage.covered_by(start, "join") and passage.covered_by(start + 1, "that"):
        return _subject_after_that(passage, Piece(passage.tokens[start + 1].start, piece.end), pack)
    if opening is not None:
        return _subject(passage, piece.start, opening.start, pack)
    heads = passage.within(piece.start, piece.end, *HEADS)
    return actor_between(passage, piece.start, piece.end, pack) if heads and heads[0].first <= start + 3 else None


def _inside(passage: Passage, piece: Piece) -> list[Hit]:
    return [h for h in passage.hits if h.start >= piece.start and h.end <= piece.end]


def _only_done(hits: list[Hit]) -> bool:
    return any(h.tag == "done" for h in hits) and not any(h.tag in ("act", "must", "will", "act_end") for h in hits)


def _frame_first(passage: Passage, piece: Piece, course: Course) -> Sign | None:
    """Who asked, entrusted or stressed: "asked X to", "assigned X to", "stressed that X must"."""
    hits = _inside(passage, piece)
    for hit in hits:
        if hit.tag not in ("direct", "assign", "stress", "say", "resolved"):
            continue
        if hit.tag in ("direct", "assign") and is_purpose(passage, hit):
            continue
        if hit.tag in ("direct", "assign") and passage.role in LOOKING_BACK and _is_perfect(passage, hit):
            continue
        if hit.tag in ("stress", "say"):
            sign = _after_stress(passage, piece, hit, course)
        elif hit.tag == "resolved":
            sign = _after_resolved(passage, piece, hit, course)
        else:
            sign = _after_asking(passage, piece, hit, course)
        if sign:
            return sign
    return None


def _is_perfect(passage: Passage, hit: Hit) -> bool:
    return hit.first > 0 and any(h.tag == "past_lead" and h.last == hit.first - 1 for h in passage.hits)


def _after_asking(passage: Passage, piece: Piece, hit: Hit, course: Course) -> Sign | None:
    pack = course.pack
    begin = _content_start(passage, hit, piece, pack)
    if begin >= piece.end:
        actor = actor_between(passage, hit.end, piece.end, pack) or _passive_subject(passage, piece, hit, pack)
        if actor:
            course.actor = replace(actor, basis="carried")
        return Sign(0.0, piece.end, [hit], actor, frame=True)
    if begin == hit.end and not _may_ask_for_things(passage, piece, hit):
        return None
    actor = actor_between(passage, _past_speaker(passage, hit, begin, pack), begin, pack) if begin > hit.end else None
    if actor is None and _follows_that(passage, begin):
        actor = _subject_after_that(passage, Piece(begin, piece.end), pack)
    return Sign(0.9, begin, [hit], actor or _passive_subject(passage, piece, hit, pack), frame=True, anew=True)


def _past_speaker(passage: Passage, hit: Hit, begin: int, pack: Pack) -> int:
    """Where the verb comes first of all ("وجه المحافظ رؤساء المدن"), the one who asks stands before the one asked."""
    if pack.host_order != "verb":
        return hit.end
    opened = [h for h in passage.within(hit.end, begin, "open") if h.first > hit.last]
    heads = passage.within(hit.end, begin, *HEADS)
    if opened and (not heads or heads[-1].start > opened[0].end):
        return opened[0].end
    if heads and heads[0].first == hit.last + 1 and passage.tokens[heads[0].first].text.startswith("ال"):
        others = [h for h in heads[1:] if not passage.tokens[h.first].text.startswith(("ال", "ل", "و", "ب"))]
        return others[0].start if others else hit.end
    speaker = next((h for h in heads if h.tag == "post"), None)
    if speaker and speaker.first <= hit.last + 2 and len({h.first for h in heads}) > 1:
        return speaker.end
    return hit.end


def _past_chair(passage: Passage, hit: Hit, pack: Pack) -> int:
    """Behind the post of the one who speaks, where it follows the verb: "شدد المحافظ على"."""
    if pack.host_order != "verb":
        return hit.end
    speaker = next((h for h in passage.all("post") if hit.last < h.first <= hit.last + 2), None)
    return speaker.end if speaker else hit.end


def _may_ask_for_things(passage: Passage, piece: Piece, hit: Hit) -> bool:
    """"The chairman called for the early completion of the dam": with a noun, only someone who chairs asks for tasks."""
    return bool(passage.within(piece.start, hit.start, "post", "role", "conclude", "pronoun"))


def _follows_that(passage: Passage, begin: int) -> bool:
    return any(h.tag == "that" and 0 <= begin - h.end <= 2 for h in passage.hits)


def _subject_after_that(passage: Passage, content: Piece, pack: Pack) -> Actor | None:
    """In "requested that departments closely link" the one asked stands between "that" and the verb."""
    for index, token in enumerate(passage.tokens):
        if token.start <= content.start or token.start >= content.end:
            continue
        if _is_plain_act(passage, index, pack) or passage.covered_by(index, "must", "will", "stop"):
            return actor_between(passage, content.start, token.start, pack)
    return None


def _passive_subject(passage: Passage, piece: Piece, hit: Hit, pack: Pack) -> Actor | None:
    """In "the office was asked to" and "X is assigned to" the one asked stands before the verb."""
    words = passage.line.shadow.text[hit.start : hit.end].split()
    if words and words[0] in pack.passive_signs:
        return _subject(passage, piece.start, hit.start, pack)
    return None


def _content_start(passage: Passage, hit: Hit, piece: Piece, pack: Pack) -> int:
    """Where what is asked begins: after "to" or "that", or at the first bare verb."""
    charged = pack.cached("charge", folded(pack.charge_shape)) if pack.charge_shape and hit.tag in ("assign", "direct") else None
    for index in range(hit.last + 1, len(passage.tokens)):
        token = passage.tokens[index]
        if token.start >= piece.end:
            return piece.end
        if passage.covered_by(index, "must"):
            return hit.end
        if _is_plain_act(passage, index, pack) or (charged and index > hit.last + 1 and charged.match(token.text) and not passage.covered_by(index, *HEADS)):
            return token.start
        if passage.begins_with(index, "upto", "that"):
            following = index + 1
            if following < len(passage.tokens) and (
                passage.begins_with(index, "that")
                or _is_act(passage, following, pack)
                or passage.tokens[index].text in pack.infinitive_marks
                or _is_infinitive(passage, following, pack)
            ):
                return passage.tokens[following].start
    return hit.end


def _is_infinitive(passage: Passage, index: int, pack: Pack) -> bool:
    if not pack.infinitive_shape or passage.covered_by(index, "none", "group", "post", "unit", "event", "month"):
        return False
    return bool(pack.cached("infinitive", pack.infinitive_shape).match(passage.tokens[index].text))


def _is_plain_act(passage: Passage, index: int, pack: Pack) -> bool:
    """A bare verb that is no name of a unit too: "إدارة" is to manage, and a department."""
    return _is_act(passage, index, pack) and not passage.begins_with(index, *HEADS)


def _is_act(passage: Passage, index: int, pack: Pack) -> bool:
    if passage.begins_with(index, "act"):
        return True
    shape = pack.shape_of_act
    if shape is None:
        return False
    token = passage.tokens[index].text
    blocked = passage.covered_by(index, "none", "unit", "group", "post")
    return not blocked and bool(shape.match(token))


def _after_stress(passage: Passage, piece: Piece, hit: Hit, course: Course) -> Sign | None:
    """What was stressed or said is a task only where it speaks of duty, or goes straight on with a bare verb."""
    pack = course.pack
    start = _past_chair(passage, hit, pack)
    rest = [h for h in _inside(passage, piece) if h.start >= hit.end]
    if passage.role in LOOKING_BACK:
        return None
    approving = passage.covered_by(hit.first, "approve", "grant")
    follows = [h for h in rest if h.tag in ("act", "ask_approval")]
    if approving and follows and any(h.tag == "ask_approval" and h.first == follows[0].first for h in follows):
        return None
    duty = next((h for h in rest if h.tag == "must"), None)
    if duty:
        actor = _duty_actor(passage, Piece(start, piece.end), duty, pack)
        return Sign(0.85, duty.end if actor else hit.end, [hit, duty], actor, frame=hit.tag == "stress", anew=True)
    future = next((h for h in rest if h.tag == "will"), None)
    if hit.tag == "stress" and future and any(h.tag == "that" and h.start < future.start for h in rest):
        actor = _subject(passage, start, future.start, pack)
        if actor and not passage.within(piece.start, piece.end, "scheduled"):
            return Sign(0.7, hit.end, [hit, future], actor, frame=True, anew=True)
    index = hit.last + 1
    if hit.tag == "stress" and index < len(passage.tokens) and _acts_soon(passage, index, pack):
        return Sign(0.75, hit.end, [hit], None, frame=True, anew=True)
    return None


def _acts_soon(passage: Passage, index: int, pack: Pack) -> bool:
    for step in range(index, min(index + 3, len(passage.tokens))):
        if _is_act(passage, step, pack):
            return True
        if not passage.covered_by(step, "that", "upto", "skip", "open", "of"):
            return False
    return False


def _after_resolved(passage: Passage, piece: Piece, hit: Hit, course: Course) -> Sign | None:
    """"RESOLVED that the clerk write": a resolution at the head of a clause binds whoever it names."""
    if hit.start > piece.start + 25:
        return None
    following = hit.last + 1
    words = passage.tokens[following : following + 2]
    if not words:
        return None
    acts = [i for i in range(following, len(passage.tokens)) if passage.tokens[i].start < piece.end and _is_act(passage, i, course.pack)]
    if not acts or acts[0] > following + 14:
        return None
    actor = actor_between(passage, hit.end, passage.tokens[acts[0]].start, course.pack)
    named = passage.begins_with(following, "that", "upto")
    colon = passage.line.shadow.text[hit.end : hit.end + 2].strip().startswith(":")
    if actor or ((named or colon) and acts[0] <= following + 2):
        return Sign(0.75, hit.end, [hit], actor, frame=True)
    return None


def _opening_act(passage: Passage, piece: Piece, pack: Pack) -> Hit | None:
    """The bare verb a clause opens with, after words such as "at the same time"; or "Clerk to write"."""
    start = next((i for i, t in enumerate(passage.tokens) if t.start >= piece.start), len(passage.tokens))
    index = start
    for _ in range(9):
        if index >= len(passage.tokens) or passage.tokens[index].start >= piece.end:
            return None
        if _is_act(passage, index, pack):
            return _act_at(passage, index)
        covering = passage.covers.get(index, [])
        if not any(h.tag in ("skip", "join", "forward", "listing", "open", "upto") for h in covering):
            break
        index = max([h.last for h in covering if h.tag in ("skip", "join", "forward", "listing", "open", "upto")]) + 1
    return _named_act(passage, piece, start, pack) or _after_comma(passage, piece, start, pack)


def _act_at(passage: Passage, index: int) -> Hit:
    listed = [h for h in passage.begins.get(index, ()) if h.tag == "act"]
    token = passage.tokens[index]
    return listed[0] if listed else Hit("act", index, index, token.start, token.end)


def _after_comma(passage: Passage, piece: Piece, start: int, pack: Pack) -> Hit | None:
    """A bare verb after a short opening and a comma: "In the coming time, strengthen …"."""
    text = passage.line.shadow.text
    comma = re.compile("[,،:]").search(text, piece.start, min(piece.end, piece.start + 90))
    if not comma:
        return None
    index = next((i for i, t in enumerate(passage.tokens) if t.start >= comma.end()), None)
    if index is None or any(h.tag in ("done", "unit", "group", "post") and h.start >= piece.start and h.end <= comma.start() for h in passage.hits):
        return None
    for step in range(index, min(index + 3, len(passage.tokens))):
        if passage.tokens[step].start < piece.end and _is_act(passage, step, pack):
            return _act_at(passage, step)
        if not passage.covered_by(step, "skip", "join"):
            return None
    return None


def _named_act(passage: Passage, piece: Piece, start: int, pack: Pack) -> Hit | None:
    """A unit or post followed at once by a verb: "Clerk to write", "Sở Xây dựng rà soát"."""
    heads = [h for h in passage.hits if h.tag in ("unit", "group", "post") and h.start >= piece.start and h.end <= piece.end]
    if not heads or heads[0].first > start + 6:
        return None
    for index in range(heads[0].last + 1, min(heads[0].last + 22, len(passage.tokens))):
        token = passage.tokens[index]
        if token.start >= piece.end:
            return None
        if passage.begins_with(index, "done", "praise") or (passage.begins_with(index, *_NOT_BARE) and not _is_act(passage, index, pack)):
            return None
        if _is_act(passage, index, pack):
            linked = passage.tokens[index - 1].text in pack.verb_after_to
            plain = passage.role in ASKING and index <= heads[0].last + 8 and passage.covered_by(index - 1, *HEADS)
            return _act_at(passage, index) if linked or plain or not pack.verb_after_to else None
    return None


_NOT_BARE = (
    "done", "must", "will", "direct", "assign", "say", "praise", "propose", "stress", "host", "attend", "confer", "hearing",
    "approve", "decide", "defer", "refuse", "launch",
)  # fmt: skip


def _subject(passage: Passage, start: int, end: int, pack: Pack) -> Actor | None:
    start = past_opening(passage, start, end, pack)
    actor = actor_between(passage, start, end, pack) if end > start else None
    if actor is None or actor.span is None:
        return None
    # The name must reach the verb; one that a comma parts from it is the subject of something else.
    shadow = passage.line.shadow
    gap = shadow.original(start, end)[actor.span.end - shadow.span(start, end)[0] :]
    return None if len(gap) > 25 and any(mark in gap for mark in ",،") else actor


def _duty_actor(passage: Passage, piece: Piece, duty: Hit, pack: Pack) -> Actor | None:
    actor = _subject(passage, piece.start, duty.start, pack)
    if actor or not pack.asked_open:
        return actor
    # "يجب على الوحدات أن", "il appartient aux services de": the one asked stands after the word of duty.
    index = duty.last + 1
    opened = passage.begins_with(index, "open") or passage.covered_by(duty.last, "open")
    if not opened and not pack.subject_after_duty:
        return None
    stop = _content_start(passage, duty, piece, pack)
    return actor_between(passage, duty.end, stop, pack) if stop > duty.end else None


def _narrates(passage: Passage, piece: Piece) -> bool:
    """Whether the clause tells what happened at the event, or when the next one will be held."""
    return bool(passage.within(piece.start, piece.end, "scheduled")) or any(
        h.start <= piece.start + 70 for h in passage.within(piece.start, piece.end, "narrative")
    )


def _acts_after(passage: Passage, future: Hit, piece: Piece, pack: Pack) -> bool:
    for index in range(future.last + 1, min(future.last + 5, len(passage.tokens))):
        if passage.tokens[index].start < piece.end and _is_act(passage, index, pack):
            return True
    return pack.future_is_act and future.last + 1 < len(passage.tokens)


def _is_reported(passage: Passage, piece: Piece, duty: Hit) -> bool:
    """A duty inside a purpose ("so that it must") or denied is none."""
    return any(h.tag == "purpose" and piece.start <= h.start < duty.start for h in passage.hits)


# --- languages whose verb comes last ---------------------------------------------------------------------------


def _last(passage: Passage, piece: Piece, course: Course, governing: Sign | None) -> Sign | None:
    pack = course.pack
    hits = _inside(passage, piece)
    looking_back = passage.role in LOOKING_BACK or passage.role == "proposals"
    frame = _frame_last(passage, piece, course)
    if frame is not None:
        return frame
    duty = [h for h in hits if h.tag == "must"]
    if not duty and any(h.tag == "owed" for h in hits):
        duty = [h for h in hits if h.tag == "owed" and _asked_before(passage, piece.start, h.start, pack)]
    ending = _closing_act(passage, piece, pack)
    if governing is not None:
        if duty or ending or _infinitive_end(passage, piece, pack):
            own = _subject_last(passage, piece, pack)
            return Sign(0.8, piece.start, governing.because, own or governing.actor)
        return None
    if looking_back and not (duty or ending):
        return None
    if not duty and _tells_of_someone(passage, piece):
        return None
    if duty and passage.role != "proposals":
        actor = _asked_before(passage, piece.start, duty[-1].start, pack) or _subject_last(passage, piece, pack)
        return Sign(0.85, piece.start, [duty[-1]], actor)
    if ending and passage.role != "proposals":
        return Sign(0.8, piece.start, [ending], _subject_last(passage, piece, pack))
    if passage.role in ASKING and _infinitive_end(passage, piece, pack):
        return Sign(0.65, piece.start, [], _subject_last(passage, piece, pack))
    future = [h for h in hits if h.tag == "will"]
    if _narrates(passage, piece):
        return None
    if future and not looking_back:
        if any(h.tag == "pronoun" and h.start <= piece.start + 3 for h in hits):
            return None
        actor = _subject_last(passage, piece, pack)
        if actor or passage.role in ("keytasks", "plan") and passage.item:
            return Sign(0.7, piece.start, [future[-1]], actor)
    if passage.role in ASKING and any(h.tag == "habitual" for h in hits) and (passage.role == "plan" or course.actor):
        actor = _subject_last(passage, piece, pack)
        if actor and not passage.within(piece.start, piece.end, "purpose", "done"):
            return Sign(0.5, piece.start, [next(h for h in hits if h.tag == "habitual")], actor)
    return None


def _tells_of_someone(passage: Passage, piece: Piece) -> bool:
    """"परिषद ने … लौटा दीं": with the particle of the past someone did it; nothing is asked."""
    marks = passage.within(piece.start, piece.end, "open")
    return bool(marks) and not passage.within(marks[0].end, piece.end, "that")


def _parted_at_verbs(passage: Passage, course: Course) -> list[Piece]:
    """Part "A करें और B करे" where the second half names someone of its own or its own time."""
    found = []
    for piece in passage.pieces:
        start = piece.start
        for hit in passage.within(piece.start, piece.end, "act_end", "must", "will"):
            after = hit.last + 1
            if after >= len(passage.tokens) or not passage.covered_by(after, "join"):
                continue
            cut = passage.tokens[after].start
            rest = Piece(passage.tokens[after].end, piece.end)
            if cut - start < 25 or rest.end - rest.start < 25 or not _stands_alone(passage, rest, course):
                continue
            found.append(Piece(start, cut))
            start = next((t.start for t in passage.tokens if t.start >= rest.start), rest.start)
        found.append(Piece(start, piece.end))
    return found


def _stands_alone(passage: Passage, rest: Piece, course: Course) -> bool:
    if not passage.within(rest.start, rest.end, "act_end", "must", "will", "direct"):
        return False
    heads = passage.within(rest.start, min(rest.end, rest.start + 40), *HEADS)
    named = heads and _subject_last(passage, Piece(rest.start, rest.end), course.pack)
    return bool(named) or deadline_in(passage.line.shadow.text, rest.start, rest.end, course.pack, course.event) is not None


def _frame_last(passage: Passage, piece: Piece, course: Course) -> Sign | None:
    pack = course.pack
    hits = _inside(passage, piece)
    for hit in hits:
        if hit.tag not in ("direct", "assign", "stress", "say"):
            continue
        that = next((h for h in hits if h.tag == "that" and hit.end <= h.start <= hit.end + 40), None) or _colon(passage, hit)
        if that is not None:
            sign = _after_that(passage, piece, hit, that, course)
        elif hit.tag in ("direct", "assign"):
            sign = _before_asking(passage, piece, hit, course)
        else:
            sign = None
        if sign:
            return sign
    return None


def _colon(passage: Passage, hit: Hit) -> Hit | None:
    """A colon after a verb of asking does the work of "that"."""
    text = passage.line.shadow.text
    place = hit.end + len(text[hit.end : hit.end + 3]) - len(text[hit.end : hit.end + 3].lstrip())
    if text[place : place + 1] != ":" or place + 1 >= passage.end - 3:
        return None
    return Hit("that", hit.last, hit.last, place, place + 1)


def _after_that(passage: Passage, piece: Piece, hit: Hit, that: Hit, course: Course) -> Sign | None:
    pack = course.pack
    content = Piece(that.end, piece.end)
    inside = _inside(passage, content)
    asked = _asked_before(passage, piece.start, hit.start, pack)
    duty = [h for h in inside if h.tag == "must"]
    ending = _closing_act(passage, content, pack)
    direct = hit.tag in ("direct", "assign")
    if any(h.tag == "decide" and h.end <= that.start for h in _inside(passage, piece)) and not direct:
        return None
    if passage.role in LOOKING_BACK and not direct:
        return None
    if direct and (duty or ending or _infinitive_end(passage, content, pack) or any(h.tag == "will" for h in inside)):
        actor = asked or _asked_within(passage, content, duty, pack) or _subject_last(passage, content, pack)
        return Sign(0.9, that.end, [hit], actor, frame=True, anew=True)
    if not direct and (duty or ending):
        actor = _asked_within(passage, content, duty, pack) or _subject_last(passage, content, pack)
        return Sign(0.8, that.end, [hit, *(duty[-1:] or [])], actor, frame=hit.tag == "stress", anew=True)
    return None


def _asked_within(passage: Passage, content: Piece, duty: list[Hit], pack: Pack) -> Actor | None:
    return _asked_before(passage, content.start, duty[-1].start, pack) if duty else None


def _before_asking(passage: Passage, piece: Piece, hit: Hit, course: Course) -> Sign | None:
    """"… करने के निर्देश दिए": what is asked stands before the verb of asking."""
    if passage.role in LOOKING_BACK or hit.start - piece.start < 12:
        return None
    actor = _asked_before(passage, piece.start, hit.start, course.pack)
    return Sign(0.85, piece.start, [hit], actor, frame=hit.end < piece.end - 25, anew=True)


def _asked_before(passage: Passage, start: int, end: int, pack: Pack) -> Actor | None:
    """The unit before "को" or "से"."""
    for hit in passage.within(start, end, "upto"):
        for index in range(hit.first - 1, max(-1, hit.first - 5), -1):
            if passage.tokens[index].start < start or passage.covered_by(index, "of", "stop", "upto", "open", "that"):
                break
            if passage.covered_by(index, *HEADS):
                actor = actor_ending(passage, index, start, pack)
                return _up_to(passage, actor, passage.tokens[hit.first - 1].end) if actor else None
    return None


def _up_to(passage: Passage, actor: Actor, end: int) -> Actor:
    """The name with the words between its telling word and the postposition: "محکمہ ہائی وے کو"."""
    span = actor.span
    if span is None:
        return actor
    whole = span_of(passage.line, 0, end)
    if whole.end <= span.end:
        return actor
    text = passage.line.shadow.raw[span.start : whole.end]
    return Actor(text, actor.basis, Span(span.line, span.start, whole.end, text))


def _subject_last(passage: Passage, piece: Piece, pack: Pack) -> Actor | None:
    """The unit a clause opens with, standing bare before its object: "संबंधित विभाग रिपोर्ट प्रस्तुत करें"."""
    opening = next((i for i, t in enumerate(passage.tokens) if t.start >= piece.start), 0)
    before_another: int | None = None
    for head in passage.within(piece.start, piece.end, *HEADS):
        if head.first - opening > 20:
            break
        index = head.last + 1
        if passage.tokens[head.last].text in pack.head_first and index < len(passage.tokens):
            actor = actor_ending(passage, head.last, piece.start, pack)
            return _up_to(passage, actor, passage.tokens[index].end) if actor else None
        if index < len(passage.tokens) and passage.covered_by(index, *HEADS):
            gap = passage.line.shadow.text[head.end : passage.tokens[index].start]
            if not gap.strip() and head.first - opening <= 6 and before_another is None:
                before_another = head.last
            continue
        if index < len(passage.tokens) and passage.covered_by(index, "of", "open", "stop", "join", "upto"):
            continue
        return actor_ending(passage, head.last, piece.start, pack)
    return actor_ending(passage, before_another, piece.start, pack) if before_another is not None else None


def _closing_act(passage: Passage, piece: Piece, pack: Pack) -> Hit | None:
    """A verb in the form of asking: listed ones anywhere, shaped ones at the end of the clause."""
    for hit in _inside(passage, piece):
        if hit.tag == "act_end" and not _is_future(passage, hit):
            if not any(h.tag in ("purpose", "negative") and piece.start < h.start < hit.start for h in passage.hits) or _at_end(passage, piece, hit.last):
                return hit
    shape = pack.shape_of_end
    tokens = [t for t in passage.tokens if t.start >= piece.start and t.end <= piece.end]
    if shape and tokens and shape.match(tokens[-1].text):
        index = passage.tokens.index(tokens[-1])
        if not passage.covered_by(index, "none", "done", "unit"):
            return Hit("act_end", index, index, tokens[-1].start, tokens[-1].end)
    return None


def _is_future(passage: Passage, hit: Hit) -> bool:
    """"کیا جائے گا": a form of asking that a future or habitual particle follows is none."""
    return any(h.tag in ("will", "habitual") and h.last > hit.last and h.first <= hit.last + 1 for h in passage.hits)


def _at_end(passage: Passage, piece: Piece, index: int) -> bool:
    after = [t for t in passage.tokens if t.start >= piece.start and t.end <= piece.end]
    return bool(after) and passage.tokens[index].end >= after[-1].start


def _infinitive_end(passage: Passage, piece: Piece, pack: Pack) -> bool:
    tokens = [t for t in passage.tokens if t.start >= piece.start and t.end <= piece.end]
    if not tokens:
        return False
    last = passage.tokens.index(tokens[-1])
    return any(h.tag == "act" and h.last == last for h in passage.hits)


# --- what is said of a task ------------------------------------------------------------------------------------


def _made(passage: Passage, piece: Piece, sign: Sign, course: Course) -> Iterator[TaskProposal]:
    text = passage.line.shadow.text
    for start, end in _sized(passage, piece, sign, course.pack):
        found = deadline_in(text, start, end, course.pack, course.event)
        if found is None and start > piece.start:
            found = deadline_in(text, piece.start, start, course.pack, course.event)
        deadline = Deadline()
        if found:
            span = span_of(passage.line, found.start, found.end)
            deadline = replace(found.deadline, text=span.text, span=span)
        actor = sign.actor or (course.actor if _may_carry(sign, course) else None)
        if actor is None and passage.role in ("keytasks", "plan") and sign.certainty < 0.85:
            actor = course.body
        begin = max(start, min(sign.begin, end - 1))
        yield TaskProposal(
            span=span_of(passage.line, start, end),
            content=_content(passage, begin, end),
            lead=actor,
            cooperating=tuple(a for a in partners(passage, start, end, course.pack) if actor is None or a.text != actor.text),
            deadline=deadline,
            voice=_VOICES.get(passage.role, "conclusion"),
            because=tuple(span_of(passage.line, h.start, h.end) for h in sign.because if h.start >= passage.start),
            certainty=sign.certainty,
        )


def _may_carry(sign: Sign, course: Course) -> bool:
    """Someone who asks anew without naming anyone means the one asked so far, if that was one and the same."""
    if course.by_item and sign.certainty >= 0.8:
        return False
    return not sign.anew or len(course.asked) <= 1


def _content(passage: Passage, start: int, end: int) -> str:
    words = passage.line.shadow.original(start, end).strip(" \t,;:.-–।۔،؛…")
    return words[:1].upper() + words[1:] if words else words


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

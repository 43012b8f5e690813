"""Tasks in languages whose verb comes last: postpositions tell who is asked, endings tell that something is."""

from prytany.intake.reading.actors import HEADS, actor_ending, span_of
from prytany.intake.reading.deadlines import deadline_in
from prytany.intake.reading.model import Actor, Span
from prytany.intake.reading.pack import Pack, folded
from prytany.intake.reading.segments import Passage, Piece
from prytany.intake.reading.signs import Course, Sign, inside, is_listed, narrates
from prytany.intake.reading.tokens import Hit, Token
from prytany.intake.reading.voice import ASKING, LOOKING_BACK


def read_verb_last(passage: Passage, piece: Piece, course: Course, governing: Sign | None) -> Sign | None:
    pack = course.pack
    hits = inside(passage, piece)
    looking_back = passage.role in LOOKING_BACK or passage.role == "proposals"
    frame = _frame_last(passage, piece, course)
    if frame is not None:
        return frame
    duty = [h for h in hits if h.tag == "must"]
    if not duty and any(h.tag == "owed" for h in hits):
        duty = [h for h in hits if h.tag == "owed" and _asked_before(passage, piece.start, h.start, pack)]
    ending = _closing_act(passage, piece, pack, governed=governing is not None)
    if governing is not None:
        if duty or ending or _infinitive_end(passage, piece, pack):
            own = _opening_subject(passage, piece, pack)
            return Sign(0.8, piece.start, duty[-1:], told=governing.told, actor=own or governing.actor)
        return None
    if looking_back and not (duty or ending):
        return None
    if not duty and _tells_of_someone(passage, piece):
        return None
    if duty and passage.role != "proposals":
        actor = _asked_before(passage, piece.start, duty[-1].start, pack) or _subject_last(passage, piece, pack)
        return Sign(0.85, piece.start, [duty[-1]], actor)
    if ending and passage.role != "proposals":
        listed = passage.role == "keytasks" and passage.item and course.before_list is not None
        done_to = listed and passage.tokens[ending.last].text in pack.passive_words
        actor = None if done_to else _subject_last(passage, piece, pack)
        return Sign(0.8, piece.start, [ending], actor)
    if passage.role in ASKING and _infinitive_end(passage, piece, pack):
        return Sign(0.65, piece.start, [], _subject_last(passage, piece, pack))
    future = [h for h in hits if h.tag == "will"]
    if narrates(passage, piece):
        return None
    if future and not looking_back:
        if any(h.tag == "pronoun" and h.start <= piece.start + 3 for h in hits):
            return None
        actor = _subject_last(passage, piece, pack)
        if any(h.tag == "decide" for h in hits) and not any(h.tag in ("post", "group") for h in hits):
            return None  # "decided that two pumps will be installed" is a decision; nobody is charged with it
        if actor is None and passage.entrusts:
            units = passage.within(piece.start, future[-1].start, "unit")
            actor = actor_ending(passage, units[0].last, piece.start, pack) if units else None
        if actor or (passage.role in ("keytasks", "plan") and passage.item):
            return Sign(0.7, piece.start, [future[-1]], actor)
    if passage.role in ASKING and any(h.tag == "habitual" for h in hits) and (passage.role == "plan" or course.actor):
        actor = _subject_last(passage, piece, pack)
        if actor and not passage.within(piece.start, piece.end, "purpose", "done"):
            return Sign(0.5, piece.start, [next(h for h in hits if h.tag == "habitual")], actor)
    return is_listed(passage, piece)


def _opening_subject(passage: Passage, piece: Piece, pack: Pack) -> Actor | None:
    """Under a verb of asking only a name that opens the clause is another's; later ones are what is acted upon."""
    actor = _subject_last(passage, piece, pack)
    if actor is None or actor.span is None:
        return actor
    shadow = passage.line.shadow
    tokens = [
        i for i, t in enumerate(passage.tokens) if t.start >= piece.start and not passage.covered_by(i, "skip", "join")
    ]
    first = shadow.span(passage.tokens[tokens[0]].start, piece.end)[0] if tokens else 0
    return actor if actor.span.start <= first else None


def _tells_of_someone(passage: Passage, piece: Piece) -> bool:
    """ "परिषद ने … लौटा दीं": with the particle of the past someone did it; nothing is asked."""
    marks = passage.within(piece.start, piece.end, "open")
    return bool(marks) and not passage.within(marks[0].end, piece.end, "that")


def parted_at_verbs(passage: Passage, course: Course) -> list[Piece]:
    """Part "A करें और B करे" where the second half names someone of its own or its own time."""
    found = []
    for piece in passage.pieces:
        start = piece.start
        for hit in passage.within(piece.start, piece.end, "act_end", "must", "will", "approve", "grant"):
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
    if not passage.within(rest.start, rest.end, "act_end", "must", "will", "direct", "assign") and not _closing_act(
        passage, rest, course.pack, governed=True
    ):
        return False
    heads = passage.within(rest.start, min(rest.end, rest.start + 40), *HEADS)
    named = heads and _subject_last(passage, Piece(rest.start, rest.end), course.pack)
    return (
        bool(named)
        or deadline_in(passage.line.shadow.text, rest.start, rest.end, course.pack, course.event) is not None
    )


def _frame_last(passage: Passage, piece: Piece, course: Course) -> Sign | None:
    hits = inside(passage, piece)
    for hit in hits:
        if hit.tag not in ("direct", "assign", "stress", "say"):
            continue
        that = next((h for h in hits if h.tag == "that" and hit.end <= h.start <= hit.end + 40), None) or _colon(
            passage, hit
        )
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
    held = inside(passage, content)
    asked = _asked_before(passage, piece.start, hit.end, pack)
    duty = [h for h in held if h.tag == "must"]
    direct = hit.tag in ("direct", "assign")
    ending = _closing_act(passage, content, pack, governed=direct or hit.tag == "stress")
    if any(h.tag == "decide" and h.end <= that.start for h in inside(passage, piece)) and not direct:
        return None
    if passage.role in LOOKING_BACK and not direct:
        return None
    if direct and (duty or ending or _infinitive_end(passage, content, pack) or _will_be(held)):
        actor = asked or _asked_within(passage, content, duty, pack) or _subject_last(passage, content, pack)
        return Sign(0.9, that.end, [hit], actor, frame=True, anew=True)
    if not direct and (duty or ending):
        actor = _asked_within(passage, content, duty, pack) or _subject_last(passage, content, pack)
        return Sign(0.8, that.end, [hit, *(duty[-1:] or [])], actor, frame=hit.tag == "stress", anew=True)
    return None


def _will_be(held: list[Hit]) -> bool:
    """Whether something will be done; that nothing of a kind "will be tolerated" is a warning."""
    return any(h.tag == "will" for h in held) and not any(h.tag == "negative" for h in held)


def _asked_within(passage: Passage, content: Piece, duty: list[Hit], pack: Pack) -> Actor | None:
    return _asked_before(passage, content.start, duty[-1].start, pack) if duty else None


def _before_asking(passage: Passage, piece: Piece, hit: Hit, course: Course) -> Sign | None:
    """ "… करने के निर्देश दिए": what is asked stands before the verb of asking."""
    if passage.role in LOOKING_BACK or hit.start - piece.start < 12:
        return None
    actor = _asked_before(passage, piece.start, hit.end, course.pack)
    begin = _behind_postposition(passage, piece, hit, actor)
    frame = hit.end < piece.end - 25
    return Sign(0.85, begin, [hit], actor, frame=frame, anew=True, until=None if frame else hit.start)


def _behind_postposition(passage: Passage, piece: Piece, hit: Hit, actor: Actor | None) -> int:
    """Where what is asked begins: behind the "को" that follows the one asked."""
    if actor is None or actor.span is None:
        return piece.start
    shadow = passage.line.shadow
    after = (
        h.end
        for h in passage.within(piece.start, hit.start, "upto")
        if shadow.span(h.start, h.end)[0] >= actor.span.end
    )
    return next(after, piece.start)


def _asked_before(passage: Passage, start: int, end: int, pack: Pack) -> Actor | None:
    """The unit before "को" or "से"."""
    for hit in [h for h in passage.all("upto") if start <= h.start < end]:
        for index in range(hit.first - 1, max(-1, hit.first - 7), -1):
            if passage.tokens[index].text in pack.name_and and not passage.covered_by(index, *HEADS):
                continue
            if hit.first - index > 4 and passage.tokens[index].text not in pack.head_first:
                continue
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
    if "(" in text and ")" not in text:
        text = text[: text.index("(")].rstrip()
    return Actor(text, actor.basis, Span(span.line, span.start, span.start + len(text), text))


def _subject_last(passage: Passage, piece: Piece, pack: Pack) -> Actor | None:
    """The unit a clause opens with, standing bare before its object: "संबंधित विभाग रिपोर्ट प्रस्तुत करें"."""
    opening = next((i for i, t in enumerate(passage.tokens) if t.start >= piece.start), 0)
    before_another: int | None = None
    for head in passage.within(piece.start, piece.end, *HEADS):
        if head.first - opening > 20:
            break
        index = head.last + 1
        if _is_partner(passage, head, pack):
            continue
        if passage.tokens[head.last].text in pack.head_first and index < len(passage.tokens):
            actor = actor_ending(passage, head.last, piece.start, pack)
            return _up_to(passage, actor, _name_behind(passage, index, piece.end, pack)) if actor else None
        if index < len(passage.tokens) and passage.covered_by(index, *HEADS):
            gap = passage.line.shadow.text[head.end : passage.tokens[index].start]
            if not gap.strip() and head.first - opening <= 6 and before_another is None:
                before_another = head.last
            continue
        if index < len(passage.tokens) and passage.covered_by(index, "of", "open", "stop", "join", "upto"):
            joined = before_another is not None and head.first == before_another + 1 and head.tag == "group"
            if joined and passage.covered_by(before_another or 0, "unit", "post") and passage.covered_by(index, "of"):
                before_another = None  # "the training of the staff of the union": all of it is one object
            continue
        if passage.tokens[head.last].text in pack.modifying and _name_goes_on(passage, index, piece.end):
            continue
        return actor_ending(passage, head.last, piece.start, pack)
    return actor_ending(passage, before_another, piece.start, pack) if before_another is not None else None


def _is_partner(passage: Passage, head: Hit, pack: Pack) -> bool:
    """ "ऊर्जा विभाग के समन्वय से": a unit named as partner does not act."""
    behind = 4 if passage.tokens[head.last].text in pack.head_first else 1
    for index in range(head.last + 1, min(head.last + 1 + behind, len(passage.tokens))):
        if passage.covered_by(index, "with_close"):
            return True
        if passage.covered_by(index, *HEADS, "open", "upto", "that"):
            return False
    return False


def _name_goes_on(passage: Passage, index: int, limit: int) -> bool:
    """ "जिला हथकरघा कार्यालय": a telling word a word or two before another is part of that name."""
    for step in range(index, min(index + 3, len(passage.tokens))):
        if passage.tokens[step].end > limit or passage.covered_by(step, *_PARTING):
            return False
        if passage.covered_by(step, *HEADS):
            return step > index
    return False


_PARTING = ("of", "open", "stop", "join", "upto", "act_end", "must", "will", "month")


def _name_behind(passage: Passage, index: int, limit: int, pack: Pack) -> int:
    """Where the name ends whose telling word stands first: its next word, and those that "and" joins to it."""
    last = index
    while last + 2 < len(passage.tokens) and passage.tokens[last + 2].end <= limit:
        if passage.tokens[last + 1].text not in pack.name_and or passage.covered_by(last + 2, *HEADS):
            break
        last += 2
    return passage.tokens[last].end


def _closing_act(passage: Passage, piece: Piece, pack: Pack, *, governed: bool = False) -> Hit | None:
    """A verb in the form of asking: listed ones anywhere, shaped ones at the end of the clause."""
    for hit in inside(passage, piece):
        if hit.tag != "act_end" or _is_future(passage, hit):
            continue
        conditional = any(h.tag in ("purpose", "negative") and piece.start < h.start < hit.start for h in passage.hits)
        if not conditional or _at_end(passage, piece, hit.last):
            return hit
    shape = pack.shape_of_end
    tokens = [t for t in passage.tokens if t.start >= piece.start and t.end <= piece.end]
    if shape and tokens and shape.match(tokens[-1].text):
        index = passage.tokens.index(tokens[-1])
        if not passage.covered_by(index, "none", "done", "unit"):
            return Hit("act_end", index, index, tokens[-1].start, tokens[-1].end)
    goes_on = passage.role == "conclusion" and _opening_subject(passage, piece, pack) is not None
    return _asked_end(passage, tokens, pack) if (governed or goes_on) and tokens else None


def _asked_end(passage: Passage, tokens: list[Token], pack: Pack) -> Hit | None:
    """A last word that is a form of asking if somebody asks, and might be something else if nobody does."""
    shape = pack.shape_of_asked
    index = passage.tokens.index(tokens[-1])
    if shape is None or not shape.match(tokens[-1].text):
        return None
    if passage.covered_by(index, "none", "done", "unit", "group", "post", "open", "upto", "will", "of", "must"):
        return None
    return Hit("act_end", index, index, tokens[-1].start, tokens[-1].end)


def _is_future(passage: Passage, hit: Hit) -> bool:
    """ "کیا جائے گا": a form of asking that a future or habitual particle follows is none."""
    return any(h.tag in ("will", "habitual") and h.last > hit.last and h.first <= hit.last + 1 for h in passage.hits)


def _at_end(passage: Passage, piece: Piece, index: int) -> bool:
    after = [t for t in passage.tokens if t.start >= piece.start and t.end <= piece.end]
    return bool(after) and passage.tokens[index].end >= after[-1].start


def _infinitive_end(passage: Passage, piece: Piece, pack: Pack) -> bool:
    tokens = [t for t in passage.tokens if t.start >= piece.start and t.end <= piece.end]
    if not tokens:
        return False
    last = passage.tokens.index(tokens[-1])
    if any(h.tag == "act" and h.last == last for h in passage.hits):
        return True
    listed = (
        passage.role == "keytasks" and pack.infinitive_shape and not passage.covered_by(last, "none", "done", "unit")
    )
    return bool(listed and pack.cached("infinitive", folded(pack.infinitive_shape)).match(passage.tokens[last].text))

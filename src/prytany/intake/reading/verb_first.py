"""Tasks in languages whose verb comes before what is to be done: frames of asking, duty, future, bare verbs."""

from dataclasses import replace

from prytany.intake.reading.actors import actor_between
from prytany.intake.reading.acts import acts_after, acts_soon, content_start, is_act, opening_act
from prytany.intake.reading.pack import Pack
from prytany.intake.reading.segments import Passage, Piece
from prytany.intake.reading.signs import Course, Sign, inside, is_listed, narrates
from prytany.intake.reading.subjects import (
    doer_behind,
    duty_actor,
    follows_that,
    framed,
    governed_subject,
    is_done_to,
    is_patient,
    passive_subject,
    past_chair,
    past_speaker,
    subject,
    subject_after_that,
    subject_behind,
    told_first,
)
from prytany.intake.reading.tokens import Hit
from prytany.intake.reading.voice import ASKING, LOOKING_BACK, is_purpose


def read_verb_first(passage: Passage, piece: Piece, course: Course, governing: Sign | None) -> Sign | None:
    if not (governing and _directs_others(passage, piece)):
        frame = _frame_first(passage, piece, course)
        if frame is not None:
            return frame
    hits = inside(passage, piece)
    looking_back = passage.role in LOOKING_BACK or passage.role == "proposals"
    duty = next((h for h in hits if h.tag == "must" and not _is_reported(passage, piece, h)), None)
    while duty and (further := next((h for h in hits if h.tag == "must" and h.first == duty.last + 1), None)):
        duty = further
    opening = opening_act(passage, piece, course.pack)
    if governing is not None and governing.certainty > 0:
        if duty or opening or not _only_done(hits):
            actor = subject(passage, piece.start, duty.start, course.pack) if duty else None
            begin = opening.start if opening else duty.end if duty else piece.start
            if actor is None and not duty:
                actor = governed_subject(passage, piece, opening, course.pack)
            words = [h for h in (duty, opening) if h][:1]
            named = actor or governing.actor
            return Sign(0.8, begin, words, told=governing.told, actor=named, anew=governing.anew and named is None)
        return None
    if duty and not looking_back:
        actor = duty_actor(passage, piece, duty, course.pack)
        if actor is None and passage.entrusts:
            # "It was assigned to the Drainage Department, which shall inspect": to whom it was given.
            actor = actor_between(passage, piece.start, duty.start, course.pack)
        if actor is None and _foretells(passage, duty, course.pack):
            return None
        anew = actor is None and _of_nobody(passage, piece, duty, course.pack)
        patient = actor is None and is_patient(passage, piece, duty, course.pack)
        return Sign(0.85, duty.end, [duty], actor, anew=anew, patient=patient)
    future = next((h for h in hits if h.tag == "will"), None)
    if narrates(passage, piece):
        return None
    if future and not looking_back:
        actor = subject(passage, piece.start, future.start, course.pack) or subject_behind(
            passage, piece, future, course.pack
        )
        if actor and acts_after(passage, future, piece, course.pack):
            return Sign(0.7, piece.start, [future], actor)
    habit = next((h for h in hits if h.tag == "habitual"), None)
    if habit and passage.role in ASKING and not any(h.tag == "done" for h in hits):
        actor = subject(passage, piece.start, habit.start, course.pack)
        if actor:
            return Sign(0.55, piece.start, [habit], actor)
    if opening and future is None and not _only_done([h for h in hits if h.start < opening.start]):
        actor = subject(passage, piece.start, opening.start, course.pack)
        # "Clerk to write": the word between them is proof enough, whatever was said before.
        linked = (
            passage.tokens[opening.first - 1].text in course.pack.verb_after_to if opening.first and actor else False
        )
        actor = actor or told_first(passage, piece, course.pack)
        if actor is None and passage.tokens[opening.first].text in course.pack.entrusting:
            begin = content_start(passage, opening, piece, course.pack)
            actor = actor_between(passage, opening.end, begin, course.pack) if opening.end < begin < piece.end else None
        asked = not looking_back and (passage.role in ASKING or passage.item)
        if asked or (linked and passage.role != "proposals"):
            return Sign(0.7 if passage.role in ASKING else 0.55, opening.start, [opening], actor)
    doer = told_first(passage, piece, course.pack)
    if doer is not None and not any(h.tag == "done" for h in hits):
        return Sign(0.6, piece.start, [], doer)
    return is_listed(passage, piece)


def _of_nobody(passage: Passage, piece: Piece, duty: Hit, pack: Pack) -> bool:
    """ "It is necessary to", "complaints should be resolved": of several asked before nobody is named again."""
    return is_done_to(passage, duty, pack) or duty.start <= piece.start + 3


def _foretells(passage: Passage, duty: Hit, pack: Pack) -> bool:
    """ "La tempête devrait toucher la côte": nobody named, nothing done to anything, so it is a forecast."""
    word = passage.tokens[duty.first].text
    return word in pack.soft_duty and not is_done_to(passage, duty, pack)


def _directs_others(passage: Passage, piece: Piece) -> bool:
    """Under a verb of asking, "the board directs the departments to …" asks the board."""
    verbs = passage.within(piece.start, piece.end, "direct")
    if not verbs:
        return False
    before = passage.within(piece.start, verbs[0].start, "unit", "post", "role", "group")
    return bool(before) and before[0].tag == "unit" and not any(h.tag in ("post", "role") for h in before)


def _only_done(hits: list[Hit]) -> bool:
    return any(h.tag == "done" for h in hits) and not any(h.tag in ("act", "must", "will", "act_end") for h in hits)


def _frame_first(passage: Passage, piece: Piece, course: Course) -> Sign | None:
    """Who asked, entrusted or stressed: "asked X to", "assigned X to", "stressed that X must"."""
    hits = inside(passage, piece)
    for hit in hits:
        if hit.tag not in ("direct", "assign", "stress", "say", "resolved") and not _chair_proposes(passage, hit):
            continue
        if hit.tag in ("direct", "assign") and is_purpose(passage, hit):
            continue
        if hit.tag in ("direct", "assign") and passage.role in LOOKING_BACK and _is_perfect(passage, hit):
            continue
        if passage.role == "limits" and not passage.within(piece.start, hit.start, "post", "role", "pronoun"):
            continue  # "the urging of … is not resolute" asks for nothing
        if hit.tag in ("direct", "assign") and _follows_an_act(passage, piece, hit, course):
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


def _chair_proposes(passage: Passage, hit: Hit) -> bool:
    """Who "proposed that" in a closing speech asks, whatever the translation made of the verb."""
    return (
        hit.tag == "propose"
        and passage.role == "conclusion"
        and passage.has("conclude")
        and passage.has("post", "role")
    )


def _follows_an_act(passage: Passage, piece: Piece, hit: Hit, course: Course) -> bool:
    """ "UBND các xã kiện toàn …, phân công …": where verbs have one form, one of a series asks nobody."""
    if not any(h.tag == "act" for h in passage.begins.get(hit.first, ())):
        return False
    if any(passage.covered_by(i, "unit", "group", "post") for i in range(hit.last + 1, hit.last + 5)):
        return False
    opening = opening_act(passage, piece, course.pack)
    if opening is not None and opening.first == hit.first:
        return passage.item and passage.role == "keytasks"
    return opening is not None and opening.first < hit.first


def _is_perfect(passage: Passage, hit: Hit) -> bool:
    return hit.first > 0 and any(h.tag == "past_lead" and h.last == hit.first - 1 for h in passage.hits)


def _after_asking(passage: Passage, piece: Piece, hit: Hit, course: Course) -> Sign | None:
    pack = course.pack
    begin = content_start(passage, hit, piece, pack)
    if begin >= piece.end:
        actor = actor_between(passage, hit.end, piece.end, pack) or passive_subject(passage, piece, hit, pack)
        if actor:
            course.actor = replace(actor, basis="carried")
        return Sign(0.0, piece.end, [hit], actor, frame=True)
    if begin == hit.end and not _may_ask_for_things(passage, piece, hit):
        charged = passive_subject(passage, piece, hit, pack) if hit.tag == "assign" else None
        return Sign(0.8, piece.start, [hit], charged, anew=True) if charged else None
    if passage.within(hit.end, begin, "praise"):
        return None  # "directed his thanks to the staff" asks for nothing
    start = past_speaker(passage, hit, begin, pack)
    proposed = hit.tag == "propose"  # between the verb and "that" stands who proposes
    # "The Office was charged with …": who is charged stands before the passive.
    charged = passive_subject(passage, piece, hit, pack) if hit.tag == "assign" else None
    actor = charged or (actor_between(passage, start, begin, pack) if begin > hit.end and not proposed else None)
    if actor is None and not proposed and begin > hit.end and pack.infinitive_marks:
        actor = framed(passage, start, begin)
    if actor is None and follows_that(passage, begin):
        actor = subject_after_that(passage, Piece(begin, piece.end), pack)
    habit = next((h for h in passage.within(begin, piece.end, "habitual")), None)
    if actor is None and begin == hit.end and habit is not None:
        actor = actor_between(passage, begin, habit.start, pack)
    actor = actor or passive_subject(passage, piece, hit, pack) or doer_behind(passage, piece, hit.last + 1, pack)
    binding = next(iter(passage.within(hit.end, piece.end, "must", "will")), None)
    if actor is None and passage.entrusts and binding is not None:
        # "Assigned to the Drainage Department, which shall inspect": to whom it was given.
        actor = actor_between(passage, hit.end, binding.start, pack)
    return Sign(0.9, begin, [hit], actor, frame=True, anew=True)


def _may_ask_for_things(passage: Passage, piece: Piece, hit: Hit) -> bool:
    """ "The chairman called for the early completion of the dam": with a noun, only someone who chairs asks for tasks."""
    return bool(passage.within(piece.start, hit.start, "post", "role", "conclude", "pronoun"))


def _after_stress(passage: Passage, piece: Piece, hit: Hit, course: Course) -> Sign | None:
    """What was stressed or said is a task only where it speaks of duty, or goes straight on with a bare verb."""
    pack = course.pack
    start = past_chair(passage, hit, pack)
    rest = [h for h in inside(passage, piece) if h.start >= hit.end]
    if passage.role in LOOKING_BACK:
        return None
    approving = passage.covered_by(hit.first, "approve", "grant")
    follows = [h for h in rest if h.tag in ("act", "ask_approval")]
    if approving and follows and any(h.tag == "ask_approval" and h.first == follows[0].first for h in follows):
        return None
    duty = next((h for h in rest if h.tag == "must"), None)
    if duty:
        actor = duty_actor(passage, Piece(start, piece.end), duty, pack)
        actor = actor or doer_behind(passage, piece, duty.last + 1, pack)
        return Sign(0.85, duty.end if actor else hit.end, [hit, duty], actor, frame=hit.tag == "stress", anew=True)
    future = next((h for h in rest if h.tag == "will"), None)
    if hit.tag == "stress" and future and any(h.tag == "that" and h.start < future.start for h in rest):
        actor = subject(passage, start, future.start, pack)
        if actor and not passage.within(piece.start, piece.end, "scheduled"):
            return Sign(0.7, hit.end, [hit, future], actor, frame=True, anew=True)
    index = hit.last + 1
    if hit.tag == "stress" and index < len(passage.tokens) and acts_soon(passage, index, pack):
        return Sign(0.75, hit.end, [hit], None, frame=True, anew=True)
    return None


def _after_resolved(passage: Passage, piece: Piece, hit: Hit, course: Course) -> Sign | None:
    """ "RESOLVED that the clerk write": a resolution at the head of a clause binds whoever it names."""
    if hit.start > piece.start + 25:
        return None
    following = hit.last + 1
    words = passage.tokens[following : following + 2]
    if not words:
        return None
    acts = [
        i
        for i in range(following, len(passage.tokens))
        if passage.tokens[i].start < piece.end and is_act(passage, i, course.pack)
    ]
    if not acts or acts[0] > following + 14:
        return None
    if any(h.tag in ("approve", "refuse", "defer", "grant") and hit.last < h.first < acts[0] for h in passage.hits):
        return None
    actor = actor_between(passage, hit.end, passage.tokens[acts[0]].start, course.pack)
    named = passage.begins_with(following, "that", "upto")
    colon = passage.line.shadow.text[hit.end : hit.end + 2].strip().startswith(":")
    if actor is None and passage.exchange == "told":
        return None  # what the body itself resolved upon a request
    if actor or ((named or colon) and acts[0] <= following + 2):
        return Sign(0.75, hit.end, [hit], actor, frame=True)
    return None


def _is_reported(passage: Passage, piece: Piece, duty: Hit) -> bool:
    """A duty inside a purpose ("so that it must") or denied is none."""
    return any(h.tag == "purpose" and piece.start <= h.start < duty.start for h in passage.hits)

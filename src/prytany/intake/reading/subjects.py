"""Who is asked, in languages whose verb comes first: the subject of a duty, the one between "asked" and "to"."""

from prytany.intake.reading.actors import HEADS, actor_between, past_opening, span_of
from prytany.intake.reading.acts import content_start, is_plain_act
from prytany.intake.reading.model import Actor
from prytany.intake.reading.pack import Pack
from prytany.intake.reading.segments import Passage, Piece
from prytany.intake.reading.tokens import Hit


def subject(passage: Passage, start: int, end: int, pack: Pack) -> Actor | None:
    start = past_opening(passage, start, end, pack)
    start = max([start, *(h.end for h in passage.within(start, end, "that"))])
    actor = actor_between(passage, start, end, pack) if end > start else None
    if actor is None or actor.span is None:
        return None
    # The name must reach the verb; one that a comma parts from it is the subject of something else.
    shadow = passage.line.shadow
    first = shadow.span(start, end)[0]
    gap = shadow.original(start, end)[actor.span.end - first :]
    if len(gap) > 25 and any(mark in gap for mark in ",،") and not _joins_others(passage, gap, end):
        return None
    # Nor may other words stand before it: in "the works in the district must" no district is meant.
    return None if _has_other_words(passage, start, actor, pack) else actor


def _joins_others(passage: Passage, gap: str, end: int) -> bool:
    """ "The Department of Health, working with the Department of Water, shall …": an insertion that names partners."""
    return gap.lstrip()[:1] in ",،" and bool(passage.within(end - len(gap), end, "with_open"))


def _has_other_words(passage: Passage, start: int, actor: Actor, pack: Pack) -> bool:
    shadow = passage.line.shadow
    before = (
        [t for t in passage.tokens if t.start >= start and shadow.span(t.start, t.end)[1] <= actor.span.start]
        if actor.span
        else []
    )
    if any(token.text in pack.amid for token in before[-2:]):
        return False
    for index, token in enumerate(passage.tokens):
        if token.start < start or actor.span is None or shadow.span(token.start, token.end)[0] >= actor.span.start:
            continue
        if not passage.covered_by(
            index, "skip", "join", "forward", "listing", "open", "that", "conclude", "pronoun", "of"
        ):
            return True
    return False


def is_done_to(passage: Passage, duty: Hit, pack: Pack) -> bool:
    """ "Complaints should be resolved": the subject is what is done, nobody is named."""
    words = [t.text for t in passage.tokens[duty.first : duty.last + 2]]
    return any(word in pack.passive_words for word in words)


def is_patient(passage: Passage, piece: Piece, duty: Hit, pack: Pack) -> bool:
    """ "The pool staff are to be trained": who is named is not who does it."""
    pattern = pack.pattern("done_to")
    if not passage.within(piece.start, duty.start, *HEADS):
        return False
    return bool(
        pattern
        and pattern.search(passage.line.shadow.text, max(piece.start, duty.start), min(piece.end, duty.end + 30))
    )


def duty_actor(passage: Passage, piece: Piece, duty: Hit, pack: Pack) -> Actor | None:
    if is_done_to(passage, duty, pack) and is_patient(passage, piece, duty, pack):
        return None
    actor = subject(passage, piece.start, duty.start, pack)
    if actor or not pack.asked_open:
        return actor
    # "يجب على الوحدات أن", "il appartient aux services de": the one asked stands after the word of duty.
    index = duty.last + 1
    opened = passage.begins_with(index, "open") or passage.covered_by(duty.last, "open")
    if not opened and not pack.subject_after_duty:
        return None
    stop = content_start(passage, duty, piece, pack)
    if stop <= duty.end:
        return subject_behind(passage, piece, duty, pack)
    return actor_between(passage, duty.end, stop, pack)


def framed(passage: Passage, start: int, end: int) -> Actor | None:
    """Whoever stands between "asked" and "to" is asked, whether or not the pack knows the word: "asked the ADDC to"."""
    kept = []
    for index, token in enumerate(passage.tokens):
        if start <= token.start and token.end <= end and not passage.covered_by(index, "upto", "that", "skip", "join"):
            if passage.covered_by(index, "stop", "event", "forward", "pronoun", "done", "direct"):
                return None
            kept.append(token)
    if not 1 <= len(kept) <= 7 or kept[0].text in ("them", "him", "her", "it", "us", "me"):
        return None
    span = span_of(passage.line, kept[0].start, kept[-1].end)
    return Actor(span.text, "stated", span)


def past_speaker(passage: Passage, hit: Hit, begin: int, pack: Pack) -> int:
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


def past_chair(passage: Passage, hit: Hit, pack: Pack) -> int:
    """Behind the post of the one who speaks, where it follows the verb: "شدد المحافظ على"."""
    if pack.host_order != "verb":
        return hit.end
    speaker = next((h for h in passage.all("post") if hit.last < h.first <= hit.last + 2), None)
    return speaker.end if speaker else hit.end


def subject_behind(passage: Passage, piece: Piece, verb: Hit, pack: Pack) -> Actor | None:
    """Where the verb opens the sentence its subject follows at once: "ستواصل المحافظة ابتكار …"."""
    if pack.host_order != "verb" or not passage.begins_with(verb.last + 1, *HEADS):
        return None
    head = next(h for h in passage.begins[verb.last + 1] if h.tag in HEADS)
    stop = piece.end
    for index in range(head.last + 1, len(passage.tokens)):
        if passage.tokens[index].start >= piece.end:
            break
        # Right behind the telling word a noun of doing belongs to the name: "إدارة التخطيط".
        named = index == head.last + 1 and passage.tokens[index].text.startswith("ال")
        doing = index > head.last + 1 and _is_its_doing(passage.tokens[index].text, pack)
        if (is_plain_act(passage, index, pack) and not named) or doing or passage.covered_by(index, "stop", "open"):
            stop = passage.tokens[index].start
            break
    return actor_between(passage, head.start, stop, pack)


def told_first(passage: Passage, piece: Piece, pack: Pack) -> Actor | None:
    """Who acts in an item of what was decided: it opens with them, or with a verb of the present and then them."""
    listed = passage.item and passage.first_of_line and passage.role in ("decisions", "keytasks")
    tokens = [i for i, t in enumerate(passage.tokens) if piece.start <= t.start and t.end <= piece.end]
    if not listed or len(tokens) < 4:
        return None
    first = tokens[0]
    if pack.host_order == "verb":
        shape = pack.shape_of_act
        verb = passage.tokens[first].text
        if verb[:1] not in ("ي", "ت") or (shape and shape.match(verb)) or passage.begins_with(first, "act", "unit"):
            return None
        first += 1
    elif pack.head != "first" or not pack.habitual_shape:
        return None
    while first < tokens[-1] and passage.covered_by(first, "open", "skip") and not passage.begins_with(first, *HEADS):
        first += 1
    if not passage.begins_with(first, *HEADS):
        return None
    last = next(h for h in passage.begins[first] if h.tag in HEADS).last
    while last + 1 < tokens[-1]:
        word = passage.tokens[last + 1].text
        linked = passage.covered_by(last + 1, "of", "open") and not word.startswith(("الي", "ب"))
        named = word.startswith("ال") and not word.startswith("الي") if pack.host_order == "verb" else linked
        if not named:
            break
        last += 1 if pack.host_order == "verb" else 2
    return actor_between(passage, passage.tokens[first].start, passage.tokens[min(last, tokens[-1])].end, pack)


def _is_its_doing(word: str, pack: Pack) -> bool:
    """ "سيقوم قسم الأشغال بإصلاحه": what is done hangs on the verb by a particle."""
    shape = pack.shape_of_act
    return word.startswith("ب") and shape is not None and bool(shape.match(word[1:]))


def doer_behind(passage: Passage, piece: Piece, noun: int, pack: Pack) -> Actor | None:
    """ "ضرورة التزام الشركات بالجداول": nouns of doing that take no object name their doer next."""
    if noun >= len(passage.tokens) or not any(passage.tokens[noun].text.endswith(word) for word in pack.doer_behind):
        return None
    index = noun + 1
    while index < len(passage.tokens) and passage.tokens[index].text in pack.amid:
        index += 1
    if not passage.begins_with(index, *HEADS):
        return None
    stop = piece.end
    for later in range(index + 1, len(passage.tokens)):
        if passage.tokens[later].start >= piece.end:
            break
        if is_plain_act(passage, later, pack) or passage.tokens[later].text.startswith(("ب", "ل")):
            stop = passage.tokens[later].start
            break
    return actor_between(passage, passage.tokens[index].start, stop, pack)


def follows_that(passage: Passage, begin: int) -> bool:
    return any(h.tag == "that" and 0 <= begin - h.end <= 2 for h in passage.hits)


def subject_after_that(passage: Passage, content: Piece, pack: Pack) -> Actor | None:
    """In "requested that departments closely link" the one asked stands between "that" and the verb."""
    for index, token in enumerate(passage.tokens):
        if token.start <= content.start or token.start >= content.end:
            continue
        if is_plain_act(passage, index, pack) or passage.covered_by(index, "must", "will", "stop"):
            return actor_between(passage, content.start, token.start, pack)
    return None


def passive_subject(passage: Passage, piece: Piece, hit: Hit, pack: Pack) -> Actor | None:
    """In "the office was asked to" and "X is assigned to" the one asked stands before the verb."""
    words = passage.line.shadow.text[hit.start : hit.end].split()
    if words and (words[0] in pack.passive_signs or {"été", "been"} & set(words)):
        return subject(passage, piece.start, hit.start, pack)
    return None


def governed_subject(passage: Passage, piece: Piece, opening: Hit | None, pack: Pack) -> Actor | None:
    """Under a verb of asking each clause may name its own: "Sở Y tế …; Sở Xây dựng …", "… et que les bureaux …"."""
    start = next((i for i, t in enumerate(passage.tokens) if t.start >= piece.start), 0)
    if passage.covered_by(start, "join") and passage.covered_by(start + 1, "that"):
        return subject_after_that(passage, Piece(passage.tokens[start + 1].start, piece.end), pack)
    if opening is not None:
        return subject(passage, piece.start, opening.start, pack)
    heads = passage.within(piece.start, piece.end, *HEADS)
    return actor_between(passage, piece.start, piece.end, pack) if heads and heads[0].first <= start + 3 else None

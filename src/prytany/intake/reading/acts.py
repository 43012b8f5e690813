"""Bare verbs by which a task opens, in languages whose verb comes first: where they stand, where content begins."""

import re

from prytany.intake.reading.actors import HEADS
from prytany.intake.reading.pack import Pack, folded
from prytany.intake.reading.segments import Passage, Piece
from prytany.intake.reading.tokens import Hit
from prytany.intake.reading.voice import ASKING


def is_act(passage: Passage, index: int, pack: Pack) -> bool:
    if passage.begins_with(index, "act"):
        return True
    shape = pack.shape_of_act
    if shape is None:
        return False
    token = passage.tokens[index].text
    blocked = passage.covered_by(index, "none", "unit", "group", "post")
    return not blocked and bool(shape.match(token))


def is_plain_act(passage: Passage, index: int, pack: Pack) -> bool:
    """A bare verb that is no name of a unit too: "إدارة" is to manage, and a department."""
    return is_act(passage, index, pack) and not passage.begins_with(index, *HEADS)


def _is_infinitive(passage: Passage, index: int, pack: Pack) -> bool:
    if not pack.infinitive_shape or passage.covered_by(index, "none", "group", "post", "unit", "event", "month"):
        return False
    return bool(pack.cached("infinitive", pack.infinitive_shape).match(passage.tokens[index].text))


def content_start(passage: Passage, hit: Hit, piece: Piece, pack: Pack) -> int:
    """Where what is asked begins: after "to" or "that", or at the first bare verb."""
    charged = (
        pack.cached("charge", folded(pack.charge_shape))
        if pack.charge_shape and hit.tag in ("assign", "direct")
        else None
    )
    following = hit.last + 1
    linked = hit.last > hit.first and passage.covered_by(hit.last, "upto") and following < len(passage.tokens)
    if linked and _is_infinitive(passage, following, pack) and passage.tokens[following].start < piece.end:
        return passage.tokens[following].start
    for index in range(hit.last + 1, len(passage.tokens)):
        token = passage.tokens[index]
        if token.start >= piece.end:
            return piece.end
        if passage.covered_by(index, "must"):
            return hit.end
        if is_plain_act(passage, index, pack) or (
            charged and index > hit.last + 1 and charged.match(token.text) and not passage.covered_by(index, *HEADS)
        ):
            return token.start
        if passage.begins_with(index, "upto", "that"):
            following = index + 1
            if following < len(passage.tokens) and (
                passage.begins_with(index, "that")
                or is_act(passage, following, pack)
                or passage.tokens[index].text in pack.infinitive_marks
                or _is_infinitive(passage, following, pack)
            ):
                return passage.tokens[following].start
    return hit.end


def acts_soon(passage: Passage, index: int, pack: Pack) -> bool:
    for step in range(index, min(index + 3, len(passage.tokens))):
        if is_act(passage, step, pack):
            return True
        if not passage.covered_by(step, "that", "upto", "skip", "open", "of"):
            return False
    return False


def acts_after(passage: Passage, future: Hit, piece: Piece, pack: Pack) -> bool:
    for index in range(future.last + 1, min(future.last + 5, len(passage.tokens))):
        if passage.tokens[index].start < piece.end and is_act(passage, index, pack):
            return True
    return pack.future_is_act and future.last + 1 < len(passage.tokens)


def opening_act(passage: Passage, piece: Piece, pack: Pack) -> Hit | None:
    """The bare verb a clause opens with, after words such as "at the same time"; or "Clerk to write"."""
    start = next((i for i, t in enumerate(passage.tokens) if t.start >= piece.start), len(passage.tokens))
    index = start
    for _ in range(9):
        if index >= len(passage.tokens) or passage.tokens[index].start >= piece.end:
            return None
        if index > start and pack.infinitive_marks and passage.tokens[index - 1].text in pack.nouning:
            break  # "The draft budget": behind an article it is a noun
        if is_act(passage, index, pack):
            return _act_at(passage, index)
        if index > start and passage.covered_by(index - 1, "upto") and _is_infinitive(passage, index, pack):
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
    if index is None or any(
        h.tag in ("done", "unit", "group", "post") and h.start >= piece.start and h.end <= comma.start()
        for h in passage.hits
    ):
        return None
    for step in range(index, min(index + 3, len(passage.tokens))):
        if passage.tokens[step].start < piece.end and is_act(passage, step, pack):
            return _act_at(passage, step)
        if not passage.covered_by(step, "skip", "join"):
            return None
    return None


def _named_act(passage: Passage, piece: Piece, start: int, pack: Pack) -> Hit | None:
    """A unit or post followed at once by a verb: "Clerk to write", "Sở Xây dựng rà soát"."""
    heads = [
        h for h in passage.hits if h.tag in ("unit", "group", "post") and h.start >= piece.start and h.end <= piece.end
    ]
    opening = passage.line.shadow.text[piece.start : heads[0].start] if heads else ""
    opened = "," in opening and any(c.isdigit() for c in opening)  # "From 1 September 2025, …"
    if not heads or heads[0].first > start + (10 if opened else 6):
        return None
    for index in range(heads[0].last + 1, min(heads[0].last + 22, len(passage.tokens))):
        token = passage.tokens[index]
        if token.start >= piece.end:
            return None
        if passage.begins_with(index, "done", "praise") or (
            passage.begins_with(index, *_NOT_BARE) and not is_act(passage, index, pack)
        ):
            return None
        if is_act(passage, index, pack):
            linked = passage.tokens[index - 1].text in pack.verb_after_to
            plain = passage.role in ASKING and index <= heads[0].last + 8 and passage.covered_by(index - 1, *HEADS)
            return _act_at(passage, index) if linked or plain or not pack.verb_after_to else None
    return None


_NOT_BARE = (
    "done", "must", "will", "direct", "assign", "say", "praise", "propose", "stress", "host", "attend", "confer", "hearing",
    "approve", "decide", "defer", "refuse", "launch",
)  # fmt: skip

"""Who acts: the words of the text that name a unit, a group of people or a post. Never a name that is not written."""

from collections.abc import Iterable

from prytany.intake.reading.model import Actor, Span
from prytany.intake.reading.pack import Pack
from prytany.intake.reading.segments import Line, Passage
from prytany.intake.reading.tokens import Hit, Token

HEADS = ("unit", "group", "post")
LONGEST = 180
# Words at which a name ends however it began.
_WALLS = {
    "must",
    "will",
    "direct",
    "assign",
    "stress",
    "say",
    "propose",
    "host",
    "that",
    "stop",
    "done",
    "confer",
    "with_open",
}


def span_of(line: Line, start: int, end: int) -> Span:
    """Return a span of the folded line as a span of the line as written."""
    first, last = line.shadow.span(start, end)
    return Span(line.number, first, last, line.shadow.raw[first:last])


def actor_between(passage: Passage, start: int, end: int, pack: Pack, basis: str = "stated") -> Actor | None:
    """Return the unit, group or post named between two offsets, or None where none is."""
    tokens = [t for t in passage.tokens if t.start >= start and t.end <= end]
    heads = [h for h in passage.hits if h.tag in HEADS and h.start >= start and h.end <= end]
    if not tokens or not heads:
        return None
    walls = _walls(passage, start, end)
    first, last = _grown(passage, tokens, heads, walls, pack)
    first, last = _stripped(passage, first, last)
    if last <= first or last - first > LONGEST or not any(first <= h.start and h.end <= last for h in heads):
        return None
    return Actor(passage.line.shadow.original(first, last), basis, span_of(passage.line, first, last))


# At these a name that ends with its telling word cannot have begun: postpositions, "that", verbs.
_BARRIERS = {
    "upto",
    "stop",
    "open",
    "that",
    "with_close",
    "must",
    "will",
    "direct",
    "assign",
    "stress",
    "say",
    "act_end",
    "host",
    "limit",
    "done",
    "event",
}


def actor_ending(passage: Passage, index: int, start: int, pack: Pack, basis: str = "stated") -> Actor | None:
    """Return the name whose telling word is the word `index`, read backwards, in languages that put it last."""
    if not passage.covered_by(index, *HEADS):
        return None
    text = passage.line.shadow.text
    first = index
    start = max(start, passage.opening)
    while first > 0 and passage.tokens[first - 1].start >= start:
        before = passage.tokens[first - 1]
        gap = text[before.end : passage.tokens[first].start].strip()
        dated = before.text.isdigit() and len(before.text) == 4
        if dated or passage.covered_by(first - 1, *_BARRIERS) or (gap and gap not in ("-", ",", "،", "'")):
            break
        if gap in (",", "،") and not passage.covered_by(first - 1, *HEADS) and not _in_name(passage, first, start):
            break
        first -= 1
    begin, end = _stripped(passage, passage.tokens[first].start, passage.tokens[index].end)
    if end <= begin or end - begin > LONGEST:
        return None
    return Actor(passage.line.shadow.original(begin, end), basis, span_of(passage.line, begin, end))


def _in_name(passage: Passage, first: int, start: int) -> bool:
    """Whether a comma stands inside a name of the kind "culture, sports and tourism department"."""
    joined = any(passage.covered_by(i, "join") for i in range(first, min(first + 4, len(passage.tokens))))
    size = 0
    while first - 1 - size >= 0 and passage.tokens[first - 1 - size].start >= start and size < 4:
        if passage.covered_by(first - 1 - size, *_BARRIERS, "act", "forward", "month"):
            return False
        size += 1
    return joined and size <= 2


def past_opening(passage: Passage, start: int, end: int, pack: Pack) -> int:
    """Where a clause begins behind an opening such as "In the city, …" or "In 2024, …"."""
    text = passage.line.shadow.text
    for _ in range(4):
        first = next((t for t in passage.tokens if t.start >= start), None)
        if first is None or first.text not in pack.openings:
            return start
        commas = [i for i in range(first.end, end) if text[i] in ",،" and not text[i + 1 : i + 3].strip().isdigit()]
        if not commas:
            return start
        start = commas[0] + 1
    return start


def _walls(passage: Passage, start: int, end: int) -> list[Hit]:
    return [h for h in passage.hits if h.tag in _WALLS and h.start >= start and h.end <= end]


def _grown(passage: Passage, tokens: list[Token], heads: list[Hit], walls: list[Hit], pack: Pack) -> tuple[int, int]:
    text = passage.line.shadow.text
    head = heads[0]
    first = head.start
    if pack.head == "last":
        for token in reversed([t for t in tokens if t.end <= head.start]):
            if _parted(text[token.end : first], joins=False) or any(w.start <= token.start < w.end for w in walls):
                break
            first = token.start
    last = head.end
    for token in [t for t in tokens if t.start >= head.end]:
        gap = text[last : token.start]
        if _parted(gap, joins=True) or any(w.start <= token.start < w.end for w in walls):
            break
        if ("," in gap or "،" in gap) and not _goes_on(passage, token, tokens, heads):
            break
        last = token.end
    return first, last


def _parted(gap: str, *, joins: bool) -> bool:
    marks = set(gap.strip())
    return bool(marks - set(",،-'’&./") if joins else marks - set("-'’&./"))


def _goes_on(passage: Passage, token: Token, tokens: list[Token], heads: list[Hit]) -> bool:
    """Whether after a comma the name goes on: another unit within a few words, or "culture, sports and tourism"."""
    place = tokens.index(token)
    near = tokens[place : place + 7]
    for step in range(place + 1, min(place + 4, len(tokens))):
        index = passage.tokens.index(tokens[step])
        if passage.covered_by(index, "join") and not any(
            passage.covered_by(i, "act", "must") for i in range(index - 2, index)
        ):
            return True
    return any(near[0].start <= h.start and h.end <= near[-1].end for h in heads)


def _stripped(passage: Passage, first: int, last: int) -> tuple[int, int]:
    """Drop words that introduce or follow a name: articles, "also", "in coordination"."""
    skips = {(h.start, h.end) for h in passage.hits if h.tag in ("skip", "join", "stop")}
    tails = skips | {(h.start, h.end) for h in passage.hits if h.tag in ("of", "open", "upto", "act", "with_open")}
    named = {(h.start, h.end) for h in passage.hits if h.tag in HEADS}
    skips, tails = skips - named, tails - named
    # A noun of doing with its article closes a name in Arabic: "إدارة التخطيط".
    tails = {(a, b) for a, b in tails if not passage.line.shadow.text.startswith("ال", a)}
    changed = True
    while changed:
        changed = False
        for start, end in skips:
            if start == first and end < last:
                first = _next_word(passage, end, last)
                changed = True
        for start, end in tails:
            if end == last and start > first:
                last = _word_end_before(passage, start, first)
                changed = True
    return first, last


def _next_word(passage: Passage, offset: int, limit: int) -> int:
    return next((t.start for t in passage.tokens if t.start >= offset), limit)


def _word_end_before(passage: Passage, offset: int, limit: int) -> int:
    return next((t.end for t in reversed(passage.tokens) if t.end <= offset), limit)


def partners(passage: Passage, start: int, end: int, pack: Pack, lead: Actor | None = None) -> tuple[Actor, ...]:
    """Return the units named as partners in a clause: after "in coordination with", or before its postposition."""
    found = []
    past = _past_name(passage, lead)
    for hit in passage.within(start, end, "with_open"):
        stop = _clause_stop(passage, hit.end, end)
        actor = actor_between(passage, hit.end, stop, pack)
        if actor:
            found.append(actor)
    for hit in passage.within(start, end, "with_close"):
        begin = max([start, *(h.end for h in passage.hits if h.end <= hit.start and h.tag in _CLOSERS)])
        begin = past if begin < past < hit.start else begin
        comma = max(passage.line.shadow.text.rfind(",", begin, hit.start), -1)
        actor = actor_between(passage, max(begin, comma + 1), hit.start, pack)
        if actor:
            found.append(actor)
    return tuple(_once(found))


def _past_name(passage: Passage, actor: Actor | None) -> int:
    """Where the text goes on behind a name of this line; 0 where it holds none."""
    if actor is None or actor.span is None or actor.span.line != passage.line.number:
        return 0
    shadow = passage.line.shadow
    return next((t.start for t in passage.tokens if shadow.span(t.start, t.end)[0] >= actor.span.end), 0)


_CLOSERS = {"upto", "that", "direct", "must"}


def _clause_stop(passage: Passage, start: int, end: int) -> int:
    stops = [h.start for h in passage.hits if h.start > start and h.tag in ("act", "must", "will", "upto", "that")]
    return min([end, *stops])


def _once(actors: Iterable[Actor]) -> list[Actor]:
    seen: dict[str, Actor] = {}
    for actor in actors:
        seen.setdefault(actor.text, actor)
    return list(seen.values())

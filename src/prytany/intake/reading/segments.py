"""Lines, sentences and clauses, by script. Offsets are those of the folded twin of a line; they are mapped back last."""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from prytany.intake.reading.pack import Pack, folded
from prytany.intake.reading.shadow import Shadow, shadow_of
from prytany.intake.reading.tokens import Hit, Token, tokenise

LONGEST_LINE = 4_000  # a longer line is read in slices, so that one endless line costs no more than many short ones
_ALWAYS = "।॥۔؟。．។།။።։"  # marks that end a sentence whatever follows
_STOP = re.compile(rf"[.!?…]+[\"')\]]*|[{_ALWAYS}]+[\"')\]]*")
# A letter by itself, or a digit that follows no word ("lot 2." ends a sentence, "; 2." numbers a clause).
_INITIAL = re.compile(r"(?:^|[\s.(])[^\W\d]$|(?:^|[;:,(]\s?)\d$")
_LETTERED = re.compile(r"\s*\((?:[a-h]|[ivx]{1,4}|\d{1,2})\)\s")
_OPENING = re.compile(r"\s*[\"'(\[]*\s*")
_NUMBERED = re.compile(r"^\s*(?:[-*•+·]\s*)?(?:\d{1,2}(?:\.\d{1,2})*|[ivxlc]{1,5}|[a-h])$")
_CLAUSE = re.compile(r"[;؛]|(?<=[\s:])(?:\(\s?(?:\d{1,2}|[ivx]{1,4}|[a-h])\s?\)|\d{1,2}\))(?=\s?\w)|\s[+•]\s|:\s+-\s")


@dataclass(slots=True)
class Line:
    """One line of the text: `number` counts from 1; `furniture` says why it is set apart."""

    number: int
    shadow: Shadow
    furniture: str = ""
    language: str | None = None
    heading: bool = False
    # A row of a table, read cell by cell.
    table: bool = False
    date: str | None = None


@dataclass(slots=True)
class Piece:
    """A clause of a sentence: span in the twin of the line."""

    start: int
    end: int


@dataclass(slots=True)
class Passage:
    """One sentence: its span in the twin of its line, its words and what the pack found in them."""

    line: Line
    start: int
    end: int
    tokens: list[Token]
    hits: list[Hit]
    pieces: list[Piece] = field(default_factory=list)
    # The same before short pieces are joined to the one before them.
    parts: list[Piece] = field(default_factory=list)
    item: bool = False
    # Where the text of an item begins, behind its mark or ordinal.
    opening: int = 0
    role: str = ""
    first_of_line: bool = False
    # Part of a request and its answer: request, answer, told (an answer that may go on to ask), or both.
    exchange: str = ""
    # An answer that gives the matter to somebody and says what is to be done.
    entrusts: bool = False
    # Whether the line tells what became of requests told before.
    answering: bool = False
    # The phrases that begin at, and that cover, each word.
    begins: dict[int, list[Hit]] = field(default_factory=dict)
    covers: dict[int, list[Hit]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for hit in self.hits:
            self.begins.setdefault(hit.first, []).append(hit)
            for index in range(hit.first, hit.last + 1):
                self.covers.setdefault(index, []).append(hit)

    def begins_with(self, index: int, *tags: str) -> bool:
        """Whether a phrase of these tags begins at the word `index`."""
        return any(hit.tag in tags for hit in self.begins.get(index, ()))

    def covered_by(self, index: int, *tags: str) -> bool:
        """Whether the word `index` belongs to a phrase of these tags."""
        return any(hit.tag in tags for hit in self.covers.get(index, ()))

    @property
    def text(self) -> str:
        """The folded words of the sentence."""
        return self.line.shadow.text[self.start : self.end]

    def has(self, *tags: str) -> bool:
        """Whether any phrase of these tags stands in the sentence."""
        return any(hit.tag in tags for hit in self.hits)

    def all(self, *tags: str) -> list[Hit]:
        """The phrases of these tags in the sentence, in order."""
        return [hit for hit in self.hits if hit.tag in tags]

    def within(self, start: int, end: int, *tags: str) -> list[Hit]:
        """The phrases of these tags between two offsets of the line's twin."""
        return [hit for hit in self.hits if hit.start >= start and hit.end <= end and hit.tag in tags]


def split_lines(text: str) -> list[Line]:
    """Return the lines of a text that hold anything, numbered as stored."""
    return [
        Line(number, shadow_of(raw)) for number, raw in enumerate(raw_lines(text), start=1) if not raw.isspace() and raw
    ]


def raw_lines(text: str) -> list[str]:
    """Return the lines as stored, without byte order mark and carriage returns."""
    return [line.replace("\r", "") for line in text.removeprefix("\ufeff").split("\n")]


def _ends_sentence(text: str, raw: Shadow, match: re.Match[str], pack: Pack | None) -> bool:
    mark = match.group()[0]
    if mark in _ALWAYS:
        # "2۔" at the head of a line numbers an item.
        return not (match.start() < 20 and _NUMBERED.match(text[: match.start()]))
    rest = text[match.end() : match.end() + 2]
    if rest and not rest[0].isspace():
        return False
    if mark in "!?…":
        return True
    near = text[max(0, match.start() - 40) : match.start()]
    before = near.rsplit(None, 1)[-1] if near.strip() else ""
    if len(match.group()) == 1:
        word = re.sub(r"^\W+", "", before)
        if pack and (word in pack.abbreviation_words or word.rstrip(".") in pack.abbreviation_words):
            return False
        if match.start() < 20 and _NUMBERED.match(near):
            return False
        # An initial is a capital; "đồng ý." ends in a word of one letter.
        if _INITIAL.search(near[-3:]) and not raw.original(match.start() - 1, match.start()).islower():
            return False
    if _LETTERED.match(text, match.end(), match.end() + 12):
        return True
    following = _OPENING.match(text, match.end(), match.end() + 40)
    position = following.end() if following else match.end()
    if position >= len(text):
        return True
    letter = raw.original(position, position + 1)
    # A small letter after a full stop: an abbreviation the pack does not know, or a name with a stop in it.
    return not (letter.islower() and letter.isascii() and len(match.group()) == 1)


def sentence_spans(line: Line, pack: Pack | None) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences of a line."""
    text = line.shadow.text
    start = 0
    for match in _STOP.finditer(text):
        if match.end() - start > 2 and _ends_sentence(text, line.shadow, match, pack):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        for slice_start in range(start, end, LONGEST_LINE):
            yield slice_start, min(end, slice_start + LONGEST_LINE)


def clause_spans(text: str, start: int, end: int) -> list[Piece]:
    """Return the clauses of the sentence [start, end): parted by semicolons and by marks of an inline list."""
    pieces = []
    quoted = _quoted(text, start, end)
    last = start
    for match in _CLAUSE.finditer(text, start, end):
        if any(a < match.start() < b for a, b in quoted):
            continue
        if match.start() - last >= 3:
            # The semicolon stays with the clause it closes.
            pieces.append(Piece(last, match.end() if match.group() in ";؛" else match.start()))
            last = match.end()
        elif match.group().strip() in ";؛":
            last = match.end()
    if end - last >= 1:
        pieces.append(Piece(last, end))
    for piece in pieces:
        while piece.start < piece.end and text[piece.start] in " \t,-+•*·:;":
            piece.start += 1
        while piece.end > piece.start and text[piece.end - 1].isspace():
            piece.end -= 1
    return [piece for piece in pieces if piece.end - piece.start >= 2]


SHORTEST = 52  # a shorter piece after a semicolon is a further object of the piece before it
LONGEST_JOINED = 400


def _past_announcement(passage: Passage, parts: list[Piece]) -> list[Piece]:
    """Part "… set six key tasks, including: to …": the first task begins behind the colon."""
    text = passage.line.shadow.text
    for place, part in enumerate(parts):
        colon = text.find(":", part.start, part.end)
        if colon < 0 or part.end - colon < 15 or colon - part.start < 15:
            continue
        said = passage.within(part.start, colon, "keytask", "listing")
        if said and not passage.within(part.start, colon, "direct", "assign", "stress", "propose", "must", "say"):
            begin = colon + 1
            while begin < part.end and text[begin].isspace():
                begin += 1
            return [*parts[:place], Piece(part.start, colon + 1), Piece(begin, part.end), *parts[place + 1 :]]
        break
    return parts


def _dated(piece: Piece, text: str) -> bool:
    return any(c.isdigit() for c in text[piece.start : piece.end])


def _has_verb(piece: Piece, passage: Passage, pack: Pack) -> bool:
    """Whether a short piece is a task of its own, so that the date of the one before is not read into it."""
    if pack.verb == "first":
        first = next((i for i, t in enumerate(passage.tokens) if t.start >= piece.start), len(passage.tokens))
        if any(passage.begins_with(i, "act", "unit") for i in range(first, first + 2)):
            return True
        # "de ne pas laisser …"
        opened = passage.covered_by(first, "upto") and passage.covered_by(first + 1, "negative")
        return opened and bool(pack.infinitive_shape)
    shape = pack.shape_of_asked
    last = [t for t in passage.tokens if piece.start <= t.start and t.end <= piece.end][-1:]
    return bool(passage.within(piece.start, piece.end, "act_end")) or bool(shape and last and shape.match(last[0].text))


def _joined(pieces: list[Piece], text: str, passage: Passage, pack: Pack) -> list[Piece]:
    kept: list[Piece] = []
    quarters = pack.each("quarter_patterns")
    for piece in pieces:
        short = piece.end - piece.start < SHORTEST and not any(c.isdigit() for c in text[piece.start : piece.end])
        short = short and not any(pattern.search(text, piece.start, piece.end) for pattern in quarters)
        if (
            kept
            and short
            and not (_dated(kept[-1], text) and _has_verb(piece, passage, pack))
            and text[kept[-1].end - 1] != ":"
            and piece.end - kept[-1].start <= LONGEST_JOINED
            and ":" not in text[kept[-1].end : piece.start]
        ):
            kept[-1] = Piece(kept[-1].start, piece.end)
        else:
            kept.append(piece)
    return kept


_QUOTE = re.compile(r'"[^"]{1,300}"')


def _quoted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [(m.start(), m.end()) for m in _QUOTE.finditer(text, start, end)]


_ITEM = re.compile(
    r"^\s*(?:[-*•+·▪➢✓–]\s*|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-hđivx]{1,4})[.)۔।]\s*(?!\d)|\d{1,2}/\s+|\d{1,2}\s?[-–]\s+(?!\d)|\((?:الف|[ابجدهوزحطي]|[क-ह])\)\s*)"
)


def _hits(tokens: list[Token], pack: Pack) -> list[Hit]:
    hits = _outside_names(_verbs_only(tokens, pack.lexicon.find(tokens), pack))
    if not (pack.will_shape or pack.habitual_shape):
        return hits
    known = {index for hit in hits for index in range(hit.first, hit.last + 1)}
    more = []
    for tag, pattern in (("will", pack.will_shape), ("habitual", pack.habitual_shape)):
        if pattern:
            shape = pack.cached(f"{tag}_shape", folded(pattern))
            shaped = (i for i, t in enumerate(tokens) if i not in known and shape.match(t.text))
            more += [Hit(tag, i, i, tokens[i].start, tokens[i].end) for i in shaped]
    return sorted(hits + more, key=lambda h: (h.first, h.last)) if more else hits


def _outside_names(hits: list[Hit]) -> list[Hit]:
    """Leave out verbs that are part of a unit's name: "ban quản lý dự án"."""
    names = [h for h in hits if h.tag == "unit" and h.last > h.first]
    if not names:
        return hits
    return [h for h in hits if h.tag != "act" or not any(n.first < h.first and h.last <= n.last for n in names)]


def _by_capitals(line: Line, tokens: list[Token], hits: list[Hit], pack: Pack) -> list[Hit]:
    """Part a phrase whose second word has a capital, where the pack says that it is two things ("giao Ban")."""
    if not pack.parted:
        return hits
    found: dict[int, Hit] = {}
    for index, (one, two) in enumerate(itertools.pairwise(tokens)):
        tag = pack.parted.get(f"{one.text} {two.text}")
        raw = line.shadow.original(two.start, two.end)
        if tag and raw[:1].isupper() and not raw.isupper():
            found[index] = Hit(tag, index, index, one.start, one.end)
    if not found:
        return hits
    kept = [h for h in hits if not any(h.first <= i <= h.last for i in found)]
    return sorted([*kept, *found.values()], key=lambda h: (h.first, h.last))


def _verbs_only(tokens: list[Token], hits: list[Hit], pack: Pack) -> list[Hit]:
    """Leave out verbs of asking that are nouns here: "the request", "các kiến nghị"; or that only lead the event."""
    hits = _without_leading(tokens, hits)
    if not pack.nouning:
        return hits
    verbs = ("direct", "assign", "propose")
    return [h for h in hits if h.tag not in verbs or not h.first or tokens[h.first - 1].text not in pack.nouning]


def _without_leading(tokens: list[Token], hits: list[Hit]) -> list[Hit]:
    """ "Directed the conference.": who leads the event itself asks nobody for anything by that."""
    events = {h.first: h for h in hits if h.tag == "event"}
    found = []
    for hit in hits:
        event = events.get(hit.last + 1) or events.get(hit.last + 2)
        if hit.tag in ("direct", "act") and event is not None and event.first == hit.last + 2:
            between = tokens[hit.last + 1].text
            event = event if len(between) <= 3 else None
        if hit.tag == "act" and event is not None and any(h.tag == "host" and h.first == hit.first for h in hits):
            continue
        if hit.tag in ("direct", "act") and event is not None:
            after = event.last + 1
            if after >= len(tokens) or tokens[after].start - tokens[event.last].end > 1:
                continue
        found.append(hit)
    return found


def _parted_at_askings(passage: Passage, pieces: list[Piece]) -> list[Piece]:
    """Part a clause where someone else is asked: "asked X to …, and called on Y to …"."""
    found = []
    for piece in pieces:
        asked = passage.within(piece.start, piece.end, "direct", "assign")
        if asked or passage.within(piece.start, piece.end, "stress"):
            asked = sorted(asked + _stresses(passage, piece), key=lambda h: h.first)
        decided = passage.within(piece.start, piece.end, "approve", "grant", "refuse", "defer", "launch")
        if asked and decided and decided[0].first < asked[0].first:
            asked = [decided[0], *asked]
        cuts = []
        for hit in asked[1:]:
            if decided and hit is asked[1] and asked[0] is decided[0] and hit.first == decided[0].last + 1:
                cuts.append(hit.start)
                continue
            if _is_one_of_series(passage, hit):
                continue
            before = passage.tokens[hit.first - 1]
            joined = passage.covered_by(hit.first - 1, "join") or passage.tokens[hit.first].text.startswith("و")
            comma = any(mark in passage.line.shadow.text[before.end : hit.start] for mark in ",،")
            if (joined or comma) and hit.start - piece.start > SHORTEST and hit.first > asked[0].last + 3:
                cuts.append(before.start if passage.covered_by(hit.first - 1, "join") else hit.start)
        cuts += _second_thats(passage, piece) if asked else []
        edges = [piece.start, *sorted(set(cuts)), piece.end]
        found += [Piece(a, b) for a, b in itertools.pairwise(edges)]
    return found


def _is_one_of_series(passage: Passage, hit: Hit) -> bool:
    """Where verbs have one form only, "đôn đốc" after a comma asks someone only if someone follows."""
    if not any(h.tag == "act" for h in passage.begins.get(hit.first, ())):
        return False
    return not any(passage.covered_by(i, "unit", "group", "post") for i in range(hit.last + 1, hit.last + 5))


def _stresses(passage: Passage, piece: Piece) -> list[Hit]:
    """Verbs of stressing that a word of duty follows: they begin a new request."""
    found = []
    for hit in passage.within(piece.start, piece.end, "stress"):
        duty = passage.within(hit.end, piece.end, "must")
        if duty and duty[0].first <= hit.last + 8:
            found.append(hit)
    return found


def _second_thats(passage: Passage, piece: Piece) -> list[int]:
    """Where "and that" begins a second thing asked for: "a demandé que A … et que B …"."""
    thats = passage.within(piece.start, piece.end, "that")
    return [
        passage.tokens[h.first - 1].start
        for h in thats[1:]
        if h.first and passage.covered_by(h.first - 1, "join") and h.first > thats[0].last + 4
    ]


def _past_title(text: str, begin: int, end: int) -> int:
    """Behind the title of an item: "3. Street lighting: the trial …"."""
    colon = text.find(":", begin, min(end, begin + 45))
    return colon + 1 if 0 < colon < end - 12 else begin


def _ordinal(text: str, start: int, pack: Pack) -> re.Match[str] | None:
    pattern = pack.pattern("item_marks")
    return pattern.match(text, start) if pattern else None


def passages_of(line: Line, pack: Pack, spans: Iterable[tuple[int, int]] | None = None) -> list[Passage]:
    """Return the sentences of a line, or those of them at `spans`, with their words and what the pack found in them."""
    text = line.shadow.text
    found: list[Passage] = []
    for start, end in sentence_spans(line, pack) if spans is None else spans:
        mark = _ITEM.match(text[start:end])
        tokens = tokenise(text[start:end])
        tokens = [Token(t.text, t.start + start, t.end + start) for t in tokens]
        passage = Passage(line, start, end, tokens, _by_capitals(line, tokens, _hits(tokens, pack), pack))
        ordinal = None if mark else _ordinal(text, start, pack)
        passage.item = bool(mark or ordinal)
        begin = start + (mark.end() if mark else 0)
        passage.opening = ordinal.end() if ordinal else begin
        if mark:
            begin = _past_title(text, begin, end)
        passage.parts = clause_spans(text, begin if begin < end else start, end)
        passage.parts = _past_announcement(passage, passage.parts)
        pieces = _joined(passage.parts, text, passage, pack)
        passage.pieces = _parted_at_askings(passage, pieces) if pack.verb == "first" else pieces
        passage.first_of_line = not found
        found.append(passage)
    return found

"""Requests put to a body, decisions a body took, and which decision answers which request."""

from prytany.intake.reading.actors import actor_between, span_of
from prytany.intake.reading.model import Matter, Span, TaskProposal
from prytany.intake.reading.pack import Pack
from prytany.intake.reading.segments import Passage, Piece
from prytany.intake.reading.tokens import Hit
from prytany.intake.reading.voice import OUTCOMES

_NAMES = {
    "approve": "approved", "partly": "partly approved", "launch": "launched", "defer": "deferred", "close": "closed",
    "refuse": "refused", "return": "returned", "grant": "approved", "decide": "decided", "assign": "assigned",
}  # fmt: skip
_ORDER = ("partly", "refuse", "defer", "return", "close", "launch", "grant", "approve", "assign", "decide")


def matters_in(passages: list[Passage], pack: Pack, tasks: list[TaskProposal]) -> list[Matter]:
    """Return requests with their decisions, then decisions without a request, in the order of the text."""
    requests = _requests(passages, pack)
    asked = {(t.span.line, t.span.start) for t in tasks}
    decisions = _decisions(passages, pack, bool(requests), asked)
    return _paired(requests, decisions, alone=len(requests) == 1)


def _requests(passages: list[Passage], pack: Pack) -> list[tuple[Span, str | None, tuple[Span, ...], set[str]]]:
    found = []
    speaker: str | None = None
    for passage in passages:
        if passage.role != "proposals":
            speaker = None
            continue
        verbs = passage.all("propose")
        if verbs and not speaker:
            actor = actor_between(passage, passage.start, verbs[0].start, pack)
            speaker = actor.text if actor else None
        if not verbs and speaker is None and not found:
            continue
        because = tuple(span_of(passage.line, h.start, h.end) for h in verbs[:1])
        for piece in passage.parts:
            if piece.end - piece.start >= 12:
                found.append((span_of(passage.line, piece.start, piece.end), speaker, because, _content(passage, piece)))
    return found


def _decisions(
    passages: list[Passage], pack: Pack, answering: bool, asked: set[tuple[int, int]]
) -> list[tuple[Span, str, tuple[Span, ...], set[str]]]:
    found = []
    for passage in passages:
        if passage.role in ("proposals", "people", "heading", "results", "limits", "awards") or _is_routine(passage, pack):
            continue
        for piece in [part for whole in passage.pieces for part in _by_decision(passage, whole)]:
            outcome, hit = _outcome(passage, piece, pack, answering)
            span = span_of(passage.line, piece.start, piece.end)
            if outcome != "assigned" and (span.line, span.start) in asked:
                continue
            if outcome and hit:
                because = (span_of(passage.line, hit.start, hit.end),)
                found.append((span_of(passage.line, piece.start, piece.end), outcome, because, _content(passage, piece)))
    return found


def _by_decision(passage: Passage, piece: Piece) -> list[Piece]:
    """Part a clause where a second decision begins after a comma: "approved …, and decided to put off …"."""
    found: list[Piece] = []
    start, last = piece.start, -9
    for hit in passage.within(piece.start, piece.end, *OUTCOMES):
        gap = passage.line.shadow.text[passage.tokens[max(0, hit.first - 2)].end : hit.start]
        if last >= 0 and hit.first > last + 3 and ("," in gap or "،" in gap):
            found.append(Piece(start, hit.start))
            start = hit.start
        last = hit.last
    return [*found, Piece(start, piece.end)]


def _is_routine(passage: Passage, pack: Pack) -> bool:
    """Approving the last minutes or the agenda is no decision anybody follows up."""
    pattern = pack.pattern("routine")
    return bool(pattern and pattern.search(passage.text))


def _outcome(passage: Passage, piece: Piece, pack: Pack, answering: bool) -> tuple[str | None, Hit | None]:
    hits = [h for h in passage.hits if h.start >= piece.start and h.end <= piece.end]
    for tag in _ORDER:
        for hit in hits:
            if hit.tag != tag:
                continue
            if tag == "assign" and not answering:
                continue
            if tag == "decide" and any(h.tag in ("propose_award",) for h in hits):
                continue
            if tag != "assign" and not _taken_by_someone(passage, piece, hit):
                continue
            if tag in OUTCOMES and passage.tokens[hit.first - 1].text in pack.nouning and hit.first:
                continue
            return _NAMES[tag], hit
    return None, None


def _taken_by_someone(passage: Passage, piece: Piece, hit: Hit) -> bool:
    """Whether the clause names who decides: a meeting, a body, a post."""
    named = passage.within(passage.start, piece.end, "event", "unit", "post", "role", "group", "resolved", "pronoun")
    return any(h.first != hit.first for h in named) or passage.covered_by(hit.first, "resolved")


_COMMON = 4


def _content(passage: Passage, piece: Piece) -> set[str]:
    """The telling words of a clause, cut to their stems."""
    words = set()
    for token in passage.tokens:
        if token.start >= piece.start and token.end <= piece.end and len(token.text) >= _COMMON:
            words.add(token.text[:7])
    return words


def _paired(requests: list, decisions: list, *, alone: bool) -> list[Matter]:  # type: ignore[type-arg]
    """Each decision answers the request it shares most telling words with; common words of all requests tell less.

    In minutes a request is answered in its own paragraph; a single request is answered by the first decision after it.
    """
    weight: dict[str, float] = {}
    for _, _, _, words in requests:
        for word in words:
            weight[word] = weight.get(word, 0.0) + 1.0
    scores = []
    for i, (_, _, _, asked) in enumerate(requests):
        for j, (_, _, _, decided) in enumerate(decisions):
            shared = sum(1.0 / weight[word] for word in asked & decided)
            if shared >= 0.9:
                scores.append((shared, -i, -j))
    answer: dict[int, int] = {}
    used: set[int] = set()
    for _, i, j in sorted(scores, reverse=True):
        if -i not in answer and -j not in used:
            answer[-i] = -j
            used.add(-j)
    for i, (span, _, _, _) in enumerate(requests):
        after = [j for j, d in enumerate(decisions) if j not in used and (d[0].line, d[0].start) > (span.line, span.start)]
        if i not in answer and after and (alone or decisions[after[0]][0].line == span.line):
            answer[i] = after[0]
            used.add(after[0])
    matters = []
    for i, (span, by, because, _) in enumerate(requests):
        if i in answer:
            decision, outcome, words, _ = decisions[answer[i]]
            matters.append(Matter(span, span.text, by, decision, outcome, (*because, *words)))
        else:
            matters.append(Matter(span, span.text, by, None, "open", because))
    for j, (decision, outcome, words, _) in enumerate(decisions):
        if j not in used and outcome != "assigned":
            matters.append(Matter(None, None, None, decision, outcome, words))
    return sorted(matters, key=_place)


def _place(matter: Matter) -> tuple[int, int]:
    span = matter.span or matter.decision
    return (span.line, span.start) if span else (0, 0)

"""Requests put to a body, decisions a body took, and which decision answers which request."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from prytany.intake.reading.actors import actor_between, span_of
from prytany.intake.reading.exchanges import outcome_in
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


# Requests and decisions compared with each other; a text with more is no report, and is not paired.
MOST = 300


@dataclass(frozen=True, slots=True)
class _Said:
    """A request or a decision: where it stands, its telling words, the verb that makes it one."""

    span: Span
    because: tuple[Span, ...]
    words: frozenset[str]
    by: str | None = None
    outcome: str = "open"
    # Told on a line that says what became of requests.
    answering: bool = False


def matters_in(passages: list[Passage], pack: Pack, tasks: list[TaskProposal], exchanges: list[Matter]) -> list[Matter]:
    """Return requests with their decisions, then decisions without a request, in the order of the text.

    `exchanges` are those told with their answers (`exchanges.py`); their sentences are not read again.
    """
    passages = [passage for passage in passages if not passage.exchange]
    requests = _requests(passages, pack)
    asked = {(t.span.line, t.span.start) for t in tasks}
    decisions = _decisions(passages, pack, bool(requests), asked)
    decisions = _without_announced(decisions)
    answers = _answers(requests, decisions) if len(requests) <= MOST and len(decisions) <= MOST else {}
    return sorted([*exchanges, *_matters(requests, decisions, answers)], key=_place)


def _requests(passages: list[Passage], pack: Pack) -> list[_Said]:
    found: list[_Said] = []
    speaker: str | None = None
    for passage in passages:
        if passage.role != "proposals":
            speaker = None
            continue
        verbs = [h for h in passage.all("propose") if not (h.first and passage.tokens[h.first - 1].text.isdigit())]
        if verbs and not speaker:
            actor = actor_between(passage, passage.start, verbs[0].start, pack)
            speaker = actor.text if actor else None
        if not verbs and speaker is None and not found:
            continue
        because = tuple(span_of(passage.line, h.start, h.end) for h in verbs[:1])
        found += [
            _Said(span_of(passage.line, piece.start, piece.end), because, _telling_words(passage, piece), speaker)
            for whole in passage.parts
            for piece in _by_purpose(passage, whole, bare=pack.verb == "first" and not pack.infinitive_shape)
            if piece.end - piece.start >= 12 and not _answers_at_once(passage, piece)
        ]
    return found


def _by_purpose(passage: Passage, piece: Piece, *, bare: bool) -> list[Piece]:
    """Part "asked the Council to reopen … and to provide …": each "and to" begins a request of its own."""
    found, start = [], piece.start
    for index, token in enumerate(passage.tokens[:-2]):
        if not (piece.start + 25 < token.start < piece.end - 12 and passage.covered_by(index, "join")):
            continue
        infinitive = passage.begins_with(index + 1, "upto") and passage.begins_with(index + 2, "act", "ask_approval")
        if infinitive or (bare and passage.begins_with(index + 1, "ask_approval")):
            found.append(Piece(start, token.start))
            start = passage.tokens[index + 1].start
    return [*found, Piece(start, piece.end)]


def _answers_at_once(passage: Passage, piece: Piece) -> bool:
    """ "…; the prefect promised to ask the ministry": a further clause by another speaker is no request."""
    if piece.start <= passage.opening + 3 or passage.within(piece.start, piece.end, "propose"):
        return False
    heads = passage.within(piece.start, piece.end, "post", "role")
    return bool(heads) and heads[0].start <= piece.start + 5 and bool(passage.within(piece.start, piece.end, "done"))


_DECIDING_NOTHING = ("proposals", "people", "heading", "results", "limits", "awards")


def _decisions(passages: list[Passage], pack: Pack, answering: bool, asked: set[tuple[int, int]]) -> list[_Said]:
    found: list[_Said] = []
    for passage in passages:
        if passage.role in _DECIDING_NOTHING or _is_routine(passage, pack):
            continue
        if passage.answering:
            found += _answering(passage, pack)
            continue
        for piece in [part for whole in passage.pieces for part in _by_decision(passage, whole)]:
            outcome, hit = _outcome(passage, piece, pack, answering)
            span = span_of(passage.line, piece.start, piece.end)
            if outcome is None or hit is None or (outcome != "assigned" and (span.line, span.start) in asked):
                continue
            if outcome == "decided" and passage.text.rstrip().endswith(":"):
                continue  # "the Council decided as follows:" announces what stands below
            only = pack.exchange_pattern("only") if outcome == "approved" and passage.item else None
            if only and only.search(passage.line.shadow.text, hit.end, piece.end):
                outcome = "partly approved"
            because = (span_of(passage.line, hit.start, hit.end),)
            found.append(_Said(span, because, _telling_words(passage, piece), None, outcome))
    return found


def _answering(passage: Passage, pack: Pack) -> Iterator[_Said]:
    """The outcomes told on a line that answers requests: one for each clause, whatever else the clause asks for."""
    for whole in passage.parts:
        for piece in _by_decision(passage, whole):
            told = outcome_in(passage, piece.start, piece.end, pack)
            if told is not None:
                span = span_of(passage.line, piece.start, piece.end)
                yield _Said(span, (told[1],), _telling_words(passage, piece), None, told[0], True)


def _without_announced(decisions: list[_Said]) -> list[_Said]:
    """A launch that the opening announces and a later sentence tells is one."""
    launches = [d for d in decisions if d.outcome == "launched"]
    if len(launches) < 2 or launches[0].span.line > OPENING_LINES:
        return decisions
    return [d for d in decisions if d is not launches[0]]


OPENING_LINES = 3


def _by_decision(passage: Passage, piece: Piece) -> list[Piece]:
    """Part a clause where a second decision begins after a comma: "approved …, and decided to put off …"."""
    found: list[Piece] = []
    start, last = piece.start, -9
    for hit in passage.within(piece.start, piece.end, *OUTCOMES):
        gap = passage.line.shadow.text[passage.tokens[max(0, hit.first - 2)].end : hit.start]
        joined = hit.first > 0 and hit.tag == "launch" and passage.covered_by(hit.first - 1, "join")
        if last >= 0 and hit.first > last + 3 and ("," in gap or "،" in gap or joined):
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
            if tag in ("decide", "launch", "approve") and any(h.tag == "will" and h.first < hit.first for h in hits):
                continue
            if tag == "decide" and (
                any(h.tag == "propose_award" for h in hits)
                or (passage.has("award") and any(h.tag in ("collective", "individual") for h in hits))
            ):
                continue
            if tag != "assign" and not _taken_by_someone(passage, piece, hit):
                continue
            if tag in OUTCOMES and passage.tokens[hit.first - 1].text in pack.nouning and hit.first:
                continue
            denied = tag in ("approve", "grant") and hit.first and passage.covered_by(hit.first - 1, "negative")
            return "refused" if denied else _NAMES[tag], hit
    return None, None


def _taken_by_someone(passage: Passage, piece: Piece, hit: Hit) -> bool:
    """Whether the clause names who decides: a meeting, a body, a post."""
    named = passage.within(
        passage.start, piece.end, "event", "unit", "post", "role", "group", "resolved", "pronoun", "petitioner"
    )
    passive = passage.item and (passage.has("done") or hit.start <= passage.opening + 2)
    return any(h.first != hit.first for h in named) or passage.covered_by(hit.first, "resolved") or passive


_COMMON = 4  # words shorter than this tell nothing
_STEM = 7  # letters by which two forms of a word are taken for one


def _telling_words(passage: Passage, piece: Piece) -> frozenset[str]:
    names = ("unit", "post", "role", "event", "propose", "approve", "done", "conclude")
    return frozenset(
        token.text[:_STEM]
        for index, token in enumerate(passage.tokens)
        if token.start >= piece.start
        and token.end <= piece.end
        and (len(token.text) >= _COMMON or (token.text.isdigit() and len(token.text) > 1))
        and not passage.covered_by(index, *names)
    )


def _answers(requests: list[_Said], decisions: list[_Said]) -> dict[int, int]:
    """Which decision answers which request: the one it shares most telling words with, common ones telling less.

    In minutes a request is answered in its own paragraph; a single request is answered by the first decision after it.
    """
    weight = Counter(word for request in requests for word in request.words)
    scores = [
        (sum(1.0 / weight[word] for word in request.words & decision.words), -i, -j)
        for i, request in enumerate(requests)
        for j, decision in enumerate(decisions)
    ]
    answer: dict[int, int] = {}
    used: set[int] = set()
    for shared, i, j in sorted(scores, reverse=True):
        if shared >= 0.9 and -i not in answer and -j not in used:
            answer[-i] = -j
            used.add(-j)
    for i, request in enumerate(requests):
        place = (request.span.line, request.span.start)
        after = [j for j, d in enumerate(decisions) if j not in used and (d.span.line, d.span.start) > place]
        near = bool(after) and (len(requests) == 1 or decisions[after[0]].span.line == request.span.line)
        if i not in answer and near:
            answer[i] = after[0]
            used.add(after[0])
    _in_order(requests, decisions, answer)
    return answer


def _in_order(requests: list[_Said], decisions: list[_Said], answer: dict[int, int]) -> None:
    """On a line that answers what was asked, as many answers as requests are left answer them in their order."""
    left = [i for i in range(len(requests)) if i not in answer]
    used = set(answer.values())
    free = [j for j, decision in enumerate(decisions) if j not in used and decision.answering]
    lines = {requests[i].span.line for i in left}
    if left and len(left) == len(free) and len(lines) == 1 and decisions[free[0]].span.line > max(lines):
        answer |= dict(zip(left, free, strict=True))


def _matters(requests: list[_Said], decisions: list[_Said], answers: dict[int, int]) -> Iterator[Matter]:
    for i, request in enumerate(requests):
        decision = decisions[answers[i]] if i in answers else None
        yield Matter(
            span=request.span,
            text=request.span.text,
            by=request.by,
            decision=decision.span if decision else None,
            outcome=decision.outcome if decision else "open",
            because=(*request.because, *(decision.because if decision else ())),
        )
    used = set(answers.values())
    for j, decision in enumerate(decisions):
        if j not in used and decision.outcome != "assigned":
            yield Matter(None, None, None, decision.span, decision.outcome, decision.because)


def in_order(matters: list[Matter]) -> list[Matter]:
    """Return matters in the order of the text."""
    return sorted(matters, key=_place)


def _place(matter: Matter) -> tuple[int, int]:
    span = matter.span or matter.decision
    return (span.line, span.start) if span else (0, 0)

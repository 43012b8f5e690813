"""Requests and what became of them where one follows the other: in one sentence, in the next, in the rows of a list.

Verbs of asking look the same upwards and downwards ("the ward asked …", "the chair asked …"). What tells a request is that
somebody who does not preside asks and that an answer follows; near such an exchange, and under a heading that
announces requests, one without an answer is told too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from prytany.intake.reading.actors import actor_between, span_of
from prytany.intake.reading.deadlines import deadline_in
from prytany.intake.reading.model import Matter, Span
from prytany.intake.reading.pack import Pack
from prytany.intake.reading.segments import Passage

NEXT = 2  # sentences behind a request in which its answer is looked for
SHORTEST = 10
LONGEST_OWNER = 70
_YEAR = 4
LONGEST_ANSWER = 6  # sentences behind a labelled request that belong to it
_TURN = re.compile(r"[;:,،؛]")
_FIGURES = re.compile(r"\d{1,3}(?:[ .,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?")
_STOPS = " .;:,،؛।۔"


@dataclass(frozen=True, slots=True)
class _Ask:
    """Where somebody asks: the verb or noun in the line's twin, and whether the one who asks presides."""

    start: int
    end: int
    noun: bool
    presides: bool


@dataclass(frozen=True, slots=True)
class _Answer:
    """An outcome told: the words, in the line's twin."""

    outcome: str
    start: int
    end: int


def exchanges_in(passages: list[Passage], pack: Pack) -> list[Matter]:
    """Return the requests answered on the spot, and those told among them; mark their sentences as no tasks."""
    if not pack.exchange.asks:
        return []
    return list(_Exchanges([p for p in passages if p.text.strip()], pack).matters())


def mark_answers(passages: list[Passage], pack: Pack) -> None:
    """Mark the sentences of lines that say what became of requests told before ("Regarding the proposals, …")."""
    about, nouns, asks = (pack.exchange_pattern(name) for name in ("about", "nouns", "asks"))
    if about is None or nouns is None or asks is None:
        return
    asked = False
    answering: int | None = None
    for passage in passages:
        if passage.exchange:
            asked = asked or passage.exchange in ("request", "both")
            continue
        text = passage.line.shadow.text
        opens = about.match(text, passage.opening, passage.end)
        named = nouns.search(text, passage.opening, passage.opening + 60) or asks.search(
            text, passage.opening, passage.opening + 30
        )
        if opens and asked and (passage.first_of_line or named):
            told = nouns.search(text, passage.opening, passage.opening + 70) or outcome_in(
                passage, opens.end(), passage.end, pack
            )
            answering = passage.line.number if told else answering
        passage.answering = passage.line.number == answering
        asked = asked or bool(asks.search(text, passage.opening, passage.end))


def _is_owned(passage: Passage, start: int) -> bool:
    """ "The Agricultural Society's request": whose it is stands before it."""
    before = passage.line.shadow.text[passage.opening : start].rstrip()
    return start - passage.opening <= LONGEST_OWNER and before.endswith(("'s", "s'"))


def outcome_in(passage: Passage, start: int, end: int, pack: Pack) -> tuple[str, Span] | None:
    """Return the outcome told between two places of a sentence, with its words."""
    found = _first_outcome(passage.line.shadow.text, start, end, pack)
    return (found.outcome, span_of(passage.line, found.start, found.end)) if found else None


def _first_outcome(text: str, start: int, end: int, pack: Pack) -> _Answer | None:
    """The first kind in the pack's order that is told; what is agreed to and then assigned is agreed to."""
    found: dict[str, _Answer] = {}
    silent = pack.exchange_pattern("unanswered")
    none = silent.search(text, start, end) if silent else None
    if none:
        return _Answer("open", none.start(), none.end())
    for outcome, pattern in pack.answer_patterns():
        match = pattern.search(text, start, end)
        if match:
            found[outcome] = _Answer(outcome, match.start(), match.end())
            if outcome != "assigned":
                break
    said = next(iter(found.values()), None)
    agreed = found.get("approved")
    return agreed if said and agreed and agreed.start < said.start else said


def _is_counted(passage: Passage, start: int) -> bool:
    """ "83 of the 97 petitions": requests that are counted are told of, not put."""
    before = [i for i, t in enumerate(passage.tokens) if t.end <= start][-2:]
    if before and passage.covered_by(before[-1], "many"):
        return True
    for index in before:
        token = passage.tokens[index]
        gap = passage.line.shadow.text[token.end : start]
        dated = any(passage.covered_by(i, "month") for i in before)
        if token.text.isdigit() and 1 < len(token.text) < _YEAR and not dated and not _TURN.search(gap):
            return True
    return False


class _Exchanges:
    """Goes over the sentences once, request by request."""

    def __init__(self, passages: list[Passage], pack: Pack) -> None:
        self.passages = passages
        self.pack = pack
        self.section = False
        # Whether answers have a label here ("Answer: …").
        self.replied = False
        # Whether somebody has asked for something so far.
        self.asked = False
        # Lines with an exchange, and requests without an answer that may belong to them.
        self.lines: set[int] = set()
        self.waiting: list[tuple[Passage, _Ask]] = []

    def matters(self) -> Iterator[Matter]:
        """Yield what was asked with what became of it."""
        place = 0
        found: list[tuple[int, Matter]] = []
        while place < len(self.passages):
            passage = self.passages[place]
            used, matter = (1, None) if self._section(passage) else self._at(place)
            if matter is not None:
                found.append((place, matter))
                self.lines.add(passage.line.number)
            place += used
        for passage, ask in self.waiting:
            near = {passage.line.number - 1, passage.line.number, passage.line.number + 1} & self.lines
            among = bool(near) and (passage.first_of_line or passage.line.number in self.lines)
            if among and not passage.exchange:
                passage.exchange = "request"
                found.append((self.passages.index(passage), self._matter(passage, ask, None, None)))
        yield from (matter for _, matter in sorted(found, key=lambda item: item[0]))

    def _section(self, passage: Passage) -> bool:
        """Whether this announces that requests stand below; that holds until the next heading."""
        if not passage.first_of_line:
            return False
        text = passage.line.shadow.text[passage.start : passage.end].strip()
        short = (len(text) <= 90 and not text.endswith((".", "।", "۔"))) or (passage.item and len(text) <= 60)
        asks = self._ask(passage)
        if not short or (asks is not None and not asks.noun and not text.endswith(":")):
            return False
        pattern = self.pack.exchange_pattern("sections")
        bare = passage.line.shadow.text[passage.opening : passage.end]
        told = bool(pattern and (pattern.match(bare.strip()) or pattern.match(text)))
        if told or text.endswith(":") or passage.item or passage.line.heading:
            self.section = told
        return told

    def _at(self, place: int) -> tuple[int, Matter | None]:
        """How many sentences are used up from `place` on, and what was told in them."""
        passage = self.passages[place]
        listed = self._labelled(place)
        if listed is not None:
            return listed
        ask = self._ask(passage)
        self.asked = self.asked or (ask is not None and not ask.noun)
        if ask is None or ask.presides:
            return 1, None
        told = ask.noun and self.pack.verb == "first" and self._of_somebody(passage, ask)
        if ask.noun and self.asked and not told and passage.line.number not in self.lines:
            return 1, None
        within = self._answer_within(passage, ask)
        if within is not None:
            passage.exchange = "both"
            return 1, self._matter(passage, ask, passage, within)
        if ask.noun and not (told and self._is_new(passage, ask)):
            return 1, None
        return self._answer_behind(place, ask)

    def _answer_behind(self, place: int, ask: _Ask) -> tuple[int, Matter | None]:
        """The answer in one of the next sentences of the line; what an adviser says between does not count."""
        passage, ahead, advised = self.passages[place], 0, 0
        advice = self.pack.exchange_pattern("advice")
        while ahead < NEXT + advised:
            ahead += 1
            following = self.passages[place + ahead] if place + ahead < len(self.passages) else None
            if following is None:
                break
            reply = self._reply(passage, following)
            if following.line is not passage.line and not reply:
                break
            if advice and not advised and advice.match(following.line.shadow.text, following.opening, following.end):
                following.exchange, advised = "told", 1
                continue
            again = self._ask(following)
            answer = self._answer(following, reply or following.start)
            if answer is not None and (reply or again is None or again.noun or again.presides):
                passage.exchange = "request"
                # What is agreed to, or given to somebody, may go on to say what is to be done and by when.
                following.exchange = "told" if self._entrusts(following, answer) else "answer"
                following.entrusts = following.exchange == "told" and answer.outcome == "assigned"
                return 1 + ahead, self._matter(passage, ask, following, answer)
            if again is not None:
                break
        if self.section and not ask.noun:
            passage.exchange = "request"
            return 1, self._matter(passage, ask, None, None)
        if ask.noun:
            return 1, None
        self.waiting.append((passage, ask))
        return 1, None

    def _reply(self, passage: Passage, following: Passage) -> int:
        """Where an answer begins behind its label, on the line of the request or at the head of the next; 0 without."""
        replies = self.pack.exchange_pattern("replies")
        label = replies.match(following.line.shadow.text, following.opening, following.end) if replies else None
        near = following.line is passage.line or (
            following.first_of_line and following.line.number <= passage.line.number + 2
        )
        return label.end() if label and near else 0

    def _entrusts(self, passage: Passage, answer: _Answer) -> bool:
        """Whether an answer may hold a task: one agreed to, or an assignment that says what is to be done or by when."""
        if answer.outcome in ("refused", "open"):
            return any(h.start > passage.opening + 40 for h in passage.all("direct", "assign"))
        if answer.outcome != "assigned":
            return True
        text = passage.line.shadow.text
        return (
            bool(passage.within(answer.end, passage.end, "must", "will"))
            or deadline_in(text, answer.end, passage.end, self.pack, None) is not None
        )

    def _labelled(self, place: int) -> tuple[int, Matter | None] | None:
        """ "Request 3: … Answer: …": a request by its label, answered by what stands behind the label of an answer."""
        passage = self.passages[place]
        labels, replies = self.pack.exchange_pattern("labels"), self.pack.exchange_pattern("replies")
        text = passage.line.shadow.text
        label = labels.match(text, passage.start, passage.end) if labels else None
        if label is None or replies is None or passage.end - label.end() < SHORTEST:
            return None
        near = [
            p for p in self.passages[place + 1 : place + 1 + LONGEST_ANSWER] if p.line.number <= passage.line.number + 1
        ]
        self.replied = self.replied or any(replies.match(p.line.shadow.text, p.start, p.end) for p in near)
        if not self.replied:
            return None
        ask, used, answering = _Ask(passage.start, label.end(), False, False), 1, False
        passage.exchange = "request"
        while place + used < len(self.passages) and used <= LONGEST_ANSWER:
            following = self.passages[place + used]
            said = following.line.shadow.text
            opens = replies.match(said, following.start, following.end)
            if following.line is not passage.line and not (opens and not answering):
                break
            used += 1
            answering = answering or opens is not None
            answer = self._answer(following, opens.end() if opens else following.start) if answering else None
            if answer is not None:
                following.exchange = "told"
                return used, self._matter(passage, ask, following, answer)
            following.exchange = following.exchange or ("told" if answering else "request")
        return used, self._matter(passage, ask, None, None)

    def _ask(self, passage: Passage) -> _Ask | None:
        text = passage.line.shadow.text
        asks, nouns = self.pack.exchange_pattern("asks"), self.pack.exchange_pattern("nouns")
        verb = asks.search(text, passage.opening, passage.end) if asks else None
        noun = nouns.search(text, passage.opening, passage.end) if nouns else None
        noun = None if noun and _is_counted(passage, noun.start()) else noun
        about = self.pack.exchange_pattern("about")
        if about and about.match(text, passage.opening, passage.end):
            # "Regarding the request …" answers what was asked before; where nothing was, it tells both.
            if verb and noun is None and passage.within(passage.opening, verb.start(), "unit", "group", "petitioner"):
                pass  # "As for the certificate, the Department proposes …": somebody asks behind the opening
            elif noun is None or (self.asked and passage.line.number not in self.lines):
                return None
            else:
                return _Ask(noun.start(), noun.end(), True, False)
        if noun and verb and noun.start() == verb.start() and self._is_petitioned(passage, verb.start()):
            noun = None
        first = noun and (
            noun.start() - passage.opening <= (45 if self.pack.verb == "last" else 12)
            or _is_owned(passage, noun.start())
        )
        one = noun and verb and noun.start() == verb.start()
        if one and self.pack.verb == "first" and not self.pack.exchange.asker_behind:
            # One word for both, and what follows it makes it the noun ("kiến nghị này").
            verb = asks.search(text, noun.end(), passage.end) if asks and noun else None
        if noun and first and (verb is None or (self.pack.verb == "first" and noun.start() < verb.start())):
            return _Ask(noun.start(), noun.end(), True, False)
        if verb is None or self._is_passive(passage, verb):
            return None
        if _is_counted(passage, verb.start()):
            return None
        return _Ask(verb.start(), verb.end(), False, self._presides(passage, verb))

    def _is_petitioned(self, passage: Passage, start: int) -> bool:
        """Whether petitioners stand before a word that is verb and noun: it is what they do."""
        return any(h.end <= start for h in passage.all("petitioner")) and not passage.within(
            passage.opening, start, "done"
        )

    def _is_passive(self, passage: Passage, verb: re.Match[str]) -> bool:
        """ "Is hereby requested to report": that is asked downwards."""
        signs = (self.pack.passive_signs | self.pack.passive_words) - {"shall", "will"}
        indexes = [i for i, t in enumerate(passage.tokens) if t.end <= verb.start()][-6:]
        while any(passage.covered_by(i, "join") for i in indexes):
            indexes = indexes[1:]
        before = [passage.tokens[i].text for i in indexes]
        first = verb.group().split()[0]
        return bool(signs & set(before)) or first in signs

    def _is_new(self, passage: Passage, ask: _Ask) -> bool:
        """ "A petition was tabled", "the club's request": not one that was spoken of before."""
        return _is_owned(passage, ask.start) or passage.line.shadow.text[ask.start : ask.end].startswith(
            ("a ", "an ", "une ")
        )

    def _of_somebody(self, passage: Passage, ask: _Ask) -> bool:
        """ "A request from the Bowls Club", "la demande du club": a request that is told here for the first time."""
        near = [h for h in passage.all("unit", "group", "petitioner", "post") if ask.end <= h.start <= ask.end + 25]
        if self._is_new(passage, ask):
            return True
        text = passage.line.shadow.text[ask.end : ask.end + 8].strip()
        return bool(near) or text.startswith(("from", "by", "de ", "du ", "des ", "d'"))

    def _presides(self, passage: Passage, verb: re.Match[str]) -> bool:
        """Whether a chair or the deciding body asks: that is asking downwards."""
        pattern = self.pack.exchange_pattern("chairs")
        text = passage.line.shadow.text
        closing = any(h.first <= 6 and h.end <= verb.start() for h in passage.all("conclude"))
        if pattern is None or closing:
            return closing
        askers = self.pack.exchange_pattern("askers")
        reach = (verb.end(), verb.end() + 40) if self.pack.exchange.asker_behind else (passage.opening, verb.start())
        if askers and askers.search(text, *reach):
            return False
        if self.pack.exchange.asker_behind:
            return bool(pattern.search(text[verb.end() : verb.end() + 30]))
        if self.pack.verb == "last":
            head = text[passage.opening : verb.start()]
            mark = re.search(r" (?:ने|نے) ", head)
            said = head[: mark.end() - 1] if mark else head[:60]
            return bool(pattern.search(said))
        return bool(pattern.search(text[max(passage.opening, verb.start() - 60) : verb.start()]))

    def _answer(self, passage: Passage, start: int, end: int | None = None) -> _Answer | None:
        """The outcome told between two places; the first kind in the pack's order that is told there."""
        return _first_outcome(passage.line.shadow.text, start, end or passage.end, self.pack)

    def _answer_within(self, passage: Passage, ask: _Ask) -> _Answer | None:
        """An answer in the same sentence: behind a turn; or behind a request named by its noun."""
        if ask.noun:
            # "That request is not acceptable" answers; "a request from the club for a mower was turned down" is both.
            long = passage.end - passage.opening >= 45
            own = self._answer(passage, ask.end) if long else None
            behind = self.pack.verb == "last" and ask.start - passage.opening >= 20
            return own if own and (own.start - ask.end >= 12 or behind) else None
        text = passage.line.shadow.text
        shortest = SHORTEST if self.pack.verb == "first" else 0
        turns = [m.end() for m in _TURN.finditer(text, ask.end + shortest, passage.end)]
        pattern = self.pack.exchange_pattern("turns")
        if pattern:
            turns += [m.start() for m in pattern.finditer(text, ask.end + shortest, passage.end)]
        for turn in sorted(turns):
            again = self.pack.exchange_pattern("asks")
            if again and again.search(text, turn, min(passage.end, turn + 25)):
                return None
            answer = self._answer(passage, turn)
            if answer is None:
                continue
            if self.pack.verb == "last" and passage.end - answer.end <= 50 and answer.start - ask.end >= 2:
                return answer
            if self.pack.verb == "first" and answer.start - turn <= 45 and self._takes_turn(passage, turn, answer):
                return answer
        return None

    def _takes_turn(self, passage: Passage, turn: int, answer: _Answer) -> bool:
        """Whether somebody answers here: the answer comes at once, or behind the one who gives it."""
        between = passage.line.shadow.text[turn : answer.start]
        if self._amounts(passage, turn, answer.start):
            return True  # "…; ten of them were granted"
        if len(between.strip()) <= 12 or passage.line.shadow.text[turn - 1] == ":":
            return True
        noun = self.pack.exchange_pattern("nouns")
        if noun and noun.search(passage.line.shadow.text, turn, answer.start):
            return True
        return bool(passage.within(turn, answer.end + 20, "unit", "event", "role", "post", "pronoun", "group"))

    def _matter(self, passage: Passage, ask: _Ask, other: Passage | None, answer: _Answer | None) -> Matter:
        shadow = passage.line
        end = passage.end
        if other is passage and answer is not None and not ask.noun:
            end = self._request_end(passage, ask, answer)
        request = span_of(shadow, passage.opening, end)
        decision, outcome = None, "open"
        because: tuple[Span, ...] = (span_of(shadow, ask.start, ask.end),)
        if other is not None and answer is not None:
            begin = end if other is passage and not ask.noun else other.start
            decision = _trimmed(other, begin, other.end)
            outcome = self._outcome(passage, end, other, begin, answer)
            because = (*because, span_of(other.line, answer.start, answer.end))
        return Matter(request, request.text, self._by(passage, ask), decision, outcome, because)

    def _request_end(self, passage: Passage, ask: _Ask, answer: _Answer) -> int:
        text = passage.line.shadow.text
        if self.pack.verb == "last":
            return ask.end
        marks = [m.start() for m in _TURN.finditer(text, ask.end + SHORTEST, answer.start + 1)]
        return marks[-1] if marks else answer.start if answer.start > ask.end + SHORTEST else passage.end

    def _by(self, passage: Passage, ask: _Ask) -> str | None:
        if ask.noun:
            return None
        if self.pack.exchange.asker_behind:
            actor = actor_between(passage, ask.end, min(passage.end, ask.end + 60), self.pack)
        else:
            actor = actor_between(passage, passage.opening, ask.start, self.pack)
        return actor.text if actor else None

    def _outcome(self, passage: Passage, end: int, other: Passage, begin: int, answer: _Answer) -> str:
        """The outcome; less than what was asked is granted in part."""
        if answer.outcome != "approved":
            return answer.outcome
        only = self.pack.exchange_pattern("only")
        said = other.line.shadow.text[begin : other.end]
        if only and only.search(said):
            return "partly approved"
        asked, given = self._amounts(passage, passage.opening, end), self._amounts(other, begin, other.end)
        if any(given_one % 1 for given_one in given) and not any(one % 1 for one in asked):
            return answer.outcome  # whole things were asked for: a fraction measures something else
        less = asked and given and not (set(asked) & set(given)) and max(given) < max(asked)
        return "partly approved" if less else answer.outcome

    def _amounts(self, passage: Passage, start: int, end: int) -> list[float]:
        """The figures of a piece, in digits or in words; dates and votes are none by their shape."""
        tokens = [t for t in passage.tokens if t.start >= start and t.end <= end]
        words = [t.text for t in tokens]
        found = []
        for index, word in enumerate(words):
            if word in self.pack.duals:
                found.append(float(self.pack.duals[word]))
                continue
            number = self.pack.number_at(words, index) if not word.isdigit() else None
            if number and number[0] > 0:
                found.append(float(number[0]))
        text = passage.line.shadow.text[start:end]
        for m in _FIGURES.finditer(text):
            whole = re.sub(r"[ .,](?=\d{3}(?!\d))", "", m.group())
            found.append(float(whole.replace(",", ".")))
        return found


def _trimmed(passage: Passage, start: int, end: int) -> Span:
    text = passage.line.shadow.text
    while start < end and text[start] in _STOPS:
        start += 1
    return span_of(passage.line, start, max(start, end))

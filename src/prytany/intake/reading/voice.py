"""Who is speaking in a sentence and to what end: looking back, naming limits, planning, concluding, asking, deciding.

Reports of councils and committees everywhere look back, look ahead, hear the chair, and honour. The role of a sentence
comes from its own words; where it has none, from the sentences before it.
"""

from prytany.intake.reading.exchanges import outcome_in
from prytany.intake.reading.pack import Pack
from prytany.intake.reading.segments import Passage
from prytany.intake.reading.tokens import Hit

LOOKING_BACK = {"results", "limits", "people"}
ASKING = {"conclusion", "keytasks", "plan", "decisions"}
# Roles that one sentence has for itself and does not hand on.
_PASSING = {"people", "awards", "heading", "decision"}
OUTCOMES = ("approve", "partly", "launch", "defer", "close", "refuse", "return", "grant", "decide")


def set_roles(passages: list[Passage], pack: Pack) -> None:
    """Set the role of each sentence, in order."""
    state = "context"
    latest = _latest_year(passages)
    for index, passage in enumerate(passages):
        if passage.exchange:
            passage.role = "decision" if passage.exchange in ("answer", "told") else "proposals"
            state = "context" if state in ("proposals", "results", "limits") else state
            continue
        told = outcome_in(passage, passage.start, passage.end, pack) if passage.answering else None
        if told and told[0] != "assigned" and not passage.has("direct", "assign"):
            passage.role, state = "decision", "context"
            continue
        role = _head(passage, pack)
        if role:
            state = role if role not in _PASSING else state
            passage.role = "people" if role == "people" else "heading"
            if role == "action":
                state, passage.role = "decisions", "decisions"
            continue
        role = _role(passage, state, pack, index)
        if role in ("plan", "context", "keytasks", "proposals") and _tells_of_year_past(passage, latest, pack):
            role = "results"
        passage.role = role
        if role not in _PASSING:
            state = role
        elif role == "decision" and state in ("proposals", "results", "limits"):
            state = "context"
        if index == 0 and state == "results":
            state = "context"


def _latest_year(passages: list[Passage]) -> int:
    """The latest year the text speaks of; 0 if none. Ends of long periods do not count."""
    found = [int(t.text) for p in passages[:40] for t in p.tokens if len(t.text) == 4 and t.text.isdigit()]
    years = [year for year in found if 2000 <= year <= 2100]
    first = min(years, default=0)
    return max((year for year in years if year <= first + 1), default=0)


def _tells_of_year_past(passage: Passage, latest: int, pack: Pack) -> bool:
    """ "In 2025, the Front held 1,240 sessions" where 2026 is planned for: told with figures, nothing is asked."""
    if passage.has("must", "will", "direct", "act_end", "forward"):
        return False
    done, proposed = passage.all("done"), passage.all("propose")
    if proposed and not (done and done[0].first < proposed[0].first):
        return False
    for pattern in pack.each("result_year"):
        m = pattern.match(passage.text)
        if m and int(m.group("y")) < latest:
            figures = [t for t in passage.tokens if t.text.isdigit()]
            return len(figures) > 1
    return False


def _head(passage: Passage, pack: Pack) -> str | None:
    if len(passage.text) > 320 or not passage.first_of_line:
        return None
    for role, pattern in pack.keyed("heads").items():
        begin = passage.pieces[0].start if passage.pieces else passage.start
        if pattern.match(passage.line.shadow.text, begin, passage.end):
            return role
    return None


def counted_tasks(passage: Passage, pack: Pack) -> bool:
    """Whether the sentence says how many tasks there are, as a number of two or more."""
    for pattern in pack.each("totals"):
        for m in pattern.finditer(passage.text):
            words = m.group("n").replace("-", " ").split()
            number = pack.number_at(words, 0) if words else None
            if number and number[1] == len(words) and 2 <= number[0] <= 200:
                return True
    return False


def _role(passage: Passage, state: str, pack: Pack, index: int) -> str:
    has = passage.has
    asked = has("direct", "assign") and not _only_purpose(passage)
    looks_back = _looks_back(passage)
    if (
        index <= 1
        and has("host")
        and (has("event") or _issues(passage, pack))
        and not asked
        and not has("must", "act_end")
    ):
        return "context"
    if has("award") and has("confer", "propose_award") and _counts_receivers(passage, pack):
        return "awards"
    if (
        has("attend")
        and not asked
        and not has("must", "act_end")
        and not _decides_first(passage, pack)
        and not _acts_to_attend(passage)
    ):
        return "people"
    lists = counted_tasks(passage, pack) or (has("keytask") and _opens_list(passage))
    if has("decide", "resolved") and _opens_list(passage) and not asked and not has("award", "propose"):
        return "decisions"
    if has("keytask", "task_noun") and lists and not (looks_back and has("result")):
        return "keytasks"
    if _is_decision(passage, asked, pack):
        return "decision"
    if _asks_approval(passage) and not has("conclude") and state not in ASKING:
        return "proposals"
    if _petitions(passage) or (state not in ASKING and _proposes_asking(passage)):
        return "proposals"
    return _by_verbs(passage, state, asked, looks_back)


def _issues(passage: Passage, pack: Pack) -> bool:
    """ "On 18/9 the chairman issued dispatch no. 41": the paper told of is what follows, not a task."""
    pattern = pack.pattern("citation")
    return passage.has("post", "unit") and bool(pattern and pattern.search(passage.text))


def _petitions(passage: Passage) -> bool:
    """Whether voters, residents, applicants ask for something: what they ask for is a request, whatever the verb."""
    verbs = _put_forward(passage, "propose", "direct")
    if not verbs or passage.has("approve", "refuse", "decide", "grant", "defer"):
        return False
    askers = [h for h in passage.all("petitioner") if h.first < verbs[0].first or h.first == verbs[0].last + 1]
    if not askers:
        return False
    speakers = [h for h in passage.all("post") if h.first < verbs[0].first and h.first > askers[-1].last]
    return not speakers


def _acts_to_attend(passage: Passage) -> bool:
    """ "Các tác giả gửi hồ sơ tham dự": somebody does something before they attend, and nothing is told as done."""
    return _names_doer(passage) and any(a.last < passage.all("attend")[0].first for a in passage.all("act"))


def _proposes_asking(passage: Passage) -> bool:
    """ "A proposé que le Comité ordonne …": what is proposed is that somebody else asks for something."""
    proposed, asking = passage.all("propose"), passage.all("direct")
    if not proposed or not asking or passage.has("conclude", "stress"):
        return False
    first = proposed[0]
    return asking[0].first > first.last and not any(h.first == first.first for h in asking)


def _decides_first(passage: Passage, pack: Pack) -> bool:
    """ "The conference approved the list of delegates to attend the congress" tells of a decision, not of guests."""
    taken, guests = passage.all("approve", "decide", "grant"), passage.all("attend")
    if pack.verb == "last" and taken and passage.has("event", "unit"):
        return taken[-1].last >= len(passage.tokens) - 3 and taken[-1].first > guests[-1].last
    return bool(taken) and taken[0].first < guests[0].first and passage.has("event", "unit")


def _counts_receivers(passage: Passage, pack: Pack) -> bool:
    """Whether collectives or individuals are counted, or said to be many, and nothing is asked of anybody."""
    if passage.has("must"):
        return False
    words = [t.text for t in passage.tokens]
    for hit in passage.all("collective", "individual"):
        if passage.covered_by(hit.first - 1, "many") or passage.covered_by(hit.first - 2, "many"):
            return True
        for index in range(max(0, hit.first - 4), hit.first):
            if pack.number_at(words, index):
                return True
        if passage.tokens[hit.first].text in pack.duals:
            return True
    return False


def _by_verbs(passage: Passage, state: str, asked: bool, looks_back: bool) -> str:
    has = passage.has
    limits = passage.all("limit")
    if len(limits) > 1 and limits[0].first <= 1 and not has("must", "will", "act_end"):
        return "limits"  # "However, some … drag on, and urging them on is not resolute"
    settled = looks_back or has("limit", "result", "propose")
    closes = has("conclude") and not (passage.item and _opens_with_act(passage))
    if state == "keytasks" and not closes and (passage.item or asked or not settled or _acts_first(passage)):
        return "keytasks"
    if state == "keytasks" and has("conclude") and passage.all("conclude")[0].first <= 1 and passage.first_of_line:
        return "conclusion"
    if has("conclude") and (has("role", "post", "stress", "direct", "say", "event") or asked):
        return "conclusion"
    if asked and (not has("result") or _opens_list(passage)):
        return "conclusion" if state not in ("keytasks", "decisions") else state
    if _proposes(passage) and not has("must", "direct") and state not in ("conclusion", "keytasks"):
        return "proposals"
    stressed = [h for h in passage.all("stress") if not passage.covered_by(h.first - 1, "negative")]
    if stressed and has("must", "act", "act_end"):
        return "conclusion"
    if has("forward") and not looks_back:
        return "plan" if state not in ("conclusion", "keytasks") else state
    if has("limit") and not has("must", "act_end", "direct"):
        return "limits"
    if (
        has("result")
        and not has("must", "act_end")
        and not (has("will") and not has("done"))
        and not (state in ASKING and _names_doer(passage))
    ):
        return "results"
    return _by_state(passage, state, looks_back)


def _acts_first(passage: Passage) -> bool:
    """ "Each quarter, report the results": under a list of tasks a bare verb comes before what tells of results."""
    told = passage.all("result", "limit", "done")
    acts = [a for a in passage.all("act") if a.start <= passage.opening + 30]
    return bool(acts) and bool(told) and acts[0].last < told[0].first and not passage.has("done", "limit")


def _names_doer(passage: Passage) -> bool:
    """ "Sở Tài chính công khai kết quả …": a unit and what it does, nothing of it told as done."""
    if passage.has("done", "limit"):
        return False
    heads = passage.all("unit", "post", "group")
    start = next((i for i, t in enumerate(passage.tokens) if t.start >= passage.opening), 0)
    return (
        bool(heads)
        and heads[0].first <= start + 1
        and any(a.first > heads[0].last for a in passage.all("act", "habitual"))
    )


def _proposes(passage: Passage) -> bool:
    """Whether something is proposed: the verb does not close the sentence ("what the commune proposed")."""
    return any(h.last + 2 < len(passage.tokens) for h in _put_forward(passage, "propose"))


def _put_forward(passage: Passage, *tags: str) -> list[Hit]:
    """Verbs of proposing; proposals that are counted ("38/41 proposals", "several proposals") are only told of."""
    return [
        h
        for h in passage.all(*tags)
        if not h.first or not (passage.tokens[h.first - 1].text.isdigit() or passage.covered_by(h.first - 1, "many"))
    ]


def _by_state(passage: Passage, state: str, looks_back: bool) -> str:
    if state == "proposals" and (
        looks_back or passage.has("will", "must") or (passage.first_of_line and not passage.item)
    ):
        state = "context"
    if passage.has("must") and state in LOOKING_BACK | {"context", "proposals"}:
        return "plan"
    if passage.has("will") and state in LOOKING_BACK | {"context"}:
        return "plan" if not looks_back else "results"
    if looks_back and state in ("context", "plan", "results", "limits", "proposals"):
        return state if state in ("limits", "proposals") else "results"
    return state


def _only_purpose(passage: Passage) -> bool:
    """Whether every verb of asking stands in a clause of purpose: "met to discuss and propose"."""
    return all(is_purpose(passage, verb) for verb in passage.all("direct", "assign"))


def _opens_with_act(passage: Passage) -> bool:
    start = passage.pieces[0].start if passage.pieces else passage.start
    return any(h.tag == "act" and h.start <= start + 12 for h in passage.hits)


def is_purpose(passage: Passage, verb: Hit) -> bool:
    """Whether a verb stands in a clause that says what for."""
    return any(h.tag == "purpose" and 0 <= verb.first - h.last <= 5 for h in passage.hits)


def _is_decision(passage: Passage, asked: bool, pack: Pack) -> bool:
    """Whether the sentence says what was agreed to, allowed, refused or put off, and asks for nothing else."""
    if asked or passage.has("must", "act_end") or (passage.item and _opens_with_act(passage)):
        return False
    if pack.verb == "last" and _binds_someone(passage):
        return False
    settled = [
        h for h in passage.all("decide") if _is_past(passage, h) and passage.tokens[h.first].text not in pack.voting
    ]
    taken = [*passage.all("approve", "partly", "defer", "close", "refuse", "return", "grant", "launch"), *settled]
    sure = passage.all("partly", "defer", "close", "refuse", "return", "grant", "launch")
    named = passage.all("event", "unit", "post", "role", "group", "resolved", "petitioner")
    passive = passage.item and passage.has("done")
    if not taken or not (
        any(h.first != taken[0].first for h in named) or passage.has("resolved", "pronoun") or passive
    ):
        return False
    if any(h.first < taken[0].first for h in passage.all("will")) and not sure:
        return False
    proposed = passage.all("propose")
    if proposed and proposed[0].first < taken[0].first and not passage.has("decide", "resolved"):
        return False
    verb = taken[0]
    acts = [a for a in passage.all("act") if (a.first, a.last) == (verb.first, verb.last) or a.first == verb.last + 1]
    return bool(sure) or not acts or _body_agreed(passage, verb)


def _binds_someone(passage: Passage) -> bool:
    """ "The assembly decided that the ward members will check …": a decision that says who does it is a task."""
    decided, that = passage.all("decide"), passage.all("that")
    if not decided or not that or that[0].first > decided[0].last + 2:
        return False
    doers = [h for h in passage.all("group", "post") if that[0].last < h.first <= that[0].last + 4]
    return bool(doers) and any(h.first > doers[0].last for h in passage.all("will"))


def _is_past(passage: Passage, verb: Hit) -> bool:
    """Whether a verb of deciding is told as done: by its own form, or by the particle before it."""
    return passage.covered_by(verb.last, "done") or (verb.first > 0 and passage.covered_by(verb.first - 1, "past_lead"))


def _body_agreed(passage: Passage, verb: Hit) -> bool:
    """ "The committee agreed to increase charges": a body that opens the sentence and at once agrees has decided."""
    start = next((i for i, t in enumerate(passage.tokens) if t.start >= passage.opening), 0)
    subject = passage.all("unit", "event", "post", "group")
    return bool(subject) and subject[0].first <= start + 6 and subject[0].last < verb.first <= start + 8


def _asks_approval(passage: Passage) -> bool:
    """Whether someone asks a body to approve, allow or fund: the first thing asked for is that."""
    for verb in passage.all("propose"):
        after = [h for h in passage.hits if h.start >= verb.end and h.tag in ("act", "ask_approval", "act_end", "must")]
        if after and any(h.tag == "ask_approval" and h.first == after[0].first for h in after):
            return True
    return False


def _opens_list(passage: Passage) -> bool:
    return passage.text.rstrip().endswith(":")


def _looks_back(passage: Passage) -> bool:
    done = len(passage.all("done"))
    ahead = len(passage.all("must", "will", "act_end"))
    return done > 0 and ahead == 0

"""Holding what a model said to the text it was asked about: words that do not stand there are thrown away."""

import json
import re
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from prytany.intake.second.asking import NotAnswered

MOST = 200
LONGEST = 2_000
FEWEST_LETTERS = 8
_FENCE = re.compile(r"^\s*```[a-z]*\s*|\s*```\s*$")

MESSAGES: dict[str, Any] = {
    "classified": _("This paper may not be given to the second reader."),
    "off": _("This office has no second reader."),
    "timeout": _("The second reader did not answer in time."),
    "unreachable": _("The second reader could not be reached."),
    "status": _("The second reader refused. Tell the administrator."),
    "too_large": _("The second reader answered far too much; nothing of it was taken."),
    "malformed": _("The answer of the second reader could not be understood; nothing of it was taken."),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A passage at [start, end) of the text that may be a task, with words of the text for its fields."""

    start: int
    end: int
    lead: str = ""
    coordinating: list[str] = field(default_factory=list)
    deadline: str = ""

    def plain(self) -> dict[str, Any]:
        """Return the proposal as JSON keeps it."""
        return asdict(self)


@dataclass
class Held:
    """What stands in the text, in its order, and how many proposals did not."""

    proposals: list[Proposal]
    dropped: int


def hold(answer: str, text: str) -> Held:
    """Return what of a model's answer stands in `text` word for word; NotAnswered `malformed` for no such list."""
    found: list[Proposal] = []
    dropped = 0
    for one in _listed(answer):
        proposal = _held(one, text, found)
        if proposal is None:
            dropped += 1
        else:
            found.append(proposal)
    return Held(sorted(found, key=lambda one: one.start), dropped)


def _listed(answer: str) -> list[Any]:
    try:
        data = json.loads(_FENCE.sub("", answer))
    except (ValueError, RecursionError):
        raise NotAnswered("malformed") from None
    tasks = data.get("tasks") if isinstance(data, dict) else None
    if not isinstance(tasks, list) or len(tasks) > MOST:
        raise NotAnswered("malformed")
    return tasks


def _held(one: Any, text: str, before: list[Proposal]) -> Proposal | None:
    """One proposal with its place; None where its quote stands nowhere, or only where another one stands."""
    quote = one.get("quote") if isinstance(one, dict) else None
    if not isinstance(quote, str) or sum(c.isalpha() for c in quote[:200]) < FEWEST_LETTERS:
        return None
    place = next(
        ((start, end) for start, end in _places(quote, text) if all(end <= p.start or p.end <= start for p in before)),
        None,
    )
    if place is None:
        return None
    listed = one.get("coordinating")
    coordinating = [words for words in listed[:20] if _stands(words, text)] if isinstance(listed, list) else []
    lead, deadline = one.get("lead"), one.get("deadline")
    return Proposal(
        *place,
        lead=lead.strip() if _stands(lead, text) else "",
        coordinating=[words.strip() for words in coordinating],
        deadline=deadline.strip() if _stands(deadline, text[slice(*place)]) else "",
    )


def _places(words: str, text: str) -> list[tuple[int, int]]:
    """Where `words` stand in the text letter by letter; only spaces and ends of lines may differ."""
    parts = words.split()
    if not parts or len(words) > LONGEST:
        return []
    pattern = r"\s+".join(map(re.escape, parts))
    return [match.span() for match in re.finditer(pattern, text)]


def _stands(words: Any, text: str) -> bool:
    return isinstance(words, str) and bool(words.strip()) and len(words) <= 300 and bool(_places(words, text))

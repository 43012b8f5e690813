"""What a language pack says of requests and the answers to them: patterns in lower case over folded text."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeWords:
    """One language. What is not named is not found."""

    # Verbs by which somebody requests something; nouns of requesting, which an answer refers to or a sentence opens with.
    asks: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    # Outcomes in the order in which they are looked for: outcome -> patterns.
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # "Only": what is granted is less than what was asked.
    only: tuple[str, ...] = ()
    # Headings and sentences below which requests stand; words by which an answer says what it is about.
    sections: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    # Who asks downwards: chairs and the bodies that decide.
    chairs: tuple[str, ...] = ()
    # Bodies that ask though they bear the name of one that decides ("the ward committee").
    askers: tuple[str, ...] = ()
    # What tells that there is no answer yet: it comes before every outcome, and the request is open.
    unanswered: tuple[str, ...] = ()
    # Where a verb of asking opens its sentence, the one who asks stands behind it.
    asker_behind: bool = False
    # Labels of a numbered list of requests ("Request no. 3:") and of the answers in it ("Answer:").
    labels: tuple[str, ...] = ()
    replies: tuple[str, ...] = ()
    # Who gives advice between a request and its decision ("the officer recommended"): neither asks nor decides.
    advice: tuple[str, ...] = ()
    # Parts of a sentence between which a request may be answered, beside signs of punctuation.
    turns: tuple[str, ...] = ()
    # Headings of a table of requests: request, decision.
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

"""What reading a text yields: plain data, each proposal with the words that led to it. Nothing here is stored."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of one line: `line` counts from 1, `start` and `end` are code points in the line, end exclusive."""

    line: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the text; `role` is what the reader took it for, `furniture` says why it is set apart."""

    span: Span
    role: str
    furniture: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact about the whole document, offered and never accepted without a person."""

    value: str | None
    basis: str = "none"
    because: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class EventDate:
    """When it took place. `iso` is `2024-02-27`, `--02-27` where no year is known, `2024-02`, `2024`, or None."""

    iso: str | None = None
    precision: str = "none"
    basis: str = "none"
    because: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when, of the closed list of kinds.

    `duration` is ISO 8601 (`P15D`) for a relative one; `inferred` says that a year was added from the event's date.
    """

    kind: str = "none"
    text: str | None = None
    iso: str | None = None
    iso_end: str | None = None
    duration: str | None = None
    inferred: bool = False
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Words that name who acts. `basis`: `stated` in the clause, `carried` from a sentence before, `body` of all."""

    text: str
    basis: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class TaskProposal:
    """A clause that asks for something to be done."""

    span: Span
    content: str
    lead: Actor | None
    cooperating: tuple[Actor, ...]
    deadline: Deadline
    voice: str
    because: tuple[Span, ...]
    certainty: float


@dataclass(frozen=True, slots=True)
class AwardProposal:
    """An award spoken of; a count that is not stated stays None."""

    span: Span
    award: str
    collectives: int | None
    individuals: int | None
    status: str
    because: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Matter:
    """A request put to a body with its decision, or a decision without a printed request (`span` is None)."""

    span: Span | None
    text: str | None
    by: str | None
    decision: Span | None
    outcome: str
    because: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """A number of tasks that the text says there are, checked against what is entered."""

    number: int
    span: Span
    entered: int = 0


@dataclass(frozen=True, slots=True)
class PageOne:
    """What the first page of an official document (and the signature at its end) says of it; None: not stated.

    `kind`, `urgency` and `circulation` are codes, `level` is 10, 20 or 30 as the stamp says; each value has its words.
    """

    family: Fact | None = None
    superior: Fact | None = None
    issuer: Fact | None = None
    symbol: Fact | None = None
    number: Fact | None = None
    # Of the number: the abbreviation of the kind, and the letters of the body.
    abbreviation: str = ""
    letters: str = ""
    date: EventDate = EventDate()
    kind: Fact | None = None
    summary: Fact | None = None
    authority: Fact | None = None
    signer_title: Fact | None = None
    signer_name: Fact | None = None
    urgency: Fact | None = None
    level: Fact | None = None
    circulation: Fact | None = None
    recipients: tuple[Fact, ...] = ()

    @property
    def is_official(self) -> bool:
        """Whether the text has a first page: a number, or a kind with a body and a date."""
        return bool(self.symbol or (self.kind and self.issuer and self.date.iso))


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was found in one text."""

    name: str
    lines: tuple[str, ...]
    language: str | None
    languages: tuple[str, ...]
    pack: bool
    kind: Fact
    body: Fact
    event_date: EventDate
    sentences: tuple[Sentence, ...]
    tasks: tuple[TaskProposal, ...]
    awards: tuple[AwardProposal, ...]
    matters: tuple[Matter, ...]
    totals: tuple[StatedTotal, ...]
    same_as: tuple[str, ...] = field(default=())
    # None where the text has no first page of an official document.
    page: PageOne | None = None

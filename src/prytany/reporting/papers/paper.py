"""A paper of an office, as data: what DOCX, PDF and plain text are made from. Holds finished texts, no lookups."""

from dataclasses import asdict, dataclass, field
from typing import Any

LRI, FSI, PDI = "\u2066", "\u2068", "\u2069"
RIGHT_TO_LEFT = frozenset({"ar", "ur"})


def isolated(text: object) -> str:
    """Return a symbol, number or address so that it stays whole inside a right-to-left sentence."""
    return f"{LRI}{text}{PDI}" if text not in (None, "") else ""


def named(text: object) -> str:
    """Return people's text so that it keeps its own direction inside a sentence of another."""
    return f"{FSI}{text}{PDI}" if text not in (None, "") else ""


@dataclass(frozen=True)
class Head:
    """The head of a paper in the order of Decree 30/2020, Appendix I: blocks 1 to 5.

    A letter without kind has a `subject` under its number; a report a `kind` and a `summary` under the head.
    """

    title: str
    motto: str
    superior: str
    issuer: str
    asterisk: bool
    number: str
    place_date: str
    kind: str = ""
    summary: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, a list or a table of the text."""

    kind: str  # heading, paragraph, items, table
    text: str = ""
    level: int = 1
    items: tuple[str, ...] = ()
    columns: tuple["Column", ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Column:
    """A column of a table: its head, its share of the width, and whether it holds figures."""

    title: str
    share: float = 1
    figures: bool = False


@dataclass(frozen=True)
class Group:
    """Rows of the annex under one heading (a unit)."""

    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Annex:
    """The list behind a paper, on landscape pages of its own."""

    title: str
    note: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    foot: str = ""


@dataclass(frozen=True)
class Signer:
    """Who signs beside others: in which part, and the name under the signature."""

    title: str
    name: str


@dataclass(frozen=True)
class Paper:
    """A whole paper; with `signers` several sign side by side, in place of the one signer.

    `layout` holds sizes in points and margins in millimetres, from `reports.layout.*`.
    """

    language: str
    family: str
    layout: dict[str, int]
    head: Head
    to: tuple[str, ...]
    to_label: str
    blocks: tuple[Block, ...]
    authority: str
    signer_title: str
    signer_name: str
    recipients_label: str
    recipients: tuple[str, ...]
    name: str  # of the file, and in its properties
    author: str
    made_at: str  # ISO instant
    annex: Annex | None = None
    labels: dict[str, str] = field(default_factory=dict)
    signers: tuple[Signer, ...] = ()

    @property
    def right_to_left(self) -> bool:
        """Whether the paper runs from right to left."""
        return self.language in RIGHT_TO_LEFT

    def plain(self) -> dict[str, Any]:
        """Return the paper as JSON keeps it."""
        return asdict(self)


def paper_from(plain: dict[str, Any]) -> Paper:
    """Return the paper that `plain` was made from."""
    annex = plain["annex"]
    return Paper(
        **{
            **plain,
            "head": Head(**plain["head"]),
            "to": tuple(plain["to"]),
            "signers": tuple(Signer(**one) for one in plain.get("signers", ())),
            "recipients": tuple(plain["recipients"]),
            "blocks": tuple(
                Block(
                    **{
                        **block,
                        "items": tuple(block["items"]),
                        "columns": tuple(Column(**column) for column in block["columns"]),
                        "rows": tuple(tuple(row) for row in block["rows"]),
                    }
                )
                for block in plain["blocks"]
            ),
            "annex": annex
            and Annex(
                annex["title"],
                annex["note"],
                tuple(Column(**column) for column in annex["columns"]),
                tuple(Group(group["title"], tuple(tuple(row) for row in group["rows"])) for group in annex["groups"]),
                annex["foot"],
            ),
        }
    )
